"""Axes: the order in which arrays keep their dimensions, and the frame a formula runs in.

No list of axes exists: the order is computed from what the domains at hand declare. Formulas use names only, so a new
axis, or another order, changes no formula.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property

from dafeng.errors import ModelError

#: Carries scenarios or draws; always first, and no formula mentions it.
BATCH = "batch"
#: Always last, so that one year of an array is a slice of its end.
YEAR = "year"


@dataclass(frozen=True)
class Axes:
    """Axis names in array order."""

    names: tuple[str, ...]

    @cached_property
    def _from_end(self) -> dict[str, int]:
        return {name: at - len(self.names) for at, name in enumerate(self.names)}

    def __contains__(self, name: object) -> bool:
        return name in self._from_end

    def index(self, name: str) -> int:
        """Give the position of an axis, counted from the end, so that leading axes may be added.

        Raises:
            ModelError: no such axis.
        """
        try:
            return self._from_end[name]
        except KeyError:
            raise ModelError(f"axis '{name}': no such axis. The axes at hand are {' '.join(self.names)}.") from None


def ordered(declared: Iterable[Sequence[str]]) -> Axes:
    """Merge declared axis lists into one order: a new axis comes after its left neighbour; batch first, year last."""
    order: list[str] = []
    for names in declared:
        at = 0
        for name in names:
            if name in {BATCH, YEAR}:
                continue
            if name in order:
                at = order.index(name) + 1
            else:
                order.insert(at, name)
                at += 1
    return Axes((BATCH, *order, YEAR))


@dataclass(frozen=True)
class Frame:
    """What a formula needs to know beyond its arguments: the axes of the arrays and the years of the last one."""

    axes: Axes
    years: tuple[int, ...] = ()
    stepping: bool = False


_frame: ContextVar[Frame | None] = ContextVar("dafeng_frame", default=None)


def current() -> Frame:
    """Give the frame in force.

    Raises:
        ModelError: a formula that needs axes is called outside a model and outside `frame`.
    """
    found = _frame.get()
    if found is None:
        raise ModelError(
            "axes: no order of axes is in force. Call the formula inside `with frame('place fuel year'):`."
        )
    return found


@contextmanager
def using(frame: Frame) -> Iterator[Frame]:
    """Put a frame in force."""
    token = _frame.set(frame)
    try:
        yield frame
    finally:
        _frame.reset(token)


@contextmanager
def frame(names: str, years: Sequence[int] = ()) -> Iterator[Frame]:
    """Put axes in force by name, for calling a formula with bare arrays.

    >>> import numpy as np
    >>> from dafeng.kernel.words import total
    >>> with frame("place fuel"):
    ...     total(np.ones((2, 3)), over="fuel").tolist()
    [[3.0], [3.0]]
    """
    with using(Frame(Axes(tuple(names.split())), tuple(years))) as found:
        yield found
