"""Figures in the sentences of a verdict: Chinese and English, each in the unit its reader is used to."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from dafeng import units
from dafeng.facts.indicator import Indicator
from dafeng.labels import Label, Language
from dafeng.plan.schema import Target

NBSP = "\u00a0"
MINUS = "\u2212"
_CLOSE = frozenset({"%", "‰"})
_LIMIT = {"at_least": ("不低于", "at least"), "at_most": ("不高于", "at most")}
_ASKED = {
    (">=", False): ("不低于", "at least"),
    (">=", True): ("超过", "more than"),
    ("<=", False): ("不高于", "at most"),
    ("<=", True): ("低于", "less than"),
    ("~", False): ("约", "about"),
}
#: A change in words: what it is called when it goes the way the plan wants, and when it goes the other way.
_CHANGE = {
    "decrease_by": (("下降", "上升"), ("a fall of", "a rise of")),
    "increase_by": (("增加", "减少"), ("an increase of", "a decrease of")),
    "annual_growth": (("年均增长", "年均下降"), ("yearly growth of", "a yearly fall of")),
}
#: A unit that begins with a number: "10,000 m²", "10 million t", "million m²".
_SCALED = re.compile(r"^(?P<count>[\d,]+)? ?(?P<word>thousand|million|billion)? ?(?P<unit>.*)$")
_WORTH = {"thousand": 1e3, "million": 1e6, "billion": 1e9, None: 1.0}
_SI_STEPS = frozenset({"W", "kW", "MW", "GW", "Wh", "kWh", "MWh", "GWh", "TWh"})


def number(value: float) -> str:
    """Write a number with at most four significant digits and two decimals; whole numbers keep theirs."""
    magnitude = abs(value)
    whole = math.floor(math.log10(magnitude)) + 1 if magnitude >= 1 else 1
    places = min(2, max(0, 4 - whole)) if magnitude >= 0.1 or magnitude == 0 else 3
    text = f"{magnitude:,.{places}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return (MINUS if value < 0 and text.strip("0.,") else "") + text


def quantity(value: float, unit: str, language: Language, indicator: Indicator, *, points: bool = False) -> str:
    """Write a figure with its unit; `points` says that it is a difference of two shares, so points and not %."""
    if points and unit == "%":
        return number(round(value, 9)) + NBSP + ("个百分点" if language == "zh" else "points")
    if language == "en":
        return _english(value, unit, indicator)
    word = units.describe(unit, "zh")
    text = number(round(value, 9))
    return text + (word if word in _CLOSE or not word else NBSP + word)


def _english(value: float, unit: str, indicator: Indicator) -> str:
    """Bring a figure to the unit an English reader sees; a scale such as 10,000 goes into the number."""
    shown = indicator.display.en if indicator.display else unit
    if units.same_dimension(unit, shown):
        value, unit = value * units.factor(unit, shown), shown
    found = _SCALED.match(units.describe(unit, "en"))
    assert found is not None  # noqa: S101 - every part of the pattern may be empty
    word = found["unit"]
    value *= float((found["count"] or "1").replace(",", "")) * _WORTH[found["word"]]
    scale = ""
    if word not in _SI_STEPS:
        for name, worth in (("billion", 1e9), ("million", 1e6)):
            if abs(value) >= worth:
                value, scale = value / worth, NBSP + name
                break
    text = number(round(value, 9)) + scale
    return text + (word if word in _CLOSE or not word else NBSP + word)


def amount(
    target: Target, indicator: Indicator, value: float, language: Language, before: tuple[str, str] | None = None
) -> str:
    """Write a figure in the target's terms: 411.4 万千瓦, 下降约 14%, an increase of at least 600."""
    at = 0 if language == "zh" else 1
    changed = target.direction in _CHANGE and target.measure != "level" and indicator.kind != "change"
    text = quantity(abs(value) if changed else value, target.unit, language, indicator)
    if before:
        text = f"{before[at]}{NBSP}{text}"
    if not changed or target.direction is None:
        return text
    verb = _CHANGE[target.direction][at][0 if value >= 0 else 1]
    return f"{verb}{text}" if language == "zh" and before else f"{verb}{NBSP}{text}"


def demanded(target: Target, indicator: Indicator, language: Language) -> str:
    """Write what a target asks: 不低于 5%, 约 137 亿立方米, 3—5 个, a fall of 14%."""
    if target.value_max is not None:
        high = amount(target, indicator, target.value_max, language)
        return f"{number(target.value)}{'—' if language == 'zh' else '–'}{high}"
    asked = _ASKED.get((target.comparator, target.strict)) or _ASKED.get((target.comparator, False))
    return amount(target, indicator, target.value, language, asked)


def reads(target: Target, indicator: Indicator, value: float, bound: str, language: Language) -> str:
    """Write what a figure says, after its year: 为 411.4 万千瓦, 下降 8.07%, 不低于 2.4 倍; in English the amount."""
    text = amount(target, indicator, value, language, _LIMIT.get(bound))
    bare = text[:1].isdigit() or text[:1] == MINUS
    return f"为{NBSP}{text}" if language == "zh" and bare else text


def distance(target: Target, indicator: Indicator, value: float, language: Language) -> str:
    """Write how far a figure is from its target, without a sign."""
    return quantity(abs(value), target.unit, language, indicator, points=True)


def percent(share: float) -> str:
    """Write a share of one as a whole percentage."""
    return f"{round(share * 100):,}%"


def clause(text: str) -> str:
    """Take the full stop off a sentence, so that it can stand within another."""
    return text.strip().rstrip("。.")


def sentence(text: str) -> str:
    """Begin an English sentence with a capital."""
    return text[:1].upper() + text[1:]


def pending(years: Sequence[int], why: Label | None) -> Label:
    """Write that an official figure is pending: the declared reason, else the years."""
    if why is not None:
        return Label(zh=clause(why.zh), en=clause(why.en))
    if not years:
        return Label(zh="", en="")
    zh, en = (str(years[0]),) * 2 if len(years) == 1 else (f"{years[0]}—{years[-1]}", f"{years[0]}–{years[-1]}")
    return Label(zh=f"{zh} 年官方数据待核实", en=f"the official figure for {en} is to be verified")
