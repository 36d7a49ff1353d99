"""Schedules: when a measure begins, when it is done, and how it goes in between."""

from __future__ import annotations

from typing import Literal

import numpy as np

from dafeng.kernel import Array
from dafeng.pathway.declared import Declared

Shape = Literal["linear", "s-curve", "step"]


class Schedule(Declared):
    """From `start` to `end`: on a line, on an S (slow, fast, slow), or at once in the first year."""

    start: int
    end: int
    shape: Shape = "linear"

    def moved(self, years: int) -> Schedule:
        """Give the schedule some years later, or earlier."""
        return self.model_copy(update={"start": self.start + years, "end": self.end + years})

    def part(self, years: tuple[int, ...]) -> Array:
        """Give the part done in each year: 0 before the start, 1 from the end on.

        The start year is the last one without effect, except where start and end are one year, or in a step: there
        the whole effect stands from that year on. The S is the cubic 3x^2 - 2x^3.
        """
        run = np.asarray(years, dtype=np.float64)
        if self.shape == "step" or self.start == self.end:
            return np.where(run >= self.start, 1.0, 0.0)
        part = np.clip((run - self.start) / (self.end - self.start), 0.0, 1.0)
        return part * part * (3.0 - 2.0 * part) if self.shape == "s-curve" else part
