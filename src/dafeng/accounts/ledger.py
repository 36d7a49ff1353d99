"""The ledger of one place: activity once, factors by regime, cells by the formulas of the domains."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from dafeng import units
from dafeng.accounts import activity as activities
from dafeng.accounts import boundaries as declared
from dafeng.accounts import factors as tables
from dafeng.accounts.activity import ABROAD, Activity
from dafeng.accounts.boundaries import Boundaries
from dafeng.accounts.cells import Cells, Floats, Key
from dafeng.accounts.defaults import defaults
from dafeng.accounts.items import ITEMS, Line
from dafeng.axes import YEAR
from dafeng.city import City
from dafeng.factors import Factors, for_city
from dafeng.kernel import Datum, Model, State, Variable

_KEPT = 8
#: The units an item may be computed in: an amount of the year, or one per year.
UNITS = ("tCO2", "tCH4", "tN2O", "tCO2e", "t", "tCO2/year", "tCH4/year", "tN2O/year", "tCO2e/year", "t/year")
_ledgers: dict[tuple[str, str, str], Ledger] = {}
_models: dict[tuple[str, ...], Model] = {}


@dataclass(frozen=True)
class Run:
    """One run of the formulas: under a regime, with the electricity factor of a basis."""

    state: State | None
    data: Mapping[str, Datum]
    missing: Mapping[str, tuple[str, ...]]
    table: tables.Table
    power: tables.Yearly


class Ledger:
    """What accounts of one place are read from. Runs and cells are kept: the same question is computed once."""

    def __init__(self, city: City, place: str | None = None, held: Boundaries | None = None) -> None:
        self.city = city
        self.place = place or city.id
        self.held = held or declared.load()
        self.store: Factors = for_city(city.folder)
        self.region = city.id if city.id in self.store.library.regions else None
        self._runs: dict[tuple[str, str], Run] = {}
        self._cells: dict[tuple[str, str, str], Cells] = {}
        self._documents: dict[tuple[int, int], frozenset[str]] = {}
        #: Accounts by boundary and switches, kept for those who ask again.
        self.made: dict[tuple[str, tuple[tuple[str, str], ...]], object] = {}
        city.place(self.place)

    @cached_property
    def activity(self) -> Activity:
        """The activity of the place."""
        lines = [line.variable for lines in ITEMS.values() for line in lines]
        graph = Model(lines).graph
        wanted = [id for id, source in graph.inputs.items() if source.kind == "fact"]
        return activities.read(self.city, self.place, self.held, wanted)

    @property
    def years(self) -> tuple[int, ...]:
        """The years the ledger spans."""
        return self.activity.years

    def run(self, regime: str, basis: str) -> Run:
        """Run the formulas with the factors of a regime and the electricity factor of another."""
        key = (regime, basis)
        if key not in self._runs:
            self._runs[key] = self._run(regime, basis)
        return self._runs[key]

    def cells(self, regime: str, basis: str, report: str) -> Cells:
        """Give every cell of the place in CO2e by one report's warming potentials."""
        key = (regime, basis, report)
        if key not in self._cells:
            self._cells[key] = self._flat(self.run(regime, basis), report)
        return self._cells[key]

    def documents(self, run: Run, item: str, year: int) -> frozenset[str]:
        """List the documents that the figures of an item rest on in a year."""
        data = (run.data[id] for id in self._inputs[item] if id in run.data)
        return frozenset().union(*(self._of_datum(datum, year) for datum in data))

    def lacking(self, run: Run, item: str, year: int) -> tuple[str, ...]:
        """List the facts an item reads that have no figure in a year."""
        read = (id for id in self._inputs[item] if id in run.data and run.data[id].kind == "fact")
        return tuple(id for id in read if _none_in(run.data[id], year))

    @cached_property
    def _inputs(self) -> dict[str, tuple[str, ...]]:
        return {
            item: tuple(dict.fromkeys(id for line in lines for id in _model(line.variable).inputs()))
            for item, lines in ITEMS.items()
        }

    def _of_datum(self, datum: Datum, year: int) -> frozenset[str]:
        key = (id(datum), year)
        if key not in self._documents:
            self._documents[key] = _documents(datum, year)
        return self._documents[key]

    def _run(self, regime: str, basis: str) -> Run:
        given = self.activity
        table = tables.Reader(self.store, self.held, regime, self.region).fuels(given)
        within = self.held.electricity.other_year_within
        asked = self.held.switches["imports"].options.get(basis, regime)
        power = tables.electricity(self.store, asked or regime, self.region, given.years, within)
        data = {**given.data, **table.data}
        if power.datum is not None:
            data["electricity.co2_factor"] = power.datum
        known = defaults(self.store, regime, self.region)
        data = {**known.data, **data}
        missing: dict[str, tuple[str, ...]] = {}
        outputs = []
        for item, lines in ITEMS.items():
            for line in lines:
                lacks = [id for id in _model(line.variable).inputs() if id not in data or _empty(data[id])]
                if lacks:
                    reasons = [known.refused.get(id, f"no figure of {id}") for id in lacks]
                    missing[item] = tuple(dict.fromkeys((*missing.get(item, ()), *reasons)))
                else:
                    outputs.append(line.variable)
        state = _model(*outputs).run(data, given.years) if outputs else None
        return Run(state, data, missing, table, power)

    def _flat(self, run: Run, report: str) -> Cells:
        keys: list[Key] = []
        rows: list[Floats] = []
        halves: list[tuple[float, Floats, str]] = []
        coverage: dict[str, Floats] = {}
        for item, lines in ITEMS.items():
            present = np.zeros(len(self.years))
            count = 0
            for line in lines:
                if run.state is None or line.variable.id not in run.state.model.graph.by_id:
                    count += 1
                    continue
                of_line, values = self._line(run.state, item, line, report)
                count += len(of_line)
                present += (~np.isnan(values)).sum(axis=0)
                for at in np.flatnonzero((np.nan_to_num(values) != 0).any(axis=1)):
                    keys.append(of_line[at])
                    rows.append(values[at])
                    halves.append(self._halves(item, line, of_line[at], run))
            coverage[item] = present / max(count, 1)
        shape = (len(keys), len(self.years))
        return Cells(
            tuple(keys),
            self.years,
            np.array(rows).reshape(shape),
            np.array([activity for activity, _, _ in halves]),
            np.array([factor for _, factor, _ in halves]).reshape(shape),
            tuple(shared for _, _, shared in halves),
            coverage,
        )

    def _line(self, state: State, item: str, line: Line, report: str) -> tuple[list[Key], Floats]:
        scale = line.sign
        unit = next(unit for unit in UNITS if units.same_dimension(unit, line.variable.unit))
        if not unit.startswith("tCO2e"):
            potential = tables.warming(self.store, line.species or line.gas, report)
            scale *= np.nan if potential is None else potential
        values = np.asarray(state.values(line.variable, unit=unit)) * scale
        if line.quantity is not None:
            values = np.where(np.asarray(state.values(line.quantity)) == 0, 0.0, values)
        dims = state.dims(line.variable)
        axes = [axis for axis in dims if axis not in ("place", YEAR)]
        sectors = state.labels["sector"] if "sector" in axes else (line.sector,)
        fuel_axis = next((axis for axis in axes if axis in ("fuel", "gaseous")), "")
        fuels = state.labels[fuel_axis] if fuel_axis else (line.fuel,)
        if not {"sector", fuel_axis} & set(axes):
            values = values.reshape(-1, len(self.years)).sum(axis=0)
        keys = [Key(item, sector, fuel, line.gas) for sector in sectors for fuel in fuels]
        return keys, values.reshape(len(keys), len(self.years))

    def _halves(self, item: str, line: Line, key: Key, run: Run) -> tuple[float, Floats, str]:
        width = self.held.uncertainty
        activity = width.of_activity(item, "fuel" if line.quantity else "other")
        name = key.fuel if line.quantity is not None else line.factor
        factor = np.full(len(self.years), width.of_factor(name))
        if line.quantity is not None and name in run.table.stood_in:
            factor = np.hypot(factor, width.stand_in)
        if item == "refuelled_abroad":
            at = [i for i, year in enumerate(self.years) if year not in self.activity.refuelled]
            factor[at] = np.hypot(factor[at], width.abroad_share)
            # An error of the share is none of the factor that it would share with the fuel it is taken off.
            name = ABROAD
        if name == "electricity":
            at = [self.years.index(year) for year in run.power.other if year in self.years]
            factor[at] = np.hypot(factor[at], width.other_year)
        return activity, factor, name


def _model(*outputs: Variable) -> Model:
    """Give the model of some outputs of `ITEMS`; formulas do not change while a process runs."""
    key = tuple(output.id for output in outputs)
    if key not in _models:
        _models[key] = Model(*outputs)
    return _models[key]


def of(city: City, place: str | None = None) -> Ledger:
    """Give the ledger of a place; of one version of a city it is made once."""
    key = (str(city.folder), city.version, place or city.id)
    if key not in _ledgers or _ledgers[key].city is not city:
        while len(_ledgers) >= _KEPT:
            _ledgers.pop(next(iter(_ledgers)))
        _ledgers[key] = Ledger(city, place)
    return _ledgers[key]


def _none_in(datum: Datum, year: int) -> bool:
    """Tell whether a fact has no figure in a year, nor one on both sides of it where it is read between."""
    if YEAR not in datum.dims:
        return False
    years = [
        y for at, y in enumerate(datum.labels[YEAR]) if not np.isnan(np.take(datum.values, at, _axis(datum))).all()
    ]
    between = datum.between == "linear" and any(y < year for y in years) and any(y > year for y in years)
    return year not in years and not between


def _axis(datum: Datum) -> int:
    return datum.dims.index(YEAR)


def _empty(datum: Datum) -> bool:
    return np.size(datum.values) == 0


def _documents(datum: Datum, year: int) -> frozenset[str]:
    cells: list[tuple[int, ...]] = list(np.ndindex(*np.shape(datum.values)))
    if YEAR in datum.dims:
        at, known = datum.dims.index(YEAR), datum.labels[YEAR]
        if year not in known:
            return frozenset()
        cells = [cell for cell in cells if known[cell[at]] == year]
    values = np.asarray(datum.values)
    found = (datum.source_at(cell) for cell in cells if not np.isnan(values[cell]) and values[cell] != 0)
    return frozenset(source.document for source in found if source is not None and source.document)
