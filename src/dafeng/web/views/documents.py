"""Documents: what every number points to, and for each of them what points to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, get_args

from dafeng.assess.result import GoalResult, TargetResult
from dafeng.documents import Document, DocumentKind
from dafeng.errors import NotFound
from dafeng.facts.observation import Observation
from dafeng.facts.series import Dims
from dafeng.report import wording
from dafeng.web import charts, query
from dafeng.web.charts.bars import Part
from dafeng.web.i18n import mark
from dafeng.web.page import Page
from dafeng.web.views.facts import dims_words
from dafeng.web.views.standard import stacked_figure

KINDS: tuple[str, ...] = get_args(DocumentKind)
#: Kinds drawn together, with the colour of the layer.
_LAYERS = (
    (mark("plans and policies"), "q5", {"plan", "policy", "guideline", "standard"}),
    (mark("official statistics"), "q4", {"statistics", "communique"}),
    (mark("reports and data sets"), "q3", {"report", "dataset"}),
    (mark("press and other"), "q2", {"press", "web", "other"}),
)
_YEARS = 12


@dataclass(frozen=True)
class Line:
    """One document in the list."""

    document: Document
    title: str
    figures: int
    clauses: int


def title_of(page: Page, document: Document) -> str:
    """The title in the reader's language, where there is one."""
    return document.title if page.zh or not document.title_en else document.title_en


def _clauses(page: Page, id: str) -> int:
    plans = [plan for plan in page.snapshot.city.plans if plan.document == id]
    notes = sum(1 for note in page.snapshot.city.notes if note.source == id)
    return notes + sum(len(plan.targets) + len(plan.goals) + len(plan.tasks) for plan in plans)


def listing(page: Page) -> dict[str, Any]:
    """Give the values of the list of documents."""
    city, index = page.snapshot.city, page.snapshot.index
    kinds = [kind for kind in KINDS if any(d.kind == kind for d in city.documents.values())]
    kind = query.one(page.params, "kind", kinds)
    words = query.text(page.params, "q")
    lines = []
    for document in city.documents.values():
        text = f"{document.id} {document.title} {document.title_en} {document.publisher} {document.number}".casefold()
        if (not kind or document.kind == kind) and all(word in text for word in words.casefold().split()):
            figures = len(index.by_document.get(document.id, ()))
            lines.append(Line(document, title_of(page, document), figures, _clauses(page, document.id)))
    lines.sort(key=lambda line: line.document.date or "0", reverse=True)
    return {
        "lines": lines,
        "all": len(city.documents),
        "kinds": [(k, wording.DOCUMENT_KIND[k][page.language]) for k in kinds],
        "kind": kind,
        "words": words,
        "chart": _timeline(page),
    }


def _timeline(page: Page) -> charts.Figure | None:
    _ = page.words.gettext
    dated = [d for d in page.snapshot.city.documents.values() if d.date]
    if not dated:
        return None
    last = max(int(d.date[:4]) for d in dated)
    years = list(range(last - _YEARS + 1, last + 1))
    numbers: Counter[tuple[int, str]] = Counter((int(d.date[:4]), d.kind) for d in dated)
    before = _("to %(year)s") % {"year": years[0] - 1}

    def values(kinds: set[str]) -> list[float]:
        earlier = sum(n for (year, kind), n in numbers.items() if year < years[0] and kind in kinds)
        return [float(earlier), *(float(sum(numbers[year, kind] for kind in kinds)) for year in years)]

    parts = [Part(_(name), css, values(kinds)) for name, css, kinds in _LAYERS]
    recent = sum(1 for d in dated if int(d.date[:4]) >= last - 2)
    return stacked_figure(
        page,
        "timeline",
        title=_("%(num)s of %(all)s documents were published in the last three years")
        % {"num": recent, "all": len(dated)},
        subtitle=_("documents by year of publication and kind"),
        names=[before, *(str(year) for year in years)],
        parts=parts,
        across=False,
    )


def _verdicts(page: Page) -> dict[str, TargetResult | GoalResult]:
    """Every result by id, those of later versions of the plan too."""
    found = page.assessment
    results: list[TargetResult | GoalResult] = [
        *found.targets, *found.amendments, *found.goals, *found.amended_goals
    ]  # fmt: skip
    return {result.id: result for result in results}


def _rows(page: Page, observations: Sequence[Observation]) -> list[dict[str, Any]]:
    """The figures of a document, one row for each series."""
    city = page.snapshot.city
    places = {place.id: page.label(place.label) for place in city.places if place.id != city.id}
    series: dict[tuple[str, str, Dims], list[Observation]] = {}
    for o in observations:
        series.setdefault((o.indicator, o.place, o.dims), []).append(o)
    rows = []
    for (indicator, place, dims), found in series.items():
        found.sort(key=lambda o: o.period.end)
        details = [places.get(place, ""), dims_words(page, dims)]
        to = page.display_for(indicator, found[0].unit)
        figures = [(page.period(o.period), page.q(o.value, o.unit, exact=True, to=to)) for o in found]
        rows.append(
            {
                "name": page.label(city.indicators[indicator].label),
                "detail": wording.join([part for part in details if part], page.language),
                "href": page.url("facts", indicator, place=place if place != city.id else "", **dict(dims)),
                "figures": figures,
                "locators": sorted({o.locator for o in found if o.locator}),
            }
        )
    return rows


def show(page: Page, id: str) -> dict[str, Any]:
    """Give the values of one document's page. Raises NotFound."""
    city, index = page.snapshot.city, page.snapshot.index
    if id not in city.documents:
        raise NotFound("document", id, city.documents)
    document = city.documents[id]
    observations = index.by_document.get(id, [])
    plans = [plan for plan in city.plans if plan.document == id]
    return {
        "document": document,
        "title": title_of(page, document),
        "rows": _rows(page, observations),
        "figures": len(observations),
        "plans": plans,
        "results": _verdicts(page),
        "notes": [note for note in city.notes if note.source == id],
        "awaiting": [i for i in city.indicators.values() if i.awaiting is not None and i.awaiting.source == id],
        "goals": {goal.id: page.label(goal.label) for plan in city.plans for goal in plan.goals},
    }
