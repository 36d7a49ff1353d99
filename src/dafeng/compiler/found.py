"""What the grammar finds: numbers that are targets, and numbers that are not, in clean text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dafeng.compiler.lexer import Token
from dafeng.plan.schema import PERIODS


@dataclass(frozen=True, slots=True)
class When:
    """When a target falls due: a year or a period, or from which year a rule holds.

    `reported` tells a year that the text looks back on: 截至 2022 年底; `first` is where a span of years begins.
    """

    year: int | None = None
    period: str | None = None
    from_year: int | None = None
    alt_year: int | None = None
    reported: bool = False
    first: int | None = None

    @property
    def last(self) -> int | None:
        """Give the last year meant."""
        return self.year or (PERIODS[self.period][1] if self.period else None)


NEVER = When()


def moments(token: Token) -> list[When]:
    """Read the times one token names; two joined periods that are not distributed are one time."""
    if token.kind == "period":
        return [When(period=name, alt_year=PERIODS[name][1]) for name in token.periods]
    if token.mode == "from":
        return [When(from_year=token.years[-1])]
    first = int(token.value) if token.mode == "range" else None
    return [When(year=year, reported=token.mode == "as-of", first=first) for year in token.years]


def united(times: Sequence[When]) -> When:
    """Make one time of several: 十四五 and 十五五 together are 十四五+十五五; of years the last counts."""
    if not times:
        return NEVER
    names = [time.period for time in times if time.period]
    if len(names) == len(times) > 1:
        joined = "+".join(names)
        return When(period=joined if joined in PERIODS else names[-1], alt_year=PERIODS[names[-1]][1])
    return times[-1]


@dataclass(frozen=True, slots=True)
class Found:
    """One number per indicator, as the grammar read it; offsets are into the clean text of one piece."""

    number: Token
    indicator: str
    when: When
    comparator: str
    strict: bool
    hedge: str
    direction: str | None
    baseline_year: int | None
    kind: str
    start: int
    end: int
    frame: str
    confidence: float
    shared: bool = False
    notes: tuple[str, ...] = ()

    def at(self, when: When, *, shared: bool) -> Found:
        """Give the same target for another time, told from the same number."""
        return replace(self, when=when, shared=shared)


@dataclass(frozen=True, slots=True)
class Dropped:
    """One figure that is not a target, and why; `number`, `indicator` and `when` are what a target of it would say."""

    start: int
    end: int
    reason: str
    number: Token | None = None
    indicator: str = ""
    when: When = NEVER
    comparator: str = "="
