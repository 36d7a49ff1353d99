"""The drawings of districts: one by line of CO2 with its peak, and all of them beside each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from dafeng.pathway.places import ByPlace, PlaceLine
from dafeng.report import wording
from dafeng.web import charts
from dafeng.web.charts.bars import Part, bars
from dafeng.web.charts.figure import Column, Figure
from dafeng.web.charts.stack import Layer, Marks, stack
from dafeng.web.views.pathway.asked import Asked, tonnes
from dafeng.web.views.pathway.figures import FAMILIES, MT, shown


def _families(asked: Asked, found: ByPlace) -> list[tuple[str, str, list[PlaceLine]]]:
    """Give the lines that places have by family: name, colour, lines; one line has its own name."""
    page = asked.page
    groups: dict[str, list[PlaceLine]] = {}
    for line in found.lines:
        if line.values.any():
            family = line.line.family if line.line.family in FAMILIES else "industry"
            groups.setdefault(family, []).append(line)
    return [
        (
            page.label(groups[id][0].line.label) if len(groups[id]) == 1 else page.words.gettext(FAMILIES[id][1]),
            FAMILIES[id][0],
            groups[id],
        )
        for id in FAMILIES
        if id in groups
    ]


def by_line(asked: Asked, found: ByPlace, beside: ByPlace | None, name: str) -> Figure:
    """Draw one place by line, with its peak, the deadline and the pinned scenario."""
    page = asked.page
    _ = page.words.gettext
    run = [year for year in asked.run if not np.isnan(found.totals[0, found.at(year)])]
    at = [found.at(year) for year in run]
    drawn = [
        Layer(words, css, (np.add.reduce([line.values[0, at] for line in lines]) / MT).tolist())
        for words, css, lines in _families(asked, found)
    ]
    peak = found.peaks[0]
    assert peak is not None  # noqa: S101 - a place without a number has no drawing
    ghost = (beside.totals[0, at] / MT).tolist() if beside is not None else []
    marks = Marks(
        peak=(
            peak.year,
            _("highest in %(year)s: %(value)s") % {"year": peak.year, "value": tonnes(page, peak.value)},
            _("peak %(year)s") % {"year": peak.year},
        ),
        deadline=(peak.before, _("before %(year)s") % {"year": peak.before}),
        ghost=ghost,
    )
    title = _("%(place)s is highest in %(year)s |by figures that are mostly allocated") % {
        "place": name,
        "year": peak.year,
    }
    if found.allocated(found.places[0], found.now) < 0.5:
        title = _("%(place)s is highest in %(year)s |by figures that are mostly its own") % {
            "place": name,
            "year": peak.year,
        }
    years = shown(tuple(run), peak.year)
    lines = [line for line in found.lines if line.values.any()]
    return Figure(
        uid="place",
        title=title,
        subtitle=wording.join(
            [_("CO2 of what is burnt and used there, million tonnes"), page.label(asked.boundary.label)], page.language
        ),
        drawings=charts.draw(
            "place",
            title,
            wording.join([f"{each.name} {wording.number(each.values[-1])}" for each in drawn], page.language),
            stack(run, drawn, marks, unit=_("million t CO2"), tick=wording.number),
            ("w", "n"),
        ),
        columns=[Column(_("Line"), False), *(Column(str(year)) for year in years)],
        rows=[
            *(
                [
                    page.label(line.line.label),
                    *(wording.number(float(line.values[0, found.at(y)]) / MT, decimals=2) for y in years),
                ]
                for line in lines
            ),
            [_("All"), *(wording.number(float(found.totals[0, found.at(y)]) / MT, decimals=2) for y in years)],
        ],
        legend=[(layer.css.removeprefix("cf-"), layer.name) for layer in drawn],
    )


def ranking(asked: Asked, found: ByPlace, places: Sequence[str], name: Callable[[str], str]) -> Figure:
    """Draw all places beside each other, by line."""
    page = asked.page
    _ = page.words.gettext
    now = found.at(found.now)
    rows = [found.row(place) for place in places]
    parts = [
        Part(
            words,
            css.removeprefix("cf-"),
            [round(float(sum(line.values[row, now] for line in lines)) / MT, 1) for row in rows],
        )
        for words, css, lines in _families(asked, found)
    ]
    first = found.totals[rows[0], now] / found.totals[rows, now].sum()
    title = _("%(place)s has %(share)s |of what districts have") % {
        "place": name(places[0]),
        "share": wording.percent(float(first)),
    }
    names = [name(place) for place in places]
    said = "；" if page.zh else "; "
    return Figure(
        uid="ranking",
        title=title,
        subtitle=_("by line, million tonnes of CO2, %(year)s") % {"year": found.now},
        drawings=charts.draw(
            "ranking",
            title,
            said.join(
                f"{each} {wording.number(float(found.totals[row, now]) / MT, decimals=1)}"
                for each, row in zip(names, rows, strict=True)
            ),
            lambda width: bars(width, names, parts, across=True),
        ),
        legend=[(part.css, part.name) for part in parts],
        columns=[Column(_("District"), False), *(Column(part.name) for part in parts)],
        rows=[[each, *(wording.number(part.values[n], decimals=1) for part in parts)] for n, each in enumerate(names)],
    )
