"""When a pathway peaks: the year and height of the highest value, and how likely the promise is kept."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dafeng.accounts import peak
from dafeng.kernel import Array


@dataclass(frozen=True)
class Peak:
    """The year and height of the highest value.

    `p_before` is the share of draws whose highest year lies before the promised one. `p_confirmed` is the share that,
    besides, the peak test of the accounts calls peaked when it judges the series in the year `judged_in`. Both are
    None where nothing was drawn.
    """

    year: int
    value: float
    before: int
    p_before: float | None = None
    p_confirmed: float | None = None
    judged_in: int | None = None
    years: tuple[tuple[int, float], ...] = ()


def first_complete(values: Array) -> int:
    """Give the position of the first year from which no row has a gap; the number of years where there is none."""
    gone = np.asarray(np.isnan(values).any(axis=0))
    return int(len(gone) - np.argmax(gone[::-1])) if gone.any() else 0


def peak_years(years: tuple[int, ...], values: Array, since: int | None = None) -> NDArray[np.int_]:
    """Give the year of the highest value of each row, the first of equal ones; years before `since` do not count."""
    run = np.asarray(years)
    start = max(first_complete(values), int(np.searchsorted(run, since)) if since is not None else 0)
    return np.asarray(run[start:][values[:, start:].argmax(axis=1)])


def of_line(years: tuple[int, ...], values: Array, before: int, since: int | None = None) -> Peak:
    """Give the peak of one line."""
    year = int(peak_years(years, values[None, :], since)[0])
    return Peak(year, float(values[years.index(year)]), before)


def of_draws(line: Peak, years: tuple[int, ...], values: Array, judged_in: int, since: int | None = None) -> Peak:
    """Add the probabilities that draws give to the peak of the line: `values` is (draws, years)."""
    tops = peak_years(years, values, since)
    early = tops < line.before
    start = first_complete(values)
    end = years.index(judged_in) + 1
    part = values[:, start:end]
    confirmed = None
    if part.shape[1] >= peak.Rule().least and (part > 0).all():
        # A series that has peaked has not rebounded: the two exclude each other, so the rest is not judged.
        confirmed = (
            float(peak.peaked(np.asarray(years[start:end]), part[early]).sum() / len(part)) if early.any() else 0.0
        )
    counted = tuple((int(year), float((tops == year).mean())) for year in np.unique(tops))
    return Peak(line.year, line.value, line.before, float(early.mean()), confirmed, judged_in, counted)
