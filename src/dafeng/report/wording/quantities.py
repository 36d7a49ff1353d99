"""Quantities: a number with its unit, in the unit and the spelling the reader is used to."""

from __future__ import annotations

import math
from typing import NamedTuple

from dafeng.labels import Language
from dafeng.report.wording.numbers import ABSENT, NBSP, number

#: How an English reader sees a Chinese unit: multiply, then write this after the number.
_ENGLISH: dict[str, tuple[float, str]] = {
    "%": (1, "%"),
    "百分点": (1, "pts"),
    "个百分点": (1, "pts"),
    "倍": (1, "×"),
    "千瓦": (1, "kW"),
    "万千瓦": (0.01, "GW"),
    "亿千瓦": (100, "GW"),
    "千瓦时": (1, "kWh"),
    "万千瓦时": (0.01, "GWh"),
    "亿千瓦时": (0.1, "TWh"),
    "吨": (1, "t"),
    "万吨": (0.01, "Mt"),
    "亿吨": (100, "Mt"),
    "百万吨": (1, "Mt"),
    "吨/日": (1, "t/day"),
    "万吨/日": (1e4, "t/day"),
    "吨/年": (1, "t/yr"),
    "万吨/年": (0.01, "Mt/yr"),
    "吨标准煤": (1, "tce"),
    "万吨标准煤": (0.01, "Mtce"),
    "亿吨标准煤": (100, "Mtce"),
    "立方米": (1, "m³"),
    "万立方米": (0.01, "million m³"),
    "亿立方米": (0.1, "billion m³"),
    "平方米": (1, "m²"),
    "万平方米": (0.01, "million m²"),
    "亿平方米": (100, "million m²"),
    "平方公里": (1, "km²"),
    "公顷": (1, "ha"),
    "万公顷": (1e4, "ha"),
    "亩": (1 / 15, "ha"),
    "万亩": (1e4 / 15, "ha"),
    "公里": (1, "km"),
    "万公里": (1e4, "km"),
    "元": (1, "CNY"),
    "万元": (0.01, "million CNY"),
    "亿元": (0.1, "billion CNY"),
    "万亿元": (1, "trillion CNY"),
    "万人": (0.01, "million"),
    "人": (1, "people"),
    "天": (1, "days"),
    "小时": (1, "hours"),
    "辆": (1, "vehicles"),
    "万辆": (1e4, "vehicles"),
    "艘": (1, "ships"),
    "标箱": (1, "TEU"),
    "万标箱": (0.01, "million TEU"),
    "个": (1, ""),
    "万个": (1e4, ""),
    "座": (1, ""),
    "家": (1, ""),
    "种": (1, ""),
    "项": (1, ""),
}
#: Spellings of the units that are not Chinese words.
_CHINESE: dict[str, str] = {
    "MtCO2": "百万吨 CO₂",
    "tCO2": "吨 CO₂",
    "Mt": "百万吨",
    "t": "吨",
    "km": "公里",
    "m2": "平方米",
    "m3": "立方米",
    "ha": "公顷",
    "CNY": "元",
    "person": "人",
    "vehicle": "辆",
    "GW": "GW",
    "TWh": "TWh",
    "tCO2/MWh": "吨 CO₂/兆瓦时",
    "kgCO2/kWh": "千克 CO₂/千瓦时",
    "percentage_point": "个百分点",
}
_SYMBOL: dict[str, str] = {
    "m2": "m²",
    "m3": "m³",
    "km2": "km²",
    "person": "people",
    "vehicle": "vehicles",
    "percentage_point": "pts",
}
#: What stands against the number with no space between.
_CLOSE = frozenset({"%", "×"})


class Written(NamedTuple):
    """A figure ready to print: `value` in the reader's unit, and that unit's word ("" where none is needed)."""

    value: float
    unit: str


def written(value: float, unit: str, language: Language) -> Written:
    """Bring a value to the unit the reader is used to; a unit without a habit of its own stays as it is."""
    if language == "zh":
        return Written(value, _CHINESE.get(unit, "个百分点" if unit == "百分点" else _subscript(unit)))
    if unit in _ENGLISH:
        factor, word = _ENGLISH[unit]
        return Written(value * factor, word)
    return Written(value, _SYMBOL.get(unit, _subscript(unit)))


def _subscript(unit: str) -> str:
    return unit.replace("CO2", "CO₂").replace("CH4", "CH₄").replace("N2O", "N₂O")


def unit_word(unit: str, language: Language) -> str:
    """Name the unit the reader sees, for the title of an axis or a column."""
    return written(1.0, unit, language).unit


def quantity(
    value: float | None, unit: str, language: Language, *, exact: bool = False, sign: bool = False, digits: int = 4
) -> str:
    """Write a figure with its unit: 411.4 万千瓦, 4.114 GW, 20%; a dash where the value is absent.

    `exact` writes all digits of the source; `sign` puts + before what is above 0.
    """
    if value is None or math.isnan(value):
        return ABSENT
    shown, word = written(value, unit, language)
    text = number(round(shown, 9), exact=exact, digits=digits)
    if sign and shown > 0:
        text = f"+{text}"
    if not word:
        return text
    return f"{text}{'' if word in _CLOSE else NBSP}{word}"
