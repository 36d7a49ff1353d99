"""Alternatives near the optimum: how little and how much of each capacity a system of almost least cost may have.

The cost of the least-cost answer becomes a row that the system may exceed by a part, and one capacity at a time is
made as small and as large as that row lets it be (modelling to generate alternatives; Brill et al., Management Science
28, 1982; Neumann and Brown, Electric Power Systems Research 190, 2021). Both ends are certified like any answer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from dafeng.dispatch.build.assemble import build
from dafeng.dispatch.explicit import explicit
from dafeng.dispatch.reading import Year
from dafeng.dispatch.solve import Backend, certified
from dafeng.errors import NotFound, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dafeng.dispatch.build.assemble import System
    from dafeng.dispatch.build.draft import Clock
    from dafeng.dispatch.certificate import Certificate
    from dafeng.dispatch.spec import Spec
    from dafeng.dispatch.stage import Floats, Point, Stage

#: Parts of the cost by which an alternative may be dearer.
PARTS = (0.01, 0.03, 0.05)
#: A rule may be missed by this part of its limit more than in the least-cost answer: a corner has no interior.
SLACKEN = 1e-4
#: An end as near to its technical bound as this part of the peak is at it, and a larger budget moves it no further.
AT_BOUND = 1e-5
#: Worth of a GW in the objective: the interior point starts at multipliers of this size.
WORTH = 1e4


@dataclass(frozen=True, slots=True)
class Range:
    """Least and most capacity of an entry, MW, in a system at most `within` dearer; `bounds` are the proved limits.

    What the certificates leave open lies between `least` and bounds[0], and between `most` and bounds[1].
    """

    name: str
    year: int
    within: float
    optimum: float
    least: float
    most: float
    bounds: tuple[float, float]
    violation: float
    gap: float
    """Larger of the two gaps, a part of capacity and peak load together."""
    backend: str

    def as_dict(self) -> dict[str, Any]:
        """Give it as data."""
        out = {name: getattr(self, name) for name in ("name", "year", "within", "optimum", "least", "most")}
        proof = {"violation": self.violation, "gap": self.gap}
        return {**out, "bounds": list(self.bounds), "certificate": proof, "backend": self.backend}


def may_vary(spec: Spec) -> tuple[str, ...]:
    """Give the entries whose capacity the model decides on."""
    rebuilt = {tech.retrofit_of for tech in spec.technologies.values()}
    return tuple(name for name, entry in spec.investments().items() if entry.build or entry.retire or name in rebuilt)


def ranges(
    spec: Spec,
    series: Mapping[str, Floats],
    within: Sequence[float] = PARTS,
    names: Sequence[str] = (),
    year: int | None = None,
    backend: Backend = "staged",
    clock: Clock | None = None,
    progress: Callable[[int, float, float], bool] | None = None,
    begun: Callable[[str, int, int], None] | None = None,
) -> tuple[Range, ...]:
    """Find the range of each capacity in a year (the last modelled one) for each part of cost.

    A rule may be missed no more than in the least-cost answer, and the charge for missed rules is no money to spend.
    `begun(name, number, of)` is called before each entry.

    Raises:
        NotFound: no entry has a name, or its capacity is given.
        Refused: a part is not between 0 and 1, capacities are in whole units, or an end cannot be certified.
        Cancelled: `progress` asked to stop.
    """
    if not within or not all(0 < part < 1 for part in within):
        raise Refused("alternatives: each part of the cost lies between 0 and 1. Write 0.01,0.03,0.05.")
    system = build(spec, series, clock)
    if system.stage.border.whole.any():
        raise Refused("alternatives: capacities in whole units have no range of their own. Leave unit_size out.")
    known = [name for name in may_vary(spec) if name in system.hour.capacities]
    for name in names:
        if name not in known:
            raise NotFound("entry whose capacity is decided", name, known)
    at = spec.periods.index(year) if year in spec.periods else len(spec.periods) - 1
    near = Near(system, backend, at, progress)
    found = []
    chosen = [name for name in names or known if near.varies(name)]
    for number, name in enumerate(chosen):
        if begun:
            begun(name, number, len(chosen))
        found += near.range(name, sorted(within))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _End:
    """One end of a range, MW: what was found and what is proved."""

    value: float
    bound: float
    proof: Certificate
    backend: str


class Near:
    """The systems near the optimum of one."""

    def __init__(
        self, system: System, backend: Backend, period: int, progress: Callable[[int, float, float], bool] | None
    ) -> None:
        self.system, self.backend, self.period, self.progress = system, backend, period, progress
        stage = system.stage
        best = certified(system.spec.id, stage, explicit(stage), backend, progress)
        self.best = best.point
        slacks = {rule.slack: float(best.point.border[rule.slack]) for rule in system.rules}
        charged = sum(float(stage.border.cost[k]) * max(value, 0.0) for k, value in slacks.items())
        # The bound of the certificate and not the point: no alternative is then dearer than its part of what is proved.
        self.paid = best.proof.bound - charged
        self.peak = system.hour.peak(period)
        self.narrow = self._narrow(stage, slacks)

    def _narrow(self, stage: Stage, slacks: Mapping[int, float]) -> Stage:
        """Take the slacks out, each rule missed as in the least-cost answer and a little more."""
        rows, limit, lower = stage.border.rows.copy(), stage.border.limit.copy(), stage.border.lower.copy()
        upper, cost = stage.border.upper.copy(), stage.border.cost.copy()
        for rule in self.system.rules:
            missed = max(slacks[rule.slack], 0.0) * (1 + SLACKEN)
            limit[rule.row] += rule.unit_of_slack * missed + SLACKEN * abs(limit[rule.row])
            rows[:, rule.slack], cost[rule.slack], lower[rule.slack], upper[rule.slack] = 0.0, 0.0, 0.0, 1.0
        border = replace(stage.border, rows=rows, limit=limit, lower=lower, upper=upper, cost=cost)
        return replace(stage, border=border)

    def coefficients(self, name: str) -> Floats:
        """Give what a unit of each border variable adds to the capacity of an entry."""
        held, block = self.system.hour.capacities[name], self.system.stage.blocks[self.period]
        return block.holds[held.group] if held.group >= 0 else np.zeros(block.holds.shape[1])

    def varies(self, name: str) -> bool:
        """Tell whether anything decides on the capacity in the year."""
        return bool(self.coefficients(name).any())

    def limited(self, part: float) -> Stage:
        """Give the systems that cost at most a part more: the cost is a row, and nothing costs anything."""
        stage, border = self.narrow, self.narrow.border
        most = (1 + part) * self.paid - stage.constant
        upper = border.upper.copy()
        pays = (border.cost > 0) & ~np.isfinite(upper)
        # Every cost is at least 0, so no system within the budget holds more than it pays for.
        upper[pays] = most / border.cost[pays]
        row = len(border.limit)
        blocks = tuple(
            replace(
                block,
                cost=np.zeros_like(block.cost),
                sums=np.vstack([block.sums, block.cost]),
                sum_rows=np.append(block.sum_rows, row),
            )
            for block in stage.blocks
        )
        held = replace(
            border,
            cost=np.zeros_like(border.cost),
            upper=upper,
            rows=np.vstack([border.rows, border.cost]),
            limit=np.append(border.limit, most),
            row_names=(*border.row_names, "cost"),
        )
        return replace(stage, blocks=blocks, border=held)

    def range(self, name: str, within: Sequence[float]) -> list[Range]:
        """Find the range of one entry for growing parts of cost."""
        aim = self.coefficients(name)
        whole = self._capacity(name, self.best)
        fixed = whole - float(aim @ self.best.border)
        out: list[Range] = []
        ends: list[_End | None] = [None, None]
        for part in within:
            stage = self.limited(part)
            for side, sign in enumerate((1.0, -1.0)):
                before = ends[side]
                if before is None or not self._spent(before.value / 1e3 - fixed, aim, sign):
                    ends[side] = self._end(stage, sign, aim, fixed)
            low, high = ends
            assert low is not None and high is not None  # noqa: S101 - the loop above gives both
            out.append(
                Range(
                    name, self.system.spec.periods[self.period], part, whole * 1e3, low.value, high.value,
                    (low.bound, high.bound), max(low.proof.violation, high.proof.violation),
                    max(low.proof.gap, high.proof.gap),
                    low.backend if low.backend == high.backend else "staged, highs",
                )
            )  # fmt: skip
        return out

    def _capacity(self, name: str, point: Point) -> float:
        return Year(self.system, point, self.period).capacity(self.system.hour.capacities[name])

    def _spent(self, value: float, aim: Floats, sign: float) -> bool:
        """Tell whether an end stands at the bounds of its own variables: no more money moves it."""
        border = self.system.stage.border
        limits = border.lower if sign > 0 else border.upper
        used = aim != 0
        if not np.isfinite(limits[used]).all():
            return False
        return abs(value - float(aim[used] @ limits[used])) <= AT_BOUND * self.peak

    def _end(self, stage: Stage, sign: float, aim: Floats, fixed: float) -> _End:
        # The constant makes the gap a part of capacity and peak together: the least capacity is often 0.
        asked = replace(stage, border=replace(stage.border, cost=sign * WORTH * aim), constant=WORTH * self.peak)
        found = certified(self.system.spec.id, asked, explicit(asked), self.backend, self.progress)
        value, bound = (sign * (each / WORTH - self.peak) for each in (found.proof.objective, found.proof.bound))
        return _End((value + fixed) * 1e3, (bound + fixed) * 1e3, found.proof, found.backend)
