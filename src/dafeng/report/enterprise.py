"""The report of one enterprise: account, activity by month, methods, measured against default, second estimates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan, nan
from typing import TYPE_CHECKING

import numpy as np

from dafeng.accounts.enterprise.account import UnitAccount, unit_account
from dafeng.accounts.enterprise.rows import Rows
from dafeng.accounts.enterprise.table import Floats
from dafeng.errors import NotFound
from dafeng.labels import Label
from dafeng.registers import Reports, stored
from dafeng.registers.activity import MEASURED

if TYPE_CHECKING:
    from dafeng.accounts.enterprise.desk import Desk
    from dafeng.accounts.uncertainty import Interval
    from dafeng.registers import Enterprise, Facility

MONTHS = 12
Figures = tuple[float, ...]


@dataclass(frozen=True)
class Line:
    """One use of one fuel or material in one facility: quantities and tCO2 by month, NaN where nothing was entered.

    `default` is the default factor in tCO2 per unit of the factor and `factor` its id; `measured` gives the mean of the
    values measured in its place, `evidence` their documents. A line that is not `counted` stands beside the total.
    """

    facility: str
    process: str
    use: str
    what: str
    unit: str
    scope: int
    counted: bool
    quantities: Figures
    emissions: Figures
    default: float
    factor: str
    flags: tuple[str, ...]
    refused: Label | None
    measured: Mapping[str, float]
    evidence: tuple[str, ...]

    @property
    def quantity(self) -> float:
        """The quantity of the year."""
        return float(np.nansum(self.quantities))

    @property
    def emission(self) -> float | None:
        """The tCO2 of the year; None where no factor fits."""
        return None if all(isnan(value) for value in self.emissions) else float(np.nansum(self.emissions))


@dataclass(frozen=True)
class UnitReport:
    """All that is told of one enterprise and year. `moved` gives who made each move last."""

    unit: Enterprise
    year: int
    facilities: tuple[Facility, ...]
    account: UnitAccount
    lines: tuple[Line, ...]
    state: str
    moved: Mapping[str, str]
    reason: str
    if_counted_by: Mapping[str, Interval | None]

    @property
    def synthetic(self) -> bool:
        """Whether the unit or any of its rows was made up."""
        return self.unit.status == "synthetic" or "synthetic" in self.account.statuses

    @property
    def by_month(self) -> Mapping[str, Figures]:
        """The tCO2 of each month by use, of the lines in the total."""
        found: dict[str, list[float]] = defaultdict(lambda: [0.0] * MONTHS)
        for line in self.lines:
            if line.counted:
                for month, value in enumerate(line.emissions):
                    found[line.use][month] += 0.0 if isnan(value) else value
        return {use: tuple(values) for use, values in found.items()}


def years(desk: Desk, id: str) -> tuple[int, ...]:
    """Give the years that an enterprise has activity of."""
    return desk.table([id]).years


def unit_report(desk: Desk, id: str, year: int) -> UnitReport:
    """Gather the report of one enterprise and year.

    Raises:
        NotFound: no such enterprise.
    """
    if desk.database is None or id not in desk.names.enterprises:
        raise NotFound("enterprise", id, desk.names.enterprises)
    unit = desk.names.enterprises[id]
    rows = desk.rows(desk.table([id]), year)
    state = Reports(desk.database, desk.city.id).get(id, year)
    markets = sorted({one.market for one in unit.markets})
    return UnitReport(
        unit,
        year,
        tuple(one for one in desk.names.facilities.values() if one.enterprise == id),
        unit_account(rows, "enterprise", id, desk.names.methods),
        _lines(rows, _evidence(desk, id)),
        state.state,
        state.moved,
        state.reason,
        {market: desk.account(id, year, market).total for market in markets},
    )


def _evidence(desk: Desk, id: str) -> Mapping[tuple[str, str, str], tuple[str, ...]]:
    assert desk.database is not None  # noqa: S101 - the caller looked
    with desk.database.reading() as connection:
        found = stored.rows(connection, desk.city.id, enterprises=[id])
    held: dict[tuple[str, str, str], dict[str, None]] = defaultdict(dict)
    for row in found:
        one = stored.activity(row)
        if one.evidence and one.measured.any:
            held[one.facility, one.use, one.what][one.evidence] = None
    return {key: tuple(names) for key, names in held.items()}


def _lines(rows: Rows, evidence: Mapping[tuple[str, str, str], tuple[str, ...]]) -> tuple[Line, ...]:
    table = rows.table
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    names = ("facility", "process", "use", "what", "unit")
    for at in range(len(table)):
        groups[tuple(table[name].names[table[name].codes[at]] for name in names)].append(at)
    found = []
    for key, members in groups.items():
        facility, process, use, what, unit = key
        chosen = rows.chosen[int(rows.kind[members[0]])]
        measured = {
            name: float(np.nanmean(values))
            for name in MEASURED
            if not np.isnan(values := table.measured[name][members]).all()
        }
        found.append(
            Line(
                facility,
                process,
                use,
                what,
                unit,
                int(rows.scope[members[0]]),
                bool(rows.counted[members].any()),
                _spread(rows, members, table.quantity),
                _spread(rows, members, rows.emission),
                chosen.factor,
                chosen.id,
                chosen.flags,
                chosen.refused,
                measured,
                evidence.get((facility, use, what), ()),
            )
        )
    return tuple(sorted(found, key=lambda line: (line.facility, line.scope, line.use, line.what)))


def _spread(rows: Rows, members: list[int], values: Floats) -> Figures:
    """Put rows into their months; a row of several months is spread evenly."""
    months = [nan] * MONTHS
    for at in members:
        first, last = int(rows.table.first[at]) - rows.year * MONTHS, int(rows.table.last[at]) - rows.year * MONTHS
        share = float(values[at]) / (last - first + 1)
        for month in range(first, last + 1):
            months[month] = share if isnan(months[month]) else months[month] + share
    return tuple(months)
