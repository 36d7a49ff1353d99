"""Charts of one account: the years, the parts with their intervals, fuels into sectors, the tree of parts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from dafeng.accounts import boundaries as declared
from dafeng.accounts.account import accounts
from dafeng.accounts.boundaries import Boundary
from dafeng.accounts.cells import UNIT
from dafeng.report import wording
from dafeng.report.accounts.parts import Part, crossed, parts, yearly
from dafeng.web import charts
from dafeng.web.charts.flows import Block, flows
from dafeng.web.charts.ghosts import Line, ghosts
from dafeng.web.charts.treemap import Group, Leaf, treemap
from dafeng.web.charts.whiskers import Whisker, whiskers
from dafeng.web.page import Page
from dafeng.web.views.accounts.asked import Asked, mt, plain

#: The colour of each sector; what is not named is other industry.
SECTOR_CSS: Mapping[str, str] = {
    "power_heat": "s-power",
    "imported_electricity": "f-import",
    "used_electricity": "f-import",
    "used_heat": "s-power",
    "lost_electricity": "f-import",
    "ferrous_smelting": "s-steel",
    "petroleum_coking": "s-petro",
    "chemicals": "s-petro",
    "transport_storage_post": "s-transport",
    "trade_catering": "s-building",
    "other_services": "s-building",
    "urban_households": "s-building",
    "rural_households": "s-building",
    "agriculture": "s-other",
    "waste": "s-other",
    "forest": "s-sink",
}
OTHER_CSS = "s-industry"
#: A block of the flows below this share of the whole is put together with others.
_SMALL = 0.008
_REST = "rest"
#: A name of a boundary this short says too little by itself.
_TELLING = 2


def css_of(sector: str) -> str:
    """Give the colour of a sector."""
    return SECTOR_CSS.get(sector, OTHER_CSS)


def short(page: Page, boundary: Boundary) -> str:
    """The name of a boundary without what stands in brackets or after a colon, where that is of one boundary only."""
    own = _cut(page.label(boundary.label))
    every = [_cut(page.label(one.label)) for one in declared.load().boundaries]
    telling = every.count(own) == 1 and len(own) > _TELLING
    return own if telling else page.label(boundary.label)


def _cut(text: str) -> str:
    for mark in ("（", ": ", ", "):
        text = text.split(mark, maxsplit=1)[0]
    return text


def years(asked: Asked) -> charts.Figure | None:
    """Draw the totals of the boundary, those of the others behind it."""
    page, made = asked.page, asked.made
    _ = page.words.gettext
    own = yearly(made)
    if not own:
        return None
    held = made.ledger.held
    others = []
    for boundary in held.boundaries:
        if boundary.id != asked.boundary.id:
            totals = accounts(page.snapshot.city, boundary.id, asked.place, **asked.switches).totals()
            if totals:
                others.append((boundary, totals))
    unit = wording.unit_word(UNIT, page.language)
    top = max(own, key=lambda year: own[year].value)
    last = max(own)
    title = (
        _("Highest in %(top)s, with %(peak)s; %(value)s in %(last)s")
        % {
            "top": top,
            "peak": plain(own[top].value),
            "value": plain(own[last].value),
            "last": last,
        }
        if top != last
        else _("%(value)s in %(last)s, the highest of the record") % {"value": plain(own[last].value), "last": last}
    )
    name = short(page, asked.boundary)
    drawing = ghosts(
        Line(name, name, [(float(year), one.value) for year, one in own.items()]),
        [(float(year), one.low, one.high) for year, one in own.items()],
        [
            Line(short(page, boundary), short(page, boundary), [(float(y), v) for y, v in totals.items()])
            for boundary, totals in others
        ],
        unit=unit,
        tick=wording.number,
        say=lambda point: _("%(year)s: %(value)s") % {"year": int(point[0]), "value": plain(point[1])},
        marked=asked.year,
    )
    everything = sorted({*own, *(year for _b, totals in others for year in totals)})
    rows = [
        (
            str(year),
            plain(own[year].value) if year in own else "—",
            span(page, own[year].low, own[year].high) if year in own else "—",
            *(plain(totals.get(year)) for _b, totals in others),
        )
        for year in everything
    ]
    return charts.Figure(
        uid="years",
        title=title,
        subtitle=_("%(unit)s; pale band: 95 %% interval; dotted: other boundaries") % {"unit": unit},
        drawings=charts.draw("years", title, _spoken(page, name, {y: one.value for y, one in own.items()}), drawing),
        columns=(
            charts.Column(_("Year")),
            charts.Column(name),
            charts.Column(_("95 % interval")),
            *(charts.Column(short(page, boundary)) for boundary, _totals in others),
        ),
        rows=rows,
    )


def span(page: Page, low: float, high: float) -> str:
    """Write an interval."""
    return f"{plain(low)}{'—' if page.zh else '–'}{plain(high)}"


def of_parts(asked: Asked, by: str) -> charts.Figure | None:
    """Draw the parts of the account with their intervals; None where there are fewer than two."""
    page, names = asked.page, asked.names
    _ = page.words.gettext
    found = parts(asked.account, by)
    if len(found) < 2:
        return None
    titles = {
        "sector": _("%(name)s is the largest sector: %(share)s of the total"),
        "fuel": _("%(name)s is the largest source: %(share)s of the total"),
        "gas": _("%(name)s makes %(share)s of the total"),
        "item": _("%(name)s makes %(share)s of the total"),
    }
    title = titles[by] % {"name": names.of(by, found[0].id), "share": wording.percent(found[0].share)}
    if found[-1].share < 0:  # shares of a net total mislead
        largest = {"name": names.of(by, found[0].id), "value": plain(found[0].interval.value)}
        title = _("%(name)s is the largest, with %(value)s") % largest
    subtitles = {
        "sector": _("by sector, %(unit)s; lines: 95 %% interval"),
        "fuel": _("by fuel, %(unit)s; lines: 95 %% interval"),
        "gas": _("by gas, %(unit)s; lines: 95 %% interval"),
        "item": _("by item, %(unit)s; lines: 95 %% interval"),
    }
    rows = [_whisker(asked, by, part) for part in found]
    moved = asked.account.reallocated if by == "sector" else {}
    differs = any(abs(moved.get(part.id, part.interval.value) - part.interval.value) > 1e-9 for part in found) and moved
    columns = [
        charts.Column("", number=False),
        charts.Column(wording.unit_word(UNIT, page.language)),
        charts.Column(_("95 % interval")),
        charts.Column(_("Share")),
    ]
    if differs:
        columns.append(charts.Column(_("Misbooked cells moved")))
    table = [
        (
            names.of(by, part.id),
            plain(part.interval.value),
            span(page, part.interval.low, part.interval.high),
            wording.percent(part.share, decimals=1),
            *((plain(moved.get(part.id, 0.0)),) if differs else ()),
        )
        for part in found
    ]
    source = _("The source books some cells in another sector; the table shows them moved.") if differs else ""
    return charts.Figure(
        uid=by,
        title=title,
        subtitle=subtitles[by] % {"unit": wording.unit_word(UNIT, page.language)},
        drawings=charts.draw(
            by,
            title,
            wording.join([f"{row.name} {row.words}" for row in rows], page.language),
            lambda width: whiskers(width, rows),
            sizes=("h", "w", "n"),
        ),
        columns=columns,
        rows=table,
        source=source,
    )


def _whisker(asked: Asked, by: str, part: Part) -> Whisker:
    css = css_of(part.id) if by == "sector" else "q4"
    one = part.interval
    return Whisker(asked.names.of(by, part.id), css, one.value, one.low, one.high, plain(one.value))


def fuel_to_use(asked: Asked) -> charts.Figure | None:
    """Draw where the emissions of each fuel arise; removals are left out and told."""
    page, names = asked.page, asked.names
    _ = page.words.gettext
    cells = crossed(asked.account)
    positive = {pair: value for pair, value in cells.items() if value > 0}
    if len(positive) < 2:
        return None
    whole = sum(positive.values())
    fuels, sectors = _blocks(positive, whole)
    amounts: dict[tuple[str, str], float] = defaultdict(float)
    for (fuel, sector), value in positive.items():
        amounts[fuel if fuel in fuels else _REST, sector if sector in sectors else _REST] += value
    left = _column(asked, "fuel", amounts, 0)
    right = _column(asked, "sector", amounts, 1)
    (fuel, sector), most = max(amounts.items(), key=lambda pair: pair[1])
    title = _("The widest band: %(fuel)s into %(sector)s, %(share)s") % {
        "fuel": _named(asked, "fuel", fuel),
        "sector": wording.inside(_named(asked, "sector", sector), page.language),
        "share": wording.percent(most / whole),
    }
    rows = sorted(positive.items(), key=lambda pair: -pair[1])
    less = sum(value for value in cells.values() if value < 0)
    return charts.Figure(
        uid="flows",
        title=title,
        subtitle=_("from fuel to use, %(unit)s") % {"unit": wording.unit_word(UNIT, page.language)},
        drawings=charts.draw(
            "flows",
            title,
            wording.join(
                [f"{names.of('fuel', f)} → {names.of('sector', s)} {plain(v)}" for (f, s), v in rows[:12]],
                page.language,
            ),
            lambda width: flows(width, left, right, amounts),
        ),
        source=_("Not drawn, since they are below zero: %(value)s.") % {"value": mt(page, less)} if less else "",
        columns=(
            charts.Column(_("Fuel"), number=False),
            charts.Column(_("Sector"), number=False),
            charts.Column(wording.unit_word(UNIT, page.language)),
        ),
        rows=[(names.of("fuel", f), names.of("sector", s), plain(v)) for (f, s), v in rows],
    )


def _blocks(amounts: Mapping[tuple[str, str], float], whole: float) -> tuple[set[str], set[str]]:
    sums: tuple[dict[str, float], dict[str, float]] = (defaultdict(float), defaultdict(float))
    for pair, value in amounts.items():
        for side in (0, 1):
            sums[side][pair[side]] += value
    kept = []
    for side in (0, 1):
        small = {id for id, value in sums[side].items() if value < _SMALL * whole}
        kept.append(set(sums[side]) - (small if len(small) > 1 else set()))
    return kept[0], kept[1]


def _column(asked: Asked, by: str, amounts: Mapping[tuple[str, str], float], side: int) -> list[Block]:
    sums: dict[str, float] = defaultdict(float)
    for pair, value in amounts.items():
        sums[pair[side]] += value
    order = sorted(sums, key=lambda id: (id == _REST, -sums[id]))
    css = {id: (css_of(id) if id != _REST else "line-strong") if by == "sector" else "ink-2" for id in order}
    return [Block(id, _named(asked, by, id), plain(sums[id]), css[id]) for id in order]


def _named(asked: Asked, by: str, id: str) -> str:
    if id != _REST:
        return asked.names.of(by, id)
    return asked.page.words.gettext("Other, each below 1 %")


def tree(asked: Asked) -> charts.Figure | None:
    """Draw sectors and the fuels in them as a tree map."""
    page, names = asked.page, asked.names
    _ = page.words.gettext
    inside: dict[str, dict[str, float]] = defaultdict(dict)
    for (fuel, sector), value in crossed(asked.account).items():
        if value > 0:
            inside[sector][fuel] = value
    if len(inside) < 2:
        return None
    groups = [
        Group(
            names.of("sector", sector),
            plain(sum(found.values())),
            css_of(sector),
            [Leaf(names.of("fuel", fuel), value, plain(value)) for fuel, value in found.items()],
        )
        for sector, found in inside.items()
    ]
    groups.sort(key=lambda group: -group.value)
    whole = sum(group.value for group in groups)
    count = 0
    for share in range(len(groups)):
        count = share + 1
        if sum(group.value for group in groups[:count]) >= 0.75 * whole:
            break
    title = page.words.ngettext("One sector makes three quarters", "%(num)s sectors make three quarters", count) % {
        "num": count
    }
    return charts.Figure(
        uid="tree",
        title=title,
        subtitle=_("area: %(unit)s, by sector and the fuels in it") % {"unit": wording.unit_word(UNIT, page.language)},
        drawings=charts.draw(
            "tree",
            title,
            wording.join([f"{group.name} {group.words}" for group in groups], page.language),
            lambda width: treemap(width, groups),
        ),
    )


def _spoken(page: Page, name: str, points: Mapping[int, float]) -> str:
    return wording.join([name, *(f"{year} {plain(value)}" for year, value in points.items())], page.language)
