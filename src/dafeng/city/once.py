"""What is made once for a version of a pack, and kept for the last few."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

from dafeng.city.city import City

Made = TypeVar("Made")
#: Versions kept at most.
KEPT = 4


class Once(Generic[Made]):
    """Things made from a pack, by its folder and version; two that ask at once wait for one. A failure is not kept."""

    def __init__(self, make: Callable[[City], Made]) -> None:
        self._make = make
        self._made: OrderedDict[tuple[str, str], Made] = OrderedDict()
        self._lock = Lock()

    def of(self, city: City) -> Made:
        """Give what is made of a pack; raises what making it raises."""
        key = (str(city.folder), city.version)
        with self._lock:
            if key not in self._made:
                self._made[key] = self._make(city)
                while len(self._made) > KEPT:
                    self._made.popitem(last=False)
            return self._made[key]
