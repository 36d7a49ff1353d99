"""The account of every row of a year: factor chosen, measured values first, emission, half-width of its error."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dafeng.accounts.enterprise import formulas
from dafeng.accounts.enterprise.chosen import Choices, Chooser, Chosen
from dafeng.accounts.enterprise.methods import Methods
from dafeng.accounts.enterprise.table import Coded, Floats, Ints, Table
from dafeng.factors import Factors
from dafeng.registers import Enterprise, Facility

NONE, PLACE_METHOD = "none", "general"


@dataclass(frozen=True)
class Rows:
    """Rows with their figures: `emission` in tCO2 with its sign, NaN where no factor fits.

    `counted` are rows of the total, `kind` the class of the row in `chosen`; the halves are shares of the value.
    """

    table: Table
    year: int
    emission: Floats
    counted: NDArray[np.bool_]
    scope: Ints
    kind: Ints
    chosen: tuple[Chosen, ...]
    markets: Coded
    activity_half: Floats
    factor_half: Floats
    factors: Ints


def account_rows(
    table: Table,
    year: int,
    factors: Factors,
    methods: Methods,
    choices: Choices,
    enterprises: Mapping[str, Enterprise],
    facilities: Mapping[str, Facility],
) -> Rows:
    """Account every row of a year; a row of several months counts with its share that falls in the year."""
    held = _monthly(table.in_year(year), enterprises)
    held = with_it_power(held, facilities)
    markets = _markets(held, enterprises, choices)
    method_of = [facilities[id].method if id in facilities else PLACE_METHOD for id in held["facility"].names]
    known = tuple(dict.fromkeys(method_of)) or (PLACE_METHOD,)
    method = np.array([known.index(name) for name in method_of], dtype=np.int64)[held["facility"].codes]
    carbon_known = ~(np.isnan(held.measured["carbon_content"]) & np.isnan(held.measured["carbon_share"]))
    carbon_known |= ~np.isnan(held.measured["factor"])
    sizes = (
        len(markets.names),
        len(known),
        len(held["use"].names),
        len(held["what"].names),
        len(held["unit"].names),
        2,
    )
    shape = tuple(max(size, 1) for size in sizes)
    key = np.ravel_multi_index(
        (
            markets.codes,
            method,
            held["use"].codes,
            held["what"].codes,
            held["unit"].codes,
            carbon_known.astype(np.int64),
        ),
        shape,
    )
    first, kind = np.unique(key, return_inverse=True)
    chooser = Chooser(factors, methods, choices, year)
    chosen: list[Chosen] = []
    of_use: list[tuple[int, int, float, float, bool]] = []
    half = methods.uncertainty
    for at in zip(*np.unravel_index(first, shape), strict=True):
        market, how, use_at, what, unit, known_carbon = (int(part) for part in at)
        use, way = methods.use(held["use"].names[use_at]), methods.method(known[how])
        chosen.append(
            chooser.choose(
                markets.names[market], way, use, held["what"].names[what], held["unit"].names[unit], bool(known_carbon)
            )
        )
        of_use.append(
            (use.scope, use.sign or 1, half.activity[use.family], half.factor[use.family], use.id in way.counts)
        )
    scope, sign, activity_half, factor_half, counts = (
        np.array([one[part] for one in of_use])[kind] if of_use else np.zeros(0) for part in range(5)
    )
    emission, measured = _emission(held, chosen, kind, sign)
    ids = {id: at for at, id in enumerate(dict.fromkeys(one.id for one in chosen))}
    factor_at = np.array([ids[one.id] for one in chosen], dtype=np.int64)[kind] if chosen else np.zeros(0, np.int64)
    # A measured value is known for its own row: it shares no error with the rows of others.
    factor_at = np.where(measured, len(ids) + np.arange(len(held)), factor_at)
    return Rows(
        held,
        year,
        emission,
        counts.astype(bool),
        scope.astype(np.int64),
        kind,
        tuple(chosen),
        markets,
        activity_half.astype(float),
        np.where(measured, half.measured, factor_half),
        factor_at,
    )


def _emission(held: Table, chosen: list[Chosen], kind: Ints, sign: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    def column(name: str) -> Floats:
        return np.array([getattr(one, name) for one in chosen], dtype=float)[kind] if chosen else np.zeros(0)

    m, ratio = held.measured, column("ratio")
    ncv = formulas.effective(column("ncv"), m["ncv"])
    content = formulas.effective(column("content"), m["carbon_content"])
    oxidised = formulas.effective(column("oxidised"), m["oxidation"])
    stepped = ~(np.isnan(m["ncv"]) & np.isnan(m["carbon_content"]) & np.isnan(m["oxidation"]))
    factor = np.where(stepped, formulas.combustion(ncv, content, oxidised, ratio), column("factor"))
    burnt = np.where(np.isnan(oxidised), 1.0, oxidised)
    factor = formulas.effective(factor, formulas.carbon(m["carbon_share"], burnt, ratio))
    factor = formulas.effective(factor, m["factor"])
    measured = stepped | ~np.isnan(m["carbon_share"]) | ~np.isnan(m["factor"])
    return formulas.emission(held.quantity * column("scale"), factor, np.asarray(sign, dtype=float)), measured


def _monthly(held: Table, enterprises: Mapping[str, Enterprise]) -> Table:
    """Split rows of several months where the unit changed its market, so that each month is counted by one."""
    moved = np.array(
        [id in enterprises and len(enterprises[id].markets) > 0 for id in held["enterprise"].names], dtype=bool
    )
    if not len(held):
        return held
    many = moved[held["enterprise"].codes] & (held.last > held.first)
    if not many.any():
        return held
    times = np.where(many, held.last - held.first + 1, 1)
    at = np.repeat(np.arange(len(held)), times)
    step = np.arange(len(at)) - np.repeat(np.cumsum(times) - times, times)
    out = held.take(at)
    split = many[at]
    first = out.first + np.where(split, step, 0)
    return Table(out.texts, first, np.where(split, first, out.last), out.quantity / times[at], out.measured)


def _markets(held: Table, enterprises: Mapping[str, Enterprise], choices: Choices) -> Coded:
    if choices.market or not len(held):
        return Coded(np.zeros(len(held), dtype=np.int64), (choices.market or NONE,))
    names = (NONE, "local", "national")
    pair = held["enterprise"].codes * 200_000 + held.first
    unique, back = np.unique(pair, return_inverse=True)
    codes = []
    for one in unique:
        id = held["enterprise"].names[int(one) // 200_000]
        market = enterprises[id].market(int(one) % 200_000) if id in enterprises else None
        codes.append(names.index(market or NONE))
    return Coded(np.array(codes, dtype=np.int64)[back], names)


def with_it_power(held: Table, facilities: Mapping[str, Facility]) -> Table:
    """Add the electricity of data centres that only meter their IT equipment: IT power x PUE, month by month."""
    it = held["use"].where("it_electricity")
    if not it.any():
        return held
    pue = np.array([(facilities[id].pue if id in facilities else None) or np.nan for id in held["facility"].names])
    names = held["use"].names
    uses = names if "electricity" in names else (*names, "electricity")
    power = uses.index("electricity")
    whole = held["use"].where("electricity")
    metered = set(zip(held["facility"].codes[whole].tolist(), held.first[whole].tolist(), strict=True))
    at = np.array(
        [
            row
            for row in np.flatnonzero(it).tolist()
            if (int(held["facility"].codes[row]), int(held.first[row])) not in metered
        ],
        dtype=np.int64,
    )
    if not len(at):
        return held
    rows = held.take(np.concatenate([np.arange(len(held)), at]))
    codes = rows["use"].codes.copy()
    codes[len(held) :] = power
    quantity = rows.quantity.copy()
    quantity[len(held) :] = formulas.from_it(held.quantity[at], pue[held["facility"].codes[at]])
    return Table({**rows.texts, "use": Coded(codes, uses)}, rows.first, rows.last, quantity, rows.measured)
