"""Facts: every indicator, and for one of them every figure of every source as it was known on a day."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from starlette.responses import Response

from dafeng.errors import NotFound
from dafeng.facts.indicator import Indicator
from dafeng.facts.observation import Observation
from dafeng.facts.series import Dims, Series
from dafeng.report import wording
from dafeng.web import query
from dafeng.web.csv_file import csv_response
from dafeng.web.i18n import mark
from dafeng.web.page import Page
from dafeng.web.views.fact_chart import one_series, several_series
from dafeng.web.views.target import from_observation, listed

DOMAINS = {
    "emissions": mark("Emissions"),
    "energy": mark("Energy"),
    "power": mark("Power"),
    "industry": mark("Industry"),
    "buildings": mark("Buildings"),
    "transport": mark("Transport"),
    "waste": mark("Waste"),
    "agriculture": mark("Agriculture"),
    "sinks": mark("Carbon sinks"),
    "innovation": mark("Innovation"),
    "economy": mark("Economy"),
}
_SERIES_MOST = 240


@dataclass(frozen=True)
class Line:
    """One indicator in the list; `latest` is empty where nothing was published for the city as a whole.

    `others` says what else there is then.
    """

    indicator: Indicator
    latest: str
    year: int | None
    span: str
    figures: int
    targets: int
    awaiting: bool
    others: str


def listing(page: Page) -> dict[str, Any]:
    """Give the values of the list of indicators."""
    city = page.snapshot.city
    only = query.one(page.params, "domain", [*DOMAINS, "other"])
    words = query.text(page.params, "q").casefold()
    number = Counter(o.indicator for o in city.facts if o.value is not None)
    read = Counter(t.indicator for t in page.assessment.targets)
    keys: dict[str, list[tuple[str, Dims]]] = defaultdict(list)
    for id, place, dims in city.facts.keys():
        keys[id].append((place, dims))
    groups: dict[str, list[Line]] = {}
    for indicator in city.indicators.values():
        domain = indicator.id.split(".")[0]
        domain = domain if domain in DOMAINS else "other"
        text = f"{indicator.id} {indicator.label.zh} {indicator.label.en}".casefold()
        if (only and domain != only) or not all(word in text for word in words.split()):
            continue
        line = _line(page, indicator, keys[indicator.id], number[indicator.id], read[indicator.id])
        groups.setdefault(domain, []).append(line)
    _ = page.words.gettext
    names = {**{id: _(name) for id, name in DOMAINS.items()}, "other": _("Other")}
    order = [domain for domain in names if domain in groups]
    return {
        "groups": [(names[domain], domain, groups[domain]) for domain in order],
        "domains": [(id, name) for id, name in names.items() if id != "other"],
        "only": only,
        "words": query.text(page.params, "q"),
        "indicators": len(city.indicators),
        "figures": sum(number.values()),
        "documents": len({o.source for o in city.facts}),
    }


def _line(page: Page, indicator: Indicator, keys: Sequence[tuple[str, Dims]], figures: int, targets: int) -> Line:
    series = page.snapshot.city.facts.series(indicator.id, page.snapshot.city.id, known_on=page.assessment.as_of)
    last = series.latest
    return Line(
        indicator,
        page.show(last.value, indicator.id, last.unit) if last else "",
        last.period.year if last else None,
        wording.year_span(series.points[0].period.year, last.period.year, page.language) if last else "",
        figures,
        targets,
        indicator.awaiting is not None,
        _elsewhere(page, indicator, keys),
    )


def _elsewhere(page: Page, indicator: Indicator, keys: Sequence[tuple[str, Dims]]) -> str:
    """Say what there is where the city as a whole has no single series: so many series, or so many places."""
    here = sum(1 for place, _ in keys if place == page.snapshot.city.id)
    if indicator.dims and here:
        return page.words.ngettext("%(num)s series", "%(num)s series", here) % {"num": here}
    places = len({place for place, _ in keys})
    return page.words.ngettext("%(num)s place", "%(num)s places", places) % {"num": places} if places else ""


def chosen(page: Page, id: str) -> tuple[Indicator, str, Dims | None, date | None]:
    """Read which series of an indicator is asked for; dims are None where several remain. Raises NotFound, BadQuery."""
    city = page.snapshot.city
    if id not in city.indicators:
        raise NotFound("indicator", id, city.indicators)
    indicator = city.indicators[id]
    places = {place.id for place in city.places}
    place = query.one(page.params, "place", places)
    known_on = query.day(page.params, "known_on", page.snapshot.today)
    found = [(p, dims) for i, p, dims in city.facts.keys() if i == id]
    place = place or (city.id if not found or any(p == city.id for p, _ in found) else found[0][0])
    here = [dims for p, dims in found if p == place]
    given: list[tuple[str, str]] = []
    for axis in indicator.dims:
        labels = sorted({dict(dims)[axis] for dims in here if axis in dict(dims)})
        value = query.one(page.params, axis, labels)
        if value:
            given.append((axis, value))
    wanted = tuple(sorted(given))
    if not indicator.dims or len(wanted) == len(indicator.dims):
        return indicator, place, wanted, known_on
    return indicator, place, (here[0] if len(here) == 1 else None), known_on


def show(page: Page, id: str) -> dict[str, Any]:
    """Give the values of one indicator's page. Raises NotFound, BadQuery."""
    indicator, place, dims, known_on = chosen(page, id)
    city = page.snapshot.city
    series = city.facts.series(id, place, dims, known_on) if dims is not None else None
    every = city.facts.find(indicator=id, place=place, dims=dims, known_on=known_on)
    places = sorted({o.place for o in city.facts.find(indicator=id)})
    others = _others(page, indicator, place, known_on) if indicator.dims and series is None else []
    absent = [o for o in every if o.value is None]
    planned = [o for o in every if o.value is not None and o.status in {"planned", "synthetic"}]
    days = sorted({o.known_from for o in city.facts.find(indicator=id, place=place, dims=dims)}, reverse=True)
    names = {place.id: page.label(place.label) for place in city.places}
    return {
        "indicator": indicator,
        "place": place,
        "places": [(p, names[p]) for p in names if p in places],
        "place_name": names.get(place, place),
        "dims": dims,
        "axes": _axes(page, indicator, place),
        "series_list": _lines(page, others, known_on),
        "series": series,
        "chart": one_series(page, series) if series else several_series(page, others, dims_words),
        "sources": listed(page, series.points, series.others) if series else [],
        "absent": absent,
        "planned": [from_observation(page, o, True) for o in planned],
        "known_on": known_on,
        "days": days,
        "targets": [t for t in page.assessment.targets if t.indicator == id],
        "csv": page.url("facts", f"{id}.csv", place=place, known_on=known_on or "", **dict(dims or ())),
        "computed": _computed(page, indicator),
        "dims_words": dims_words(page, dims or ()),
    }


def dims_words(page: Page, dims: Dims) -> str:
    """Name the further axes of a series."""
    return wording.join([axis_label(page, axis, label) for axis, label in dims], page.language)


def axis_label(page: Page, axis: str, label: str) -> str:
    """Name one label of an axis; its id where the pack gives no name."""
    declared = getattr(page.snapshot.city, "axes", {}).get(axis)
    found = declared.labels.get(label) if declared else None
    return page.label(found) if found else label


def axis_name(page: Page, axis: str) -> str:
    """Name an axis; its id where the pack gives no name."""
    declared = getattr(page.snapshot.city, "axes", {}).get(axis)
    return page.label(declared.label) if declared else axis


def _axes(page: Page, indicator: Indicator, place: str) -> list[tuple[str, str, list[tuple[str, str]], str]]:
    here = [dict(dims) for i, p, dims in page.snapshot.city.facts.keys() if i == indicator.id and p == place]
    return [
        (
            axis,
            axis_name(page, axis),
            [(label, axis_label(page, axis, label)) for label in dict.fromkeys(d[axis] for d in here if axis in d)],
            page.params.get(axis, ("",))[-1],
        )
        for axis in indicator.dims
    ]


def _others(page: Page, indicator: Indicator, place: str, known_on: date | None) -> list[Series]:
    """The series of an indicator with further axes, narrowed to the labels asked for; only those with a figure."""
    given = {axis: page.params[axis][-1] for axis in indicator.dims if page.params.get(axis, ("",))[-1]}
    keys = [dims for i, p, dims in page.snapshot.city.facts.keys() if i == indicator.id and p == place]
    if not given and len(keys) > _SERIES_MOST:
        first = indicator.dims[0]
        given = {first: dict(keys[0])[first]}
    found = [
        page.snapshot.city.facts.series(indicator.id, place, dims, known_on)
        for dims in keys
        if all(dict(dims).get(axis) == label for axis, label in given.items())
    ]
    return [series for series in found if series.points][:_SERIES_MOST]


def _lines(page: Page, found: Sequence[Series], known_on: date | None) -> list[dict[str, Any]]:
    """The list of series: name, newest figure, how many there are."""
    lines = []
    for series in found:
        last, indicator = series.points[-1], series.indicator.id
        lines.append(
            {
                "words": dims_words(page, series.dims),
                "href": page.url("facts", indicator, place=series.place, known_on=known_on or "", **dict(series.dims)),
                "value": page.q(last.value, last.unit, to=page.display_for(indicator, last.unit)),
                "year": last.period.year,
                "number": len(series),
            }
        )
    return lines


def _computed(page: Page, indicator: Indicator) -> list[tuple[int, str]]:
    """Figures a formula gives, where the indicator is a variable of the model."""
    if not indicator.variable:
        return []
    city = page.snapshot.city
    return [
        (year, page.q(value, city.unit(indicator.id), to=page.display_for(indicator.id, city.unit(indicator.id))))
        for year, value in reversed(city.computed(indicator.id, page.assessment.as_of))
    ]


def download(page: Page, id: str) -> Response:
    """Give every figure of one series as CSV: all sources and vintages known on the day asked for."""
    indicator, place, dims, known_on = chosen(page, id)
    facts = page.snapshot.city.facts
    standing = {_self(o) for o in facts.series(id, place, dims, known_on).points} if dims is not None else set()
    rows = [
        {
            "indicator": o.indicator,
            "place": o.place,
            **{axis: dict(o.dims).get(axis, "") for axis in indicator.dims},
            "period": str(o.period),
            "value": o.value,
            "unit": o.unit,
            "status": o.status,
            "confidence": o.confidence,
            "chosen": "yes" if _self(o) in standing else "no",
            "bound": o.bound,
            "basis": o.basis,
            "source": o.source,
            "locator": o.locator,
            "vintage": o.vintage,
            "note": o.note,
        }
        for o in facts.find(indicator=id, place=place, dims=dims, known_on=known_on)
    ]
    head = list(rows[0]) if rows else ["indicator", "place", "period", "value", "unit"]
    return csv_response(f"{id}.csv", head, [list(row.values()) for row in rows])


def _self(o: Observation) -> int:
    """Tell two observations of one id apart."""
    return id(o)
