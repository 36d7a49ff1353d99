"""Quantities: a number with its unit, in the unit and the spelling the reader is used to."""

from __future__ import annotations

import math
from typing import NamedTuple

from dafeng import units
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
#: Scale words before a unit without an English habit: the number is written out instead.
_SCALE = {"万": 1e4, "亿": 1e8}
#: Shorter than the unit's own name, and what readers know.
_SHORT: dict[tuple[str, str], str] = {
    ("percentage_point", "zh"): "个百分点",
    ("percentage_point", "en"): "pts",
    ("百分点", "zh"): "个百分点",
    ("GW", "zh"): "GW",
    ("TWh", "zh"): "TWh",
    ("MtCO2", "zh"): "百万吨 CO₂",
    ("MtCO2", "en"): "Mt CO₂",
    ("MtCO2e", "zh"): "百万吨 CO₂e",
    ("MtCO2e", "en"): "Mt CO₂e",
    ("tCO2", "en"): "t CO₂",
}
#: What stands against the number with no space between.
_CLOSE = frozenset({"%", "×"})


class Written(NamedTuple):
    """A figure ready to print: `value` in the reader's unit, and that unit's word ("" where none is needed)."""

    value: float
    unit: str


def written(value: float, unit: str, language: Language, to: str = "") -> Written:
    """Bring a value to the unit the reader is used to: `to` where one is declared, else the habit of the language.

    A unit without a habit of its own stays as it is and is printed by `dafeng.units`.
    """
    if to and to != unit:
        value, unit = units.convert(value, unit, to), to
    if language == "en" and unit in _ENGLISH:
        factor, word = _ENGLISH[unit]
        return Written(value * factor, word)
    if language == "en" and unit[:1] in _SCALE and (unit, language) not in _SHORT:
        value, unit = value * _SCALE[unit[0]], unit[1:]
    return Written(value, _SHORT.get((unit, language)) or units.describe(unit, language))


def unit_word(unit: str, language: Language, to: str = "") -> str:
    """Name the unit the reader sees, for the title of an axis or a column."""
    return written(1.0, unit, language, to).unit


def quantity(
    value: float | None,
    unit: str,
    language: Language,
    *,
    to: str = "",
    exact: bool = False,
    sign: bool = False,
    digits: int = 4,
) -> str:
    """Write a figure with its unit: 411.4 万千瓦, 4.11 GW, 20%; a dash where the value is absent.

    `to` is the unit the indicator declares for this reader; `exact` writes all digits of the source; `sign` puts +
    before what is above 0.
    """
    if value is None or math.isnan(value):
        return ABSENT
    shown, word = written(value, unit, language, to)
    text = number(round(shown, 9), exact=exact, digits=digits)
    if sign and shown > 0:
        text = f"+{text}"
    if not word:
        return text
    return f"{text}{'' if word in _CLOSE else NBSP}{word}"
