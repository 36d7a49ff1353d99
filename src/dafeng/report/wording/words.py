"""Words for the closed lists of dafeng: verdicts, statuses, kinds; how plans differ, checks, decisions of a review."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from dafeng.labels import Label, Language

_BETWEEN = re.compile(r"(?<=[\u4e00-\u9fff])[ \u00a0](?=[\u4e00-\u9fff])")
_GAS = re.compile(r"\b(?:CO2|CH4|N2O|SF6)(?![0-9])")
_NUMERALS = "一二三四五六七八九十"
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_BRACKETED = re.compile(f"（([{_NUMERALS}])）")
_SUBSCRIPT = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")

VERDICT: dict[str, Label] = {
    "met": Label(zh="已达标", en="Met"),
    "on_track": Label(zh="按进度", en="On track"),
    "at_risk": Label(zh="有风险", en="At risk"),
    "off_track": Label(zh="偏离", en="Off track"),
    "overdue": Label(zh="逾期", en="Overdue"),
    "awaiting_verification": Label(zh="待核实", en="To be verified"),
    "no_evidence": Label(zh="无证据", en="No evidence"),
}
VERDICT_MEANING: dict[str, Label] = {
    "met": Label(zh="最新证据已满足目标", en="latest evidence satisfies the target"),
    "on_track": Label(zh="未到期，不差于应达路径", en="not due, no worse than the required path"),
    "at_risk": Label(zh="未到期，略落后于应达路径", en="not due, somewhat behind the required path"),
    "off_track": Label(zh="未到期，明显落后或方向相反", en="not due, far behind or moving the wrong way"),
    "overdue": Label(zh="期限已过，最新证据未满足目标", en="due year passed, latest evidence falls short"),
    "awaiting_verification": Label(
        zh="官方数据待核定，或只有低可信度证据", en="official figure pending, or only low-confidence evidence"
    ),
    "no_evidence": Label(zh="没有找到证据，或证据过旧", en="nothing found, or too old to count"),
}
#: The class and glyph name of each verdict in style sheets and sprites.
VERDICT_CLASS: dict[str, str] = {
    "met": "met",
    "on_track": "ontrack",
    "at_risk": "risk",
    "off_track": "off",
    "overdue": "overdue",
    "awaiting_verification": "await",
    "no_evidence": "none",
}
FACT_STATUS: dict[str, Label] = {
    "actual": Label(zh="实绩", en="actual"),
    "preliminary": Label(zh="初步数", en="preliminary"),
    "derived": Label(zh="推算", en="derived"),
    "estimate": Label(zh="估计", en="estimate"),
    "planned": Label(zh="计划数", en="planned"),
    "synthetic": Label(zh="演示数据", en="demonstration"),
    "awaiting_verification": Label(zh="待核实", en="to be verified"),
    "not_found": Label(zh="未找到", en="not found"),
}
CONFIDENCE: dict[str, Label] = {
    "high": Label(zh="高", en="high"),
    "medium": Label(zh="中", en="medium"),
    "low": Label(zh="低", en="low"),
    "none": Label(zh="无", en="none"),
}
LINEAGE_KIND: dict[str, Label] = {
    "formula": Label(zh="公式", en="formula"),
    "fact": Label(zh="数据", en="fact"),
    "parameter": Label(zh="参数", en="parameter"),
    "document": Label(zh="文件", en="source"),
    "rule": Label(zh="规则", en="rule"),
    "note": Label(zh="说明", en="note"),
}
HEDGE: dict[str, Label] = {
    "力争": Label(zh="力争", en="strive for"),
    "原则上": Label(zh="原则上", en="in principle"),
    "争取": Label(zh="争取", en="seek"),
    "确保": Label(zh="确保", en="ensure"),
}
STRENGTH: dict[str, Label] = {
    "binding": Label(zh="约束性", en="binding"),
    "expected": Label(zh="预期性", en="expected"),
    "striving": Label(zh="力争", en="striving"),
}
TARGET_KIND: dict[str, Label] = {
    "target": Label(zh="全市目标", en="city target"),
    "standard": Label(zh="准入标准", en="project standard"),
}
ORGANISATION_TYPE: dict[str, Label] = {
    "department": Label(zh="市级部门", en="City departments"),
    "committee": Label(zh="管理委员会", en="Management committees"),
    "party": Label(zh="党委部门", en="Party departments"),
    "district": Label(zh="各区", en="Districts"),
    "central": Label(zh="中央在地单位", en="Central bodies in the city"),
    "enterprise": Label(zh="企业", en="Enterprises"),
    "agency": Label(zh="机构", en="Agencies"),
    "group": Label(zh="单位合称", en="Groups of units"),
    "association": Label(zh="社会团体", en="Associations"),
}
DOCUMENT_KIND: dict[str, Label] = {
    "plan": Label(zh="方案", en="Plan"),
    "policy": Label(zh="政策文件", en="Policy"),
    "statistics": Label(zh="统计资料", en="Statistics"),
    "communique": Label(zh="统计公报", en="Communique"),
    "press": Label(zh="新闻报道", en="Press"),
    "dataset": Label(zh="数据集", en="Data set"),
    "guideline": Label(zh="核算指南", en="Guideline"),
    "standard": Label(zh="标准", en="Standard"),
    "report": Label(zh="报告", en="Report"),
    "web": Label(zh="网页", en="Web page"),
    "other": Label(zh="其他", en="Other"),
}
DIFFERENCE: dict[str, Label] = {
    "added": Label(zh="新增", en="added"),
    "dropped": Label(zh="取消", en="dropped"),
    "tightened": Label(zh="收紧", en="tightened"),
    "loosened": Label(zh="放宽", en="loosened"),
    "re-dated": Label(zh="改期", en="re-dated"),
    "moved": Label(zh="移位", en="moved"),
    "unit": Label(zh="换单位", en="other unit"),
    "range": Label(zh="区间变化", en="other range"),
    "baseline": Label(zh="换基年", en="other baseline"),
    "wording": Label(zh="表述变化", en="other wording"),
    "incomparable": Label(zh="不可比", en="not comparable"),
}
CHECK: dict[str, Label] = {
    "coverage": Label(zh="覆盖", en="coverage"),
    "stringency": Label(zh="力度", en="stringency"),
    "date": Label(zh="期限", en="date"),
    "baseline": Label(zh="基年", en="baseline"),
    "unit": Label(zh="单位", en="unit"),
    "sum": Label(zh="合计", en="sum"),
}
FINDING: dict[str, Label] = {
    "not-taken-up": Label(
        zh="全市方案要求该区负责，区方案未列此目标", en="the city obliges the district, whose plan has no such target"
    ),
    "looser": Label(zh="低于全市要求", en="asks for less than the city does"),
    "later": Label(zh="晚于全市期限", en="falls due later than the city's"),
    "no-date": Label(zh="未写期限", en="names no year"),
    "other-baseline": Label(
        zh="与全市基年不同，不能直接比较", en="counts from another year, so the two cannot be compared"
    ),
    "other-measure": Label(zh="与全市目标的量纲不同", en="measures something else than the city's"),
    "over-the-cap": Label(zh="各区合计超过全市上限", en="the districts together exceed the city's cap"),
    "short-of-the-sum": Label(zh="各区合计不足全市目标", en="the districts together fall short of the city's target"),
}
ITEM: dict[str, Label] = {
    "target": Label(zh="目标", en="target"),
    "goal": Label(zh="定性目标", en="goal"),
    "task": Label(zh="任务", en="task"),
    "excluded": Label(zh="非目标数字", en="number left out"),
    "unit": Label(zh="责任单位", en="responsible units"),
}
DECISION: dict[str, Label] = {
    "accept": Label(zh="采纳", en="accepted"),
    "edit": Label(zh="修改后采纳", en="changed"),
    "reject": Label(zh="不采纳", en="rejected"),
    "": Label(zh="待定", en="undecided"),
}
#: Decisions on a number that was left out.
FIGURE: dict[str, Label] = {
    "accept": Label(zh="列为目标", en="made a target"),
    "edit": Label(zh="列为目标", en="made a target"),
    "reject": Label(zh="不列为目标", en="left out"),
    "": Label(zh="未列为目标", en="left out"),
}
TRUST: dict[str, Label] = {
    "high": Label(zh="把握高", en="sure"),
    "medium": Label(zh="把握中", en="fairly sure"),
    "low": Label(zh="存疑", en="doubtful"),
}


def tidy(text: str) -> str:
    """Take out the spaces that a filled-in sentence leaves between two Chinese characters."""
    return _BETWEEN.sub("", text)


def inside(name: str, language: Language) -> str:
    """Write a label inside a sentence: English starts it small, unless it is an abbreviation or a formula."""
    if language == "zh" or len(name) < 2 or not name[1].islower():
        return name
    return name[0].lower() + name[1:]


def subscripts(text: str) -> str:
    """Write the formulas of gases with their subscripts: CO₂."""
    return _GAS.sub(lambda match: match.group().translate(_SUBSCRIPT), text)


def clause(text: str, language: Language) -> str:
    """Write the locator of a clause: 二（四）2 stays in Chinese and is II(4)2 in English; a bare 一 is 第一章."""
    head = text[:1]
    if not head or head not in _NUMERALS:
        return text
    if language == "zh":
        return f"第{text}章" if len(text) == 1 else text
    rest = _BRACKETED.sub(lambda match: f"({_NUMERALS.index(match[1]) + 1})", text[1:])
    return f"{_ROMAN[_NUMERALS.index(head)]}{rest}" if len(text) > 1 else f"chapter {_ROMAN[_NUMERALS.index(head)]}"


def join(parts: Iterable[str], language: Language) -> str:
    """Join clauses with the comma of the language."""
    return ("，" if language == "zh" else ", ").join(parts)


def listed(parts: Sequence[str], language: Language, most: int = 0) -> str:
    """List names: 甲、乙和丙, or a, b and c; beyond `most` names the rest is counted."""
    shown = list(parts)
    if most and len(shown) > most:
        rest = len(shown) - most
        head = ("、" if language == "zh" else ", ").join(shown[:most])
        return f"{head}等 {len(shown)} 项" if language == "zh" else f"{head} and {rest} more"
    if len(shown) < 2:
        return "".join(shown)
    comma, last = ("、", "和") if language == "zh" else (", ", " and ")
    return comma.join(shown[:-1]) + last + shown[-1]
