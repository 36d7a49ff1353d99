"""One target: what was promised, what the evidence says, how the verdict came about, every source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from dafeng.assess.outlook import disagrees
from dafeng.assess.result import Evidence, TargetResult
from dafeng.errors import NotFound
from dafeng.facts.observation import Observation
from dafeng.plan.schema import Plan, Target
from dafeng.report import wording
from dafeng.web.page import Page
from dafeng.web.views import target_chart


@dataclass(frozen=True)
class Source:
    """One line of the evidence table."""

    period: str
    value: str
    status: str
    confidence: str
    document: str
    locator: str
    published: str
    note: str
    chosen: bool


@dataclass(frozen=True)
class Version:
    """What one version of the plan says on the same quantity."""

    plan: Plan
    target: Target
    current: bool
    change: str


def show(page: Page, id: str) -> dict[str, Any]:
    """Give the values of one target's page. Raises NotFound."""
    index = page.snapshot.index
    result = page.assessment.target(id)
    if result is None:
        if id in index.targets:
            return unjudged(page, id)
        raise NotFound("target", id, index.targets)
    return {
        "t": result,
        "declared": index.targets[id][1],
        "plan": index.targets[id][0],
        "heading": _heading(page, result),
        "projection": target_chart.projected(page, result),
        "facts": _facts(page, result),
        "hourly": by_hour(page, result),
        "chart": target_chart.figure(page, result),
        "versions": versions(page, index.targets[id][1]),
        "sources": sources(page, result),
        "indicator": page.snapshot.city.indicators.get(result.indicator),
        "task": index.tasks.get(result.task),
        "action": index.actions.get(result.action),
    }


def unjudged(page: Page, id: str) -> dict[str, Any]:
    """Give the values of a target of a version not issued on the date of assessment: it is shown, not judged."""
    plan, target = page.snapshot.index.targets[id]
    return {
        "t": None,
        "declared": target,
        "plan": plan,
        "heading": _heading(page, target),
        "versions": versions(page, target),
        "indicator": page.snapshot.city.indicators.get(target.indicator),
    }


def _heading(page: Page, target: TargetResult | Target) -> str:
    """A target in one line, with the places where it may break marked."""
    phrases = wording.headline(target, page.name(target), page.language, page.to(target))
    return ("|" if page.zh else " |").join(phrases)


def _facts(page: Page, t: TargetResult) -> list[tuple[str, str | Markup, str]]:
    """Give the grid of key figures: name, figure, remark. What is not known is left out."""
    _, to = page.words.gettext, page.to(t)
    found: list[tuple[str, str | Markup, str]] = []
    if t.latest is not None and t.latest.value is not None:
        remark = f"{t.latest.year}{' 年' if page.zh else ''} · {wording.FACT_STATUS[t.latest.status][page.language]}"
        if t.latest.stale:
            remark += " · " + _("too old to count")
        found.append(
            (_("Latest"), Markup('<a class="num" href="#evidence">{}</a>').format(page.evidence(t.latest, to)), remark)
        )
    if t.progress is not None and t.baseline is not None:
        base = page.q(t.baseline[1], t.unit, to=to)
        found.append(
            (
                _("Way done"),
                wording.percent(t.progress),
                _("from %(value)s in %(year)s") % {"value": base, "year": t.baseline[0]},
            )
        )
    if t.needed_per_year is not None and t.status not in {"met", "overdue"}:
        needed = page.q(
            t.needed_per_year, "百分点" if t.unit == "%" else t.unit, sign=True, to="" if t.unit == "%" else to
        )
        found.append((_("Needed each year"), needed, _last_step(page, t)))
    ahead = page.outlook.targets.get(t.id) if page.outlook else None
    if page.outlook is not None and ahead is not None:
        value = Markup('<a class="num" href="{}">{}</a>').format(
            page.url("pathway"), page.q(ahead.value, t.unit, to=to)
        )
        remark = page.label(page.outlook.label)
        if ahead.probability is not None:
            ends = {"low": page.q(ahead.low, t.unit, to=to), "high": page.q(ahead.high, t.unit, to=to)}
            remark += " · " + _("90%% between %(low)s and %(high)s") % ends
            remark += " · " + _("met in %(share)s of the draws") % {"share": wording.percent(ahead.probability)}
        found.append((_("Scenario, %(year)s") % {"year": t.due}, value, remark))
    if t.projection is not None:
        remark = _("the scenario says otherwise") if disagrees(ahead, t) else _("simple drift, not a scenario")
        found.append((_("Draws that reach it"), wording.percent(t.projection.probability), remark))
    return found


@dataclass(frozen=True)
class Hour:
    """What one answer of the hourly power system says of the target in one year."""

    css: str
    word: str
    year: int
    figure: str
    remark: str
    to: str


def by_hour(page: Page, t: TargetResult) -> list[Hour]:
    """List what the certified answers of the hourly power system say of a target."""
    _ = page.words.gettext
    words = {"holds": ("met", _("Holds")), "misses": ("off", _("Misses")), "absent": ("none", _("No figure"))}
    out = []
    for each in page.hourly(t.id):
        parts = [_("coupled with %(scenario)s") if each.coupled else each.scenario or _("least cost")]
        parts = [part % {"scenario": _scenario(page, each.scenario)} for part in parts]
        parts += [_("synthetic hours")] if each.synthetic else []
        parts += [] if each.fresh else [_("earlier data")]
        figure = page.label(each.reason)
        if each.value is not None:
            figure = page.q(float(f"{each.value:.4g}"), each.unit, to=page.to(t))
        slug = ("power", "coupling") if each.coupled else ("power",)
        to = page.url(*slug, a=f"pack{each.answer.removeprefix('answer')}", as_of=None)
        out.append(Hour(*words[each.verdict], each.year, figure, wording.join(parts, page.language), to))
    return out


def _scenario(page: Page, id: str) -> str:
    ahead = page.outlook
    return page.label(ahead.label) if ahead is not None and ahead.scenario == id else id


def _last_step(page: Page, t: TargetResult) -> str:
    known = [e for e in t.series if e.value is not None and e.confidence != "low"]
    if len(known) < 2 or known[-1].year - known[-2].year != 1 or known[-1].year in t.breaks:
        return ""
    step = known[-1].value - known[-2].value  # type: ignore[operator]  # filtered above
    to = "" if t.unit == "%" else page.to(t)
    words = page.q(round(step, 9), "百分点" if t.unit == "%" else t.unit, sign=True, to=to)
    return page.words.gettext("%(change)s in %(year)s") % {"change": words, "year": known[-1].year}


def versions(page: Page, target: Target) -> list[Version]:
    """What each version of the plan says on the quantity of a target, oldest first."""
    index = page.snapshot.index
    return [
        Version(plan, other, other.id == target.id, page.label(other.change))
        for plan, other in index.targets.values()
        if other.indicator == target.indicator and other.direction == target.direction
    ]


def sources(page: Page, t: TargetResult) -> list[Source]:
    """Every figure on the target's quantity with its source, newest first.

    Among them are those that were not chosen, and what is stated about figures that are not there.
    """
    city = page.snapshot.city
    place, known_on = city.id, page.assessment.as_of
    series = city.facts.series(t.indicator, place, known_on=known_on)
    absent = city.facts.absent(t.indicator, place, known_on)
    if not (series.points or series.others):
        figures = [_from_evidence(page, e, page.to(t)) for e in reversed(t.series)]
        return [*(from_observation(page, o, True) for o in absent), *figures]
    return listed(page, [*series.points, *absent], series.others)


def listed(page: Page, standing: Sequence[Observation], others: Sequence[Observation]) -> list[Source]:
    """Make lines of figures that stand and of others, newest period first, the standing one first in each."""
    everything = [(o, True) for o in standing] + [(o, False) for o in others]
    everything.sort(key=lambda item: (item[0].period.end, item[0].period.start, item[1], item[0].vintage), reverse=True)
    return [from_observation(page, o, stands) for o, stands in everything]


def from_observation(page: Page, o: Observation, chosen: bool) -> Source:
    """Make a line of an observation."""
    return Source(
        period=page.period(o.period),
        value=page.q(o.value, o.unit, exact=True, to=page.display_for(o.indicator, o.unit)),
        status=o.status, confidence=o.confidence, document=o.source, locator=o.locator, published=o.vintage,
        note=page.note(o.note), chosen=chosen,
    )  # fmt: skip


def _from_evidence(page: Page, e: Evidence, to: str) -> Source:
    """Make a line of a figure a formula computed; what it derives has no more digits than text."""
    return Source(
        period=str(e.year),
        value=page.q(e.value, e.unit, exact=e.status != "derived", to=to),
        status=e.status,
        confidence=e.confidence,
        document=e.source,
        locator=e.locator,
        published=e.date,
        note=page.note(e.note),
        chosen=True,
    )
