"""Figures in the sentences of a verdict: Chinese and English, each in the unit its reader is used to."""

from __future__ import annotations

import math
from collections.abc import Sequence

from dafeng import units
from dafeng.facts.indicator import Indicator
from dafeng.labels import Label, Language
from dafeng.plan.schema import Target

NBSP = "\u00a0"
MINUS = "\u2212"
_CLOSE = frozenset({"%", "‰"})
_PREFIX = {
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


def number(value: float) -> str:
    """Write a number with at most four significant digits; whole numbers keep theirs."""
    magnitude = abs(value)
    whole = math.floor(math.log10(magnitude)) + 1 if magnitude >= 1 else 1
    text = f"{magnitude:,.{min(3, max(0, 4 - whole))}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return (MINUS if value < 0 and text.strip("0.,") else "") + text


def quantity(value: float, unit: str, language: Language, indicator: Indicator, *, change: bool = False) -> str:
    """Write a figure with its unit; `change` says that it is a difference of two shares, so points and not %."""
    if language == "en" and indicator.display and units.same_dimension(unit, indicator.display.en):
        shown = indicator.display.en
        value, unit = value * units.factor(unit, shown), shown
    word = units.describe("百分点" if change and unit == "%" else unit, language)
    text = number(round(value, 9))
    return text + (word if word in _CLOSE or not word else NBSP + word)


def amount(target: Target, indicator: Indicator, value: float, language: Language) -> str:
    """Write a figure in the target's terms: 411.4 万千瓦, 下降 14%, an increase of 694."""
    at = 0 if language == "zh" else 1
    if target.direction in _CHANGE and target.measure != "level" and indicator.kind != "change":
        words = _CHANGE[target.direction][at]
        text = quantity(abs(value), target.unit, language, indicator)
        return f"{words[0] if value >= 0 else words[1]}{NBSP}{text}"
    return quantity(value, target.unit, language, indicator)


def demanded(target: Target, indicator: Indicator, language: Language) -> str:
    """Write what a target asks: 不低于 5%, 约 137 亿立方米, 3—5 个, a fall of 14%."""
    at = 0 if language == "zh" else 1
    text = amount(target, indicator, target.value, language)
    if target.value_max is not None:
        high = amount(target, indicator, target.value_max, language)
        return f"{number(target.value)}{'—' if language == 'zh' else '–'}{high}"
    prefix = _PREFIX.get((target.comparator, target.strict)) or _PREFIX.get((target.comparator, False))
    return f"{prefix[at]}{NBSP}{text}" if prefix else text


def distance(target: Target, indicator: Indicator, value: float) -> Label:
    """Write how far a figure is from its target, without a sign."""
    return Label(
        zh=quantity(abs(value), target.unit, "zh", indicator, change=True),
        en=quantity(abs(value), target.unit, "en", indicator, change=True),
    )


def percent(share: float) -> str:
    """Write a share of one as a whole percentage."""
    return f"{round(share * 100):,}%"


def clause(text: str) -> str:
    """Take the full stop off a sentence, so that it can stand within another."""
    return text.strip().rstrip("。.")


def pending(years: Sequence[int], why: Label | None) -> Label:
    """Write that an official figure is pending: the declared reason, else the years."""
    if why is not None:
        return Label(zh=clause(why.zh), en=clause(why.en))
    if not years:
        return Label(zh="", en="")
    zh, en = (str(years[0]),) * 2 if len(years) == 1 else (f"{years[0]}—{years[-1]}", f"{years[0]}–{years[-1]}")
    return Label(zh=f"{zh} 年官方数据待核实", en=f"the official figure for {en} is to be verified")
