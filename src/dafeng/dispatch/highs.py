"""The general back end: the explicit LP, handed to HiGHS as arrays. Interior point is HiPO; integers go to its MIP."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from dafeng.dispatch.explicit import Explicit, unpack
from dafeng.errors import Refused

if TYPE_CHECKING:
    from dafeng.dispatch.stage import Point, Stage

#: Below this number of columns simplex is quicker than an interior point, and exact.
SMALL = 20_000


@dataclass(frozen=True, slots=True)
class Solved:
    """What HiGHS gives back; `bound` is the bound of branch and bound, where integers were asked."""

    point: Point
    status: str
    iterations: int
    bound: float | None = None


@lru_cache(maxsize=1)
def has_hipo() -> bool:
    """Tell whether HiGHS here has HiPO: the plain package has not, and then quietly runs simplex for hours."""
    import highspy

    model: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    model.setOptionValue("output_flag", False)
    model.setOptionValue("solver", "hipo")
    model.setOptionValue("run_crossover", "off")
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = 2, 1
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = np.ones(2), np.zeros(2), np.full(2, 9.0)
    lp.row_lower_, lp.row_upper_ = np.ones(1), np.full(1, 5.0)
    lp.a_matrix_.start_, lp.a_matrix_.index_ = np.array([0, 1, 2]), np.zeros(2, np.int32)
    lp.a_matrix_.value_ = np.array([1.0, 2.0])
    model.setOptionValue("presolve", "off")
    model.passModel(lp)
    status = model.run()
    return bool(status == highspy.HighsStatus.kOk and model.getInfo().simplex_iteration_count <= 0)


def solve(stage: Stage, lp: Explicit, method: str = "auto", threads: int = 0, seconds: float = 0.0) -> Solved:
    """Solve the explicit LP; `method` is "auto", "hipo", "simplex".

    Raises:
        Refused: HiPO is asked for and this HiGHS has none, or HiGHS finds no answer.
    """
    import highspy

    whole = stage.border.whole
    if method == "auto":
        method = "simplex" if lp.matrix.shape[1] < SMALL or whole.any() else "hipo"
    if method == "hipo" and not has_hipo():
        raise Refused(
            "dispatch, back end highs: this HiGHS has no HiPO, its interior point (got highspy alone, expected "
            "highspy[extras]). Install it with pip install 'dafeng[power]'."
        )
    model: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    options: dict[str, Any] = {"output_flag": False, "solver": method, "run_crossover": "off", "mip_rel_gap": 1e-7}
    if threads:
        # HiGHS keeps the threads of its first model in a process and refuses any other number.
        highspy.Highs.resetGlobalScheduler(True)
        options["threads"] = threads
    if seconds:
        options["time_limit"] = seconds
    for name, value in options.items():
        model.setOptionValue(name, value)
    model.passModel(_arrays(highspy, lp))
    for k in np.flatnonzero(whole):
        _whole(highspy, model, int(k), float(whole[k]), lp)
    ran = model.run()
    status = model.modelStatusToString(model.getModelStatus())
    info = model.getInfo()
    solution = model.getSolution()
    values = np.asarray(solution.col_value)
    if values.size == 0 or ran == highspy.HighsStatus.kError:
        raise Refused(f"dispatch, back end highs: no answer (status {status}). Check the bounds of the capacities.")
    values = values[: lp.matrix.shape[1]]
    duals = np.asarray(solution.row_dual)
    duals = duals[: lp.matrix.shape[0]] if duals.size else np.zeros(lp.matrix.shape[0])
    count = int(max(info.ipm_iteration_count, info.simplex_iteration_count, 0))
    bound = float(info.mip_dual_bound) if whole.any() else None
    return Solved(unpack(stage, lp, values, duals), status, count, bound)


def _arrays(highspy: Any, lp: Explicit) -> Any:
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = lp.matrix.shape
    model.col_cost_, model.col_lower_, model.col_upper_ = lp.cost, lp.lower, lp.upper
    model.row_lower_, model.row_upper_ = lp.row_lower, lp.row_upper
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_, model.a_matrix_.index_ = lp.matrix.indptr, lp.matrix.indices
    model.a_matrix_.value_ = lp.matrix.data
    return model


def _whole(highspy: Any, model: Any, column: int, unit: float, lp: Explicit) -> None:
    """Tie a capacity to a whole number of units: capacity = unit * integer."""
    most = lp.upper[column] / unit if np.isfinite(lp.upper[column]) else highspy.kHighsInf
    model.addCol(0.0, 0.0, most, 0, np.zeros(0, np.int32), np.zeros(0))
    integer = model.getNumCol() - 1
    model.changeColIntegrality(integer, highspy.HighsVarType.kInteger)
    model.addRow(0.0, 0.0, 2, np.array([column, integer], np.int32), np.array([1.0, -unit]))
