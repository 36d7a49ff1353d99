"""The simulator's drawings: CO2 by family of sectors, and the fan of the draws."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup

from dafeng.pathway.peaks import Peak
from dafeng.pathway.projection import QUANTILES, Projection
from dafeng.report import wording
from dafeng.web import charts
from dafeng.web.charts.alone import alone
from dafeng.web.charts.figure import Column, Figure
from dafeng.web.charts.plot import SIZES, Plot
from dafeng.web.charts.stack import Layer, Marks, fan, stack
from dafeng.web.i18n import mark
from dafeng.web.views.pathway.asked import Asked, tonnes

MT = 1e6
#: Families of sectors, bottom of the stack first: colour class and name.
FAMILIES: dict[str, tuple[str, str]] = {
    "power": ("cf-s-power", mark("Power and heat plants")),
    "import": ("cf-f-import", mark("Net imported electricity")),
    "steel": ("cf-s-steel", mark("Steel")),
    "petro": ("cf-s-petro", mark("Refining and chemicals")),
    "industry": ("cf-s-industry", mark("Other industry")),
    "transport": ("cf-s-transport", mark("Transport")),
    "building": ("cf-s-building", mark("Buildings and homes")),
    "other": ("cf-s-other", mark("Farming and waste")),
    "sink": ("cf-s-sink", mark("Sinks")),
}


@dataclass(frozen=True, slots=True)
class Total:
    """CO2 of the boundary in the years shown, in Mt."""

    run: tuple[int, ...]
    values: list[float]


def total(asked: Asked, projection: Projection) -> Total:
    """Give the boundary's CO2 in the years shown; years without a whole number are left out."""
    values = projection.boundaries[asked.boundary.id].values / MT
    at = {year: float(value) for year, value in zip(projection.years, values, strict=True)}
    run = tuple(year for year in asked.run if not np.isnan(at[year]))
    return Total(run, [at[year] for year in run])


def layers(asked: Asked, projection: Projection, run: tuple[int, ...]) -> list[tuple[str, str, list[float]]]:
    """Give the families of the boundary's sectors: name, colour class, Mt a year."""
    chosen = set(asked.boundary.sectors)
    sums: dict[str, np.ndarray] = {}
    place = [projection.years.index(year) for year in run]
    for sector in asked.pathway.settings.sectors:
        if sector.id in chosen:
            family = sector.family if sector.family in FAMILIES else "industry"
            values = projection.sectors[sector.id].values[place] / MT
            sums[family] = sums.get(family, 0.0) + values
    _ = asked.page.words.gettext
    return [(_(FAMILIES[id][1]), FAMILIES[id][0], sums[id].tolist()) for id in FAMILIES if id in sums]


def _drawing(asked: Asked) -> tuple[Callable[[float], Plot], Total, list[Layer]]:
    page, projection = asked.page, asked.projection
    _ = page.words.gettext
    whole = total(asked, projection)
    peak = top(asked)
    drawn = [Layer(*each) for each in layers(asked, projection, whole.run)]
    ghost: list[float] = []
    if asked.beside:
        other = total(asked, asked.beside)
        ghost = other.values if other.run == whole.run else []
    last = max((seam.year for seam in projection.seams), default=None)
    marks = Marks(
        peak=(
            peak.year,
            _("highest in %(year)s: %(value)s") % {"year": peak.year, "value": tonnes(page, peak.value)},
            _("peak %(year)s") % {"year": peak.year},
        ),
        evidence=(last, _("evidence to %(year)s") % {"year": last}) if last else None,
        deadline=(peak.before, _("before %(year)s") % {"year": peak.before}),
        ghost=ghost,
    )
    return stack(whole.run, drawn, marks, unit=_("million t CO2"), tick=wording.number), whole, drawn


def top(asked: Asked) -> Peak:
    """Give the peak of the boundary."""
    peak = asked.projection.boundaries[asked.boundary.id].peak
    assert peak is not None  # noqa: S101 - every boundary has one
    return peak


def by_sector(asked: Asked) -> Figure:
    """Draw CO2 by family of sectors, with the peak, the deadline and the pinned scenario."""
    page = asked.page
    _ = page.words.gettext
    drawing, whole, drawn = _drawing(asked)
    peak = top(asked)
    title = _title(asked, peak.year)
    columns = [Column(_("Sector"), False), *(Column(str(year)) for year in shown(whole.run, peak.year))]
    return Figure(
        uid="co2",
        title=title,
        subtitle=wording.join([_("CO2 by sector, million tonnes"), page.label(asked.boundary.label)], page.language),
        drawings=charts.draw("co2", title, _described(asked, drawn), drawing, ("w", "n")),
        source=page.label(asked.boundary.missing),
        columns=columns,
        rows=rows(asked, whole, [column.words for column in columns[1:]]),
        legend=[(layer.css.removeprefix("cf-"), layer.name) for layer in drawn],
    )


def _described(asked: Asked, drawn: list[Layer]) -> str:
    return wording.join([f"{each.name} {wording.number(each.values[-1])}" for each in drawn], asked.page.language)


def file(asked: Asked) -> str:
    """Draw the chart of the simulator as a file."""
    drawing, _whole, drawn = _drawing(asked)
    name = wording.subscripts(asked.page.label(asked.scenario.label))
    return alone(drawing(SIZES["x"]), name, _described(asked, drawn))


def _title(asked: Asked, year: int) -> str:
    _ = asked.page.words.gettext
    deadline = asked.pathway.settings.peak_before
    beside = asked.beside.boundaries[asked.boundary.id].peak if asked.beside else None
    if year >= deadline:
        return _("The highest year is %(year)s, |not before %(deadline)s") % {"year": year, "deadline": deadline}
    if beside is not None and beside.year > year:
        return _("The highest year is %(year)s, |%(years)s years earlier than in the pinned scenario") % {
            "year": year,
            "years": beside.year - year,
        }
    return _("The highest year is %(year)s, |before %(deadline)s") % {"year": year, "deadline": deadline}


def shown(run: tuple[int, ...], peak: int) -> list[int]:
    """Choose the years of the data table."""
    return sorted({year for year in run if year % 5 == 0} | {run[0], run[-1]} | ({peak} & set(run)))


def rows(asked: Asked, whole: Total, years: list[str]) -> list[list[str | Markup]]:
    """Give the data table: each sector, then the sum; a number opens what it is made of."""
    projection = asked.projection
    chosen = set(asked.boundary.sectors)
    found: list[list[str | Markup]] = []
    for sector in asked.pathway.settings.sectors:
        if sector.id not in chosen:
            continue
        line: list[str | Markup] = [asked.page.label(sector.label)]
        for text in years:
            value = projection.sectors[sector.id].values[projection.years.index(int(text))] / MT
            href = asked.url("explain", of=sector.id, year=text)
            line.append(
                Markup('<a class="num" href="{}">{}</a>').format(href, wording.number(float(value), decimals=1))
            )
        found.append(line)
    sums = dict(zip(whole.run, whole.values, strict=True))
    found.append([asked.page.words.gettext("All"), *(wording.number(sums[int(text)], decimals=1) for text in years)])
    return found


def odds(asked: Asked, drawn: Projection) -> Figure:
    """Draw the fan of the draws."""
    page = asked.page
    _ = page.words.gettext
    line = drawn.boundaries[asked.boundary.id]
    assert line.fan is not None and line.peak is not None  # noqa: S101 - it was drawn
    run = total(asked, drawn).run
    place = [drawn.years.index(year) for year in run]
    at = {quantile: (row[place] / MT).tolist() for quantile, row in zip(QUANTILES, line.fan, strict=True)}
    ghost = total(asked, asked.beside).values if asked.beside and total(asked, asked.beside).run == run else []
    share = wording.percent(line.peak.p_before)
    title = _("%(share)s of the draws have their highest year |before %(year)s") % {
        "share": share,
        "year": line.peak.before,
    }
    deadline = (line.peak.before, _("before %(year)s") % {"year": line.peak.before})
    names = [_("95 %"), _("median"), _("5 %")]
    return Figure(
        uid="fan",
        title=title,
        subtitle=wording.join(
            [_("CO2, million tonnes"), _("%(draws)s draws, seed %(seed)s") % drawn.__dict__], page.language
        ),
        drawings=charts.draw(
            "fan", title, title,
            fan(
                run, [("band", at[0.05], at[0.95]), ("band2", at[0.25], at[0.75])], at[0.5],
                Marks((0, "", ""), deadline=deadline, ghost=ghost),
                unit=_("million t CO2"), tick=wording.number, names=names,
            ),
        ),
        columns=[Column(_("Highest year"), False), Column(_("Share of draws"))],
        rows=[[str(year), wording.percent(part, decimals=1)] for year, part in line.peak.years],
    )  # fmt: skip
