"""The GPC table of a city: sub-sectors by scope, gases, notation keys, data quality, totals BASIC and BASIC+."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field

from dafeng.accounts.account import accounts
from dafeng.errors import Collector
from dafeng.labels import Label, Language
from dafeng.report.accounts.evidence import Figure, figures, grade
from dafeng.report.accounts.names import NOTATION, Names
from dafeng.report.workbook import Book, Column, Value
from dafeng.store import yamlfile

if TYPE_CHECKING:
    from dafeng.accounts.account import Accounts
    from dafeng.accounts.boundaries import Notation
    from dafeng.city import City

PATH = Path(__file__).resolve().parent.parent / "data" / "reports" / "gpc.yaml"
Level = Literal["basic", "basic_plus", "territorial", "other"]
#: The gases of the table, in its order.
GASES = ("co2", "ch4", "n2o", "hfc", "pfc", "sf6", "nf3")
#: How the table writes data quality.
QUALITY: Mapping[str, str] = {"high": "H", "medium": "M", "low": "L", "unconfirmed": "L"}
NO_FORMULA = Label(zh="尚无核算公式", en="no formula yet")
ELSEWHERE = Label(zh="含在", en="in")
UNIT = "tCO2e"


class _Declared(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Of(_Declared):
    """What fills a row: an item, within some sectors where named, added or taken off."""

    item: str
    sectors: tuple[str, ...] = ()
    sign: int = 1


class Declared(_Declared):
    """One row; without a scope it is a heading. `elsewhere` names the row that holds it where nothing fills it."""

    ref: str
    label: Label
    scope: int = 0
    level: Level = "other"
    of: tuple[Of, ...] = ()
    elsewhere: str = ""


class Table(_Declared):
    """The whole file."""

    document: str
    boundaries: dict[Literal["basic", "basic_plus"], str]
    rows: tuple[Declared, ...] = Field(min_length=1)


@dataclass(frozen=True)
class Row:
    """One row with its figures, in t CO2e by gas; without figures a notation key and a reason."""

    declared: Declared
    gases: Mapping[str, float]
    key: Notation | Literal[""]
    why: str
    activity: str
    factor: str

    @property
    def total(self) -> float | None:
        """The sum over the gases; None where there are no figures."""
        return sum(self.gases.values()) if self.gases else None


@dataclass(frozen=True)
class Gpc:
    """The table of one place and year. `basic` and `basic_plus` sum the rows of their level; None without a total."""

    place: str
    year: int
    rows: tuple[Row, ...]
    basic: float | None
    basic_plus: float | None


@cache
def table() -> Table:
    """Read the rows of the table. Raises FaultsFound with the line of every fault."""
    faults = Collector(PATH.name)
    file = yamlfile.read(PATH, faults)
    found = yamlfile.parse(Table, file, faults) if file else None
    faults.done()
    assert found is not None  # noqa: S101 - a file without faults was read
    return found


def gpc(city: City, year: int, language: Language, place: str | None = None) -> Gpc:
    """Fill the table for a place and year.

    Raises:
        NotFound: no such place.
        Refused: a year that the ledger does not span.
    """
    held = table()
    basic, plus = (accounts(city, id, place) for id in (held.boundaries["basic"], held.boundaries["basic_plus"]))
    filler = _Filler(plus, year, language)
    rows = tuple(filler.row(declared) for declared in held.rows)
    sums = {
        level: sum(row.total or 0.0 for row in rows if row.declared.level == level) for level in ("basic", "basic_plus")
    }
    at = basic.at(year)
    return Gpc(
        plus.ledger.place,
        year,
        rows,
        sums["basic"] if basic.complete[at] else None,
        sums["basic"] + sums["basic_plus"] if plus.complete[at] else None,
    )


class _Filler:
    def __init__(self, made: Accounts, year: int, language: Language) -> None:
        self.account = made.account(year)
        self.language, self.names = language, Names(made.ledger, language)
        switches = made.switches
        self.cells = made.ledger.cells(made.boundary.regime, switches["imports"], switches["gwp"])
        self.at = made.at(year)
        self.absent = {one.item: one for one in self.account.absent}
        self.behind: dict[str, tuple[Figure, ...]] = {}

    def row(self, declared: Declared) -> Row:
        gases: dict[str, float] = {}
        for of in declared.of:
            for i, key in enumerate(self.cells.keys):
                value = float(self.cells.values[i, self.at])
                inside = key.item == of.item and (not of.sectors or key.sector in of.sectors)
                if inside and value == value and value:  # noqa: PLR0124 - NaN is absent
                    gases[key.gas] = gases.get(key.gas, 0.0) + value * of.sign
        if gases:
            behind = [one for of in declared.of for one in self._behind(of.item)]
            sectors = [sector for of in declared.of for sector in of.sectors]
            reason = self._remarks(declared)
            return Row(
                declared, gases, "", reason, grade(behind, "activity", sectors), grade(behind, "factor", sectors)
            )
        notation, why = self._absent(declared)
        return Row(declared, {}, notation, why, "", "")

    def _behind(self, item: str) -> tuple[Figure, ...]:
        if item not in self.behind:
            self.behind[item] = tuple(figures(self.account, [item]))
        return self.behind[item]

    def _absent(self, declared: Declared) -> tuple[Notation | Literal[""], str]:
        if not declared.scope:
            return "", ""
        if declared.elsewhere:
            return "IE", f"{ELSEWHERE[self.language]} {declared.elsewhere}"
        for of in declared.of:
            if of.item in self.absent:
                one = self.absent[of.item]
                return one.key, self.names.why(one)
        return "NE", NO_FORMULA[self.language]

    def _remarks(self, declared: Declared) -> str:
        """Say what of a row that has figures is absent all the same."""
        lacking = [self.absent[of.item] for of in declared.of if of.item in self.absent]
        texts = [f"{self.names.of('item', one.item)}: {one.key}, {self.names.why(one)}" for one in lacking]
        return (
            "; ".join(texts)
            if self.language == "en"
            else "；".join(text.replace(": ", "：", 1).replace(", ", "，", 1) for text in texts)
        )


_HEAD: Mapping[str, tuple[str, str]] = {
    "ref": ("GPC 编号", "GPC ref No."),
    "scope": ("范围", "Scope"),
    "level": ("计入", "In"),
    "source": ("排放源", "Emissions source"),
    "key": ("标识", "Notation key"),
    "total": ("合计 CO₂e", "Total CO₂e"),
    "ad": ("活动水平质量", "Data quality AD"),
    "ef": ("因子质量", "Data quality EF"),
    "why": ("说明", "Explanatory comments"),
}
_LEVELS: Mapping[Level, tuple[str, str]] = {
    "basic": ("BASIC", "BASIC"),
    "basic_plus": ("BASIC+", "BASIC+"),
    "territorial": ("地域合计，不计入", "territorial only"),
    "other": ("其他范围三", "other scope 3"),
}


def workbook(city: City, year: int, language: Language, place: str | None = None, day: date | None = None) -> bytes:
    """Write the table as XLSX, with the sums BASIC and BASIC+, and a sheet of the keys."""
    zh = language == "zh"
    side = 0 if zh else 1
    found = gpc(city, year, language, place)
    name = city.place(found.place).label[language]
    book = Book(language, f"GPC {name} {year}", day or date.today())
    rows: list[list[Value]] = []
    bold: list[int] = []
    for row in found.rows:
        one = row.declared
        if not one.scope:
            bold.append(len(rows))
            rows.append([one.ref, "", "", one.label[language], *[None] * (len(GASES) + 1), "", "", "", ""])
            continue
        rows.append(
            [
                one.ref,
                str(one.scope),
                _LEVELS[one.level][side],
                one.label[language],
                *(row.gases.get(gas) for gas in GASES),
                row.total,
                row.key,
                QUALITY.get(row.activity, ""),
                QUALITY.get(row.factor, ""),
                row.why,
            ]
        )
    for words, value in (("BASIC", found.basic), ("BASIC+", found.basic_plus)):
        bold.append(len(rows))
        why = (
            "" if value is not None else ("没有总量：缺少必需的项目" if zh else "no total: an essential item is absent")
        )
        rows.append(["", "", words, "合计" if zh else "Total", *[None] * len(GASES), value, "", "", "", why])
    names = Names(accounts(city, table().boundaries["basic"], place).ledger, language)
    columns = [
        Column(_HEAD["ref"][side], width=11),
        Column(_HEAD["scope"][side], width=7),
        Column(_HEAD["level"][side], width=13),
        Column(_HEAD["source"][side], width=62),
        *(Column(names.of("gas", gas), "whole", 13) for gas in GASES),
        Column(_HEAD["total"][side], "whole", 15),
        Column(_HEAD["key"][side], width=9),
        Column(_HEAD["ad"][side], width=9),
        Column(_HEAD["ef"][side], width=9),
        Column(_HEAD["why"][side], width=70),
    ]
    title = f"GPC 1.1 · {name} · {year}"
    remark = (
        f"单位 {UNIT}；空格不是零，见标识。质量 H 高、M 中、L 低，取一行中最低者"
        if zh
        else f"{UNIT}; an empty cell is no zero, see its notation key. Quality H, M, L: the lowest of a row"
    )
    book.table("GPC", title, columns, rows, remark=remark, bold=bold, frozen=4)
    book.table(
        "标识" if zh else "Notation keys",
        "标识" if zh else "Notation keys",
        (Column(_HEAD["key"][side], width=14), Column("含义" if zh else "Meaning", width=40)),
        [(key, label[language]) for key, label in NOTATION.items()],
    )
    return book.close()
