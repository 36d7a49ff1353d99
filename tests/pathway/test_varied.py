"""Rows of settings: each gives what a scenario of its own would, and other levers stay as the scenario has them."""

from __future__ import annotations

import numpy as np
import pytest
from tests.pathway.reading import line

from dafeng.pathway import Pathway
from dafeng.pathway.varied import Varied, one_by_one

ROWS = np.array([[90.0, 20.0], [200.0, 20.0], [0.0, 35.0]])


def test_a_row_gives_what_a_scenario_with_its_settings_gives(pathway: Pathway) -> None:
    free = [pathway.levers["pv-capacity"], pathway.levers["scrap"]]
    late = pathway.scenario("late-3")
    varied = Varied(pathway, late, free)
    assert varied.here.tolist() == [90.0, 20.0] and varied.width.tolist() == [300.0, 40.0]
    # The plan comes three years late: what is free keeps that, and the wind of the scenario is built beside it.
    assert varied.schedules[0].end == free[0].schedule.end + 3
    batch = varied.run(ROWS, "test", ["grid.co2", "steel.co2", "grid.wind_capacity"])
    wind = np.asarray(batch.array("grid.wind_capacity"))
    assert wind.shape[0] == 1, "what hangs on no free lever is calculated once"
    for row, (solar, scrap) in enumerate(ROWS):
        one = pathway.state(pathway.scenario(late, {"pv-capacity": solar, "scrap": scrap}))
        for id in ("grid.co2", "steel.co2"):
            found = np.asarray(batch.values(id))[row, ..., pathway.years.index(2033)].sum()
            assert found == pytest.approx(line(one, id, 2033), rel=1e-12), id
        assert np.allclose(wind[0], np.asarray(one.array("grid.wind_capacity"))[0])


def test_a_step_goes_down_where_up_would_leave_the_range() -> None:
    rows, step = one_by_one(np.array([1.0, 9.5]), np.array([1.0, 1.0]), np.array([10.0, 10.0]))
    assert step.tolist() == [1.0, -1.0]
    assert rows.tolist() == [[2.0, 9.5], [1.0, 8.5]]
