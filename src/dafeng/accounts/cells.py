"""The cells of a ledger: CO2e by item, sector, fuel and gas, over years, each with the width of its errors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
#: Accounts are in Mt CO2e, cells in t CO2e.
UNIT, SCALE = "MtCO2e", 1e-6


class Key(NamedTuple):
    """What one cell is: the item, the sector it stands in, the fuel and the gas."""

    item: str
    sector: str
    fuel: str
    gas: str


@dataclass(frozen=True)
class Cells:
    """Values in t CO2e, (cells, years), NaN where absent.

    `activity` (cells) and `factor` (cells, years) are half-widths of 95 % intervals as shares; cells with one `shared`
    name share the error of their factor. `coverage` gives, by item, the share of its cells that is present each year.
    """

    keys: tuple[Key, ...]
    years: tuple[int, ...]
    values: Floats
    activity: Floats
    factor: Floats
    shared: tuple[str, ...]
    coverage: Mapping[str, Floats]

    def where(self, chosen: Sequence[int], sign: Floats) -> Cells:
        """Give some of the cells, each times its sign."""
        at = np.asarray(chosen, dtype=np.intp)
        return Cells(
            tuple(self.keys[i] for i in chosen),
            self.years,
            self.values[at] * sign[:, None],
            self.activity[at],
            self.factor[at],
            tuple(self.shared[i] for i in chosen),
            self.coverage,
        )

    def grouped(self, by: str) -> tuple[tuple[str, ...], Floats, NDArray[np.bool_]]:
        """Sum over the cells of each sector, fuel, gas or item: labels, sums, and where there is anything to sum."""
        labels = tuple(dict.fromkeys(getattr(key, by) for key in self.keys))
        member = np.array([[getattr(key, by) == label for key in self.keys] for label in labels], dtype=float)
        present = ~np.isnan(self.values)
        sums = member.reshape(len(labels), len(self.keys)) @ np.where(present, self.values, 0.0)
        return labels, sums, (member.reshape(len(labels), len(self.keys)) @ present) > 0

    def half(self) -> Floats:
        """Give the half-width of the total each year: shared factors add, all else in quadrature (approach 1)."""
        values = np.nan_to_num(self.values)
        alone = ((values * self.activity[:, None]) ** 2).sum(axis=0)
        names = tuple(dict.fromkeys(self.shared))
        member = np.array([[one == name for one in self.shared] for name in names], dtype=float)
        together = member.reshape(len(names), len(self.keys)) @ (values * self.factor)
        return np.asarray(np.sqrt(alone + (together**2).sum(axis=0)))
