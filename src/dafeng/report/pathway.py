"""A scenario as tables for other programs: long, wide in the format of the IAMC, and a workbook."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import date

from dafeng.kernel import Array
from dafeng.labels import Language
from dafeng.pathway import Pathway, Projection
from dafeng.pathway.scenario import lever_of
from dafeng.report.workbook import Book, Column, Value

MT = 1e6
LONG = ("city", "pack", "scenario", "hash", "kind", "id", "label", "year", "value", "unit")
_WORDS: dict[str, tuple[str, str]] = {
    "title": ("情景推演", "Scenario"),
    "co2": ("分部门二氧化碳", "CO2 by sector"),
    "targets": ("目标", "Targets"),
    "levers": ("措施", "Levers"),
    "sector": ("部门或边界", "Sector or boundary"),
    "year": ("年份", "Year"),
    "asked": ("目标值", "Asked"),
    "value": ("推演值", "Projected"),
    "gap": ("差距", "Gap"),
    "unit": ("单位", "Unit"),
    "met": ("完成", "Met"),
    "yes": ("是", "yes"),
    "no": ("否", "no"),
    "lever": ("措施", "Lever"),
    "to": ("设定值", "Setting"),
    "start": ("开始", "Start"),
    "end": ("结束", "End"),
    "shape": ("过程", "Shape"),
    "pinned": ("对照：", "Pinned: "),
    "remark": (
        "单位：百万吨 CO2。情景 {hash}，数据包 {pack}。",
        "Million tonnes of CO2. Scenario {hash}, pack {pack}.",
    ),
}


def long_rows(pathway: Pathway, of: Projection, language: Language) -> tuple[Sequence[str], Iterator[Sequence[object]]]:
    """Give the head and the rows of a long table: CO2 in tCO2 by sector and boundary, and the targets."""

    def rows() -> Iterator[Sequence[object]]:
        said = (of.city, of.pack, of.scenario.id, of.scenario.hash)
        for kind, parts, lines in (
            ("sector", pathway.settings.sectors, of.sectors),
            ("boundary", pathway.settings.boundaries, of.boundaries),
        ):
            for each in parts:
                for year, value in zip(of.years, lines[each.id].values, strict=True):
                    yield (*said, kind, each.id, each.label[language], year, float(value), "tCO2")
        for target in of.targets:
            yield (*said, "target", target.target, target.label[language], target.year, target.value, target.unit)

    return LONG, rows()


def iamc_rows(pathway: Pathway, of: Projection) -> tuple[Sequence[str], list[Sequence[object]]]:
    """Give the wide table of the IAMC: Model, Scenario, Region, Variable, Unit, then a column a year.

    Sectors of a boundary are told by its emissions; Emissions|CO2 of the first boundary is the total.
    """
    head = ("Model", "Scenario", "Region", "Variable", "Unit", *map(str, of.years))
    model, region = f"dafeng {of.pack}", of.city
    scenario = f"{of.scenario.id} {of.scenario.hash}"

    def row(variable: str, values: Array) -> Sequence[object]:
        numbers = [None if math.isnan(value) else float(f"{value / MT:.9g}") for value in values]
        return (model, scenario, region, variable, "Mt CO2/yr", *numbers)

    rows = [row("Emissions|CO2", of.boundaries[pathway.settings.boundaries[0].id].values)]
    rows += [row(f"Emissions|CO2|{each.label.en}", of.sectors[each.id].values) for each in pathway.settings.sectors]
    rows += [
        row(f"Emissions|CO2|Boundary|{each.label.en}", of.boundaries[each.id].values)
        for each in pathway.settings.boundaries
    ]
    return head, rows


def workbook(pathway: Pathway, of: Projection, beside: Projection | None, language: Language, day: date) -> bytes:
    """Make the workbook of a scenario: CO2 by sector, targets, levers; a pinned scenario stands under the sums."""

    def word(id: str) -> str:
        return _WORDS[id][0 if language == "zh" else 1]

    book = Book(language, word("title"), day)
    remark = word("remark").format(hash=of.scenario.hash, pack=of.pack)
    years = [Column(str(year), "number", 10) for year in of.years]
    rows: list[list[Value]] = [
        [each.label[language], *(float(value) / MT for value in of.sectors[each.id].values)]
        for each in pathway.settings.sectors
    ]
    bold = []
    for projection, before in ((of, ""), (beside, word("pinned"))):
        if projection is None:
            continue
        for each in pathway.settings.boundaries:
            bold.append(len(rows))
            values = projection.boundaries[each.id].values
            rows.append([before + each.label[language], *(float(value) / MT for value in values)])
    title = of.scenario.label[language]
    book.table(word("co2"), title, [Column(word("sector"), width=36), *years], rows, remark=remark, bold=bold)
    book.table(
        word("targets"),
        title,
        [
            Column(word("targets"), width=40),
            Column(word("year"), "exact", 8),
            Column(word("asked"), "exact", 12),
            Column(word("value"), "number", 12),
            Column(word("gap"), "number", 12),
            Column(word("unit"), width=14),
            Column(word("met"), width=8),
        ],
        [
            [t.label[language], t.year, t.asked, t.value, t.gap, t.unit, word("yes" if t.met else "no")]
            for t in of.targets
        ],
        remark=remark,
    )
    book.table(
        word("levers"),
        title,
        [
            Column(word("lever"), width=40),
            Column(word("to"), "exact", 12),
            Column(word("unit"), width=14),
            Column(word("start"), "exact", 8),
            Column(word("end"), "exact", 8),
            Column(word("shape"), width=10),
        ],
        [
            [_lever(pathway, id, language), value, pathway.levers[lever_of(id)].unit, plan.start, plan.end, plan.shape]
            for id, (value, plan) in of.scenario.every.items()
        ],
        remark=remark,
    )
    return book.close()


def _lever(pathway: Pathway, key: str, language: Language) -> str:
    """Name a setting: the lever, and the place it is set for."""
    place = key.partition("@")[2]
    label = pathway.levers[lever_of(key)].label[language]
    return f"{label} · {pathway.city.place(place).label[language]}" if place else label
