"""What an indicator is: the declaration that facts and targets point to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from dafeng.labels import Label


class Declared(BaseModel):
    """Base of what indicators.yaml and facts/axes.yaml declare: frozen, and nothing undeclared is taken.

    The text under a field is its description: the tables of docs/guide/city-pack.md are made from it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Display(Declared):
    """The unit each reader sees; the same value, converted."""

    zh: str
    """Unit on Chinese pages, such as 万千瓦."""
    en: str
    """Unit on English pages, such as MW."""


class Break(Declared):
    """From `year` on the figures stand on another basis; a line or a difference must not cross it."""

    year: int
    """The first year on the new basis."""
    why: Label
    """What changed."""


class Awaiting(Declared):
    """An official figure that is due and has not been confirmed for these years."""

    years: tuple[int, ...]
    """The years it is due for."""
    why: Label
    """Who has yet to confirm it."""
    source: str = ""
    """Document that says so."""


class Indicator(Declared):
    """One quantity that can be observed or computed, once for the whole city pack."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$")
    """`<domain>.<quantity>`: no unit and no place in it."""
    label: Label
    """Name, in the official statistical term."""
    unit: str
    """Unit it is counted in; a figure may come in another of the same dimension."""
    kind: Literal["stock", "flow", "ratio", "change", "price"] = "ratio"
    """How periods combine: a stock is read at a date, a flow is summed over a period, the others are neither."""
    between: Literal["absent", "linear"] = "absent"
    """How a model reads the years between two figures; a straight line fits stocks surveyed every few years."""
    dims: tuple[str, ...] = ()
    """Further axes it is observed by; their labels stand in facts/axes.yaml."""
    better: Literal["higher", "lower", ""] = ""
    """The direction the plan wants, where that is plain."""
    display: Display | None = None
    """Units that readers see."""
    definition: Label | None = None
    """What the term means, where it needs saying."""
    boundary: Label | None = None
    """What is counted in and what is not."""
    changes: str = ""
    """Indicator whose published yearly changes (percent) chain this one, where levels cannot be compared."""
    breaks: tuple[Break, ...] = ()
    """Years in which the basis changed."""
    awaiting: Awaiting | None = None
    """Official figures that are due."""
    priority: tuple[str, ...] = ()
    """Documents, best first; the others rank after them, by confidence, then by date."""
    variable: bool = False
    """Whether a formula computes it; then no fact may carry the id."""
    was: tuple[str, ...] = ()
    """Its names in other data sets; * stands for the rest of a name."""
    units: dict[str, str] = {}
    """Units of the labels that are not counted in `unit`, such as gas in a balance of tonnes."""
    bases: dict[str, Label] = {}
    """Bases that figures stand on (survey, price base, scope), preferred first."""

    def __hash__(self) -> int:
        """Hash by id: one id, one meaning."""
        return hash(self.id)

    def unit_of(self, dims: Iterable[tuple[str, str]]) -> str:
        """Give the unit of the figures at `dims`, such as (("flow", "import"), ("fuel", "natural_gas"))."""
        return next((self.units[label] for _, label in dims if label in self.units), self.unit)


class IndicatorsFile(Declared):
    """The content of indicators.yaml."""

    indicators: tuple[Indicator, ...] = Field(min_length=1)
    """Every indicator, in the order pages list them."""


class Axis(Declared):
    """A further axis of facts (fuel, sector, ...)."""

    label: Label
    """Name of the axis."""
    labels: dict[str, Label]
    """What each of its labels means."""


class AxesFile(Declared):
    """The content of facts/axes.yaml."""

    axes: dict[str, Axis]
    """Every axis, by name."""
