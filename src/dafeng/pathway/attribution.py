"""Whose doing is the difference between two scenarios: exact Shapley values of actions, Owen values of their levers.

Every coalition of actions is one row of a batch, so all of them are one run of the model. An action gets the mean of
what it adds over all orders in which the actions could be taken (Shapley 1953); inside it, its levers share that by the
orders which keep the levers of each action together (Owen 1977). Nothing depends on an order that somebody chose, and
the parts sum to the whole. Where an action has too many levers for all their subsets, their part of it is a mean over
sampled orders, with its standard error.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import factorial

import numpy as np
from numpy.typing import NDArray

from dafeng.errors import NotFound, Refused
from dafeng.kernel import Array
from dafeng.pathway.local import whole
from dafeng.pathway.overlay import Move, move
from dafeng.pathway.pathway import Pathway
from dafeng.pathway.projection import CHUNK, total
from dafeng.pathway.scenario import Scenario

#: Rows that one question may ask for; an action of more levers than that allows is not divided.
MOST_ROWS = 1 << 17
Masks = NDArray[np.bool_]


@dataclass(frozen=True)
class Part:
    """What one action, or the drivers, adds to the difference; `levers` is None where they are too many to divide.

    `errors` are the standard errors of the levers' values where these are means over sampled orders; None where exact.
    """

    group: str
    value: float
    levers: Mapping[str, float] | None
    errors: Mapping[str, float] | None = None


@dataclass(frozen=True)
class Attribution:
    """CO2 of a boundary in a year, in tCO2: that of `scenario` less that of `against`, by whose doing it is."""

    scenario: str
    against: str
    boundary: str
    year: int
    value: float
    value_against: float
    parts: tuple[Part, ...]
    runs: int

    @property
    def total(self) -> float:
        """The difference."""
        return self.value - self.value_against


def attribute(
    pathway: Pathway,
    scenario: str | Scenario,
    against: str | Scenario,
    year: int,
    boundary: str = "",
    most: int = MOST_ROWS,
    orders: int = 0,
) -> Attribution:
    """Divide the difference of two scenarios among the actions of the plan and the levers in them.

    An action whose levers would take more than `most` runs is divided by so many pairs of sampled orders, or not at
    all where `orders` is 0. The values of actions are exact in either case, and those of levers sum to them.

    Raises:
        NotFound: no such scenario, boundary or year.
    """
    one, other = whole(pathway.scenario(scenario)), whole(pathway.scenario(against))
    if year not in pathway.years:
        raise NotFound("year", str(year), map(str, pathway.years))
    chosen = pathway.boundary(boundary)
    counted = pathway.counted(chosen)
    levers = sorted({id for id in {*one.settings, *other.settings} if one.settings.get(id) != other.settings.get(id)})
    at = pathway.years.index(year)

    def worth(masks: Masks) -> Array:
        pieces = []
        for low in range(0, len(masks), CHUNK):
            part = masks[low : low + CHUNK].astype(float)
            state = pathway.run(_moves(pathway, one, other, levers, part), why="attribution", want=counted)
            value = total(state, counted)[:, at]
            pieces.append(np.broadcast_to(value, (len(part),)))
        return np.concatenate(pieces)

    groups = [group for group in pathway.groups if any(pathway.group(pathway.levers[id]) == group for id in levers)]
    of = np.array([groups.index(pathway.group(pathway.levers[id])) for id in levers], dtype=np.intp)
    shares, ends, runs = shapley(len(groups), lambda masks: worth(masks[:, of]))
    parts = []
    for number, group in enumerate(groups):
        inside = np.flatnonzero(of == number)
        named = errors = None
        if 1 << (len(groups) - 1 + len(inside)) <= most:
            values, more = owen(len(groups), of, number, worth)
            runs += more
            named = {levers[at]: float(value) for at, value in zip(inside, values, strict=True)}
        elif orders:
            values, scatter, more = owen_by_orders(len(groups), of, number, worth, orders)
            runs += more
            named = {levers[at]: float(value) for at, value in zip(inside, values, strict=True)}
            errors = {levers[at]: float(value) for at, value in zip(inside, scatter, strict=True)}
        parts.append(Part(group, float(shares[number]), named, errors))
    return Attribution(one.id, other.id, chosen.id, year, float(ends[1]), float(ends[0]), tuple(parts), runs)


def _moves(pathway: Pathway, one: Scenario, other: Scenario, levers: list[str], masks: Array) -> list[Move]:
    found = [*pathway.moves(one, but=levers)]
    for column, id in enumerate(levers):
        for scenario, part in ((one, masks[:, column]), (other, 1.0 - masks[:, column])):
            if id in scenario.settings:
                value, plan = scenario.settings[id]
                found.append(move(pathway.levers[id], value, plan, part))
    return found


def shapley(players: int, worth: Callable[[Masks], Array]) -> tuple[Array, tuple[float, float], int]:
    """Give each player's value, the worth of no player and of all, and the runs; `worth` takes coalitions as rows.

    Raises:
        Refused: there are so many players that their coalitions cannot be run.
    """
    if 1 << players > MOST_ROWS:
        raise Refused(
            f"attribution: {players} groups differ, and {1 << players} runs are too many. Compare closer ones."
        )
    masks = subsets(players)
    values = worth(masks)
    size = masks.sum(axis=1)
    weight = np.array([factorial(n) * factorial(players - n - 1) / factorial(players) for n in range(players)])
    found = np.zeros(players)
    codes = np.arange(len(masks))
    for player in range(players):
        without = codes[~masks[:, player]]
        found[player] = np.dot(weight[size[without]], values[without | (1 << player)] - values[without])
    return found, (float(values[0]), float(values[-1])), len(masks)


def owen(groups: int, of: NDArray[np.intp], group: int, worth: Callable[[Masks], Array]) -> tuple[Array, int]:
    """Give the Owen values of one group's levers and the runs; `of` names the group of each lever."""
    inside = np.flatnonzero(of == group)
    others = [number for number in range(groups) if number != group]
    outer, inner = subsets(len(others)), subsets(len(inside))
    present = np.zeros((len(outer), groups), dtype=np.bool_)
    present[:, others] = outer
    masks = np.repeat(present[:, of], len(inner), axis=0)
    masks[:, inside] = np.tile(inner, (len(outer), 1))
    values = worth(masks).reshape(len(outer), len(inner))
    n, k = groups, len(inside)
    weight_outer = np.array([factorial(s) * factorial(n - s - 1) / factorial(n) for s in range(n)])
    mean = weight_outer[outer.sum(axis=1)] @ values
    weight_inner = np.array([factorial(s) * factorial(k - s - 1) / factorial(k) for s in range(k)])
    size, codes = inner.sum(axis=1), np.arange(len(inner))
    found = np.zeros(k)
    for lever in range(k):
        without = codes[~inner[:, lever]]
        found[lever] = np.dot(weight_inner[size[without]], mean[without | (1 << lever)] - mean[without])
    return found, len(masks)


def owen_by_orders(
    groups: int, of: NDArray[np.intp], group: int, worth: Callable[[Masks], Array], pairs: int, seed: int = 0
) -> tuple[Array, Array, int]:
    """Give one group's Owen values as means over sampled orders of its levers, their standard errors, and the runs.

    The coalitions of the other groups are all taken, so the values sum to the group's own, exactly; only the orders
    inside are sampled, each with its reverse (Mitchell et al. 2022, antithetic sampling).
    """
    inside = np.flatnonzero(of == group)
    others = [number for number in range(groups) if number != group]
    outer = subsets(len(others))
    n, k = groups, len(inside)
    random = np.random.default_rng(seed)
    drawn = [order for _ in range(pairs) for one in (random.permutation(k),) for order in (one, one[::-1])]
    weight = np.array([factorial(s) * factorial(n - s - 1) / factorial(n) for s in range(n)])[outer.sum(axis=1)]
    present = np.zeros((len(outer), groups), dtype=np.bool_)
    present[:, others] = outer
    found = np.zeros((len(drawn), k))
    for at, order in enumerate(drawn):
        masks = np.repeat(present[:, of], k + 1, axis=0)
        steps = np.zeros((k + 1, k), dtype=np.bool_)
        for place, lever in enumerate(order):
            steps[place + 1 :, lever] = True
        masks[:, inside] = np.tile(steps, (len(outer), 1))
        values = weight @ worth(masks).reshape(len(outer), k + 1)
        found[at, order] = np.diff(values)
    means = found.reshape(pairs, 2, k).mean(axis=1)
    error = means.std(axis=0, ddof=1) / np.sqrt(pairs) if pairs > 1 else np.full(k, np.nan)
    return found.mean(axis=0), error, len(drawn) * len(outer) * (k + 1)


def subsets(count: int) -> Masks:
    """Give every subset of `count` things as rows; row r holds thing i where bit i of r is set."""
    return ((np.arange(1 << count)[:, None] >> np.arange(count)) & 1).astype(np.bool_)
