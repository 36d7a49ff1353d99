"""Everything wrong with a spec, found before anything is built: each fault with its place and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dafeng.dispatch.build.budgets import UNITS
from dafeng.dispatch.build.worth import Worth
from dafeng.dispatch.profiles import HOURS, check_values
from dafeng.errors import Collector, UnitError
from dafeng.units import factor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dafeng.dispatch.figure import Figure
    from dafeng.dispatch.spec import Entry, Spec, Technology
    from dafeng.dispatch.stage import Floats

#: What each figure measures: "money/UNIT" for money, else a unit.
FIGURES: dict[str, dict[str, str]] = {
    "investment": {
        "existing": "MW", "minimum": "MW", "maximum": "MW", "unit_size": "MW", "capital": "money/kW",
        "lifetime": "year",
    },
    "technologies": {"variable": "money/MWh", "emission": "tCO2/MWh", "efficiency": "", "heat_rate": "kWh/kWh"},
    "storages": {"variable": "money/MWh", "energy_capital": "money/kWh", "energy_maximum": "MWh"},
    "lines": {"variable": "money/MWh", "energy_minimum": "GWh", "energy_maximum": "GWh"},
    "responses": {"cost": "money/MWh", "minimum_share": "", "maximum_share": ""},
    "flexible": {"energy": "GWh", "above": "MW", "cost": "money/MWh"},
    "reserves": {"price": "money/MWh"},
    "demands": {"energy": "GWh", "lost_load": "money/MWh"},
    "carriers": {"price": "money/GJ", "emission": "tCO2/GJ"},
}  # fmt: skip


#: Figures that divide: 0 of them is no system.
DIVISORS = ("efficiency", "heat_rate", "lifetime", "unit_size")


def check(spec: Spec, series: Mapping[str, Floats], faults: Collector) -> None:
    """Collect all faults of a spec and its series."""
    _figures(spec, faults)
    _names(spec, faults)
    _profiles(spec, series, faults)
    if faults.faults:
        return
    _bounds(spec, faults)
    _contracts(spec, faults)
    _budgets(spec, faults)
    _reach(spec, faults)


def _figures(spec: Spec, faults: Collector) -> None:
    worth = Worth(spec)
    for group in ("carriers", "demands", "technologies", "storages", "lines", "responses", "flexible", "reserves"):
        wanted = dict(FIGURES[group])
        if group in {"technologies", "storages", "lines", "responses"}:
            wanted |= FIGURES["investment"]
        for name, entry in getattr(spec, group).items():
            for key, unit in wanted.items():
                figure = getattr(entry, key)
                if figure is not None:
                    _figure(spec, worth, figure, unit, f"{group}.{name}.{key}", entry, faults)
                if figure is not None and key in DIVISORS and 0 in figure.numbers:
                    faults.add("zero", f"{group}.{name}.{key}", "is 0", "State a number above 0, or leave it out")
            fixed = getattr(entry, "fixed", None)
            if fixed is not None and not worth.is_money(fixed, "kW/year"):
                _figure(spec, worth, fixed, "1/year", f"{group}.{name}.fixed", entry, faults)
    _figure(spec, worth, spec.discount_rate, "1/year", "discount_rate", spec, faults)
    if spec.capital_rate is not None:
        _figure(spec, worth, spec.capital_rate, "1/year", "capital_rate", spec, faults)
    if spec.co2_price is not None:
        _figure(spec, worth, spec.co2_price, "money/tCO2", "co2_price", spec, faults)
    for name, budget in spec.budgets.items():
        for key in ("at_most", "at_least"):
            figure = getattr(budget, key)
            if figure is not None and budget.kind in UNITS:
                _figure(spec, worth, figure, UNITS[budget.kind], f"budgets.{name}.{key}", budget, faults)
        if budget.held is not None:
            _figure(spec, worth, budget.held, "GWh", f"budgets.{name}.held", budget, faults)


def _figure(spec: Spec, worth: Worth, figure: Figure, unit: str, place: str, entry: Entry, faults: Collector) -> None:
    try:
        if unit.startswith("money/"):
            worth.money(figure, unit.removeprefix("money/"), spec.periods[0])
        else:
            factor(figure.unit, unit)
    except UnitError as error:
        said = str(error).rstrip(".")
        wrong, _, remedy = said.partition(". ")
        faults.add("unit", place, wrong, remedy or "State the figure in that unit")
    if any(number < 0 for number in figure.numbers):
        faults.add(
            "negative", place, f"is below 0 (got {min(figure.numbers):g})", "State a number that is not negative"
        )
    source = figure.source or entry.source or spec.source
    if source and source not in spec.sources:
        faults.add("unknown-source", place, f"no source '{source}'", "Name it under sources, or correct the id")
    if not source:
        faults.add("no-source", place, "has no source", "Write [SOURCE] behind the figure, or source: in the entry")


def _names(spec: Spec, faults: Collector) -> None:  # noqa: PLR0912 - one rule after another
    nodes = set(spec.nodes)
    for group in ("demands", "technologies", "storages", "responses", "flexible"):
        for name, entry in getattr(spec, group).items():
            if entry.node not in nodes:
                faults.add("unknown-node", f"{group}.{name}.node", f"no node '{entry.node}'", _choose(spec.nodes))
    for name, line in spec.lines.items():
        for key in ("origin", "target"):
            if getattr(line, key) not in nodes:
                faults.add(
                    "unknown-node", f"lines.{name}.{key}", f"no node '{getattr(line, key)}'", _choose(spec.nodes)
                )
        if line.origin == line.target:
            faults.add("loop", f"lines.{name}", f"leads from '{line.origin}' to itself", "Name two nodes, or drop it")
    for name, tech in spec.technologies.items():
        place = f"technologies.{name}"
        if tech.carrier and tech.carrier not in spec.carriers:
            faults.add("unknown-carrier", f"{place}.carrier", f"no carrier '{tech.carrier}'", _choose(spec.carriers))
        elif tech.carrier and (tech.efficiency is None) == (tech.heat_rate is None):
            faults.add(
                "efficiency", place, "burns fuel and states not exactly one of efficiency and heat_rate", "State one"
            )
        if tech.retrofit_of and tech.retrofit_of not in spec.technologies:
            faults.add(
                "unknown-technology",
                f"{place}.retrofit_of",
                f"no technology '{tech.retrofit_of}'",
                _choose(spec.technologies),
            )
        if not isinstance(tech.min_output, str) and not 0 <= tech.min_output <= 0.99:
            faults.add("min-output", f"{place}.min_output", f"is {tech.min_output:g}", "State a share from 0 to 0.99")
        if not isinstance(tech.availability, str) and not 0 < tech.availability <= 1:
            faults.add(
                "availability", f"{place}.availability", f"is {tech.availability:g}", "State a share above 0, up to 1"
            )
        if _gains(tech):
            faults.add(
                "efficiency", f"{place}.efficiency", "gives more electricity than it takes fuel",
                "State a share up to 1, or a percentage up to 100 %",
            )  # fmt: skip
    if len(nodes) < len(spec.nodes):
        faults.add("duplicate", "nodes", "a node stands twice", "Name each node once")
    known = spec.investments()
    for name, part in spec.reserves.items():
        place = f"reserves.{name}"
        if part.node not in nodes:
            faults.add("unknown-node", f"{place}.node", f"no node '{part.node}'", _choose(spec.nodes))
        for unit in part.units:
            if unit not in known:
                faults.add("unknown-technology", f"{place}.units", f"no technology '{unit}'", _choose(known))
            elif isinstance(getattr(known[unit], "availability", 1.0), str):
                faults.add(
                    "not-firm", f"{place}.units", f"the output of '{unit}' is what the weather gives",
                    "Name units whose availability is a constant",
                )  # fmt: skip
        if not part.load_share and not part.variable_share:
            faults.add("no-limit", place, "asks for nothing", "State load_share or variable_share")
    seen: set[str] = set()
    for group in ("technologies", "storages", "lines", "responses", "flexible", "reserves"):
        for name in getattr(spec, group):
            if name in seen:
                faults.add(
                    "duplicate", f"{group}.{name}", "the name stands twice in the spec", "Give each part its own name"
                )
            seen.add(name)
    for name, budget in spec.budgets.items():
        for tech_name in budget.technologies:
            if tech_name not in known:
                faults.add(
                    "unknown-technology", f"budgets.{name}.technologies", f"no technology '{tech_name}'", _choose(known)
                )
    for name, store in spec.storages.items():
        if (store.hours is None) == (store.energy_capital is None):
            faults.add(
                "storage-size", f"storages.{name}", "states not exactly one of hours and energy_capital", "State one"
            )
    if spec.since is not None and spec.periods[0] < spec.since:
        faults.add(
            "periods", "periods", f"{spec.periods[0]} is before the first year of the figures ({spec.since})",
            f"Ask for {spec.since} or later",
        )  # fmt: skip
    if list(spec.periods) != sorted(set(spec.periods)):
        faults.add(
            "periods", "periods", f"are not ascending (got {list(spec.periods)})", "List each year once, in order"
        )


def _gains(tech: Technology) -> bool:
    """Tell whether a technology states an efficiency above 1; a wrong unit is a fault of its own."""
    figure = tech.efficiency
    try:
        return figure is not None and max(figure.numbers) * factor(figure.unit, "") > 1
    except UnitError:
        return False


def _choose(known: object) -> str:
    names = list(known)  # type: ignore[call-overload]
    return f"Choose from: {', '.join(names)}" if names else "Declare it first"


def _profiles(spec: Spec, series: Mapping[str, Floats], faults: Collector) -> None:
    shares: dict[str, str] = {}
    loads: dict[str, str] = {}
    for name, tech in spec.technologies.items():
        for key in ("availability", "min_output"):
            value = getattr(tech, key)
            if isinstance(value, str):
                shares[value] = f"technologies.{name}.{key}"
    for group in ("demands", "flexible"):
        for name, entry in getattr(spec, group).items():
            loads[entry.profile] = f"{group}.{name}.profile"
    for year in spec.periods:
        if all(entry.energy is not None and entry.energy.at(year) == 0 for entry in spec.demands.values()):
            faults.add("no-load", "demands", f"no demand of {year} asks for energy", "State an energy above 0")
    for used, share in ((shares, True), (loads, False)):
        for name, place in used.items():
            if name not in spec.profiles:
                faults.add("unknown-profile", place, f"no profile '{name}'", _choose(spec.profiles))
            elif name in series:
                check_values(name, series[name], share, faults)


def _bounds(spec: Spec, faults: Collector) -> None:
    worth = Worth(spec)
    for name, entry in spec.investments().items():
        for year in spec.periods:
            standing = worth.plain(entry.existing, "GW", year) if entry.existing else 0.0
            least = worth.plain(entry.minimum, "GW", year) if entry.minimum else 0.0
            most = worth.plain(entry.maximum, "GW", year) if entry.maximum else np.inf
            if least > most:
                faults.add(
                    "bounds", f"{name}.minimum", f"the least of {year} is above the most ({least:g} > {most:g} GW)",
                    "Raise the maximum or lower the minimum",
                )  # fmt: skip
            if standing > most + 1e-12:
                faults.add(
                    "bounds", f"{name}.maximum", f"more stands in {year} than may ({standing:g} > {most:g} GW)",
                    "Raise the maximum or correct the existing capacity",
                )  # fmt: skip
            if least > standing and not entry.build:
                faults.add(
                    "bounds", f"{name}.minimum", f"nothing may be built towards the least of {year} ({least:g} GW)",
                    "Write build: true or lower the minimum",
                )  # fmt: skip
        if entry.build and entry.capital is None:
            faults.add(
                "no-capital", f"{name}.capital", "may be built and states no capital cost", "State capital by kW"
            )
        yearly = entry.fixed is not None and worth.is_money(entry.fixed, "kW/year") and min(entry.fixed.numbers) > 0
        free = entry.build and entry.capital is not None and min(entry.capital.numbers) <= 0 and not yearly
        if free and entry.maximum is None:
            faults.add("free", f"{name}.capital", "costs nothing and has no maximum", "State a maximum")
        if not entry.build and entry.existing is None:
            faults.add("no-capacity", name, "neither stands nor may be built", "State existing, or build: true")


def _contracts(spec: Spec, faults: Collector) -> None:
    """Find energy by contract that contradicts itself or what a channel can carry."""
    worth = Worth(spec)
    for name, line in spec.lines.items():
        for year in spec.periods:
            least = worth.plain(line.energy_minimum, "GWh", year) if line.energy_minimum else 0.0
            most = worth.plain(line.energy_maximum, "GWh", year) if line.energy_maximum else np.inf
            if least > most:
                faults.add(
                    "bounds", f"lines.{name}.energy_minimum",
                    f"the least energy of {year} is above the most ({least:g} > {most:g} GWh)",
                    "Correct one of the two",
                )  # fmt: skip
            carries = worth.plain(line.existing, "GW", year) * HOURS if line.existing else 0.0
            if least > carries and not line.build:
                faults.add(
                    "bounds", f"lines.{name}.energy_minimum",
                    f"the least energy of {year} is above what the line carries ({least:g} > {carries:g} GWh)",
                    "Raise the capacity or lower the energy",
                )  # fmt: skip


def _budgets(spec: Spec, faults: Collector) -> None:
    for name, budget in spec.budgets.items():
        place = f"budgets.{name}"
        if budget.since is not None and budget.until is not None and budget.since > budget.until:
            faults.add(
                "bounds", place, f"holds since {budget.since} and until {budget.until}, so never",
                "Correct one of the two years",
            )  # fmt: skip
        if budget.at_most is None and budget.at_least is None:
            faults.add("no-limit", place, "has no limit", "State at_most or at_least")
        if budget.at_most is not None and min(budget.at_most.numbers) == 0 and budget.kind != "curtailment":
            faults.add(
                "zero-budget", f"{place}.at_most", "is 0", "Leave the technologies out, or state a limit above 0"
            )
        if budget.at_most is not None and budget.at_least is not None:
            for year in spec.periods:
                if budget.at_most.at(year) * factor(budget.at_most.unit, budget.at_least.unit) < budget.at_least.at(
                    year
                ):
                    faults.add("bounds", place, f"the least of {year} is above the most", "Correct one of the two")
        if budget.kind == "gas_storage" and budget.held is None:
            faults.add(
                "no-held", place, "does not say how much fuel is in store",
                "State held, or leave the rule out where it is not known",
            )  # fmt: skip
        if budget.kind in {"carrier", "gas_storage"} and budget.carrier not in spec.carriers:
            faults.add("unknown-carrier", f"{place}.carrier", f"no carrier '{budget.carrier}'", _choose(spec.carriers))
        if budget.kind in {"co2", "carrier", "renewable", "curtailment", "gas_storage"}:
            for other in budget.technologies:
                if other not in spec.technologies:
                    faults.add("not-a-generator", place, f"'{other}' generates nothing", "Name generators only")
        for year in budget.periods:
            if year not in spec.periods:
                faults.add(
                    "unknown-period", f"{place}.periods", f"{year} is not modelled", _choose(map(str, spec.periods))
                )


def _reach(spec: Spec, faults: Collector) -> None:
    """Find demand that no generator can reach over lines."""
    feeds: dict[str, set[str]] = {node: set() for node in spec.nodes}
    for line in spec.lines.values():
        feeds[line.target].add(line.origin)
        if line.both_ways:
            feeds[line.origin].add(line.target)
    sources = {tech.node for tech in spec.technologies.values()}
    for name, demand in spec.demands.items():
        reached, waiting = {demand.node}, [demand.node]
        while waiting:
            for node in feeds[waiting.pop()] - reached:
                reached.add(node)
                waiting.append(node)
        if not reached & sources:
            faults.add(
                "unreachable", f"demands.{name}.node", f"no generator reaches node '{demand.node}'",
                "Add a technology there, or a line towards it",
            )  # fmt: skip
