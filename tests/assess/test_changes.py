"""What became known between two dates, and what it turned."""

from __future__ import annotations

from datetime import date

import pytest
from tests.assess.build import city_of, series

from dafeng.assess import assess, changes
from dafeng.assess.result import Change
from dafeng.city import City
from dafeng.errors import NotFound

INDICATOR = {"unit": "公里", "kind": "stock", "better": "higher"}
TARGET = {"value": 960, "unit": "公里", "comparator": "=", "year": 2025}


def test_a_new_figure_and_the_verdict_it_turned(toy: City) -> None:
    facts = series({2020: 729, 2023: 850, 2024: {"value": 962, "vintage": "2025-03-30"}}, "公里")
    city = city_of(toy, indicator=INDICATOR, facts=facts, targets=[TARGET])
    assert changes(city, date(2025, 1, 1), date(2025, 6, 1)) == (
        Change(
            date="2025-03-30",
            target="target-0",
            observation="test.quantity@toyville/2024",
            source="toy-yearbook-2025",
            value=962,
            unit="公里",
            year=2024,
            before="at_risk",
            after="met",
        ),
    )


def test_nothing_new_is_no_change(toy: City) -> None:
    city = city_of(toy, indicator=INDICATOR, facts=series({2020: 729, 2023: 850}, "公里"), targets=[TARGET])
    assert changes(city, date(2024, 6, 1), date(2025, 6, 1)) == ()


def test_the_end_of_the_due_year_is_a_change_without_a_figure(toy: City) -> None:
    city = city_of(toy, indicator=INDICATOR, facts=series({2020: 729, 2023: 850}, "公里"), targets=[TARGET])
    (change,) = changes(city, date(2025, 6, 1), date(2026, 6, 1))
    assert (change.date, change.observation, change.value) == ("2026-01-01", "", None)
    assert (change.before, change.after, change.source) == ("at_risk", "overdue", "toy-plan-2021")


def test_a_revision_is_a_change(toy: City) -> None:
    facts = series({2020: 729, 2023: 850}, "公里")
    facts += series({2023: {"value": 900, "vintage": "2025-03-01"}}, "公里")
    city = city_of(toy, indicator=INDICATOR, facts=facts, targets=[TARGET])
    (change,) = changes(city, date(2025, 1, 1), date(2025, 6, 1))
    assert (change.value, change.before, change.after) == (900, "at_risk", "on_track")


def test_a_note_on_a_goal_is_a_change(toy: City) -> None:
    note = {"date": "2025-02", "text": {"zh": "已完成。", "en": "Done."}, "verdict": "met", "confidence": "high"}
    city = city_of(toy, indicator=INDICATOR, facts=(), goals=[{"year": 2025}], notes=[note])
    (change,) = changes(city, date(2025, 1, 1), date(2025, 6, 1))
    assert (change.date, change.target, change.before, change.after) == ("2025-02", "goal-0", "no_evidence", "met")


def test_an_unknown_plan_names_the_nearest(toy: City) -> None:
    with pytest.raises(NotFound, match=r"^no plan 'toy-2020'\. Did you mean 'toy-2024' or 'toy-2021'\?$"):
        assess(toy, date(2025, 6, 1), "toy-2020")


def test_withdrawn_imports_leave_no_trace_and_still_answer_for_earlier_days(toy: City) -> None:
    facts = series({2020: 729, 2023: 850}, "公里")
    withdrawn = date(2025, 5, 1)
    facts += series({2024: {"value": 970, "vintage": "2025-02-01", "withdrawn": withdrawn}}, "公里")
    city = city_of(toy, indicator=INDICATOR, facts=facts, targets=[TARGET])
    assert assess(city, date(2025, 4, 30)).targets[0].status == "met"
    assert assess(city, withdrawn).targets[0].status == "at_risk"
