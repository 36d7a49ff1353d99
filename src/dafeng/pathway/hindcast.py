"""Hindcast: the model started in a past year, held against what was accounted since, beside two naive forecasts.

Facts after the start are taken away, and so are later values of parameters that were fitted to accounts: they stand as
they stood then, or go on at their yearly change. A first run goes on to know the drivers from outside (output of steel,
vehicles, ...), so that it tests the formulas alone; a second knows nothing after the start, as a forecast of that year
would. Each sector is levelled to the account of the start: the step there is told apart, as `level`.
The naive forecasts are the last value and the straight line through the last
years to the start.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from dafeng import units
from dafeng.accounts.account import accounts
from dafeng.axes import YEAR
from dafeng.errors import Refused
from dafeng.kernel import Datum
from dafeng.pathway.pathway import Pathway
from dafeng.pathway.projection import sector as city_wide
from dafeng.pathway.settings import HindcastFile, Sector, Trend, Truth

#: Years to the start that the straight line is laid through.
LINE = 5
#: The forecasts compared, in the order shown.
FORECASTS = ("known", "unknown", "last", "line")
#: tCO2 of the accounts' unit.
MEGATONNE = 1e6


@dataclass(frozen=True)
class Past:
    """One sector, or all of them, in tCO2 by year after the start; None where absent.

    `level` is the model's value at the start less the account's. `error` gives, by forecast, the mean absolute error
    as a share of the mean account, None where no year can be compared; `best` names the least.
    """

    id: str
    truth: Mapping[int, float]
    start: float | None
    level: float | None
    forecasts: Mapping[str, Mapping[int, float]]
    error: Mapping[str, float | None]

    @property
    def best(self) -> str | None:
        """Name the forecast with the least error."""
        known = {name: value for name, value in self.error.items() if value is not None}
        return min(known, key=known.__getitem__, default=None)


@dataclass(frozen=True)
class Hindcast:
    """The past from a start year to `until`: sectors with an account, and their sum; `lacking` names those without."""

    start: int
    until: int
    known: tuple[str, ...]
    sectors: tuple[Past, ...]
    total: Past
    lacking: tuple[str, ...]


def hindcast(pathway: Pathway, start: int) -> Hindcast:
    """Run the past from a start year.

    Raises:
        Refused: the pack says nothing of hindcasts, or the year is not one with accounts before and after.
    """
    settings = pathway.settings.hindcast
    if settings is None:
        raise Refused("hindcast: the pack does not say how. Add 'hindcast' to pathway.yaml.")
    if not start < settings.until:
        raise Refused(f"hindcast: {start} is not before {settings.until}, the last year compared. Start earlier.")
    truths = {each.id: truth_of(pathway, each.truth) for each in pathway.settings.sectors if each.truth}
    held = [each for each in pathway.settings.sectors if start in truths.get(each.id, {})]
    if not held:
        years = sorted({year for series in truths.values() for year in series})
        span = f"from {years[0]} to {years[-1]}" if years else "none"
        raise Refused(f"hindcast: no sector has an account of {start}; there are years {span}. Start in one of them.")
    runs = {
        "known": _run(pathway, settings, start, settings.known),
        "unknown": _run(pathway, settings, start, ()),
    }
    found = [_past(each, truths[each.id], runs, start, settings.until) for each in held]
    lacking = tuple(each.id for each in pathway.settings.sectors if each not in held)
    return Hindcast(start, settings.until, settings.known, tuple(found), _sum(found, start), lacking)


def truth_of(pathway: Pathway, truth: Truth) -> dict[int, float]:
    """Give what was accounted, in tCO2 by year; a year in which one of several sectors is absent is left out."""
    if truth.fact:
        unit = pathway.city.indicators[truth.fact].unit
        series = pathway.city.facts.series(truth.fact, pathway.city.id).yearly
        scale = units.factor(unit, "tCO2")
        return {year: value * scale for year, each in series.items() if (value := each.value) is not None}
    made = accounts(pathway.city, truth.boundary)
    found = {}
    for year in made.totals():
        parts = made.reallocated(year) if truth.reallocated else made.account(year).by_sector
        if all(id in parts for id in truth.sectors):
            found[year] = sum(parts[id] for id in truth.sectors) * MEGATONNE
    return found


def _run(
    pathway: Pathway, settings: HindcastFile, start: int, known: tuple[str, ...]
) -> Mapping[str, Mapping[int, float]]:
    data = dict(pathway.base.data)
    before = dict(data)
    for id, datum in data.items():
        if datum.kind == "fact" and id not in known:
            data[id] = _until(datum, start)
        elif id in {*settings.held, *settings.continued}:
            data[id] = _as_known(datum, start, settings.until, going_on=id in settings.continued)
    for parameter, fact in settings.levels.items():
        data[parameter] = _level(pathway, before[parameter], fact, start)
    for parameter, trend in settings.trends.items():
        data[parameter] = _trend(pathway, before[parameter], trend, start)
    for parameter, trend in settings.paths.items():
        data[parameter] = _path(pathway, before[parameter], trend, start, settings.until)
    # From the first year on: what wears out has a past of its own, and facts to the start pin it.
    years = tuple(range(pathway.years[0], settings.until + 1))
    state = pathway.model.run(data, years, keep="outputs")
    found = {}
    for each in pathway.settings.sectors:
        values = city_wide(state, each.variable)[0]
        found[each.id] = {year: float(v) for year, v in zip(years, values, strict=True) if not np.isnan(v)}
    return found


def _until(datum: Datum, start: int) -> Datum:
    if YEAR not in datum.dims:
        return datum
    later = np.asarray(datum.labels[YEAR]) > start
    gone = np.moveaxis(np.array(datum.values, dtype=float), datum.dims.index(YEAR), -1)
    gone[..., later] = np.nan
    return replace(datum, values=np.moveaxis(gone, -1, datum.dims.index(YEAR)))


def _as_known(datum: Datum, start: int, until: int, going_on: bool) -> Datum:
    """Take away the values dated after the start; what goes on does so at the yearly change of the years to it."""
    at = datum.dims.index(YEAR)
    years = list(datum.labels[YEAR])
    past = [year for year in years if year <= start] or years[:1]
    if len(past) == len(years):
        return datum
    values = np.moveaxis(np.asarray(datum.values, dtype=float), at, -1)[..., : len(past)]
    source = datum.source
    if isinstance(source, np.ndarray):
        source = np.moveaxis(source, at, -1)[..., : len(past)]
    labels = past
    first = next(position for position, year in enumerate(past) if year >= past[-1] - LINE)
    span = past[-1] - past[first]
    if going_on and span:
        with np.errstate(invalid="ignore", divide="ignore"):
            growth = np.nan_to_num((values[..., -1] / values[..., first]) ** (1 / span), nan=1.0, posinf=1.0)
        later = [year for year in range(past[-1] + 1, until + 1)]
        grown = [values[..., -1] * growth ** (year - past[-1]) for year in later]
        values = np.concatenate([values, np.stack(grown, axis=-1)], axis=-1)
        labels = [*past, *later]
        if isinstance(source, np.ndarray):
            source = np.concatenate([source, np.repeat(source[..., -1:], len(later), axis=-1)], axis=-1)
    if isinstance(source, np.ndarray):
        source = np.moveaxis(source, -1, at)
    kept = {**datum.labels, YEAR: tuple(labels)}
    return replace(datum, values=np.moveaxis(values, -1, at), source=source, labels=kept)


def _path(pathway: Pathway, datum: Datum, trend: Trend, start: int, until: int) -> Datum:
    """Lay a fact, and its mean yearly growth after its last value, over all cells of a parameter."""
    series = _series(pathway, trend.fact, start)
    growth = 1 + _growth(series, trend, start)
    last = max(series)
    series |= {year: series[last] * growth ** (year - last) for year in range(last + 1, until + 1)}
    values = np.array(list(series.values())) * units.factor(pathway.city.indicators[trend.fact].unit, datum.unit)
    at = datum.dims.index(YEAR)
    shape = [1] * len(datum.dims)
    shape[at] = len(values)
    full = [*np.shape(datum.values)]
    full[at] = len(values)
    labels = {**datum.labels, YEAR: tuple(series)}
    laid = np.broadcast_to(values.reshape(shape), full)
    return replace(datum, values=laid, labels=labels, source=f"{trend.fact}#hindcast", between="linear")


def _series(pathway: Pathway, fact: str, start: int) -> dict[int, float]:
    series = pathway.city.facts.series(fact, pathway.city.id).yearly
    found = {y: each.value for y, each in series.items() if y <= start and each.value is not None}
    if not found:
        raise Refused(f"hindcast: '{fact}' has no value to {start}. Name another fact, or start later.")
    return found


def _level(pathway: Pathway, datum: Datum, fact: str, start: int) -> Datum:
    series = _series(pathway, fact, start)
    value = series[max(series)] * units.factor(pathway.city.indicators[fact].unit, datum.unit)
    return _constant(datum, value, fact)


def _trend(pathway: Pathway, datum: Datum, trend: Trend, start: int) -> Datum:
    growth = _growth(_series(pathway, trend.fact, start), trend, start)
    return _constant(datum, growth / units.parse(datum.unit).factor, trend.fact)


def _growth(series: Mapping[int, float], trend: Trend, start: int) -> float:
    """Give the mean yearly growth of a fact over the years to the start."""
    last = max(series)
    first = min((year for year in series if year >= last - trend.years), default=last)
    if first == last:
        raise Refused(
            f"hindcast: '{trend.fact}' has one value to {start}, and no growth. Name another fact, or start later."
        )
    return float((series[last] / series[first]) ** (1 / (last - first)) - 1)


def _constant(datum: Datum, value: float, fact: str) -> Datum:
    """Lay one value over all cells and years; it holds from the first year on."""
    at = datum.dims.index(YEAR)
    shape = [*np.shape(datum.values)]
    shape[at] = 1
    labels = {**datum.labels, YEAR: (1900,)}
    return replace(datum, values=np.full(shape, value), labels=labels, source=f"{fact}#hindcast", between="hold")


def _past(
    sector: Sector,
    truth: Mapping[int, float],
    runs: Mapping[str, Mapping[str, Mapping[int, float]]],
    start: int,
    until: int,
) -> Past:
    after = {year: value for year, value in truth.items() if start < year <= until}
    here = truth[start]
    forecasts: dict[str, Mapping[int, float]] = {}
    for name, run in runs.items():
        series = run[sector.id]
        if start in series:
            forecasts[name] = {year: series[year] - series[start] + here for year in after if year in series}
        else:
            forecasts[name] = {}
    forecasts["last"] = dict.fromkeys(after, here)
    forecasts["line"] = _line({year: value for year, value in truth.items() if year <= start}, tuple(after))
    model = runs["known"][sector.id].get(start)
    level = None if model is None else model - here
    return Past(sector.id, after, here, level, forecasts, _errors(after, forecasts))


def _line(before: Mapping[int, float], years: tuple[int, ...]) -> dict[int, float]:
    run = sorted(before)[-LINE:]
    if len(run) < LINE:
        return {}
    slope, level = np.polyfit(run, [before[year] for year in run], 1)
    return {year: float(slope * year + level) for year in years}


def _errors(truth: Mapping[int, float], forecasts: Mapping[str, Mapping[int, float]]) -> dict[str, float | None]:
    """Give the mean absolute error of each forecast over the mean account, of the years that all of them have."""
    given = [series for series in forecasts.values() if series]
    common = [year for year in truth if all(year in series for series in given)]
    if not common:
        return dict.fromkeys(forecasts)
    mean = float(np.mean([truth[year] for year in common]))
    return {
        name: float(np.mean([abs(series[year] - truth[year]) for year in common])) / mean if series else None
        for name, series in forecasts.items()
    }


def _sum(sectors: list[Past], start: int) -> Past:
    """Add the sectors, in the years in which each has an account and every forecast that any has."""
    years = set.intersection(*(set(each.truth) for each in sectors))
    truth = {year: sum(each.truth[year] for each in sectors) for year in sorted(years)}
    forecasts: dict[str, Mapping[int, float]] = {}
    for name in FORECASTS:
        whole = [year for year in truth if all(year in each.forecasts[name] for each in sectors)]
        forecasts[name] = {year: sum(each.forecasts[name][year] for each in sectors) for year in whole}
    levels = [each.level for each in sectors]
    level = None if any(each is None for each in levels) else sum(each for each in levels if each is not None)
    here = sum(each.start for each in sectors if each.start is not None)
    return Past("total", truth, here, level, forecasts, _errors(truth, forecasts))


def of_starts(pathway: Pathway) -> tuple[Hindcast, ...]:
    """Run the past from each start year that the pack names."""
    settings = pathway.settings.hindcast
    return tuple(hindcast(pathway, start) for start in settings.starts) if settings else ()
