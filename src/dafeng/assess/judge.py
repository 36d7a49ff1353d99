"""The verdict on one target: what is known of it, and the first rule that fits."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from typing import cast

from dafeng.assess import words
from dafeng.assess.answering import Answering
from dafeng.assess.evidence import age
from dafeng.assess.findings import Findings, gather
from dafeng.assess.measure import declared_baseline
from dafeng.assess.result import Evidence, TargetResult, Verdict
from dafeng.assess.tree import lineage
from dafeng.city.city import City
from dafeng.city.rules import TARGET_BLANKS, Case, Rule
from dafeng.labels import LANGUAGES, Label, Language
from dafeng.plan.schema import Plan, Target


def judge(city: City, plan: Plan, target: Target, as_of: date, later: Mapping[str, tuple[str, ...]]) -> TargetResult:
    """Give the verdict on one target; `later` names for each target the ones that supersede it."""
    found = gather(city, plan, target, as_of)
    rule = city.rules.decide(city.rules.targets, _case(found))
    return _result(found, rule, later.get(target.id, ()))


def _case(found: Findings) -> Case:
    latest, due, as_of = found.latest, found.due, found.as_of
    value, year = (latest.value, latest.year) if latest else (0.0, 0)
    return Case(
        flags={
            "has_evidence": latest is not None,
            "has_low": found.low is not None,
            "awaited": bool(found.awaited),
            "stale": latest is not None and found.stale(year),
            "satisfied": found.satisfied and not found.limit_open,
            "limit_open": found.limit_open,
            "part_of_period": found.part_of_period,
            "has_due": due is not None,
            "due_passed": found.due_passed,
            "predates_due": latest is not None and due is not None and year < due,
            "standard": found.target.kind == "standard",
            "has_path": found.behind is not None,
            "wrong_way": latest is not None and found.path is not None and found.path.backwards(value),
            "missing_link": found.measured.missing is not None,
        },
        numbers={
            "age": age(year, as_of) if latest else None,
            "behind": found.behind,
            "progress": found.path.progress(value) if found.path and latest else None,
            "probability": found.projection.probability if found.projection else None,
            "years_left": None if due is None else float(due - as_of.year),
            "points": float(sum(figure.decides for figure in found.measured.levels)),
        },
    )


def _result(found: Findings, rule: Rule, superseded_by: tuple[str, ...]) -> TargetResult:
    target, latest, path = found.target, found.latest, found.path
    answering = Answering.of(found.plan, target.task, target.lead)
    value = latest.value if latest else None
    base_year, base_value = found.measured.base_year, found.measured.base_value
    return TargetResult(
        id=target.id,
        plan=found.plan.id,
        action=target.action,
        task=target.task,
        indicator=target.indicator,
        label=target.label or found.indicator.label,
        comparator=target.comparator,
        strict=target.strict,
        value=target.value,
        value_max=target.value_max,
        unit=target.unit,
        year=target.year,
        period=target.period,
        due=found.due,
        direction=target.direction,
        baseline_year=declared_baseline(target, found.plan) if found.measure != "level" else target.baseline_year,
        hedge=target.hedge,
        strength=target.strength,
        kind=target.kind,
        measure=found.measure,
        clause=target.clause,
        status=cast(Verdict, rule.verdict),
        rule=rule.id,
        reason=_reason(found, rule),
        latest=_latest(found),
        gap=None if value is None else found.demand.gap(value),
        shortfall=None if value is None else found.demand.shortfall(value),
        baseline=None if base_year is None or base_value is None else (base_year, base_value),
        required=path.at(latest.year) if path and latest and found.behind is not None else None,
        path=path.years() if path else (),
        progress=path.progress(value) if path and value is not None else None,
        needed_per_year=_needed(found),
        projection=found.projection,
        series=tuple(figure.evidence(stale=found.stale(figure.year)) for figure in found.measured.figures),
        breaks=found.measured.breaks,
        lead=answering.lead,
        joint=answering.joint,
        owner=answering.owner,
        supersedes=target.supersedes,
        superseded_by=superseded_by,
        lineage=lineage(found, rule),
    )


def _latest(found: Findings) -> Evidence | None:
    """Show the figure that decides; where only an official one is awaited, its year without a value."""
    figure = found.shown
    if figure is not None:
        return figure.evidence(stale=found.stale(figure.year))
    if not found.awaited:
        return None
    return Evidence(
        value=None,
        year=found.awaited.years[-1],
        unit=found.target.unit,
        source=found.awaited.source,
        status="awaiting_verification",
        confidence="none",
        observation="",
    )


def _needed(found: Findings) -> float | None:
    """Give the yearly change still needed; None where there is no figure, no due year, or no time left."""
    latest, due = found.latest, found.due
    if latest is None or due is None or latest.year >= due or found.due_passed:
        return None
    return 0.0 if found.satisfied else (found.demand.goal - latest.value) / (due - latest.year)


def _reason(found: Findings, rule: Rule) -> Label:
    """Fill the rule's sentence with the figures of the case."""
    filled = {language: rule.reason[language].format(**_blanks(found, language)) for language in LANGUAGES}
    return Label(zh=filled["zh"], en=words.sentence(filled["en"]))


def _blanks(found: Findings, language: Language) -> dict[str, object]:
    figure, target, indicator, known = found.shown, found.target, found.indicator, found.measured
    blanks: dict[str, object] = dict.fromkeys(TARGET_BLANKS, "")
    blanks["target"] = words.demanded(target, indicator, language)
    blanks["due"] = found.end
    blanks["baseline_year"], blanks["declared"], blanks["missing"] = known.base_year, known.declared, known.missing
    blanks["limit"] = words.number(found.city.rules.threshold("max_age_years"))
    blanks["awaited"] = words.pending(found.awaited.years, found.awaited.why)[language]
    if known.base_value is not None:
        blanks["baseline"] = words.amount(target, indicator, known.base_value, language)
    if figure is not None:
        blanks["latest"] = words.amount(target, indicator, figure.value, language)
        blanks["reads"] = words.reads(target, indicator, figure.value, figure.bound, language)
        blanks["year"] = figure.year
        blanks["gap"] = words.distance(target, indicator, found.demand.gap(figure.value), language)
        blanks["age"] = words.number(round(age(figure.year, found.as_of), 1))
        required = found.path.at(figure.year) if found.path else None
        if required is not None:
            blanks["required"] = words.amount(target, indicator, required, language)
    if found.behind is not None and math.isfinite(found.behind):
        blanks["behind"] = words.percent(found.behind)
    needed = _needed(found)
    if needed is not None:
        blanks["needed"] = words.distance(target, indicator, needed, language)
    return blanks
