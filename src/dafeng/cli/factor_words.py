"""What `dafeng factors` says, in Chinese; merged into the words of the command line."""

from __future__ import annotations

HELP: dict[str, str] = {
    "Emission factors: choose, search, explain.": "排放因子：选取、检索、说明来源。",
    "Choose the factor of a fuel or activity for a regime and a year. What no factor fits is refused: exit code 1.": (
        "按口径和年份选取燃料或活动的因子。没有适用因子时拒绝，退出码为 1。"
    ),
    "Fuel, energy, activity or gas: an id, a Chinese or English name.": (
        "燃料、能源、活动或气体：标识、中文名或英文名。"
    ),
    "For whom the figure is made; 'dafeng factors sets' lists the regimes.": ("口径；可由“dafeng factors sets”列出。"),
    "Read this set alone.": "只取这一因子集。",
    "Year the figure is for.": "数值所属年份。",
    "Region; that of the city by default.": "地区；默认为该城市所在地区。",
    "Sector, where factors differ by sector.": "部门；用于因子随部门而异的情形。",
    "Kind of factor, such as ncv, co2_factor or tce; the usual one by default.": (
        "参数，如 ncv、co2_factor、tce；默认为该燃料或活动的常用参数。"
    ),
    "Also figures that could not be confirmed.": "也采用未能核实的数值。",
    "Also ranges without a single value.": "也给出没有单一数值的范围。",
    "Search factors by words in id, name, set or document.": "按标识、名称、因子集或文件中的词检索因子。",
    "Words; all must be found.": "检索词，须全部出现。",
    "Show where a factor comes from: steps, document, checks.": "查看因子的来源：计算步骤、文件、核对记录。",
    "Id of a factor; 'dafeng factors search' lists them.": "因子标识；可由“dafeng factors search”列出。",
    "List the sets and the regimes that read them.": "列出因子集和采用它们的口径。",
    "Search efficiency benchmarks by words in standard, product or grade.": "按标准、产品或等级中的词检索能效标杆。",
}
OUTPUT: dict[str, str] = {
    "factor": "因子",
    "stated": "原文",
    "why": "理由",
    "regime": "口径",
    "reads": "依次采用",
    "basis": "依据",
    "published rule": "文件规定",
    "our reading": "未见规定，本系统判断",
    "silent": "不含",
    "set": "因子集",
    "sector": "部门",
    "edition": "版本",
    "factors": "因子数",
    "unconfirmed": "未核实",
    "not found": "未找到",
    "timeless": "不分年份",
    "exact": "逐年",
    "span": "有效期",
    "others that would fit": "其他可用因子",
    "passed over": "未采用",
    "checked": "核对",
    "superseded": "已被取代",
    "No factor holds these words.": "没有含这些词的因子。",
    "No benchmark holds these words.": "没有含这些词的能效标杆。",
    "product": "产品",
    "class": "类别",
    "grade": "等级",
    "level": "水平",
    "measure": "指标",
    "from": "起始",
    "standard": "标准",
    "fuel or activity": "燃料或活动",
}
