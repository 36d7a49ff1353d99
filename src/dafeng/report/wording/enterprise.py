"""Words of enterprises: states of a report, moves, markets, measured values, remarks."""

from __future__ import annotations

from collections.abc import Mapping

from dafeng.labels import Label

STATE: Mapping[str, Label] = {
    "draft": Label(zh="草稿", en="draft"),
    "reported": Label(zh="已上报", en="reported"),
    "verified": Label(zh="已核查", en="verified"),
    "locked": Label(zh="已锁定", en="locked"),
}
MOVE: Mapping[str, Label] = {
    "report": Label(zh="上报", en="reported by"),
    "verify": Label(zh="核查", en="verified by"),
    "lock": Label(zh="锁定", en="locked by"),
    "return": Label(zh="退回", en="returned by"),
    "unlock": Label(zh="解锁", en="unlocked by"),
}
MARKET: Mapping[str, Label] = {
    "none": Label(zh="不在碳市场", en="in no market"),
    "local": Label(zh="地方碳市场", en="local market"),
    "national": Label(zh="全国碳市场", en="national market"),
}
MEASURED: Mapping[str, Label] = {
    "ncv": Label(zh="低位发热量", en="net calorific value"),
    "carbon_content": Label(zh="单位热值含碳量", en="carbon content"),
    "oxidation": Label(zh="碳氧化率", en="oxidised share"),
    "carbon_share": Label(zh="含碳比例", en="carbon share"),
    "factor": Label(zh="排放因子", en="emission factor"),
}
FLAG: Mapping[str, Label] = {
    "penalty": Label(zh="未实测含碳量，取惩罚性缺省值", en="carbon not measured: penalty value"),
    "stand-in": Label(
        zh="以企业指南因子代替市场因子", en="factors of the enterprise guidelines stand in for those of the market"
    ),
    "green-as-grid": Label(
        zh="该用途没有绿电因子，按电网电力计", en="no factor for green power: counted as grid power"
    ),
    "factor-year": Label(zh="采用另一年份的因子", en="factors of another year"),
}
SCOPE: Mapping[str, Label] = {
    "scope1": Label(zh="范围一（直接）", en="Scope 1, direct"),
    "scope2": Label(zh="范围二（外购电热）", en="Scope 2, power and heat bought"),
    "none": Label(zh="不计入", en="Not counted"),
}
SYNTHETIC = Label(
    zh="演示数据：虚构，不代表任何真实单位。", en="Demonstration data: made up, of no real unit."
)  # fmt: skip
