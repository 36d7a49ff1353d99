"""Figures in the units inside the model: GW, GWh, thousands of the spec's money at its price year, tonnes of CO2."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from dafeng.errors import UnitError
from dafeng.units import factor, parse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dafeng.dispatch.figure import Figure
    from dafeng.dispatch.spec import Spec

CURRENCIES = ("CNY", "EUR", "USD")


def present(periods: Sequence[int], last: int, rate: float) -> list[float]:
    """Give the present value, at the first period, of 1 a year over each period; the last one lasts `last` years."""
    lasts = [*(b - a for a, b in pairwise(periods)), last]
    return [
        sum((1 + rate) ** -(year - periods[0] + k) for k in range(years))
        for year, years in zip(periods, lasts, strict=True)
    ]


class Worth:
    """Converts the figures of one spec."""

    def __init__(self, spec: Spec) -> None:
        self.spec = spec

    def plain(self, figure: Figure, unit: str, year: int) -> float:
        """Give a figure in `unit`, money apart."""
        return figure.at(year) * factor(figure.unit, unit)

    def money(self, figure: Figure, per: str, year: int) -> float:
        """Give a figure of money by `per` in the spec's currency and price year.

        Raises:
            UnitError: the figure is no money by `per`, or no rate of exchange is stated.
        """
        for currency in CURRENCIES:
            target = f"{currency}/{per}"
            if parse(figure.unit).dimension == parse(target).dimension:
                return figure.at(year) * factor(figure.unit, target) * self._rate(currency) * self._index(figure)
        raise UnitError(
            f"'{figure.unit}' is not money by {per} (expected such as {self.spec.currency}/{per}). "
            "State the cost in that unit; kW is capacity and kWh is energy."
        )

    def is_money(self, figure: Figure, per: str) -> bool:
        """Tell whether a figure is money by `per`."""
        return any(parse(figure.unit).dimension == parse(f"{name}/{per}").dimension for name in CURRENCIES)

    def _rate(self, currency: str) -> float:
        if currency == self.spec.currency:
            return 1.0
        stated = self.spec.exchange.get(currency)
        if stated is None:
            raise UnitError(
                f"no rate of exchange from {currency} to {self.spec.currency}. "
                f"State exchange: {{{currency}: NUMBER {self.spec.currency}/{currency}}}."
            )
        return stated.at(self.spec.price_year)

    def _index(self, figure: Figure) -> float:
        index, wanted = self.spec.price_index, self.spec.price_year
        if figure.price_year in index and wanted in index:
            return index[wanted] / index[figure.price_year]
        return 1.0

    def discount(self) -> list[float]:
        """Give the weight of one year's cost by period: 1 for a single period, else its present value."""
        periods = self.spec.periods
        if len(periods) == 1:
            return [1.0]
        rate = self.plain(self.spec.discount_rate, "1/year", periods[0])
        return present(periods, self.spec.years, rate)

    def years(self) -> list[int]:
        """Give how many years each period stands for."""
        periods = self.spec.periods
        if len(periods) == 1:
            return [1]
        return [*(b - a for a, b in pairwise(periods)), self.spec.years]

    def annuity(self, life: float) -> float:
        """Give the yearly share of an investment that pays it back over its life."""
        stated = self.spec.capital_rate or self.spec.discount_rate
        rate = self.plain(stated, "1/year", self.spec.periods[0])
        return rate / (1 - (1 + rate) ** -life) if rate else 1 / life

    def lost_load(self) -> float:
        """Give the highest value of lost load, thousand by GWh."""
        first = self.spec.periods[0]
        return max(self.money(demand.lost_load, "MWh", first) for demand in self.spec.demands.values())

    def fuel(self, name: str, year: int) -> float:
        """Give the fuel that a technology burns by electricity (GWh by GWh); 0 without fuel."""
        tech = self.spec.technologies[name]
        if not tech.carrier:
            return 0.0
        if tech.heat_rate is not None:
            return self.plain(tech.heat_rate, "kWh/kWh", year)
        return 1 / self.plain(tech.efficiency, "", year) if tech.efficiency is not None else 0.0

    def emission(self, name: str, year: int) -> float:
        """Give the emission of a technology, tCO2 by GWh of electricity."""
        tech = self.spec.technologies[name]
        if tech.emission is not None:
            return self.plain(tech.emission, "tCO2/GWh", year)
        carrier = self.spec.carriers.get(tech.carrier)
        if carrier is None or carrier.emission is None:
            return 0.0
        return self.plain(carrier.emission, "tCO2/GWh", year) * self.fuel(name, year)

    def running(self, name: str, year: int) -> float:
        """Give what a technology costs to run, thousand by GWh: variable cost, fuel and the price of CO2."""
        tech = self.spec.technologies[name]
        cost = self.money(tech.variable, "MWh", year) if tech.variable is not None else 0.0
        carrier = self.spec.carriers.get(tech.carrier)
        if carrier is not None and carrier.price is not None:
            cost += self.money(carrier.price, "MWh", year) * self.fuel(name, year)
        if self.spec.co2_price is not None:
            cost += self.money(self.spec.co2_price, "tCO2", year) * self.emission(name, year) / 1e3
        return cost
