"""Aircraft of a city: load of its airports, fuel by load and distance, sustainable fuel, and the CO2 of the rest."""

from __future__ import annotations

from dafeng.kernel import Array, fact, param, shift, stock, variable


@variable(
    "trip", dims="place year", observed=fact("transport.airport_passengers"), ref="provincial-guideline-2025#交通 航空"
)
def passengers(path: Array = param("aviation.passengers_path")) -> Array:
    """Passengers of the airports in a year."""
    return path


@variable("t", dims="place year", observed=fact("transport.airport_cargo"), ref="provincial-guideline-2025#交通 航空")
def cargo(path: Array = param("aviation.cargo_path")) -> Array:
    """Cargo and mail of the airports in a year."""
    return path


@variable("tkm", dims="place year", ref="provincial-guideline-2025#交通 航空")
def work(
    passengers: Array = passengers,
    mass: Array = param("aviation.passenger_mass"),
    cargo: Array = cargo,
    distance: Array = param("aviation.distance"),
) -> Array:
    """Work of aircraft: (passengers x mass of one + cargo) x mean distance."""
    return (passengers * mass + cargo) * distance


@variable("", dims="place year", ref="provincial-guideline-2025#交通 航空")
def change(work: Array = work, rate: Array = param("aviation.fuel_by_work")) -> Array:
    """Fuel that aircraft need, work x fuel by work, against that of the year before."""
    need = work * rate
    return need / shift(need)


@stock(
    "t",
    dims="place year",
    start=fact("transport.jet_fuel"),
    observed=fact("transport.jet_fuel"),
    ref="provincial-guideline-2025#交通 航空",
)
def fuel(before: Array, step: float, change: Array = change) -> Array:
    """Jet fuel, kerosene and sustainable: that of the year before x change of what aircraft need."""
    return before * change


@variable("t", dims="place year", ref="caac-green-plan-2022#可持续航空燃料")
def sustainable(fuel: Array = fuel, share: Array = param("aviation.sustainable_share")) -> Array:
    """Sustainable aviation fuel: jet fuel x its share."""
    return fuel * share


@variable("t", dims="place year", ref="caac-green-plan-2022#可持续航空燃料")
def kerosene(fuel: Array = fuel, sustainable: Array = sustainable) -> Array:
    """Fossil kerosene: jet fuel less sustainable fuel."""
    return fuel - sustainable


@variable("tCO2", dims="place year", ref="ipcc-2006-energy#第 3 章 3.6")
def all_co2(kerosene: Array = kerosene, factor: Array = param("aviation.kerosene_factor")) -> Array:
    """CO2 of aircraft, with fuel taken on abroad: kerosene x factor."""
    return kerosene * factor


@variable("tCO2", dims="place year", ref="ipcc-2006-energy#第 3 章 3.6")
def abroad_co2(all_co2: Array = all_co2, abroad: Array = param("aviation.abroad_share")) -> Array:
    """CO2 of fuel that the city's aircraft take on abroad, which the balance books as consumption."""
    return all_co2 * abroad


@variable("tCO2", dims="place year", ref="ipcc-2006-energy#第 3 章 3.6")
def co2(all_co2: Array = all_co2, abroad: Array = abroad_co2) -> Array:
    """CO2 of aircraft, without fuel taken on abroad."""
    return all_co2 - abroad


@variable("tCO2", dims="place year", ref="caac-green-plan-2022#可持续航空燃料")
def sustainable_co2(
    sustainable: Array = sustainable,
    factor: Array = param("aviation.kerosene_factor"),
    cut: Array = param("aviation.life_cycle_cut"),
) -> Array:
    """Memo: CO2 of sustainable fuel over its life, by its cut against that of kerosene."""
    return sustainable * factor * (1 - cut)


@variable("tce", dims="place year", ref="gbt-2589-2020#4")
def energy(fuel: Array = fuel, heat: Array = param("aviation.kerosene_ncv")) -> Array:
    """Final energy of aircraft, with fuel taken on abroad: fuel x heat."""
    return fuel * heat
