"""The power system of a city pack: its spec with the pack's documents as sources, and what a scenario puts into it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from dafeng import units
from dafeng.dispatch.check import check as check_spec
from dafeng.dispatch.figure import Figure
from dafeng.dispatch.read import read_spec
from dafeng.dispatch.spec import Source
from dafeng.errors import Collector, FaultsFound, Refused
from dafeng.labels import Label
from dafeng.store import yamlfile

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dafeng.city import City
    from dafeng.dispatch.spec import Spec, Technology
    from dafeng.dispatch.stage import Floats
    from dafeng.errors import Fault
    from dafeng.kernel import State

#: Folder of a pack that holds its power system.
FOLDER = "power"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Asked(_Part):
    """Where a target's figure is found in an answer: one of capacity, share, line; or why it is absent."""

    capacity: tuple[str, ...] = ()
    """Entries whose capacities count."""
    over: Figure | None = None
    """What the capacities are divided by."""
    share: str = ""
    """renewable | response."""
    line: str = ""
    """Channel whose renewable share counts."""
    absent: Label | None = None
    """Why no figure can be given."""
    store: dict[str, str] = Field(default_factory=dict)
    """Fuel whose days of mean use are given as a need."""
    since: int | None = Field(default=None, alias="from")
    """First year a target without a year is held against."""


class Seen(_Part):
    """A figure of an answer that facts of past years stand beside: energy, capacity or one of the year."""

    energy: tuple[str, ...] = ()
    capacity: tuple[str, ...] = ()
    figure: Literal["", "demand", "peak", "imports", "import_share", "renewable_share"] = ""
    place: str = ""
    """Place of the facts; that of the city by default."""
    told: Literal["no", "part", "yes"] = "no"
    """Whether the model was given it: an input, in part (an earlier mean, a floor), or not at all."""


class Rest(_Part):
    """A variable less what stands already."""

    of: str
    less: tuple[str, ...]


class Given(_Part):
    """What the hourly model gives for a quantity of the pathway: hours of use, energy of a line, or a figure."""

    energy: tuple[str, ...] = ()
    """Entries whose energy counts."""
    over: str = ""
    """Variable of the pathway by which energy is divided to hours, a capacity, or CO2 to a factor, a use."""
    sum: tuple[str, ...] = ()
    """Variables of the pathway whose CO2 over `over` is compared, where it has no variable of that name."""
    line: str = ""
    """Channel whose arriving energy it is."""
    less: tuple[str, ...] = ()
    """Channels that the figure leaves out."""
    figure: Literal["", "price", "import_share", "imports", "local_co2", "import_co2", "factor", "renewable_share"] = ""
    meets: str = ""
    """Variable of the pathway, in proportion to the parameter, that is to be the figure."""


class FromScenario(_Part):
    """Variables of the pathway that go into the spec."""

    base: str = ""
    """Scenario that gives the demand where none is asked for: the two models then speak of the same use."""
    demand: dict[str, str] = Field(default_factory=dict)
    capacity: dict[str, str] = Field(default_factory=dict)
    rest: dict[str, Rest] = Field(default_factory=dict)
    line: dict[str, str] = Field(default_factory=dict)
    none: tuple[str, ...] = ()
    """Technologies that others stand for in a scenario: nothing of them is built."""
    sectors: dict[str, str] = Field(default_factory=dict)
    """Parts of the first demand with hours of their own, by variable: a profile, or `even`."""
    back: dict[str, Given] = Field(default_factory=dict)
    """Parameters of the pathway that the hourly model gives back to a scenario coupled with it."""
    compare: dict[str, Given] = Field(default_factory=dict)
    """Variables of the pathway shown beside the hourly model's."""


class AnswersFile(_Part):
    """The content of power/answers.yaml."""

    targets: dict[str, Asked] = Field(default_factory=dict)
    scenario: FromScenario = Field(default_factory=FromScenario)
    observed: dict[str, Seen] = Field(default_factory=dict)


def has_power(city: City) -> bool:
    """Tell whether a pack has a power system."""
    return (city.folder / FOLDER / "spec.yaml").is_file()


def spec_of(
    city: City, years: Sequence[int] = (), scenario: str = "", given: Mapping[str, Floats] | None = None
) -> tuple[Spec, dict[str, Floats]]:
    """Read the power system of a pack, with demand and capacities of a scenario where one is named.

    Raises:
        Refused: the pack has no power system, or the scenario has no value in a year.
        NotFound: no such scenario.
        FaultsFound: all that is wrong with its files.
    """
    if not has_power(city):
        raise Refused(
            f"city '{city.id}': its pack has no power system. Add {FOLDER}/spec.yaml, as docs/guide/dispatch.md says."
        )
    known = {
        id: Source(title=document.title, url=document.url, note=document.note)
        for id, document in city.documents.items()
    }
    spec, series = read_spec(city.folder / FOLDER / "spec.yaml", years, known, given)
    base = answers_of(city).scenario.base
    if scenario or base:
        spec = with_scenario(spec, city, scenario) if scenario else with_demand(spec, city, base)
        faults = Collector(f"{spec.id}, scenario {scenario or base}")
        check_spec(spec, series, faults)
        faults.done()
    return spec, series


def answers_of(city: City) -> AnswersFile:
    """Read what the power system of a pack answers; nothing where the file is missing."""
    path = Path(city.folder) / FOLDER / "answers.yaml"
    if not path.is_file():
        return AnswersFile()
    faults = Collector(path.name)
    file = yamlfile.read(path, faults)
    found = yamlfile.parse(AnswersFile, file, faults) if file is not None else None
    if found is None:
        raise FaultsFound(faults.faults, path.name)
    for group, indicator in [("targets", id) for id in found.targets] + [("observed", id) for id in found.observed]:
        if indicator not in city.indicators and file is not None:
            faults.add(
                "unknown-indicator", file.place(group, indicator), f"no indicator is called '{indicator}'",
                "Correct the name",
            )  # fmt: skip
    faults.done()
    return found


def check(city: City) -> list[Fault]:
    """List every fault of a city's power system; a pack without one has none."""
    if not has_power(city):
        return []
    try:
        spec, asked = spec_of(city)[0], answers_of(city)
    except FaultsFound as found:
        return list(found.faults)
    faults = Collector(FOLDER)
    known = [*spec.investments(), *spec.demands]
    wanted = asked.scenario
    named = {
        **{f"targets.{id}": (*each.capacity, *filter(None, [each.line])) for id, each in asked.targets.items()},
        **{f"observed.{id}": (*each.energy, *each.capacity) for id, each in asked.observed.items()},
        "scenario": (*wanted.demand, *wanted.capacity, *wanted.rest, *wanted.line, *wanted.none),
        "scenario.sectors": tuple(name for name in wanted.sectors.values() if name not in (*spec.profiles, "even")),
        **{
            f"scenario.{group}.{id}": (*each.energy, *each.less, *filter(None, [each.line]))
            for group, table in (("back", wanted.back), ("compare", wanted.compare))
            for id, each in table.items()
        },
    }
    for place, names in named.items():
        for name in names:
            if name not in known:
                faults.add(
                    "unknown-entry", f"{FOLDER}/answers.yaml, {place}", f"the spec has no entry '{name}'",
                    f"Choose from: {', '.join(known)}",
                )  # fmt: skip
    return faults.faults


class _Scenario:
    """Figures of one scenario of a city's pathway."""

    def __init__(self, spec: Spec, city: City, scenario: str) -> None:
        from dafeng.pathway import load

        self.years, self.id = spec.periods, f"scenario-{scenario}"
        self.state = load(city).state(scenario)
        title = f"Scenario '{scenario}' of the pathway of {city.id}"
        self.source = {self.id: Source(title=title, kind="assumption")}

    def figure(self, variable: str, unit: str, less: Mapping[int, float] | None = None) -> Figure:
        """Give a variable in the modelled years, less what stands already, and not below 0."""
        values = {year: value_of(self.state, variable, year, unit) for year in self.years}
        rest = {year: max(value - (less or {}).get(year, 0.0), 0.0) for year, value in values.items()}
        return Figure(value=rest, unit=unit, source=self.id)


def with_demand(spec: Spec, city: City, scenario: str, held: _Scenario | None = None) -> Spec:
    """Put the demand of a pathway's scenario into a spec, and nothing else."""
    wanted = answers_of(city).scenario.demand
    held = held or _Scenario(spec, city, scenario)
    demands = {
        name: demand.model_copy(update={"energy": held.figure(wanted[name], "TWh")}) if name in wanted else demand
        for name, demand in spec.demands.items()
    }
    return spec.model_copy(update={"demands": demands, "sources": {**spec.sources, **held.source}})


def with_scenario(spec: Spec, city: City, scenario: str) -> Spec:
    """Put demand and capacities of a pathway's scenario into a spec.

    A capacity that the scenario gives stands as given: it is neither built nor bounded by the model. A channel brings
    the scenario's energy, and is not there while that is 0.
    """
    wanted = answers_of(city).scenario
    held = _Scenario(spec, city, scenario)
    spec, figure, by = with_demand(spec, city, scenario, held), held.figure, held.id
    technologies = dict(spec.technologies)
    for name, variable in wanted.capacity.items():
        technologies[name] = _stands(technologies[name], figure(variable, "MW"))
    for name, rest in wanted.rest.items():
        standing = {
            year: sum(
                entry.existing.at(year) * units.factor(entry.existing.unit, "MW")
                for other in rest.less
                if (entry := technologies[other]).existing
            )
            for year in spec.periods
        }
        technologies[name] = _stands(technologies[name], figure(rest.of, "MW", standing))
    for name in wanted.none:
        technologies[name] = _stands(technologies[name], Figure(value=0.0, unit="MW", source=by))
    lines = dict(spec.lines)
    for name, variable in wanted.line.items():
        energy = figure(variable, "TWh")
        if not max(energy.numbers):
            del lines[name]
            continue
        # The scenario speaks of what arrives, a contract of what is sent.
        sent = {year: value / lines[name].efficiency for year, value in _by_year(energy).items()}
        lines[name] = lines[name].model_copy(
            update={
                "energy_minimum": energy.model_copy(update={"value": sent}),
                "energy_maximum": energy.model_copy(update={"value": {y: 1.005 * v for y, v in sent.items()}}),
                "build_from": min(year for year, value in _by_year(energy).items() if value > 0),
            }
        )
    gone = set(spec.lines) - set(lines)
    budgets = {name: budget for name, budget in spec.budgets.items() if not gone & set(budget.technologies)}
    return spec.model_copy(
        update={
            "technologies": technologies,
            "lines": lines,
            "budgets": budgets,
        }
    )


def _by_year(figure: Figure) -> dict[int, float]:
    return figure.value if isinstance(figure.value, dict) else {}


def _stands(entry: Technology, figure: Figure) -> Technology:
    return entry.model_copy(
        update={"existing": figure, "build": False, "retire": False, "minimum": None, "maximum": None, "units": ""}
    )


def value_of(state: State, variable: str, year: int, unit: str) -> float:
    """Give a variable of a scenario in a year, summed over its axes; Refused where it is absent."""
    found = float(np.asarray(state.at(variable, year), dtype=np.float64).sum())
    if not np.isfinite(found):
        raise Refused(f"{variable}: the scenario has no value in {year}. Choose a year it is calculated for.")
    return found * units.factor(state.unit(variable), unit)
