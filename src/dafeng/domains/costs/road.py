"""Cost of road vehicles: what other powertrains cost more to buy, chargers, and fuel.

A vehicle pays its extra price back in equal yearly parts while it stands; when it is scrapped its successor is a sale
like any other. Electricity is priced where it is made.
"""

from __future__ import annotations

from dafeng.domains import fleet, road
from dafeng.kernel import Array, greatest, param, shift, stock, total, variable, where


@variable("CNY/vehicle", dims="place vehicle year", ref="technology-data-2026#BEV Bus city、BEV Truck Semi-Trailer")
def vehicle_extra(
    share: Array = fleet.sales_share,
    price: Array = param("costs.extra_price"),
    priced: Array = param("costs.vehicle_is_priced"),
    counted: Array = param("costs.counted"),
    rate: Array = param("costs.euro"),
    level: Array = param("costs.euro_prices"),
) -> Array:
    """What a vehicle sold in a year costs more than one with an engine, the mean over the powertrains sold."""
    return total(share * where(priced, price, 0), over="powertrain") * counted * rate * level


@variable("CNY", dims="place year", ref="technology-data-2026#BEV Bus city、BEV Truck Semi-Trailer")
def vehicle_invested(sales: Array = fleet.sales, extra: Array = vehicle_extra) -> Array:
    """Investment of a year in vehicles, beyond what engines would cost: sales x extra price."""
    return total(sales * extra, over="vehicle")


@variable("CNY/vehicle", dims="place vehicle cohort", ref="technology-data-2026#BEV Bus city、BEV Truck Semi-Trailer")
def cohort_extra(extra: Array = vehicle_extra, fresh: Array = fleet.fresh) -> Array:
    """What a vehicle of a cohort cost more: that of the sales of its year."""
    return total(extra * fresh, over="year")


@variable("CNY", dims="place year", ref="technology-data-2026#annuity")
def vehicles(
    survivors: Array = fleet.survivors,
    extra: Array = cohort_extra,
    recovery: Array = param("costs.vehicle_recovery"),
) -> Array:
    """Yearly capital charge of vehicles: those that stand x what they cost more x annuity over their mean life."""
    return total(total(survivors * extra, over="cohort") * recovery, over="vehicle")


@variable("CNY", dims="place year", ref="technology-data-2026#Charging infrastructure slow")
def charger_worth(
    chargers: Array = fleet.chargers,
    price: Array = param("costs.charger_price"),
    rate: Array = param("costs.euro"),
    level: Array = param("costs.euro_prices"),
) -> Array:
    """Chargers at their price."""
    return chargers * price * rate * level


@variable("CNY", dims="place year", ref="technology-data-2026#Charging infrastructure slow")
def charger_invested(
    worth: Array = charger_worth, before: Array = charger_worth, counted: Array = param("costs.counted")
) -> Array:
    """Investment of a year in chargers."""
    return greatest(0, worth - shift(before)) * counted


@stock("CNY", dims="place year", start=param("costs.none_at_start"), ref="technology-data-2026#annuity")
def charger_charge(
    before: Array, step: float, invested: Array = charger_invested, recovery: Array = param("costs.charger_recovery")
) -> Array:
    """Yearly capital charge of chargers: that of the year before, and the annuity of what has been invested since."""
    return before + invested * recovery


@variable("CNY", dims="place year", ref="technology-data-2026#Charging infrastructure slow")
def chargers(
    charge: Array = charger_charge, worth: Array = charger_worth, part: Array = param("costs.charger_upkeep_share")
) -> Array:
    """Chargers in a year: capital charge and upkeep."""
    return charge + worth * part


@variable("CNY", dims="place year", ref="nbs-market-prices#汽油、柴油、液化石油气")
def road_fuel(
    petrol: Array = road.petrol,
    petrol_price: Array = param("costs.petrol_price"),
    petrol_tax: Array = param("costs.petrol_tax"),
    diesel: Array = road.diesel,
    diesel_price: Array = param("costs.diesel_price"),
    diesel_tax: Array = param("costs.diesel_tax"),
    lpg: Array = road.lpg,
    lpg_price: Array = param("costs.lpg_price"),
    gas: Array = road.gas,
    gas_heat: Array = param("road.gas_ncv"),
    gas_price: Array = param("costs.gas_price"),
) -> Array:
    """Fuel of road vehicles: each x its price, less the tax on petrol and diesel."""
    liquid = petrol * (petrol_price - petrol_tax) + diesel * (diesel_price - diesel_tax)
    return liquid + lpg * lpg_price + gas * gas_heat * gas_price
