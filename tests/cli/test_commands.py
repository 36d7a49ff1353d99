"""Each command on the toy city: what people read and what programs read."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.cli.running import DAY, TOY, Ran

Run = Callable[..., Ran]

#: The contract: these keys, in this order, before any other.
TARGET = [
    "id",
    "action",
    "task",
    "indicator",
    "label",
    "comparator",
    "value",
    "unit",
    "year",
    "period",
    "status",
    "latest",
    "gap",
    "projection",
    "lead",
    "joint",
    "clause",
]


def test_assess_prints_the_contract(dafeng: Run) -> None:
    found = dafeng("assess", "--as-of", DAY, "--json").json()
    assert list(found)[:4] == ["city", "plan", "as_of", "targets"]
    assert (found["city"], found["plan"], found["as_of"]) == ("toyville", "toy-2021", DAY)
    for target in found["targets"]:
        assert list(target)[: len(TARGET)] == TARGET
        assert set(target["label"]) == {"zh", "en"}
    by_id = {target["id"]: target for target in found["targets"]}
    pv = by_id["pv-capacity-2030"]
    assert list(pv["latest"])[:6] == ["value", "year", "unit", "source", "status", "confidence"]
    assert {name: pv["latest"][name] for name in list(pv["latest"])[:6]} == {
        "value": 46.0,
        "year": 2024,
        "unit": "万千瓦",
        "source": "toy-yearbook-2025",
        "status": "actual",
        "confidence": "high",
    }
    assert pv["gap"] == -44.0
    assert list(pv["projection"])[:3] == ["value", "low", "high"]
    assert (by_id["storage-hours"]["latest"], by_id["storage-hours"]["projection"]) == (None, None)


def test_counts_are_those_of_the_results_shown(dafeng: Run) -> None:
    whole = dafeng("assess", "--as-of", DAY, "--json").json()
    some = dafeng("assess", "--as-of", DAY, "--action", "energy", "--status", "overdue", "--json").json()
    assert {target["id"] for target in some["targets"]} == {
        target["id"] for target in whole["targets"] if target["action"] == "energy" and target["status"] == "overdue"
    }
    assert some["targets"]
    for found in (whole, some):
        for kind in ("targets", "goals"):
            assert sum(found["totals"][kind].values()) == len(found[kind])
        for tallies in (found["by_action"], found["by_year"]):
            assert sorted(id for tally in tallies for id in tally["targets"]) == sorted(
                t["id"] for t in found["targets"]
            )
            assert all(sum(t["counts"].values()) == len(t["targets"]) + len(t["goals"]) for t in tallies)


@pytest.mark.parametrize("unit", ["planning", "Planning", "市计划委", "ＰＬＡＮＮＩＮＧ"])
def test_a_unit_may_be_named_in_any_way(dafeng: Run, unit: str) -> None:
    found = dafeng("assess", "--as-of", DAY, "--unit", unit, "--json")
    assert found.code == 0, found.err
    assert "pv-capacity-2030" in {target["id"] for target in found.json()["targets"]}


def test_a_unit_leads_or_takes_part_and_never_both(dafeng: Run) -> None:
    def ids(role: str) -> set[str]:
        found = dafeng("assess", "--as-of", DAY, "--unit", "planning", "--role", role, "--json").json()
        return {item["id"] for item in (*found["targets"], *found["goals"])}

    assert ids("lead") | ids("joint") == ids("any")
    assert not ids("lead") & ids("joint")


def test_sorting_puts_what_has_no_value_last(dafeng: Run) -> None:
    due = [item["due"] for item in dafeng("assess", "--as-of", DAY, "--sort", "-due", "--json").json()["targets"]]
    known = [year for year in due if year is not None]
    assert known == sorted(known, reverse=True)
    assert due == [*known, *[None] * (len(due) - len(known))]


def test_plan_prints_actions_tasks_and_units(dafeng: Run) -> None:
    found = dafeng("plan", "--json").json()
    assert found["id"] == "toy-2021"
    assert {"actions", "tasks", "units", "targets", "goals", "chapters"} <= set(found)
    units = {unit["id"] for unit in found["units"]}
    assert {unit for task in found["tasks"] for unit in task["units"]} <= units
    assert dafeng("plan", "--version", "toy-2024", "--json").json()["supersedes"] == "toy-2021"


def test_facts_stand_one_a_period_unless_all_are_asked_for(dafeng: Run) -> None:
    standing = dafeng("facts", "power.pv_capacity", "--json").json()["items"]
    everything = dafeng("facts", "power.pv_capacity", "--all-sources", "--json").json()["items"]
    assert len({(fact["place"], fact["period"]) for fact in standing}) == len(standing)
    assert [fact for fact in everything if fact["chosen"]] == standing
    assert all(fact["source"] and fact["status"] and fact["title"] for fact in everything)


def test_facts_without_an_indicator_list_the_indicators(dafeng: Run) -> None:
    rows = {row["id"]: row for row in dafeng("facts", "--json").json()["indicators"]}
    assert rows["power.pv_capacity"]["facts"] > 0
    assert rows["power.pv_capacity"]["first"] == 2021


def test_facts_known_on_a_day_leave_out_what_came_later(dafeng: Run) -> None:
    before = dafeng("facts", "power.pv_capacity", "--known-on", "2023-12-31", "--json").json()["items"]
    after = dafeng("facts", "power.pv_capacity", "--json").json()["items"]
    assert 0 < len(before) < len(after)


def test_explain_goes_down_to_documents_for_targets_variables_and_indicators(dafeng: Run) -> None:
    def kinds(tree: dict[str, object]) -> set[object]:
        below = tree["children"]
        assert isinstance(below, list)
        return {tree["kind"]}.union(*(kinds(child) for child in below))

    for id in ("pv-capacity-2030", "coal", "power.pv_capacity", "power.demand_response_share"):
        found = dafeng("explain", id, "--as-of", DAY, "--json").json()
        assert found["id"] == id
        assert "document" in kinds(found["lineage"]), id


def test_explain_a_variable_in_a_year(dafeng: Run) -> None:
    latest = dafeng("explain", "power.demand_response_share", "--as-of", DAY, "--json").json()["lineage"]
    earlier = dafeng("explain", "power.demand_response_share", "--year", "2023", "--as-of", DAY, "--json").json()[
        "lineage"
    ]
    assert (latest["year"], earlier["year"]) == (2024, 2023)
    none = dafeng("explain", "power.demand_response_share", "--year", "1990", "--as-of", DAY)
    assert (none.code, none.err) == (3, "dafeng: no year of this variable '1990'.\n")


def test_a_target_in_a_year_is_its_indicator_in_that_year(dafeng: Run) -> None:
    found = dafeng("explain", "pv-capacity-2030", "--year", "2022", "--as-of", DAY, "--json").json()["lineage"]
    assert (found["id"], found["year"]) == ("power.pv_capacity", 2022)
    assert found["children"]
    goal = dafeng("explain", "coal", "--year", "2022")
    assert goal.code == 4
    assert goal.err == "dafeng: goal 'coal': a goal has no figure of a single year. Leave the year out.\n"


def test_changes_name_evidence_and_verdicts(dafeng: Run) -> None:
    found = dafeng("changes", "--since", "2024-12-31", "--as-of", DAY, "--json").json()
    assert found["items"]
    days = [item["date"] for item in found["items"]]
    assert days == sorted(days, reverse=True)
    assert set(found["items"][0]) == {
        "date",
        "target",
        "observation",
        "source",
        "value",
        "unit",
        "year",
        "before",
        "after",
    }
    quiet = dafeng("changes", "--since", DAY, "--as-of", DAY)
    assert (quiet.code, quiet.out) == (0, f"Nothing is new since {DAY}.\n")


def test_check_of_a_sound_pack(dafeng: Run) -> None:
    assert dafeng("check").out == f"{TOY}: no faults\n"
    assert dafeng("check", str(TOY), "--json").json() == {"city": str(TOY), "faults": []}


COMMANDS = [
    ("assess", "--as-of", DAY),
    ("assess", "--as-of", DAY, "--search", "nothing of the kind"),
    ("plan",),
    ("target", "pv-capacity-2030", "--as-of", DAY),
    ("target", "storage-hours", "--as-of", DAY),
    ("explain", "pv-capacity-2030", "--as-of", DAY),
    ("facts",),
    ("facts", "power.pv_capacity"),
    ("facts", "--place", "north"),
    ("facts", "--year", "1990"),
    ("check",),
    ("changes", "--since", "2024-12-31", "--as-of", DAY),
    ("import", "list"),
]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_people_read_their_own_language_without_colour_and_without_folded_cells(
    dafeng: Run, words: tuple[str, ...]
) -> None:
    english, chinese = dafeng(*words), dafeng(*words, lang="zh_CN.UTF-8")
    assert (english.code, chinese.code) == (0, 0)
    assert (english.err, chinese.err) == ("", "")
    assert any("\u4e00" <= letter <= "\u9fff" for letter in chinese.out)
    for text in (english.out, chinese.out):
        assert "\x1b" not in text
        assert all(line == line.rstrip() for line in text.splitlines())


def test_the_language_may_be_chosen_anywhere(dafeng: Run) -> None:
    assert dafeng("check", "--lang", "zh").out == f"{TOY}：没有错误\n"
    assert dafeng("--lang=zh", "check").out == f"{TOY}：没有错误\n"
    assert dafeng("check", DAFENG_LANG="zh").out == f"{TOY}：没有错误\n"
    assert dafeng("check", "--lang", "en", lang="zh_CN.UTF-8").out == f"{TOY}: no faults\n"


def test_the_city_may_be_chosen_anywhere(dafeng: Run) -> None:
    assert dafeng("plan", "--city", str(TOY), "--json", city="shanghai").json()["city"] == "toyville"
    assert dafeng(f"--city={TOY}", "plan", "--json", city="shanghai").json()["city"] == "toyville"
    assert dafeng("plan", "--json", city="shanghai").json()["city"] == "shanghai"
