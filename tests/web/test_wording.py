"""Numbers, quantities, targets and sentences as readers expect them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dafeng.assess.result import VERDICTS
from dafeng.labels import Language
from dafeng.report import wording

S = wording.NBSP


@pytest.mark.parametrize(
    ("value", "text", "exact"),
    [
        (411.44, "411.4", "411.44"),
        (207.63, "207.6", "207.63"),
        (0.5737, "0.5737", "0.5737"),
        (0.01234, "0.012", "0.01234"),
        (1984.3, "1,984", "1,984.3"),
        (53926.7, "53,927", "53,926.7"),
        (8000.0, "8,000", "8,000"),
        (-3.25, "−3.25", "−3.25"),
        (-0.0, "0", "0"),
        (0.0, "0", "0"),
        (12.345, "12.35", "12.345"),
        (1e9, "1,000,000,000", "1,000,000,000"),
        (float("nan"), "—", "—"),
        (float("-inf"), "−∞", "−∞"),
        (None, "—", "—"),
    ],
)
def test_numbers(value: float | None, text: str, exact: str) -> None:
    assert wording.number(value) == text
    assert wording.number(value, exact=True) == exact


@given(st.floats(min_value=0.001, max_value=1e5))
def test_a_number_in_text_stays_near_its_value_and_short(value: float) -> None:
    text = wording.number(value).replace(",", "")
    assert abs(float(text) - value) <= max(0.006, 0.006 * value)
    assert len(text.replace(".", "").strip("0")) <= 6


@pytest.mark.parametrize(
    ("value", "unit", "to", "zh", "en"),
    [
        (411.44, "万千瓦", "", f"411.4{S}万千瓦", f"4.11{S}GW"),
        (411.44, "万千瓦", "MW", f"4,114{S}兆瓦", f"4,114{S}MW"),
        (1984.0, "亿千瓦时", "", f"1,984{S}亿千瓦时", f"198.4{S}TWh"),
        (8000.0, "万平方米", "", f"8,000{S}万平方米", f"80{S}million m²"),
        (137.0, "亿立方米", "", f"137{S}亿立方米", f"13.7{S}billion m³"),
        (20.0, "%", "", "20%", "20%"),
        (1.8, "百分点", "", f"1.8{S}个百分点", f"1.8{S}pts"),
        (2.0, "倍", "", f"2{S}倍", "2×"),
        (24.0, "万亩", "", f"24{S}万亩", f"16,000{S}ha"),
        (50.0, "万个", "", f"50{S}万个", "500,000"),
        (2.9, "万吨/日", "", f"2.9{S}万吨/日", f"29,000{S}t/day"),
        (41.7, "万标准箱", "", f"41.7{S}万标准箱", f"417,000{S}TEU"),
        (None, "%", "", "—", "—"),
    ],
)
def test_quantities(value: float | None, unit: str, to: str, zh: str, en: str) -> None:
    assert wording.quantity(value, unit, "zh", to=to) == zh
    assert wording.quantity(value, unit, "en", to=to) == en


@dataclass(frozen=True)
class Asked:
    value: float
    unit: str
    comparator: str = "="
    strict: bool = False
    value_max: float | None = None
    direction: str | None = None
    baseline_year: int | None = None
    hedge: str | None = None
    due: int | None = 2030


@pytest.mark.parametrize(
    ("asked", "zh", "en", "zh_line", "en_line"),
    [
        (
            Asked(700, "万千瓦", hedge="力争"),
            f"700{S}万千瓦",
            f"7{S}GW",
            f"力争达到{S}700{S}万千瓦",
            f"strive for 7{S}GW by 2030",
        ),
        (Asked(50, "%", ">="), f"≥{S}50%", f"≥{S}50%", f"不低于{S}50%", "at least 50% by 2030"),
        (Asked(50, "%", ">=", strict=True), f">{S}50%", f">{S}50%", f"超过{S}50%", "over 50% by 2030"),
        (Asked(30, "%", "<="), f"≤{S}30%", f"≤{S}30%", f"不超过{S}30%", "at most 30% by 2030"),
        (Asked(1.3, "", "<=", strict=True, due=None), f"<{S}1.3", f"<{S}1.3", f"低于{S}1.3", "under 1.3"),
        (
            Asked(137, "亿立方米", "~"),
            f"约{S}137{S}亿立方米",
            f"about{S}13.7{S}billion m³",
            f"达到{S}137{S}亿立方米左右",
            f"about 13.7{S}billion m³ by 2030",
        ),
        (Asked(3, "个", ">=", value_max=5), f"≥{S}3—5{S}个", f"≥{S}3–5", f"不低于{S}3—5{S}个", "at least 3–5 by 2030"),
        (
            Asked(14, "%", direction="decrease_by", baseline_year=2020),
            f"下降{S}14%（比 2020 年）",
            "−14% vs 2020",
            f"比{S}2020{S}年下降{S}14%",
            "−14% vs 2020 by 2030",
        ),
        (
            Asked(24, "万亩", direction="increase_by"),
            f"增加{S}24{S}万亩",
            f"+16,000{S}ha",
            f"增加{S}24{S}万亩",
            f"+16,000{S}ha by 2030",
        ),
        (
            Asked(5, "%", direction="annual_growth"),
            f"年均增长{S}5%",
            "+5% a year",
            f"年均增长{S}5%",
            "+5% a year by 2030",
        ),
    ],
)
def test_what_a_target_asks(asked: Asked, zh: str, en: str, zh_line: str, en_line: str) -> None:
    assert wording.amount(asked, "zh") == zh
    assert wording.amount(asked, "en") == en
    due = f"{S}2030{S}年" if asked.due else ""
    assert wording.headline(asked, "光伏", "zh") == (f"光伏{due}", zh_line)
    assert wording.headline(asked, "Solar", "en") == ("Solar:", en_line)


@pytest.mark.parametrize(
    ("difference", "unit", "zh", "en"),
    [
        (11.44, "万千瓦", f"+11.44{S}万千瓦", f"+0.1144{S}GW"),
        (-153.0, "万千瓦", f"−153{S}万千瓦", f"−1.53{S}GW"),
        (-1.5, "%", f"−1.5{S}个百分点", f"−1.5{S}pts"),
        (0.0, "%", "正好", "exact"),
        (None, "%", "—", "—"),
        (float("nan"), "%", "—", "—"),
    ],
)
def test_gaps(difference: float | None, unit: str, zh: str, en: str) -> None:
    assert wording.gap(difference, unit, "zh") == zh
    assert wording.gap(difference, unit, "en") == en


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("2026-11-25", f"2026{S}年{S}11{S}月{S}25{S}日", f"25{S}November{S}2026"),
        ("2026-01", f"2026{S}年{S}1{S}月", f"January{S}2026"),
        ("2026", f"2026{S}年", "2026"),
        ("", "", ""),
        (date(2026, 3, 5), f"2026{S}年{S}3{S}月{S}5{S}日", f"5{S}March{S}2026"),
    ],
)
def test_dates(text: str | date, zh: str, en: str) -> None:
    assert wording.day(text, "zh") == zh
    assert wording.day(text, "en") == en


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("一", "第一章", "chapter I"),
        ("二（四）2", "二（四）2", "II(4)2"),
        ("五（三）", "五（三）", "V(3)"),
        ("附件 1", "附件 1", "附件 1"),
        ("", "", ""),
    ],
)
def test_clauses(text: str, zh: str, en: str) -> None:
    assert wording.clause(text, "zh") == zh
    assert wording.clause(text, "en") == en


def test_small_words() -> None:
    assert wording.year_span(2021, 2025, "zh") == "2021—2025"
    assert wording.year_span(2021, 2025, "en") == "2021–2025"
    assert wording.year_span(2021, 2021, "en") == "2021"
    assert wording.percent(0.486) == "49%"
    assert wording.percent(None) == "—"
    assert wording.signed(3) == "+3"
    assert wording.signed(-3) == "−3"
    assert wording.listed(["甲", "乙", "丙"], "zh") == "甲、乙和丙"
    assert wording.listed(["a", "b", "c"], "en") == "a, b and c"
    assert wording.listed(["a", "b", "c"], "en", most=1) == "a and 2 more"
    assert wording.listed(["甲", "乙", "丙"], "zh", most=2) == "甲、乙等 3 项"
    assert wording.listed([], "en") == ""
    assert wording.subscripts("CO2 and CH4, not CO22") == "CO₂ and CH₄, not CO22"
    assert wording.inside("Electricity use", "en") == "electricity use"
    assert wording.inside("GDP", "en") == "GDP"
    assert wording.inside("用电量", "zh") == "用电量"
    assert wording.tidy(f"545{S}万千瓦 至 933{S}万千瓦，20% 至") == f"545{S}万千瓦至 933{S}万千瓦，20% 至"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_verdict_has_a_word_a_meaning_and_a_shape(language: Language) -> None:
    assert list(wording.VERDICT) == list(wording.VERDICT_MEANING) == list(wording.VERDICT_CLASS) == list(VERDICTS)
    assert len({label[language] for label in wording.VERDICT.values()}) == len(VERDICTS)
