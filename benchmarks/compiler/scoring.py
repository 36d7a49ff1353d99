"""Compare a compilation with a hand-made annotation, by the scoring that the annotation format suggests."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from dafeng.compiler.blocks import fold

FIELDS = ("value+unit", "year/period", "comparator", "direction+baseline", "indicator", "kind")
#: From this overlap of letter pairs on, two names of an indicator count as the same.
SAME_NAME = 0.5


@dataclass
class Score:
    """Counts for one document; `errors` names every miss with its cause."""

    document: str
    wanted: int = 0
    recalled: int = 0
    predicted: int = 0
    right: int = 0
    fields: dict[str, list[bool]] = field(default_factory=lambda: {name: [] for name in FIELDS})
    whole: list[bool] = field(default_factory=list)
    tasks: tuple[int, int, int] = (0, 0, 0)
    actions: tuple[int, int] = (0, 0)
    units: tuple[int, int, int] = (0, 0, 0)
    leads: tuple[int, int] = (0, 0)
    excluded: tuple[int, int] = (0, 0)
    goals: tuple[int, int] = (0, 0)
    errors: list[tuple[str, str]] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Share of predictions that meet an annotation."""
        return self.right / self.predicted if self.predicted else 1.0

    @property
    def recall(self) -> float:
        """Share of required annotations that were found."""
        return self.recalled / self.wanted if self.wanted else 1.0

    def share(self, name: str) -> float:
        """Share of matched targets whose field is right."""
        values = self.fields[name]
        return sum(values) / len(values) if values else 1.0


def squeeze(text: object) -> str:
    """Take out blanks, write full-width characters half width and traditional ones simplified, for comparing."""
    return re.sub(r"\s+", "", fold(unicodedata.normalize("NFKC", str(text or ""))))


def same_name(a: str, b: str) -> bool:
    """Tell whether two names of an indicator mean the same: one holds the other, or their letter pairs overlap."""
    a, b = (re.sub(r"[的、，；和及（）()]", "", squeeze(text)) for text in (a, b))
    if a in b or b in a:
        return min(len(a), len(b)) >= 2
    pairs = [{text[i : i + 2] for i in range(len(text) - 1)} for text in (a, b)]
    common = len(pairs[0] & pairs[1])
    return 2 * common / max(len(pairs[0]) + len(pairs[1]), 1) >= SAME_NAME


def _value_fits(guess: dict[str, Any], gold: dict[str, Any]) -> bool:
    options = [gold, *gold.get("alternatives", ())]
    for option in options:
        high = option.get("value_max", gold.get("value_max"))
        if (
            abs(guess["value"] - option["value"]) < 1e-3
            and squeeze(guess["unit"]) == squeeze(option.get("unit"))
            and (guess["value_max"] or None) == (high or None)
        ):
            return True
    return False


def _time_fits(guess: dict[str, Any], gold: dict[str, Any]) -> bool:
    if gold.get("period"):
        return guess["period"] == gold["period"] or (
            guess["period"] is None and guess["year"] == gold.get("alt_year") is not None
        )
    years = {gold.get("year")} | ({gold["alt_year"], None} if gold.get("alt_year") else set())
    return guess["year"] in years and guess["period"] is None


def _direction_fits(guess: dict[str, Any], gold: dict[str, Any]) -> bool:
    options = {gold.get("direction")} | {
        option["direction"] for option in gold.get("alternatives", ()) if "direction" in option
    }
    return guess["direction"] in options and guess["baseline_year"] == gold.get("baseline_year")


def _overlaps(guess: dict[str, Any], gold: dict[str, Any]) -> bool:
    return bool(guess["value_start"] < gold["value_end"] and gold["value_start"] < guess["value_end"])


def score(document: str, got: dict[str, Any], gold: dict[str, Any]) -> Score:
    """Score one document; `got` is the JSON of a compilation, `gold` the annotation."""
    out = Score(document)
    _targets(out, got, gold)
    _tasks(out, got, gold)
    drops = {(item["value_start"], item["value_end"]) for item in gold.get("excluded_numbers", ())}
    hit = sum(any(a < e["end"] and e["start"] < b for e in got["excluded"]) for a, b in drops)
    out.excluded = (hit, len(drops))
    goals = gold.get("non_numeric_targets", ())
    out.goals = (
        sum(any(g["start"] < n["end"] and n["start"] < g["end"] for g in got["goals"]) for n in goals),
        len(goals),
    )
    return out


def _targets(out: Score, got: dict[str, Any], gold: dict[str, Any]) -> None:
    free = list(got["targets"])
    used: set[int] = set()
    for want in gold["targets"]:
        optional = bool(want.get("optional"))
        out.wanted += not optional
        candidates = [n for n, guess in enumerate(free) if n not in used and _overlaps(guess, want)]
        if not candidates:
            if not optional:
                out.errors.append(("missed", f"{want['quote']} [{want['value']}{want.get('unit', '')}]"))
            continue
        best = max(
            candidates, key=lambda n: (_time_fits(free[n], want), same_name(free[n]["indicator"], want["indicator"]))
        )
        used.add(best)
        guess = free[best]
        if optional:
            continue
        out.recalled += 1
        out.right += 1
        fits = {
            "value+unit": _value_fits(guess, want),
            "year/period": _time_fits(guess, want),
            "comparator": guess["comparator"] == want["comparator"],
            "direction+baseline": _direction_fits(guess, want),
            "indicator": same_name(guess["indicator"], want["indicator"]),
            "kind": guess["kind"] == want["kind"],
        }
        for name, fit in fits.items():
            out.fields[name].append(fit)
            if not fit:
                shown = {
                    k: guess[k]
                    for k in (
                        "indicator",
                        "value",
                        "value_max",
                        "unit",
                        "year",
                        "period",
                        "comparator",
                        "direction",
                        "baseline_year",
                        "kind",
                    )
                }
                meant = {k: want.get(k) for k in shown}
                out.errors.append((name, f"{want['quote']}: got {shown}, annotated {meant}"))
        out.whole.append(all(fit for name, fit in fits.items() if name != "kind"))
    neutral = [(n["start"], n["end"]) for n in gold.get("non_numeric_targets", ())]
    optional_spans = [want for want in gold["targets"] if want.get("optional")]
    for n, guess in enumerate(free):
        if n in used and any(_overlaps(guess, want) for want in optional_spans):
            continue
        if n not in used:
            if any(a <= guess["value_start"] < b for a, b in neutral) or any(
                _overlaps(guess, want) for want in optional_spans
            ):
                continue
            out.errors.append(
                ("false positive", f"{guess['quote']} [{guess['value']}{guess['unit']}] {guess['frame']}")
            )
        out.predicted += 1


def _tasks(out: Score, got: dict[str, Any], gold: dict[str, Any]) -> None:
    titles = [squeeze(task["title"]) for task in got["tasks"]]
    wanted = [squeeze(task["title"]) for task in gold["tasks"]]
    hits = units_hit = units_got = units_want = leads = leads_right = 0
    used: set[int] = set()
    for want, title in zip(gold["tasks"], wanted, strict=True):
        at = next(
            (
                n
                for n, name in enumerate(titles)
                if n not in used and name == title and got["tasks"][n]["section"] in (want["section"], "")
            ),
            None,
        )
        at = (
            at
            if at is not None
            else next((n for n, name in enumerate(titles) if n not in used and name == title), None)
        )
        names = [squeeze(unit) for unit in want.get("units", ())]
        units_want += len(names)
        if at is None:
            out.errors.append(("task missed", want["title"]))
            continue
        used.add(at)
        hits += 1
        task = got["tasks"][at]
        guess = [squeeze(unit) for unit in task["units"]]
        units_got += len(guess)
        units_hit += sum(name in guess for name in names)
        if guess != names:
            out.errors.append(("units", f"{want['title']}: got {guess}, annotated {names}"))
        if (task["action"] or None) != (want["action"] or None):
            out.errors.append(("task's action", f"{want['title']}: got {task['action']}, annotated {want['action']}"))
        leads += 1
        right = sorted(map(squeeze, task["lead"])) == sorted(map(squeeze, want.get("lead") or ()))
        leads_right += right
        if not right:
            out.errors.append(("lead", f"{want['title']}: got {task['lead']}, annotated {want.get('lead')}"))
    for n, title in enumerate(titles):
        if n not in used:
            out.errors.append(("task invented", title))
            units_got += len(got["tasks"][n]["units"])
    out.tasks = (hits, len(titles), len(wanted))
    out.units = (units_hit, units_got, units_want)
    out.leads = (leads_right, leads)
    counts = {squeeze(action["title"]): action["tasks"] for action in got["actions"]}
    right_actions = sum(counts.get(squeeze(action["title"])) == action["task_count"] for action in gold["actions"])
    out.actions = (right_actions, len(gold["actions"]))
    if right_actions < len(gold["actions"]) or len(counts) != len(gold["actions"]):
        out.errors.append(
            ("actions", f"got {counts}, annotated { {a['title']: a['task_count'] for a in gold['actions']} }")
        )
