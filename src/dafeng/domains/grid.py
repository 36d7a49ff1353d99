"""Electricity of a city, year by year: use, local plants, imports, the coal that fills the rest, and the CO2 of it.

The order in which plants fill a year: sun, wind, waste, recovered gas and heat, gas at its usual hours and what present
and new channels bring as a rule; then coal up to its limit, more over present channels up to theirs, gas up to its
limit; what is still missing must be bought and is said.
"""

from __future__ import annotations

from dafeng.domains import steel
from dafeng.kernel import Array, fact, greatest, least, param, stock, total, variable


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


@variable("GW", dims="place year", ref="state-peaking-plan-2021#三（四）3")
def roof_capacity(suited: Array = param("grid.roof_potential"), cover: Array = param("grid.roof_cover")) -> Array:
    """Solar capacity on roofs: what suitable roofs can carry x the part of them that is covered."""
    return suited * cover


@variable("GW", dims="place year", observed=fact("power.pv_capacity"), ref="state-peaking-plan-2021#三（一）2")
def solar_capacity(aim: Array = param("grid.solar_aim"), roofs: Array = roof_capacity) -> Array:
    """Solar capacity at year end: what is planned to stand, and no less than what roofs carry."""
    return greatest(aim, roofs)


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


@variable("TWh", dims="place year", ref="state-peaking-plan-2021#三（四）3")
def roof_solar(capacity: Array = roof_capacity, hours: Array = param("grid.solar_hours")) -> Array:
    """Solar power of roofs, a part of all solar power: capacity on roofs x hours of use."""
    return capacity * hours


@variable("TWh", dims="place year", ref="state-peaking-plan-2021#三（一）2")
def wind(capacity: Array = wind_capacity, hours: Array = param("grid.wind_hours")) -> Array:
    """Wind power: capacity x hours of use."""
    return capacity * hours


@variable("TWh", dims="place year", ref="state-peaking-plan-2021#三（一）2")
def biomass(capacity: Array = biomass_capacity, hours: Array = param("grid.biomass_hours")) -> Array:
    """Power of biomass and waste: capacity x hours of use."""
    return capacity * hours


@variable(
    "TWh",
    dims="place year",
    observed=fact("power.recovered_generation"),
    ref="provincial-guideline-2025#能源活动 化石燃料燃烧",
)
def recovered(iron: Array = steel.iron, by_iron: Array = param("grid.recovered_by_iron")) -> Array:
    """Power of furnace gas and waste heat: pig iron x power that comes with each tonne of it."""
    return iron * by_iron


@variable("TWh", dims="place year", observed=fact("power.gas_generation"), ref="state-peaking-plan-2021#三（一）5")
def gas(capacity: Array = param("grid.gas_capacity"), hours: Array = param("grid.gas_hours")) -> Array:
    """Gas power at its usual hours: capacity x hours of use."""
    return capacity * hours


@variable("TWh", dims="place year", ref="state-peaking-plan-2021#三（一）6")
def stored_loss(
    capacity: Array = param("grid.storage"),
    cycles: Array = param("grid.storage_cycles"),
    depth: Array = param("grid.storage_hours"),
    loss: Array = param("grid.storage_loss"),
) -> Array:
    """Electricity that storage loses: capacity x hours of a full load x loads in a year x loss."""
    return capacity * depth * cycles * loss


@variable("TWh", dims="place year", ref="provincial-guideline-2025#净调入电力")
def import_limit(
    capacity: Array = param("grid.import_capacity"), hours: Array = param("grid.import_hours_limit")
) -> Array:
    """Most that present channels can bring: capacity x most hours of use."""
    return capacity * hours


@variable("TWh", dims="place year", observed=fact("power.net_import"), ref="provincial-guideline-2025#净调入电力")
def imported(
    use: Array = demand,
    part: Array = param("grid.import_share"),
    limit: Array = import_limit,
    new: Array = param("grid.import_new"),
) -> Array:
    """Net import as a rule: the share of use that present channels bring, up to their limit, and what new ones add."""
    return least(use * part, limit) + new


@variable("TWh", dims="place year", ref="provincial-guideline-2025#净调入电力")
def rest(
    use: Array = demand,
    lost: Array = stored_loss,
    bought: Array = imported,
    sun: Array = solar,
    air: Array = wind,
    refuse: Array = biomass,
    recovered: Array = recovered,
    turbine: Array = gas,
) -> Array:
    """What is left for coal: use and loss less imports and the other plants, and not less than nothing."""
    return greatest(0 * use, use + lost - bought - sun - air - refuse - recovered - turbine)


@variable("TWh", dims="place year", ref="state-peaking-plan-2021#三（一）1")
def coal_limit(
    capacity: Array = param("grid.coal_capacity"),
    captive: Array = param("grid.captive_capacity"),
    kept: Array = param("grid.captive_kept"),
    hours: Array = param("grid.coal_hours_limit"),
) -> Array:
    """Most that coal plants can generate: capacity, less captive plants that are not kept, x most hours of use."""
    return greatest(0 * capacity, capacity - captive * (1 - kept)) * hours


@variable("TWh", dims="place year", observed=fact("power.coal_generation"), ref="provincial-guideline-2025#净调入电力")
def coal(rest: Array = rest, limit: Array = coal_limit) -> Array:
    """Coal power: what is left for it, up to its limit."""
    return least(rest, limit)


@variable("TWh", dims="place year", ref="provincial-guideline-2025#净调入电力")
def beyond_coal(rest: Array = rest, limit: Array = coal_limit) -> Array:
    """What coal plants cannot give: what is left over their limit."""
    return greatest(0 * rest, rest - limit)


@variable("TWh", dims="place year", ref="provincial-guideline-2025#净调入电力")
def imported_more(
    beyond: Array = beyond_coal,
    limit: Array = import_limit,
    bought: Array = imported,
    new: Array = param("grid.import_new"),
) -> Array:
    """What present channels bring beyond the rule, where coal is at its limit: up to their own."""
    return least(beyond, greatest(0 * limit, limit - (bought - new)))


@variable("TWh", dims="place year", ref="state-peaking-plan-2021#三（一）5")
def gas_more(
    beyond: Array = beyond_coal,
    bought: Array = imported_more,
    capacity: Array = param("grid.gas_capacity"),
    hours: Array = param("grid.gas_hours_limit"),
    usual: Array = gas,
) -> Array:
    """Gas power beyond its usual hours, where coal and present channels are at their limits: up to its own."""
    return least(beyond - bought, greatest(0 * usual, capacity * hours - usual))


@variable("TWh", dims="place year", ref="provincial-guideline-2025#净调入电力")
def bought_more(beyond: Array = beyond_coal, bought: Array = imported_more, turbine: Array = gas_more) -> Array:
    """Electricity that no plant and no channel gives, and that must be bought: what all limits leave open."""
    return beyond - bought - turbine


@variable("tCO2", dims="place year", ref="ipcc-2006-energy#第 2 章 式 2.1")
def recovered_co2(iron: Array = steel.iron, by_iron: Array = param("grid.furnace_gas_co2")) -> Array:
    """CO2 of furnace gas burnt in power plants: pig iron x CO2 of the gas that comes with each tonne of it."""
    return iron * by_iron


@variable("tCO2", dims="place year", ref="ipcc-2006-energy#第 2 章 式 2.1")
def co2(
    coal: Array = coal,
    coal_rate: Array = param("grid.coal_rate"),
    coal_factor: Array = param("grid.coal_factor"),
    gas: Array = gas,
    more: Array = gas_more,
    gas_rate: Array = param("grid.gas_rate"),
    gas_factor: Array = param("grid.gas_factor"),
    furnace: Array = recovered_co2,
) -> Array:
    """CO2 of local power plants: power x fuel by unit of power x CO2 factor, of coal and of gas, and furnace gas."""
    return coal * coal_rate * coal_factor + (gas + more) * gas_rate * gas_factor + furnace


@variable("tce", dims="place year", ref="ipcc-2006-energy#第 2 章 式 2.1")
def coal_burnt(coal: Array = coal, rate: Array = param("grid.coal_rate")) -> Array:
    """Coal burnt for power: coal power x coal rate."""
    return coal * rate


@variable("tce", dims="place year", ref="ipcc-2006-energy#第 2 章 式 2.1")
def gas_burnt(gas: Array = gas, more: Array = gas_more, rate: Array = param("grid.gas_rate")) -> Array:
    """Gas burnt for power: gas power x gas rate."""
    return (gas + more) * rate


@variable("TWh", dims="place year", ref="provincial-guideline-2025#净调入电力")
def line_renewable(
    energy: Array = param("grid.line_energy"),
    share: Array = param("grid.line_share"),
    bought: Array = imported,
    new: Array = param("grid.import_new"),
) -> Array:
    """Renewable electricity that present lines bring from afar by contract: energy x share, within what is imported."""
    return least(total(energy * share, over="channel"), bought - new)


@variable("TWh", dims="place year", ref="provincial-guideline-2025#净调入电力")
def imported_renewable(
    lines: Array = line_renewable,
    bought: Array = imported,
    new: Array = param("grid.import_new"),
    neighbours: Array = param("grid.neighbour_renewable"),
    new_share: Array = param("grid.import_new_renewable"),
) -> Array:
    """Renewable electricity of imports: of present lines, of what neighbours send beside it, and of new channels."""
    return lines + (bought - new - lines) * neighbours + new * new_share


@variable("tCO2", dims="place year", ref="provincial-guideline-2025#净调入电力")
def import_co2(
    bought: Array = imported,
    clean: Array = imported_renewable,
    extra: Array = imported_more,
    more: Array = bought_more,
    factor: Array = param("grid.import_factor"),
) -> Array:
    """CO2 of imported electricity: what is not renewable x the factor of the plants that make it."""
    return (bought - clean + extra + more) * factor


@variable("TWh", dims="place year", ref="state-peaking-plan-2021#三（一）2")
def renewable(
    sun: Array = solar, air: Array = wind, refuse: Array = biomass, bought: Array = imported_renewable
) -> Array:
    """Renewable electricity: that of local plants and that of imports."""
    return sun + air + refuse + bought


@variable(
    "%", dims="place year", observed=fact("power.renewable_share_of_use"), ref="state-peaking-plan-2021#三（一）2"
)
def renewable_share(renewable: Array = renewable, use: Array = demand) -> Array:
    """Renewable share of electricity use, as it flows: local and imported renewable electricity over use."""
    return renewable / use


@variable("%", dims="place year", ref="state-peaking-plan-2021#三（一）2")
def market_renewable_share(
    renewable: Array = renewable, use: Array = demand, certificates: Array = param("grid.certificates")
) -> Array:
    """Renewable share of electricity use where certificates count: renewable electricity and certificates over use."""
    return least(0 * use / use + 1, (renewable + certificates) / use)


@variable("tCO2/MWh", dims="place year", ref="provincial-guideline-2025#净调入电力")
def factor(local: Array = co2, bought: Array = import_co2, use: Array = demand) -> Array:
    """CO2 of a unit of electricity used: that of local plants and of imports over use."""
    return (local + bought) / use


@variable("", dims="place year", ref="state-peaking-plan-2021#三（一）1")
def captive_share(kept: Array = param("grid.captive_kept")) -> Array:
    """Captive coal plants kept, as a part of what stood."""
    return kept


@variable("%", dims="place year", ref="state-peaking-plan-2021#三（一）2")
def new_channel_renewable(share: Array = param("grid.import_new_renewable")) -> Array:
    """Renewable share of new channels."""
    return share


@variable("%", dims="place year", ref="state-peaking-plan-2021#三（四）3")
def roofs_covered(cover: Array = param("grid.roof_cover")) -> Array:
    """Part of suitable roofs that carries solar."""
    return cover


@variable("GW", dims="place year", ref="state-peaking-plan-2021#三（一）5")
def gas_added(capacity: Array = param("grid.gas_capacity"), base: Array = param("grid.gas_at_start")) -> Array:
    """Gas capacity that has been added since the plan began."""
    return greatest(0 * capacity, capacity - base)
