"""The first page: the question, the counts, what is late and whose it is, what changed, what the districts must do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from dafeng.assess.result import VERDICTS, Change, GoalResult, TargetResult
from dafeng.report import wording
from dafeng.web import charts
from dafeng.web.charts.small import Tile, tiles
from dafeng.web.page import Page
from dafeng.web.views import headline

_LATE = ("overdue", "off_track", "at_risk")
_DUE_MOST, _CHANGES_MOST, _ITEMS_MOST = 6, 6, 3


@dataclass(frozen=True)
class Row:
    """One action's line of the tally."""

    name: str
    href: str
    targets: Sequence[TargetResult]
    goals: Sequence[GoalResult]
    words: str


@dataclass(frozen=True)
class Due:
    """One late target or goal."""

    result: TargetResult | GoalResult
    name: str
    href: str


def counts_of(results: Iterable[TargetResult | GoalResult]) -> list[tuple[str, int]]:
    """Count the verdicts that occur, in their order."""
    found = Counter(result.status for result in results)
    return [(verdict, found[verdict]) for verdict in VERDICTS if found[verdict]]


def counts_in_words(page: Page, results: Iterable[TargetResult | GoalResult]) -> str:
    """Say the counts: 2 项已达标，1 项按进度."""
    parts = []
    for verdict, count in counts_of(results):
        word = wording.VERDICT[verdict][page.language]
        parts.append(f"{count}{wording.NBSP}项{word}" if page.zh else f"{count} {word.lower()}")
    return wording.join(parts, page.language)


def by_verdict(results: Iterable[TargetResult]) -> list[TargetResult]:
    """Order results as the verdicts are ordered, then as the plan has them."""
    return sorted(results, key=lambda result: VERDICTS.index(result.status))


def tally(page: Page) -> list[Row]:
    """Give a line for the targets outside the actions, then one for each action."""
    assessment, index = page.assessment, page.snapshot.index
    rows = []
    for id, name in [("", page.words.gettext("Overall")), *((a.id, page.label(a.short)) for a in index.plan.actions)]:
        targets = by_verdict(t for t in assessment.targets if t.action == id)
        goals = sorted((g for g in assessment.goals if g.action == id), key=lambda g: VERDICTS.index(g.status))
        words = counts_in_words(page, targets)
        if goals and not targets:
            words = page.words.gettext("no numeric target")
        href = page.url("actions", id) if id else page.url("targets", action="overall")
        rows.append(Row(name, href, targets, goals, words))
    return rows


def show(page: Page) -> dict[str, Any]:
    """Give the values of the overview."""
    _ = page.words.gettext
    assessment, index = page.assessment, page.snapshot.index
    numbers = dict(counts_of(assessment.targets))
    late = _late(page)
    return {
        "headline": headline.compose(page),
        "plan": index.plan,
        "counts": [(verdict, numbers.get(verdict, 0)) for verdict in VERDICTS],
        "counts_title": _("%(all)s numeric targets: |%(met)s met, |%(none)s without published evidence")
        % {"all": len(assessment.targets), "met": numbers.get("met", 0), "none": numbers.get("no_evidence", 0)},
        "with_value": sum(1 for t in assessment.targets if t.latest is not None and t.latest.value is not None),
        "tally": tally(page),
        "due": late[:_DUE_MOST],
        "due_more": len(late[_DUE_MOST:]),
        "changes": news(page),
        "districts": _districts(page),
        "confirmed": _confirmed(page),
        "chance": wording.percent(page.outlook.peaks[0].probability) if page.outlook else "",
    }


def _confirmed(page: Page) -> str:
    """Say how often the peak test calls the series peaked, which asks more than a highest year; "" where not told."""
    share = page.outlook.peaks[0].confirmed if page.outlook else None
    return wording.percent(share) if share is not None else ""


def _late(page: Page) -> list[Due]:
    found: list[Due] = []
    for target in page.assessment.targets:
        if target.status in _LATE:
            name = f"{page.label(target.label)} {page.amount(target)}"
            name += _year(page, target.due)
            found.append(Due(target, name, page.url("targets", target.id)))
    for goal in page.assessment.goals:
        if goal.status in _LATE:
            found.append(Due(goal, page.label(goal.label), page.url("goals", goal.id)))
    return sorted(found, key=lambda due: _LATE.index(due.result.status))


def _year(page: Page, year: int | None) -> str:
    if year is None:
        return ""
    return f"（{year}{wording.NBSP}年）" if page.zh else f" ({year})"


@dataclass(frozen=True)
class News:
    """What one document brought on one date, and the verdict it led to."""

    date: str
    items: list[Markup]
    more: int
    effect: str


def news(page: Page) -> list[News]:
    """Group the changes of the last two years by date, document and verdict, newest first.

    A figure whose publication is not dated is left out, since when it came is not known; of each target only the newest
    change is told, and changes that turned a verdict go before those that did not.
    """
    today = page.assessment.as_of.isoformat()
    first: dict[str, Change] = {}
    changes = page.site.changes(page.snapshot, page.assessment)
    for change in sorted(changes, key=lambda change: (change.date, change.year), reverse=True):
        if change.date != today and page.snapshot.index.plan_of(change.target) == page.assessment.plan:
            first.setdefault(change.target, change)
    groups: dict[tuple[bool, str, str, str], list[Change]] = {}
    for change in first.values():
        turned = change.before != change.after
        groups.setdefault((turned, change.date, change.source, change.after if turned else ""), []).append(change)
    ranked = sorted(groups, key=lambda key: (key[0], key[1]), reverse=True)[:_CHANGES_MOST]
    return [_news(page, groups[key]) for key in sorted(ranked, key=lambda key: key[1], reverse=True)]


def _news(page: Page, changes: Sequence[Change]) -> News:
    _, ngettext = page.words.gettext, page.words.ngettext
    last = changes[0]
    after = wording.VERDICT[last.after][page.language]
    after = after if page.zh else after.lower()
    target = page.assessment.target(last.target)
    if last.before == last.after:
        effect = _("no verdict changed")
    elif len(changes) > 1:
        effect = ngettext("%(num)s target → %(verdict)s", "%(num)s targets → %(verdict)s", len(changes))
        effect %= {"num": len(changes), "verdict": after}
    elif target is not None:
        asked = f"{page.amount(target)}{_year(page, target.due)}"
        effect = _("target %(asked)s → %(verdict)s") % {"asked": asked, "verdict": after}
    else:
        effect = f"→ {after}"
    items = [_item(page, change) for change in changes[:_ITEMS_MOST]]
    return News(last.date, items, len(changes) - len(items), effect)


def _item(page: Page, change: Change) -> Markup:
    target = page.assessment.target(change.target)
    if target is None:
        goal = page.assessment.goal(change.target)
        return page.link(page.label(goal.label) if goal else change.target, "goals", change.target)
    words = page.link(page.label(target.label), "targets", target.id)
    if change.value is not None:
        figure = page.fact(page.q(change.value, change.unit, to=page.to(target)), target.indicator)
        return words + Markup(" {}{}").format(figure, _year(page, change.year))
    return words + ("：" if page.zh else ": ") + page.words.gettext("the due year is over")


def _districts(page: Page) -> dict[str, Any] | None:
    index = page.snapshot.index
    units = {unit.place: unit for unit in index.organisations.values() if unit.place}
    shown = [(p, p.tile, units.get(p.id)) for p in page.snapshot.city.places if p.tile is not None]
    if not shown:
        return None
    _, ngettext = page.words.gettext, page.words.ngettext
    tasks = {place.id: len(base_parts(page, unit.id)) if unit else 0 for place, _tile, unit in shown}
    levels = sorted(set(tasks.values()))
    step = {
        level: 1 if len(levels) == 1 else 1 + round(3 * rank / (len(levels) - 1)) for rank, level in enumerate(levels)
    }
    drawn = [
        Tile(
            tile.column, tile.row, page.label(place.label),
            ngettext("%(num)s task", "%(num)s tasks", tasks[place.id]) % {"num": tasks[place.id]},
            step[tasks[place.id]],
        )
        for place, tile, _unit in shown
    ]  # fmt: skip
    number = {"num": len(shown)}
    total = len(index.plan.tasks)
    title = _("Tasks given by name or to all districts")
    legend = [
        (
            f"q{step[level]}",
            (ngettext("%(num)s task", "%(num)s tasks", level) % {"num": level})
            + ("（" if page.zh else " (")
            + (ngettext("%(num)s district", "%(num)s districts", n) % {"num": n})
            + ("）" if page.zh else ")"),
        )
        for level in levels
        if (n := sum(1 for value in tasks.values() if value == level))
    ]
    return {
        "title": ngettext("The district", "The %(num)s districts", len(shown)) % number,
        "figure": charts.Figure(
            uid="tiles",
            title=title,
            subtitle=ngettext("the plan has %(num)s task", "tasks per district; the plan has %(num)s", total)
            % {"num": total},
            drawings=tiles(drawn, small=not page.zh).svg(
                "tiles", "only", title, wording.join([f"{t.name} {t.words}" for t in drawn], page.language)
            ),
            source=headline.source_line(page, [index.plan.document]),
        ),
        "legend": legend,
        **_district_data(page),
        "named": _named(page),
    }


def base_parts(page: Page, unit: str) -> list[Any]:
    """What a unit takes part in under the plan being assessed."""
    index = page.snapshot.index
    return [part for part in index.parts.get(unit, []) if part.plan.id == index.plan.id]


def _district_data(page: Page) -> dict[str, str]:
    """Say whether districts have emissions of their own in the facts."""
    _ = page.words.gettext
    places = {place.id for place in page.snapshot.city.places if place.tile is not None}
    own = {
        o.indicator
        for o in page.snapshot.city.facts
        if o.place in places and o.indicator.split(".")[0] in {"emissions", "energy"} and o.value is not None
    }
    if own:
        return {"note_title": "", "note": ""}
    return {
        "note_title": _("No district energy or emissions yet"),
        "note": _(
            "No published figure was found. Until one is, tiles show tasks; nothing is inferred from population."
        ),
    }


def _named(page: Page) -> list[tuple[Markup, list[tuple[str, str]]]]:
    """Group districts by the tasks that name them, groups such as all districts last."""
    index = page.snapshot.index
    districts = [u for u in index.organisations.values() if u.type == "district" and not u.members]
    groups = [u for u in index.organisations.values() if u.members and set(u.members) & {d.id for d in districts}]
    by_tasks: dict[tuple[str, ...], list[Markup]] = {}
    for unit in [*districts, *groups]:
        own = tuple(p.task.id for p in base_parts(page, unit.id) if p.role != "group")
        if own:
            by_tasks.setdefault(own, []).append(page.link(page.label(unit.short), "units", unit.id))
    return [
        (
            (Markup("、") if page.zh else Markup(", ")).join(names),
            [(task_href(page, id), page.label(index.tasks[id].title)) for id in own],
        )
        for own, names in by_tasks.items()
    ]


def task_href(page: Page, id: str) -> str:
    """Address of a task: a place on the page of its action, or of its chapter."""
    task = page.snapshot.index.tasks[id]
    base = page.url("actions", task.action) if task.action else page.url("chapters", task.chapter)
    return f"{base}#{id}"
