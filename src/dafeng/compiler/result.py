"""What a compilation gives: records with the place in the text for every item."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field
from typing import Any

from dafeng.compiler.lexicon import reasons
from dafeng.labels import Label


@dataclass(frozen=True, slots=True)
class SectionRecord:
    """A level-1 heading."""

    no: str
    title: str
    aim: bool
    start: int
    end: int
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ActionRecord:
    """A heading that holds tasks."""

    id: str
    no: str
    title: str
    section: str
    tasks: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TaskRecord:
    """A leaf measure and the units that answer for it, as written and in order."""

    id: str
    no: str
    title: str
    section: str
    action: str | None
    units: tuple[str, ...]
    lead: tuple[str, ...]
    etc: bool
    groups: tuple[tuple[str, ...], ...]
    units_raw: str | None
    units_as_printed: dict[str, str]
    start: int
    end: int
    title_start: int
    title_end: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """An indicator a target may belong to, with its score from 0 to 1 and what speaks for it."""

    indicator: str
    score: float
    unit_fits: bool | None


@dataclass(frozen=True, slots=True)
class TargetRecord:
    """One number of the plan for one indicator; offsets are code points into the source text."""

    indicator: str
    value: float
    value_max: float | None
    unit: str
    year: int | None
    period: str | None
    comparator: str
    strict: bool
    hedge: str | None
    direction: str | None
    baseline_year: int | None
    kind: str
    quote: str
    start: int
    end: int
    value_start: int
    value_end: int
    section: str | None
    action: str | None
    task: str | None
    from_year: int | None = None
    alt_year: int | None = None
    shared_number: bool = False
    optional: bool = False
    confidence: float = 1.0
    frame: str = ""
    candidates: tuple[Candidate, ...] = ()

    @property
    def link(self) -> str:
        """Give the id of the one indicator that clearly fits, or an empty text."""
        return self.candidates[0].indicator if self.candidates and self.candidates[0].score >= CLEAR else ""


#: From this score on a link is taken without asking.
CLEAR = 0.68


@dataclass(frozen=True, slots=True)
class GoalRecord:
    """A promise without a number."""

    quote: str
    indicator: str
    year: int | None
    period: str | None
    hedge: str | None
    start: int
    end: int
    section: str | None
    action: str | None
    task: str | None


@dataclass(frozen=True, slots=True)
class ExcludedRecord:
    """A figure that is not a target, with the reason code.

    What follows the reason is what a target of it would say, as far as that was read; `as_target` makes that target,
    for a person who decides that it is one. `value` is None where the figure is no number.
    """

    text: str
    start: int
    end: int
    reason: str
    indicator: str = ""
    value: float | None = None
    value_max: float | None = None
    unit: str = ""
    comparator: str = "="
    year: int | None = None
    period: str | None = None
    section: str | None = None
    action: str | None = None
    task: str | None = None

    def as_target(self, text: str) -> TargetRecord:
        """Give the target that this figure would be, of confidence 0; `text` is that of the compilation.

        What was not read (a missing indicator, the value of a figure that is no number) is the clause before it and 0.
        """
        before = _BEFORE.search(text, 0, self.start)
        after = _AFTER.match(text, self.end)
        start, end = before.start() if before else self.start, after.end() if after else self.end
        return TargetRecord(
            indicator=self.indicator or "".join(text[start : self.start].split()) or self.text,
            value=self.value or 0.0,
            value_max=self.value_max,
            unit=self.unit,
            year=self.year,
            period=self.period,
            comparator=self.comparator,
            strict=False,
            hedge=None,
            direction=None,
            baseline_year=None,
            kind="target",
            quote=text[start:end],
            start=start,
            end=end,
            value_start=self.start,
            value_end=digits.end() if (digits := _DIGITS.match(text, self.start)) else self.end,
            section=self.section,
            action=self.action,
            task=self.task,
            confidence=0.0,
            frame="chosen",
        )


_BEFORE = re.compile(r"[^，。；：、！？（）\n]*$")
_AFTER = re.compile(r"[^，。；：！？\n]*")
_DIGITS = re.compile(r"[0-9０-９.．,，]*[0-9０-９]")


@dataclass(frozen=True, slots=True)
class Compiled:
    """Everything read out of one document. `text` is what the offsets refer to."""

    text: str
    title: str
    format: str
    sections: tuple[SectionRecord, ...] = ()
    actions: tuple[ActionRecord, ...] = ()
    tasks: tuple[TaskRecord, ...] = ()
    targets: tuple[TargetRecord, ...] = ()
    goals: tuple[GoalRecord, ...] = ()
    excluded: tuple[ExcludedRecord, ...] = ()
    messages: tuple[Label, ...] = ()
    unresolved: tuple[str, ...] = ()
    resolved: dict[str, str] = field(default_factory=dict)
    number: str = ""
    ordering: str = ""

    def as_json(self) -> dict[str, Any]:
        """Give the records for JSON, in the shape `dafeng compile --json` prints."""
        labels = reasons()
        tasks = [asdict(task) for task in self.tasks]
        for task in tasks:
            del task["title_start"], task["title_end"]
        return {
            "title": self.title,
            "number": self.number,
            "format": self.format,
            "text": None if self.format in ("markdown", "text") else self.text,
            "messages": [message.model_dump() for message in self.messages],
            "sections": [asdict(section) for section in self.sections],
            "actions": [asdict(action) for action in self.actions],
            "tasks": tasks,
            "targets": [_target(target) for target in self.targets],
            "goals": [asdict(goal) for goal in self.goals],
            "excluded": [{**asdict(drop), "label": labels[drop.reason]} for drop in self.excluded],
            "unresolved_units": list(self.unresolved),
            "resolved_units": self.resolved,
        }


def _target(target: TargetRecord) -> dict[str, Any]:
    whole = asdict(target)
    for name in ("value", "value_max"):
        number = whole[name]
        if number is not None and float(number).is_integer():
            whole[name] = int(number)
    whole["indicator_id"] = target.link or None
    return whole
