"""Words for what sets plans apart, for checks of consistency, and for what is reviewed."""

from __future__ import annotations

from dafeng.labels import Label

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
