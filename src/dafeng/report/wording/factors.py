"""Words of factors: why one does not fit, what a check found, what a choice of sets rests on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dafeng.labels import Label, Language
from dafeng.report.wording.numbers import ABSENT, number
from dafeng.report.wording.quantities import quantity, unit_word

if TYPE_CHECKING:
    from dafeng.factors import Factor
    from dafeng.factors.asked import Reason

REASON: Mapping[Reason, Label] = {
    "no-set": Label(zh="该用途不读这一因子集", en="not read by this regime"),
    "owner": Label(zh="该用途的这一品种取自另一因子集", en="the regime takes the fuel from another set"),
    "no-parameter": Label(zh="参数不同", en="another parameter"),
    "not-found": Label(zh="查过，未找到", en="looked for, not found"),
    "unconfirmed": Label(zh="未经确认", en="unconfirmed"),
    "year": Label(zh="年份不同", en="another year"),
    "needs-year": Label(zh="只属于某一年", en="of one year"),
    "region": Label(zh="地区不同", en="another region"),
    "needs-region": Label(zh="只属于某一地区", en="of one region"),
    "sector": Label(zh="部门不同", en="another sector"),
    "needs-sector": Label(zh="只属于某一部门", en="of one sector"),
    "range": Label(zh="是区间，没有单一数值", en="a range"),
    "conflict": Label(zh="各集不一致", en="disagrees"),
}
#: What a refusal means, and what to do.
REFUSED: Mapping[Reason, Label] = {
    "no-set": Label(
        zh="该用途不读任何含有它的因子集。请换用途，或指定因子集。",
        en="The regime reads no set for it. Ask another regime, or name a set.",
    ),
    "owner": Label(zh="该用途的这一品种取自另一因子集。", en="The regime takes the fuel from another set."),
    "no-parameter": Label(
        zh="所读的因子集没有这一参数。请换参数，或指定因子集。",
        en="The sets it reads have no such parameter. Ask another, or name a set.",
    ),
    "not-found": Label(
        zh="查过，没有找到数值。请提供有出处的数值。",
        en="It was looked for and not found. Give a figure with its source.",
    ),
    "unconfirmed": Label(
        zh="只有未经确认的数值，不会默认采用。", en="There are only unconfirmed figures; none is taken silently."
    ),
    "year": Label(zh="没有这一年的数值，不以别的年份代替。", en="There is none of this year; no other year stands in."),
    "needs-year": Label(zh="数值按年公布，请给出年份。", en="The figures are of single years. Give a year."),
    "region": Label(zh="没有这一地区的数值。", en="There is none for this region."),
    "needs-region": Label(zh="数值按地区公布，请给出地区。", en="The figures are of single regions. Give a region."),
    "sector": Label(zh="没有这一部门的数值。", en="There is none for this sector."),
    "needs-sector": Label(zh="数值按部门公布，请给出部门。", en="The figures are of single sectors. Give a sector."),
    "range": Label(zh="只有区间，没有单一数值。", en="There is a range and no single value."),
    "conflict": Label(
        zh="几个因子集的数值不一致，不作猜测。请指定因子集。",
        en="Published sets disagree, and none is guessed. Name the set that applies.",
    ),
}
VERDICT: Mapping[str, Label] = {
    "confirmed": Label(zh="已核实", en="confirmed"),
    "corrected": Label(zh="已更正", en="corrected"),
    "rejected": Label(zh="不采用", en="rejected"),
    "not_found": Label(zh="未能核实", en="not found"),
}
BASIS: Mapping[str, Label] = {
    "published": Label(zh="有文件规定", en="published rule"),
    "reading": Label(zh="我们的选择", en="our reading"),
}
UNCONFIRMED = Label(zh="未经确认", en="unconfirmed")
NOT_FOUND = Label(zh="未找到", en="not found")


def figure(factor: Factor, language: Language) -> str:
    """Write a factor's value or range with its unit, with all digits of its source."""
    if not factor.found:
        return NOT_FOUND[language]
    if factor.value is not None:
        return quantity(factor.value, factor.unit, language, exact=True)
    dash = ABSENT if language == "zh" else "\u2013"
    unit = unit_word(factor.unit, language)
    ends = f"{number(factor.low, exact=True)}{dash}{number(factor.high, exact=True)}"
    return f"{ends}\u00a0{unit}".strip() if unit else ends
