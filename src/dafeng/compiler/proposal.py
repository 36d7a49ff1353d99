"""From a compilation to plan data in the city pack's schema: a proposal that a person reviews item by item."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from dafeng.compiler.result import ActionRecord, Compiled, GoalRecord, TargetRecord, TaskRecord
from dafeng.compiler.writable import TO_CORRECT, common_base, writable
from dafeng.labels import Label, Language
from dafeng.plan.schema import UNLINKED, Action, Chapter, Goal, Plan, Target, Task


@dataclass(frozen=True, slots=True)
class Header:
    """What a document does not say in a form that can be read: who issued it, when, and under which ids it is kept."""

    id: str
    issuer: Label
    document: str
    issued: str
    title_en: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person decided: the targets and goals taken (by position; None takes all), and indicators chosen."""

    targets: Collection[int] | None = None
    goals: Collection[int] | None = None
    indicators: Mapping[int, str] = field(default_factory=dict)


def to_plan(compiled: Compiled, header: Header, choice: Choice | None = None) -> Plan:
    """Write a compilation as a plan.

    English labels repeat the Chinese text until somebody translates them. Units that no organisation matches are left
    out of the tasks; `compiled.unresolved` lists them. Ids of targets and goals begin with that of the plan: they
    meet no other of the city. What a pack cannot hold as it is written is told in the target's note (`corrections`).

    Raises:
        pydantic.ValidationError: the document has no chapter, or the header's ids are not well formed.
    """
    taken = choice or Choice()
    write = _Writer(compiled, header)
    targets = [t for n, t in enumerate(compiled.targets) if taken.targets is None or n in taken.targets]
    linked = [
        write.target(t, taken.indicators.get(n, t.link or UNLINKED))
        for n, t in enumerate(compiled.targets)
        if taken.targets is None or n in taken.targets
    ]
    goals = [g for n, g in enumerate(compiled.goals) if taken.goals is None or n in taken.goals]
    years = [t.year or t.alt_year for t in targets if t.year or t.alt_year]
    first = int(header.issued[:4])
    return Plan(
        id=header.id,
        title=Label(zh=compiled.title or header.id, en=header.title_en or compiled.title or header.id),
        issuer=header.issuer,
        document=header.document,
        number=header.number or compiled.number,
        issued=header.issued,
        horizon=(first, max([first, *(year for year in years if year)])),
        chapters=tuple(
            Chapter(id=write.chapters[s.no or s.title], no=s.no or str(n + 1), title=_label(s.title))
            for n, s in enumerate(compiled.sections)
        ),
        actions=tuple(write.action(a) for a in compiled.actions),
        tasks=tuple(write.task(t) for t in compiled.tasks),
        targets=tuple(linked),
        goals=tuple(write.goal(n, g) for n, g in enumerate(goals)),
    )


def to_yaml(plan: Plan) -> str:
    """Write a plan as the text of a pack's plan file, without the fields that have their default."""
    data: dict[str, Any] = plan.model_dump(mode="json", exclude_defaults=True)
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=120)


def corrections(plan: Plan, language: Language = "en") -> tuple[str, ...]:
    """List what a person has to correct, target by target, in words."""
    head = {"zh": TO_CORRECT, "en": "To be corrected: "}[language]
    out = [
        f"{target.id}: {target.note[language].removeprefix(head)}"
        for target in plan.targets
        if target.note and target.note.zh.startswith(TO_CORRECT)
    ]
    if assumed := [target.id for target in plan.targets if target.baseline_assumed]:
        said = {"zh": f"基年为假定：{'、'.join(assumed)}", "en": f"base year assumed: {', '.join(assumed)}"}
        out.append(said[language])
    return tuple(out)


def _label(text: str) -> Label:
    spaced = re.sub(
        r"(?<=[\u4e00-\u9fff])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9%])(?=[\u4e00-\u9fff])", " ", re.sub(r"\s+", "", text)
    )
    return Label(zh=spaced, en=spaced)


class _Writer:
    def __init__(self, compiled: Compiled, header: Header) -> None:
        self.compiled, self.plan, self.issued = compiled, header.id, int(header.issued[:4])
        self.base = common_base(compiled.targets)
        self.chapters = {s.no or s.title: f"chapter-{n + 1}" for n, s in enumerate(compiled.sections)}
        self.actions = {(a.section, a.no or a.title): a.id for a in compiled.actions}
        self.used: set[str] = set()

    def place(self, section: str | None, action: str | None, task: str | None) -> dict[str, str]:
        chapter = self.chapters.get(section or "", next(iter(self.chapters.values()), "chapter-1"))
        key = (section or "", action or "")
        found = next(
            (t.id for t in self.compiled.tasks if t.section == section and t.action == action and t.no == task), ""
        )
        clause = "".join(part for part in (section, action if action != section else None, task) if part)
        return {
            "chapter": chapter,
            "action": self.actions.get(key, ""),
            "task": found if task else "",
            "clause": clause or "一",
        }

    def action(self, action: ActionRecord) -> Action:
        chapter = self.chapters.get(action.section, "chapter-1")
        return Action(
            id=action.id, no=action.no, title=_label(action.title), short=_label(action.title), chapter=chapter
        )

    def task(self, task: TaskRecord) -> Task:
        place = self.place(task.section, task.action, task.no)
        resolved = self.compiled.resolved
        return Task(
            id=task.id,
            no=task.no or task.id,
            title=_label(task.title),
            chapter=place["chapter"],
            action=place["action"],
            units=tuple(dict.fromkeys(resolved[name] for name in task.units if name in resolved)),
            lead=tuple(dict.fromkeys(resolved[name] for name in task.lead if name in resolved)),
            etc=task.etc,
            clause=place["clause"],
        )

    def target(self, target: TargetRecord, indicator: str) -> Target:
        said = writable(target, issued=self.issued, base=self.base, linked=indicator != UNLINKED)
        return Target(
            id=self._id(indicator, target.year or target.alt_year),
            label=_label(target.indicator),
            indicator=indicator,
            **said,
            **self.place(target.section, target.action, target.task),
        )

    def goal(self, n: int, goal: GoalRecord) -> Goal:
        hedge: Any = goal.hedge
        place = self.place(goal.section, goal.action, goal.task)
        label = _label(re.sub(r"[，；]+$", "", goal.quote))
        return Goal(
            id=f"{self.plan}-goal-{n + 1}", label=label, year=goal.year, period=goal.period, hedge=hedge, **place
        )

    def _id(self, indicator: str, year: int | None) -> str:
        stem = "target" if indicator == UNLINKED else indicator.rsplit(".", 1)[-1].replace("_", "-")
        base = f"{self.plan}-{stem}-{year}" if year else f"{self.plan}-{stem}"
        id, n = base, 2
        while id in self.used:
            id, n = f"{base}-{n}", n + 1
        self.used.add(id)
        return id
