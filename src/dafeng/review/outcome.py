"""From decisions to a plan: what was accepted, as it was accepted, and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from dafeng.compiler import Compiled
from dafeng.compiler.proposal import Choice, corrections, to_plan
from dafeng.compiler.result import GoalRecord, TargetRecord, TaskRecord
from dafeng.errors import Collector, Conflict, Refused
from dafeng.labels import Language
from dafeng.plan.loader import dump
from dafeng.plan.organisation import Organisation, by_name
from dafeng.plan.schema import Plan
from dafeng.review.decision import Decision, Decisions, digest
from dafeng.review.figure import figures, valueless
from dafeng.review.header import HeaderGuess
from dafeng.review.item import Item, items

_SHOWN = 3


def undecided(compiled: Compiled, decisions: Mapping[str, Decision]) -> tuple[Item, ...]:
    """List the items nobody has decided on."""
    return tuple(item for item in items(compiled) if item.id not in decisions)


def accepted(
    compiled: Compiled, decisions: Decisions, head: HeaderGuess, organisations: Iterable[Organisation] = ()
) -> Plan:
    """Make the plan of the items that were accepted, with the changes made to them.

    A number that was left out is a target of the plan where a person made it one. The plan names the fields of its
    head for which something stands in.

    Units that a person named are found among `organisations` by id or by name; those that are not are left out of the
    tasks, like those that the compiler could not resolve.

    Raises:
        Conflict: the decisions are on another text.
        FaultsFound: a decision is on an item that the document does not have.
        Refused: an item has no decision yet, or nothing was accepted.
    """
    if decisions.sha256 != digest(compiled.text):
        raise Conflict(
            f"the decisions are on another text (theirs {decisions.sha256[:12]}, this one "
            f"{digest(compiled.text)[:12]}). Review this document, or give the one they were made on.",
            zh=f"审阅决定针对另一份文本（其为 {decisions.sha256[:12]}，此为 {digest(compiled.text)[:12]}）。"
            "请审阅本文件，或提供原文件。",
        )
    known, left_out = items(compiled), figures(compiled)
    made = decisions.by_item()
    faults = Collector("decisions")
    ids = {item.id for item in (*known, *left_out)}
    for name in made:
        if name not in ids:
            faults.add("unknown-item", name, "the document has no such item", "Take the decision out")
    faults.done()
    waiting = [item.id for item in known if item.id not in made]
    if waiting:
        more = ", ..." if len(waiting) > _SHOWN else ""
        raise Refused(
            f"{len(waiting)} of {len(known)} items have no decision yet ({', '.join(waiting[:_SHOWN])}{more}). "
            "Accept, edit or reject each of them; nothing enters a plan unseen.",
            zh=f"{len(known)} 项中有 {len(waiting)} 项尚未决定（{'、'.join(waiting[:_SHOWN])}"
            f"{'等' if len(waiting) > _SHOWN else ''}）。请逐项采纳、修改或不采纳；未经审阅的内容不进入方案。",
        )
    return _written(compiled, made, head, organisations)


def draft(
    compiled: Compiled,
    decisions: Mapping[str, Decision],
    head: HeaderGuess,
    organisations: Iterable[Organisation] = (),
) -> Plan:
    """Make the plan as it stands in the middle of a review: what is undecided as it was read, the rest as decided.

    It is proposed until every item is decided.

    Raises:
        Refused: everything was rejected.
    """
    open_items = undecided(compiled, decisions)
    as_read = {item.id: Decision(item=item.id, verdict="accept") for item in open_items}
    plan = _written(compiled, {**decisions, **as_read}, head, organisations)
    return plan.model_copy(update={"status": "proposed"}) if open_items else plan


def _written(
    compiled: Compiled, made: Mapping[str, Decision], head: HeaderGuess, organisations: Iterable[Organisation]
) -> Plan:
    known, left_out = items(compiled), figures(compiled)
    targets: list[TargetRecord] = []
    indicators: dict[int, str] = {}
    goals: list[GoalRecord] = []
    tasks: dict[int, TaskRecord] = {}
    chosen = (item for item in left_out if item.id in made)
    for item in sorted((*known, *chosen), key=lambda item: item.start):
        decision = made[item.id]
        if decision.verdict == "reject":
            continue
        changes: dict[str, Any] = decision.changes.given()
        if valueless(item, changes):
            raise Refused(
                f"{item.id}: it is made a target and has no value. Edit it and give one, or leave it out.",
                zh=f"{item.id}：列为目标但没有数值。请修改并填写数值，或不列为目标。",
            )
        named = changes.pop("indicator_id", None)
        record: Any = replace(item.record, **changes)
        if item.kind in ("target", "excluded"):
            if named:
                indicators[len(targets)] = named
            targets.append(record)
        elif item.kind == "goal":
            goals.append(record)
        else:
            tasks[item.position] = record
    kept = tuple(tasks[n] for n in sorted(tasks))
    if not targets and not goals and not kept:
        raise Refused(
            "every item was rejected: there is no plan to write. Accept what is right.",
            zh="全部内容均不采纳，没有可写的方案。请采纳正确的内容。",
        )
    units = tuple(organisations)
    known_units = {**by_name(units), **{unit.id: unit.id for unit in units}}
    spelled = {name for task in kept for name in (*task.units, *task.lead)}
    resolved = {name: known_units["".join(name.split())] for name in spelled if "".join(name.split()) in known_units}
    chosen_only = replace(
        compiled, targets=tuple(targets), goals=tuple(goals), tasks=kept, resolved={**resolved, **compiled.resolved}
    )
    return head.marked(to_plan(chosen_only, head.header, Choice(indicators=indicators)))


def proposed(compiled: Compiled, head: HeaderGuess) -> Plan:
    """Make the plan of everything that was read, which says of itself that nobody has decided on it."""
    return head.marked(to_plan(compiled, head.header)).model_copy(update={"status": "proposed"})


def accepted_yaml(
    compiled: Compiled,
    decisions: Decisions,
    head: HeaderGuess,
    organisations: Iterable[Organisation] = (),
    language: Language = "en",
) -> str:
    """Write the plan of the accepted items, with a line on how many were accepted, changed and rejected.

    Raises:
        Conflict, FaultsFound, Refused: as for `accepted`.
    """
    plan = accepted(compiled, decisions, head, organisations)
    return comment(plan, decisions, language) + dump(plan)


def proposed_yaml(compiled: Compiled, head: HeaderGuess, language: Language = "en") -> str:
    """Write everything that was read as a plan file with status `proposed`, which no pack takes."""
    count = len(items(compiled))
    said = {
        "zh": f"# 草案，未经审阅：待定 {count} 项。",
        "en": f"# A proposal, not reviewed: {count} items to decide on.",
    }
    plan = proposed(compiled, head)
    return f"{said[language]}\n{_sha(digest(compiled.text), language)}{_open(plan, language)}{dump(plan)}"


def comment(plan: Plan, decisions: Decisions, language: Language) -> str:
    """Write the head of a reviewed plan file: how its items were decided, on which text, what to correct."""
    count = Counter(one.verdict for one in decisions.decisions if not one.item.startswith("excluded"))
    made = sum(one.verdict != "reject" for one in decisions.decisions if one.item.startswith("excluded"))
    accept, edit, reject = count["accept"], count["edit"], count["reject"]
    if language == "zh":
        line = f"# 已逐项审阅：采纳 {accept} 项，修改 {edit} 项，不采纳 {reject} 项"
        line += f"；另将 {made} 个未列入的数字列为目标。" if made else "。"
    else:
        line = f"# Reviewed item by item: {accept} accepted, {edit} changed, {reject} rejected"
        line += f"; {made} of the numbers left out made targets." if made else "."
    return f"{line}\n{_sha(decisions.sha256, language)}{_open(plan, language)}"


def _sha(sha256: str, language: Language) -> str:
    return f"# 原文 sha256 {sha256}\n" if language == "zh" else f"# Text sha256 {sha256}\n"


def _open(plan: Plan, language: Language) -> str:
    asked = {"zh": "# 待订正或核对：", "en": "# To be corrected or checked: "}[language]
    return "".join(f"{asked}{line}\n" for line in corrections(plan, language))
