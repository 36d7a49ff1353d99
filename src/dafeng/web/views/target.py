"""One target: what was promised, what the evidence says, how the verdict came about, every source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from markupsafe import Markup

from dafeng.assess.result import Evidence, TargetResult
from dafeng.errors import NotFound
from dafeng.facts.observation import Observation
from dafeng.plan.schema import Plan, Target
from dafeng.report import wording
from dafeng.web import charts
from dafeng.web.charts.promise import Band, Promise, promise
from dafeng.web.page import Page
from dafeng.web.views.headline import source_line


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
        "projection": _projection(page, result),
        "facts": _facts(page, result),
        "chart": _figure(page, result),
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


def _projection(page: Page, t: TargetResult) -> str:
    p, _ = t.projection, page.words.gettext
    if p is None or t.due is None:
        return ""
    to = page.to(t)
    values = {
        "year": t.due,
        "value": page.q(p.value, t.unit, to=to),
        "low": page.q(p.low, t.unit, to=to),
        "high": page.q(p.high, t.unit, to=to),
    }
    text = _("At the pace so far the median for %(year)s is %(value)s, with an 80%% interval from %(low)s to %(high)s.")
    return wording.tidy(text % values)


def _facts(page: Page, t: TargetResult) -> list[tuple[str, str | Markup, str]]:
    """Give the grid of key figures: name, figure, remark. What is not known is left out."""
    _, to = page.words.gettext, page.to(t)
    found: list[tuple[str, str | Markup, str]] = []
    if t.latest is not None and t.latest.value is not None:
        remark = f"{t.latest.year}{' 年' if page.zh else ''} · {wording.FACT_STATUS[t.latest.status][page.language]}"
        if t.latest.stale:
            remark += " · " + _("too old to count")
        found.append((_("Latest"), Markup('<a class="num" href="#evidence">{}</a>').format(page.evidence(t.latest, to)), remark))
    if t.progress is not None and t.baseline is not None:
        base = page.q(t.baseline[1], t.unit, to=to)
        found.append((_("Way done"), wording.percent(t.progress), _("from %(value)s in %(year)s") % {"value": base, "year": t.baseline[0]}))
    if t.needed_per_year is not None and t.status not in {"met", "overdue"}:
        needed = page.q(t.needed_per_year, "百分点" if t.unit == "%" else t.unit, sign=True, to="" if t.unit == "%" else to)
        found.append((_("Needed each year"), needed, _last_step(page, t)))
    if t.projection is not None:
        found.append((_("Draws that reach it"), wording.percent(t.projection.probability), _("simple drift, not a scenario")))
    return found


def _last_step(page: Page, t: TargetResult) -> str:
    known = [e for e in t.series if e.value is not None and e.confidence != "low"]
    if len(known) < 2 or known[-1].year - known[-2].year != 1 or known[-1].year in t.breaks:
        return ""
    step = known[-1].value - known[-2].value  # type: ignore[operator]  # filtered above
    to = "" if t.unit == "%" else page.to(t)
    words = page.q(round(step, 9), "百分点" if t.unit == "%" else t.unit, sign=True, to=to)
    return page.words.gettext("%(change)s in %(year)s") % {"change": words, "year": known[-1].year}


def _figure(page: Page, t: TargetResult) -> charts.Figure | None:
    usable = [e for e in t.series if e.value is not None and e.confidence != "low"]
    if not usable or (len(usable) < 2 and t.due is None):
        return None
    _, to, lang = page.words.gettext, page.to(t), page.language

    def at(value: float) -> float:
        return wording.written(value, t.unit, lang, to).value

    points = [(float(e.year), at(e.value)) for e in usable]  # type: ignore[arg-type]  # filtered above
    say_number = wording.number
    main = None
    if t.due is not None:
        main = Promise(t.due, at(t.value), (_("target %(value)s") % {"value": say_number(at(t.value))}, f"{t.due}: {say_number(at(t.value))}"))
    band = None
    if t.projection is not None:
        p = t.projection
        band = Band(
            [(y, at(low), at(mid), at(high)) for y, low, mid, high in p.path],
            (_("median %(value)s") % {"value": say_number(at(p.value))}, say_number(at(p.value))),
            (_("80%% low %(value)s") % {"value": say_number(at(p.low))}, say_number(at(p.low))),
            (_("80%% high %(value)s") % {"value": say_number(at(p.high))}, say_number(at(p.high))),
        )
    path = [(float(year), at(value)) for year, value in t.path]
    unit = wording.unit_word(t.unit, lang, to)
    title = _title(page, t)
    drawing = promise(
        points,
        path=path,
        path_words=_("required path"),
        band=band,
        main=main,
        others=_others(page, t),
        unit=unit,
        tick=wording.number,
        say=lambda point: _("%(year)s: %(value)s") % {"year": int(point[0]), "value": say_number(point[1])},
        breaks=t.breaks,
    )
    name = page.label(t.label)
    columns, rows = _table(page, t, usable)
    return charts.Figure(
        uid="target",
        title=title,
        subtitle=f"{name}，{unit}" if page.zh and unit else f"{name}, {unit}" if unit else name,
        drawings=charts.draw("target", title, _describe(page, t), drawing),
        source=_chart_source(page, t, usable),
        columns=columns,
        rows=rows,
    )


def _title(page: Page, t: TargetResult) -> str:
    _ = page.words.gettext
    p = t.projection
    met = t.status == "met"
    if met:
        return _("The latest evidence satisfies the target")
    if t.status == "overdue":
        return _("The due year is over and the evidence falls short")
    if p is not None and t.required is not None:
        inside = p.low <= t.value <= p.high
        ahead = t.shortfall == 0 or t.status == "on_track"
        if ahead and inside:
            return _("On the required path; the interval straddles the target")
        if ahead:
            return _("On the required path")
        if inside:
            return _("Behind the required path; the interval straddles the target")
    if t.status == "on_track":
        return _("On the required path")
    if t.status in {"at_risk", "off_track"}:
        return _("Behind the required path")
    return _("What has been published, and what was promised")


def _describe(page: Page, t: TargetResult) -> str:
    to = page.to(t)
    parts = [page.label(t.reason)]
    if t.projection is not None:
        parts.append(_projection(page, t))
    parts.append(page.words.gettext("Target: %(amount)s.") % {"amount": wording.amount(t, page.language, to)})
    return "".join(parts) if page.zh else " ".join(parts)


def _others(page: Page, t: TargetResult) -> list[Promise]:
    """Other targets on the same quantity: milestones of this plan, and what later versions say."""
    found = []
    index = page.snapshot.index
    for plan, target in index.targets.values():
        same = target.indicator == t.indicator and target.direction == t.direction and target.unit == t.unit
        if not same or target.id == t.id or target.due is None or target.baseline_year != t.baseline_year:
            continue
        value = wording.written(target.value, t.unit, page.language, page.to(t)).value
        words = page.words.gettext("%(year)s: %(value)s") % {"year": target.due, "value": wording.number(value)}
        found.append(Promise(target.due, value, (plan_name(page, plan), words), later=plan.id != t.plan))
    return found


def plan_name(page: Page, plan: Plan) -> str:
    """Name a version of the plan briefly, by the year it was issued."""
    return page.words.gettext("%(year)s plan") % {"year": plan.issued[:4]}


def _chart_source(page: Page, t: TargetResult, usable: Sequence[Evidence]) -> str:
    documents = [e.source for e in usable if e.source in page.snapshot.city.documents]
    line = source_line(page, [*documents, page.snapshot.index.targets[t.id][0].document])
    if t.projection is None:
        return line
    note = page.words.gettext(
        "Blue band: 80%% interval of a simple drift over %(num)s figures; it is not a scenario."
    ) % {"num": t.projection.points}
    return line + ("" if page.zh else " ") + note


def _table(page: Page, t: TargetResult, usable: Sequence[Evidence]) -> tuple[list[charts.Column], list[list[str | Markup]]]:
    _, to = page.words.gettext, page.to(t)
    observed = {e.year: e.value for e in usable}
    required = dict(_filled(t.path))
    band = {y: (low, mid, high) for y, low, mid, high in t.projection.path} if t.projection else {}
    columns = [charts.Column(_("Year")), charts.Column(_("Evidence"))]
    if required:
        columns.append(charts.Column(_("Required")))
    if band:
        columns += [charts.Column(_("Median")), charts.Column(_("80%% interval") % {})]

    def cell(value: float | None, exact: bool = False) -> str:
        return page.q(value, t.unit, to=to, exact=exact) if value is not None else "—"

    rows: list[list[str | Markup]] = []
    for year in sorted({*observed, *required, *band}):
        row: list[str | Markup] = [str(year), cell(observed.get(year), exact=True)]
        if required:
            row.append(cell(required.get(year)))
        if band:
            low, mid, high = band.get(year, (None, None, None))
            row += [cell(mid), f"{cell(low)} – {cell(high)}" if mid is not None else "—"]
        rows.append(row)
    return columns, rows


def _filled(path: Sequence[tuple[int, float]]) -> list[tuple[int, float]]:
    """Every year of a path given by its corners."""
    out: list[tuple[int, float]] = list(path[:1])
    for (ya, va), (yb, vb) in pairwise(path):
        out += [(y, va + (vb - va) * (y - ya) / (yb - ya)) for y in range(ya + 1, yb + 1)]
    return out


def versions(page: Page, target: Target) -> list[Version]:
    """What each version of the plan says on the quantity of a target, oldest first."""
    index = page.snapshot.index
    return [
        Version(plan, other, other.id == target.id, page.label(other.change))
        for plan, other in index.targets.values()
        if other.indicator == target.indicator and other.direction == target.direction
    ]


def sources(page: Page, t: TargetResult) -> list[Source]:
    """Every figure on the target's quantity with its source, newest first, those not chosen among them."""
    city, indicator = page.snapshot.city, page.snapshot.city.indicators.get(t.indicator)
    series = city.facts.series(t.indicator, page.snapshot.city.id, known_on=page.assessment.as_of) if indicator else None
    if series is None or not (series.points or series.others):
        return [_from_evidence(page, e) for e in reversed(t.series)]
    chosen = {id(o) for o in series.points}
    everything = sorted([*series.points, *series.others], key=lambda o: (o.period.end, id(o) in chosen, o.vintage), reverse=True)
    return [from_observation(page, o, id(o) in chosen) for o in everything]


def from_observation(page: Page, o: Observation, chosen: bool) -> Source:
    """Make a line of an observation."""
    return Source(
        period=str(o.period).replace("/", "—" if page.zh else "\u2013"),
        value=page.q(o.value, o.unit, exact=True),
        status=o.status, confidence=o.confidence, document=o.source, locator=o.locator, published=o.vintage,
        note=page.note(o.note), chosen=chosen,
    )  # fmt: skip


def _from_evidence(page: Page, e: Evidence) -> Source:
    return Source(
        period=str(e.year), value=page.q(e.value, e.unit, exact=True), status=e.status, confidence=e.confidence,
        document=e.source, locator=e.locator, published=e.date, note=page.note(e.note), chosen=True,
    )  # fmt: skip
