"""The tables of an inventory as a workbook: summary, sectors by fuels, gases, items, activity, factors, documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from dafeng.accounts.cells import SCALE, UNIT
from dafeng.labels import Language
from dafeng.report import wording
from dafeng.report.accounts.evidence import Figure, figures
from dafeng.report.accounts.names import NOTATION, OPTIONS, Names
from dafeng.report.accounts.parts import crossed, parts
from dafeng.report.workbook import Book, Column, Value

if TYPE_CHECKING:
    from dafeng.accounts.account import Account

_WORDS: Mapping[str, tuple[str, str]] = {
    "inventory": ("温室气体清单", "Greenhouse-gas inventory"),
    "summary": ("汇总", "Summary"),
    "fuels": ("部门与能源品种", "Sectors and fuels"),
    "gases": ("气体", "Gases"),
    "items": ("项目", "Items"),
    "activity": ("活动水平", "Activity"),
    "factors": ("所用因子", "Factors used"),
    "documents": ("来源文件", "Documents"),
    "what": ("内容", "What"),
    "value": ("数值", "Value"),
    "unit": ("单位", "Unit"),
    "remark": ("说明", "Remark"),
    "city": ("城市", "City"),
    "place": ("地区", "Place"),
    "boundary": ("口径", "Boundary"),
    "rule": ("依据", "Rule"),
    "year": ("年份", "Year"),
    "total": ("总量", "Total"),
    "low": ("95% 区间下界", "Low end, 95 % interval"),
    "high": ("95% 区间上界", "High end, 95 % interval"),
    "coverage": ("覆盖度", "Coverage"),
    "coverage_why": (
        "有数据的项目占应计项目的平均比例，不按大小加权",
        "mean share of the counted items that is present, whatever their size",
    ),
    "no_total": ("没有总量：缺少必需的项目", "no total: an essential item is absent"),
    "note": ("注", "Note"),
    "held": ("对照已发布数", "Held against"),
    "gap": ("差（核算减已发布）", "gap, account less published"),
    "sector": ("部门", "Sector"),
    "fuel": ("能源品种", "Fuel"),
    "sum": ("合计", "Sum"),
    "moved": ("错记单元移回后", "Misbooked cells moved"),
    "item": ("项目", "Item"),
    "share": ("占总量", "Share of the total"),
    "key": ("标识", "Notation key"),
    "meaning": ("含义", "Meaning"),
    "why": ("原因", "Reason"),
    "memo": ("备查，不计入总量", "memo item, not in the total"),
    "id": ("标识名", "Id"),
    "source": ("来源", "Source"),
    "locator": ("位置", "Locator"),
    "confidence": ("可信度", "Confidence"),
    "status": ("状态", "Status"),
    "published": ("发布", "Published"),
    "title": ("标题", "Title"),
    "publisher": ("发布单位", "Publisher"),
    "number": ("编号", "Number"),
    "date": ("日期", "Date"),
    "address": ("网址", "Address"),
    "all": ("全部部门", "all sectors"),
    "widths": (
        "区间为误差传播的 95% 区间；活动水平和因子的半宽为量级估计，尚未逐项核对",
        "Intervals by error propagation, 95 %; half-widths are of the order of the tables named and not yet confirmed",
    ),
}


def inventory(account: Account, language: Language, day: date | None = None) -> bytes:
    """Write the inventory tables of one account as XLSX; absent items carry their notation key, never a zero."""
    return _Inventory(account, language, day or date.today()).bytes()


class _Inventory:
    def __init__(self, account: Account, language: Language, day: date) -> None:
        self.account, self.language = account, language
        self.names = Names(account.accounts.ledger, language)
        self.place = self.names.place(account.place)
        self.boundary = account.boundary.label[language]
        self.book = Book(language, f"{self.place} {account.year} {self.boundary}", day)
        self.figures: Sequence[Figure] = tuple(figures(account))

    def w(self, key: str) -> str:
        return _WORDS[key][0 if self.language == "zh" else 1]

    def bytes(self) -> bytes:
        self._summary()
        self._fuels()
        self._gases()
        self._items()
        self._activity()
        self._factors()
        self._documents()
        return self.book.close()

    def _sheet(
        self,
        key: str,
        columns: Sequence[Column],
        rows: Iterable[Sequence[Value]],
        *,
        remark: str = "",
        bold: Iterable[int] = (),
        frozen: int = 1,
    ) -> None:
        title = f"{self.place} {self.account.year} · {self.boundary} · {self.w(key)}"
        self.book.table(self.w(key), title, columns, rows, remark=remark, bold=bold, frozen=frozen)

    def _summary(self) -> None:
        account, w = self.account, self.w
        city = account.accounts.ledger.city
        total = account.total
        held = account.accounts.ledger.held
        rows: list[tuple[Value, ...]] = [
            (w("city"), city.label[self.language], "", ""),
            (w("place"), self.place, "", ""),
            (w("boundary"), self.boundary, "", account.boundary.id),
            (w("rule"), self.names.title(account.boundary.document), "", ""),
            (w("year"), str(account.year), "", ""),
            (w("total"), total.value if total else None, UNIT, "" if total else w("no_total")),
            (w("low"), total.low if total else None, UNIT, w("widths")),
            (w("high"), total.high if total else None, UNIT, ""),
            (w("coverage"), round(account.coverage * 100, 1), "%", w("coverage_why")),
        ]
        for id, option in account.switches.items():
            rows.append(
                (held.switches[id].label[self.language], OPTIONS[id][option][self.language], "", f"{id}={option}")
            )
        for part in parts(account, "item"):
            rows.append((self.names.of("item", part.id), part.interval.value, UNIT, ""))
        for id, value in account.memo.items():
            rows.append((self.names.of("item", id), value, UNIT, w("memo")))
        for one in account.held:
            label = city.indicators[one.indicator].label[self.language]
            rows.append(
                (
                    f"{w('held')}：{label}" if self.language == "zh" else f"{w('held')}: {label}",
                    one.value,
                    UNIT,
                    self.names.title(one.source),
                )
            )
            rows.append((w("gap"), one.gap, UNIT, ""))
        rows += [(w("note"), "", "", self.names.told(note)) for note in account.notes]
        columns = (
            Column(w("what"), width=34),
            Column(w("value"), "number", 40),
            Column(w("unit"), width=12),
            Column(w("remark"), width=70),
        )
        self._sheet("summary", columns, rows, bold=(5,))

    def _fuels(self) -> None:
        cells = crossed(self.account)
        sectors = [part.id for part in parts(self.account, "sector")]
        fuels = [part.id for part in parts(self.account, "fuel")]
        moved = self.account.reallocated
        columns = [
            Column(self.w("sector"), width=34),
            *(Column(self.names.of("fuel", fuel), "number", 12) for fuel in fuels),
        ]
        columns += [Column(self.w("sum"), "number", 12), *([Column(self.w("moved"), "number", 14)] if moved else [])]
        rows: list[Sequence[Value]] = []
        for sector in sectors:
            line: list[Value] = [cells.get((fuel, sector)) for fuel in fuels]
            extra = [moved.get(sector, 0.0)] if moved else []
            rows.append([self.names.of("sector", sector), *line, self.account.by_sector[sector], *extra])
        sums: list[Value] = [self.account.by_fuel[fuel] for fuel in fuels]
        extra = [sum(moved.values())] if moved else []
        rows.append([self.w("sum"), *sums, sum(self.account.by_sector.values()), *extra])
        self._sheet("fuels", columns, rows, remark=UNIT, bold=(len(rows) - 1,))

    def _gases(self) -> None:
        made, at = self.account.accounts, self.account.accounts.at(self.account.year)
        sums: dict[tuple[str, str], float] = {}
        for key, value in zip(made.cells.keys, made.cells.values[:, at].tolist(), strict=True):
            if value == value and value:  # noqa: PLR0124 - NaN is absent
                sums[key.item, key.gas] = sums.get((key.item, key.gas), 0.0) + value * SCALE
        gases = self.account.boundary.gases
        columns = [
            Column(self.w("item"), width=34),
            *(Column(self.names.of("gas", gas), "number", 16) for gas in gases),
        ]
        columns.append(Column(self.w("sum"), "number", 14))
        rows: list[Sequence[Value]] = [
            [self.names.of("item", item), *(sums.get((item, gas)) for gas in gases), self.account.by_item.get(item)]
            for item in made.items
        ]
        self._sheet("gases", columns, rows, remark=UNIT)

    def _items(self) -> None:
        w = self.w
        found = {part.id: part for part in parts(self.account, "item")}
        reasons = {one.item: one for one in self.account.absent}
        rows: list[Sequence[Value]] = []
        for item in dict.fromkeys((*self.account.accounts.items, *reasons)):
            part, absent = found.get(item), reasons.get(item)
            interval = part.interval if part else None
            key = absent.key if absent else ""
            rows.append(
                [
                    self.names.of("item", item),
                    interval.value if interval else None,
                    interval.low if interval else None,
                    interval.high if interval else None,
                    part.share if part else None,
                    key,
                    NOTATION[key][self.language] if key else "",
                    "；".join(self.names.why(one) for one in self.account.absent if one.item == item),
                ]
            )
        columns = (
            Column(w("item"), width=34),
            Column(UNIT, "number", 14),
            Column(w("low"), "number", 14),
            Column(w("high"), "number", 14),
            Column(w("share"), "share", 10),
            Column(w("key"), width=10),
            Column(w("meaning"), width=14),
            Column(w("why"), width=80),
        )
        self._sheet("items", columns, rows)

    def _line(self, one: Figure, sector: str) -> list[Value]:
        source, confidence = one.source, one.source.confidence
        word = wording.CONFIDENCE[confidence][self.language] if confidence in wording.CONFIDENCE else confidence
        return [
            self.names.of("item", one.item),
            one.id,
            sector,
            self.names.of("fuel", one.fuel) if one.fuel else "",
            one.value,
            one.unit,
            self.names.title(source.document),
            source.locator,
            word,
            source.vintage,
            source.note,
        ]

    def _columns(self) -> tuple[Column, ...]:
        w = self.w
        return (
            Column(w("item"), width=22),
            Column(w("id"), width=28),
            Column(w("sector"), width=26),
            Column(w("fuel"), width=18),
            Column(w("value"), "exact", 14),
            Column(w("unit"), width=12),
            Column(w("source"), width=44),
            Column(w("locator"), width=28),
            Column(w("confidence"), width=10),
            Column(w("published"), width=12),
            Column(w("note"), width=44),
        )

    def _activity(self) -> None:
        rows = [
            self._line(one, self.names.of("sector", one.sector) if one.sector else "")
            for one in self.figures
            if one.role == "activity"
        ]
        self._sheet("activity", self._columns(), rows, frozen=2)

    def _factors(self) -> None:
        groups: dict[tuple[object, ...], list[Figure]] = {}
        for one in self.figures:
            if one.role == "factor":
                key = (one.item, one.id, one.fuel, one.value, one.source)
                groups.setdefault(key, []).append(one)
        every = len(self.account.accounts.ledger.activity.sectors)
        rows = []
        for found in groups.values():
            named = [one.sector for one in found if one.sector]
            words = self.w("all") if len(named) == every else "、".join(self.names.of("sector", id) for id in named)
            rows.append(self._line(found[0], words))
        self._sheet("factors", self._columns(), rows, frozen=2)

    def _documents(self) -> None:
        w = self.w
        rows: list[Sequence[Value]] = []
        for id in self.account.sources:
            found = self.names.document(id)
            if found is None:
                rows.append([id, id, "", "", "", ""])
            else:
                rows.append([self.names.title(id), id, found.publisher, found.number, found.date, found.url])
        columns = (
            Column(w("title"), width=60),
            Column(w("id"), width=30),
            Column(w("publisher"), width=34),
            Column(w("number"), width=22),
            Column(w("date"), width=12),
            Column(w("address"), width=40),
        )
        self._sheet("documents", columns, rows)
