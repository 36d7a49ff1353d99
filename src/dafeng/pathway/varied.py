"""Levers varied row by row: a scenario in which some levers take other settings, as many rows as asked in one run."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dafeng.kernel import Array, State
from dafeng.pathway.bounds import setting
from dafeng.pathway.lever import Lever
from dafeng.pathway.overlay import move
from dafeng.pathway.pathway import Pathway
from dafeng.pathway.scenario import Scenario


class Varied:
    """A scenario with `levers` free: each row of a batch sets them anew, the other levers stay as the scenario says.

    A free lever keeps the schedule that the scenario gives it, else its own. `here` are the settings the levers have in
    the scenario and `width` the widths of their ranges, both (levers).
    """

    def __init__(self, pathway: Pathway, scenario: Scenario, levers: Sequence[Lever]) -> None:
        self.pathway, self.scenario, self.levers = pathway, scenario, tuple(levers)
        self.schedules = [scenario.settings[x.id][1] if x.id in scenario.settings else x.schedule for x in levers]
        self.here = np.array([setting(pathway, scenario, lever) for lever in levers])
        self.width = np.array([x.range[1] - x.range[0] for x in levers])
        self._fixed = pathway.moves(scenario, but={lever.id for lever in levers})

    def run(self, settings: Array, why: str, want: Sequence[str]) -> State:
        """Calculate rows of settings, (rows, levers), at once for the variables `want`.

        An array of the state is (rows, ...), or (1, ...) where it hangs on none of the levers.
        """
        free = [move(lever, settings[:, at], self.schedules[at]) for at, lever in enumerate(self.levers)]
        return self.pathway.run([*self._fixed, *free], why=why, want=want)


def one_by_one(here: Array, step: Array, high: Array) -> tuple[Array, Array]:
    """Give rows that each move one lever by its step, (levers, levers), and the steps with their signs, (levers).

    All arguments are (levers). A step goes up, and down where it would pass `high`.
    """
    signed = np.where(here + step <= high, step, -step)
    return here + np.diag(signed), signed
