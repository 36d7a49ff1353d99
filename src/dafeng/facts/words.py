"""The words a table of facts may use for its columns and for what qualifies a figure, in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from unicodedata import normalize

#: The columns of a table of facts, in the order they are written.
COLUMNS = (
    "indicator",
    "place",
    "period",
    "dims",
    "value",
    "unit",
    "source",
    "locator",
    "vintage",
    "status",
    "confidence",
    "bound",
    "basis",
    "note",
    "recorded",
)
#: Columns without which a row says nothing; a table that lacks one is not read.
REQUIRED = ("indicator", "place", "period", "value", "unit", "source", "status")
#: What stands in a column that a table does not have.
DEFAULTS = {"confidence": "medium"}

HEADERS: dict[str, tuple[str, ...]] = {
    "indicator": ("指标", "指标代码", "指标名称", "indicator id", "quantity"),
    "place": ("地区", "区域", "地点", "行政区", "area", "region", "district"),
    "period": ("时期", "时间", "年份", "年度", "年", "year", "date"),
    "dims": ("维度", "分类", "dimensions"),
    "value": ("数值", "值", "数据", "figure"),
    "unit": ("单位", "计量单位", "units"),
    "source": ("来源", "资料来源", "数据来源", "文件", "document"),
    "locator": ("出处", "位置", "页码", "表号", "table", "page"),
    "vintage": ("发布日期", "发布时间", "公布日期", "published"),
    "status": ("状态", "数据状态"),
    "confidence": ("可信度", "置信度", "可靠性"),
    "bound": ("界限", "上下限"),
    "basis": ("口径", "统计口径"),
    "note": ("备注", "说明", "注", "notes", "remark"),
    "recorded": ("录入日期", "登记日期"),
}
STATUS: dict[str, tuple[str, ...]] = {
    "actual": ("实际", "实绩", "正式", "正式数"),
    "preliminary": ("初步", "初步数", "初步核算", "快报"),
    "derived": ("推算", "计算"),
    "estimate": ("估计", "估算"),
    "planned": ("规划", "计划", "目标"),
    "synthetic": ("示例", "合成", "演示"),
    "awaiting_verification": ("待核定", "待核实", "awaiting verification"),
    "not_found": ("未查到", "未找到", "not found"),
}
CONFIDENCE: dict[str, tuple[str, ...]] = {"high": ("高",), "medium": ("中",), "low": ("低",), "none": ("无",)}
BOUND: dict[str, tuple[str, ...]] = {
    "": (),
    "at_least": ("at least", "不低于", "不少于", "超过", "以上", ">=", "≥"),
    "at_most": ("at most", "不高于", "不超过", "以下", "<=", "≤"),
}


def plain(text: str) -> str:
    """Give text without full-width letters, digits and signs, and without space around it."""
    return text.strip() if text.isascii() else normalize("NFKC", text).strip()


def aliases(table: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Give every accepted spelling, in lower case, with the word it stands for."""
    return {plain(name).lower(): word for word, names in table.items() for name in (word, *names)}


STATUS_NAMES = aliases(STATUS)
CONFIDENCE_NAMES = aliases(CONFIDENCE)
BOUND_NAMES = aliases(BOUND)
HEADER_NAMES = aliases(HEADERS)


def column_of(header: str) -> str | None:
    """Give the column a header names, or None; case, full-width signs and underscores do not matter."""
    name = plain(header.lstrip("\ufeff")).lower()
    return HEADER_NAMES.get(name) or HEADER_NAMES.get(name.replace("_", " "))
