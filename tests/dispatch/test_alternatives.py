"""Ranges of capacity near the optimum: both back ends agree, ranges grow with the part, and their ends are reached."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from tests.dispatch.specs import base, clock, drawn

from dafeng.dispatch.alternatives import may_vary, ranges
from dafeng.dispatch.solve import dispatch
from dafeng.dispatch.spec import Spec
from dafeng.errors import NotFound, Refused

Series = dict[str, np.ndarray]
PEAK = 1500.0
"""MW; about the peak of the small systems."""


@pytest.mark.parametrize("seed", [0, 2, 5, 7])
def test_both_back_ends_find_the_same_ranges(seed: int, series: Series) -> None:
    spec = drawn(seed)
    names = may_vary(spec)[:2]
    quick, exact = (ranges(spec, series, (0.02, 0.05), names, None, way, clock(24)) for way in ("staged", "highs"))
    for one, other in zip(quick, exact, strict=True):
        assert (one.name, one.within) == (other.name, other.within)
        assert [one.least, one.most] == pytest.approx([other.least, other.most], abs=1e-4 * PEAK), one.name
        assert one.gap <= 1e-6 and one.violation <= 1e-6


def test_ranges_hold_the_optimum_and_grow(series: Series) -> None:
    found = ranges(Spec.model_validate(base()), series, clock=clock(48))
    by: dict[str, list[Any]] = {}
    for span in found:
        assert span.least - 1e-3 * PEAK <= span.optimum <= span.most + 1e-3 * PEAK
        # What is proved lies outside of what was found.
        assert span.bounds[0] <= span.least + 1e-6 and span.bounds[1] >= span.most - 1e-6
        by.setdefault(span.name, []).append(span)
    assert set(by) == {"gas", "pv", "battery"}
    for spans in by.values():
        assert [span.within for span in spans] == [0.01, 0.03, 0.05]
        assert all(a.most <= b.most + 1e-3 and a.least >= b.least - 1e-3 for a, b in pairwise(spans))


def test_a_system_held_at_the_end_costs_the_part_more(series: Series) -> None:
    spec = Spec.model_validate(base())
    best = dispatch(spec, series, "highs", clock(48)).objective
    (span,) = ranges(spec, series, (0.04,), ("gas",), None, "highs", clock(48))
    data = base()
    data["technologies"]["gas"]["minimum"] = f"{span.most} MW"
    held = dispatch(Spec.model_validate(data), series, "highs", clock(48)).objective
    assert held == pytest.approx(1.04 * best, rel=1e-6)


def test_a_missed_rule_is_no_money_to_spend(series: Series) -> None:
    data = base(budgets={"sun": {"kind": "renewable", "at_least": 1.2}})
    data["technologies"]["pv"]["maximum"] = "900 MW"
    spec = Spec.model_validate(data)
    (span,) = ranges(spec, series, (0.05,), ("pv",), None, "highs", clock(24))
    missed = dispatch(spec, series, "highs", clock(24)).missed
    assert missed and span.least > 0.9 * span.optimum


def test_what_cannot_be_asked_is_refused(series: Series) -> None:
    spec = Spec.model_validate(base())
    with pytest.raises(NotFound, match="no entry whose capacity is decided 'win'"):
        ranges(spec, series, (0.01,), ("win",), clock=clock(24))
    with pytest.raises(Refused, match="lies between 0 and 1"):
        ranges(spec, series, (1.5,), clock=clock(24))
    data = base()
    data["technologies"]["gas"]["unit_size"] = "400 MW"
    with pytest.raises(Refused, match="whole units"):
        ranges(Spec.model_validate(data), series, (0.01,), clock=clock(24))
