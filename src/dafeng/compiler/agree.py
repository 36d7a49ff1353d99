"""Whether two names of an indicator can mean the same: what one says and the other does not.

Both names are written with one sign for each set of synonyms. What then stands in one and not in the other is a
difference: another source of energy (水电, 光伏), another measure (产能, 产量), another part of the whole (公共机构,
海上, 中心城). Only words of `data/synonyms.yaml` `neutral` make no difference.
"""

from __future__ import annotations

import re
from functools import cache

from dafeng.compiler.lexicon import any_of, words

_SCOPE = re.compile(r"^(?:全市|本市|我市|全省|本省|我省|全国|全区|全县|全社会(?!用电))|（[^）]*）|[的、，和及与“”\s]")
_FIRST = 0xE000
_BUT = re.compile(r"（(?:不含|不包括|扣除|除)[^）]*）")
#: Two long names that have so much in common may differ in so many letters: 等建筑屋顶安装光伏的面积比例.
_LONG, _SLIGHT = 10, 2
_OF_ENERGY = re.compile(
    r"占(?:一次)?能源消费(?:总量)?(?:的)?(?=比[重例]|占比)|消费量?占(?:一次)?能源消费(?:总量)?(?:的)?(?=比[重例]|占比)"
)


@cache
def _signs() -> tuple[re.Pattern[str], dict[str, str]]:
    groups = [*words("synonyms")["sets"], *words("synonyms")["apart"]]
    sign = {spelling: chr(_FIRST + n) for n, group in enumerate(groups) for spelling in group if not spelling.isascii()}
    sign |= {spelling: chr(_FIRST + n) for n, group in enumerate(groups) for spelling in group if spelling.isupper()}
    return re.compile(any_of(sign)), sign


@cache
def _neutral() -> re.Pattern[str]:
    return re.compile(any_of(words("synonyms")["neutral"]))


@cache
def _plain(name: str) -> str:
    text = _SCOPE.sub("", name)
    text = _OF_ENERGY.sub("消费", text)
    if re.search("单位|万元", text):
        text = re.sub("强度$", "", text)
    form, sign = _signs()
    return form.sub(lambda match: sign[match.group()], text)


def _rest(text: str, other: str) -> str:
    """Give what a text has and another has not: signs, and letters of which no pair stands in the other."""
    pairs = {other[i : i + 2] for i in range(len(other) - 1)} | {char for char in other if ord(char) >= _FIRST}
    kept = [
        char
        for i, char in enumerate(text)
        if not (char in pairs or text[i : i + 2] in pairs or (i and text[i - 1 : i + 1] in pairs))
    ]
    return "".join(kept)


def difference(name: str, label: str, *, added: bool = False) -> str:
    """Give what one of two names says and the other does not; empty where nothing speaks against their being one.

    `added` tells that the first names an increase, so that 新增 is no difference to a stock.
    """
    if but := _BUT.search(name):
        return but.group()
    a, b = _plain(name), _plain(label)
    if added:
        a = re.sub("新增|净增|新建", "", a) if not re.search("新增|净增|新建", b) else a
    neutral = _neutral()
    one, two = (_rest(neutral.sub("", x), neutral.sub("", y)) for x, y in ((a, b), (b, a)))
    said = len(neutral.sub("", a)) - len(one)
    slight = said >= _LONG and len(one + two) <= _SLIGHT and not any(ord(char) >= _FIRST for char in one + two)
    return "" if slight else one + two
