"""Stand-ins that carry a unit and axes and no numbers: what a model is checked with.

A fault is noted and the stand-in goes on with what it can know, so one formula reports all its faults, and a fault of
one input is not repeated by everything that uses it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from dafeng.axes import YEAR
from dafeng.errors import Collector
from dafeng.kernel.words import StandIn
from dafeng.units import ONE, Dimension, dimension_text, joined, raised

_NEUTRAL = 0  # zero of any unit is the same zero


@dataclass(slots=True)
class Trace:
    """What one run of one formula on stand-ins finds out."""

    place: str
    collector: Collector
    stepping: bool = False
    totals: dict[str, set[str]] = field(default_factory=dict)
    lags: dict[str, set[int]] = field(default_factory=dict)

    def note(self, code: str, message: str, remedy: str) -> None:
        """Note a fault of the formula."""
        self.collector.add(code, self.place, message, remedy)


class Symbol(StandIn):
    """Unit and axes of a value; either is None where a fault made it unknowable."""

    __slots__ = ("dimension", "dims", "origin", "trace")

    def __init__(
        self, trace: Trace, dimension: Dimension | None, dims: frozenset[str] | None, origin: str = ""
    ) -> None:
        self.trace, self.dimension, self.dims, self.origin = trace, dimension, dims, origin

    @classmethod
    def combine(cls, sign: str, left: Any, right: Any) -> Symbol:
        """Give unit and axes of a result; note units that do not fit."""
        trace = _trace(left, right)
        dims = _union(left, right)
        a, b = _dimension(left), _dimension(right)
        if sign == "**":
            return cls(trace, _powered(trace, left, right), dims)
        if sign in "*/":
            known = a is not None and b is not None
            return cls(trace, joined(a, b if sign == "*" else raised(b, -1)) if known else None, dims)
        verb = "add {} to {}" if sign == "+" else "subtract {} from {}"
        return cls(trace, _same(trace, verb, left, right), dims)

    @classmethod
    def where(cls, test: Any, yes: Any, no: Any) -> Symbol:
        """Both branches must have one unit; the test may have any."""
        trace = _trace(test, yes, no)
        return cls(trace, _same(trace, "choose between {1} and {0}", yes, no), _union(test, yes, no))

    @classmethod
    def extreme(cls, word: str, left: Any, right: Any) -> Symbol:
        """Both must have one unit."""
        trace = _trace(left, right)
        return cls(trace, _same(trace, f"take the {word} of {{1}} and {{0}}", left, right), _union(left, right))

    @classmethod
    def joined(cls, parts: list[Any]) -> Symbol:
        """Give the first: pieces of years have one unit."""
        return parts[0]  # type: ignore[no-any-return]  # pieces are symbols

    def total(self, over: tuple[str, ...]) -> Symbol:
        """Take axes away; note those that are not there."""
        self._must_have(over, "total")
        self._used(0)
        if self.origin:
            self.trace.totals.setdefault(self.origin, set()).update(over)
        return Symbol(self.trace, self.dimension, None if self.dims is None else self.dims - set(over))

    def share(self, over: tuple[str, ...]) -> Symbol:
        """Give a plain number with the same axes."""
        self._must_have(over, "share")
        self._used(0)
        return Symbol(self.trace, ONE, self.dims)

    def shift(self, by: int) -> Symbol:
        """Keep unit and axes; a value without years cannot be shifted."""
        self._used(by)
        if self.trace.stepping:
            self.trace.note(
                "shift-in-stock",
                "shift() inside a stock, where a step sees one year",
                "Shift in a variable of its own.",
            )
        elif self.dims is not None and YEAR not in self.dims:
            self.trace.note(
                "unknown-axis",
                f"shift(by={by}) of a value without year (it has {_axes(self.dims)})",
                "Shift a value that has a year axis.",
            )
        return Symbol(self.trace, self.dimension, self.dims)

    def cut(self, years: slice) -> Symbol:
        """Give itself: a slice of years has the same unit and axes."""
        return self

    def absent(self) -> Any:
        """Nowhere: a symbol has no cells."""
        return False

    def _used(self, lag: int) -> None:
        if self.origin:
            self.trace.lags.setdefault(self.origin, set()).add(lag)

    def _must_have(self, over: tuple[str, ...], word: str) -> None:
        for axis in over:
            if self.dims is not None and axis not in self.dims:
                self.trace.note(
                    "unknown-axis",
                    f"{word}(over='{axis}') of a value that has {_axes(self.dims)}",
                    "Name an axis the value has.",
                )


def _trace(*operands: Any) -> Trace:
    symbols = [x for x in operands if isinstance(x, Symbol)]
    for symbol in symbols:
        symbol._used(0)
    return symbols[0].trace


def _union(*operands: Any) -> frozenset[str] | None:
    dims: frozenset[str] = frozenset()
    for x in operands:
        if isinstance(x, Symbol):
            if x.dims is None:
                return None
            dims |= x.dims
    return dims


def _dimension(x: Any) -> Dimension | None:
    return x.dimension if isinstance(x, Symbol) else ONE


def _same(trace: Trace, verb: str, left: Any, right: Any) -> Dimension | None:
    a, b = _dimension(left), _dimension(right)
    if a is None or b is None:
        return None
    if a == b or _is_zero(right):
        return a
    if _is_zero(left):
        return b
    trace.note(
        "unit-mismatch",
        f"cannot {verb.format(dimension_text(b), dimension_text(a))}",
        "Bring both to one unit through a parameter, or check the units of the inputs.",
    )
    return None


def _powered(trace: Trace, base: Any, exponent: Any) -> Dimension | None:
    a, b = _dimension(base), _dimension(exponent)
    if isinstance(exponent, int):
        return None if a is None else raised(a, exponent)
    if a is None or b is None:
        return None
    if a != ONE or b != ONE:
        what = f"cannot raise to a power in {dimension_text(b)}"
        if a != ONE:
            what = f"the unit of {dimension_text(a)} raised to a calculated power cannot be known"
        trace.note("unit-mismatch", what, "Both base and exponent must be plain numbers.")
        return None
    return ONE


def _is_zero(x: Any) -> bool:
    return isinstance(x, int | float) and x == _NEUTRAL


def _axes(dims: frozenset[str]) -> str:
    return " ".join(sorted(dims)) or "no axis"
