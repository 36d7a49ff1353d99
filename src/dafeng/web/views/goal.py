"""One goal that names no number: its verdict, the figures or notes behind it, whose it is."""

from __future__ import annotations

from typing import Any

from dafeng.assess.result import GoalResult
from dafeng.errors import NotFound
from dafeng.report import wording
from dafeng.web import charts
from dafeng.web.charts.record import plain
from dafeng.web.page import Page
from dafeng.web.views.headline import source_line
from dafeng.web.views.target import listed


def show(page: Page, id: str) -> dict[str, Any]:
    """Give the values of one goal's page. Raises NotFound."""
    index = page.snapshot.index
    result = page.assessment.goal(id)
    if result is None:
        raise NotFound("goal", id, [goal.id for goal in page.assessment.goals])
    plan, declared = index.goals[id]
    rule = declared.rule
    return {
        "g": result,
        "plan": plan,
        "declared": declared,
        "chart": _figure(page, result),
        "sources": _sources(page, rule.indicator) if rule else [],
        "indicator": page.snapshot.city.indicators.get(rule.indicator) if rule else None,
        "task": index.tasks.get(result.task),
        "action": index.actions.get(result.action),
    }


def _sources(page: Page, indicator: str) -> list[Any]:
    series = page.snapshot.city.facts.series(indicator, page.snapshot.city.id, known_on=page.assessment.as_of)
    return listed(page, series.points, series.others)


def _figure(page: Page, g: GoalResult) -> charts.Figure | None:
    usable = [e for e in g.series if e.value is not None and e.confidence != "low"]
    if len(usable) < 2:
        return None
    unit = usable[-1].unit
    points = [
        (float(e.year), wording.written(e.value, unit, page.language).value) for e in usable if e.value is not None
    ]
    axis = wording.unit_word(unit, page.language)
    title = page.label(g.reason).rstrip("。.")
    rule = page.snapshot.index.goals[g.id][1].rule
    since = (rule.since, page.words.gettext("counted from %(year)s") % {"year": rule.since}) if rule else None
    return charts.Figure(
        uid="goal",
        title=title,
        subtitle=wording.join(
            [page.label(page.snapshot.city.indicators[rule.indicator].label) if rule else "", axis], page.language
        ),
        drawings=charts.draw(
            "goal",
            title,
            page.label(g.reason),
            plain(
                [("", "ev", points)],
                unit=axis,
                since=since,
                tick=wording.number,
                say=lambda point: (
                    page.words.gettext("%(year)s: %(value)s")
                    % {"year": int(point[0]), "value": wording.number(point[1])}
                ),
            ),
        ),
        source=source_line(page, [e.source for e in usable if e.source in page.snapshot.city.documents]),
    )
