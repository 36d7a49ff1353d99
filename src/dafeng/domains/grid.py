"""Electricity of a city, year by year: use, local plants, imports, the coal that fills the rest, and the CO2 of it."""

from __future__ import annotations

from dafeng.kernel import Array, fact, greatest, least, param, stock, variable


@stock(
    "TWh",
    dims="place year",
    start=fact("power.electricity_use"),
    observed=fact("power.electricity_use"),
    ref="provincial-guideline-2025#净调入电力",
)
def demand(before: Array, step: float, growth: Array = param("driver.electricity_growth")) -> Array:
    """Electricity used: that of the year before x (1 + growth x years since)."""
    return before * (1 + growth * step)


@variable("GW", dims="place year", observed=fact("power.pv_capacity"), ref="state-peaking-plan-2021#三（一）2")
def solar_capacity(aim: Array = param("grid.solar_aim")) -> Array:
    """Solar capacity at year end: what is planned to stand."""
    return aim


@variable("GW", dims="place year", observed=fact("power.wind_capacity"), ref="state-peaking-plan-2021#三（一）2")
def wind_capacity(aim: Array = param("grid.wind_aim")) -> Array:
    """Wind capacity at year end: what is planned to stand."""
    return aim


@variable("GW", dims="place year", observed=fact("power.biomass_capacity"), ref="state-peaking-plan-2021#三（一）2")
def biomass_capacity(aim: Array = param("grid.biomass_aim")) -> Array:
    """Biomass capacity, waste incineration included, at year end: what is planned to stand."""
    return aim


@variable("TWh", dims="place year", ref="state-peaking-plan-2021#三（一）2")
def solar(capacity: Array = solar_capacity, hours: Array = param("grid.solar_hours")) -> Array:
    """Solar power: capacity x hours of use."""
    return capacity * hours


@variable("TWh", dims="place year", ref="state-peaking-plan-2021#三（一）2")
def wind(capacity: Array = wind_capacity, hours: Array = param("grid.wind_hours")) -> Array:
    """Wind power: capacity x hours of use."""
    return capacity * hours


@variable("TWh", dims="place year", ref="state-peaking-plan-2021#三（一）2")
def biomass(capacity: Array = biomass_capacity, hours: Array = param("grid.biomass_hours")) -> Array:
    """Power of biomass and waste: capacity x hours of use."""
    return capacity * hours


@variable("TWh", dims="place year", observed=fact("power.gas_generation"), ref="state-peaking-plan-2021#三（一）5")
def gas(capacity: Array = param("grid.gas_capacity"), hours: Array = param("grid.gas_hours")) -> Array:
    """Gas power: capacity x hours of use."""
    return capacity * hours


@variable(
    "TWh", dims="place year", observed=fact("power.net_import"), ref="provincial-guideline-2025#净调入电力"
)
def imported(present: Array = param("grid.import_present"), new: Array = param("grid.import_new")) -> Array:
    """Net import of electricity: what the present channels bring and what new ones add."""
    return present + new


@variable("TWh", dims="place year", ref="provincial-guideline-2025#净调入电力")
def rest(
    use: Array = demand,
    bought: Array = imported,
    sun: Array = solar,
    air: Array = wind,
    refuse: Array = biomass,
    turbine: Array = gas,
) -> Array:
    """What is left for coal: use less imports and the other plants, and not less than nothing."""
    return greatest(0 * use, use - bought - sun - air - refuse - turbine)


@variable("TWh", dims="place year", ref="state-peaking-plan-2021#三（一）1")
def coal_limit(capacity: Array = param("grid.coal_capacity"), hours: Array = param("grid.coal_hours_limit")) -> Array:
    """Most that coal plants can generate: capacity x most hours of use."""
    return capacity * hours


@variable("TWh", dims="place year", observed=fact("power.coal_generation"), ref="provincial-guideline-2025#净调入电力")
def coal(rest: Array = rest, limit: Array = coal_limit) -> Array:
    """Coal power: what is left for it, up to its limit."""
    return least(rest, limit)


@variable("TWh", dims="place year", ref="provincial-guideline-2025#净调入电力")
def bought_more(rest: Array = rest, limit: Array = coal_limit) -> Array:
    """Electricity that neither plants nor planned imports give and that must be bought: what is left over the limit."""
    return greatest(0 * rest, rest - limit)


@variable("tCO2", dims="place year", ref="ipcc-2006-energy#第 2 章 式 2.1")
def co2(
    coal: Array = coal,
    coal_rate: Array = param("grid.coal_rate"),
    coal_factor: Array = param("grid.coal_factor"),
    gas: Array = gas,
    gas_rate: Array = param("grid.gas_rate"),
    gas_factor: Array = param("grid.gas_factor"),
) -> Array:
    """CO2 of local power plants: power x fuel by unit of power x CO2 factor, of coal and of gas."""
    return coal * coal_rate * coal_factor + gas * gas_rate * gas_factor


@variable("TWh", dims="place year", ref="provincial-guideline-2025#净调入电力")
def imported_renewable(
    bought: Array = imported,
    new: Array = param("grid.import_new"),
    present_share: Array = param("grid.import_present_renewable"),
    new_share: Array = param("grid.import_new_renewable"),
) -> Array:
    """Renewable electricity of imports: that of the present channels and that of new ones, each by its share."""
    return (bought - new) * present_share + new * new_share


@variable("tCO2", dims="place year", ref="provincial-guideline-2025#净调入电力")
def import_co2(
    bought: Array = imported,
    clean: Array = imported_renewable,
    more: Array = bought_more,
    factor: Array = param("grid.import_factor"),
) -> Array:
    """CO2 of imported electricity: what is not renewable x the factor of the plants that make it."""
    return (bought - clean + more) * factor


@variable(
    "%", dims="place year", observed=fact("power.renewable_share_of_use"), ref="state-peaking-plan-2021#三（一）2"
)
def renewable_share(
    sun: Array = solar,
    air: Array = wind,
    refuse: Array = biomass,
    bought: Array = imported_renewable,
    use: Array = demand,
) -> Array:
    """Renewable share of electricity use: local and imported renewable electricity over use."""
    return (sun + air + refuse + bought) / use


@variable("tCO2/MWh", dims="place year", ref="provincial-guideline-2025#净调入电力")
def factor(local: Array = co2, bought: Array = import_co2, use: Array = demand) -> Array:
    """CO2 of a unit of electricity used: that of local plants and of imports over use."""
    return (local + bought) / use
