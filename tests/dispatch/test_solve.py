"""Both back ends give the same least cost, and every answer is proved in the explicit LP."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from tests.dispatch.specs import base, clock, districts, drawn

from dafeng.dispatch import highs, staged
from dafeng.dispatch.build.assemble import build
from dafeng.dispatch.build.worth import Worth
from dafeng.dispatch.certificate import TRUSTED, certify
from dafeng.dispatch.explicit import explicit
from dafeng.dispatch.solve import dispatch
from dafeng.dispatch.spec import Spec
from dafeng.errors import Refused

Series = dict[str, np.ndarray]


def solved(series: Series, backend: Any = "highs", hours: int = 48, **changes: Any) -> Any:
    return dispatch(Spec.model_validate(base(**changes)), series, backend, clock(hours))


@pytest.mark.parametrize("first", range(0, 40, 10))
def test_random_systems_agree_with_highs_or_fall_back_with_a_reason(first: int, series: Series) -> None:
    for seed in range(first, first + 10):
        spec = drawn(seed)
        quick = dispatch(spec, series, "staged", clock(24))
        exact = dispatch(spec, series, "highs", clock(24))
        assert quick.objective == pytest.approx(exact.objective, rel=TRUSTED), seed
        assert quick.certificate.holds and exact.certificate.holds
        assert (quick.backend == "highs") == bool(quick.fallback)
        if all(limit.period is not None for limit in quick.missed):
            pay = Worth(spec).discount()
            parts = [period.costs.paid + period.costs.rules for period in quick.periods]
            assert np.dot(pay, parts) == pytest.approx(quick.objective, rel=TRUSTED), seed


def test_most_random_systems_need_no_fallback(series: Series) -> None:
    found = [dispatch(drawn(seed), series, "staged", clock(24)).fallback for seed in range(40, 60)]
    assert sum(1 for reason in found if reason) <= 2


@pytest.mark.parametrize("count", [2, 16])
def test_districts_need_no_fallback(count: int, series: Series) -> None:
    """Many lines with a toll near nothing must not set the scale of prices."""
    spec = Spec.model_validate(districts(count))
    found = dispatch(spec, series, "staged", clock(72))
    assert not found.fallback
    assert found.certificate.gap < 1e-7
    assert found.objective == pytest.approx(dispatch(spec, series, "highs", clock(72)).objective, rel=TRUSTED)


def test_few_iterations_are_needed(series: Series) -> None:
    """Iterations, unlike seconds, are the same on every machine."""
    stage = build(Spec.model_validate(districts(16)), series, clock(72)).stage
    assert staged.solve(stage).iterations <= 30


def test_threads_change_nothing(series: Series, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staged, "SMALL_PROBLEM", 0)
    stage = build(drawn(3), series, clock(48)).stage
    one, many = (staged.solve(stage, threads=threads).point for threads in (1, 4))
    assert np.array_equal(one.border, many.border)
    assert all(np.array_equal(*pair) for pair in zip(one.x, many.x, strict=True))


def test_hipo_and_simplex_agree(series: Series) -> None:
    stage = build(drawn(3), series, clock(48)).stage
    lp = explicit(stage)
    costs = [certify(stage, lp, highs.solve(stage, lp, way).point).objective for way in ("hipo", "simplex")]
    assert costs[0] == pytest.approx(costs[1], rel=1e-6)


def test_the_number_of_threads_may_change_between_models(series: Series) -> None:
    stage = build(drawn(3), series, clock(24)).stage
    lp = explicit(stage)
    costs = [certify(stage, lp, highs.solve(stage, lp, "hipo", threads).point).objective for threads in (0, 2, 1)]
    assert costs == pytest.approx([costs[0]] * 3, rel=1e-6)


def test_hipo_missing_is_said(series: Series, monkeypatch: pytest.MonkeyPatch) -> None:
    stage = build(drawn(3), series, clock(24)).stage
    monkeypatch.setattr(highs, "has_hipo", lambda: False)
    with pytest.raises(Refused) as caught:
        highs.solve(stage, explicit(stage), "hipo")
    assert str(caught.value) == (
        "dispatch, back end highs: this HiGHS has no HiPO, its interior point (got highspy alone, expected "
        "highspy[extras]). Install it with pip install 'dafeng[power]'."
    )


def test_a_wrong_point_has_no_certificate(series: Series) -> None:
    stage = build(Spec.model_validate(base()), series, clock(24)).stage
    lp = explicit(stage)
    point = highs.solve(stage, lp).point
    assert certify(stage, lp, point).holds
    short = replace(point, x=tuple(x * 0.99 for x in point.x))
    assert not certify(stage, lp, short).holds
    unpriced = replace(point, y=tuple(np.zeros_like(y) for y in point.y))
    assert certify(stage, lp, unpriced).gap > 0.5


def test_an_unproved_point_is_never_given(series: Series, monkeypatch: pytest.MonkeyPatch) -> None:
    right = highs.solve

    def worse(stage: Any, lp: Any, method: str = "auto") -> Any:
        found = right(stage, lp, method)
        return replace(found, point=replace(found.point, x=tuple(x * 1.1 for x in found.point.x)))

    monkeypatch.setattr(highs, "solve", worse)
    with pytest.raises(Refused, match="no certified answer"):
        solved(series)


def test_a_stalled_method_falls_back_and_says_so(series: Series, monkeypatch: pytest.MonkeyPatch) -> None:
    right = staged.solve
    monkeypatch.setattr(staged, "solve", lambda stage, progress=None: right(stage, most=3))
    found = solved(series, "staged")
    assert found.backend == "highs"
    assert found.fallback.startswith("staged stopped after ") and found.fallback.endswith("above 1e-06")


def test_a_solve_can_be_cancelled(series: Series) -> None:
    spec = Spec.model_validate(base())
    with pytest.raises(staged.Cancelled):
        dispatch(spec, series, "staged", clock(24), progress=lambda iteration, gap, infeasible: iteration < 2)


def test_the_load_is_served_hour_by_hour(series: Series) -> None:
    (year,) = solved(series).periods
    load = series["load"][:48] * 8760e3 / (series["load"][:48].sum() * 8760 / 48)
    store = year.hourly["battery"]
    assert year.lost["city"] == pytest.approx(0, abs=1e-6)
    assert np.all(year.hourly["gas"] + year.hourly["pv"] + store >= load - 1e-6)
    assert year.emissions == pytest.approx(year.energy["gas"] * 400, rel=1e-9)


def test_a_missed_rule_is_told_with_its_amount(series: Series) -> None:
    data = base(budgets={"co2": {"kind": "co2", "at_most": "1000 tCO2"}})
    del data["technologies"]["pv"]
    data["storages"] = {}
    found = dispatch(Spec.model_validate(data), series, "highs", clock(24))
    (limit,) = found.limits
    assert limit.missed == pytest.approx(8760 * 400 - 1000, rel=1e-6)
    assert limit.per == "tCO2"
    assert limit.price == pytest.approx(6000, rel=1e-6)


def test_a_rule_on_which_nothing_bears_has_no_price(series: Series) -> None:
    rule = {"kind": "capacity", "technologies": ["old"], "at_least": "2 GW"}
    old = {"node": "city", "existing": "1 GW", "variable": "300 CNY/MWh"}
    found = solved(series, hours=24, technologies={"old": old}, budgets={"held": rule})
    (limit,) = found.limits
    assert limit.missed == pytest.approx(1.0, rel=1e-6)
    assert (limit.price, limit.per, limit.binds) == (None, "GW", False)


def test_the_price_of_a_co2_budget_is_its_marginal_cost(series: Series) -> None:
    def at(limit: float) -> Any:
        return solved(series, budgets={"co2": {"kind": "co2", "at_most": f"{limit} tCO2"}})

    middle, less = at(900_000), at(899_000)
    assert middle.limits[0].missed == 0
    assert middle.limits[0].price == pytest.approx((less.objective - middle.objective) / 1000, rel=0.02)


def test_whole_units_are_whole(series: Series) -> None:
    data = base()
    data["technologies"]["gas"]["unit_size"] = "400 MW"
    found = dispatch(Spec.model_validate(data), series, "staged", clock(24))
    assert found.backend == "highs" and "whole units" in found.fallback
    units = found.periods[0].capacity["gas"] / 400
    assert units == pytest.approx(round(units), abs=1e-6)


def test_vintages_stand_for_their_life(series: Series) -> None:
    data = base(periods=[2025, 2030, 2035])
    data["technologies"]["gas"]["lifetime"] = "7 year"
    data["technologies"]["gas"]["vintages"] = False
    years = dispatch(Spec.model_validate(data), series, "highs", clock(24)).periods
    assert years[0].capacity["gas"] == pytest.approx(years[1].capacity["gas"])
    assert years[2].capacity["gas"] == 0


def test_a_ramp_bounds_the_change_of_output(series: Series) -> None:
    data = base()
    data["technologies"] = {"coal": {"node": "city", "existing": "1800 MW", "variable": "300 CNY/MWh", "ramp": 0.05}}
    data["storages"] = {}
    (year,) = dispatch(Spec.model_validate(data), series, "highs", clock(48)).periods
    steps = np.diff(np.append(year.hourly["coal"], year.hourly["coal"][0]))
    assert np.abs(steps).max() == pytest.approx(90, rel=1e-6)


def test_a_store_returns_what_its_losses_leave(series: Series) -> None:
    (year,) = solved(series, budgets={"r": {"kind": "renewable", "at_least": 0.7}}).periods
    assert year.capacity["battery"] > 0 and year.energy["battery"] > 0
    assert year.hourly["battery"].max() <= year.capacity["battery"] + 1e-6


def test_response_keeps_its_hours(series: Series) -> None:
    part = {"node": "city", "existing": "300 MW", "cost": "500 CNY/MWh", "hours": 20, "rebound": 0.5}
    data = base(responses={"less": part})
    data["technologies"]["gas"] |= {"build": False, "existing": "1000 MW"}
    data["technologies"]["pv"]["build"] = False
    (year,) = dispatch(Spec.model_validate(data), series, "highs", clock(48)).periods
    assert 0 < year.energy["less"] <= 300 * 20 / 1e3 + 1e-6
