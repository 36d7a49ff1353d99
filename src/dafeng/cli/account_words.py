"""What the account commands say, in Chinese; the English sentence is the key."""

from __future__ import annotations

HELP: dict[str, str] = {
    "Account the emissions of a year within a boundary.": "按口径核算一年的排放。",
    "Year of the account.": "核算年份。",
    "Boundary of the account, such as ceads, assessed, inventory-2025, gpc-basic.": (
        "核算口径，如 ceads、assessed、inventory-2025、gpc-basic。"
    ),
    "Place; the city by default.": "地区；默认为全市。",
    "Change what is counted, such as imports=regional.": "改变核算范围，如 imports=regional。",
    "Walk from the total of one boundary to that of another, net and absolute.": (
        "从一个口径的总量逐项走到另一个口径，给出净差和绝对差。"
    ),
    "Boundary to start from.": "起点口径。",
    "Boundary to arrive at.": "终点口径。",
    "Year of the two accounts.": "两个账户的年份。",
    "Decompose the change of a total between two years (LMDI-I).": "分解两年之间总量的变化（LMDI-I）。",
    "Drivers: the economy as a whole, or its structure too.": "驱动因素：经济总体，或再加产业结构。",
    "First year.": "起始年份。",
    "Last year.": "终止年份。",
    "Judge whether the total of a boundary, one sector of it or a district has peaked.": (
        "判断一个口径的总量、其中一个部门或一个区是否已经达峰。"
    ),
    "One sector of the boundary.": "口径中的一个部门。",
    "Every sector of the boundary.": "口径中的每个部门。",
    "Put cells that the source books in another sector where they belong.": "把来源中错记到其他部门的数据归回原部门。",
    "Place: the city, or a district with activity of its own.": "地区：全市，或有活动数据的区。",
    "Take in your own copy of the CEADs inventory: branches by fuels.": "导入自有的 CEADs 清单：分行业、分能源品种。",
    "Estimate the years after the last account from published proxies, with the error of past estimates.": (
        "用已公布的代用指标估算最近一次核算之后的年份，并列出以往同样估算的误差。"
    ),
    "Year without an account; all after the last account by default.": "没有账户的年份；默认为最近一次核算之后的各年。",
    "Read the indicators of dual control: published values, computed ones beside them, and what is absent.": (
        "读取双控指标：公布值、并列的计算值，以及缺少的数据。"
    ),
    "Indicator; all by default, repeat for several.": "指标；默认全部，可重复给出多个。",
    "Only this year.": "只看这一年。",
    "CSV file with the columns year, sector, fuel and value_mt.": "CSV 文件，列为 year、sector、fuel、value_mt。",
}
OUTPUT: dict[str, str] = {
    "how": "说明",
    "actual": "实际",
    "preliminary": "初步",
    "derived": "推算",
    "planned": "计划",
    "official": "公布值",
    "awaiting_verification": "待核定",
    "not_found": "未查到",
    "high": "高",
    "medium": "中",
    "low": "低",
    "account": "账户",
    "estimate": "估算",
    "80 % interval": "80% 区间",
    "hindcast of": "回算对象",
    "years ahead": "提前年数",
    "cases": "次数",
    "last value": "上年值不变",
    "linear trend": "线性趋势",
    "no figure of": "缺数据：",
    "total": "总量",
    "95 % interval": "95% 区间",
    "coverage": "覆盖度",
    "sector": "部门",
    "fuel": "品种",
    "item": "项目",
    "memo item": "备查项",
    "not counted": "未计入",
    "key": "标识",
    "step": "步骤",
    "net": "净差",
    "absolute": "绝对差",
    "factor": "因素",
    "ratio": "比值",
    "change": "变化",
    "MtCO2e": "百万吨二氧化碳当量",
    "shocks left out": "剔除的冲击年份",
    "state": "状态",
    "C40 rule": "C40 判据",
    "highest": "最高值",
    "last year": "最近年份",
    "below the highest mean": "低于最高三年均值",
    "p of a decline": "下降趋势的 p 值",
    "rising": "上升",
    "plateau": "平台",
    "probably_peaked": "可能已达峰",
    "peaked": "已达峰",
    "rebound": "反弹",
    "too_short": "序列过短",
    "not_peaked": "未达峰",
    "stale": "数据过旧",
}
