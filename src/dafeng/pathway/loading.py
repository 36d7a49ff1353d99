"""Loading a city's pathway from its pack: every fault of its files is told with its place, and a version is kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import ModuleType

from dafeng.city import City
from dafeng.errors import Collector, Fault, FaultsFound, Refused
from dafeng.kernel import Model
from dafeng.pathway import allocation, lever, scenario
from dafeng.pathway.assembly import asked_of, check_places, complete, data_of, halves, uncertainty, variables_named
from dafeng.pathway.pathway import Pathway
from dafeng.pathway.settings import PathwayFile
from dafeng.store import yamlfile

#: Pathways kept in memory, by city.
_KEPT = 4
_loaded: dict[tuple[str, str, tuple[str, ...]], Pathway] = {}


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
        faults.add("refused", "pathway.yaml", *halves(str(error)))
    return faults.faults


def _read(city: City, domains: Sequence[ModuleType], faults: Collector) -> Pathway | None:
    file = yamlfile.read(city.folder / "pathway.yaml", faults)
    settings = yamlfile.parse(PathwayFile, file, faults) if file else None
    if file is None or settings is None:
        return None
    variables = variables_named(settings, file, domains, faults)
    if variables is None:
        return None
    divided = allocation.read(city.folder, faults)
    years = tuple(range(settings.years[0], settings.years[1] + 1))
    wanted = [*asked_of(settings), *(id for id in (divided[1].variables if divided else ()) if id in variables)]
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
    drawn = uncertainty(city, data, faults)
    if divided:
        names: dict[str, Iterable[str]] = {
            "variable": variables,
            "sector": [each.id for each in settings.sectors],
            "fact": [id for id, each in city.indicators.items() if not each.variable],
        }
        allocation.check(divided[1], divided[0], names, parameters, faults)
    if not sound or faults.faults:
        return None
    base = model.run(data, years)
    content = divided[1] if divided else None
    pathway = Pathway(city, settings, model, base, levers, scenarios, drawn, content)
    complete(pathway, file, faults)
    if divided:
        allocation.cell_faults(divided[1], divided[0], base, faults)
    if not faults.faults:
        check_places(pathway, faults)
    return pathway
