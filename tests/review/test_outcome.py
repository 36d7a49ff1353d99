"""From decisions to a plan: only what was accepted, as it was accepted, and what is not known said."""

from __future__ import annotations

from pathlib import Path

import pytest

from dafeng.city import City
from dafeng.compiler import Compiled, compile_text
from dafeng.errors import Collector, Conflict, FaultsFound, Refused
from dafeng.plan.loader import read_file
from dafeng.plan.schema import Plan
from dafeng.review import Decision, HeaderGuess, accepted, accepted_yaml, figures, items, read_header, undecided
from dafeng.review.decision import Changes
from dafeng.review.outcome import draft, proposed_yaml

from .conftest import TEXT, Decide, ids


def written(text: str, folder: Path) -> Plan:
    """Write a plan file and read it as a pack does."""
    file = folder / "plan.yaml"
    file.write_text(text, encoding="utf-8")
    faults = Collector(file.name)
    plan, _ = read_file(Plan, file, faults)
    faults.done()
    assert plan is not None
    return plan


def test_all_accepted_is_what_the_compiler_proposes(compiled: Compiled, decided: Decide, head: HeaderGuess) -> None:
    plan = accepted(compiled, decided(), head)
    assert len(plan.targets) == len(compiled.targets)
    assert {(t.indicator, t.value, t.due) for t in plan.targets} >= {("power.pv_capacity", 90, 2030)}
    assert (plan.status, plan.stand_ins) == ("decided", ())


def test_nothing_enters_a_plan_unseen(compiled: Compiled, decided: Decide, head: HeaderGuess) -> None:
    whole = decided()
    some = whole.model_copy(update={"decisions": whole.decisions[1:]})
    first, total = items(compiled)[0].id, len(items(compiled))
    with pytest.raises(Refused) as caught:
        accepted(compiled, some, head)
    assert str(caught.value) == (
        f"1 of {total} items have no decision yet ({first}). "
        "Accept, edit or reject each of them; nothing enters a plan unseen."
    )
    assert caught.value.text("zh") == (
        f"{total} 项中有 1 项尚未决定（{first}）。请逐项采纳、修改或不采纳；未经审阅的内容不进入方案。"
    )
    assert [item.id for item in undecided(compiled, some.by_item())] == [first]
    with pytest.raises(Refused, match="every item was rejected"):
        accepted(compiled, decided(verdict="reject"), head)


def test_decisions_on_another_text_or_item_are_refused(compiled: Compiled, decided: Decide, head: HeaderGuess) -> None:
    with pytest.raises(Conflict, match="the decisions are on another text"):
        accepted(compile_text(TEXT.replace("25%", "26%")), decided(), head)
    with pytest.raises(FaultsFound, match="target-99999: the document has no such item"):
        accepted(compiled, decided(Decision(item="target-99999", verdict="accept")), head)


def test_rejected_items_stay_out_and_changes_come_in(
    compiled: Compiled, decided: Decide, head: HeaderGuess, toy: City
) -> None:
    targets, task, goal = ids(compiled, "target"), ids(compiled, "task")[0], ids(compiled, "goal")[0]
    share = Changes(value=26.5, hedge=None, year=None, period="十五五", indicator_id="energy.non_fossil_share")
    plan = accepted(
        compiled,
        decided(
            Decision(item=targets[0], verdict="reject"),
            Decision(item=targets[1], verdict="edit", changes=share),
            Decision(
                item=targets[-1], verdict="edit", changes=Changes(indicator_id="buildings.retrofit_area", value=120)
            ),
            Decision(item=task, verdict="edit", changes=Changes(units=("traffic", "无名单位"))),
            Decision(item=goal, verdict="reject"),
        ),
        head,
        toy.organisations,
    )
    assert len(plan.targets) == len(compiled.targets) - 1
    (one,) = [t for t in plan.targets if t.indicator == "energy.non_fossil_share"]
    assert (one.value, one.hedge, one.year, one.period) == (26.5, None, None, "十五五")
    assert {t.value for t in plan.targets if t.indicator == "buildings.retrofit_area"} == {120}
    assert plan.tasks[0].units == ("traffic",)
    assert len(plan.goals) == len(compiled.goals) - 1


def test_a_number_left_out_becomes_a_target_where_a_person_says_so(
    compiled: Compiled, decided: Decide, head: HeaderGuess, tmp_path: Path
) -> None:
    one = next(item for item in figures(compiled) if TEXT[item.start :].startswith("2万平方米"))
    changes = Changes(indicator="大型新建建筑面积", indicator_id="buildings.retrofit_area", year=2030, comparator=">=")
    promoted = decided(Decision(item=one.id, verdict="edit", changes=changes))
    text = accepted_yaml(compiled, promoted, head)
    plan = written(text, tmp_path)
    (found,) = [t for t in plan.targets if t.label and t.label.zh == "大型新建建筑面积"]
    assert (found.value, found.unit, found.year, found.comparator) == (2, "万平方米", 2030, ">=")
    assert (found.indicator, found.clause) == ("buildings.retrofit_area", "二（一）2")
    assert "; 1 of the numbers left out made targets.\n" in text.splitlines(keepends=True)[0]
    back = decided(Decision(item=one.id, verdict="reject"))
    assert len(accepted(compiled, back, head).targets) == len(plan.targets) - 1


def test_a_reviewed_plan_and_a_proposal_are_told_apart_by_a_program(
    compiled: Compiled, decided: Decide, head: HeaderGuess, tmp_path: Path
) -> None:
    made = decided(Decision(item=ids(compiled, "target")[0], verdict="reject"))
    text = accepted_yaml(compiled, made, head)
    assert text.startswith(f"# Reviewed item by item: {len(items(compiled)) - 1} accepted, 0 changed, 1 rejected.\n")
    assert written(text, tmp_path) == accepted(compiled, made, head)
    proposal = proposed_yaml(compiled, head)
    assert proposal.startswith(f"# A proposal, not reviewed: {len(items(compiled))} items to decide on.\n")
    plan = written(proposal, tmp_path)
    assert (plan.status, len(plan.targets)) == ("proposed", len(compiled.targets))


def test_what_stands_in_for_the_head_stays_flagged_after_the_review(decided: Decide, tmp_path: Path) -> None:
    bare = compile_text(TEXT.partition("示例市人民政府\n")[0].replace("示例市", ""))
    made = {item.id: Decision(item=item.id, verdict="accept") for item in items(bare)}
    whole = decided().model_copy(update={"sha256": _sha(bare), "decisions": tuple(made.values())})
    plan = written(accepted_yaml(bare, whole, read_header(bare, "x")), tmp_path)
    assert (plan.status, plan.stand_ins) == ("decided", ("issuer", "issued"))
    given = read_header(bare, "x", issuer="某市", issued="2021")
    assert accepted(bare, whole, given).stand_ins == ()


def _sha(compiled: Compiled) -> str:
    from dafeng.review.decision import digest

    return digest(compiled.text)


def test_a_figure_that_is_no_number_needs_a_value_to_be_a_target(
    compiled: Compiled, decided: Decide, head: HeaderGuess
) -> None:
    day = next(item for item in figures(compiled) if TEXT[item.start :].startswith("2021年6月30日"))
    assert day.values()["value"] is None
    with pytest.raises(Refused, match=f"{day.id}: it is made a target and has no value"):
        accepted(compiled, decided(Decision(item=day.id, verdict="accept")), head)
    given = Decision(item=day.id, verdict="edit", changes=Changes(value=30, indicator="甲", unit="天"))
    assert len(accepted(compiled, decided(given), head).targets) == len(compiled.targets) + 1


def test_in_the_middle_of_a_review_the_plan_is_a_proposal(
    compiled: Compiled, decided: Decide, head: HeaderGuess
) -> None:
    first = ids(compiled, "target")[0]
    plan = draft(compiled, {first: Decision(item=first, verdict="reject")}, head)
    assert (plan.status, len(plan.targets)) == ("proposed", len(compiled.targets) - 1)
    assert draft(compiled, decided().by_item(), head) == accepted(compiled, decided(), head)
