"""Formulas that do not fit a pack: the check of the pack names them beside its own faults."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

from dafeng.city import check
from dafeng.kernel import Array, Variable, fact, param, variable
from dafeng.labels import Label

TOY = Path(__file__).parents[1] / "cities" / "toy"
LABEL = Label(zh="试验", en="Trial")


def module(**variables: Variable) -> ModuleType:
    """Give a module that holds variables as if its text had defined them."""
    made = ModuleType("trial")
    for name, found in variables.items():
        found.__wrapped__.__module__ = "trial"
        setattr(made, name, found)
    return made


def faults(*given: Variable) -> list[str]:
    holder = module(**{f"v{n}": found for n, found in enumerate(given)})
    return [f"[{fault.code}] {fault}" for fault in check(TOY, domains=[holder])]


@variable("万千瓦", dims="place year", ref="toy-yearbook-2025#1", id="trial.circle", label=LABEL)
def circle(capacity: Array = fact("power.pv_capacity")) -> Array:
    """Capacity, by way of itself."""
    return capacity


@variable("万吨", dims="place year", ref="nowhere#1", id="trial.tonnes")
def tonnes(capacity: Array = fact("power.pv_capacity"), share: Array = param("trial.share")) -> Array:
    """Tonnes that are not."""
    return capacity * share


@variable("万个", dims="place year", ref="toy-yearbook-2025#1", id="buildings.lamps", label=LABEL)
def lamps(pumps: Array = fact("buildings.heat_pumps")) -> Array:
    """A formula for what the pack observes."""
    return pumps


def test_a_cycle() -> None:
    inputs = circle.formulas[0].inputs
    assert isinstance(inputs, dict)
    inputs["capacity"] = circle
    assert faults(circle) == [
        "[cycle] trial.circle: the variables read each other in a circle: trial.circle <- trial.circle. "
        "Break it with a third variable both read, or with a shift of a stock"
    ]


def test_unit_input_label_and_document_at_once() -> None:
    assert faults(tonnes) == [
        "[no-label] trial.tonnes: nothing gives the variable a name. Give it a label, or declare it in indicators.yaml",
        "[unknown-document] trial.tonnes: no document is called 'nowhere'. "
        "Declare it in documents.yaml, or correct the reference of the formula",
        "[missing-input] trial.tonnes: no parameter 'trial.share' in the data. Add it to the data",
    ]


def test_one_id_for_a_fact_and_a_variable() -> None:
    assert faults(lamps) == [
        "[fact-and-variable] indicators.yaml:78: 'buildings.lamps' is computed by a formula and not marked as one. "
        "Write 'variable: true', or give the observed quantity another id"
    ]
