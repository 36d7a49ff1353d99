from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dafeng.compiler.lexer import Token, lex
from dafeng.compiler.numerals import chinese, ordinal

DIGITS = "零一二三四五六七八九"


def written(n: int) -> str:
    """Write a number below ten thousand in Chinese."""
    out, zero = "", False
    for size, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = n // size % 10
        if digit:
            out += ("零" if zero and out else "") + DIGITS[digit] + word
            zero = False
        else:
            zero = True
    return out or "零"


@given(st.integers(0, 9999))
def test_numerals_come_back(n: int) -> None:
    assert chinese(written(n)) == n


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十", 10),
        ("二十五", 25),
        ("一万二千", 12000),
        ("三点五", 3.5),
        ("二〇三〇", 2030),
        ("两", 2),
        ("三亿", 300_000_000),
        ("甲", None),
        ("", None),
        ("三点", None),
    ],
)
def test_numeral(text: str, value: float | None) -> None:
    assert chinese(text) == value


@pytest.mark.parametrize(("text", "value"), [("12", 12), ("十二", 12), ("③", 3), ("x", None)])
def test_ordinal(text: str, value: int | None) -> None:
    assert ordinal(text) == value


def only(text: str) -> Token:
    tokens = lex(text)
    assert len(tokens) == 1, tokens
    return tokens[0]


@pytest.mark.parametrize(
    ("text", "value", "unit", "tail"),
    [
        ("1.2亿千瓦左右", 1.2, "亿千瓦", "左右"),
        ("5个百分点", 5, "个百分点", ""),
        ("0.6—1万人/平方公里", 0.6, "万人/平方公里", ""),
        ("300克标准煤/千瓦时以下", 300, "克标准煤/千瓦时", "以下"),
        ("1,200万吨标准煤及以上", 1200, "万吨标准煤", "及以上"),
        ("百分之二十以上", 20, "%", "以上"),
        ("100余家", 100, "余家", ""),
        ("3倍", 3, "倍", ""),
        ("392吨/日", 392, "吨/日", ""),
        ("翻两番", 4, "倍", ""),
    ],
)
def test_number(text: str, value: float, unit: str, tail: str) -> None:
    token = only(text)
    assert (token.kind, token.value, token.unit.replace("余", ""), token.tail) == (
        "num",
        value,
        unit.replace("余", ""),
        tail,
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("国发〔2021〕23号", "document"),
        ("2021年10月24日", "date"),
        ("11月底前", "date"),
        ("第14批", "ordinal"),
        ("“1+5+2”", "layout"),
        ("《2030年前碳达峰行动方案》", "name"),
        ("PM2.5", "name"),
        ("5G", "name"),
        ("较2005年", "base"),
        ("在2020年基础上", "base"),
        ("到2025年", "year"),
        ("“十四五”期间", "period"),
        ("专栏3", "ordinal"),
    ],
)
def test_other_figures(text: str, kind: str) -> None:
    assert only(text).kind == kind


@pytest.mark.parametrize(
    ("text", "years", "mode"),
    [
        ("2030年前", (2030,), "by"),
        ("2025年底", (2025,), "by"),
        ("2022年起", (2022,), "from"),
        ("2015年以来", (2015,), "since"),
        ("2024—2025年", (2025,), "range"),
        ("2025年、2030年", (2025, 2030), "in"),
        ("到2025年和2030年", (2025, 2030), "by"),
    ],
)
def test_year(text: str, years: tuple[int, ...], mode: str) -> None:
    token = only(text)
    assert (token.years, token.mode) == (years, mode)
