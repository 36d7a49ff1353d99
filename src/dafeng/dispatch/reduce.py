"""Previews: a year in longer steps or in typical days, and how far such an answer lies from that of all hours.

Typical days are the days nearest to the centres of k-means clusters of all series, weighted by the size of their
cluster, and the day of the highest load, in the order of the year. Storages are empty where days of another weight
follow: energy cannot move from a day that stands for one into a day that stands for many. More days are not always
nearer to the year: a preview says its measured error, or that there is none.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import numpy as np

from dafeng.dispatch.build.assemble import YEAR, whole_year
from dafeng.dispatch.build.draft import Clock
from dafeng.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dafeng.dispatch.spec import Spec
    from dafeng.dispatch.stage import Floats

DAY = 24
DAYS = YEAR // DAY
#: Seed of the clusters: the same series give the same days.
SEED = 20251126


def clock_of(spec: Spec, series: Mapping[str, Floats], step: int = 1, days: int = 0) -> Clock:
    """Give the clock of a year: all hours, steps of several, or the hours of typical days.

    Raises:
        Refused: fewer than 2 days or more than the year has, or days of longer steps.
    """
    if not days:
        return whole_year(step)
    if step != 1:
        raise Refused("preview: typical days have steps of one hour. Leave --step out.")
    if not 1 < days < DAYS:
        raise Refused(f"preview: {days} typical days (expected 2 to {DAYS - 1}). Write days=12.")
    return typical(spec, series, days)


def typical(spec: Spec, series: Mapping[str, Floats], days: int) -> Clock:
    """Give the clock of typical days and the peak day: (days or one more) x 24 steps of one hour."""
    from scipy.cluster.vq import kmeans2

    shapes = [values.reshape(DAYS, DAY) / top for values in series.values() if (top := float(np.abs(values).max())) > 0]
    features = np.concatenate(shapes, axis=1)
    days = min(days, len(np.unique(features, axis=0)))
    with warnings.catch_warnings():
        # An empty cluster is left out below: fewer days then stand for the year.
        warnings.simplefilter("ignore", UserWarning)
        centres, member = kmeans2(features, days, minit="++", seed=np.random.default_rng(SEED))
    picked: dict[int, float] = {}
    for cluster in range(days):
        inside = np.flatnonzero(member == cluster)
        if inside.size:
            distance = ((features[inside] - centres[cluster]) ** 2).sum(axis=1)
            picked[int(inside[distance.argmin()])] = float(inside.size)
    load = np.sum([series[demand.profile] for demand in spec.demands.values()], axis=0)
    picked.setdefault(int(load.argmax()) // DAY, 1.0)
    chosen = np.array(sorted(picked))
    weight = np.array([picked[day] for day in chosen])
    weight *= DAYS / weight.sum()
    hour = (chosen[:, None] * DAY + np.arange(DAY)).ravel().astype(np.float64)
    return Clock(hour, np.repeat(weight, DAY), 1.0)


def errors(preview: Mapping[str, Any], whole: Mapping[str, Any]) -> dict[str, Any]:
    """Give how far the record of a preview lies from that of all hours, as parts of the latter.

    `objective` and, by year, `co2` are relative differences; `capacities` is the sum of all differences over the sum of
    all capacities; `furthest` names the entry that differs most, with MW in the preview and in all hours.
    """
    years = [str(year) for year in whole["years"]]
    capacities, furthest, co2 = {}, {}, {}
    for year in years:
        here, there = preview["capacities"][year], whole["capacities"][year]
        apart = {name: here[name] - there[name] for name in there}
        capacities[year] = sum(map(abs, apart.values())) / (sum(there.values()) or 1.0)
        name = max(apart, key=lambda each: abs(apart[each]))
        furthest[year] = {"name": name, "preview": here[name], "whole": there[name]}
        of = whole["emissions"][year]["total"]
        co2[year] = preview["emissions"][year]["total"] / of - 1 if of else None
    of = whole["objective"]
    return {
        "objective": preview["objective"] / of - 1 if of else None,
        "capacities": capacities,
        "furthest": furthest,
        "co2": co2,
        "seconds": sum(whole["seconds"].values()),
    }
