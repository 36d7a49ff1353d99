"""What a plan says of one number, in a form that the check of a plan file takes.

A plan may write a unit that no pack calculates in (层), a change without its base year, or words that contradict each
other (下降到 40% 以上). Nothing is dropped in silence: what is assumed stands in `baseline_assumed`, what a person has
to look at in `note`, which then begins with `TO_CORRECT`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import Any

from dafeng.compiler.lexicon import any_of, words
from dafeng.compiler.patterns import unit_form
from dafeng.compiler.result import TargetRecord
from dafeng.errors import UnitError
from dafeng.labels import Label
from dafeng.plan.schema import PERIODS
from dafeng.units import parse

#: A note that begins so asks a person to correct the target.
TO_CORRECT = "待订正："
_CHANGES = ("increase_by", "decrease_by")
_TOWARDS = {"increase_to": "<=", "decrease_to": ">="}
_FIVE = 5


def common_base(targets: Iterable[TargetRecord]) -> int | None:
    """Give the base year that most changes of a plan name; None where none does or two are named equally often."""
    named = Counter(target.baseline_year for target in targets if target.baseline_year).most_common(2)
    return None if not named or (len(named) > 1 and named[0][1] == named[1][1]) else named[0][0]


def pack_unit(written: str) -> tuple[str, float] | None:
    """Give a unit that `dafeng.units` reads for a written one, and what a value is to be multiplied by; else None."""
    if _parses(written):
        return written, 1.0
    known: dict[str, str] = words("units")["in_packs"]
    plain = re.sub(
        r"(标准煤|二氧化碳)?当量", lambda m: "二氧化碳当量" if m.group(1) == "二氧化碳" else "标准煤", written
    )
    if _parses(plain):
        return plain, 1.0
    if written == "成":
        return "%", 10.0
    form = re.compile(f"(?P<scale>{any_of(words('units')['magnitudes'])})?(?P<base>{any_of(known)})(?![A-Za-z])")
    changed = "/".join(
        f"{match.group('scale') or ''}{known[match.group('base')]}" if (match := form.fullmatch(part)) else part
        for part in re.sub("蒸吨/(?:小?时|h)", "蒸吨", written).split("/")
    )
    if _parses(changed):
        return changed, 1.0
    found = unit_form().fullmatch(written)
    if found and found.group("base") in _counted():
        scale = written[: written.index(found.group("base"))]
        return (f"{scale}个", 1.0) if _parses(f"{scale}个") else None
    return None


@cache
def _counted() -> frozenset[str]:
    bases = words("units")["bases"]
    return frozenset((*bases["count"], *bases["visits"], *bases["frequency"], *bases["computing"]))


@cache
def _parses(unit: str) -> bool:
    try:
        parse(unit)
    except UnitError:
        return False
    return True


def writable(target: TargetRecord, *, issued: int, base: int | None, linked: bool) -> dict[str, Any]:
    """Give the fields of a plan target for one number of the text.

    `issued` is the year of the plan, `base` the base year that its other changes name, `linked` whether an indicator of
    the city was found: an unlinked 新增 50 万千瓦 is read as the amount itself.
    """
    notes: list[tuple[str, str]] = []
    said: dict[str, Any] = {
        name: getattr(target, name)
        for name in ("value", "value_max", "unit", "comparator", "strict", "year", "period", "from_year", "direction")
    } | {"baseline_year": target.baseline_year, "hedge": target.hedge, "kind": target.kind}
    _unit(said, notes)
    _order(said, notes)
    _strength(said, target)
    _base(said, notes, issued, base, linked=linked)
    if notes:
        said["note"] = Label(
            zh=TO_CORRECT + "；".join(zh for zh, _ in notes), en="To be corrected: " + "; ".join(en for _, en in notes)
        )
    return said


def _unit(said: dict[str, Any], notes: list[tuple[str, str]]) -> None:
    written = said["unit"]
    found = pack_unit(written)
    if found is None:
        said["unit"] = ""
        notes.append((f"方案的单位“{written}”无法换算", f"the plan's unit '{written}' cannot be calculated with"))
        return
    unit, factor = found
    if unit != written:
        said["unit"] = unit
        said["value"] *= factor
        said["value_max"] = said["value_max"] and said["value_max"] * factor
        notes.append(
            (f"方案的单位为“{written}”，记为“{unit}”", f"the plan writes the unit '{written}', kept as '{unit}'")
        )


def _order(said: dict[str, Any], notes: list[tuple[str, str]]) -> None:
    """Take back one of two statements that contradict each other."""
    if said["value_max"] is not None and said["value_max"] <= said["value"]:
        notes.append(("区间上下限颠倒，只留一端", "the range is upside down, one end is kept"))
        said["value_max"] = None
    if said["value_max"] is not None and said["comparator"] in (">=", "<="):
        said["comparator"] = "="
        notes.append(("区间另带上下限用语", "the range has a bound as well"))
    if said["strict"] and said["comparator"] not in (">=", "<="):
        said["strict"] = False
    if said["direction"] in _TOWARDS and _TOWARDS[said["direction"]] == said["comparator"]:
        notes.append(
            ("升降方向与上下限用语不合", f"the direction {said['direction']} contradicts {said['comparator']}")
        )
        said["direction"] = None
    if said["year"] is not None and said["period"] is not None:
        said["period"] = None
    due = _due(said)
    if said["from_year"] is not None and due is not None and said["from_year"] > due:
        notes.append(("起始年晚于目标年", "it starts after it falls due"))
        said["from_year"] = None
    if said["baseline_year"] is not None and due is not None and said["baseline_year"] >= due:
        year = said["baseline_year"]
        notes.append((f"基年 {year} 不早于目标年", f"the base year {year} is not before the year it falls due"))
        said["baseline_year"] = None


def _strength(said: dict[str, Any], target: TargetRecord) -> None:
    assured = "确保" in target.quote[: max(0, target.value_start - target.start)]
    if not said["hedge"] and assured:
        said["hedge"] = "确保"
    said["strength"] = {"力争": "striving", "争取": "striving", "确保": "binding"}.get(said["hedge"] or "", "expected")


def _base(said: dict[str, Any], notes: list[tuple[str, str]], issued: int, common: int | None, *, linked: bool) -> None:
    """Find the base year that a change leaves open, and say that it was found and not read."""
    if said["direction"] not in _CHANGES or said["baseline_year"] is not None:
        return
    relative = not parse(said["unit"]).dimension
    if not relative and not linked:
        said["measure"] = "level"
        return
    due = _due(said)
    if said["period"]:
        year, why, reason = PERIODS[said["period"]][0] - 1, "按所在规划期上一年", "the year before its period"
    elif due is not None and due <= issued:
        year, why, reason = due - 1, "按目标年上一年", "the year before it falls due"
    elif common is not None and (due is None or common < due):
        year, why, reason = common, "按方案其他目标的基年", "the base year of the plan's other changes"
    else:
        year = (issued - 1) // _FIVE * _FIVE
        why, reason = "按印发时上一个五年规划末年", "the last year of the five-year plan before its issue"
    said["baseline_year"] = year
    said["baseline_assumed"] = Label(
        zh=f"方案没有写基年，{why} {year} 年假定，待核。",
        en=f"The plan names no base year; {year}, {reason}, is assumed and to be checked.",
    )
    if due is None and relative:
        notes.append(("变化幅度没有写年份", "the change names no year"))


def _due(said: dict[str, Any]) -> int | None:
    year: int | None = said["year"]
    return year if year is not None else PERIODS[said["period"]][1] if said["period"] else None
