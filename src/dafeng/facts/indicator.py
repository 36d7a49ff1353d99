"""What an indicator is: the declaration that facts and targets point to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from dafeng.labels import Label


class Display(BaseModel):
    """The unit each reader sees; the same value, converted."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    zh: str
    en: str


class Break(BaseModel):
    """From `year` on the figures stand on another basis; a line or a difference must not cross it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    year: int
    why: Label


class Awaiting(BaseModel):
    """An official figure that is due and has not been confirmed for these years."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    years: tuple[int, ...]
    why: Label
    source: str = ""


class Indicator(BaseModel):
    """One quantity that can be observed or computed, once for the whole city pack.

    `id` is `<domain>.<quantity>`; `kind` says how figures of several periods combine: a stock is read at a date, a flow
    is summed over a period, a ratio is neither. `better` is the direction the plan wants, where that is plain.
    `changes` names the indicator whose published yearly changes (percent) chain this one where levels cannot be
    compared.
    `priority` lists document ids, best first; sources not listed rank after, by confidence, then by vintage.
    `variable` is true where a formula computes the quantity and no fact may carry the id.
    `units` gives the unit of the labels that are not counted in `unit` (gas in a balance of tonnes): see `unit_of`.
    `bases` names the bases that figures stand on (survey, price base, scope), preferred first; where one source gives
    the same figure on two of them, the preferred one is read. `was` holds the names of the indicator in other data
    sets.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$")
    label: Label
    unit: str
    kind: Literal["stock", "flow", "ratio", "change", "price"] = "ratio"
    dims: tuple[str, ...] = ()
    better: Literal["higher", "lower", ""] = ""
    display: Display | None = None
    definition: Label | None = None
    boundary: Label | None = None
    changes: str = ""
    breaks: tuple[Break, ...] = ()
    awaiting: Awaiting | None = None
    priority: tuple[str, ...] = ()
    variable: bool = False
    was: tuple[str, ...] = ()
    units: dict[str, str] = Field(default_factory=dict)
    bases: dict[str, Label] = Field(default_factory=dict)

    def __hash__(self) -> int:
        """Hash by id: one id, one meaning."""
        return hash(self.id)

    def unit_of(self, dims: Iterable[tuple[str, str]]) -> str:
        """Give the unit of the figures at `dims`, such as (("flow", "import"), ("fuel", "natural_gas"))."""
        return next((self.units[label] for _, label in dims if label in self.units), self.unit)


class IndicatorsFile(BaseModel):
    """The content of indicators.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    indicators: tuple[Indicator, ...] = Field(min_length=1)


class Axis(BaseModel):
    """A further axis of facts (fuel, sector, ...) and what each of its labels means."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    label: Label
    labels: dict[str, Label]


class AxesFile(BaseModel):
    """The content of facts/axes.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    axes: dict[str, Axis]
