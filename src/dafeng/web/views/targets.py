"""The list of targets: filtered, sorted, and the same list as CSV."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from dafeng.assess.result import VERDICTS, GoalResult, TargetResult
from dafeng.report import wording
from dafeng.web import query
from dafeng.web.charts.small import spark
from dafeng.web.i18n import mark
from dafeng.web.page import Page
from dafeng.web.views.overview import counts_in_words, counts_of

OVERALL = "overall"
KINDS = ("target", "standard", "goal")
SORTS = {
    "action": mark("by action"),
    "status": mark("by status"),
    "gap": mark("by gap"),
    "due": mark("by due year"),
}
_STANDING = "standing"


@dataclass(frozen=True)
class Filters:
    """What the reader asked to see; everything where a field is empty."""

    status: tuple[str, ...] = ()
    action: str = ""
    unit: str = ""
    year: str = ""
    kind: str = ""
    sort: str = "action"
    words: str = ""

    @property
    def any(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self.status or self.action or self.unit or self.year or self.kind or self.words)


@dataclass(frozen=True)
class Group:
    """The rows of one action, or all rows where the list is sorted another way."""

    name: str
    no: str
    counts: str
    href: str
    rows: Sequence[TargetResult] = field(default=())


def choices(page: Page) -> dict[str, list[tuple[str, str]]]:
    """Give what each filter can be set to, with its words."""
    index = page.snapshot.index
    _ = page.words.gettext
    results: Sequence[TargetResult | GoalResult] = [*page.assessment.targets, *page.assessment.goals]
    units = {unit for result in results for unit in (*result.lead, *result.joint, result.owner) if unit}
    years = sorted({result.due for result in results if result.due})
    named = [(id, page.label(index.organisations[id].short)) for id in index.organisations if id in units]
    return {
        "action": [(OVERALL, _("Overall")), *((a.id, page.label(a.short)) for a in index.plan.actions)],
        "unit": named,
        "year": [*((str(year), str(year)) for year in years), (_STANDING, _("standing"))],
        "kind": [
            ("target", _("city targets")),
            ("standard", _("project standards")),
            ("goal", _("goals without a number")),
        ],
        "sort": [(id, _(words)) for id, words in SORTS.items()],
    }


def read(page: Page) -> Filters:
    """Read the filters from the address. Raises BadQuery."""
    allowed = {name: [value for value, _ in pairs] for name, pairs in choices(page).items()}
    return Filters(
        status=query.several(page.params, "status", VERDICTS),
        action=query.one(page.params, "action", allowed["action"]),
        unit=query.one(page.params, "unit", allowed["unit"]),
        year=query.one(page.params, "year", allowed["year"]),
        kind=query.one(page.params, "kind", KINDS),
        sort=query.one(page.params, "sort", SORTS) or "action",
        words=query.text(page.params, "q"),
    )


def fits(page: Page, filters: Filters, result: TargetResult | GoalResult) -> bool:
    """Whether a result passes the filters."""
    kind = result.kind if isinstance(result, TargetResult) else "goal"
    year = str(result.due) if result.due else _STANDING
    words = filters.words.casefold()
    text = f"{result.id} {result.label.zh} {result.label.en} {result.clause}".casefold()
    return (
        (not filters.status or result.status in filters.status)
        and (not filters.action or (result.action or OVERALL) == filters.action)
        and (not filters.unit or filters.unit in {*result.lead, *result.joint, result.owner})
        and (not filters.year or year == filters.year)
        and (not filters.kind or kind == filters.kind)
        and all(word in text for word in words.split())
    )


def chosen(page: Page, filters: Filters) -> tuple[list[TargetResult], list[GoalResult]]:
    """Give the targets and goals that pass, sorted."""
    targets = [t for t in page.assessment.targets if fits(page, filters, t)]
    goals = [g for g in page.assessment.goals if fits(page, filters, g)]
    if filters.sort == "status":
        targets.sort(key=lambda t: VERDICTS.index(t.status))
    elif filters.sort == "due":
        targets.sort(key=lambda t: t.due or 9999)
    elif filters.sort == "gap":
        targets.sort(key=_lag)
    return targets, goals


def _lag(target: TargetResult) -> tuple[bool, float]:
    """Largest shortfall first, as a share of the target; targets without evidence last."""
    if target.shortfall is None:
        return (True, 0.0)
    return (False, -target.shortfall / abs(target.value) if target.value else -target.shortfall)


def listing(page: Page) -> dict[str, Any]:
    """Give the values of the targets page."""
    filters = read(page)
    targets, goals = chosen(page, filters)
    counts = dict(counts_of([*page.assessment.targets, *page.assessment.goals]))
    return {
        "filters": filters,
        "choices": choices(page),
        "statuses": [(verdict, counts.get(verdict, 0)) for verdict in VERDICTS],
        "groups": _groups(page, filters, targets),
        "goals": goals,
        "shown": len(targets),
        "all": len(page.assessment.targets),
        "all_goals": len(page.assessment.goals),
        "trend": lambda target: trend(page, target),
        "later": later_versions(page),
        "csv": page.url("targets.csv") if not page.query else f"/{page.language}/targets.csv?{page.query}",
    }


def later_versions(page: Page) -> dict[str, str]:
    """Say, for each target, what a later plan version made of it: moved to 2027."""
    index, _ = page.snapshot.index, page.words.gettext
    found = {}
    for result in page.assessment.targets:
        for id in result.superseded_by:
            later = index.targets[id][1] if id in index.targets else None
            if later and later.due and later.due != result.due:
                found[result.id] = _("moved to %(year)s") % {"year": later.due}
            elif later:
                found[result.id] = _("changed to %(amount)s") % {"amount": page.amount(later)}
    return found


def _groups(page: Page, filters: Filters, targets: Sequence[TargetResult]) -> list[Group]:
    if filters.sort != "action":
        return [Group("", "", "", "", targets)] if targets else []
    actions = page.snapshot.index.plan.actions
    named = [
        ("", page.words.gettext("Overall"), ""),
        *((a.id, page.label(a.short), page.url("actions", a.id)) for a in actions),
    ]
    groups = []
    for number, (id, name, href) in enumerate(named):
        rows = [target for target in targets if target.action == id]
        if rows:
            groups.append(Group(name, str(number) if number else "", counts_in_words(page, rows), href, rows))
    return groups


def trend(page: Page, target: TargetResult) -> Markup | None:
    """Draw the sparkline of a target; None under three points."""
    points = [(e.year, e.value) for e in target.series if e.value is not None and e.confidence != "low"]
    if len(points) < 3:
        return None
    words = page.words.gettext("%(span)s, dashed line: target") % {
        "span": wording.year_span(points[0][0], points[-1][0], page.language)
    }
    return spark(points, target.value, target.due, words, target.breaks)


#: Columns of the CSV: one row a target or goal, numbers in the unit of the plan; None where a goal has no such field.
_COLUMNS: tuple[tuple[str, Callable[[Any], object]], ...] = (
    ("id", lambda r: r.id),
    ("kind", lambda r: getattr(r, "kind", "goal")),
    ("action", lambda r: r.action),
    ("task", lambda r: r.task),
    ("label_zh", lambda r: r.label.zh),
    ("label_en", lambda r: r.label.en),
    ("indicator", lambda r: getattr(r, "indicator", "")),
    ("comparator", lambda r: getattr(r, "comparator", "")),
    ("value", lambda r: getattr(r, "value", None)),
    ("value_max", lambda r: getattr(r, "value_max", None)),
    ("unit", lambda r: getattr(r, "unit", "")),
    ("due", lambda r: r.due),
    ("status", lambda r: r.status),
    ("latest_value", lambda r: r.latest and r.latest.value),
    ("latest_year", lambda r: r.latest and r.latest.year),
    ("latest_status", lambda r: r.latest and r.latest.status),
    ("latest_confidence", lambda r: r.latest and r.latest.confidence),
    ("latest_source", lambda r: r.latest and r.latest.source),
    ("gap", lambda r: getattr(r, "gap", None)),
    ("owner", lambda r: r.owner),
    ("lead", lambda r: " ".join(r.lead)),
    ("joint", lambda r: " ".join(r.joint)),
    ("clause", lambda r: r.clause),
)


def table(page: Page) -> tuple[list[str], list[list[object]]]:
    """Give the filtered list as head and rows of a CSV file."""
    targets, goals = chosen(page, read(page))
    results: list[TargetResult | GoalResult] = [*targets, *goals]
    return [name for name, _ in _COLUMNS], [[of(result) for _, of in _COLUMNS] for result in results]
