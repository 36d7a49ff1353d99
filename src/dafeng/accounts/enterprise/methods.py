"""Methods as data: the uses activity may have, what each method counts, the factor regimes of each market.

Read from data/enterprise/methods.yaml.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from dafeng.errors import Collector, NotFound
from dafeng.labels import Label
from dafeng.store import yamlfile

PATH = Path(__file__).resolve().parents[2] / "data" / "enterprise" / "methods.yaml"
#: Uses whose subject is measured as it enters or leaves, and needs a share of carbon.
CARBON_GROUP = "carbon"


class Declared(BaseModel):
    """Base of what the file declares."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Use(Declared):
    """One kind of activity. `free` subjects may be named that no factor is of; `carbon` ones need a carbon share."""

    id: str
    label: Label
    scope: int = Field(ge=0, le=2)
    sign: int = Field(ge=-1, le=1)
    groups: tuple[str, ...] = ()
    free: bool = False
    carbon: bool = False
    unit: str = ""
    only: str = ""
    estimate: bool = False

    @property
    def family(self) -> str:
        """The group its error is read by: fuel, process, electricity, heat, carbon or recovered."""
        if self.carbon:
            return CARBON_GROUP
        return self.groups[0] if self.groups else "recovered"


class Penalty(Declared):
    """Fuels that take another factor where their carbon content was not measured."""

    fuels: tuple[str, ...]
    what: str
    set: str


class Method(Declared):
    """One method: the uses in its total, those beside it, and those it refuses, with the reason."""

    id: str
    label: Label
    document: str
    counts: tuple[str, ...]
    memo: tuple[str, ...] = ()
    never: dict[str, Label] = Field(default_factory=dict)
    penalty: Penalty | None = None


class Uncertainty(Declared):
    """Half-widths of 95 % intervals, as a share of the value, by group."""

    document: str
    activity: dict[str, float]
    factor: dict[str, float]
    measured: float


class Methods(Declared):
    """The whole file."""

    uses: tuple[Use, ...]
    methods: tuple[Method, ...]
    markets: dict[str, dict[str, str]]
    stand_ins: dict[str, Label]
    uncertainty: Uncertainty
    ranges: dict[str, dict[str, tuple[float, float]]]

    def use(self, id: str) -> Use:
        """Find a use.

        Raises:
            NotFound: with the nearest ids.
        """
        known = {use.id: use for use in self.uses}
        if id not in known:
            raise NotFound("use", id, known)
        return known[id]

    def method(self, id: str) -> Method:
        """Find a method.

        Raises:
            NotFound: with the nearest ids.
        """
        known = {method.id: method for method in self.methods}
        if id not in known:
            raise NotFound("method", id, known)
        return known[id]

    def regime(self, market: str, use: Use, group: str) -> str:
        """Name the factor regime of a use in a market, for a subject of a group of factors; "" where it has none."""
        regimes = self.markets[market]
        return regimes["green_electricity"] if use.only == "green_electricity" else regimes.get(group, "")


@cache
def load(path: Path = PATH) -> Methods:
    """Read the methods.

    Raises:
        FaultsFound: with the line of every fault.
    """
    return yamlfile.whole(Methods, path, _check)


def _check(found: Methods, faults: Collector) -> None:
    uses = {use.id for use in found.uses}
    for method in found.methods:
        for id in (*method.counts, *method.memo, *method.never):
            if id not in uses:
                faults.add("unknown-use", f"method {method.id}", f"no use is called '{id}'", "Declare it under uses")
