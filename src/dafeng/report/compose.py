"""Records that need more of the city than one result: a plan with its units, a unit with its tasks, facts by title."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dafeng import __version__
from dafeng.city.rules import GOAL_FLAGS, GOAL_NUMBERS, TARGET_FLAGS, TARGET_NUMBERS
from dafeng.facts.observation import OBSERVED, Observation
from dafeng.plan.schema import Organisation, Plan
from dafeng.report import select
from dafeng.report.records import (
    CityRecord,
    DocumentDetail,
    DocumentRecord,
    FactRecord,
    HealthRecord,
    HoldingsRecord,
    IndicatorDetail,
    IndicatorRecord,
    IndicatorSummary,
    MethodsRecord,
    PlaceRecord,
    PlanRecord,
    PlanSummary,
    ProjectionMethod,
    RuleRecord,
    ThresholdRecord,
    UnitDetail,
    UnitRecord,
)

if TYPE_CHECKING:
    from dafeng.city import City


def city_record(city: City, as_of: date) -> CityRecord:
    """Give the city, its places and plans, and how much of everything its pack holds."""
    return CityRecord(
        id=city.id,
        label=city.label,
        version=city.version,
        as_of=as_of,
        places=[PlaceRecord.of(place) for place in city.places],
        plans=[PlanSummary.of(plan) for plan in city.plans],
        holds=HoldingsRecord(
            actions=len({item.id for plan in city.plans for item in plan.actions}),
            tasks=sum(len(plan.tasks) for plan in city.plans),
            targets=sum(len(plan.targets) for plan in city.plans),
            goals=sum(len(plan.goals) for plan in city.plans),
            organisations=len(city.organisations),
            indicators=len(city.indicators),
            facts=len(city.facts.observations),
            documents=len(city.documents),
        ),
    )


def methods_record(city: City, as_of: date) -> MethodsRecord:
    """Give the rules of the assessment and what the words of their conditions mean."""
    rules = city.rules
    return MethodsRecord(
        city=city.id,
        as_of=as_of,
        thresholds=[
            ThresholdRecord(id=id, value=item.value, label=item.label) for id, item in rules.thresholds.items()
        ],
        projection=ProjectionMethod.of(rules.projection),
        targets=[RuleRecord.of(rule) for rule in rules.targets],
        goals=[RuleRecord.of(rule) for rule in rules.goals],
        words={**GOAL_FLAGS, **GOAL_NUMBERS, **TARGET_FLAGS, **TARGET_NUMBERS},
    )


def health_record(city: City, as_of: date) -> HealthRecord:
    """Tell that the city is loaded."""
    return HealthRecord(status="ok", version=__version__, city=city.id, city_version=city.version, as_of=as_of)


def plan_record(city: City, id: str | None = None) -> PlanRecord:
    """Give a plan with its parts and the units that its tasks name; the plan that the others amend by default."""
    plan = city.plan(id)
    return PlanRecord.build(city.id, plan, units_of(city, plan))


def units_of(city: City, plan: Plan) -> tuple[Organisation, ...]:
    """List the units that the tasks and targets of a plan name, members of groups included, as the pack lists them."""
    named = {unit for task in plan.tasks for unit in task.units} | {unit for part in plan.targets for unit in part.lead}
    groups = {unit.id: unit.members for unit in city.organisations}
    for unit in tuple(named):
        named.update(groups.get(unit, ()))
    return tuple(unit for unit in city.organisations if unit.id in named)


def unit_record(city: City, name: str, plan: str | None = None) -> UnitDetail:
    """Give a unit and its tasks in one plan. It leads a task that names it as leading, or first where none leads."""
    unit = select.find_unit(city.organisations, name)
    ids = select.unit_ids(city.organisations, unit)
    chosen = city.plan(plan)
    leading = {task.id for task in chosen.tasks if ids & {*(task.lead or task.units[:1])}}
    taking_part = [task.id for task in chosen.tasks if ids & {*task.units}]
    return UnitDetail(
        **UnitRecord.of(unit).model_dump(),
        city=city.id,
        plan=chosen.id,
        groups=sorted(ids - {unit.id}),
        lead_tasks=[id for id in taking_part if id in leading],
        joint_tasks=[id for id in taking_part if id not in leading],
    )


def indicator_record(city: City, id: str) -> IndicatorDetail:
    """Give an indicator, the targets set on it and where it was observed."""
    indicator = select.one(city.indicators.values(), "indicator", id)
    found = [fact for fact in city.facts.observations if fact.indicator == id]
    return IndicatorDetail(
        **IndicatorRecord.of(indicator).model_dump(),
        city=city.id,
        targets=[target.id for plan in city.plans for target in plan.targets if target.indicator == id],
        facts=len(found),
        places=list(dict.fromkeys(fact.place for fact in found)),
    )


def indicator_summaries(city: City, known_on: date) -> list[IndicatorSummary]:
    """List every indicator with the number of its facts known on a day, and the first and last year they speak of."""
    years: dict[str, list[int]] = defaultdict(list)
    for fact in city.facts.visible(known_on):
        years[fact.indicator].append(fact.period.year)
    return [
        IndicatorSummary(
            id=item.id,
            label=item.label,
            unit=item.unit,
            variable=item.variable,
            facts=len(years[item.id]),
            first=min(years[item.id], default=None),
            last=max(years[item.id], default=None),
        )
        for item in city.indicators.values()
    ]


def document_record(city: City, id: str) -> DocumentDetail:
    """Give a document and what rests on it."""
    document = select.one(city.documents.values(), "document", id)
    found = Counter(fact.indicator for fact in city.facts.observations if fact.source == id)
    return DocumentDetail(
        **DocumentRecord.of(document).model_dump(),
        city=city.id,
        plans=[plan.id for plan in city.plans if plan.document == id],
        facts=found.total(),
        indicators=sorted(found),
    )


@dataclass(frozen=True, slots=True)
class FactFilter:
    """Which facts are wanted; None keeps all. `known_on` takes away what was published later."""

    indicator: str | None = None
    place: str | None = None
    year: int | None = None
    source: str | None = None
    status: frozenset[str] = frozenset()
    known_on: date | None = None
    chosen: bool = False


def facts(city: City, wanted: FactFilter) -> list[Observation]:
    """List facts by indicator, place, period and source.

    Raises NotFound where the filter names an indicator, place or document that the city does not have.
    """
    if wanted.indicator:
        select.one(city.indicators.values(), "indicator", wanted.indicator)
    if wanted.place:
        select.one(city.places, "place", wanted.place)
    if wanted.source:
        select.one(city.documents.values(), "document", wanted.source)
    rows = list(
        city.facts.find(
            indicator=wanted.indicator or "",
            place=wanted.place or "",
            source=wanted.source or "",
            statuses=wanted.status,
            year=wanted.year,
            known_on=wanted.known_on,
        )
    )
    if wanted.chosen:
        standing = _standing(city, rows, wanted.known_on)
        rows = [fact for fact in rows if id(fact) in standing]
    return sorted(
        rows, key=lambda fact: (fact.indicator, fact.place, fact.dims, fact.period, fact.source, fact.vintage)
    )


def _standing(city: City, rows: Iterable[Observation], known_on: date | None) -> set[int]:
    series = {(fact.indicator, fact.place, fact.dims) for fact in rows}
    return {
        id(point)
        for indicator, place, dims in series
        for point in city.facts.series(indicator, place, dims, known_on=known_on, statuses=OBSERVED).points
    }


def fact_records(city: City, rows: Sequence[Observation], known_on: date | None) -> list[FactRecord]:
    """Make records of facts, each with the title of its source and whether it stands for its period on a day."""
    standing = _standing(city, rows, known_on)
    return [FactRecord.build(fact, city.documents.get(fact.source), id(fact) in standing) for fact in rows]
