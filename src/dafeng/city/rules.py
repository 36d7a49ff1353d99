"""The rules an assessment follows: an ordered list kept as data, and the closed language it is written in.

A rule names a verdict, the conditions under which it applies, and one sentence for the reader. The first rule whose
conditions all hold decides. A condition is one of

    flag                    the flag is true
    not flag                it is false
    number < threshold      also <=, >, >=, == ; the right side is a threshold's name, another number or a literal

A number that is absent fulfils no comparison. Nothing else can be written, so a rule file can be read, printed and
checked without running it.
"""

from __future__ import annotations

import operator
import re
import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from dafeng.errors import Collector, nearest
from dafeng.labels import LANGUAGES, Label
from dafeng.store.yamlfile import YamlFile, parse

RuleVerdict = Literal[
    "met", "on_track", "at_risk", "off_track", "overdue", "awaiting_verification", "no_evidence", "as_noted"
]

#: What a rule on a target may ask, true or false.
TARGET_FLAGS: dict[str, str] = {
    "has_evidence": "a figure of at least medium confidence is known",
    "has_low": "a low-confidence figure is known that is newer than any other",
    "awaited": "an official figure for a year not yet covered is declared pending",
    "stale": "the figure is older than max_age_years at the date of assessment and from before the due year",
    "satisfied": "the figure fulfils the comparator",
    "limit_open": "the source gives a limit, and the true figure may be on either side of the target",
    "part_of_period": "a change is counted from a later year than the plan wants, and does not reach the target so far",
    "has_due": "the plan sets a year",
    "due_passed": "the due year is over at the date of assessment",
    "predates_due": "the figure is from a year before the due year",
    "standard": "the plan imposes the number on projects, not on the city",
    "has_path": "there is a baseline before the figure, so that a required path exists",
    "wrong_way": "the figure is worse than the baseline",
    "missing_link": "a chain of yearly changes breaks off",
}
#: What a rule on a target may compare.
TARGET_NUMBERS: dict[str, str] = {
    "age": "years from the end of the figure's period to the date of assessment",
    "behind": "part of the required way that has not been walked, 0 on the path, below 0 ahead of it",
    "progress": "part of the whole way from baseline to target",
    "probability": "share of projected draws that meet the target",
    "years_left": "years from the date of assessment to the due year",
    "points": "figures on one basis that may decide",
}
#: What a rule on a goal may ask.
GOAL_FLAGS: dict[str, str] = {
    "has_series": "figures since the year the goal counts from are known, at least two",
    "series_stale": "the newest figure is older than max_age_years",
    "against_start": "the newest figure has moved against the goal since the first",
    "against_last": "the newest step moves against the goal",
    "has_note": "a dated note of at least medium confidence is known",
    "note_stale": "the newest note is older than max_age_years, from before the due year, and claims a result",
    "has_low_note": "only notes of low confidence are known",
    "awaited": "an official figure is declared pending",
    "due_passed": "the due year is over at the date of assessment",
}
GOAL_NUMBERS: dict[str, str] = {"age": "years from the end of the newest figure's period to the date of assessment"}
#: The blanks a sentence on a target may leave for figures.
TARGET_BLANKS = frozenset(
    "latest reads year target due gap required behind baseline baseline_year declared needed missing".split()
    + "awaited age limit".split()
)
GOAL_BLANKS = frozenset("first first_year latest year note note_date previous previous_year due awaited".split())
THRESHOLDS = ("max_age_years", "about_tolerance", "off_behind", "flat_tolerance")

_OPERATORS: dict[str, Callable[[float, float], bool]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "==": operator.eq,
    "<": operator.lt,
    ">": operator.gt,
}
_FLAG = re.compile(r"^(not )?([a-z_]+)$")
_COMPARISON = re.compile(r"^([a-z_]+) (<=|>=|==|<|>) ([a-z_]+|-?\d+(?:\.\d+)?)$")


@dataclass(frozen=True, slots=True)
class Case:
    """What is known of one target or goal, in the words the rules use."""

    flags: Mapping[str, bool]
    numbers: Mapping[str, float | None] = field(default_factory=dict)


class Part(BaseModel):
    """Base of the rule file's parts: frozen, and nothing undeclared is taken."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Threshold(Part):
    """One number the rules compare with."""

    value: float
    label: Label


class Rule(Part):
    """One rule: `when` must hold whole; `text` says the rule, `reason` the case, with blanks for the figures."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    verdict: RuleVerdict
    when: tuple[str, ...] = ()
    text: Label
    reason: Label


class ProjectionRule(Part):
    """How the simple projection is drawn: at least `min_points` figures, `draws` draws, a central `interval`."""

    min_points: int = Field(ge=3)
    draws: int = Field(ge=100, le=100_000)
    interval: float = Field(gt=0, lt=1)
    seed: int
    text: Label


class Rules(Part):
    """The whole rule file."""

    thresholds: dict[str, Threshold]
    projection: ProjectionRule
    targets: tuple[Rule, ...]
    goals: tuple[Rule, ...]

    def threshold(self, name: str) -> float:
        """Give the value of one threshold."""
        return self.thresholds[name].value

    def decide(self, rules: tuple[Rule, ...], case: Case) -> Rule:
        """Find the first rule whose conditions all hold; the last rule has none, so there is always one."""
        return next(rule for rule in rules if all(self._holds(text, case) for text in rule.when))

    def _holds(self, condition: str, case: Case) -> bool:
        flag = _FLAG.match(condition)
        if flag:
            return case.flags[flag[2]] is not bool(flag[1])
        comparison = _COMPARISON.match(condition)
        assert comparison is not None  # noqa: S101 - `read` has refused every other form
        left = case.numbers[comparison[1]]
        right = self._number(comparison[3], case)
        return left is not None and right is not None and _OPERATORS[comparison[2]](left, right)

    def _number(self, text: str, case: Case) -> float | None:
        if text in self.thresholds:
            return self.thresholds[text].value
        return case.numbers[text] if text in case.numbers else float(text)


def read(file: YamlFile, faults: Collector) -> Rules | None:
    """Read the rule file; every word that the closed language does not know is a fault with its line."""
    rules = parse(Rules, file, faults)
    if rules is None:
        return None
    before = len(faults.faults)
    for name in THRESHOLDS:
        if name not in rules.thresholds:
            faults.add(
                "rule-threshold", file.place("thresholds"), f"the threshold '{name}' is missing", "Give it a value"
            )
    _check(file, faults, rules, "targets", rules.targets, {*TARGET_FLAGS}, {*TARGET_NUMBERS}, TARGET_BLANKS)
    _check(file, faults, rules, "goals", rules.goals, {*GOAL_FLAGS}, {*GOAL_NUMBERS}, GOAL_BLANKS)
    return rules if len(faults.faults) == before else None


def _check(
    file: YamlFile,
    faults: Collector,
    rules: Rules,
    section: str,
    listed: tuple[Rule, ...],
    flags: set[str],
    numbers: set[str],
    blanks: frozenset[str],
) -> None:
    seen: set[str] = set()
    for at, rule in enumerate(listed):
        if rule.id in seen:
            faults.add(
                "duplicate-id", file.place(section, at, "id"), f"the rule '{rule.id}' stands twice", "Rename one"
            )
        seen.add(rule.id)
        if rule.verdict == "as_noted" and section != "goals":
            faults.add(
                "rule-verdict",
                file.place(section, at, "verdict"),
                "a rule on targets cannot take the verdict of a note",
                f"Write one of {', '.join(get_args(RuleVerdict)[:-1])}",
            )
        for no, condition in enumerate(rule.when):
            _check_condition(file, faults, (section, at, "when", no), condition, flags, numbers, {*rules.thresholds})
        for language in LANGUAGES:
            for _, blank, _, _ in string.Formatter().parse(rule.reason[language]):
                if blank is not None and blank not in blanks:
                    faults.add(
                        "rule-blank",
                        file.place(section, at, "reason", language),
                        f"the sentence has an unknown blank '{{{blank}}}'",
                        f"Use {', '.join(sorted(blanks))}",
                    )
    if not listed or listed[-1].when:
        faults.add(
            "rule-open-end",
            file.place(section),
            "the last rule has conditions, so a case may fit none",
            "Let the last rule apply always: leave out its 'when'",
        )


def _check_condition(
    file: YamlFile,
    faults: Collector,
    key: tuple[str | int, ...],
    condition: str,
    flags: set[str],
    numbers: set[str],
    thresholds: set[str],
) -> None:
    flag, comparison = _FLAG.match(condition), _COMPARISON.match(condition)
    unknown: list[tuple[str, set[str]]] = []
    if flag:
        unknown = [(flag[2], flags)]
    elif comparison:
        unknown = [(comparison[1], numbers)]
        if comparison[3][0].isalpha():
            unknown.append((comparison[3], numbers | thresholds))
    else:
        faults.add(
            "rule-condition",
            file.place(*key),
            f"'{condition}' is not a condition",
            "Write a flag, 'not' and a flag, or 'number < threshold'",
        )
    for word, known in unknown:
        if word not in known:
            hint = nearest(word, known)
            faults.add(
                "rule-word",
                file.place(*key),
                f"the rules do not know the word '{word}'",
                f"Did you mean '{hint[0]}'?" if hint else f"Use one of {', '.join(sorted(known))}",
            )
