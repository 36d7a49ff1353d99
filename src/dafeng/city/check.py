"""What only the whole pack shows: whether plans, facts, documents and formulas fit each other."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from dafeng import units
from dafeng.city.measure import RELATIVE, measure_of
from dafeng.errors import Collector, FaultsFound, UnitError, nearest
from dafeng.facts.indicator import Indicator
from dafeng.plan.plans import Plans, references
from dafeng.store import yamlfile

if TYPE_CHECKING:
    from dafeng.city.city import City
    from dafeng.plan.schema import Target


def check_targets(
    plans: Plans, indicators: Mapping[str, Indicator], documents: Collection[str] | None, faults: Collector
) -> None:
    """Note every name in the plan files that nothing declares, and every target its indicator cannot answer.

    `documents` is None where they could not be read; indicators are empty then likewise, and nothing is said of them.
    """
    known = {"indicator": indicators or None, "document": documents}
    for reference in references(plans):
        declared = known[reference.kind]
        if declared is not None and reference.id not in declared:
            near = nearest(reference.id, declared)
            faults.add(
                f"unknown-{reference.kind}",
                reference.place,
                f"no {reference.kind} is called '{reference.id}'",
                f"Did you mean {' or '.join(repr(id) for id in near)}?" if near else f"Declare it in {reference.kind}s.yaml",
            )
    for plan in plans.plans:
        for index, target in enumerate(plan.targets):
            indicator = indicators.get(target.indicator)
            if indicator is not None:
                _check_unit(target, indicator, plans.origin(plan.id).at("targets", index, "unit"), faults)


def _check_unit(target: Target, indicator: Indicator, place: str, faults: Collector) -> None:
    try:
        wanted, counted = units.parse(target.unit), units.parse(indicator.unit)
    except UnitError:
        return
    measure = measure_of(target, indicator)
    if measure in RELATIVE:
        if wanted.dimension:
            faults.add(
                "unit-dimension",
                place,
                f"target '{target.id}' is a {measure} and its unit is '{target.unit}'",
                "Write a share (%) or a multiple (倍)",
            )
        if measure == "chain" and not indicator.changes:
            faults.add(
                "no-changes",
                place,
                f"target '{target.id}' is a chain, and the indicator '{indicator.id}' names no yearly changes",
                "Name the indicator of the yearly changes in 'changes'",
            )
    elif wanted.dimension != counted.dimension:
        faults.add(
            "unit-dimension",
            place,
            f"target '{target.id}' is in '{target.unit}' ({units.dimension_text(wanted.dimension)}), "
            f"its indicator '{indicator.id}' in '{indicator.unit}' ({units.dimension_text(counted.dimension)})",
            "Write the target in a unit of the indicator's dimension, or give the measure it is compared by",
        )


def check_model(city: City, parameters: Collection[str], folder: Path, faults: Collector) -> None:
    """Note every fault of the model, and every variable and indicator that do not belong together."""
    scratch = Collector(faults.subject)
    file = yamlfile.read(folder / "indicators.yaml", scratch)
    lines = _indicator_lines(file)
    variables = {variable.id: variable for variable in city.model.variables()}
    for id in variables:
        if id not in city.indicators:
            faults.add("no-indicator", id, "no indicator gives the variable a name", "Declare it in indicators.yaml")
        elif not city.indicators[id].variable:
            faults.add(
                "fact-and-variable",
                lines[id],
                f"'{id}' is computed by a formula and not marked as one",
                "Write 'variable: true', or give the observed quantity another id",
            )
    for id, indicator in city.indicators.items():
        if indicator.variable and id not in variables:
            faults.add(
                "no-formula",
                lines[id],
                f"no formula computes '{id}'",
                "Name its domain in city.yaml, or drop 'variable: true'",
            )
        if id in variables and not units.same_dimension(indicator.unit, variables[id].unit):
            faults.add(
                "unit-dimension",
                lines[id],
                f"'{id}' is declared in '{indicator.unit}', its formula in '{variables[id].unit}'",
                "Declare the indicator in a unit of the formula's dimension",
            )
        if id in city.model.graph.inputs and indicator.units:
            faults.add(
                "several-units",
                lines[id],
                f"'{id}' is counted in several units, and a formula reads it as one",
                "Give the formula an indicator of one unit",
            )
    for id in sorted(set(parameters) & set(city.indicators)):
        faults.add("id-twice", lines[id], f"'{id}' is an indicator and a parameter", "One id, one meaning: rename one")
    for observation in city.facts:
        if observation.indicator in variables:
            faults.add(
                "fact-on-variable",
                observation.indicator,
                f"a formula computes it, and the facts carry it too ({observation.id} from '{observation.source}')",
                "Give the observed quantity an id of its own",
            )
    try:
        city.model.check(city.data())
    except FaultsFound as found:
        for fault in found.faults:
            faults.add(fault.code, fault.place, fault.message, fault.remedy.rstrip("."))


def _indicator_lines(file: yamlfile.YamlFile | None) -> dict[str, str]:
    if file is None or not isinstance(file.data, dict):
        return {}
    listed = file.data.get("indicators")
    rows = enumerate(listed) if isinstance(listed, list) else ()
    return {str(row.get("id")): file.place("indicators", at, "id") for at, row in rows if isinstance(row, dict)}
