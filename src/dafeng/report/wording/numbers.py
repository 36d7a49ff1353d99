"""Plain numbers, years and dates."""

from __future__ import annotations

import math
from datetime import date

from dafeng.labels import Language

NBSP = "\u00a0"
MINUS = "\u2212"
DASH = "\u2014"
ABSENT = DASH
_MONTHS = tuple("- January February March April May June July August September October November December".split())
#: Digits that separate one figure from the next in running text.
TEXT_DIGITS = 4


def number(value: float | None, *, digits: int = TEXT_DIGITS, decimals: int | None = None, exact: bool = False) -> str:
    """Write a number with thousands separators and a true minus; a dash where it is absent.

    `digits` limits the significant digits of text, but whole numbers below a million keep theirs; `decimals` fixes the
    places instead. `exact` writes the figure as its source gives it.
    """
    if value is None or math.isnan(value):
        return ABSENT
    if math.isinf(value):
        return (MINUS if value < 0 else "") + "∞"
    magnitude = abs(value)
    if decimals is not None:
        text = f"{magnitude:,.{decimals}f}"
    elif exact:
        text = f"{magnitude:,.10f}" if magnitude < 1e6 else f"{magnitude:,.4f}"
        text = _trim(text)
    else:
        whole = math.floor(math.log10(magnitude)) + 1 if magnitude >= 1 else 0
        places = min(2, max(0, digits - whole)) if magnitude >= 1 else _small_places(magnitude, digits)
        text = _trim(f"{magnitude:,.{places}f}")
    return (MINUS if value < 0 and text.strip("0.,") else "") + text


def _small_places(magnitude: float, digits: int) -> int:
    if magnitude == 0:
        return 0
    leading = -math.floor(math.log10(magnitude)) - 1
    return min(10, leading + (digits if leading == 0 else 2))


def _trim(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def signed(value: float | None, *, digits: int = TEXT_DIGITS) -> str:
    """Write a difference with its sign: +12, −3; a plain 0."""
    text = number(value, digits=digits)
    return f"+{text}" if value is not None and not math.isnan(value) and value > 0 and text.strip("0.,") else text


def percent(share: float | None, *, decimals: int = 0) -> str:
    """Write a share of one as a percentage: 0.49 gives 49%."""
    return ABSENT if share is None or math.isnan(share) else number(share * 100, decimals=decimals) + "%"


def year_span(first: int, last: int, language: Language) -> str:
    """Write a span of years: 2021—2025 in Chinese, 2021–2025 in English; one year alone as itself."""
    if first == last:
        return str(first)
    return f"{first}{DASH}{last}" if language == "zh" else f"{first}\u2013{last}"


def day(text: str | date, language: Language) -> str:
    """Write a date in words, as far as it is known: 2026 年 1 月 4 日, 4 January 2026; "" stays empty."""
    if not text:
        return ""
    year, *rest = (text.isoformat() if isinstance(text, date) else text).split("-")
    month = int(rest[0]) if rest else 0
    of_month = int(rest[1]) if len(rest) > 1 else 0
    if language == "zh":
        return NBSP.join(
            [
                f"{int(year)}{NBSP}年",
                *([f"{month}{NBSP}月"] if month else []),
                *([f"{of_month}{NBSP}日"] if of_month else []),
            ]
        )
    return NBSP.join([*([str(of_month)] if of_month else []), *([_MONTHS[month]] if month else []), str(int(year))])
