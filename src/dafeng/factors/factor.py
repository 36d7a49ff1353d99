"""A factor: one number that turns an activity into energy, carbon or another gas, with everything it depends on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Confidence = Literal["high", "medium", "low", "unconfirmed"]
CONFIDENCES: tuple[Confidence, ...] = ("high", "medium", "low", "unconfirmed")
#: Molecular masses, rounded as the guidelines print them.
CARBON_RATIO = 44 / 12
#: The steps from a quantity of fuel to its CO2, in the order they are multiplied.
CHAIN = ("ncv", "carbon_content", "oxidation")


@dataclass(frozen=True, slots=True)
class Years:
    """The years a factor is for: all (both None), one, or from `first` to `last` with an open end."""

    first: int | None = None
    last: int | None = None

    @classmethod
    def parse(cls, text: str) -> Years:
        """Read "", "2023", "2022-", "-2021" or "2013-2020".

        Raises:
            ValueError: the text is none of these, or runs backwards.
        """
        if not text:
            return cls()
        first, dash, last = text.partition("-")
        if any(part and not (part.isascii() and part.isdigit() and len(part) == 4) for part in (first, last)):
            raise ValueError(text)
        years = cls(int(first) if first else None, int(last or 0) or None) if dash else cls(int(first), int(first))
        if years == cls() or (years.first and years.last and years.first > years.last):
            raise ValueError(text)
        return years

    @property
    def timeless(self) -> bool:
        """Whether the factor is for any year."""
        return self.first is None and self.last is None

    @property
    def single(self) -> bool:
        """Whether the factor is the figure of one year."""
        return self.first is not None and self.first == self.last

    def __contains__(self, year: int) -> bool:
        return (self.first is None or self.first <= year) and (self.last is None or year <= self.last)

    def distance(self, year: int) -> int:
        """Give how many years lie between these and `year`; 0 where they hold it."""
        if year in self:
            return 0
        return min(abs(year - end) for end in (self.first, self.last) if end is not None)

    def overlaps(self, other: Years) -> bool:
        """Tell whether one year is in both."""
        starts = [end for end in (self.first, other.first) if end is not None]
        ends = [end for end in (self.last, other.last) if end is not None]
        return not starts or not ends or max(starts) <= min(ends)

    def __str__(self) -> str:
        if self.single:
            return str(self.first)
        return "" if self.timeless else f"{self.first or ''}-{self.last or ''}"


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor of one set.

    `what` is the fuel, energy or activity; `value` is in `unit`. A source that gives a range has `low` and `high` and
    no value; one that was looked for and not found has none of the three. `stated` is what the source prints, where the
    value is given in another unit or computed at full precision. `derived_from` are the ids of the factors it is the
    product of; `supersedes` is the id of the factor it takes the place of.
    """

    set: str
    what: str
    parameter: str
    unit: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    sector: str = ""
    region: str = ""
    years: Years = Years()
    variant: str = ""
    document: str = ""
    locator: str = ""
    published: str = ""
    confidence: Confidence = "unconfirmed"
    supersedes: str = ""
    derived_from: tuple[str, ...] = ()
    note: str = ""
    stated: str = ""

    @property
    def id(self) -> str:
        """Name the factor by all it depends on, such as "grid-provincial.electricity.co2_factor.north.2023"."""
        parts = (self.set, self.what, self.parameter, self.sector, self.region, str(self.years), self.variant)
        return ".".join(part for part in parts if part)

    @property
    def found(self) -> bool:
        """Whether a source gives a number or a range at all."""
        return self.value is not None or self.low is not None

    @property
    def ranged(self) -> bool:
        """Whether the source gives a range and no single value."""
        return self.value is None and self.low is not None

    @property
    def confirmed(self) -> bool:
        """Whether the factor may be used without asking for it by name."""
        return self.found and self.confidence != "unconfirmed"

    def figure(self) -> str:
        """Write value or range with its unit, such as "0.5737 tCO2/MWh"; "not found" where there is neither."""
        if not self.found:
            return "not found"
        text = plain(self.value) if self.value is not None else f"{plain(self.low)}–{plain(self.high)}"
        return f"{text} {self.unit}".strip()

    def with_value(self, value: float, unit: str, stated: str = "") -> Factor:
        """Give the factor with another value, keeping what the source prints."""
        return replace(self, value=value, unit=unit, stated=stated or self.stated or self.figure())


def plain(value: float | None) -> str:
    """Write a number with the digits it has, at most eight, without an exponent."""
    if value is None:
        return "—"
    text = f"{value:.8g}"
    return f"{float(text):.12f}".rstrip("0").rstrip(".") if "e" in text else text
