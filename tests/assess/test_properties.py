"""What must hold for any figures: better is never worse, units and order do not matter, time only adds knowledge."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.assess.build import city_of, series

from dafeng.assess import VERDICTS, assess
from dafeng.assess.result import TargetResult
from dafeng.city import City, load

#: Verdicts that say how good the evidence is; the other two say that it cannot be told.
RANK = {"met": 4, "on_track": 3, "at_risk": 2, "off_track": 1, "overdue": 0}
AS_OF = date(2025, 6, 30)
figure = st.floats(min_value=1, max_value=1000).map(lambda x: round(x, 3))


def toy() -> City:
    """Give the toy city; Hypothesis would print a fixture with every example."""
    return load(Path(__file__).parents[1] / "cities" / "toy")


@st.composite
def problems(draw: st.DrawFn) -> dict[str, Any]:
    """An indicator with a good direction, a target on it and figures of some years."""
    higher = draw(st.booleans())
    years = draw(st.lists(st.integers(2018, 2024), min_size=1, max_size=6, unique=True))
    kind = draw(st.sampled_from(["level", "cut", "rise", "multiple"]))
    target: dict[str, Any] = {"year": draw(st.integers(2023, 2032)), "value": draw(figure), "unit": "万吨"}
    target["comparator"] = draw(st.sampled_from(["=", "~", ">=" if higher else "<="]))
    target["path"] = draw(st.sampled_from(["linear", "geometric"]))
    if kind == "cut":
        higher = False
        target |= {"value": draw(st.integers(1, 60)), "unit": "%", "direction": "decrease_by", "comparator": "="}
    elif kind == "rise":
        higher = True
        target |= {"direction": "increase_by", "comparator": draw(st.sampled_from(["=", "~"]))}
    elif kind == "multiple":
        higher = True
        target |= {"value": draw(st.integers(2, 5)), "unit": "倍", "direction": "increase_to", "comparator": "="}
    return {
        "indicator": {"unit": "万吨", "kind": "stock", "better": "higher" if higher else "lower"},
        "target": target,
        "figures": {year: draw(figure) for year in sorted(years)},
        "higher": higher,
    }


def judged(problem: dict[str, Any], as_of: date = AS_OF, **more: Any) -> TargetResult:
    facts = more.pop("facts", None) or series(problem["figures"], "万吨")
    city = city_of(toy(), indicator=problem["indicator"], facts=facts, targets=[problem["target"]])
    return assess(city, as_of).targets[0]


@given(problem=problems(), step=st.floats(min_value=0, max_value=500))
def test_a_better_figure_never_gives_a_worse_verdict(problem: dict[str, Any], step: float) -> None:
    before = judged(problem)
    newest = max(problem["figures"])
    value = problem["figures"][newest]
    better = value + step if problem["higher"] else max(0.001, value - step)
    after = judged({**problem, "figures": {**problem["figures"], newest: better}})
    if len(problem["figures"]) > 1 and before.status in RANK and after.status in RANK:
        assert RANK[after.status] >= RANK[before.status]
    if before.status in RANK and before.baseline and before.baseline[0] < newest:
        assert after.status in RANK


@given(problem=problems())
def test_the_unit_of_the_figures_changes_nothing(problem: dict[str, Any]) -> None:
    before = judged(problem)
    scaled = {year: value * 10_000_000 for year, value in problem["figures"].items()}
    after = judged(problem, facts=series(scaled, "kg"))
    assert (after.status, after.rule) == (before.status, before.rule)
    for name in ("gap", "required", "progress", "needed_per_year"):
        one, other = getattr(before, name), getattr(after, name)
        assert (one is None and other is None) or other == pytest.approx(one, rel=1e-6, abs=1e-6)


@given(problem=problems(), seed=st.randoms(use_true_random=False))
def test_the_order_of_the_figures_changes_nothing(problem: dict[str, Any], seed: Any) -> None:
    facts = series(problem["figures"], "万吨")
    shuffled = list(facts)
    seed.shuffle(shuffled)
    assert judged(problem, facts=shuffled) == judged(problem, facts=facts)


@given(problem=problems(), first=st.dates(date(2019, 1, 1), date(2026, 1, 1)), days=st.integers(0, 800))
def test_later_days_know_no_less(problem: dict[str, Any], first: date, days: int) -> None:
    later = date.fromordinal(first.toordinal() + days)
    before, after = judged(problem, first), judged(problem, later)
    known = {(item.year, item.observation) for item in after.series}
    if before.baseline == after.baseline:
        assert {(item.year, item.observation) for item in before.series} <= known


@given(problem=problems())
def test_every_verdict_has_a_rule_and_a_lineage_that_ends_in_sources(problem: dict[str, Any]) -> None:
    result = judged(problem)
    rule = next(rule for rule in toy().rules.targets if rule.id == result.rule)
    assert result.status == rule.verdict
    assert result.status in VERDICTS
    assert "{" not in result.reason.zh + result.reason.en
    assert result.lineage.kind == "rule"
    for leaf in (node for node in result.lineage.walk() if not node.children):
        assert leaf.kind in ("document", "parameter", "rule"), leaf
        assert leaf.id in toy().documents if leaf.kind == "document" else leaf.ref, leaf


@given(problem=problems())
def test_numbers_agree_with_each_other(problem: dict[str, Any]) -> None:
    result = judged(problem)
    if result.latest is None or result.latest.value is None or result.gap is None:
        return
    assert result.gap == pytest.approx(result.latest.value - result.value)
    assert result.shortfall is not None
    assert result.shortfall in (0.0, pytest.approx(abs(result.gap)))
    assert (result.status == "met") <= (result.shortfall == 0)
    if result.path:
        assert result.path[-1][1] == pytest.approx(result.value)
        assert [year for year, _ in result.path] == list(range(result.path[0][0], result.path[-1][0] + 1))
    if result.projection:
        ends = result.projection
        assert ends.low <= ends.value <= ends.high
        assert 0 <= ends.probability <= 1
        assert ends.path[-1] == (result.due, ends.low, ends.value, ends.high)
