"""Steel of a city: crude steel by route, the iron and electricity it needs, the scrap it takes, and the CO2 of it."""

from __future__ import annotations

from dafeng.kernel import Array, fact, least, param, variable


@variable("t", dims="place year", observed=fact("industry.crude_steel"), ref="state-peaking-plan-2021#三（三）2")
def crude(output: Array = param("steel.output")) -> Array:
    """Crude steel: what is planned to be made."""
    return output


@variable("t", dims="place year", ref="state-peaking-plan-2021#三（三）2")
def furnace_steel(crude: Array = crude, electric: Array = param("steel.electric_share")) -> Array:
    """Steel of electric furnaces: crude steel x their share."""
    return crude * electric


@variable("t", dims="place year", ref="state-peaking-plan-2021#三（三）2")
def iron_wanted(
    crude: Array = crude, furnace: Array = furnace_steel, scrap: Array = param("steel.converter_scrap")
) -> Array:
    """Iron that converters want: their steel less the scrap they take."""
    return (crude - furnace) * (1 - scrap)


@variable("t", dims="place year", ref="state-peaking-plan-2021#三（三）2")
def shaft_iron(wanted: Array = iron_wanted, aim: Array = param("steel.reduced_iron")) -> Array:
    """Iron reduced by gas or hydrogen in shafts: what is planned, and no more than is wanted."""
    return least(aim, wanted)


@variable("t", dims="place year", observed=fact("industry.pig_iron"), ref="state-peaking-plan-2021#三（三）2")
def iron(wanted: Array = iron_wanted, reduced: Array = shaft_iron) -> Array:
    """Pig iron of blast furnaces: the iron wanted less what shafts reduce."""
    return wanted - reduced


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
def furnace_co2(
    iron: Array = iron,
    by_iron: Array = param("steel.iron_factor"),
    rich: Array = param("steel.hydrogen_share"),
    cut: Array = param("steel.hydrogen_cut"),
    injected: Array = param("steel.gas_injection"),
    swap: Array = param("steel.injection_cut"),
) -> Array:
    """CO2 of pig iron: iron x its factor, less what hydrogen-rich furnaces and gas in the place of coal save."""
    return iron * (by_iron * (1 - rich * cut) - injected * swap)


@variable("tCO2", dims="place year", ref="ipcc-2006-industry#第 4 章 4.2")
def shaft_co2(
    reduced: Array = shaft_iron,
    hydrogen: Array = param("steel.shaft_hydrogen"),
    gas: Array = param("steel.shaft_gas"),
    factor: Array = param("steel.gas_factor"),
) -> Array:
    """CO2 of iron reduced in shafts: what gas reduces x gas for a tonne x factor; hydrogen burns to none."""
    return reduced * (1 - least(hydrogen, 0 * hydrogen + 1)) * gas * factor


@variable("tCO2", dims="place year", ref="ipcc-2006-industry#第 4 章 4.2")
def capture(
    furnaces: Array = furnace_co2,
    shafts: Array = shaft_co2,
    aim: Array = param("steel.captured"),
    rate: Array = param("steel.capture_rate"),
) -> Array:
    """CO2 captured at steel works: what is planned, and no more than a capture plant can take of it."""
    return least(aim, (furnaces + shafts) * rate)


@variable("tCO2", dims="place year", observed=fact("emissions.ferrous"), ref="ipcc-2006-industry#第 4 章 4.2")
def co2(furnaces: Array = furnace_co2, shafts: Array = shaft_co2, captured: Array = capture) -> Array:
    """CO2 of steel: that of blast furnaces and of shafts, less what is captured."""
    return furnaces + shafts - captured


@variable("TWh", dims="place year", ref="state-peaking-plan-2021#三（三）2")
def electricity(
    crude: Array = crude,
    furnace: Array = furnace_steel,
    by_converter: Array = param("steel.converter_electricity"),
    by_furnace: Array = param("steel.furnace_electricity"),
    reduced: Array = shaft_iron,
    hydrogen: Array = param("steel.shaft_hydrogen"),
    by_shaft: Array = param("steel.shaft_electricity"),
    by_hydrogen: Array = param("steel.hydrogen_electricity"),
    captured: Array = capture,
    by_capture: Array = param("steel.capture_electricity"),
) -> Array:
    """Electricity of steel: both routes, shafts with the hydrogen they take, and capture."""
    routes = (crude - furnace) * by_converter + furnace * by_furnace
    return routes + reduced * (by_shaft + hydrogen * by_hydrogen) + captured * by_capture


@variable("tce", dims="place year", ref="gbt-2589-2020#4")
def fuel(
    iron: Array = iron,
    by_iron: Array = param("steel.fuel_by_iron"),
    reduced: Array = shaft_iron,
    hydrogen: Array = param("steel.shaft_hydrogen"),
    gas: Array = param("steel.shaft_gas"),
) -> Array:
    """Fuel of steel: what goes with pig iron, coking included, and the gas of shafts."""
    return iron * by_iron + reduced * (1 - least(hydrogen, 0 * hydrogen + 1)) * gas
