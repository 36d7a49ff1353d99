"""Seeking one lever, and what decides the peak."""

from __future__ import annotations

import numpy as np
import pytest

from dafeng.errors import NotFound
from dafeng.pathway import Pathway, project
from dafeng.pathway.draws import factor_of, standard, values
from dafeng.pathway.seek import seek
from dafeng.pathway.sensitivity import indices, sensitivity
from dafeng.pathway.settings import Correlation, Distribution


def test_what_is_found_meets_the_target_and_little_less_does_not(pathway: Pathway) -> None:
    found = seek(pathway, "pv-capacity-2030", "pv-capacity", "late-3")
    assert found.value == pytest.approx(134, abs=1e-5)
    by = {t.target: t for t in project(pathway, "late-3", {"pv-capacity": found.value}).targets}
    assert by["pv-capacity-2030"].met
    short = {t.target: t for t in project(pathway, "late-3", {"pv-capacity": found.value - 0.01}).targets}
    assert not short["pv-capacity-2030"].met


def test_what_cannot_be_is_said(pathway: Pathway) -> None:
    late = pathway.scenario("late-3")
    moved = pathway.scenario(late, {})
    assert moved is late
    found = seek(pathway, "pv-capacity-2030", "scrap", "current")
    assert (found.value, found.reason) == (
        None,
        "'scrap' does not move 'pv-capacity-2030' by 2030: no formula joins them",
    )
    from dafeng.pathway import Setting

    slow = pathway.scenario("current", {"pv-capacity": Setting(to=46, start=2029, end=2040)})
    found = seek(pathway, "pv-capacity-2030", "pv-capacity", slow)
    assert (found.value, found.reason) == (
        None,
        "no setting of 'pv-capacity' from 0 to 300 万千瓦 meets it: at best 69.0909 of 90 万千瓦",
    )


def test_a_setting_that_meets_it_already_stays(pathway: Pathway) -> None:
    assert seek(pathway, "wind-capacity-2030", "wind-capacity", "plan").value == 30


def test_levers_that_wait_and_targets_not_answered_are_not_found(pathway: Pathway) -> None:
    with pytest.raises(NotFound, match=r"no working lever 'lamps'"):
        seek(pathway, "pv-capacity-2030", "lamps")
    with pytest.raises(NotFound, match=r"no target that the pathway answers 'intensity-2025'"):
        seek(pathway, "intensity-2025", "scrap")


def test_indices_of_a_known_function() -> None:
    normals = standard(1, 20_000, 6)
    a, b = normals[:, :3], normals[:, 3:]
    mixed = []
    for at in range(3):
        one = a.copy()
        one[:, at] = b[:, at]
        mixed.append(one)
    design = np.concatenate([a, b, *mixed])
    first, total = indices(1000 + 3 * design[:, 0] + 4 * design[:, 1], 3)
    assert first == pytest.approx([0.36, 0.64, 0], abs=0.03)
    assert total == pytest.approx([0.36, 0.64, 0], abs=0.03)
    assert np.isnan(indices(np.ones(50), 3)[0]).all()


def test_the_toy_city_names_what_decides(pathway: Pathway) -> None:
    found = sensitivity(pathway, "plan", size=64)
    assert [each.id for each in found.co2] == ["growth", "delivery", "coal"]
    assert found.runs == 64 * 5


def _distribution(id: str, **given: object) -> Distribution:
    return Distribution.model_validate(
        {"id": id, "label": {"zh": id, "en": id}, "group": "factor", "parameter": "a.b", "source": "s", **given}
    )


def test_draws_follow_their_distributions_and_correlations() -> None:
    made = (
        _distribution("t", shape="triangular", low=1, mode=2, high=4),
        _distribution("u", shape="uniform", low=-1, high=1),
        _distribution("n", shape="normal", mean=5, spread=2),
        _distribution("l", shape="lognormal", mean=3, spread=0.4),
    )
    factor = factor_of(made, (Correlation(between=("t", "u"), rho=0.6), Correlation(between=("n", "l"), rho=-0.5)))
    found = values(made, standard(2, 40_000, 4) @ factor.T)
    assert found.mean(axis=0) == pytest.approx([7 / 3, 0, 5, 3], abs=0.03)
    assert found.min(axis=0)[:2].tolist() >= [1, -1] and found[:, 0].max() <= 4
    ranks = found.argsort(axis=0).argsort(axis=0)
    assert np.corrcoef(ranks[:, 0], ranks[:, 1])[0, 1] == pytest.approx(0.6, abs=0.02)
    assert np.corrcoef(ranks[:, 2], ranks[:, 3])[0, 1] == pytest.approx(-0.5, abs=0.02)
