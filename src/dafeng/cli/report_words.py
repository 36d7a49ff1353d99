"""What the report commands say, in Chinese; the English sentence is the key."""

from __future__ import annotations

HELP: dict[str, str] = {
    "Write tables of accounts: inventory, GPC, enterprise, long.": "输出核算表：清单、GPC、企业、长表。",
    "File to write.": "要写入的文件。",
    "Write the inventory tables of one boundary and year as XLSX.": "把一个口径一年的清单表写成 XLSX。",
    "Write the GPC table, BASIC and BASIC+, with its notation keys as XLSX.": (
        "把 GPC 表（BASIC 和 BASIC+，含标识）写成 XLSX。"
    ),
    "Write the report of one enterprise as XLSX: activity by month, factors, measurements, state.": (
        "把一家企业的报告写成 XLSX：逐月活动水平、因子、实测值、状态。"
    ),
    "Write every cell of every year of a boundary as one long CSV table.": (
        "把一个口径各年的全部单元写成一张 CSV 长表。"
    ),
}
OUTPUT: dict[str, str] = {}
