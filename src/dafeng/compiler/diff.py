"""Two versions of a plan side by side: targets added, dropped, moved, tightened, loosened, re-dated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from dafeng import units
from dafeng.errors import UnitError
from dafeng.plan.schema import Plan, Target

Kind = Literal["added", "dropped", "tightened", "loosened", "re-dated", "moved", "unit", "wording", "incomparable"]
#: Relative difference below which two values are the same after conversion.
SAME = 1e-6
_FIRMNESS = {"~": 0, "=": 1, ">=": 1, "<=": 1}


@dataclass(frozen=True, slots=True)
class Change:
    """One difference; `old` or `new` is None where the target stands in one plan only."""

    kind: Kind
    indicator: str
    old: Target | None
    new: Target | None
    why: str


def diff(
    old: Plan, new: Plan, better: Mapping[str, Literal["higher", "lower", ""]] | None = None
) -> tuple[Change, ...]:
    """Compare the targets of two plans.

    Targets pair by `supersedes`, then by indicator, kind of change and due year, then by indicator and kind of change
    in the order of their years. Units are converted. A pair may differ in several ways and gives one change each.
    `better` says for an indicator whether more or less of it is wanted; without it a bound and the direction decide.
    """
    pairs, gone, come = _pairs(old, new)
    out = [Change("dropped", item.indicator, item, None, f"{item.id} has no counterpart") for item in gone]
    out += [Change("added", item.indicator, None, item, f"{item.id} is new") for item in come]
    for a, b in pairs:
        out.extend(_compare(a, b, dict(better or {})))
    order = {item.id: n for n, item in enumerate((*new.targets, *old.targets))}
    return tuple(sorted(out, key=lambda change: order[(change.new or change.old).id]))  # type: ignore[union-attr]  # one is there


def _key(item: Target) -> tuple[str, str | None, str]:
    return item.indicator, item.direction if item.direction and not item.direction.endswith("_to") else None, item.kind


def _pairs(old: Plan, new: Plan) -> tuple[list[tuple[Target, Target]], list[Target], list[Target]]:
    left, right = list(old.targets), list(new.targets)
    pairs: list[tuple[Target, Target]] = []

    def take(a: Target, b: Target) -> None:
        left.remove(a)
        right.remove(b)
        pairs.append((a, b))

    for b in list(right):
        if a := next((item for item in left if item.id == b.supersedes), None):
            take(a, b)
    for b in list(right):
        if a := next((item for item in left if _key(item) == _key(b) and item.due == b.due), None):
            take(a, b)
    for b in sorted(right, key=lambda item: item.due or 0):
        same = sorted((item for item in left if _key(item) == _key(b)), key=lambda item: item.due or 0)
        if same:
            take(same[0], b)
    return pairs, left, right


def _compare(a: Target, b: Target, better: Mapping[str, str]) -> list[Change]:
    out: list[Change] = []

    def note(kind: Kind, why: str) -> None:
        out.append(Change(kind, b.indicator, a, b, why))

    if a.due != b.due:
        note("re-dated", f"due {a.due or 'open'} becomes {b.due or 'open'}")
    if (a.action, a.task) != (b.action, b.task) and a.clause != b.clause:
        note("moved", f"{a.clause} becomes {b.clause}")
    try:
        scale = 1.0 if a.unit == b.unit else units.factor(a.unit or "1", b.unit or "1")
    except UnitError:
        note("incomparable", f"{a.unit or 'no unit'} and {b.unit or 'no unit'} have no common measure")
        return out
    if a.unit != b.unit:
        note("unit", f"{a.unit or 'no unit'} becomes {b.unit or 'no unit'}")
    was, now = a.value * scale, b.value
    if abs(was - now) > SAME * max(abs(was), abs(now), 1e-12):
        lower = _lower_is_tighter(b, better)
        note("tightened" if (now < was) == lower else "loosened", f"{was:g} becomes {now:g} {b.unit}".rstrip())
    else:
        steps = (_FIRMNESS[b.comparator] - _FIRMNESS[a.comparator]) + (b.strict - a.strict)
        steps += (a.hedge in ("力争", "争取", "原则上")) - (b.hedge in ("力争", "争取", "原则上"))
        if steps:
            note("tightened" if steps > 0 else "loosened", f"{_wording(a)} becomes {_wording(b)}")
        elif a.comparator != b.comparator:
            note("wording", f"{_wording(a)} becomes {_wording(b)}")
    return out


def _wording(item: Target) -> str:
    return (
        f"{item.hedge or ''}{'more than ' if item.strict else ''}{item.comparator} {item.value:g} {item.unit}".strip()
    )


def _lower_is_tighter(item: Target, better: Mapping[str, str]) -> bool:
    if item.direction in ("decrease_by", "increase_by", "annual_growth", "increase_to"):
        return False
    if item.direction == "decrease_to" or item.comparator == "<=":
        return True
    return item.comparator != ">=" and better.get(item.indicator) == "lower"
