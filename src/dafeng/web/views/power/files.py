"""Files of an answer: its hours as CSV, the answer as a workbook. Both say what is synthetic."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from dafeng.errors import NotFound
from dafeng.report.workbook import Book, Column, Value
from dafeng.web.csv_file import csv_response
from dafeng.web.page import Page
from dafeng.web.views.power.asked import Asked, read
from dafeng.web.views.power.kept import Held
from dafeng.web.views.power.overview import certificate, missed, table, targets
from dafeng.web.views.power.said import Say
from dafeng.web.workbook_file import workbook_response


def _held(page: Page) -> tuple[Asked, Held]:
    asked = read(page)
    if asked.held is None:
        raise NotFound("answer", "-", [])
    return asked, asked.held


def csv(page: Page) -> Response:
    """Give the hours of a year, or of all years where none is named, as they were kept.

    The last column says of every row whether its hourly series are synthetic.
    """
    asked, held = _held(page)
    years = [asked.year] if "year" in page.params else held.years
    found = {year: hours for year in years if (hours := held.hours(year)) is not None}
    if not found:
        raise NotFound("hours", held.id, [one.id for one in asked.all if one.table is not None])
    head = list(next(iter(found.values())).columns)
    word = "synthetic" if held.synthetic else "given"
    rows = (
        [*(float(f"{hours.columns[name][i]:.6g}") for name in head), word]
        for hours in found.values()
        for i in range(hours.columns["hour"].size)
    )
    return csv_response(f"power-{held.record['key'][:8]}.csv", [*head, "hourly_series"], rows)


def xlsx(page: Page) -> Response:
    """Give the answer as a workbook."""
    asked, held = _held(page)
    _ = page.words.gettext
    say = Say(page, held.record["currency"])
    proof = certificate(asked, held)
    title = f"{page.label(page.snapshot.city.label)} {_('Power system')} {proof['key']}"
    made = _("Hourly series are synthetic, not measured.") if held.synthetic else _("Hourly series were given.")
    remark = " ".join(
        [
            made,
            _("Certified: violation %(violation)s, gap %(gap)s, relative.") % proof,
            _("Pack %(pack)s, answer %(key)s.")
            % {"pack": page.snapshot.city.version[:12], "key": held.record["key"][:12]},
        ]
    )
    book = Book(page.language, title, page.snapshot.today)
    years = [str(year) for year in held.years]
    by_year = [Column(year, "number", 14) for year in years]
    book.table(
        _("Key figures"), title,
        [Column(_("Figure"), width=44), *(Column(year, width=22) for year in years)],
        [[name, *cells] for name, cells in table(asked, held, say)], remark=remark,
    )  # fmt: skip
    for name, unit, part in (
        (_("Capacity"), "MW", "capacities"),
        (_("Built"), "MW", "built"),
        (_("Energy"), "GWh", "energy"),
        (_("Worth"), f"{say.money_word}/kW", "worth"),
    ):
        book.table(
            name, f"{name}, {unit}", [Column(_("Entry"), width=40), Column("id", width=20), *by_year],
            _by_entry(asked, held, part, years), remark=remark, frozen=2,
        )  # fmt: skip
    book.table(
        _("Targets"), _("Targets in the hourly model"),
        [Column(_("Target"), width=40), Column(_("Year")), Column(_("Asked"), width=20), Column(_("Found"), width=40),
         Column(_("Verdict")), Column(_("Gap"), width=20)],
        [[each.name, str(each.year), each.asked, each.found, each.word, each.gap] for each in targets(asked)],
        remark=remark,
    )  # fmt: skip
    book.table(
        _("Missed rules"), _("Rules that are missed"),
        [Column(_("Rule"), width=40), Column(_("Year")), Column(_("Missed by"), width=20),
         Column(_("What binds beside it"), width=40)],
        [list(each) for each in missed(asked, held, say)], remark=remark,
    )  # fmt: skip
    _further(asked, held, book, remark)
    book.table(
        _("Sources"), _("What the answer rests on"),
        [Column(_("Source"), width=80), Column(_("Kind")), Column("id", width=30)],
        [[each["title"], each["kind"], each["id"]] for each in held.record["sources"]], remark=remark,
    )  # fmt: skip
    return workbook_response(f"power-{held.record['key'][:8]}.xlsx", book.close())


def _by_entry(asked: Asked, held: Held, part: str, years: list[str]) -> list[list[Value]]:
    record: dict[str, Any] = held.record[part]
    names = list(dict.fromkeys(name for year in years for name in record[year]))
    return [[asked.name(name), name, *(record[year].get(name) for year in years)] for name in names]


def _further(asked: Asked, held: Held, book: Book, remark: str) -> None:
    """Add what an answer was further asked for: ranges near least cost, and how a scenario and the hourly model met."""
    _ = asked.page.words.gettext
    spans = held.record.get("alternatives") or ()
    if spans:
        book.table(
            _("Ranges"), _("Alternatives near least cost"),
            [Column(_("Entry"), width=40), Column("id", width=20), Column(_("Year")),
             Column(_("dearer by at most"), "number", 18), Column(_("Least cost"), "number", 14),
             Column(_("least"), "number", 14), Column(_("most"), "number", 14)],
            [[asked.name(each["name"]), each["name"], str(each["year"]), each["within"], each["optimum"], each["least"],
              each["most"]] for each in spans],
            remark=f"MW. {remark}", frozen=2,
        )  # fmt: skip
    if held.coupled:
        labels = asked.page.snapshot.city.labels
        book.table(
            _("Coupling"), _("The pathway and the hourly model"),
            [Column(_("Quantity"), width=40), Column("id", width=24), Column(_("Year")), Column(_("Unit")),
             Column(_("Alone"), "number", 16), Column(_("Coupled"), "number", 16),
             Column(_("Hourly model"), "number", 16)],
            [[asked.page.label(labels.get(id)) or id, id, year, each["unit"],
              said["before"], said["after"], said["hourly"]]
             for id, each in held.record["coupling"]["compared"].items() for year, said in each["years"].items()],
            remark=remark, frozen=2,
        )  # fmt: skip
