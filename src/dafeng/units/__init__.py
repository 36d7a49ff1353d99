"""Units: read as people write them, compared, converted and printed.

Inside the model every number is in one coherent set (TJ, t, tCO2, tCO2e, km, year, CNY, person, vehicle, ...), so
`coherent(unit)` is the one factor that stands between a document and a formula.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from dafeng.errors import UnitError
from dafeng.units.dimension import ONE, Dimension, dimension_text, joined, raised
from dafeng.units.grammar import Part, parts_of
from dafeng.units.printing import describe

__all__ = [
    "ONE",
    "Dimension",
    "Unit",
    "coherent",
    "convert",
    "describe",
    "dimension_text",
    "factor",
    "joined",
    "parse",
    "raised",
    "same_dimension",
]

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Number = TypeVar("Number", float, NDArray[np.float64])


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as it was written: `factor` times the coherent unit of its `dimension`."""

    text: str
    factor: float
    dimension: Dimension
    parts: tuple[Part, ...]

    def __str__(self) -> str:
        return self.text


@lru_cache(maxsize=4096)
def parse(text: str) -> Unit:
    """Read a unit: "万吨标准煤", "t/day", "kgce/m2", "%", "" for a plain number.

    Raises:
        UnitError: with the nearest known units.
    """
    parts = parts_of(text)
    dimension = ONE
    factor = 1.0
    for part in parts:
        factor *= part.factor
        if part.atom:
            dimension = joined(dimension, raised(part.atom.dimension, part.inner * part.power))
    return Unit(text, factor, dimension, parts)


def coherent(unit: str) -> float:
    """Give what one `unit` is worth in coherent units: for 万吨 it is 10000.0 (tonnes)."""
    return parse(unit).factor


@lru_cache(maxsize=4096)
def factor(source: str, target: str) -> float:
    """Give the number that turns a value in `source` into one in `target`.

    Rounded to the 15 digits a float holds, so that 万千瓦 to GW is 0.01 and not a neighbour of it.

    Raises:
        UnitError: the two do not measure the same thing.
    """
    if source == target:
        return 1.0
    a, b = parse(source), parse(target)
    if a.dimension != b.dimension:
        raise UnitError(
            f"cannot convert '{source}' ({dimension_text(a.dimension)}) to '{target}' ({dimension_text(b.dimension)}). "
            "State the quantity in a unit of the same dimension."
        )
    return float(f"{a.factor / b.factor:.15g}")


def convert(value: Number, source: str, target: str) -> Number:
    """Turn `value` from unit `source` into unit `target`; an array gives an array.

    Raises:
        UnitError: the two do not measure the same thing.
    """
    return value * factor(source, target)


def same_dimension(a: str, b: str) -> bool:
    """Tell whether two units measure the same thing."""
    return parse(a).dimension == parse(b).dimension
