"""The verdict on one goal that names no number: a test on a series, or the newest dated note."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from dafeng.assess import words
from dafeng.assess.answering import Answering
from dafeng.assess.evidence import Figure, age, figures, present_basis
from dafeng.assess.findings import Awaited, awaited
from dafeng.assess.result import GoalResult, NoteResult, Verdict
from dafeng.assess.tree import RULES_FILE, document
from dafeng.city.city import City
from dafeng.city.rules import Case, Rule
from dafeng.facts.indicator import Indicator
from dafeng.labels import LANGUAGES, Label
from dafeng.lineage import Node
from dafeng.plan.schema import EvidenceNote, Goal, Plan

#: What does not grow old: that a question is open stays true until something answers it.
_OPEN = frozenset({"awaiting_verification"})


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of one goal on a date; notes newest first, figures oldest first."""

    city: City
    plan: Plan
    goal: Goal
    as_of: date
    indicator: Indicator | None
    series: tuple[Figure, ...]
    notes: tuple[EvidenceNote, ...]
    awaited: Awaited

    @property
    def tested(self) -> tuple[Figure, ...]:
        """The figures the test looks at: on one basis, from the year the goal counts from."""
        if self.indicator is None or self.goal.rule is None:
            return ()
        usable = [item for item in self.series if item.decides and item.year >= self.goal.rule.since]
        return present_basis(usable, self.indicator)

    @property
    def note(self) -> EvidenceNote | None:
        """The newest note that may decide."""
        return next((note for note in self.notes if note.confidence != "low"), None)

    def old(self, year: int) -> bool:
        """Tell whether evidence of a year is too old to count."""
        too_old = age(year, self.as_of) > self.city.rules.threshold("max_age_years")
        return too_old and (self.goal.due is None or year < self.goal.due)


def judge_goal(city: City, plan: Plan, goal: Goal, as_of: date) -> GoalResult:
    """Give the verdict on one goal as it was known on a date."""
    found = _find(city, plan, goal, as_of)
    rule = city.rules.decide(city.rules.goals, _case(found))
    note = found.note
    verdict = note.verdict if rule.verdict == "as_noted" and note else rule.verdict
    answering = Answering.of(plan, goal.task)
    tested = found.tested
    shown = tested[-1] if tested else (found.series[-1] if found.series else None)
    return GoalResult(
        id=goal.id,
        plan=plan.id,
        action=goal.action,
        task=goal.task,
        label=goal.label,
        year=goal.year,
        period=goal.period,
        due=goal.due,
        clause=goal.clause,
        status=cast(Verdict, verdict),
        rule=rule.id,
        reason=_reason(found, rule),
        latest=shown.evidence(stale=found.old(shown.year)) if shown else None,
        series=tuple(figure.evidence(stale=found.old(figure.year)) for figure in found.series),
        notes=tuple(
            NoteResult(item.date, item.text, item.source, item.locator, item.verdict, item.confidence)
            for item in found.notes
        ),
        lead=answering.lead,
        joint=answering.joint,
        owner=answering.owner,
        lineage=_lineage(found, rule, cast(Verdict, verdict)),
    )


def _find(city: City, plan: Plan, goal: Goal, as_of: date) -> Found:
    notes = sorted((note for note in city.notes if note.goal == goal.id and _known(note.date, as_of)), key=_newest)
    if goal.rule is None:
        return Found(city, plan, goal, as_of, None, (), tuple(notes[::-1]), Awaited())
    indicator = city.indicators[goal.rule.indicator]
    series = figures(city, indicator, as_of, indicator.unit)
    last = max((figure.year for figure in series if figure.decides), default=None)
    pending = awaited(city, indicator, last, goal.due, as_of)
    return Found(city, plan, goal, as_of, indicator, series, tuple(notes[::-1]), pending)


def _newest(note: EvidenceNote) -> str:
    return note.date


def _known(day: str, as_of: date) -> bool:
    """Tell whether something dated to a year, a month or a day was out on a date."""
    return day <= as_of.isoformat()[: len(day)]


def _case(found: Found) -> Case:
    tested, note = found.tested, found.note
    newest = tested[-1] if tested else None
    return Case(
        flags={
            "has_series": len(tested) > 1,
            "series_stale": newest is not None and found.old(newest.year),
            "against_start": len(tested) > 1 and _against(found, tested[0], tested[-1]),
            "against_last": len(tested) > 1 and _against(found, tested[-2], tested[-1]),
            "has_note": note is not None,
            "note_stale": note is not None and note.verdict not in _OPEN and found.old(int(note.date[:4])),
            "has_low_note": note is None and bool(found.notes),
            "awaited": bool(found.awaited),
            "due_passed": found.goal.due is not None and found.as_of.year > found.goal.due,
        },
        numbers={"age": age(newest.year, found.as_of) if newest else None},
    )


def _against(found: Found, before: Figure, after: Figure) -> bool:
    """Tell whether a step goes against the goal by more than the tolerance."""
    assert found.goal.rule is not None  # noqa: S101 - only a goal with a rule has figures to test
    tolerance = found.city.rules.threshold("flat_tolerance") * abs(before.value)
    step = after.value - before.value
    return step > tolerance if found.goal.rule.test == "not_increasing" else step < -tolerance


def _reason(found: Found, rule: Rule) -> Label:
    tested, filled = found.tested, {}
    note = found.note or (found.notes[0] if found.notes else None)
    for language in LANGUAGES:
        blanks: dict[str, object] = dict.fromkeys(
            ("first", "first_year", "latest", "year", "previous", "previous_year", "note", "note_date"), ""
        )
        blanks["due"] = found.goal.due or ""
        blanks["awaited"] = words.pending(found.awaited.years, found.awaited.why)[language]
        for name, year_name, figure in _figures_named(tested):
            assert found.indicator is not None  # noqa: S101 - figures belong to an indicator
            blanks[name] = words.quantity(figure.value, figure.unit, language, found.indicator)
            blanks[year_name] = figure.year
        if note is not None:
            blanks["note"], blanks["note_date"] = note.text[language], note.date
        filled[language] = rule.reason[language].format(**blanks)
    return Label(zh=filled["zh"], en=words.sentence(filled["en"]))


def _figures_named(tested: Sequence[Figure]) -> tuple[tuple[str, str, Figure], ...]:
    if len(tested) <= 1:
        return ()
    return (
        ("first", "first_year", tested[0]),
        ("latest", "year", tested[-1]),
        ("previous", "previous_year", tested[-2]),
    )


def _lineage(found: Found, rule: Rule, verdict: Verdict) -> Node:
    children: list[Node] = []
    if rule.verdict == "as_noted" and found.note:
        children.append(_noted(found.note))
    elif found.tested:
        children.extend(
            figure.trail
            or Node(
                "fact",
                figure.observation,
                found.indicator.label if found.indicator else None,
                figure.value,
                figure.unit,
                figure.year,
                figure.source,
                figure.status,
                figure.confidence,
                figure.note,
                (document(figure.source, figure.locator),),
            )
            for figure in found.tested
        )
        tolerance = found.city.rules.thresholds["flat_tolerance"]
        children.append(
            Node("parameter", "flat_tolerance", tolerance.label, tolerance.value, ref=f"{RULES_FILE}#flat_tolerance")
        )
    elif found.notes:
        children.append(_noted(found.notes[0]))
    children.append(document(found.plan.document, found.goal.clause))
    tree = Node("rule", rule.id, rule.text, ref=f"{RULES_FILE}#{rule.id}", status=verdict, children=tuple(children))
    return found.city.named(tree)


def _noted(note: EvidenceNote) -> Node:
    return Node(
        "note",
        note.goal,
        note.text,
        ref=note.source,
        confidence=note.confidence,
        note=note.date,
        children=(document(note.source, note.locator),),
    )
