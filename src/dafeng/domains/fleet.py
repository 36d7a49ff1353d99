"""Road vehicles of a city: what is sold, what still stands of it by year of sale, and by what they are driven.

A cohort is the vehicles sold in one year. Sales fill what is wanted beyond those that still stand, so the stock
follows the vehicles wanted, and never falls faster than they wear out.
"""

from __future__ import annotations

from dafeng.kernel import Array, fact, greatest, least, param, stock, total, variable, where


@variable("year", dims="place cohort year", ref="vehicle-survival-2011#方法")
def age(now: Array = param("fleet.calendar"), sold: Array = param("fleet.sold_in")) -> Array:
    """Age at year end of what was sold in a cohort: year less middle of the year of sale; 0 before it is sold."""
    return greatest(0, now - sold)


@variable("", dims="place cohort year", ref="vehicle-survival-2011#方法")
def fresh(age: Array = age, span: Array = param("fleet.cohort_span")) -> Array:
    """Whether a cohort is sold in a year: 1 while its age is within the span of the cohort, else 0."""
    return where(age, 1, 0) * where(span - age, 1, 0)


@variable("", dims="place vehicle cohort year", ref="vehicle-survival-2011#Weibull 生存曲线")
def standing(
    age: Array = age, life: Array = param("fleet.median_life"), shape: Array = param("fleet.survival_shape")
) -> Array:
    """Part of a cohort that still stands: a half to the power of (age over median life) to the power of the shape."""
    return survival(age, life, shape)


def survival(age: Array, life: Array, shape: Array) -> Array:
    """Give the part that stands at an age: a Weibull curve through one half at the median life; 0 before the sale."""
    return where(age, (1 / (1 + 1)) ** ((age / life) ** shape), 0)


@variable(
    "vehicle", dims="place year", observed=fact("transport.private_cars"), ref="state-peaking-plan-2021#三（五）1"
)
def private_cars(
    cars: Array = param("fleet.cars"),
    others: Array = param("fleet.size"),
    kept: Array = param("fleet.is_car"),
    private: Array = param("fleet.is_private"),
) -> Array:
    """Private cars: all passenger cars less those of companies, of other provinces and taxis."""
    return cars - total(others * (kept - private), over="vehicle")


@variable("vehicle", dims="place vehicle year", ref="vehicle-survival-2011#方法")
def wanted(
    private: Array = private_cars, others: Array = param("fleet.size"), is_private: Array = param("fleet.is_private")
) -> Array:
    """Vehicles wanted, by type: the private cars, and of the other types what is planned to be in use."""
    return private * is_private + others * (1 - is_private)


@variable("vehicle", dims="place vehicle cohort year", ref="vehicle-survival-2011#方法")
def sold_at_start(wanted: Array = wanted, standing: Array = standing, initial: Array = param("fleet.before")) -> Array:
    """Vehicles sold before the first year, by cohort: so many that those which stand are the vehicles wanted."""
    left = total(standing * initial, over="cohort")
    return initial * wanted / (left + where(left, 0, 1))


@variable("", dims="place vehicle cohort year", ref="vehicle-survival-2011#方法")
def joining(fresh: Array = fresh, standing: Array = standing) -> Array:
    """Vehicles to be sold for each that is to stand at the end of the year of sale, by cohort."""
    return fresh / total(fresh * standing, over="cohort")


@stock("vehicle", dims="place vehicle cohort year", start=sold_at_start, ref="vehicle-survival-2011#方法")
def sold(
    before: Array, step: float, wanted: Array = wanted, standing: Array = standing, joining: Array = joining
) -> Array:
    """Vehicles sold, by cohort: in its year so many as are wanted beyond those that still stand."""
    return before + joining * greatest(0, wanted - total(before * standing, over="cohort"))


@variable("vehicle", dims="place vehicle cohort year", ref="vehicle-survival-2011#方法")
def survivors(sold: Array = sold, standing: Array = standing) -> Array:
    """Vehicles in use by cohort: those sold x the part that still stands."""
    return sold * standing


@variable("vehicle", dims="place vehicle year", ref="vehicle-survival-2011#方法")
def sales(sold: Array = sold, fresh: Array = fresh) -> Array:
    """Vehicles sold in a year, by type; in the first year all that were sold before it."""
    return total(sold * fresh, over="cohort")


@variable("", dims="place vehicle powertrain year", ref="state-peaking-plan-2021#三（五）1")
def sales_share(
    battery: Array = param("fleet.battery_share"),
    plug_in: Array = param("fleet.plug_in_share"),
    engine: Array = param("fleet.engine_share"),
    is_battery: Array = param("fleet.is_battery"),
    is_plug_in: Array = param("fleet.is_plug_in"),
) -> Array:
    """Share of a powertrain in sales: battery; of the rest plug-in hybrids; of the rest the engines by their shares."""
    return battery * is_battery + (1 - battery) * (plug_in * is_plug_in + (1 - plug_in) * engine)


@variable("vehicle", dims="place year", ref="state-peaking-plan-2021#三（五）1")
def new_energy_sales(
    sales: Array = sales,
    share: Array = sales_share,
    is_battery: Array = param("fleet.is_battery"),
    is_plug_in: Array = param("fleet.is_plug_in"),
) -> Array:
    """New-energy vehicles sold in a year: battery and plug-in hybrid vehicles."""
    return total(sales * share * (is_battery + is_plug_in), over="vehicle powertrain")


@variable("", dims="place vehicle powertrain cohort", ref="state-peaking-plan-2021#三（五）1")
def cohort_share(share: Array = sales_share, fresh: Array = fresh) -> Array:
    """Share of a powertrain in a cohort: that of the sales of its year."""
    return total(share * fresh, over="year")


@variable(
    "vehicle", dims="place year", observed=fact("transport.fuel_cell_vehicles"), ref="state-peaking-plan-2021#三（五）1"
)
def fuel_cell(aim: Array = param("fleet.fuel_cell_aim")) -> Array:
    """Fuel-cell vehicles in use: what is planned to be."""
    return aim


@variable("", dims="place vehicle year", ref="state-peaking-plan-2021#三（五）1")
def fuel_cell_part(
    fuel_cell: Array = fuel_cell, split: Array = param("fleet.fuel_cell_split"), survivors: Array = survivors
) -> Array:
    """Part of a type of vehicles that runs on fuel cells, in place of others of the type."""
    return least(1, fuel_cell * split / total(survivors, over="cohort"))


@variable("vehicle", dims="place vehicle powertrain year", ref="vehicle-survival-2011#方法")
def in_use(survivors: Array = survivors, share: Array = cohort_share, fuel_cell: Array = fuel_cell_part) -> Array:
    """Vehicles in use by type and powertrain, without those on fuel cells: each cohort by the sales of its year."""
    return total(survivors * share, over="cohort") * (1 - fuel_cell)


@variable("vehicle", dims="place year", observed=fact("transport.nev_stock"), ref="state-peaking-plan-2021#三（五）1")
def new_energy(
    in_use: Array = in_use,
    is_battery: Array = param("fleet.is_battery"),
    is_plug_in: Array = param("fleet.is_plug_in"),
    fuel_cell: Array = fuel_cell,
) -> Array:
    """New-energy vehicles in use: battery, plug-in hybrid and fuel-cell vehicles."""
    return total(in_use * (is_battery + is_plug_in), over="vehicle powertrain") + fuel_cell


@variable("%", dims="place year", ref="state-peaking-plan-2021#三（五）1")
def private_battery_sales(
    battery: Array = param("fleet.battery_share"), private: Array = param("fleet.is_private")
) -> Array:
    """Battery share of cars that private people buy."""
    return total(battery * private, over="vehicle")


@variable("%", dims="place year", ref="state-peaking-plan-2021#三（五）1")
def battery_cars(
    in_use: Array = in_use, is_car: Array = param("fleet.is_car"), is_battery: Array = param("fleet.is_battery")
) -> Array:
    """Battery share of passenger cars in use."""
    cars = in_use * is_car
    return total(cars * is_battery, over="vehicle powertrain") / total(cars, over="vehicle powertrain")


@variable("item", dims="place year", observed=fact("transport.chargers"), ref="state-peaking-plan-2021#三（五）3")
def chargers(vehicles: Array = new_energy, by_charger: Array = param("fleet.vehicles_per_charger")) -> Array:
    """Chargers needed: new-energy vehicles over the vehicles that share one."""
    return vehicles / by_charger
