"""The Chinese of previews, alternatives and sweeps of the power system."""

from __future__ import annotations

HELP: dict[str, str] = {
    "Let N typical days stand for the year: a preview.": "用 N 个典型日代表全年（预览）。",
    "Solve all hours too, and tell how far the preview lies from them.": "同时求解全部小时，给出预览的实测误差。",
    "Tell how little and how much of each capacity costs at most these parts more.": (
        "给出总成本最多增加这些比例时，每种装机的最小值和最大值。"
    ),
    "Entries of --alternatives, such as pv,battery; all by default.": (
        "--alternatives 的对象，例如 pv,battery；默认为全部。"
    ),
}
OUTPUT: dict[str, str] = {
    "preview of {days} typical days, not the answer of all 8,760 hours": "{days} 个典型日的预览，不是 8,760 小时的结果",
    "its error was not measured; --measure solves all hours too": "误差未测量；--measure 会同时求解全部小时",
    "measured error {year}: objective {objective:+.2%}, capacities {capacities:.1%}, CO2 {co2}": (
        "实测误差 {year}：目标值 {objective:+.2%}，装机 {capacities:.1%}，二氧化碳 {co2}"
    ),
    "within {part:.0%}": "成本增加 {part:.0%} 以内",
    "range of capacity in {year}, MW": "{year} 年装机范围，兆瓦",
    "least cost": "最低成本",
}
