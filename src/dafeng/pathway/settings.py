"""What a pack says of its pathway: years, domains, sectors, boundaries, and which variable answers which target."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from dafeng.labels import Label
from dafeng.pathway.declared import Declared


class Truth(Declared):
    """Emissions as accounted: sectors of a boundary of the accounts, or a fact of the pack."""

    boundary: str = ""
    sectors: tuple[str, ...] = ()
    reallocated: bool = False
    """Whether misbooked cells are moved to the sector they belong to."""
    fact: str = ""

    @model_validator(mode="after")
    def _one(self) -> Truth:
        if bool(self.boundary) == bool(self.fact) or bool(self.boundary) != bool(self.sectors):
            raise ValueError("give a boundary with its sectors, or a fact")
        return self


class Sector(Declared):
    """One sector: the variable that gives its CO2."""

    id: str = Field(pattern=r"^[a-z0-9]+([-_][a-z0-9]+)*$")
    label: Label
    variable: str
    family: str = ""
    """What a chart adds it to: power, import, steel, petro, industry, transport, building, other or sink."""
    truth: Truth | None = None
    """What the sector's CO2 is held against in a hindcast."""


class Boundary(Declared):
    """One boundary: the sectors it counts."""

    id: str = Field(pattern=r"^[a-z0-9]+([-_][a-z0-9]+)*$")
    label: Label
    sectors: tuple[str, ...] = Field(min_length=1)
    missing: Label | None = None
    """What a whole account of this boundary counts and the sectors do not."""


class Link(Declared):
    """One variable put in the place of another, so that sectors meet."""

    replace: str
    by: str


class Trend(Declared):
    """A growth rate as it was known: the mean yearly growth of a fact over some years to the start."""

    fact: str
    years: int = Field(default=5, ge=2)


class HindcastFile(Declared):
    """How the past is run through the model: from when, to when, and what stays known on the way."""

    starts: tuple[int, ...] = Field(min_length=1)
    until: int
    known: tuple[str, ...] = ()
    """Facts that drive the sectors from outside, which one of the two runs goes on to know."""
    levels: dict[str, str] = Field(default_factory=dict)
    """Parameter that a modeller would have held at the last value of a fact."""
    trends: dict[str, Trend] = Field(default_factory=dict)
    """Parameter that a modeller would have taken from the growth of a fact."""
    paths: dict[str, Trend] = Field(default_factory=dict)
    """Parameter that a modeller would have carried on from the last value of a fact, at its growth."""
    held: tuple[str, ...] = ()
    """Parameters fitted to accounts, which stand in both runs as they stood at the start."""
    continued: tuple[str, ...] = ()
    """Parameters fitted to accounts, which go on in both runs at the yearly change of the years to the start."""


class CostSector(Declared):
    """Parts of the cost that belong together, and what is not in them."""

    id: str
    label: Label
    parts: tuple[str, ...] = Field(min_length=1)
    missing: Label | None = None


class Unpriced(Declared):
    """Levers that have no cost, and the reason."""

    levers: tuple[str, ...] = Field(min_length=1)
    why: Label


class CostsFile(Declared):
    """Which variables are costs, in the money of one year."""

    price_year: int
    currency: str = "CNY"
    since: int
    """First year that is counted."""
    discount: float = Field(ge=0, lt=1)
    """A year, as a share."""
    discount_source: str
    annual: str
    """Variable of the yearly cost."""
    investment: str
    """Variable of the investment of a year."""
    parts: dict[str, str] = Field(default_factory=dict)
    """Variables that the yearly cost is the sum of, by name."""
    labels: dict[str, Label] = Field(default_factory=dict)
    """Names of the parts."""
    sectors: tuple[CostSector, ...] = ()
    """Parts by sector; every part in one of them, or no sectors at all."""
    levers: tuple[str, ...] = ()
    """Levers whose cost the variables hold; the others have none."""
    left_out: tuple[Unpriced, ...] = ()
    """Why the others have none."""
    lacking: Label | None = None
    """What has no cost here."""

    @model_validator(mode="after")
    def _whole(self) -> CostsFile:
        named = [part for sector in self.sectors for part in sector.parts]
        if self.sectors and sorted(named) != sorted(self.parts):
            raise ValueError("the sectors do not hold each part of the cost once")
        both = {lever for group in self.left_out for lever in group.levers} & set(self.levers)
        if both:
            raise ValueError(f"levers have a cost and a reason why not: {', '.join(sorted(both))}")
        return self

    def reason(self, lever: str) -> Label | None:
        """Why a lever has no cost; None where no reason is given."""
        return next((group.why for group in self.left_out if lever in group.levers), None)


class PathwayFile(Declared):
    """The content of pathway.yaml."""

    years: tuple[int, int]
    """First and last year calculated."""
    peak_before: int
    """The plan's promise: the year before which CO2 is to be highest."""
    peak_since: int | None = None
    """First year whose CO2 may be the peak; the first calculated where left out."""
    judged_in: int
    """Year in which the series is judged by the peak test, late enough to tell a peak from a pause."""
    domains: tuple[str, ...] = Field(min_length=1)
    factors: str = ""
    """Regime whose factors stand in for parameters that the pack does not state; none where left out."""
    sectors: tuple[Sector, ...] = Field(min_length=1)
    boundaries: tuple[Boundary, ...] = Field(min_length=1)
    links: tuple[Link, ...] = ()
    answers: dict[str, str] = Field(default_factory=dict)
    """Variable that answers a target, by the target's indicator."""
    hindcast: HindcastFile | None = None
    costs: CostsFile | None = None
    default: str = "plan"
    """Scenario shown where none is asked for."""

    @model_validator(mode="after")
    def _fits(self) -> PathwayFile:
        first, last = self.years
        if not first < last:
            raise ValueError(f"the years {first} to {last} are none; give the first, then the last")
        known = {sector.id for sector in self.sectors}
        for boundary in self.boundaries:
            unknown = set(boundary.sectors) - known
            if unknown:
                raise ValueError(f"boundary '{boundary.id}' counts unknown sectors: {', '.join(sorted(unknown))}")
        return self


class Distribution(Declared):
    """One uncertain quantity: a factor on cells of a parameter, a value in their place, or the delivery of levers."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    label: Label
    group: Literal["driver", "factor", "delivery"]
    shape: Literal["uniform", "triangular", "normal", "lognormal"]
    low: float | None = None
    mode: float | None = None
    high: float | None = None
    mean: float | None = None
    spread: float | None = None
    """Standard deviation of a normal, or of the logarithm of a lognormal."""
    parameter: str = ""
    cells: dict[str, str] = Field(default_factory=dict)
    how: Literal["times", "plus", "instead"] = "times"
    """Whether the draw multiplies the parameter, is added to it, or stands in its place."""
    unit: str = ""
    """Unit of a draw that is added or stands in place."""
    since: int | None = None
    """First year it holds in; all years where left out."""
    actions: tuple[str, ...] = ()
    """Actions whose measures a draw of delivery scales; every one where left out."""
    source: str
    locator: str = ""
    note: str = ""

    @model_validator(mode="after")
    def _fits(self) -> Distribution:
        needed = {
            "uniform": ("low", "high"),
            "triangular": ("low", "mode", "high"),
            "normal": ("mean", "spread"),
            "lognormal": ("mean", "spread"),
        }[self.shape]
        missing = [name for name in needed if getattr(self, name) is None]
        if missing:
            raise ValueError(f"a {self.shape} distribution needs {', '.join(missing)}")
        values = [getattr(self, name) for name in ("low", "mode", "high") if getattr(self, name) is not None]
        if values != sorted(values) or (len(values) > 1 and values[0] == values[-1]):
            raise ValueError("low, mode and high do not rise")
        if self.spread is not None and self.spread <= 0:
            raise ValueError("the spread is not above 0")
        if self.shape == "lognormal" and (self.mean or 0) <= 0:
            raise ValueError("the mean of a lognormal is not above 0")
        if (self.group == "delivery") == bool(self.parameter):
            raise ValueError("a delivery names no parameter, anything else names one")
        return self


class Correlation(Declared):
    """A declared rank correlation of two uncertain quantities."""

    between: tuple[str, str]
    rho: float = Field(gt=-1, lt=1)
    note: str = ""


class UncertaintyFile(Declared):
    """The content of uncertainty.yaml."""

    distributions: tuple[Distribution, ...] = ()
    correlations: tuple[Correlation, ...] = ()
