"""From a checked spec to a certified answer. An answer without certificate is never given."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from dafeng.dispatch import answer, highs, reading, staged
from dafeng.dispatch.build.assemble import YEAR, build, whole_year
from dafeng.dispatch.certificate import TRUSTED, Certificate, certify
from dafeng.dispatch.explicit import explicit
from dafeng.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dafeng.dispatch.build.draft import Clock
    from dafeng.dispatch.explicit import Explicit
    from dafeng.dispatch.spec import Spec
    from dafeng.dispatch.stage import Floats, Point, Stage

Backend = Literal["staged", "highs"]


def dispatch(
    spec: Spec,
    series: Mapping[str, Floats],
    backend: Backend = "staged",
    clock: Clock | None = None,
    progress: Callable[[int, float, float], bool] | None = None,
) -> answer.Answer:
    """Solve a spec at least cost.

    Args:
        spec: A checked spec (`read.read_spec`, `check.check`).
        series: Its hourly profiles by name.
        backend: "staged" (structured interior point; falls back to "highs" and says so) or "highs".
        clock: The steps that are modelled; every hour of a year by default.
        progress: Called with (iteration, gap, infeasibility); the solve stops when it gives False.

    Raises:
        Refused: no back end gives an answer that its certificate proves.
        Cancelled: `progress` asked to stop.
    """
    began = time.perf_counter()
    system = build(spec, series, clock or whole_year())
    built = time.perf_counter()
    stage = system.stage
    lp = explicit(stage)
    written = time.perf_counter()
    found = certified(spec.id, stage, lp, backend, progress)
    proof = found.proof
    solved = time.perf_counter()
    return answer.Answer(
        "optimal",
        found.backend,
        found.fallback,
        proof,
        proof.objective * 1e3,
        spec.currency,
        reading.periods(system, found.point),
        answer.limits(system, found.point),
        {"build": built - began, "explicit": written - built, "solve": solved - written},
        stage.size,
        system.hour.draft.clock.length,
        system.hour.draft.clock.hour,
        system.hour.draft.clock.weight,
        stage.hours // 24 if stage.hours * system.hour.draft.clock.length < YEAR else 0,
    )


@dataclass(frozen=True, slots=True)
class Proved:
    """A point with its certificate, the back end that found it, and why it is not the one asked for."""

    point: Point
    proof: Certificate
    backend: Backend
    fallback: str


def certified(
    id: str,
    stage: Stage,
    lp: Explicit,
    backend: Backend = "staged",
    progress: Callable[[int, float, float], bool] | None = None,
) -> Proved:
    """Solve a stage form by a back end, by the general one where that is not proved.

    Raises:
        Refused: no back end gives an answer that its certificate proves.
        Cancelled: `progress` asked to stop.
    """
    fallback, point, proof = "", None, None
    used: Backend = backend
    if backend == "staged":
        if stage.border.whole.any():
            fallback = "capacities in whole units are for the back end highs"
        else:
            found = staged.solve(stage, progress=progress)
            point, proof = found.point, certify(stage, lp, found.point)
            if not proof.holds:
                fallback = (
                    f"staged stopped after {found.iterations} iterations at violation {proof.violation:.1e} "
                    f"and gap {proof.gap:.1e}, above {TRUSTED:.0e}"
                )
    if backend == "highs" or fallback:
        used = "highs"
        point, proof = _general(stage, lp)
    assert point is not None and proof is not None  # noqa: S101 - one of the two back ends ran
    if not proof.holds:
        raise Refused(
            f"dispatch, {id}: no certified answer (violation {proof.violation:.1e}, gap {proof.gap:.1e}, expected "
            f"at most {TRUSTED:.0e}). Check the sizes of its figures: very large and very small ones stand together."
        )
    return Proved(point, proof, used, fallback)


def _general(stage: Stage, lp: Explicit) -> tuple[Point, Certificate]:
    """Solve by HiGHS; where an interior point is not near enough, by simplex. Integers rest on branch and bound."""
    found = highs.solve(stage, lp)
    proof = certify(stage, lp, found.point)
    if found.bound is not None:
        objective, bound = proof.objective - stage.constant, found.bound
        gap = max(objective - bound, 0.0) / max(abs(proof.objective), 1e-9)
        proof = Certificate(proof.violation, gap, proof.objective, bound + stage.constant)
    elif not proof.holds:
        found = highs.solve(stage, lp, "simplex")
        proof = certify(stage, lp, found.point)
    return found.point, proof
