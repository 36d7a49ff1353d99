"""How quantities of the power system are written: 万千瓦 and 亿千瓦时, or GW and TWh."""

from __future__ import annotations

from collections.abc import Callable

from dafeng.report import wording
from dafeng.web.page import Page

_MONEY = {"CNY": ("元", "CNY"), "EUR": ("欧元", "EUR"), "USD": ("美元", "USD")}
#: Money of a year below this is rounding of the solver.
_PETTY = 5e4


class Say:
    """Writes for one reader. MW, GWh, t of CO2 and money go in."""

    def __init__(self, page: Page, currency: str) -> None:
        self.zh = page.zh
        self._ = page.words.gettext
        self.money_word = _MONEY[currency][0 if page.zh else 1]

    @property
    def power_unit(self) -> str:
        """Unit of axes of power."""
        return "万千瓦" if self.zh else "GW"

    @property
    def energy_unit(self) -> str:
        """Unit of axes of yearly energy."""
        return "亿千瓦时" if self.zh else "TWh"

    @property
    def store_unit(self) -> str:
        """Unit of axes of stored energy."""
        return "万千瓦时" if self.zh else "GWh"

    @property
    def price_unit(self) -> str:
        """Unit of axes of prices."""
        return f"{self.money_word}/兆瓦时" if self.zh else f"{self.money_word}/MWh"

    def mw(self, value: float) -> float:
        """Give MW in the unit of the axis; MWh in that of stored energy."""
        return value / 10 if self.zh else value / 1e3

    def gwh(self, value: float) -> float:
        """Give GWh in the unit of the axis."""
        return value / 100 if self.zh else value / 1e3

    def power(self, value: float | None, *, sign: bool = False) -> str:
        """Write MW."""
        return self._write(value, self.mw, self.power_unit, sign)

    def energy(self, value: float | None, *, sign: bool = False) -> str:
        """Write GWh."""
        return self._write(value, self.gwh, self.energy_unit, sign)

    @property
    def co2_unit(self) -> str:
        """Unit of axes of CO2."""
        return "万吨" if self.zh else "Mt"

    def tonnes(self, value: float) -> float:
        """Give t of CO2 in the unit of the axis."""
        return value / 1e4 if self.zh else value / 1e6

    def co2(self, value: float | None, *, sign: bool = False) -> str:
        """Write t of CO2."""
        return self._write(value, self.tonnes, self.co2_unit, sign)

    def factor(self, value: float | None) -> str:
        """Write t of CO2 by MWh."""
        return self._write(value, lambda t: t * 1e3, "克/千瓦时" if self.zh else "g/kWh", False)

    def price(self, value: float | None, *, sign: bool = False) -> str:
        """Write money by MWh."""
        return self._write(value, lambda v: v, self.price_unit, sign)

    def money(self, value: float | None, *, sign: bool = False) -> str:
        """Write money of a year."""
        value = 0.0 if value is not None and abs(value) < _PETTY else value
        if value and abs(value) < 1e8:
            scale, unit = (1e4, f"万{self.money_word}") if self.zh else (1e6, f"million {self.money_word}")
        else:
            scale, unit = (1e8, f"亿{self.money_word}") if self.zh else (1e9, f"billion {self.money_word}")
        return self._write(value, lambda v: v / scale, unit, sign)

    def share(self, value: float | None, decimals: int = 1) -> str:
        """Write a share of one."""
        return wording.number(None) if value is None else wording.percent(value, decimals=decimals)

    def _write(self, value: float | None, scaled: Callable[[float], float], unit: str, sign: bool) -> str:
        if value is None:
            return wording.number(None)
        number = tidy(scaled(value))
        text = wording.signed(number) if sign else wording.number(number)
        return f"{text}{wording.NBSP}{unit}"


def tidy(value: float) -> float:
    """Round to what a reader can use: four digits; what is nothing to a power system reads 0."""
    return 0.0 if abs(value) < 5e-4 else float(f"{value:.4g}")
