"""The quadratic program of a least effort, solved by Clarabel, an interior-point method."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from dafeng.errors import Refused
from dafeng.kernel import Array


@dataclass(frozen=True)
class Program:
    """Minimise weight |x - centre|^2 + linear x + price x slacks, with low <= x <= high and rows x + slack >= least.

    `rows` is (rows, columns), one slack a row; `sums` are (columns, weights, most): the weighted sum is no more.
    """

    centre: Array
    low: Array
    high: Array
    rows: Array
    least: Array
    price: float
    sums: Sequence[tuple[Sequence[int], Sequence[float], float]] = field(default=())
    linear: Array | None = None
    weight: float = 1.0


def least(program: Program) -> Array:
    """Give the x of the program.

    Raises:
        Refused: the solver is not installed, or finds no answer.
    """
    try:
        import clarabel  # noqa: PLC0415 - optional
        from scipy import sparse  # noqa: PLC0415 - optional, and slow to import
    except ImportError:
        raise Refused(
            "least effort: Clarabel, which solves its quadratic program, is not installed. "
            "Install it with pip install 'dafeng[power]'."
        ) from None
    n, m = len(program.centre), len(program.least)
    eye, slack = np.eye(n), np.eye(m)
    # Clarabel asks for A x + s = b with s >= 0.
    blocks = [
        (np.hstack([-program.rows, -slack]), -program.least),
        (np.hstack([eye, np.zeros((n, m))]), program.high),
        (np.hstack([-eye, np.zeros((n, m))]), -program.low),
        (np.hstack([np.zeros((m, n)), -slack]), np.zeros(m)),
    ]
    for columns, weights, most in program.sums:
        row = np.zeros((1, n + m))
        row[0, list(columns)] = weights
        blocks.append((row, np.array([most])))
    matrix = sparse.csc_matrix(np.vstack([block for block, _ in blocks]))
    limits = np.concatenate([limit for _, limit in blocks])
    quadratic = sparse.csc_matrix(np.diag(np.concatenate([np.full(n, 2.0 * program.weight), np.zeros(m)])))
    toward = -2.0 * program.weight * program.centre + (0.0 if program.linear is None else program.linear)
    linear = np.concatenate([toward, np.full(m, program.price)])
    options = clarabel.DefaultSettings()
    options.verbose = False
    solver = clarabel.DefaultSolver(
        quadratic, linear, matrix, limits, [clarabel.NonnegativeConeT(len(limits))], options
    )
    found = solver.solve()
    if str(found.status) not in {"Solved", "AlmostSolved"}:
        raise Refused(f"least effort: Clarabel ends with '{found.status}'. Allow fewer levers, or widen their ranges.")
    return np.asarray(found.x[:n])
