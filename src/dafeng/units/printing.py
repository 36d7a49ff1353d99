"""How a unit is printed for a Chinese and for an English reader."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from unicodedata import normalize

from dafeng.units.grammar import Part, parts_of
from dafeng.units.registry import definitions

if TYPE_CHECKING:
    from dafeng.labels import Language

_SI = {1e3: "k", 1e6: "M", 1e9: "G", 1e12: "T", 1e15: "P"}
_ZH = {1e2: "百", 1e3: "千", 1e4: "万", 1e5: "十万", 1e6: "百万", 1e7: "千万", 1e8: "亿", 1e9: "十亿", 1e12: "万亿"}
_EN = {
    **{1e3: "thousand", 1e6: "million", 1e7: "10 million", 1e8: "100 million"},
    **{1e9: "billion", 1e10: "10 billion", 1e12: "trillion"},
}
_SUPER = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_SUB = re.compile(r"(?<=CO|CH|SF)(\d)|(?<=N)(2)(?=O)")
_SUBSCRIPT = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_NAMED = {
    "percent": ("%", "%"),
    "permille": ("‰", "‰"),
    "percentage_point": ("个百分点", "percentage points"),
    "times": ("倍", "times"),
}
# English counts power and energy in steps of a thousand, so 万千瓦 is 10 MW to it.
_STEPPED = {"W": ("W", 1.0), "kW": ("W", 1e3), "Wh": ("Wh", 1.0), "kWh": ("Wh", 1e3), "J": ("J", 1.0)}
# 千公顷 is "thousand ha": nobody writes kha.
_UNPREFIXED = frozenset({"ha", "CNY", "EUR", "USD", "TEU", "tkm", "pkm", "year", "day", "hour"})
_POWER_WORD = {2: "平方", 3: "立方"}


@lru_cache(maxsize=2048)
def describe(unit: str, language: Language) -> str:
    """Give the printed unit: 万千瓦 is "10 MW" in English, GW is "吉瓦" in Chinese.

    A unit written in Chinese is printed to a Chinese reader as its document writes it; a count of things has no
    English unit but its plural; a plain number has none.
    """
    if language == "zh" and not unit.isascii() and not re.search(r"[A-Za-z]", normalize("NFKC", unit)):
        return unit.strip()
    parts = parts_of(unit)
    above = [part for part in parts if part.power > 0]
    below = [part for part in parts if part.power < 0]
    write = _chinese if language == "zh" else _english
    text = "·".join(write(part, above=True) for part in above) or ("1" if below else "")
    if not below:
        return text
    bottom = [write(part, above=False) for part in below]
    return f"{text}/{bottom[0]}" if len(bottom) == 1 else f"{text}/({'·'.join(bottom)})"


def _chinese(part: Part, *, above: bool) -> str:
    if not part.atom:
        return _scale(part.number, "zh")
    name, exponent = part.atom.name, part.inner * abs(part.power)
    if name in _NAMED:
        return _scale(part.number, "zh") + ("" if name == "times" and part.number != 1 else _NAMED[name][0])
    word = definitions()[name].chinese
    if word == "天" and not above:
        word = "日"
    scale = part.number
    prefix = ""
    if part.atom.prefix:
        if part.atom.factor >= 1 and name.startswith("t"):
            scale *= part.atom.prefix_factor
        else:
            prefix = {"kilo": "千", "mega": "兆", "giga": "吉", "tera": "太", "peta": "拍"}[part.atom.prefix]
    if not word.isascii() and exponent in _POWER_WORD:
        return f"{_scale(scale, 'zh')}{_POWER_WORD[exponent]}{prefix}{word}"
    return f"{_scale(scale, 'zh')}{prefix}{word}{_exponent(exponent)}"


def _english(part: Part, *, above: bool) -> str:
    if not part.atom:
        return _scale(part.number, "en")
    name, exponent = part.atom.name, part.inner * abs(part.power)
    if name in _NAMED:
        word = "" if name == "times" and part.number != 1 else _NAMED[name][1]
        return f"{_scale(part.number, 'en')} {word}".strip()
    number = part.number
    if name in _STEPPED and exponent == 1 and number != 1:
        base, worth = _STEPPED[name]
        number *= worth * (part.atom.prefix_factor if part.atom.prefix else 1.0)
        step = max((s for s in _SI if s <= number), default=1.0)
        return f"{_scale(number / step, 'en')} {_SI.get(step, '')}{base}".strip()
    definition = definitions()[name]
    word = definition.english.replace("_", " ")
    if not above and not definition.symbol and number == 1:
        word = definition.name
    if part.atom.prefix and (name in _UNPREFIXED or not definition.symbol):
        number *= part.atom.prefix_factor
        return f"{_scale(number, 'en')} {word}{_exponent(exponent)}".strip()
    short = {"kilo": "k", "mega": "M", "giga": "G", "tera": "T", "peta": "P"}.get(part.atom.prefix, "")
    chemical = _SUB.sub(lambda m: m.group().translate(_SUBSCRIPT), word).replace("m3", "m³")
    return f"{_scale(number, 'en')} {short}{chemical}{_exponent(exponent)}".strip()


def _exponent(power: int) -> str:
    return "" if power == 1 else str(power).translate(_SUPER)


def _scale(number: float, language: Language) -> str:
    if number == 1:
        return ""
    word = (_ZH if language == "zh" else _EN).get(number)
    return word if word else f"{number:,.15g}" + (" " if language == "zh" else "")
