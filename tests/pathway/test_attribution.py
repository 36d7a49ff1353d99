"""Shapley and Owen values against their definitions, and on the toy city."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from dafeng.errors import NotFound
from dafeng.pathway import Pathway
from dafeng.pathway.attribution import attribute, owen, owen_by_orders, shapley


def game(masks: np.ndarray) -> np.ndarray:
    """Worth with interactions: three of five things, some of which only work together."""
    m = masks.astype(float)
    return 3 * m[:, 0] + m[:, 1] * m[:, 2] * 5 - m[:, 0] * m[:, 3] * 2 + m[:, 4] * (1 + m[:, 1]) + 7


def test_shapley_is_the_mean_over_all_orders() -> None:
    found, (nothing, everything), runs = shapley(5, game)
    mean = np.zeros(5)
    orders = list(permutations(range(5)))
    for order in orders:
        mask = np.zeros((1, 5), bool)
        for player in order:
            before = game(mask)[0]
            mask[0, player] = True
            mean[player] += game(mask)[0] - before
    assert found == pytest.approx(mean / len(orders), abs=1e-12)
    assert found.sum() == pytest.approx(everything - nothing, abs=1e-12)
    assert runs == 32


def test_owen_is_the_mean_over_orders_that_keep_groups_together() -> None:
    of = np.array([0, 0, 1, 1, 2])
    total = np.zeros(5)
    count = 0
    for groups in permutations(range(3)):
        for first in permutations([0, 1]):
            for second in permutations([2, 3]):
                inside = {0: first, 1: second, 2: (4,)}
                mask = np.zeros((1, 5), bool)
                for player in (player for group in groups for player in inside[group]):
                    before = game(mask)[0]
                    mask[0, player] = True
                    total[player] += game(mask)[0] - before
                count += 1
    for group, members in ((0, [0, 1]), (1, [2, 3]), (2, [4])):
        found, _ = owen(3, of, group, game)
        assert found == pytest.approx(total[members] / count, abs=1e-12)


def test_the_parts_of_the_toy_plan_sum_to_the_difference(pathway: Pathway) -> None:
    found = attribute(pathway, "plan", "current", 2030)
    assert [part.group for part in found.parts] == ["energy", "buildings", "people"]
    assert sum(part.value for part in found.parts) == pytest.approx(found.total, rel=1e-9)
    for part in found.parts:
        assert part.levers is not None
        assert sum(part.levers.values()) == pytest.approx(part.value, rel=1e-9)
        assert part.value < 0
    assert found.value == pytest.approx(
        sum(float(pathway.state("plan").at(id, 2030).sum()) for id in ("grid.co2", "steel.co2")), rel=1e-12
    )


def test_a_scenario_against_itself_has_no_parts(pathway: Pathway) -> None:
    found = attribute(pathway, "plan", "plan", 2030)
    assert (found.parts, found.total) == ((), 0.0)


def test_what_is_not_there_is_named(pathway: Pathway) -> None:
    with pytest.raises(NotFound, match=r"no year '2099'"):
        attribute(pathway, "plan", "current", 2099)
    with pytest.raises(NotFound, match=r"no boundary 'locl'. Did you mean 'local'"):
        attribute(pathway, "plan", "current", 2030, "locl")


def test_sampled_orders_come_near_the_exact_values_and_sum_to_the_group() -> None:
    random = np.random.default_rng(3)
    of = np.array([0, 0, 0, 0, 0, 1, 1, 2])
    pull = random.normal(size=8)
    pairs = random.normal(size=(8, 8)) * 0.3

    def worth(masks: np.ndarray) -> np.ndarray:
        taken = masks.astype(float)
        return taken @ pull + ((taken @ pairs) * taken).sum(axis=1)

    exact, _ = owen(3, of, 0, worth)
    sampled, error, runs = owen_by_orders(3, of, 0, worth, 40)
    assert sampled.sum() == pytest.approx(exact.sum(), rel=1e-12)
    assert (np.abs(sampled - exact) <= 4 * error + 1e-12).all()
    assert runs == 80 * 4 * 6
