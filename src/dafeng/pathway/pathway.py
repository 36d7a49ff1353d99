"""One city's pathway: the model of its sectors over all years, its levers and its scenarios, checked and bound."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from threading import Lock
from types import ModuleType

import numpy as np

from dafeng.accounts.defaults import for_pack
from dafeng.axes import YEAR
from dafeng.city import City
from dafeng.city.bind import PLACE, bind
from dafeng.domains import find
from dafeng.domains import known as known_domains
from dafeng.errors import Collector, Fault, FaultsFound, NotFound, Refused, nearest
from dafeng.kernel import Data, Datum, Difference, Model, Seam, State, Variable, variables_of
from dafeng.pathway import draws, lever, scenario
from dafeng.pathway.lever import Lever
from dafeng.pathway.overlay import Chance, Move, move, overlays
from dafeng.pathway.scenario import Scenario, Setting
from dafeng.pathway.schedule import Schedule
from dafeng.pathway.settings import Boundary, PathwayFile, UncertaintyFile
from dafeng.store import yamlfile

#: Pathways kept in memory, by city.
_KEPT = 4
#: Year of a parameter that has none: it holds ever since.
_EVER = 1900
#: States of scenarios kept by each pathway, and what guards them.
_NEAR = 24
_lock = Lock()
_loaded: dict[tuple[str, str, tuple[str, ...]], Pathway] = {}


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
        return scenario.changed(found, set or {}, self.levers, self.years)

    def restored(self, kept: Mapping[str, object] | str) -> Scenario:
        """Read a scenario that was kept, as data or as the letters of an address.

        Raises:
            Refused: it is none, or was made with another version of the pack.
        """
        return scenario.restored(kept, self.city.version, self.levers, self.years)

    def moves(self, of: Scenario) -> tuple[Move, ...]:
        """Give what a scenario does to each lever it sets."""
        return tuple(move(self.levers[id], value, plan) for id, (value, plan) in of.settings.items())

    def state(self, of: Scenario | str) -> State:
        """Give every value of a scenario.

        Raises:
            NotFound: no scenario has the id.
            Refused: a value is absent where it must not be.
        """
        chosen = self.scenario(of)
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
            state = state.changed(paths, why=chosen.id, keep="all")
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

    def run(
        self,
        moves: Iterable[Move],
        chances: Sequence[Chance] = (),
        why: str = "scenario",
        want: Sequence[str] | None = None,
    ) -> State:
        """Calculate a batch of moved levers and drawn parameters from the base; at once only `want` where given."""
        paths = overlays(self.base, moves, chances)
        return self.base.changed(paths, why=why, want=want) if paths else self.base

    def diff(self, one: Scenario | str, other: Scenario | str) -> tuple[Difference, ...]:
        """Give, for each quantity in which two scenarios differ, where they do most: second less first."""
        return self.state(one).diff(self.state(other))

    @cached_property
    def _states(self) -> OrderedDict[str, tuple[Mapping[str, tuple[float, Schedule]], State]]:
        """The last states asked for: a slider asks for one that is like the last but for one lever."""
        return OrderedDict()

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
        return of.action if of.kind == "measure" else "drivers"


def _unlike(one: Mapping[str, tuple[float, Schedule]], other: Mapping[str, tuple[float, Schedule]]) -> list[str]:
    """Give the levers that two settings set otherwise."""
    return [id for id in {*one, *other} if one.get(id) != other.get(id)]


def load(city: City, *, domains: Sequence[ModuleType] = ()) -> Pathway:
    """Give the pathway of a city. `domains` are further modules of formulas. One version is loaded once.

    Raises:
        Refused: the pack has no pathway.
        FaultsFound: with every fault of its files.
    """
    key = (str(city.folder), city.version, tuple(module.__name__ for module in domains))
    if key not in _loaded:
        if not (city.folder / "pathway.yaml").is_file():
            raise Refused(
                f"city '{city.id}': its pack has no pathway. Add pathway.yaml, as docs/guide/pathways.md says."
            )
        faults = Collector(f"{city.id} pathway")
        found = _read(city, domains, faults)
        faults.done()
        assert found is not None  # noqa: S101 - a pack without faults has a pathway
        while len(_loaded) >= _KEPT:
            _loaded.pop(next(iter(_loaded)))
        _loaded[key] = found
    return _loaded[key]


def check(city: City, *, domains: Sequence[ModuleType] = ()) -> list[Fault]:
    """List every fault of a city's pathway files; a pack without a pathway has none."""
    if not (city.folder / "pathway.yaml").is_file():
        return []
    faults = Collector(f"{city.id} pathway")
    try:
        _read(city, domains, faults)
    except Refused as error:
        faults.add("refused", "pathway.yaml", *_halves(str(error)))
    return faults.faults


def _halves(message: str) -> tuple[str, str]:
    said, _, remedy = message.partition(". ")
    return said, remedy or "Correct it"


def _read(city: City, domains: Sequence[ModuleType], faults: Collector) -> Pathway | None:
    file = yamlfile.read(city.folder / "pathway.yaml", faults)
    settings = yamlfile.parse(PathwayFile, file, faults) if file else None
    if file is None or settings is None:
        return None
    variables = _variables(settings, file, domains, faults)
    if variables is None:
        return None
    years = tuple(range(settings.years[0], settings.years[1] + 1))
    wanted = [*(sector.variable for sector in settings.sectors), *settings.answers.values(), *_costed(settings)]
    outputs = [variables[id] for id in dict.fromkeys(wanted)]
    model = Model(*outputs, replace={variables[link.replace]: variables[link.by] for link in settings.links})
    data = data_of(city, model, settings.factors)
    try:
        model.check(data, years)
    except FaultsFound as found:
        for fault in found.faults:
            faults.add(fault.code, fault.place, fault.message, fault.remedy.rstrip("."))
    parameters = {id: datum for id, datum in data.items() if datum.kind == "parameter"}
    plans = city.plans
    known: dict[str, Iterable[str]] = {
        "action": {action.id for plan in plans for action in plan.actions},
        "task": {task.id for plan in plans for task in plan.tasks},
        "target": {id for plan in plans for id in (*(t.id for t in plan.targets), *(g.id for g in plan.goals))},
        "document": city.documents,
    }
    levers = {each.id: each for each in lever.read(city.folder, parameters, known, years, faults)}
    sound = not faults.faults
    scenarios = scenario.read(city.folder, levers, years, city.version, faults)
    if settings.default not in scenarios:
        faults.add(
            "unknown-scenario",
            file.place("default"),
            f"no scenario is called '{settings.default}'",
            f"The scenarios are {', '.join(scenarios) or 'none'}",
        )
    uncertainty = _uncertainty(city, data, faults)
    if not sound or faults.faults:
        return None
    pathway = Pathway(city, settings, model, model.run(data, years), levers, scenarios, uncertainty)
    _complete(pathway, file, faults)
    return pathway


def data_of(city: City, model: Model, regime: str = "") -> dict[str, Datum]:
    """Give what the model reads: facts of the whole city, the pack's parameters, and the factors of a regime."""
    facts = [id for id, source in model.graph.inputs.items() if source.kind == "fact"]
    default = for_pack(city.folder, city.id, regime).data if regime else {}
    parameters = {id: placed(datum, city.id) for id, datum in {**default, **city.stated}.items()}
    data: Data = {**bind(city.facts, city.indicators, facts, (city.id,), None), **parameters}
    return {id: datum for id, datum in data.items() if id in model.graph.inputs}


def placed(datum: Datum, place: str) -> Datum:
    """Give a parameter over the city and the years: a lever moves it there, in a year."""
    values, source, dims, labels = datum.values, datum.source, datum.dims, dict(datum.labels)
    if YEAR not in dims:
        values, dims, labels = values[..., None], (*dims, YEAR), {**labels, YEAR: (_EVER,)}
        source = source[..., None] if isinstance(source, np.ndarray) else source
    if PLACE not in dims:
        values, dims, labels = values[None], (PLACE, *dims), {**labels, PLACE: (place,)}
        source = source[None] if isinstance(source, np.ndarray) else source
    between = "hold" if datum.between == "absent" else datum.between
    return replace(datum, values=values, source=source, dims=dims, labels=labels, between=between)


def _costed(settings: PathwayFile) -> tuple[str, ...]:
    costs = settings.costs
    return (costs.annual, costs.investment, *costs.parts.values()) if costs else ()


def _variables(
    settings: PathwayFile, file: yamlfile.YamlFile, domains: Sequence[ModuleType], faults: Collector
) -> dict[str, Variable] | None:
    modules = list(domains)
    for at, name in enumerate(settings.domains):
        try:
            modules.append(find(name))
        except NotFound as error:
            near = " or ".join(repr(other) for other in error.candidates)
            faults.add(
                "unknown-domain",
                file.place("domains", at),
                f"no domain is called '{name}'",
                f"Did you mean {near}?" if near else f"The domains are {', '.join(known_domains())}",
            )
    found = {variable.id: variable for variable in variables_of(*modules)}
    named = [
        *((("sectors", at, "variable"), each.variable) for at, each in enumerate(settings.sectors)),
        *((("answers", key), id) for key, id in settings.answers.items()),
        *((("costs",), id) for id in _costed(settings)),
        *((("links", at), id) for at, link in enumerate(settings.links) for id in (link.replace, link.by)),
    ]
    sound = True
    for key, id in named:
        if id not in found:
            near = " or ".join(repr(other) for other in nearest(id, found))
            faults.add(
                "unknown-variable",
                file.place(*key),
                f"no variable is called '{id}'",
                f"Did you mean {near}?" if near else "Name the domain that defines it",
            )
            sound = False
    return found if sound else None


def _uncertainty(city: City, data: Mapping[str, Datum], faults: Collector) -> UncertaintyFile:
    if not (city.folder / "uncertainty.yaml").is_file():
        return UncertaintyFile()
    file = yamlfile.read(city.folder / "uncertainty.yaml", faults)
    content = yamlfile.parse(UncertaintyFile, file, faults) if file else None
    if file is None or content is None:
        return UncertaintyFile()
    draws.check(content.distributions, content.correlations, file, faults)
    for at, each in enumerate(content.distributions):
        if each.parameter and (each.parameter not in data or data[each.parameter].kind != "parameter"):
            near = " or ".join(repr(id) for id in nearest(each.parameter, data))
            faults.add(
                "unknown-parameter",
                file.place("distributions", at, "parameter"),
                f"'{each.id}': no formula reads the parameter '{each.parameter}'",
                f"Did you mean {near}?" if near else "Name a parameter of the model",
            )
        if each.source not in city.documents:
            faults.add(
                "unknown-document",
                file.place("distributions", at, "source"),
                f"the source '{each.source}' is not in documents.yaml",
                "Add the document, or correct the id",
            )
    return content


def _complete(pathway: Pathway, file: yamlfile.YamlFile, faults: Collector) -> None:
    """Note every sector that the base leaves without a number in a year to come."""
    for at, sector in enumerate(pathway.settings.sectors):
        missing = absent(pathway.base, sector.variable)
        if missing:
            faults.add(
                "absent",
                file.place("sectors", at, "variable"),
                f"'{sector.variable}' has no value in {missing[0]} and later",
                "Complete the facts or parameters",
            )


def absent(state: State, variable: str) -> tuple[int, ...]:
    """List the years from the first value on in which a variable has none; every year where it never has one."""
    values = np.asarray(state.array(variable))
    gone = np.isnan(values).reshape(-1, values.shape[-1]).any(axis=0)
    gone = np.broadcast_to(gone, (len(state.years),))
    first = int(np.argmin(gone)) if not gone.all() else 0
    return tuple(year for year, missing in zip(state.years[first:], gone[first:], strict=True) if missing)
