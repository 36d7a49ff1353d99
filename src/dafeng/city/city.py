"""One city: its plans, its facts and the model that binds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from math import isnan
from pathlib import Path
from typing import Any, TypeVar

from dafeng.axes import YEAR
from dafeng.city.bind import PLACE, bind, years_of
from dafeng.city.names import named
from dafeng.city.rules import Rules
from dafeng.documents import Document
from dafeng.errors import NotFound
from dafeng.facts.indicator import Axis, Indicator
from dafeng.facts.series import Facts
from dafeng.kernel import Data, Datum, Model, Source, State
from dafeng.labels import Label
from dafeng.lineage import Node
from dafeng.plan.organisation import Organisation
from dafeng.plan.place import Place
from dafeng.plan.plans import Plans
from dafeng.plan.schema import EvidenceNote, Plan

#: States of this many dates are kept: a page of changes asks for two, a page of history for a few more.
_KEPT = 8
T = TypeVar("T")


@dataclass(frozen=True, eq=False, repr=False)
class City:
    """A city pack, checked and bound. `version` changes whenever a byte of the pack or an imported fact does.

    `parameters` are those its model reads, `stated` all that the pack states; `labels` what formulas and parameters are
    called.
    """

    id: str
    label: Label
    folder: Path
    version: str
    plan_files: Plans
    documents: Mapping[str, Document]
    indicators: Mapping[str, Indicator]
    facts: Facts
    axes: Mapping[str, Axis]
    rules: Rules
    model: Model
    parameters: Mapping[str, Datum]
    stated: Mapping[str, Datum]
    labels: Mapping[str, Label]
    _states: dict[date | None, State] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<city {self.id} {self.version}>"

    @property
    def places(self) -> tuple[Place, ...]:
        """The city itself, its districts and the areas its plans name."""
        return self.plan_files.places

    @property
    def organisations(self) -> tuple[Organisation, ...]:
        """Every unit that a plan names."""
        return self.plan_files.organisations

    @property
    def plans(self) -> tuple[Plan, ...]:
        """The plans, oldest first."""
        return self.plan_files.plans

    @property
    def notes(self) -> tuple[EvidenceNote, ...]:
        """Dated notes on goals."""
        return self.plan_files.notes

    def plan(self, id: str | None = None) -> Plan:
        """Find a plan; without an id the oldest, which the others amend.

        Raises:
            NotFound: no plan has the id.
        """
        return self.plan_files.plan(id)

    def organisation(self, id: str) -> Organisation:
        """Find a unit by id.

        Raises:
            NotFound: no unit has the id.
        """
        return _find("organisation", id, {unit.id: unit for unit in self.organisations})

    def place(self, id: str) -> Place:
        """Find a place by id.

        Raises:
            NotFound: no place has the id.
        """
        return _find("place", id, {place.id: place for place in self.places})

    def data(self, known_on: date | None = None) -> Data:
        """Give what the model reads: the facts as they were known on a date, and the parameters."""
        facts = [id for id, source in self.model.graph.inputs.items() if source.kind == "fact"]
        places = tuple(place.id for place in self.places if place.kind != "area")
        return {**bind(self.facts, self.indicators, facts, places, known_on), **self.parameters}

    def state(self, known_on: date | None = None) -> State:
        """Run the model over every year that a fact it reads covers, with the facts as they were known on a date."""
        if known_on not in self._states:
            data = self.data(known_on)
            while len(self._states) >= _KEPT:
                self._states.pop(next(iter(self._states)))
            years = years_of(data) or (self.plans[0].horizon[0],)
            self._states[known_on] = self.model.run(data, years)
        return self._states[known_on]

    def computed(self, variable: str, known_on: date | None = None) -> tuple[tuple[int, float], ...]:
        """Give what a formula gives for the whole city, in its declared unit, year by year where it is present.

        Raises:
            NotFound: the model has no such variable.
        """
        state = self.state(known_on)
        values = ((year, self._value(state, variable, year)) for year in state.years)
        return tuple((year, value) for year, value in values if not isnan(value))

    def explain(self, variable: str, year: int, known_on: date | None = None) -> Node:
        """Give the tree of one computed figure of the city.

        Raises:
            NotFound: no such variable or year.
        """
        state = self.state(known_on)
        return self.named(state.explain(variable, year, **self._here(state, variable)))

    def named(self, node: Node) -> Node:
        """Give a lineage with the names that the pack declares."""
        return named(node, self.indicators, self.documents, self.labels, self.axes)

    def sources(self, variable: str, year: int, known_on: date | None = None) -> tuple[Source, ...]:
        """List where the facts and parameters come from that a computed figure of the city rests on.

        Raises:
            NotFound: the model has no such variable.
        """
        state = self.state(known_on)
        reads = {id for entry in state.model.graph.upstream([state.id_of(variable)], ()) for id in entry.sources}
        found: list[Source] = []
        for id in sorted(reads & set(state.data)):
            datum = state.data[id]
            here = {PLACE: self.id, YEAR: year}
            axes = [[here[axis]] if axis in here else datum.labels[axis] for axis in datum.dims]
            cells = (
                datum.source_at(tuple(datum.labels[axis].index(x) for axis, x in zip(datum.dims, key, strict=True)))
                for key in product(*axes)
                if all(x in datum.labels[axis] for axis, x in zip(datum.dims, key, strict=True))
            )
            found.extend(source for source in cells if source is not None)
        return tuple(found)

    def unit(self, variable: str) -> str:
        """Give the unit in which a variable is declared.

        Raises:
            NotFound: the model has no such variable.
        """
        return _find("variable", variable, self.model.graph.by_id).variable.unit

    def _value(self, state: State, variable: str, year: int) -> float:
        return float(state.at(variable, year, **self._here(state, variable)))

    def _here(self, state: State, variable: str) -> dict[str, Any]:
        return {"place": self.id} if "place" in state.dims(variable) else {}


def _find(kind: str, id: str, known: Mapping[str, T]) -> T:
    if id not in known:
        raise NotFound(kind, id, known)
    return known[id]
