"""The closed vocabulary of formulas: + - * / **, total, share, shift, where, least, greatest.

Each word works on NumPy arrays and on stand-ins: things a formula accepts in place of an array, to check units and
axes, to measure coverage, or to become a linear programme. Because the vocabulary is closed, one text of a formula
serves them all.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import lru_cache
from typing import Any, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

from dafeng.axes import YEAR, current
from dafeng.errors import ModelError

Array: TypeAlias = NDArray[np.float64]
VOCABULARY = "Formulas use + - * / **, total, share, shift, where, least and greatest."


class StandIn(ABC):
    """What a formula accepts in place of an array; operands may be stand-ins, arrays or numbers."""

    __slots__ = ()
    __array_ufunc__ = None  # NumPy leaves the operation to the stand-in

    @classmethod
    @abstractmethod
    def combine(cls, sign: str, left: Any, right: Any) -> StandIn:
        """Give `left sign right` for one of + - * / **."""

    @classmethod
    @abstractmethod
    def where(cls, test: Any, yes: Any, no: Any) -> StandIn:
        """Give `yes` where `test` is above 0, `no` where it is not."""

    @classmethod
    @abstractmethod
    def extreme(cls, word: str, left: Any, right: Any) -> StandIn:
        """Give the lesser (word "least") or the greater of two."""

    @classmethod
    @abstractmethod
    def joined(cls, parts: list[Any]) -> StandIn:
        """Put consecutive pieces of years together."""

    @abstractmethod
    def total(self, over: tuple[str, ...]) -> StandIn:
        """Sum over axes."""

    @abstractmethod
    def share(self, over: tuple[str, ...]) -> StandIn:
        """Divide by the total over axes."""

    @abstractmethod
    def shift(self, by: int) -> StandIn:
        """Give the value of `by` years before."""

    @abstractmethod
    def cut(self, years: slice) -> StandIn:
        """Keep a slice of the years."""

    @abstractmethod
    def absent(self) -> Any:
        """Tell, by cell, where there is no value."""

    def __add__(self, other: Any) -> StandIn:
        return self.combine("+", self, other)

    def __radd__(self, other: Any) -> StandIn:
        return self.combine("+", other, self)

    def __sub__(self, other: Any) -> StandIn:
        return self.combine("-", self, other)

    def __rsub__(self, other: Any) -> StandIn:
        return self.combine("-", other, self)

    def __mul__(self, other: Any) -> StandIn:
        return self.combine("*", self, other)

    def __rmul__(self, other: Any) -> StandIn:
        return self.combine("*", other, self)

    def __truediv__(self, other: Any) -> StandIn:
        return self.combine("/", self, other)

    def __rtruediv__(self, other: Any) -> StandIn:
        return self.combine("/", other, self)

    def __pow__(self, other: Any) -> StandIn:
        return self.combine("**", self, other)

    def __rpow__(self, other: Any) -> StandIn:
        return self.combine("**", other, self)

    def __neg__(self) -> StandIn:
        return self.combine("-", 0, self)

    def __pos__(self) -> StandIn:
        return self

    def _refused(self, *_: Any) -> Any:
        raise ModelError("a formula does not compare or branch on values; write where(a - b, ...)")

    def _in_place(self, _: Any) -> Any:
        raise ModelError("a formula does not write to its inputs; write x = x + y in place of x += y")

    __iadd__ = __isub__ = __imul__ = __itruediv__ = __ipow__ = _in_place
    __lt__ = __le__ = __gt__ = __ge__ = __bool__ = __float__ = __int__ = _refused


def total(x: Array, *, over: str) -> Array:
    """Sum over one or more axes ("fuel", or "fuel vehicle"); an absent cell makes its total absent."""
    names = tuple(over.split())
    value: Any = x
    if isinstance(value, StandIn):
        return cast("Array", value.total(names))
    axes = current().axes
    result: Array = np.add.reduce(value, axis=tuple(axes.index(name) for name in names), keepdims=True)
    return result


def share(x: Array, *, over: str) -> Array:
    """Give each cell's part of the total over the axes; the parts sum to 1."""
    value: Any = x
    if isinstance(value, StandIn):
        return cast("Array", value.share(tuple(over.split())))
    return x / total(x, over=over)


def shift(x: Array, by: int = 1) -> Array:
    """Give the value of `by` years before; absent in years whose earlier year is not calculated."""
    if by < 1:
        raise ModelError(f"shift(by={by}): a formula looks back, by 1 year or more. Turn the formula round.")
    value: Any = x
    if isinstance(value, StandIn):
        return cast("Array", value.shift(by))
    frame = current()
    if frame.stepping:
        raise ModelError("shift() inside a stock: a step sees one year. Shift in a variable of its own.")
    if frame.axes.index(YEAR) != -1 or x.shape[-1] != len(frame.years):
        raise ModelError(f"shift(): the value has no year axis of {len(frame.years)} years. Shift a value by year.")
    positions, absent = earlier(frame.years, by)
    shifted: Array = x[..., positions]
    shifted[..., absent] = np.nan
    return shifted


@lru_cache(maxsize=256)
def earlier(years: tuple[int, ...], by: int) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Give, for each year, the position of the year `by` before, and whether there is none."""
    known = {year: at for at, year in enumerate(years)}
    found = [known.get(year - by, -1) for year in years]
    return np.array(found, dtype=np.intp), np.array([at < 0 for at in found], dtype=np.bool_)


def where(test: Array, yes: Array | float, no: Array | float) -> Array:
    """Give `yes` where `test` is above 0 and `no` where it is not; absent where `test` is absent.

    A comparison is a difference: `where(demand - capacity, ...)`. A yes-or-no is a 1 or a 0.
    """
    operands: tuple[Any, ...] = (test, yes, no)
    for operand in operands:
        if isinstance(operand, StandIn):
            return cast("Array", operand.where(test, yes, no))
    return np.where(np.isnan(test), np.nan, np.where(test > 0, yes, no))


def least(first: Array | float, *others: Array | float) -> Array:
    """Give the least of the arguments, cell by cell; absent where one is absent."""
    return _extreme("least", first, others)


def greatest(first: Array | float, *others: Array | float) -> Array:
    """Give the greatest of the arguments, cell by cell; absent where one is absent."""
    return _extreme("greatest", first, others)


def _extreme(word: str, first: Any, others: tuple[Any, ...]) -> Array:
    result = first
    for other in others:
        stand_in = next((x for x in (result, other) if isinstance(x, StandIn)), None)
        if stand_in is not None:
            result = stand_in.extreme(word, result, other)
        else:
            result = (np.minimum if word == "least" else np.maximum)(result, other)
    return cast("Array", result)
