"""Road traffic of a city: distance, fuel, electricity and hydrogen of its vehicles, and the CO2 of the fuel.

What the fleet needs by count, distance and use is not all fuel that the city's pumps sell: cars of other places,
motorcycles and engines off the road burn some. So fuel stands on the energy balance and changes as the need does.
"""

from __future__ import annotations

from dafeng.domains import fleet, freight
from dafeng.kernel import Array, fact, param, shift, stock, total, variable


@variable("%", dims="place year", ref="state-peaking-plan-2021#三（五）2")
def green_travel(aim: Array = param("road.green_travel_aim")) -> Array:
    """Share of trips in the central city on foot, by bicycle, bus and rail."""
    return aim


@variable("", dims="place year", ref="state-peaking-plan-2021#三（五）2")
def car_trips(green: Array = green_travel, reference: Array = param("road.green_travel_reference")) -> Array:
    """Trips by car in the central city against those at the reference share of green travel."""
    return (1 - green) / (1 - reference)


@variable("km/vehicle", dims="place vehicle year", ref="provincial-guideline-2025#交通 道路")
def distance(
    base: Array = param("road.distance_base"),
    trips: Array = car_trips,
    central: Array = param("road.central_part"),
    containers: Array = freight.by_road,
    reference: Array = param("road.containers_reference"),
    port: Array = param("road.port_part"),
) -> Array:
    """Yearly distance of a vehicle: its central part moves with car trips, its port part with containers."""
    return base * (1 - central * (1 - trips) - port * (1 - containers / reference))


@variable("L/km", dims="place vehicle cohort", ref="provincial-guideline-2025#交通 道路")
def cohort_use(
    test: Array = param("road.fuel_use"), gap: Array = param("road.real_gap"), fresh: Array = fleet.fresh
) -> Array:
    """Fuel use of a cohort on the road: that of its year in the test x (1 + gap)."""
    return total(test * (1 + gap) * fresh, over="year")


@variable("L*vehicle/km", dims="place vehicle powertrain year", ref="provincial-guideline-2025#交通 道路")
def fleet_use(survivors: Array = fleet.survivors, share: Array = fleet.cohort_share, use: Array = cohort_use) -> Array:
    """Fuel of the fleet for each kilometre that all of its vehicles drive, were all driven by fuel alone."""
    return total(survivors * use * share, over="cohort")


@variable("", dims="place powertrain year", ref="phev-utility-factor-2021#电行驶里程比例")
def electric_part(
    battery: Array = param("fleet.is_battery"),
    plug_in: Array = param("fleet.is_plug_in"),
    factor: Array = param("road.utility_factor"),
) -> Array:
    """Part of the distance driven on electricity: all of battery vehicles, the utility factor of plug-in hybrids."""
    return battery + plug_in * factor


@variable("L", dims="place vehicle powertrain year", ref="provincial-guideline-2025#交通 道路")
def litres(
    use: Array = fleet_use,
    distance: Array = distance,
    relative: Array = param("road.relative_use"),
    electric: Array = electric_part,
    fuel_cell: Array = fleet.fuel_cell_part,
) -> Array:
    """Fuel that the fleet needs: use x distance, less what is driven on electricity or on fuel cells."""
    return use * distance * relative * (1 - electric) * (1 - fuel_cell)


@variable("t", dims="place year", ref="provincial-guideline-2025#交通 道路")
def petrol_need(
    litres: Array = litres, burns: Array = param("road.burns_petrol"), density: Array = param("road.petrol_density")
) -> Array:
    """Petrol that the fleet needs."""
    return total(litres * burns, over="vehicle powertrain") * density


@variable("t", dims="place year", ref="provincial-guideline-2025#交通 道路")
def diesel_need(
    litres: Array = litres, burns: Array = param("road.burns_diesel"), density: Array = param("road.diesel_density")
) -> Array:
    """Diesel that the fleet needs."""
    return total(litres * burns, over="vehicle powertrain") * density


@variable("m3", dims="place year", ref="provincial-guideline-2025#交通 道路")
def gas_need(
    litres: Array = litres, burns: Array = param("road.burns_gas"), volume: Array = param("road.gas_per_litre")
) -> Array:
    """Natural gas that the fleet needs: litres of diesel x gas of the same energy."""
    return total(litres * burns, over="vehicle powertrain") * volume


@variable("", dims="place year", ref="provincial-guideline-2025#交通 道路")
def petrol_change(need: Array = petrol_need) -> Array:
    """Petrol that the fleet needs against that of the year before."""
    return need / shift(need)


@variable("", dims="place year", ref="provincial-guideline-2025#交通 道路")
def diesel_change(need: Array = diesel_need) -> Array:
    """Diesel that the fleet needs against that of the year before."""
    return need / shift(need)


@stock(
    "t",
    dims="place year",
    start=fact("transport.road_petrol"),
    observed=fact("transport.road_petrol"),
    ref="provincial-guideline-2025#交通 道路",
)
def petrol(before: Array, step: float, change: Array = petrol_change) -> Array:
    """Petrol burnt on roads: that of the year before x change of what the fleet needs."""
    return before * change


@stock(
    "t",
    dims="place year",
    start=fact("transport.road_diesel"),
    observed=fact("transport.road_diesel"),
    ref="provincial-guideline-2025#交通 道路",
)
def diesel(before: Array, step: float, change: Array = diesel_change) -> Array:
    """Diesel burnt on roads: that of the year before x change of what the fleet needs."""
    return before * change


@variable("m3", dims="place year", observed=fact("transport.road_gas"), ref="provincial-guideline-2025#交通 道路")
def gas(need: Array = gas_need, by_need: Array = param("road.gas_by_need")) -> Array:
    """Natural gas burnt on roads: what the fleet needs x gas burnt by need."""
    return need * by_need


@variable("t", dims="place year", observed=fact("transport.road_lpg"), ref="provincial-guideline-2025#交通 道路")
def lpg(petrol: Array = petrol, by_petrol: Array = param("road.lpg_by_petrol")) -> Array:
    """Liquefied petroleum gas burnt on roads: petrol x gas by petrol."""
    return petrol * by_petrol


@variable("%", dims="place year", ref="provincial-guideline-2025#交通 道路")
def petrol_explained(need: Array = petrol_need, burnt: Array = petrol) -> Array:
    """Part of the petrol burnt that the fleet's count, distance and use explain."""
    return need / burnt


@variable("%", dims="place year", ref="provincial-guideline-2025#交通 道路")
def diesel_explained(need: Array = diesel_need, burnt: Array = diesel) -> Array:
    """Part of the diesel burnt that the fleet's count, distance and use explain."""
    return need / burnt


@variable("tCO2", dims="place year", ref="ipcc-2006-energy#第 3 章 3.2")
def commercial_co2(
    diesel: Array = diesel,
    diesel_factor: Array = param("road.diesel_factor"),
    gas: Array = gas,
    gas_factor: Array = param("road.gas_factor"),
) -> Array:
    """CO2 of diesel and gas on roads, nearly all of it trucks and buses."""
    return diesel * diesel_factor + gas * gas_factor


@variable("tCO2", dims="place year", ref="ipcc-2006-energy#第 3 章 3.2")
def co2(
    commercial: Array = commercial_co2,
    petrol: Array = petrol,
    petrol_factor: Array = param("road.petrol_factor"),
    lpg: Array = lpg,
    lpg_factor: Array = param("road.lpg_factor"),
) -> Array:
    """CO2 of road vehicles: each fuel x its factor."""
    return commercial + petrol * petrol_factor + lpg * lpg_factor


@variable("TWh", dims="place vehicle year", ref="ev-real-world-2026#能耗")
def charged(
    in_use: Array = fleet.in_use,
    electric: Array = electric_part,
    distance: Array = distance,
    use: Array = param("road.electricity_use"),
    loss: Array = param("road.charging_loss"),
) -> Array:
    """Electricity that vehicles take from the grid: electric distance x use, and what charging loses."""
    return total(in_use * electric, over="powertrain") * distance * use / (1 - loss)


@variable("t", dims="place year", ref="state-peaking-plan-2021#三（五）1")
def hydrogen(
    survivors: Array = fleet.survivors,
    part: Array = fleet.fuel_cell_part,
    distance: Array = distance,
    use: Array = param("road.hydrogen_use"),
) -> Array:
    """Hydrogen of fuel-cell vehicles: vehicles x distance x use."""
    return total(total(survivors, over="cohort") * part * distance * use, over="vehicle")


@variable("TWh", dims="place year", ref="ev-real-world-2026#能耗")
def electricity(
    charged: Array = charged,
    hydrogen: Array = hydrogen,
    electrolysed: Array = param("road.electrolysed_share"),
    by_tonne: Array = param("road.electrolysis_use"),
) -> Array:
    """Electricity of road vehicles: what they charge, and what makes hydrogen from water."""
    return total(charged, over="vehicle") + hydrogen * electrolysed * by_tonne


@variable("tce", dims="place year", ref="gbt-2589-2020#4")
def energy(
    petrol: Array = petrol,
    petrol_heat: Array = param("road.petrol_ncv"),
    diesel: Array = diesel,
    diesel_heat: Array = param("road.diesel_ncv"),
    gas: Array = gas,
    gas_heat: Array = param("road.gas_ncv"),
    lpg: Array = lpg,
    lpg_heat: Array = param("road.lpg_ncv"),
    electricity: Array = electricity,
) -> Array:
    """Final energy of road vehicles: fuels by their heat, and electricity at its equivalent value."""
    return petrol * petrol_heat + diesel * diesel_heat + gas * gas_heat + lpg * lpg_heat + electricity
