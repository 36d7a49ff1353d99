"""Previews say what they are and how far they lie from all hours; typical days stand for the whole year."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.dispatch.specs import base

from dafeng.dispatch import records
from dafeng.dispatch.reduce import clock_of, errors, typical
from dafeng.dispatch.run import Question, ask
from dafeng.dispatch.solve import dispatch
from dafeng.dispatch.spec import Spec
from dafeng.errors import Refused

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "two-technologies.yaml"
Series = dict[str, np.ndarray]


@pytest.mark.parametrize("days", [2, 6, 12])
def test_typical_days_stand_for_the_year(days: int, series: Series) -> None:
    spec = Spec.model_validate(base())
    found = typical(spec, series, days)
    assert found.weight.sum() == pytest.approx(8760)
    assert found.hour.size % 24 == 0 and found.hour.size // 24 in (days, days + 1)
    starts = found.hour[::24]
    assert np.all(starts % 24 == 0) and np.all(np.diff(starts) > 0)
    assert int(series["load"].argmax()) in found.hour
    again = typical(spec, series, days)
    assert np.array_equal(again.hour, found.hour) and np.array_equal(again.weight, found.weight)


def test_a_year_of_equal_days_is_one_day(series: Series) -> None:
    flat = {name: np.tile(values[:24], 365) for name, values in series.items()}
    spec = Spec.model_validate(base())
    whole = dispatch(spec, flat)
    some = dispatch(spec, flat, clock=clock_of(spec, flat, 1, 2))
    assert some.objective == pytest.approx(whole.objective, rel=1e-6)
    assert some.days > 0 and whole.days == 0
    apart = errors(records.record(spec, some), records.record(spec, whole))
    assert abs(apart["objective"]) < 1e-6 and apart["capacities"]["2025"] < 1e-3


def test_the_days_of_a_preview_keep_their_place_in_the_year(series: Series) -> None:
    spec = Spec.model_validate(base())
    found = dispatch(spec, series, clock=clock_of(spec, series, 1, 8))
    record = records.record(spec, found)
    assert record["preview"] is True and record["days"] in (8, 9)
    day = record["peak_day"]["2025"]
    assert day["day"] == int(series["load"].argmax()) // 24 + 1 and len(day["load"]) == 24
    assert max(day["load"]) == pytest.approx(record["adequacy"]["2025"]["peak"], rel=1e-6)
    _, first, *_ = records.table(spec, found)
    assert float(first[1]) == found.hour[0]
    weights = found.weight @ found.periods[0].load
    assert weights == pytest.approx(8760e3, rel=1e-6)


def test_no_energy_comes_from_the_weights_of_days(series: Series) -> None:
    data = base()
    del data["technologies"]["pv"]
    data["technologies"]["gas"] |= {"build": False, "existing": "9000 MW"}
    data["storages"]["battery"] |= {"capital": "1 CNY/kW", "efficiency_in": 1.0, "efficiency_out": 1.0}
    data["storages"]["cavern"] = {
        "node": "city", "build": True, "capital": "1 CNY/kW", "energy_capital": "1 CNY/kWh", "efficiency_in": 0.9,
    }  # fmt: skip
    spec = Spec.model_validate(data)
    found = dispatch(spec, series, clock=clock_of(spec, series, 1, 6))
    (year,) = found.periods
    assert found.weight @ year.hourly["gas"] >= found.weight @ year.load * (1 - 1e-6)


def test_a_preview_says_its_error_or_that_it_has_none(tmp_path: Path) -> None:
    bare = ask(None, Question(spec=EXAMPLE, days=4)).record
    assert bare["preview"] is True and bare["error"] is None
    measured = ask(None, Question(spec=EXAMPLE, days=4, measure=True), tmp_path).record
    whole = ask(None, Question(spec=EXAMPLE), tmp_path)
    assert whole.answer is None, "the whole year was kept when it was measured"
    assert whole.record["preview"] is False and "error" not in whole.record
    error = measured["error"]
    assert error["objective"] == pytest.approx(measured["objective"] / whole.record["objective"] - 1)
    assert 0 < error["capacities"]["2030"] < 1
    assert error["co2"]["2030"] == pytest.approx(
        measured["emissions"]["2030"]["total"] / whole.record["emissions"]["2030"]["total"] - 1
    )
    # The whole year is at hand now, so that another preview knows its error without a solve.
    assert ask(None, Question(spec=EXAMPLE, step=3), tmp_path).record["error"]["objective"] != 0


@pytest.mark.parametrize(("step", "days", "why"), [(3, 12, "Leave --step out"), (1, 1, "expected 2 to 364")])
def test_previews_that_cannot_be_are_refused(step: int, days: int, why: str, series: Series) -> None:
    with pytest.raises(Refused, match=why):
        clock_of(Spec.model_validate(base()), series, step, days)
