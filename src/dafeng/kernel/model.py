"""The model: variables assembled for some outputs, checked against data, run over years."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from dafeng.axes import BATCH, YEAR, Frame
from dafeng.errors import Collector, Refused, UnitError
from dafeng.kernel.check import Checked, check
from dafeng.kernel.data import Data, Datum
from dafeng.kernel.evaluate import evaluate
from dafeng.kernel.graph import assemble
from dafeng.kernel.inputs import bound
from dafeng.kernel.state import State
from dafeng.kernel.variable import Variable
from dafeng.units import same_dimension

#: Cells of one variable of one draw: 40 MB.
CELLS = 5_000_000


class Model:
    """What some outputs need: the formulas in force, in order.

    `edition` chooses, where a variable has several, the method edition its whole series is calculated under; a tuple
    names one edition of each of several methods. `replace` puts another variable of the same unit and axes in a
    variable's place, everywhere. `cells` is the most one variable may have.
    """

    def __init__(
        self,
        *outputs: Variable | Iterable[Variable],
        edition: str | tuple[str, ...] = (),
        replace: Mapping[Variable, Variable] | None = None,
        cells: int = CELLS,
    ) -> None:
        self.editions = (edition,) if isinstance(edition, str) else tuple(edition)
        self.cells = cells
        self.outputs = tuple(_flat(outputs))
        self._replace = dict(replace or {})
        self._assembly = Collector("model")
        self.graph = assemble(
            self.outputs, self.editions, {old.id: new for old, new in self._replace.items()}, self._assembly
        )
        self._choices()
        self._checked: tuple[tuple[Any, ...], tuple[Datum | None, ...], Checked] | None = None

    def variables(self) -> tuple[Variable, ...]:
        """Give every variable of the model, each after what it reads."""
        return tuple(entry.variable for entry in self.graph.entries)

    def inputs(self) -> tuple[str, ...]:
        """Give the ids of every fact and parameter the model reads."""
        return tuple(self.graph.inputs)

    def check(self, data: Data, years: Sequence[int] = ()) -> Model:
        """Check formulas and data together, before a number is computed; give the model.

        Raises:
            FaultsFound: every fault, each with code, place and remedy.
        """
        self.checked(data, years)
        return self

    def checked(self, data: Data, years: Sequence[int] = ()) -> Checked:
        """Check, and give the axes and labels the check establishes."""
        key = (tuple(years), frozenset(data))
        given = tuple(data.get(name) for name in self.graph.inputs)
        known = self._checked
        if known is None or known[0] != key or any(a is not b for a, b in zip(known[1], given, strict=True)):
            collector = Collector("model", list(self._assembly.faults))
            known = self._checked = (key, given, check(self.graph, data, tuple(years), self.cells, collector))
        return known[2]

    def run(
        self,
        data: Data,
        years: Sequence[int],
        *,
        batch: Sequence[Any] | int | None = None,
        keep: Literal["all", "outputs"] = "all",
    ) -> State:
        """Calculate every output over `years`.

        Data whose first axis is `batch` carry scenarios or draws; `batch` names them. `keep="outputs"` lets go of
        what lies between; a state calculates it again when asked.

        Raises:
            FaultsFound: formulas or data have faults.
            Refused: the years do not rise, or the draws of the data are not as many as `batch`.
        """
        run = tuple(int(year) for year in years)
        if not run or list(run) != sorted(set(run)):
            raise Refused(f"run: the years are {list(run)}. Give rising years, at least one.")
        checked = self.checked(data, run)
        draws = _draws(data, self.graph.inputs, batch)
        labels = {**checked.labels, YEAR: run, BATCH: draws}
        used = {id: data[id] for id in self.graph.inputs}
        arrays = {id: bound(datum, checked.axes, labels, run) for id, datum in used.items()}
        frame = Frame(checked.axes, run)
        outputs = {self.graph.resolve(output.id) for output in self.outputs}
        kept = outputs if keep == "outputs" else set(self.graph.by_id)
        results = evaluate(self.graph.entries, arrays, frame, kept)
        return State(
            model=self,
            checked=checked,
            frame=frame,
            labels=labels,
            data=used,
            arrays={**arrays, **results.arrays},
            undefined=results.undefined,
        )

    def _choices(self) -> None:
        known = sorted({f.edition for v in self.variables() for f in v.formulas if f.edition})
        for edition in self.editions:
            if edition not in known:
                self._assembly.add(
                    "unknown-edition",
                    "model",
                    f"no formula has the edition '{edition}'",
                    f"The editions at hand are {', '.join(known) or 'none'}.",
                )
        for old, new in self._replace.items():
            try:
                fits = same_dimension(old.unit, new.unit) and set(old.dims) == set(new.dims)
            except UnitError:
                continue  # the declaration itself is reported
            if not fits:
                self._assembly.add(
                    "replace-mismatch",
                    old.id,
                    f"its replacement {new.id} is in {new.unit or '1'} over {' '.join(new.dims) or 'nothing'}, "
                    f"declared {old.unit or '1'} over {' '.join(old.dims) or 'nothing'}",
                    "Replace a variable by one of the same unit and axes.",
                )


def _flat(outputs: Iterable[Variable | Iterable[Variable]]) -> Iterable[Variable]:
    for output in outputs:
        if isinstance(output, Variable):
            yield output
        else:
            yield from output


def _draws(data: Data, inputs: Iterable[str], batch: Sequence[Any] | int | None) -> tuple[Any, ...]:
    found = {id: data[id].values.shape[data[id].dims.index(BATCH)] for id in inputs if BATCH in data[id].dims}
    named = tuple(range(batch)) if isinstance(batch, int) else tuple(batch) if batch is not None else None
    sizes = set(found.values()) | ({len(named)} if named is not None else set())
    if len(sizes) > 1:
        counts = ", ".join(f"'{id}' {n}" for id, n in found.items())
        raise Refused(f"batch: the draws differ ({counts or 'none'}; batch {len(named or ())}). Give each as many.")
    count = sizes.pop() if sizes else 1
    return named if named is not None else tuple(range(count))
