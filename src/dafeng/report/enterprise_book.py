"""The report of one enterprise as a workbook: summary, activity by month, factors, second estimates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from dafeng.labels import Label, Language
from dafeng.report.enterprise import MONTHS, UnitReport
from dafeng.report.wording import enterprise as words
from dafeng.report.workbook import Book, Column, Value

if TYPE_CHECKING:
    from dafeng.accounts.enterprise.desk import Desk


def workbook(report: UnitReport, desk: Desk, language: Language, day: date) -> bytes:
    """Write the report of one enterprise; made-up figures are marked on every sheet."""
    return _Writer(report, desk, language, day).bytes()


class _Writer:
    def __init__(self, report: UnitReport, desk: Desk, language: Language, day: date) -> None:
        self.report, self.desk, self.language = report, desk, language
        self.name = report.unit.label[language]
        self.book = Book(language, f"{self.name} {report.year}", day)
        self.remark = words.SYNTHETIC[language] if report.synthetic else ""

    def say(self, zh: str, en: str) -> str:
        return zh if self.language == "zh" else en

    def label(self, label: Label | None, default: str = "") -> str:
        return label[self.language] if label is not None else default

    def bytes(self) -> bytes:
        self._summary()
        self._activity()
        self._factors()
        if self.report.account.estimates:
            self._estimates()
        return self.book.close()

    def _sheet(self, name: str, columns: Sequence[Column], rows: Sequence[Sequence[Value]], frozen: int = 1) -> None:
        self.book.table(
            name, f"{self.name} · {self.report.year} · {name}", columns, rows, remark=self.remark, frozen=frozen
        )

    def _summary(self) -> None:
        say, report = self.say, self.report
        refused = "; ".join(self.label(why) for why in report.account.refused)
        account, total = report.account, report.account.total
        methods = self.desk.names.methods
        rows: list[tuple[Value, ...]] = [
            (say("单位", "Enterprise"), self.name, "", report.unit.id),
            (say("年份", "Year"), str(report.year), "", ""),
            (say("状态", "State"), words.STATE[report.state][self.language], "", report.reason),
            (say("排放总量", "Total"), total.value if total else None, "tCO2", ""),
            (say("95% 区间下界", "Low end, 95 % interval"), total.low if total else None, "tCO2", ""),
            (say("95% 区间上界", "High end, 95 % interval"), total.high if total else None, "tCO2", ""),
            (
                say("覆盖度", "Coverage"),
                round(account.coverage * 100, 1),
                "%",
                refused,
            ),
        ]
        rows += [(words.SCOPE[id][self.language], value, "tCO2", "") for id, value in account.by_scope.items()]
        for one in report.facilities:
            method = methods.method(one.method)
            amount = account.by_facility.get(one.id)
            rows.append(
                (
                    one.label[self.language],
                    amount,
                    "tCO2",
                    f"{one.id} · {method.label[self.language]} · {method.document}",
                )
            )
        rows += [
            (
                words.MARKET[market][self.language],
                value.value if value else None,
                "tCO2",
                say("全年都按该市场计", "if the whole year is counted by it"),
            )
            for market, value in report.if_counted_by.items()
        ]
        rows += [
            (words.MOVE[word][self.language], who, "", "") for word, who in report.moved.items() if word in words.MOVE
        ]
        rows += [(say("说明", "Remark"), "", "", self.label(words.FLAG.get(flag), flag)) for flag in account.flags]
        columns = (
            Column(say("内容", "What"), width=36),
            Column(say("数值", "Value"), "number", 20),
            Column(say("单位", "Unit"), width=10),
            Column(say("说明", "Remark"), width=70),
        )
        self._sheet(say("汇总", "Summary"), columns, rows)

    def _names(self, use: str, what: str) -> tuple[str, str]:
        subjects = self.desk.names.factors.library.subjects
        label = subjects[what].label[self.language] if what in subjects else what
        return self.desk.names.methods.use(use).label[self.language], label

    def _activity(self) -> None:
        say = self.say
        columns = [
            Column(say("设施", "Facility"), width=20),
            Column(say("用途", "Use"), width=20),
            Column(say("品种", "What"), width=20),
            Column(say("单位", "Unit"), width=10),
            *(Column(str(month), "number", 11) for month in range(1, MONTHS + 1)),
            Column(say("全年", "Year"), "number", 13),
            Column("tCO2", "number", 13),
        ]
        rows = [
            [
                line.facility,
                *self._names(line.use, line.what),
                line.unit,
                *line.quantities,
                line.quantity,
                line.emission if line.counted else None,
            ]
            for line in self.report.lines
        ]
        self._sheet(say("逐月活动水平", "Activity by month"), columns, rows, frozen=4)

    def _factors(self) -> None:
        say = self.say
        columns = (
            Column(say("设施", "Facility"), width=20),
            Column(say("用途", "Use"), width=20),
            Column(say("品种", "What"), width=20),
            Column(say("缺省因子", "Default factor"), "exact", 14),
            Column(say("因子标识名", "Id of the factor"), width=44),
            Column(say("实测值", "Measured"), width=40),
            Column(say("证据", "Evidence"), width=24),
            Column(say("说明", "Remark"), width=50),
        )
        rows: list[list[Value]] = []
        for line in self.report.lines:
            measured = "; ".join(
                f"{words.MEASURED[name][self.language]} {value:g}" for name, value in line.measured.items()
            )
            remarks = [self.label(words.FLAG.get(flag), flag) for flag in line.flags]
            rows.append(
                [
                    line.facility,
                    *self._names(line.use, line.what),
                    line.default,
                    line.factor,
                    measured or say("无，用缺省值", "none: default"),
                    "; ".join(line.evidence),
                    "; ".join(filter(None, (*remarks, self.label(line.refused, "")))),
                ]
            )
        self._sheet(say("因子与实测", "Factors and measurements"), columns, rows)

    def _estimates(self) -> None:
        say = self.say
        columns = (
            Column(say("设施", "Facility"), width=24),
            Column(say("方法", "Method"), width=24),
            Column(say("第二估计 tCO2", "Second estimate, tCO2"), "number", 18),
            Column(say("核算 tCO2", "Accounted, tCO2"), "number", 18),
            Column(say("差", "Difference"), "number", 18),
        )
        rows: list[list[Value]] = [
            [
                one.facility,
                self.desk.names.methods.use(one.kind).label[self.language],
                one.estimated,
                one.accounted,
                one.difference,
            ]
            for one in self.report.account.estimates
        ]
        self._sheet(say("第二估计", "Second estimates"), columns, rows)
