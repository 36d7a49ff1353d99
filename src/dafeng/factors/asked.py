"""What was asked for, what was chosen, and what a refusal offers instead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from dafeng.errors import Refused
from dafeng.factors.factor import Factor
from dafeng.labels import Label

#: Why a factor does not fit, or why none was given out.
Reason = Literal[
    "no-set",
    "owner",
    "no-parameter",
    "not-found",
    "unconfirmed",
    "year",
    "needs-year",
    "region",
    "needs-region",
    "sector",
    "needs-sector",
    "range",
    "conflict",
]


@dataclass(frozen=True, slots=True)
class Asked:
    """One request, its names resolved to ids. `set` is named by the caller instead of, or within, a regime."""

    what: str
    parameter: str
    regime: str = ""
    set: str = ""
    year: int | None = None
    region: str = ""
    sector: str = ""
    unconfirmed: bool = False
    ranges: bool = False

    def __str__(self) -> str:
        """Write the request as the place of a message."""
        named = (("regime", self.regime), ("set", self.set), ("year", self.year or ""), ("region", self.region))
        parts = [f"{name} {value}" for name, value in (*named, ("sector", self.sector)) if value]
        return ", ".join((f"{self.parameter} of {self.what}", *parts))


@dataclass(frozen=True, slots=True)
class Passed:
    """A factor that was not given out, and why it does not fit the request."""

    factor: Factor
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The factor that was chosen and why.

    `others` would also fit, in other sets; `passed` stood before the chosen one and were passed over.
    """

    factor: Factor
    why: Label
    asked: Asked
    others: tuple[Factor, ...] = ()
    passed: tuple[Passed, ...] = ()


class NoFactor(Refused):
    """No factor fits the request, or several that disagree do.

    `reason` is what stands against the factor that came closest; `candidates` are the nearest, best first; `brief` is
    the message without them. Who only wants to know that there is none does not wait for the candidates to be ranked.
    """

    code = "no-factor"

    def __init__(
        self, asked: Asked, reason: Reason, text: str, nearest: Callable[[], tuple[Passed, ...]], remedy: str
    ) -> None:
        self.asked, self.reason, self._nearest = asked, reason, nearest
        self.brief = f"{asked}: {text}. {remedy}."
        super().__init__(self.brief)

    @cached_property
    def candidates(self) -> tuple[Passed, ...]:
        """The factors that come nearest, best first."""
        return self._nearest()

    def __str__(self) -> str:
        offered = "; ".join(f"{one.factor.id} = {one.factor.figure()} ({differs(one)})" for one in self.candidates)
        return f"{self.brief} Nearest: {offered}." if offered else self.brief


_DIFFERS: dict[Reason, str] = {
    "no-set": "not read by this regime",
    "owner": "the regime takes the fuel from another set",
    "no-parameter": "another parameter",
    "not-found": "looked for, not found",
    "unconfirmed": "unconfirmed",
    "year": "another year",
    "needs-year": "of one year",
    "region": "another region",
    "needs-region": "of one region",
    "sector": "another sector",
    "needs-sector": "of one sector",
    "range": "a range",
    "conflict": "disagrees",
}


def differs(passed: Passed) -> str:
    """Say in a few words how a factor differs from the request."""
    return ", ".join(_DIFFERS[reason] for reason in passed.reasons)
