"""What only the whole pack shows: whether plans, facts, documents and formulas fit each other."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from dafeng import units
from dafeng.city.measure import RELATIVE, measure_of
from dafeng.errors import Collector, FaultsFound, UnitError, nearest
from dafeng.facts.indicator import Indicator
from dafeng.kernel import Variable
from dafeng.plan.plans import Plans, references
from dafeng.plan.schema import UNLINKED
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
        if declared is not None and reference.id not in declared and reference.id != UNLINKED:
            near = nearest(reference.id, declared)
            faults.add(
                f"unknown-{reference.kind}",
                reference.place,
                f"no {reference.kind} is called '{reference.id}'",
                f"Did you mean {' or '.join(repr(id) for id in near)}?"
                if near
                else f"Declare it in {reference.kind}s.yaml",
            )
    for plan in plans.plans:
        for index, target in enumerate(plan.targets):
            indicator = indicators.get(target.indicator)
            if target.indicator == UNLINKED:
                words = target.label.zh if target.label else target.id
                faults.add(
                    "no-indicator",
                    plans.origin(plan.id).at("targets", index, "indicator"),
                    f"no indicator was found for '{words}'",
                    "Name the indicator that answers it, declare one in indicators.yaml, or take the target out",
                )
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


def check_model(city: City, parameters: Collection[str], faults: Collector) -> None:
    """Note every fault of the model, and every variable and indicator that do not belong together."""
    where = _Lines(city.folder / "indicators.yaml")
    variables = {variable.id: variable for variable in city.model.variables()}
    for id, variable in variables.items():
        _check_variable(variable, city, where, faults)
        indicator = city.indicators.get(id)
        if indicator is not None and not _fit(indicator.unit, variable.unit):
            faults.add(
                "unit-dimension",
                where(id),
                f"'{id}' is declared in '{indicator.unit}', its formula in '{variable.unit}'",
                "Declare the indicator in a unit of the formula's dimension",
            )
    for id, indicator in city.indicators.items():
        if indicator.variable and id not in variables:
            faults.add(
                "no-formula",
                where(id),
                f"no formula computes '{id}'",
                "Name its domain in city.yaml, or drop 'variable: true'",
            )
        if indicator.units and id in city.model.graph.inputs:
            faults.add(
                "several-units",
                where(id),
                f"'{id}' is counted in several units, and a formula reads it as one",
                "Give the formula an indicator of one unit",
            )
    for id in sorted(set(parameters) & set(city.indicators)):
        faults.add("id-twice", where(id), f"'{id}' is an indicator and a parameter", "One id, one meaning: rename one")
    try:
        city.model.check(city.data())
    except FaultsFound as found:
        for fault in found.faults:
            faults.add(fault.code, fault.place, fault.message, fault.remedy.rstrip("."))
    except UnitError:
        return  # whoever reads the file with that unit has noted it


def _fit(a: str, b: str) -> bool:
    """Tell whether two units measure the same thing; a unit that does not parse is another check's fault."""
    try:
        return units.same_dimension(a, b)
    except UnitError:
        return True


def _check_variable(variable: Variable, city: City, where: _Lines, faults: Collector) -> None:
    indicator = city.indicators.get(variable.id)
    if indicator is None:
        faults.add(
            "no-label",
            variable.id,
            "nothing gives the variable a name",
            "Give it a label, or declare it in indicators.yaml",
        )
    elif not indicator.variable:
        faults.add(
            "fact-and-variable",
            where(variable.id),
            f"'{variable.id}' is computed by a formula and not marked as one",
            "Write 'variable: true', or give the observed quantity another id",
        )
    for formula in variable.formulas:
        document, _, _ = formula.ref.partition("#")
        if document not in city.documents:
            faults.add(
                "unknown-document",
                formula.name(variable.id),
                f"no document is called '{document}'",
                "Declare it in documents.yaml, or correct the reference of the formula",
            )


class _Lines:
    """Where each indicator is declared; the file is read again only to name the place of a fault."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._places: dict[str, str] | None = None

    def __call__(self, id: str) -> str:
        """Give the place of an indicator; of one that a formula declares, its id."""
        if self._places is None:
            file = yamlfile.read(self._path, Collector(self._path.name))
            listed = file.data.get("indicators") if file and isinstance(file.data, dict) else None
            rows = [row if isinstance(row, dict) else {} for row in listed] if isinstance(listed, list) else []
            self._places = {
                str(row.get("id")): file.place("indicators", at, "id") for at, row in enumerate(rows) if file
            }
        return self._places.get(id, id)
