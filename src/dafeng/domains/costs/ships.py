"""Cost of the fuel of ships and aircraft, without what is taken on abroad.

Ships and aircraft themselves are not priced: that new ones cost more is not in the sums.
"""

from __future__ import annotations

from dafeng.domains import aviation, shipping
from dafeng.kernel import Array, param, total, variable


@variable("CNY/TJ", dims="place year", ref="ship-and-bunker-2022#G20 VLSFO 2021")
def marine_oil(
    price: Array = param("costs.marine_oil_price"),
    rate: Array = param("costs.dollar"),
    level: Array = param("costs.prices_2021"),
    heat: Array = param("shipping.oil_ncv"),
    sea: Array = param("shipping.is_sea"),
) -> Array:
    """Price of marine fuel oil for each unit of its heat."""
    return price * rate * level / total(heat * sea, over="ship")


@variable("CNY", dims="place year", ref="argus-marine-fuels-2023#VLSFO-equivalent")
def ship_fuel(
    oil: Array = shipping.oil,
    heat: Array = param("shipping.oil_ncv"),
    sea: Array = param("shipping.is_sea"),
    at_sea: Array = marine_oil,
    on_rivers: Array = param("costs.diesel_price"),
    tax: Array = param("costs.diesel_tax"),
    clean: Array = shipping.clean_fuel,
    price: Array = param("costs.clean_fuel_price"),
    times: Array = param("costs.clean_fuel_times"),
    abroad: Array = param("shipping.abroad_share"),
) -> Array:
    """Fuel of ships: oil at sea, untaxed diesel on rivers, clean fuels at their own price or a multiple of oil's."""
    burnt = total(oil * (heat * sea * at_sea + (1 - sea) * (on_rivers - tax)), over="ship")
    return (burnt + total(clean * (price + times * at_sea), over="clean_fuel")) * (1 - abroad)


@variable("CNY", dims="place year", ref="dialogue-earth-saf-2025#2 to 5 times")
def aircraft_fuel(
    kerosene: Array = aviation.kerosene,
    sustainable: Array = aviation.sustainable,
    price: Array = param("costs.kerosene_price"),
    times: Array = param("costs.sustainable_times"),
    abroad: Array = param("aviation.abroad_share"),
) -> Array:
    """Fuel of aircraft: kerosene x price, sustainable fuel x price x how many times dearer it is."""
    return (kerosene + sustainable * times) * price * (1 - abroad)
