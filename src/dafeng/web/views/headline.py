"""The question a city's plan is about, and the answer the published record allows.

The question is the plan's goal whose id starts with "peak"; the record is the emissions indicator, city-wide and
without further axes, that was published for most years. Both are found, not named, so that any city pack has its own.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from dafeng import units
from dafeng.assess.result import GoalResult
from dafeng.facts.indicator import Indicator
from dafeng.facts.observation import Observation
from dafeng.report import wording
from dafeng.web import charts
from dafeng.web.charts.record import Deadline, Silence, headline
from dafeng.web.i18n import mark
from dafeng.web.page import Page

_ANSWERS = {
    "met": mark("Yes, it has peaked."),
    "on_track": mark("On present evidence, yes."),
    "at_risk": mark("It is at risk."),
    "off_track": mark("Not on the present course."),
    "overdue": mark("It did not."),
    "awaiting_verification": mark("It cannot be said yet."),
    "no_evidence": mark("It cannot be said yet."),
}
#: Domains whose levels drive emissions, in the order they are told.
_DRIVERS = ("energy", "power", "industry", "transport", "economy")
_KNOWN_MOST, _UNKNOWN_MOST, _RISING_MOST = 4, 4, 2


@dataclass(frozen=True)
class Item:
    """A line of the lists of what is known and what is not."""

    words: str | Markup
    why: str = ""


@dataclass(frozen=True)
class Headline:
    """All that the top of the overview says."""

    question: str
    year: int
    verdict: str
    because: str
    goal: GoalResult | None
    figure: charts.Figure | None
    known: list[Item]
    unknown: list[Item]


@dataclass(frozen=True)
class Record:
    """One indicator's chosen figures for the city as a whole, oldest first."""

    indicator: Indicator
    points: list[tuple[int, float]]
    last: Observation

    @property
    def peak(self) -> tuple[int, float]:
        """Year and value of the highest figure."""
        return max(self.points, key=lambda point: point[1])


def record(page: Page, indicator: Indicator) -> Record | None:
    """Read the city's yearly figures of an indicator; None where there are none."""
    city = page.snapshot.city
    series = city.facts.series(indicator.id, page.snapshot.city.id, known_on=page.assessment.as_of)
    yearly = [o for o in series.points if o.value is not None and o.confidence != "low"]
    if not yearly:
        return None
    return Record(indicator, [(o.period.year, _value(o, indicator)) for o in yearly], yearly[-1])


def _value(observation: Observation, indicator: Indicator) -> float:
    assert observation.value is not None  # noqa: S101  # filtered by the caller
    if observation.unit == indicator.unit:
        return observation.value
    return units.convert(observation.value, observation.unit, indicator.unit)


def compose(page: Page) -> Headline:
    """Work out the question, the answer and the lists from plan and facts."""
    _ = page.words.gettext
    goal = next((g for g in page.assessment.goals if g.id.startswith("peak")), None)
    year = (goal.due if goal else None) or page.snapshot.index.plan.horizon[1]
    city = page.label(page.snapshot.city.label)
    status = goal.status if goal else "no_evidence"
    question = _("Will %(city)s peak |before %(year)s?") % {"city": city, "year": year}
    all_records = [
        found
        for indicator in page.snapshot.city.indicators.values()
        if not indicator.dims and not indicator.variable and (found := record(page, indicator)) is not None
    ]
    emissions = [r for r in all_records if r.indicator.id.startswith("emissions.") and r.indicator.kind == "flow"]
    main = max(emissions, key=lambda r: len(r.points), default=None)
    known = _known(page, all_records)
    rising = [r for r in known if r.peak[0] == r.points[-1][0]][:_RISING_MOST]
    return Headline(
        question=question,
        year=year,
        verdict=_(_ANSWERS[status]),
        because=_because(page, main, rising),
        goal=goal,
        figure=_figure(page, main, year) if main else None,
        known=[_known_item(page, r) for r in known],
        unknown=_unknown(page),
    )


def _because(page: Page, main: Record | None, rising: list[Record]) -> str:
    _ = page.words.gettext
    if main is None:
        return _("No total has been published.")
    name = page.inside(main.indicator.label)
    last, peak = main.points[-1][0], main.peak[0]
    if peak < last:
        text = _("To %(last)s, %(name)s never passed their level of %(peak)s.")
    else:
        text = _("%(name)s stood at their highest in %(last)s, the latest year published.")
    text %= {"last": last, "peak": peak, "name": name}
    silent = last < page.assessment.as_of.year - 2
    names = wording.listed([page.inside(r.indicator.label) for r in rising], page.language)
    more = []
    if silent:
        more.append(_("Nothing has been published for later years."))
    if rising:
        more.append(_("Still at a new high: %(names)s.") % {"names": names})
    return wording.tidy(("" if page.zh else " ").join([text, *more]))


def _figure(page: Page, main: Record, deadline: int) -> charts.Figure:
    _ = page.words.gettext
    indicator, unit = main.indicator, main.indicator.unit
    to = page.display(indicator.id)
    points = [(year, wording.written(value, unit, page.language, to).value) for year, value in main.points]
    last, peak = main.points[-1], main.peak
    name = page.label(indicator.label)
    silence = None
    if last[0] < page.assessment.as_of.year - 2:
        silence = Silence(last[0] + 1, deadline, (_("after %(year)s") % {"year": last[0]}, _("nothing published")))
        title = _("%(name)s: |highest in %(peak)s, |silent after %(last)s")
    else:
        title = _("%(name)s: |highest in %(peak)s")
    title %= {"name": name, "peak": peak[0], "last": last[0]}
    short = _("before %(year)s") % {"year": deadline}
    axis = wording.unit_word(unit, page.language, to)
    return charts.Figure(
        uid="record",
        title=title,
        subtitle=page.label(indicator.boundary) or page.label(indicator.definition) or axis,
        drawings=charts.draw(
            "record",
            title.replace("|", ""),
            _("Highest in %(peak)s at %(top)s; %(low)s in %(last)s.")
            % {
                "peak": peak[0],
                "top": page.q(peak[1], unit, to=to),
                "low": page.q(last[1], unit, to=to),
                "last": last[0],
            },
            headline(
                points,
                unit=axis,
                say=lambda point: _("%(year)s: %(value)s") % {"year": int(point[0]), "value": wording.number(point[1])},
                tick=wording.number,
                silence=silence,
                deadline=Deadline(deadline, _("plan: %(when)s") % {"when": short}, short),
            ),
            sizes=("w", "n"),
        ),
        source=source_line(page, [main.last.source]),
        columns=(charts.Column(_("Year")), charts.Column(axis)),
        rows=[(str(year), page.fact(wording.number(value, exact=True), indicator.id)) for year, value in points],
    )


def source_line(page: Page, documents: list[str]) -> str:
    """Name the documents a figure rests on, each with its publisher and date."""
    _ = page.words.gettext
    known = page.snapshot.city.documents
    names = []
    for id in dict.fromkeys(documents):
        document = known[id]
        title = document.title if page.zh or not document.title_en else document.title_en
        publisher = document.publisher if page.zh or document.publisher.isascii() else ""
        names.append(wording.join([part for part in (publisher, title, document.date) if part], page.language))
    return _("Source: %(names)s.") % {"names": ("；" if page.zh else "; ").join(names)}


def _known(page: Page, all_records: list[Record]) -> list[Record]:
    """Of each domain the first published level the pack declares that no target reads, is fresh and has a base."""
    read = {target.indicator for target in page.assessment.targets}
    base = page.snapshot.index.plan.baseline_year or page.snapshot.index.plan.horizon[0] - 1
    fresh = [
        r
        for r in all_records
        if r.indicator.kind in {"flow", "stock"}
        and r.last.status in {"actual", "preliminary"}
        and r.indicator.id not in read
        and r.indicator.id.split(".")[0] in _DRIVERS
        and r.points[-1][0] >= page.assessment.as_of.year - 3
        and any(year == base for year, _ in r.points)
    ]
    first: dict[str, Record] = {}
    for found in fresh:
        first.setdefault(found.indicator.id.split(".")[0], found)
    return [first[domain] for domain in _DRIVERS if domain in first][:_KNOWN_MOST]


def _known_item(page: Page, r: Record) -> Item:
    _ = page.words.gettext
    base_year = page.snapshot.index.plan.baseline_year or page.snapshot.index.plan.horizon[0] - 1
    year, value = r.points[-1]
    base = dict(r.points)[base_year]
    change = (value / base - 1) * 100 if base else float("nan")
    text = _("%(name)s %(value)s (%(year)s), %(change)s above %(base)s")
    if change < 0:
        text = _("%(name)s %(value)s (%(year)s), %(change)s below %(base)s")
    return Item(
        Markup(text)  # noqa: S704  # our own catalogue; the values are escaped
        % {
            "name": page.label(r.indicator.label),
            "value": page.fact(page.show(value, r.indicator.id), r.indicator.id),
            "year": year,
            "change": wording.number(abs(round(change, 1))) + "%",
            "base": base_year,
        }
    )


def _unknown(page: Page) -> list[Item]:
    city = page.snapshot.city
    pending = [i for i in city.indicators.values() if i.awaiting is not None]
    items = []
    for indicator in pending:
        assert indicator.awaiting is not None  # noqa: S101  # filtered above
        years = wording.year_span(min(indicator.awaiting.years), max(indicator.awaiting.years), page.language)
        name = page.label(indicator.label)
        words = f"{years} 年{name}" if page.zh else f"{name}, {years}"
        items.append(
            Item(
                Markup('<a class="plain" href="{}">{}</a>').format(page.url("facts", indicator.id), words),
                page.label(indicator.awaiting.why),
            )
        )
    return items[:_UNKNOWN_MOST]
