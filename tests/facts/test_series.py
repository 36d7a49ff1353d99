from __future__ import annotations

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.facts.conftest import INDICATORS, seen

from dafeng.errors import NotFound
from dafeng.facts.observation import Observation, Period
from dafeng.facts.series import Facts


def facts(*observations: Observation) -> Facts:
    return Facts(observations, INDICATORS)


def values(found: Facts, known_on: date | None = None) -> list[tuple[str, float | None, str]]:
    series = found.series("power.pv_capacity", "toyville", known_on=known_on)
    return [(str(point.period), point.value, point.source) for point in series.points]


def test_points_are_in_the_order_of_their_periods() -> None:
    found = facts(seen(3, period="2025"), seen(1, period="2023"), seen(2, period="2024"))
    assert [value for _, value, _ in values(found)] == [1, 2, 3]


def test_the_source_that_the_indicator_lists_first_stands_and_the_others_stay_visible() -> None:
    press = seen(9, source="press")
    bulletin = seen(8, source="bulletin", vintage="2026-01-01")
    yearbook = seen(7, source="yearbook", confidence="low")
    series = facts(press, bulletin, yearbook).series("power.pv_capacity", "toyville")
    assert series.points == (yearbook,)
    assert series.others == (press, bulletin)
    assert series.beside(Period.parse("2024")) == (press, bulletin)


def test_unlisted_sources_stand_by_confidence_then_by_date_then_in_the_order_of_the_file() -> None:
    low = seen(1, source="a", confidence="low", vintage="2026")
    medium = seen(2, source="b", confidence="medium", vintage="2024")
    newer = seen(3, source="c", confidence="medium", vintage="2025")
    twin = seen(4, source="d", confidence="medium", vintage="2025")
    assert values(facts(low, medium)) == [("2024", 2, "b")]
    assert values(facts(low, medium, newer)) == [("2024", 3, "c")]
    assert values(facts(low, medium, newer, twin)) == [("2024", 3, "c")]


def test_of_one_source_the_newest_publication_stands_though_its_confidence_be_lower() -> None:
    first = seen(1, vintage="2024-06", confidence="high")
    revised = seen(2, vintage="2025-06", confidence="medium")
    assert values(facts(revised, first)) == [("2024", 2, "yearbook")]
    assert values(facts(revised, first), date(2025, 1, 1)) == [("2024", 1, "yearbook")]


def test_of_one_source_and_date_the_figure_recorded_last_stands() -> None:
    wrong, right = seen(1, recorded="2026-01-01"), seen(2, recorded="2026-02-01")
    assert values(facts(right, wrong)) == [("2024", 2, "yearbook")]


def test_of_one_source_the_preferred_basis_stands() -> None:
    large, all_ = seen(1, basis="large"), seen(2, basis="all")
    assert values(facts(large, all_)) == [("2024", 2, "yearbook")]


def test_a_figure_without_any_confidence_is_shown_and_never_stands() -> None:
    rejected = seen(9, confidence="none")
    series = facts(rejected).series("power.pv_capacity", "toyville")
    assert (series.points, series.others) == ((), (rejected,))


def test_only_the_statuses_asked_for_are_read() -> None:
    plan, actual = seen(5, status="planned", period="2030"), seen(1)
    found = facts(plan, actual)
    assert values(found) == [("2024", 1, "yearbook")]
    assert found.series("power.pv_capacity", "toyville", statuses={"planned"}).points == (plan,)


def test_absence_stands_only_where_it_is_asked_for_and_no_figure_is() -> None:
    awaited = seen(None, period="2025", status="awaiting_verification", confidence="none")
    found = facts(seen(1), awaited)
    assert [period for period, _, _ in values(found)] == ["2024"]
    assert found.absent("power.pv_capacity", "toyville") == (awaited,)
    statuses = {"actual", "awaiting_verification"}
    assert found.series("power.pv_capacity", "toyville", statuses=statuses).latest == awaited
    both = found.plus([seen(2, period="2025", vintage="2020")])
    assert both.series("power.pv_capacity", "toyville", statuses=statuses).value(2025) == 2


def test_a_year_without_a_figure_is_nan_and_a_span_is_no_year() -> None:
    series = facts(seen(3, period="2021/2025")).series("power.pv_capacity", "toyville")
    assert math.isnan(series.value(2025))
    assert math.isnan(series.value(1999))
    assert series.yearly == {}


def test_breaks_are_the_declared_ones_and_those_the_points_name() -> None:
    found = facts(seen(1, period="2022", basis="large"), seen(2, period="2023", basis="all"), seen(3, basis="all"))
    assert found.series("power.pv_capacity", "toyville").breaks == (2023,)


def test_dims_are_taken_in_any_order() -> None:
    coal = seen(1, indicator="energy.balance", unit="万吨", dims=(("flow", "import"), ("fuel", "coal")))
    found = facts(coal)
    for dims in ((("fuel", "coal"), ("flow", "import")), {"fuel": "coal", "flow": "import"}):
        assert found.series("energy.balance", "toyville", dims).points == (coal,)
    assert found.series("energy.balance", "toyville", {"flow": "import", "fuel": "gas"}).unit == "亿立方米"
    assert found.coordinates("energy.balance") == (("toyville", (("flow", "import"), ("fuel", "coal"))),)


def test_an_unknown_indicator_is_named_with_the_nearest() -> None:
    with pytest.raises(NotFound) as raised:
        facts().series("power.pv_capacty", "toyville")
    assert str(raised.value) == "no indicator 'power.pv_capacty'. Did you mean 'power.pv_capacity'?"


def test_a_place_without_figures_gives_an_empty_series() -> None:
    series = facts(seen()).series("power.pv_capacity", "north")
    assert (len(series), series.latest) == (0, None)


def test_find_matches_every_condition() -> None:
    pv, forest = seen(1), seen(2, indicator="sinks.forest_cover", unit="%", source="press", place="north")
    found = facts(pv, forest)
    assert found.find(indicator="power.") == (pv,)
    assert found.find(indicator="power.pv_capacity", year=2024) == (pv,)
    assert found.find(place="north", source="press", statuses={"actual"}) == (forest,)
    assert found.find(year=2023) == ()
    assert found.find(known_on=date(2024, 1, 1)) == ()


def test_the_days_on_which_something_became_known() -> None:
    found = facts(seen(vintage="2025"), seen(vintage="2025-03-01"))
    assert found.days() == (date(2025, 3, 1), date(2025, 12, 31))


def test_what_was_withdrawn_still_answers_for_the_days_before() -> None:
    found = facts(seen(1, vintage="2025-01-01", withdrawn=date(2026, 5, 1)))
    assert values(found, date(2026, 4, 30)) == [("2024", 1, "yearbook")]
    assert values(found, date(2026, 5, 1)) == []
    assert (values(found), found.observations, len(found)) == ([], (), 0)


DAYS = st.dates(date(2020, 1, 1), date(2026, 12, 31))
OBSERVATIONS = st.builds(
    lambda value, period, source, published, delay, basis, confidence: seen(
        value,
        period=str(period),
        source=source,
        vintage=published.isoformat(),
        recorded=date.fromordinal(published.toordinal() + delay).isoformat(),
        basis=basis,
        confidence=confidence,
    ),
    st.integers(0, 5),
    st.integers(2021, 2023),
    st.sampled_from(["yearbook", "bulletin", "press"]),
    DAYS,
    st.integers(0, 400),
    st.sampled_from(["", "all", "large"]),
    st.sampled_from(["high", "medium", "low", "none"]),
)


@given(st.lists(OBSERVATIONS, max_size=12), st.lists(OBSERVATIONS, max_size=6), DAYS)
def test_what_was_known_on_a_day_never_changes_when_later_figures_come(
    held: list[Observation], coming: list[Observation], day: date
) -> None:
    later = [observation for observation in coming if observation.known_from > day]
    before, after = facts(*held), facts(*held).plus(later)
    assert before.series("power.pv_capacity", "toyville", known_on=day) == after.series(
        "power.pv_capacity", "toyville", known_on=day
    )


@given(st.lists(OBSERVATIONS, max_size=12), DAYS)
def test_every_known_figure_is_either_a_point_or_beside_one(held: list[Observation], day: date) -> None:
    series = facts(*held).series("power.pv_capacity", "toyville", known_on=day)
    shown = sorted(map(id, (*series.points, *series.others)))
    assert shown == sorted(id(observation) for observation in held if observation.known(day))
    assert len({point.period for point in series.points}) == len(series.points)
    assert list(series.points) == sorted(series.points, key=lambda point: (point.period.end, point.period.start))


@given(st.lists(OBSERVATIONS, max_size=8), DAYS)
def test_a_figure_once_known_stays_known(held: list[Observation], day: date) -> None:
    found = facts(*held)
    later = date.fromordinal(day.toordinal() + 1)
    assert set(map(id, found.visible(day))) <= set(map(id, found.visible(later)))
