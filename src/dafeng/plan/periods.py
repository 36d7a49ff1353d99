"""Plan periods: the five years a plan means when it says 十四五."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

from dafeng.labels import Label

#: Plan periods and the years they span, both ends counted.
PERIODS: dict[str, tuple[int, int]] = {
    "十一五": (2006, 2010),
    "十二五": (2011, 2015),
    "十三五": (2016, 2020),
    "十四五": (2021, 2025),
    "十五五": (2026, 2030),
    "十四五+十五五": (2021, 2030),
    "十六五": (2031, 2035),
}
_FIRST_PLAN_BEFORE = 1951  # the n-th plan since the tenth begins in 1951 + 5 n


def _known(period: str) -> str:
    if period not in PERIODS:
        raise ValueError(f"'{period}' is no plan period; known are {', '.join(PERIODS)}")
    return period


Period = Annotated[str, AfterValidator(_known)]


def span(period: str) -> tuple[int, int]:
    """Give the first and the last year of a period, both counted.

    Raises:
        ValueError: the period is not known.
    """
    return PERIODS[_known(period)]


def label(period: str) -> Label:
    """Write a period for a reader: “十四五”（2021—2025 年）, 14th Five-Year Plan (2021–2025).

    Raises:
        ValueError: the period is not known.
    """
    first, last = span(period)
    ordinals = [f"{(span(name)[0] - _FIRST_PLAN_BEFORE) // 5}th" for name in period.split("+")]
    words = "".join(f"“{name}”" for name in period.split("+"))
    plans = "Five-Year Plan" + ("s" if len(ordinals) > 1 else "")
    return Label(zh=f"{words}（{first}—{last} 年）", en=f"{' and '.join(ordinals)} {plans} ({first}–{last})")
