"""What a target asks and how far its evidence is from it, in words."""

from __future__ import annotations

import math
from typing import Protocol

from dafeng.labels import Language
from dafeng.report.wording.numbers import NBSP, number
from dafeng.report.wording.quantities import quantity, written
from dafeng.report.wording.words import HEDGE

_POINTS = "百分点"


class Asked(Protocol):
    """The fields of a target that say what it asks; a plan's target and an assessed one both have them."""

    @property
    def value(self) -> float: ...  # noqa: D102
    @property
    def value_max(self) -> float | None: ...  # noqa: D102
    @property
    def unit(self) -> str: ...  # noqa: D102
    @property
    def comparator(self) -> str: ...  # noqa: D102
    @property
    def strict(self) -> bool: ...  # noqa: D102
    @property
    def direction(self) -> str | None: ...  # noqa: D102
    @property
    def baseline_year(self) -> int | None: ...  # noqa: D102
    @property
    def hedge(self) -> str | None: ...  # noqa: D102
    @property
    def due(self) -> int | None: ...  # noqa: D102


def _value(target: Asked, language: Language, to: str) -> str:
    text = quantity(target.value, target.unit, language, to=to)
    if target.value_max is None:
        return text
    low = number(round(written(target.value, target.unit, language, to).value, 9))
    high = quantity(target.value_max, target.unit, language, to=to)
    return f"{low}{'—' if language == 'zh' else chr(0x2013)}{high}"


def amount(target: Asked, language: Language, to: str = "") -> str:
    """Write what a target asks, for a table: ≥ 50%, 约 137 亿立方米, −14% vs 2020; in the unit `to` if one is given."""
    text = _value(target, language, to)
    since = target.baseline_year
    zh = language == "zh"
    if target.direction == "decrease_by":
        if zh:
            return f"下降{NBSP}{text}" + (f"（比 {since} 年）" if since else "")
        return f"−{text}" + (f" vs {since}" if since else "")
    if target.direction == "increase_by":
        if zh:
            return f"增加{NBSP}{text}" + (f"（比 {since} 年）" if since else "")
        return f"+{text}" + (f" vs {since}" if since else "")
    if target.direction == "annual_growth":
        return f"年均增长{NBSP}{text}" if zh else f"+{text} a year"
    sign = {
        ">=": ">" if target.strict else "≥",
        "<=": "<" if target.strict else "≤",
        "~": "约" if zh else "about",
        "=": "",
    }[target.comparator]
    return f"{sign}{NBSP}{text}" if sign else text


def headline(target: Asked, name: str, language: Language, to: str = "") -> tuple[str, ...]:
    """Say a target in one line, as the phrases between which the line may break."""
    text = _value(target, language, to)
    hedge = HEDGE[target.hedge][language] if target.hedge else ""
    if language == "zh":
        subject = f"{name} {target.due} 年" if target.due else name
        return (subject.replace(" ", NBSP), f"{hedge}{_asked_zh(target, text)}")
    asked = _asked_en(target, text)
    asked = f"{hedge} {asked}" if hedge else asked
    return (f"{name}:", f"{asked} by {target.due}" if target.due else asked)


def _asked_zh(target: Asked, text: str) -> str:
    since = f"比{NBSP}{target.baseline_year}{NBSP}年" if target.baseline_year else ""
    match target.direction:
        case "decrease_by":
            return f"{since}下降{NBSP}{text}"
        case "increase_by":
            return f"{since}增加{NBSP}{text}"
        case "annual_growth":
            return f"年均增长{NBSP}{text}"
    match target.comparator:
        case ">=":
            return f"{'超过' if target.strict else '不低于'}{NBSP}{text}"
        case "<=":
            return f"{'低于' if target.strict else '不超过'}{NBSP}{text}"
        case "~":
            return f"达到{NBSP}{text}左右"
    return f"达到{NBSP}{text}"


def _asked_en(target: Asked, text: str) -> str:
    since = f" vs {target.baseline_year}" if target.baseline_year else ""
    match target.direction:
        case "decrease_by":
            return f"−{text}{since}"
        case "increase_by":
            return f"+{text}{since}"
        case "annual_growth":
            return f"+{text} a year"
    match target.comparator:
        case ">=":
            return f"{'over' if target.strict else 'at least'} {text}"
        case "<=":
            return f"{'under' if target.strict else 'at most'} {text}"
        case "~":
            return f"about {text}"
    return text


def gap(difference: float | None, unit: str, language: Language, to: str = "") -> str:
    """Write latest less target: +11.4 万千瓦, −3 pts; 正好 or exact where there is none."""
    if difference is None or math.isnan(difference):
        return "—"
    if abs(difference) < 1e-9:
        return "正好" if language == "zh" else "exact"
    return quantity(difference, _POINTS if unit == "%" else unit, language, sign=True, to="" if unit == "%" else to)
