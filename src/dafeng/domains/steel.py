"""Steel of a city: crude steel by route, the iron it needs, the scrap it takes, and the CO2 of it."""

from __future__ import annotations

from dafeng.kernel import Array, fact, param, variable


@variable("t", dims="place year", observed=fact("industry.crude_steel"), ref="state-peaking-plan-2021#三（三）2")
def crude(output: Array = param("steel.output")) -> Array:
    """Crude steel: what is planned to be made."""
    return output


@variable("t", dims="place year", ref="state-peaking-plan-2021#三（三）2")
def furnace_steel(crude: Array = crude, electric: Array = param("steel.electric_share")) -> Array:
    """Steel of electric furnaces: crude steel x their share."""
    return crude * electric


@variable("t", dims="place year", observed=fact("industry.pig_iron"), ref="state-peaking-plan-2021#三（三）2")
def iron(crude: Array = crude, furnace: Array = furnace_steel, scrap: Array = param("steel.converter_scrap")) -> Array:
    """Pig iron: the steel of converters less the scrap they take."""
    return (crude - furnace) * (1 - scrap)


@variable("%", dims="place year", ref="state-peaking-plan-2021#三（三）2")
def scrap_ratio(
    crude: Array = crude,
    furnace: Array = furnace_steel,
    converter_scrap: Array = param("steel.converter_scrap"),
    furnace_scrap: Array = param("steel.furnace_scrap"),
) -> Array:
    """Scrap ratio: scrap of converters and of electric furnaces over crude steel."""
    return ((crude - furnace) * converter_scrap + furnace * furnace_scrap) / crude


@variable("tCO2", dims="place year", ref="ipcc-2006-industry#第 4 章 4.2")
def co2(
    iron: Array = iron,
    by_iron: Array = param("steel.iron_factor"),
    rich: Array = param("steel.hydrogen_share"),
    cut: Array = param("steel.hydrogen_cut"),
    captured: Array = param("steel.captured"),
) -> Array:
    """CO2 of steel: pig iron x its factor, less what hydrogen-rich furnaces save and what is captured."""
    return iron * by_iron * (1 - rich * cut) - captured
