"""Where any number of a city comes from: a target, a goal, a computed quantity or an observed one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from dafeng.errors import NotFound, Refused
from dafeng.facts.observation import Observation
from dafeng.lineage import Node

if TYPE_CHECKING:
    from dafeng.assess.result import Assessment
    from dafeng.city import City


def explain(city: City, id: str, assessment: Assessment, year: int | None = None) -> Node:
    """Give the tree under a target, a goal, a variable or an indicator, as known on the day of the assessment.

    A variable is explained in `year`, or in the last year it has a value; an indicator in `year`, or in all years. For
    a target with a `year` its indicator is explained.

    Raises:
        NotFound: the id names none of these, or nothing is known in that year.
        Refused: a year is given for a goal.
    """
    target, goal = assessment.target(id), assessment.goal(id)
    if target is not None:
        return target.lineage if year is None else explain(city, target.indicator, assessment, year)
    if goal is not None:
        if year is not None:
            raise Refused(f"goal '{id}': a goal has no figure of a single year. Leave the year out.")
        return goal.lineage
    variables = [variable.id for variable in city.model.variables()]
    if id in variables:
        years = [found for found, _ in city.computed(id, assessment.as_of)]
        chosen = year if year is not None else max(years, default=None)
        if chosen is None or chosen not in years:
            raise NotFound("year of this variable", str(year or ""), [str(found) for found in years])
        return city.explain(id, chosen, assessment.as_of)
    if id in city.indicators:
        return _observed(city, id, assessment.as_of, year)
    known = (*(item.id for item in assessment.targets), *(item.id for item in assessment.goals), *variables)
    raise NotFound("target, goal, variable or indicator", id, (*known, *city.indicators))


def _observed(city: City, id: str, day: date, year: int | None) -> Node:
    indicator = city.indicators[id]
    found = city.facts.find(indicator=id, year=year, known_on=day)
    if year is not None and not found:
        years = {str(fact.period.year) for fact in city.facts.find(indicator=id, known_on=day)}
        raise NotFound("year of this indicator", str(year), sorted(years))
    return Node("fact", id, indicator.label, unit=indicator.unit, year=year, children=tuple(_facts(city, found)))


def _facts(city: City, facts: Iterable[Observation]) -> Iterable[Node]:
    for fact in sorted(facts, key=lambda item: (item.place, item.dims, item.period, item.source)):
        document = city.documents.get(fact.source)
        leaf = Node("document", fact.source, ref=fact.source, note=document.title if document else "")
        yield Node(
            "fact",
            fact.id,
            value=fact.value,
            unit=fact.unit,
            year=fact.period.year,
            ref=fact.locator,
            status=fact.status,
            confidence=fact.confidence,
            note=fact.note,
            children=(leaf,),
        )
