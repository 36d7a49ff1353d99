"""One city's pathway: the model of its sectors over all years, its levers and its scenarios, checked and bound."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from threading import Lock

from dafeng.city import City
from dafeng.errors import NotFound, Refused
from dafeng.kernel import Array, Datum, Difference, Model, Seam, State
from dafeng.pathway import local, scenario
from dafeng.pathway.allocation import AllocationFile, Part
from dafeng.pathway.assembly import asked_of, costed
from dafeng.pathway.lever import Lever
from dafeng.pathway.overlay import Chance, Move, move, overlays
from dafeng.pathway.scenario import Scenario, Setting, SetTo
from dafeng.pathway.settings import Boundary, PathwayFile, UncertaintyFile
from dafeng.pathway.shares import Shares, of_key, shares

#: States of scenarios kept by each pathway, and what guards them.
_NEAR = 24
_lock = Lock()


@dataclass(frozen=True, eq=False, repr=False)
class Pathway:
    """The sectors of one city from the past into the future. `base` is the state in which no lever is moved."""

    city: City
    settings: PathwayFile
    model: Model
    base: State
    levers: Mapping[str, Lever]
    scenarios: Mapping[str, Scenario]
    uncertainty: UncertaintyFile
    allocation: AllocationFile | None = None
    """How its figures are divided among places; None where its pathway has one place."""

    def __repr__(self) -> str:
        return f"<pathway {self.city.id} {self.city.version}>"

    @property
    def years(self) -> tuple[int, ...]:
        """Every year calculated."""
        return self.base.years

    @property
    def working(self) -> tuple[Lever, ...]:
        """The measures a formula reads: those that may be counted."""
        return tuple(each for each in self.levers.values() if each.works and each.kind == "measure")

    def scenario(self, id: str | Scenario = "", set: Mapping[str, float | Setting] | None = None) -> Scenario:
        """Find a scenario, that of the pack by default, and set some of its levers.

        Raises:
            NotFound: no scenario has the id.
            Refused: the scenario was made with another version of the pack.
            FaultsFound: a lever is unknown, waits, or is set where it cannot be.
        """
        if isinstance(id, Scenario):
            found = id
            if found.pack != self.city.version:
                raise Refused(
                    f"scenario '{found.id}': it was made with pack version {found.pack}, this is {self.city.version}. "
                    "Set its levers again, or load that version of the pack."
                )
        else:
            found = scenario.one(self.scenarios, id or self.settings.default)
        chosen = scenario.changed(found, set or {}, self.levers, self.years)
        local.check(self, chosen, set or ())
        return chosen

    def restored(self, kept: Mapping[str, object] | str) -> Scenario:
        """Read a scenario that was kept, as data or as the letters of an address.

        Raises:
            Refused: it is none, or was made with another version of the pack.
        """
        found = scenario.restored(kept, self.city.version, self.levers, self.years)
        local.check(self, found, found.local)
        return found

    def moves(self, of: Scenario, but: Container[str] = ()) -> tuple[Move, ...]:
        """Give what a scenario does to each lever it sets, `but` for some.

        Raises:
            Refused: it sets levers for places.
        """
        local.whole(of)
        return tuple(move(self.levers[id], *said) for id, said in of.settings.items() if id not in but)

    def state(self, of: Scenario | str) -> State:
        """Give every value of a scenario.

        Raises:
            NotFound: no scenario has the id.
            Refused: a value is absent where it must not be.
        """
        chosen = self.scenario(of)
        if chosen.local:
            return self.places(chosen).city
        with _lock:
            near = min(self._states.values(), key=lambda kept: len(_unlike(kept[0], chosen.settings)), default=None)
        settings, state = near or ({}, self.base)
        if len(_unlike(settings, chosen.settings)) > len(chosen.settings):
            settings, state = {}, self.base
        touched = {self.levers[id].parameter for id in _unlike(settings, chosen.settings)}
        if touched:
            moves = [each for each in self.moves(chosen) if each.lever.parameter in touched]
            paths: dict[str, Datum] = {id: self.base.datum(id) for id in touched}
            paths.update(overlays(self.base, moves))
            state = state.changed(paths, why=chosen.id, keep="all", want=self._asked)
            # Of each parameter the last change counts, and none where it is as in the base again.
            moved = {self.levers[id].parameter for id in chosen.settings}
            last = {change.id: change for change in state.changes if change.id in moved}
            state = replace(state, changes=tuple(last.values()))
        with _lock:
            self._states[chosen.hash] = (dict(chosen.settings), state)
            self._states.move_to_end(chosen.hash)
            while len(self._states) > _NEAR:
                self._states.popitem(last=False)
        return state

    def places(self, of: Scenario | str) -> local.Local:
        """Give a scenario with what its places do otherwise, and the share of each in the city.

        Raises:
            Refused: the pathway has one place.
        """
        local.allocation_of(self)
        chosen = self.scenario(of)
        if not chosen.local:
            return local.run(self, chosen)
        with _lock:
            kept = self._places.get(chosen.hash)
        if kept is None:
            kept = local.run(self, chosen)
            with _lock:
                self._places[chosen.hash] = kept
                while len(self._places) > _NEAR:
                    self._places.popitem(last=False)
        return kept

    def run(
        self,
        moves: Iterable[Move],
        chances: Sequence[Chance] = (),
        why: str = "scenario",
        want: Sequence[str] | None = None,
    ) -> State:
        """Calculate a batch of moved levers and drawn parameters from the base; at once only `want` where given."""
        paths = overlays(self.base, moves, chances)
        return self.base.changed(paths, why=why, want=want or self._asked) if paths else self.base

    def diff(self, one: Scenario | str, other: Scenario | str) -> tuple[Difference, ...]:
        """Give, for each quantity in which two scenarios differ, where they do most: second less first."""
        return self.state(one).diff(self.state(other))

    @cached_property
    def _states(self) -> OrderedDict[str, tuple[Mapping[str, SetTo], State]]:
        """The last states asked for: a slider asks for one that is like the last but for one lever."""
        return OrderedDict()

    @cached_property
    def _places(self) -> OrderedDict[str, local.Local]:
        """The last scenarios asked for in which places do otherwise."""
        return OrderedDict()

    @cached_property
    def _asked(self) -> tuple[str, ...]:
        """What draws and sliders are asked for: the sectors and the answers. Costs wait until they are read."""
        prices = set(costed(self.settings))
        return tuple(id for id in dict.fromkeys(asked_of(self.settings)) if id not in prices)

    @cached_property
    def shares(self) -> Shares:
        """The shares of the places that divide the city, as the base has them."""
        return shares(self.city, local.allocation_of(self), local.division(self), self.base)

    @cached_property
    def reaches(self) -> Mapping[str, tuple[Part, ...]]:
        """The parts that each measure acts on when it is moved for a place."""
        return local.reach(self)

    @cached_property
    def key_shares(self) -> Mapping[str, Array]:
        """The shares of the places that divide the city by each key."""
        content, places = local.allocation_of(self), local.division(self)
        return {key.id: of_key(self.city, key, places, content.division) for key in content.keys}

    @cached_property
    def seams(self) -> tuple[Seam, ...]:
        """The steps where observed years end and formulas go on."""
        return self.base.seams

    def boundary(self, id: str = "") -> Boundary:
        """Give a boundary, the first where none is named.

        Raises:
            NotFound: no such boundary.
        """
        bounds = {each.id: each for each in self.settings.boundaries}
        chosen = id or next(iter(bounds))
        if chosen not in bounds:
            raise NotFound("boundary", chosen, bounds)
        return bounds[chosen]

    def counted(self, boundary: Boundary) -> list[str]:
        """Name the variables of CO2 that a boundary sums."""
        variables = {each.id: each.variable for each in self.settings.sectors}
        return [variables[id] for id in boundary.sectors]

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """The plan's actions, in its order, then the drivers."""
        return (*(action.id for action in self.city.plan().actions), "drivers")

    def group(self, of: Lever) -> str:
        """Give the group a lever is counted in: its action, or the drivers."""
        return "drivers" if of.kind == "driver" else of.action


def _unlike(one: Mapping[str, SetTo], other: Mapping[str, SetTo]) -> list[str]:
    """Give the levers that two settings set otherwise."""
    return [id for id in {*one, *other} if one.get(id) != other.get(id)]
