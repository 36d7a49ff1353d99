"""What the parts of an account are called: sectors, fuels, gases, items, documents, in the language of the reader."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from dafeng.labels import Label, Language
from dafeng.report.accounts.quantities import QUANTITIES

if TYPE_CHECKING:
    from dafeng.accounts.account import Absent
    from dafeng.accounts.ledger import Ledger
    from dafeng.documents import Document

GASES: Mapping[str, Label] = {
    "co2": Label(zh="二氧化碳 CO₂", en="Carbon dioxide, CO₂"),
    "ch4": Label(zh="甲烷 CH₄", en="Methane, CH₄"),
    "n2o": Label(zh="氧化亚氮 N₂O", en="Nitrous oxide, N₂O"),
    "hfc": Label(zh="氢氟碳化物 HFCs", en="HFCs"),
    "pfc": Label(zh="全氟碳化物 PFCs", en="PFCs"),
    "sf6": Label(zh="六氟化硫 SF₆", en="SF₆"),
    "nf3": Label(zh="三氟化氮 NF₃", en="NF₃"),
}
#: Sectors and fuels that the tables of a city do not name.
SECTORS: Mapping[str, Label] = {
    "imported_electricity": Label(zh="净调入电力", en="Net imported electricity"),
    "used_electricity": Label(zh="用电（范围二）", en="Electricity used, scope 2"),
    "used_heat": Label(zh="用热（范围二）", en="Heat used, scope 2"),
    "lost_electricity": Label(zh="电网损耗", en="Losses of the grid"),
    "waste": Label(zh="废弃物", en="Waste"),
    "forest": Label(zh="森林", en="Forest"),
    "agriculture": Label(zh="农业", en="Agriculture"),
    "electronics": Label(zh="电子工业工艺气体", en="Process gases of electronics"),
    "product_use": Label(zh="制冷剂", en="Cooling gases"),
    "ferrous_smelting": Label(zh="黑色金属冶炼", en="Ferrous smelting"),
    "non_metal_minerals": Label(zh="非金属矿物制品", en="Non-metal minerals"),
}
FUELS: Mapping[str, Label] = {
    "electricity": Label(zh="电力", en="Electricity"),
    "heat": Label(zh="热力", en="Heat"),
    "process": Label(zh="工艺过程", en="Process, no fuel"),
    "waste": Label(zh="废弃物", en="Waste"),
    "none": Label(zh="非燃料", en="No fuel"),
}
ROUNDING = Label(zh="四舍五入", en="Rounding")
NOTATION: Mapping[str, Label] = {
    "NO": Label(zh="不发生", en="not occurring"),
    "NE": Label(zh="未估算", en="not estimated"),
    "IE": Label(zh="列在别处", en="included elsewhere"),
    "C": Label(zh="保密", en="confidential"),
}
#: The switches' options in words; ids are those of data/boundaries.yaml.
OPTIONS: Mapping[str, Mapping[str, Label]] = {
    "imports": {
        "provincial": Label(zh="省级因子", en="provincial factor"),
        "regional": Label(zh="区域电网因子", en="factor of the regional grid"),
        "national": Label(zh="全国因子", en="national factor"),
        "ets": Label(zh="碳市场常数", en="constant of the carbon market"),
        "local": Label(zh="地方碳市场因子", en="factor of the local market"),
    },
    "bunkers": {
        "booked": Label(zh="按平衡表", en="as the balance has it"),
        "less_abroad": Label(zh="减去境外加油", en="less what is refuelled abroad"),
    },
    "process": {
        "none": Label(zh="不计", en="not counted"),
        "cement": Label(zh="计入", en="counted"),
    },
    "non_energy": {
        "excluded": Label(zh="不计", en="not counted"),
        "counted": Label(zh="计入", en="counted"),
    },
    "gwp": {
        "ar5": Label(zh="第五次评估报告 AR5", en="AR5"),
        "ar4": Label(zh="第四次评估报告 AR4", en="AR4"),
        "ar6": Label(zh="第六次评估报告 AR6", en="AR6"),
        "sar": Label(zh="第二次评估报告 SAR", en="SAR"),
    },
    "table": {
        "derived": Label(zh="推算的活动水平", en="derived activity"),
        "imported": Label(zh="导入的清单", en="imported inventory"),
    },
}
_NO_FIGURE = re.compile(r"^no figure of (?P<id>[\w.]+)$")
_NO_FACTOR = re.compile(r"^(?P<parameter>\w+) of (?P<what>\w+)(?:, [^:]*)?: (?P<why>[^.]*)\.")
_OF_FUEL = re.compile(r"^(?P<id>[a-z_]+)(?P<rest>[：:].*)$", re.DOTALL)


class Names:
    """Names of one ledger in one language."""

    def __init__(self, ledger: Ledger, language: Language) -> None:
        self.ledger, self.language = ledger, language
        self._axes = {axis: found.labels for axis, found in ledger.city.axes.items()}

    def of(self, by: str, id: str) -> str:
        """Name a sector, fuel, gas or item; what has no name is its id."""
        if by == "item":
            found = next((item.label for item in self.ledger.held.items if item.id == id), None)
        else:
            own = {"gas": GASES, "sector": SECTORS, "fuel": FUELS}[by]
            found = self._axes.get(by, {}).get(id) or own.get(id)
            if found is None and id in self.ledger.store.library.subjects:
                found = self.ledger.store.library.subjects[id].label
        if found is None:
            return id
        text = found[self.language]
        return text[:1].upper() + text[1:] if self.language == "en" else text

    def part(self, id: str) -> str:
        """Name a part of the gap between an account and a published total: an item, a fuel, or a group of fuels."""
        if id == "rounding":
            return ROUNDING[self.language]
        known = any(item.id == id for item in self.ledger.held.items)
        return self.of("item" if known else "fuel", id)

    def place(self, id: str) -> str:
        """Name a place."""
        return self.ledger.city.place(id).label[self.language]

    def document(self, id: str) -> Document | None:
        """Find a document of the city, or of the factors."""
        return self.ledger.city.documents.get(id) or self.ledger.store.documents.get(id)

    def title(self, id: str) -> str:
        """Give the title of a document; its id where it is not declared."""
        found = self.document(id)
        if found is None:
            return id
        return found.title if self.language == "zh" else found.title_en or found.title

    def why(self, absent: Absent) -> str:
        """Say why something is not in a total, what several reasons share put together."""
        parts = re.split(r"；|; ", absent.why[self.language])
        figures, factors, rest = [], [], []
        for part in parts:
            if match := _NO_FIGURE.match(part):
                figures.append(self._quantity(match["id"]))
            elif match := _NO_FACTOR.match(part):
                factors.append(self._factor(match["parameter"], match["what"], match["why"]))
            elif part:
                rest.append(self.told(Label(zh=part, en=part)))
        said = [
            self._listed("没有数据：", "no figure of ", figures),
            self._listed("没有可用的因子：", "no factor: ", factors),
        ]
        end = "；" if self.language == "zh" else "; "
        return end.join(part for part in (*rest, *said) if part)

    def told(self, label: Label) -> str:
        """Give a remark of an account, the fuel it begins with by its name."""
        text = label[self.language]
        match = _OF_FUEL.match(text)
        return self.of("fuel", match["id"]) + match["rest"] if match else text

    def _listed(self, zh: str, en: str, parts: Iterable[str]) -> str:
        found = list(dict.fromkeys(parts))
        if not found:
            return ""
        return zh + "、".join(found) if self.language == "zh" else en + ", ".join(found)

    def _quantity(self, id: str) -> str:
        declared = self.ledger.city.indicators.get(id)
        if declared is not None:
            return declared.label[self.language]
        return QUANTITIES[id][self.language] if id in QUANTITIES else id

    def _factor(self, parameter: str, what: str, why: str) -> str:
        held = self.ledger.store.library
        subject = held.subjects[what].label[self.language] if what in held.subjects else what
        kind = held.parameters[parameter].label[self.language] if parameter in held.parameters else parameter
        unsure = "unconfirmed" in why
        if self.language == "zh":
            return f"{subject}的{kind}" + ("（只有未经确认的数字）" if unsure else "")
        return f"{kind} of {subject}" + (" (only unconfirmed figures)" if unsure else "")
