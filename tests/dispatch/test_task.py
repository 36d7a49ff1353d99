"""The question of a job as data, the legs of its work, and a progress that never goes back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dafeng.dispatch.run import Leg, Question, ask
from dafeng.dispatch.task import Watch, asked_of, question_of
from dafeng.errors import Refused

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "two-technologies.yaml"


def test_what_is_not_asked_is_not_named() -> None:
    plain = {"years": [2030], "scenario": "", "backend": "staged", "step": 3, "cuts": []}
    assert asked_of([2030]) == plain
    assert asked_of([2030], measure=True) == {**plain, "measure": True}
    # All hours need no measuring.
    assert asked_of([2030], step=1, measure=True) == {**plain, "step": 1}
    more = asked_of([2030], within=[0.03, 0.01, 0.01], vary=["pv", "pv"])
    assert more == {**plain, "within": [0.01, 0.03], "vary": ["pv"]}
    found = question_of(more, {})
    assert found == Question(years=(2030,), step=3, within=(0.01, 0.03), vary=("pv",))
    assert question_of(plain, {}) == Question(years=(2030,), step=3)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"days": 12, "step": 3}, "steps of one hour"),
        ({"days": 1, "step": 1}, "one day cannot stand"),
        ({"couple": True}, "name the scenario"),
        ({"couple": True, "scenario": "plan", "cuts": [0.1]}, "stands alone"),
        ({"couple": True, "scenario": "plan", "within": [0.1]}, "stands alone"),
        ({"couple": True, "scenario": "plan", "measure": True}, "stands alone"),
        ({"vary": ["pv"]}, "ask for parts of the cost"),
    ],
)
def test_parts_that_do_not_go_together_are_refused(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(Refused, match=said):
        asked_of([2030], **changes)


def test_the_legs_of_a_question_are_told_in_order() -> None:
    legs: list[Leg] = []
    asked = Question(spec=EXAMPLE, years=(2030,), days=3, cuts=(0.1, 0.2), within=(0.05,), vary=("pv",), measure=False)
    ask(None, asked, begun=legs.append)
    assert [(leg.what, leg.number, leg.of, leg.name) for leg in legs] == [
        ("least", 0, 4, ""), ("cut", 1, 4, "0.1"), ("cut", 2, 4, "0.2"), ("range", 3, 4, "pv"),
    ]  # fmt: skip


def test_progress_never_goes_back() -> None:
    watch = Watch()
    seen = []
    for leg in (Leg("least", 0, 3), Leg("cut", 1, 3, "0.1"), Leg("range", 2, 3, "pv")):
        watch.begun(leg)
        seen += [watch.note(1, gap)["progress"] for gap in (1.0, 1e-3, 5e-8, 1.0)]
    assert seen == sorted(seen) and seen[3] == pytest.approx(1 / 3) and seen[-1] == pytest.approx(2 / 3)
    assert watch.note(2, 1.0)["leg"] == {"what": "range", "number": 2, "of": 3, "name": "pv"}
    rounds = Watch()
    for number in range(3):
        rounds.begun(Leg("round", number, number + 1))
        assert rounds.note(9, 5e-8)["progress"] <= 1
