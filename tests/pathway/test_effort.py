"""The least moves of many levers that meet several targets at once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dafeng.errors import NotFound, Refused
from dafeng.pathway import Pathway, project
from dafeng.pathway.bounds import reach
from dafeng.pathway.effort import least_effort
from dafeng.pathway.quadratic import Program, least


def test_what_is_found_meets_every_target_when_it_is_set(pathway: Pathway) -> None:
    found = least_effort(pathway, ["pv-capacity-2030", "wind-capacity-2030"], scenario="current")
    assert found.found
    assert set(found.settings) == {"pv-capacity", "wind-capacity"}
    by = {t.target: t for t in project(pathway, "current", found.settings).targets}
    assert by["pv-capacity-2030"].met and by["wind-capacity-2030"].met
    assert by["pv-capacity-2030"].value == pytest.approx(90, rel=1e-5)


def test_effort_grows_along_the_path(pathway: Pathway) -> None:
    found = least_effort(pathway, ["pv-capacity-2030"], scenario="current")
    efforts = [effort for _, effort, _ in found.path]
    assert efforts == sorted(efforts)
    # One lever, a target linear in it: effort goes with the square of the way.
    assert efforts[0] == pytest.approx(efforts[-1] / 16, rel=1e-3)


def test_a_late_decision_is_told_and_the_nearest_is_given(pathway: Pathway) -> None:
    found = least_effort(pathway, ["wind-capacity-2030"], ["wind-capacity"], "current", decided=2030)
    assert not found.found
    assert found.reason.startswith("the levers allowed do not meet 'wind-capacity-2030' of 2030: at best ")
    early = least_effort(pathway, ["wind-capacity-2030"], ["wind-capacity"], "current", decided=2024)
    assert early.found and early.levers[0].bound == ""
    assert reach(pathway.levers["wind-capacity"], 2024, 2030) == 1
    assert reach(pathway.levers["wind-capacity"], 2028, 2030) == pytest.approx(1 / 3)


def test_the_promise_can_be_asked_for(pathway: Pathway) -> None:
    found = least_effort(pathway, ["peak"], scenario="current")
    top = project(pathway, "current", found.settings).boundaries["local"].values
    years = np.asarray(pathway.years)
    late = (years >= 2030) & (years <= pathway.settings.judged_in)
    assert found.found == bool(top[late].max() < top[years < 2030].max())


def test_what_is_asked_wrongly_is_refused(pathway: Pathway) -> None:
    with pytest.raises(Refused, match="no target is named"):
        least_effort(pathway, [])
    with pytest.raises(NotFound, match=r"no target that the pathway answers 'peek'.*peak"):
        least_effort(pathway, ["peek"])
    with pytest.raises(NotFound, match="no working lever 'lamps'"):
        least_effort(pathway, ["peak"], ["lamps"])


@settings(deadline=None, max_examples=40, derandomize=True)
@given(st.lists(st.floats(-2, 2), min_size=2, max_size=5), st.floats(0.1, 3))
def test_the_quadratic_program_is_a_projection(slope: list[float], asked: float) -> None:
    row = np.array(slope) + np.where(np.array(slope) >= 0, 0.1, -0.1)
    wide = np.full(len(row), 1e3)
    found = least(Program(np.zeros(len(row)), -wide, wide, row[None, :], np.array([asked]), 1e6))
    assert found == pytest.approx(row * asked / (row @ row), abs=1e-5)
