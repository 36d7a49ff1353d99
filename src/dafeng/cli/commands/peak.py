"""`dafeng peak`: whether a total, a sector or a district has peaked, with the evidence and the C40 rule beside it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from dafeng.cli import context
from dafeng.cli.commands.account import BoundaryId, Switches, amount, named, pairs
from dafeng.cli.commands.enterprise import opened
from dafeng.cli.options import Json
from dafeng.cli.output import Column, Output

if TYPE_CHECKING:
    from dafeng.city import City
    from dafeng.report.records.accounts import PeakTestRecord

#: The name of the basis of a district: fuel burnt in it, power and heat used in it.
DISTRICT = "district"


def peak(
    ctx: typer.Context,
    boundary: BoundaryId = "ceads",
    sector: Annotated[str | None, typer.Option(metavar="ID", help="One sector of the boundary.")] = None,
    sectors: Annotated[bool, typer.Option("--sectors", help="Every sector of the boundary.")] = False,
    reallocated: Annotated[
        bool, typer.Option("--reallocated", help="Put cells that the source books in another sector where they belong.")
    ] = False,
    place: Annotated[
        str | None, typer.Option(metavar="ID", help="Place: the city, or a district with activity of its own.")
    ] = None,
    switch: Switches = None,
    json: Json = False,
) -> None:
    """Judge whether the total of a boundary, one sector of it or a district has peaked."""
    if sector and sectors:
        raise typer.BadParameter("ask for one sector or for all of them", param_hint="--sectors")
    if reallocated and not sector:
        raise typer.BadParameter("name the sector that is to be judged", param_hint="--reallocated")
    asked = context.of(ctx)
    out = asked.output
    city = asked.city()
    chosen = pairs(switch)
    if sectors:
        _every(out, city, boundary, place, chosen, json)
        return
    record = _district(asked, city, place) if place not in (None, city.id) and sector is None else None
    record = record or _one(city, boundary, place, sector, reallocated, chosen)
    if json:
        out.json(record.as_json())
    else:
        _print(out, record)


def _one(
    city: City, boundary: str, place: str | None, sector: str | None, reallocated: bool, chosen: dict[str, str]
) -> PeakTestRecord:
    from dafeng.accounts.account import accounts
    from dafeng.accounts.trend import peak as judged
    from dafeng.accounts.trend import sector_peak, series_of
    from dafeng.report.records.accounts import PeakTestRecord

    today = date.today().year
    found = accounts(city, boundary, place, **chosen)
    if sector is None:
        finding, series = judged(city, boundary, place, today, **chosen), found.totals()
    else:
        finding = sector_peak(found, sector, reallocated=reallocated, today=today)
        series = series_of(found, "sector", sector, reallocated)
    return PeakTestRecord.build(city.id, boundary, finding, series, place or city.id, sector or "")


def _district(asked: context.Context, city: City, place: str | None) -> PeakTestRecord | None:
    """Judge a district by the activity that was entered for it; None where there is none."""
    from dafeng.accounts.district import district_series
    from dafeng.accounts.peak import find
    from dafeng.report.records.accounts import PeakTestRecord

    assert place is not None  # noqa: S101 - asked for a place only
    city.place(place)
    with opened(asked) as desk:
        series = district_series(desk, place, "inventory-2025")
    if not series:
        return None
    finding = find(list(series), list(series.values()), today=date.today().year)
    return PeakTestRecord.build(city.id, DISTRICT, finding, series, place)


def _every(out: Output, city: City, boundary: str, place: str | None, chosen: dict[str, str], json: bool) -> None:
    from dafeng.accounts.account import accounts
    from dafeng.accounts.trend import parts_by_year, peaks
    from dafeng.report.records.accounts import PeakList, PeakTestRecord

    series = parts_by_year(accounts(city, boundary, place, **chosen), "sector")
    found = peaks(city, boundary, "sector", place, date.today().year, **chosen)
    where = place or city.id
    items = [PeakTestRecord.build(city.id, boundary, one, series[label], where, label) for label, one in found.items()]
    record = PeakList(city=city.id, place=where, boundary=boundary, items=items)
    if json:
        out.json(record.as_json())
        return
    names = ("sector", "state", "C40 rule", "highest", "year", "last year", "below the highest mean")
    rows = []
    for one in items:
        evidence = one.evidence
        drop = "—" if evidence.drop is None else f"{evidence.drop * 100:.1f} %"
        highest, years = amount(evidence.peak), (str(evidence.peak_year), str(evidence.last_year))
        sector = named(city, out, "sector", one.sector)
        rows.append([sector, out.say(one.state), out.say(one.c40), highest, *years, drop])
    out.table([Column(name, right=name in names[3:]) for name in names], rows)


def _print(out: Output, record: PeakTestRecord) -> None:
    found = record.evidence
    if not record.series:
        out.line(out.say("No year has a figure that could be judged."))
        return
    out.fields(
        [
            ("state", out.say(record.state)),
            ("C40 rule", out.say(record.c40)),
            ("highest", f"{amount(found.peak)} {record.unit} ({found.peak_year})"),
            ("last year", str(found.last_year)),
            ("below the highest mean", "—" if found.drop is None else f"{found.drop * 100:.1f} %"),
            ("p of a decline", "—" if found.p_decline is None else f"{found.p_decline:.3f}"),
            ("shocks left out", ", ".join(map(str, found.excluded))),
        ]
    )
