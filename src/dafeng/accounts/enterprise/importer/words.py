"""The words a table of activity, or of units, may use for its columns, in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dafeng.errors import Fault, nearest
from dafeng.facts.importer.table import Row
from dafeng.facts.words import aliases, plain

#: The columns of a table of activity, in the order of a template: first the Chinese word, then further ones.
ACTIVITY: dict[str, tuple[str, ...]] = {
    "place": ("地区", "区", "district"),
    "enterprise": ("企业", "单位代码", "unit id"),
    "facility": ("设施", "设施代码"),
    "process": ("工序", "生产线"),
    "sector": ("行业", "部门"),
    "use": ("活动类别", "类别", "kind"),
    "what": ("品种", "燃料品种", "fuel", "material"),
    "period": ("时期", "月份", "年月", "month", "year"),
    "quantity": ("数量", "活动水平", "amount"),
    "unit": ("计量单位", "单位"),
    "scope": ("范围",),
    "ncv": ("实测低位发热量", "低位发热量", "measured ncv"),
    "carbon_content": ("实测单位热值含碳量", "单位热值含碳量"),
    "oxidation": ("实测碳氧化率", "碳氧化率"),
    "carbon_share": ("实测元素碳含量", "元素碳含量", "carbon share"),
    "factor": ("实测排放因子", "排放因子", "emission factor"),
    "evidence": ("实测依据", "凭证", "document"),
    "source": ("来源", "数据来源"),
    "status": ("状态", "数据状态"),
    "note": ("备注", "说明"),
}
#: Columns without which a row of activity says nothing.
NEEDED = ("use", "period", "quantity", "unit")
UNITS: dict[str, tuple[str, ...]] = {
    "kind": ("层级", "类型", "level"),
    "id": ("代码", "编号", "code"),
    "parent": ("上级", "上级代码", "belongs to"),
    "zh": ("名称", "中文名称", "name"),
    "en": ("英文名称", "english name"),
    "place": ("地区", "区", "district"),
    "sector": ("行业", "部门"),
    "owner": ("填报人", "负责人", "reporter"),
    "method": ("核算方法",),
    "route": ("炼钢流程",),
    "pue": ("电能利用效率", "power usage effectiveness"),
    "area": ("建筑面积", "floor area"),
    "evidence": ("依据", "凭证"),
    "markets": ("所在市场", "market"),
    "status": ("状态", "数据状态"),
}
UNITS_NEEDED = ("kind", "id", "zh")
#: Titles and remarks that may stand above the header.
_ABOVE = 20
_ENOUGH = 3


@dataclass(frozen=True)
class Header:
    """The header row: its cells, the position of every column it names, notices, and faults."""

    cells: tuple[str, ...]
    columns: dict[str, int]
    notices: tuple[str, ...]
    faults: tuple[Fault, ...]

    def name(self, column: str) -> str:
        """Give the header of a column as the file writes it; the column's own name where the file has none."""
        return self.cells[self.columns[column]].strip() if column in self.columns else column


def find(rows: Iterator[Row], words: Mapping[str, tuple[str, ...]], needed: Sequence[str]) -> Header | None:
    """Read rows up to the first that names three columns or more; None where there is none."""
    names = aliases(words)
    for count, (number, cells) in enumerate(rows, 1):
        known = [names.get(plain(cell.lstrip("\ufeff")).lower().replace("_", " "), "") for cell in cells]
        known = [
            column or names.get(plain(cell.lstrip("\ufeff")).lower(), "")
            for column, cell in zip(known, cells, strict=True)
        ]
        if len({column for column in known if column}) >= _ENOUGH:
            return _header(number, cells, known, words, needed)
        if count == _ABOVE:
            break
    return None


def _header(
    number: int, cells: Sequence[str], known: Sequence[str], words: Mapping[str, tuple[str, ...]], needed: Sequence[str]
) -> Header:
    columns: dict[str, int] = {}
    faults: list[Fault] = []
    ignored: list[str] = []
    for position, (cell, column) in enumerate(zip(cells, known, strict=True)):
        if not column:
            if cell.strip():
                ignored.append(cell.strip()[:60])
        elif column in columns:
            message = f"'{cell.strip()}' and '{cells[columns[column]].strip()}' both name the column '{column}'"
            faults.append(Fault("duplicate-column", f"row {number}", message, "Remove one of the two"))
        else:
            columns[column] = position
    for column in needed:
        if column not in columns:
            near = [cell for cell in ignored if nearest(cell.lower(), (column, *words[column]))]
            remedy = f"Rename '{near[0]}' to '{column}'" if near else f"Add it, as '{column}' or '{words[column][0]}'"
            faults.append(Fault("missing-column", f"row {number}", f"the table has no column '{column}'", remedy))
    notices = (f"columns not read: {', '.join(ignored)}",) if ignored else ()
    return Header(tuple(cells), columns, notices, tuple(faults))
