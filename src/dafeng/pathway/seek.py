"""Seeking: what one lever must be so that a target is met, or why it cannot be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dafeng.errors import NotFound
from dafeng.kernel import Array
from dafeng.pathway import answers
from dafeng.pathway.bounds import bounds
from dafeng.pathway.lever import Lever
from dafeng.pathway.local import whole
from dafeng.pathway.pathway import Pathway
from dafeng.pathway.scenario import Scenario
from dafeng.pathway.varied import Varied

#: Settings tried at once, and how often the bracket is narrowed to two neighbours of them: 64^5 of the range.
TRIED = 65
ROUNDS = 5
Masks = NDArray[np.bool_]


@dataclass(frozen=True)
class Sought:
    """What was found. `value` of the lever meets the target; None where none does, and `reason` says why.

    `low` and `high` are what the target's quantity can be over the whole range of the lever, `now` what it is.
    """

    target: str
    lever: str
    scenario: str
    unit: str
    asked: float
    year: int
    value: float | None
    reaches: float | None
    now: float
    low: float
    high: float
    reason: str = ""

    @property
    def found(self) -> bool:
        """Whether a setting meets the target."""
        return self.value is not None


def lever_of(pathway: Pathway, id: str) -> Lever:
    """Find a lever that works.

    Raises:
        NotFound: with the nearest of those that work.
    """
    known = {lever.id: lever for lever in pathway.levers.values() if lever.works and lever.parameter}
    if id not in known:
        raise NotFound("working lever", id, known)
    return known[id]


def seek(
    pathway: Pathway, target: str, lever: str, scenario: str | Scenario = "", decided: int | None = None
) -> Sought:
    """Give the setting of a lever, nearest to the one it has, that meets a target; all else stays as in the scenario.

    With `decided` the lever goes no further than its lead time allows from that year to the target's.

    Raises:
        NotFound: no such target, lever or scenario.
    """
    read = answers.answer_of(pathway, target)
    wanted = read.target
    moved = lever_of(pathway, lever)
    base = whole(pathway.scenario(scenario))
    varied = Varied(pathway, base, [moved])

    def outcome(values: Array) -> Array:
        return np.broadcast_to(read.of(varied.run(values[:, None], "seek", [read.variable])), values.shape)

    def meets(values: Array) -> Masks:
        return answers.met(pathway, wanted, outcome(values))

    now = float(read.of(pathway.state(base))[0])
    here = base.settings[lever][0] if lever in base.settings else None
    standing = float(varied.here[0])
    ends = bounds(moved, standing, decided, wanted.due or 0)
    grid = np.linspace(*ends, TRIED) if ends[0] < ends[1] else np.array([standing])
    reach = outcome(grid)
    low, high = float(reach.min()), float(reach.max())

    def answer(value: float | None, reaches: float | None, reason: str = "") -> Sought:
        return Sought(
            target, lever, base.id, moved.unit, wanted.value, wanted.due or 0, value, reaches, now, low, high, reason
        )

    if float(np.ptp(reach)) <= 1e-12 * max(1.0, abs(now)):
        late = varied.schedules[0].start >= (wanted.due or 0) or len(grid) == 1
        effect = "it acts later" if late else "no formula joins them"
        reason = f"'{lever}' does not move '{target}' by {wanted.due}: {effect}"
        found = now if bool(answers.met(pathway, wanted, np.array([now]))[0]) else None
        where = base.settings[lever][0] if found is not None and lever in base.settings else None
        return answer(where, found, reason)
    good = answers.met(pathway, wanted, reach)
    if not good.any():
        best = reach.max() if answers.upward(pathway, wanted) else reach.min()
        reason = (
            f"no setting of '{lever}' from {ends[0]:g} to {ends[1]:g} {moved.unit}".rstrip()
            + f" meets it: at best {best:.6g} of {wanted.value:g} {wanted.unit}".rstrip()
        )
        return answer(None, float(best), reason)
    value = _nearest(grid, good, meets, here)
    return answer(value, float(outcome(np.array([value]))[0]))


def _nearest(grid: Array, good: Masks, meets: Callable[[Array], Masks], here: float | None) -> float:
    """Give the setting nearest to `here` that meets the target, by narrowing the bracket between a miss and a hit."""
    start = float(grid[0]) if here is None else here
    if here is not None and bool(meets(np.array([here]))[0]):
        return here
    hits = np.flatnonzero(good)
    hit = int(hits[np.abs(grid[hits] - start).argmin()])
    side = hit - 1 if grid[hit] > start else hit + 1
    if not 0 <= side < len(grid) or good[side]:
        return float(grid[hit])
    yes, no = float(grid[hit]), float(grid[side])
    for _ in range(ROUNDS):
        tried = np.linspace(no, yes, TRIED)
        met = meets(tried)
        first = int(np.argmax(met))
        yes, no = float(tried[first]), float(tried[max(first - 1, 0)])
    return yes
