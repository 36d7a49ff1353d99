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


#: What stands against a factor, and what to do, to a Chinese reader.
IN_CHINESE: dict[Reason, str] = {
    "no-set": "该口径没有可读的因子集；请换口径，或指定因子集",
    "owner": "所读的因子集里没有；请换口径，或指定因子集",
    "no-parameter": "没有这一参数；请换参数，或指定因子集",
    "not-found": "查找过，没有找到；请给出有来源的数，或换口径",
    "unconfirmed": "只有未经核实的数；请明确要求未核实的数，或给出有来源的数",
    "year": "没有该年的数；请选已公布的年份，不以他年代替",
    "needs-year": "只有分年的数；请给出年份",
    "region": "没有该地区的数；请选已公布的地区",
    "needs-region": "只有分地区的数；请给出地区",
    "sector": "没有该部门的数；请选已公布的部门",
    "needs-sector": "只有分部门的数；请给出部门",
    "range": "只有取值范围，没有单一数值；请给出实测值，或明确要求范围",
    "conflict": "几个因子互相矛盾；请指定适用的因子集",
}


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
        super().__init__(self.brief, zh=f"{asked}：{IN_CHINESE[reason]}。")

    @cached_property
    def candidates(self) -> tuple[Passed, ...]:
        """The factors that come nearest, best first."""
        return self._nearest()

    def __str__(self) -> str:
        offered = "; ".join(f"{one.factor.id} = {one.factor.figure()} ({differs(one)})" for one in self.candidates)
        return f"{self.brief} Nearest: {offered}." if offered else self.brief

    def text(self, language: str) -> str:
        """Give the message with the nearest factors in the language of a reader."""
        if language != "zh":
            return str(self)
        offered = "；".join(f"{one.factor.id} = {one.factor.figure()}" for one in self.candidates)
        return f"{self.zh}最接近的有：{offered}。" if offered else self.zh


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
