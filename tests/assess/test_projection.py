"""The projection: exact where the past is exact, honest about its error, the same whenever it is drawn."""

from __future__ import annotations

import numpy as np
import pytest

from dafeng.assess.evidence import Figure
from dafeng.assess.measure import Scale
from dafeng.assess.path import Demand
from dafeng.assess.projection import project
from dafeng.assess.result import Projection
from dafeng.city import City

AT_LEAST = Demand(100, None, ">=", False, True, 0.05)
LEVEL = Scale("level")


def levels(years: list[int], values: list[float]) -> list[Figure]:
    return [Figure(y, v, "t", "d", "actual", "high", "o") for y, v in zip(years, values, strict=True)]


def drawn(toy: City, years: list[int], values: list[float], due: int, *, geometric: bool = False) -> Projection:
    found = project(levels(years, values), due, AT_LEAST, LEVEL, toy.rules.projection, geometric=geometric)
    assert found is not None
    return found


def test_a_straight_past_gives_a_straight_future(toy: City) -> None:
    found = drawn(toy, [2020, 2021, 2022, 2023], [60, 70, 80, 90], 2025)
    assert (found.low, found.value, found.high) == pytest.approx((110, 110, 110))
    assert [year for year, *_ in found.path] == [2024, 2025]
    assert found.path[0][1:] == pytest.approx((100, 100, 100))
    assert (found.probability, found.points, found.method) == (1.0, 4, "drift-residual-bootstrap")


def test_a_constant_rate_gives_a_constant_rate(toy: City) -> None:
    found = drawn(toy, [2020, 2021, 2022, 2023], [80, 40, 20, 10], 2025, geometric=True)
    assert (found.low, found.value, found.high) == pytest.approx((2.5, 2.5, 2.5))
    assert (found.probability, found.method) == (0.0, "drift-residual-bootstrap-log")


def test_missing_years_are_steps_of_several(toy: City) -> None:
    found = drawn(toy, [2015, 2016, 2020, 2023], [10, 20, 60, 90], 2025)
    assert (found.low, found.value, found.high) == pytest.approx((110, 110, 110))


def test_fewer_than_four_figures_are_not_projected(toy: City) -> None:
    rule = toy.rules.projection
    assert project(levels([2020, 2021, 2022], [1, 2, 3]), 2025, AT_LEAST, LEVEL, rule, geometric=False) is None


def test_low_confidence_does_not_count(toy: City) -> None:
    figures = levels([2020, 2021, 2022], [1, 2, 3])
    doubtful = Figure(2023, 9, "t", "d", "estimate", "low", "o")
    rule = toy.rules.projection
    assert project([*figures, doubtful], 2025, AT_LEAST, LEVEL, rule, geometric=False) is None


def test_the_due_year_itself_needs_no_projection(toy: City) -> None:
    rule = toy.rules.projection
    figures = levels([2020, 2021, 2022, 2023], [1, 2, 3, 4])
    assert project(figures, 2023, AT_LEAST, LEVEL, rule, geometric=False) is None


def test_it_is_the_same_every_time(toy: City) -> None:
    ask = ([2018, 2019, 2020, 2021, 2022], [89.0, 109, 137, 168, 195], 2030)
    assert drawn(toy, *ask) == drawn(toy, *ask)


def test_the_interval_widens_with_the_years(toy: City) -> None:
    found = drawn(toy, [2018, 2019, 2020, 2021, 2022], [89, 109, 137, 168, 195], 2030)
    widths = [high - low for _, low, _, high in found.path]
    assert widths == sorted(widths)


def test_the_interval_holds_what_it_says(toy: City) -> None:
    """On walks with drift 5 and yearly shocks of 4, about 80 % of the ends lie in the 80 % interval."""
    generator = np.random.default_rng(7)
    years = list(range(2010, 2025))
    inside = 0
    trials = 300
    for _ in range(trials):
        walk = 100 + np.cumsum(5 + 4 * generator.standard_normal(20))
        found = drawn(toy, years, [float(v) for v in walk[:15]], 2029)
        inside += found.low <= walk[19] <= found.high
    assert 0.74 <= inside / trials <= 0.86
