"""One figure of a power system: a number with its unit, source and, for money, the year of its prices.

Written short, `3400 CNY/kW @2020 [studies]`, or as a mapping whose value may change by year.
"""

from __future__ import annotations

import re
from typing import Any

from pydantic import BaseModel, ConfigDict, field_validator, model_validator

from dafeng.errors import UnitError
from dafeng.units import parse

_SHORT = re.compile(
    r"^\s*(?P<value>[-+]?[\d_]*\.?\d+(?:[eE][-+]?\d+)?)\s*(?P<unit>[^\[@]*?)\s*"
    r"(?:@\s*(?P<year>\d{4})\s*)?(?:\[\s*(?P<source>[^\]]+?)\s*\]\s*)?$"
)
Values = float | dict[int, float]


class Figure(BaseModel):
    """A number and where it comes from. A value by year holds from its year on until the next."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: Values
    """The number, or numbers by year."""
    unit: str = ""
    """Its unit."""
    source: str = ""
    """Id of a source of the spec; that of the entry by default."""
    price_year: int | None = None
    """Year of the prices, for money."""
    note: str = ""
    """What a reader has to know."""

    @model_validator(mode="before")
    @classmethod
    def _short(cls, data: Any) -> Any:
        if isinstance(data, bool):
            raise ValueError("a figure is a number with a unit, such as 3400 CNY/kW @2020 [studies]")
        if isinstance(data, int | float):
            return {"value": float(data)}
        if isinstance(data, str):
            found = _SHORT.match(data)
            if not found:
                raise ValueError("a figure reads NUMBER UNIT @PRICEYEAR [SOURCE], such as 3400 CNY/kW @2020 [studies]")
            year = found["year"]
            return {
                "value": float(found["value"].replace("_", "")),
                "unit": found["unit"],
                "source": found["source"] or "",
                "price_year": int(year) if year else None,
            }
        return data

    @field_validator("unit")
    @classmethod
    def _known(cls, unit: str) -> str:
        try:
            parse(unit)
        except UnitError as error:
            raise ValueError(str(error)) from error
        return unit

    def at(self, year: int) -> float:
        """Give the value of a year: the latest stated one not after it, else the first."""
        if not isinstance(self.value, dict):
            return float(self.value)
        before = [known for known in self.value if known <= year]
        return float(self.value[max(before) if before else min(self.value)])

    @property
    def numbers(self) -> tuple[float, ...]:
        """All numbers of the figure."""
        return tuple(self.value.values()) if isinstance(self.value, dict) else (self.value,)
