"""`dafeng project --place ID` and `--by-place`: the pathway of each place, what of it is allocated and by which key."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from dafeng.cli.output import Column, Output

if TYPE_CHECKING:
    from dafeng.pathway import Pathway
    from dafeng.pathway.places import ByPlace


def show(out: Output, pathway: Pathway, of: ByPlace, *, one: bool, output: Path | None, json: bool) -> None:
    """Print places as a table, as JSON, or write them into a CSV file."""
    from dafeng.report.places import long_rows
    from dafeng.report.records.places import PlacesRecord
    from dafeng.report.table import csv_text

    if output is not None:
        if output.suffix != ".csv":
            raise typer.BadParameter(f"'{output}': places are written as .csv", param_hint="-o")
        output.write_bytes(csv_text(*long_rows(pathway, of, out.language)).encode())
        out.line(out.say("{file}: written", file=output))
    elif json:
        out.json(PlacesRecord.build(pathway, of, parts=one).as_json())
    elif one:
        _one(out, pathway, of)
    else:
        _all(out, pathway, of)


def _mega(value: float) -> str:
    return f"{value / 1e6:.2f}"


def _year(of: ByPlace, pathway: Pathway) -> int:
    return min(pathway.settings.peak_before, of.years[-1])


def _all(out: Output, pathway: Pathway, of: ByPlace) -> None:
    labels = {place.id: place.label for place in pathway.city.places}
    now, due = of.at(of.now), of.at(_year(of, pathway))
    rows = []
    for row in sorted(range(len(of.places)), key=lambda n: -of.totals[n, now]):
        place, peak = of.places[row], of.peaks[row]
        rows.append(
            [
                place,
                out.label(labels[place]),
                _mega(of.totals[row, now]),
                f"{of.totals[row, now] / of.whole[now]:.1%}",
                _mega(of.totals[row, due]),
                str(peak.year) if peak else "",
                f"{of.allocated(place, of.now):.0%}",
            ]
        )
    rest, whole = out.say("not divided"), out.say("the city")
    share = of.rest[now] / of.whole[now]
    rows.append(["", rest, _mega(of.rest[now]), f"{share:.1%}", _mega(of.rest[due]), "", ""])
    rows.append(["", whole, _mega(of.whole[now]), "100.0%", _mega(of.whole[due]), str(of.top.year), ""])
    out.table(
        (
            Column("place"),
            Column("name", fold=True),
            Column(out.say("MtCO2 {year}", year=of.now), right=True),
            Column("share", right=True),
            Column(out.say("MtCO2 {year}", year=_year(of, pathway)), right=True),
            Column("peak year", right=True),
            Column("allocated", right=True),
        ),
        rows,
        title=f"{out.label(of.scenario.label)} · {out.label(of.boundary.label)}",
    )
    _remarks(out, of)


def _one(out: Output, pathway: Pathway, of: ByPlace) -> None:
    labels = {place.id: place.label for place in pathway.city.places}
    keys = {key.id: key for key in of.keys}
    now, due = of.at(of.now), of.at(_year(of, pathway))
    for row, place in enumerate(of.places):
        rows = []
        for line in of.lines:
            for each in line.parts:
                basis = each.basis[row]
                if basis.fact:
                    rests = out.say("own: {fact} {years}", fact=basis.fact, years=", ".join(map(str, basis.years)))
                    if basis.of_line and basis.key:
                        rests += out.say("; this part of it by {key}", key=out.label(keys[basis.key].label))
                elif basis.key in of.lacking.get(place, ()):
                    rests = out.say("absent: no {fact}", fact=keys[basis.key].fact)
                elif basis.key:
                    key = keys[basis.key]
                    rests = out.say("allocated by {key}, {year}", key=out.label(key.label), year=key.year)
                else:
                    continue
                values = each.values[row]
                share = "" if math.isnan(each.shares[row, now]) else f"{each.shares[row, now]:.1%}"
                rows.append([out.label(each.part.label), _mega(values[now]), _mega(values[due]), share, rests])
        total = of.totals[row]
        rows.append([out.say("all"), _mega(total[now]), _mega(total[due]), f"{total[now] / of.whole[now]:.1%}", ""])
        out.table(
            (
                Column("part", fold=True),
                Column(out.say("MtCO2 {year}", year=of.now), right=True),
                Column(out.say("MtCO2 {year}", year=_year(of, pathway)), right=True),
                Column("share of the city", right=True),
                Column("rests on", fold=True),
            ),
            rows,
            title=f"{out.label(labels[place])} · {out.label(of.scenario.label)} · {out.label(of.boundary.label)}",
        )
        peak = of.peaks[row]
        if peak:
            out.line(out.say("Highest in {year}: {value} MtCO2", year=peak.year, value=_mega(peak.value)))
        undivided = [out.label(line.line.label) for line in of.lines if not line.values[row].any()]
        if undivided:
            mark = "、" if out.language == "zh" else ", "
            out.line(out.say("Of the city, not divided: {lines}", lines=mark.join(undivided)))
    _remarks(out, of)


def _remarks(out: Output, of: ByPlace) -> None:
    mark = "；" if out.language == "zh" else "; "
    keys = mark.join(f"{out.label(key.label)} {key.year}" for key in of.keys)
    out.line(out.say("Allocated figures divide the city's by a key ({keys}); no place published them.", keys=keys))
