"""Building targets: names restored, several numbers distributed over subjects or times, comparator and kind."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from dafeng.compiler import names
from dafeng.compiler.clauses import Clause
from dafeng.compiler.found import NEVER, Found, When, united
from dafeng.compiler.lexer import Token
from dafeng.compiler.lexicon import words
from dafeng.compiler.passage import Passage, Run
from dafeng.compiler.phrase import Phrase

_WORK = re.compile(r"(?:改造|建设|治理|修复|更新|替代|置换|造林|绿化|推广|应用)$")
_LONGEST_NAME = 40
_UNTIMED = 0.9
_TIME_CLAUSE = 30
#: What a clause says of its subject without a number: 天然气产量快速增长.
_GROWS = re.compile(
    r"(?:快速|稳步|持续|大幅|明显|显著|进一步|逐步|较快|稳定|不断)(?:增长|提升|提高|下降|降低|增加|扩大|优化|改善|上升)$"
)
_NEAR = 200
_TOTALS = ("总量", "消费量", "排放量")
_SHORTEST_NAME = 2
_SAVING = re.compile(r"(?:绿色建筑)?节能(?:设计)?(?:标准|要求)")
_ENFORCES = re.compile(r"(?:全面|全部|严格|统一|均|将|开始)*(?:执行|实行)$")
_COUNTS = "两三四五六"
_ALL_OF = re.compile(
    rf"(?:上述|以上|前述|这)?(?P<count>[{_COUNTS}])(?:项|个|类)(?:指标|比例|比率|占比|比重|目标)"
    r"|(?:上述|以上|前述)(?:各项|几项)?(?:指标|比例|比率|占比|比重)"
)


@cache
def tail_comparators() -> dict[str, str]:
    """Give the comparator of every word that may follow a number."""
    return {word: symbol for symbol, group in words("grammar")["comparators_after"].items() for word in group}


def build(
    passage: Passage,
    run: Run,
    phrase: Phrase,
    name: str,
    *,
    kind: str,
    sure: float,
    direction: str | None = None,
    quote_end: int = -1,
) -> list[Found]:
    """Make the targets of a run; `sure` says how certain the reading of the name is."""
    bound = phrase.comparator in (">=", "<=") and not phrase.makes
    rule = bound and not (passage.loose and names.head(name).endswith(_TOTALS))
    times = [NEVER] if passage.loose and rule else list(passage.times) or [NEVER]
    baseline = next((token.years[-1] for token in reversed(phrase.bases or passage.bases) if token.years), None)
    subjects, whens, certain = _distribute(run, name, times, direction)
    tail = run.last.tail if not any(token.tail for token in run.numbers[:-1]) else ""
    begin = _quote_start(passage, run)
    quote_end = max(quote_end, run.last.end)
    out: list[Found] = []
    for token, subject, when in zip(run.numbers, subjects, whens, strict=True):
        known = [*passage.names, *(item.indicator for item in out)]
        indicator, restored = names.restore(subject, known, passage.context)
        if kind in ("level", "bare") and not names.head(indicator) and (direction is None or token.unit != "%"):
            indicator += words("names")["of_unit"].get(token.unit, "")
        comparator, strict = _comparator(phrase, token, token.tail or tail)
        item = Found(
            number=token,
            indicator=indicator,
            when=when,
            comparator=comparator,
            strict=strict,
            hedge=phrase.hedge or passage.hedge,
            direction=direction,
            baseline_year=baseline,
            kind="standard" if _is_rule(phrase, when, direction) and not _is_total(passage, indicator) else "target",
            start=begin,
            end=quote_end,
            frame=kind,
            confidence=round(sure * certain * restored * (_UNTIMED if when is NEVER else 1.0), 2),
        )
        if len(run.numbers) == 1 and len(times) > 1 and phrase.distributive:
            out.extend(item.at(moment, shared=n > 0) for n, moment in enumerate(times))
        else:
            out.append(item)
    return out


def _distribute(run: Run, name: str, times: list[When], direction: str | None) -> tuple[list[str], list[When], float]:
    """Give each number its subject and its time."""
    count = len(run.numbers)
    subjects, whens = [name] * count, [united(times)] * count
    if count == 1:
        return subjects, whens, 1.0
    if len({token.dimension for token in run.numbers if token.unit}) > 1 and not run.phrase.distributive:
        return subjects, whens, 1.0
    span = times[-1]
    if run.phrase.distributive and span.first and span.year and span.year - span.first + 1 == count:
        return subjects, [When(year=year) for year in range(span.first, span.year + 1)], 1.0
    if len(times) == count:
        return subjects, times, 1.0
    parts = names.divide(name, count, ratio=run.last.dimension == "share" and direction is None)
    return (subjects, whens, 0.6) if parts is None else (parts, whens, 1.0)


def _quote_start(passage: Passage, run: Run) -> int:
    """Find where the quote of a run begins: with its time, its clause, or after the target before it in the clause."""
    if any(
        item.number.start >= run.clause.start and item.number.start < run.numbers[0].start
        for item in passage.found[-_NEAR:]
    ):
        return run.start
    return passage.time_from if _only_time_before(passage, run.clause) else run.clause.start


def _only_time_before(passage: Passage, clause: Clause) -> bool:
    between = passage.flat[max(passage.time_from, 0) : clause.start]
    return passage.time_from >= 0 and between.count("，") <= 1 and len(between) < _TIME_CLAUSE


def _comparator(phrase: Phrase, token: Token, tail: str) -> tuple[str, bool]:
    if phrase.comparator and phrase.comparator != "~":
        if tail and tail_comparators()[tail] == "~":
            return "~", False
        if token.value_max is not None and phrase.comparator == "<=" and not phrase.strict:
            return "=", False
        return phrase.comparator, phrase.strict
    if tail:
        return tail_comparators()[tail], False
    return ("~", False) if phrase.comparator == "~" or token.more else ("=", False)


def _is_rule(phrase: Phrase, when: When, direction: str | None) -> bool:
    """Tell a rule imposed on projects or layouts from a target of the place: it has a bound and no date."""
    bound = phrase.comparator in (">=", "<=") and (not phrase.strict or phrase.modal)
    return bound and not phrase.makes and direction != "annual_growth" and when.year is None and when.period is None


def _is_total(passage: Passage, indicator: str) -> bool:
    """Tell whether a bound is on a total of the place, which is no rule for projects: 能源消费总量控制在…."""
    return passage.goals and names.head(indicator).endswith(_TOTALS)


def enforced(passage: Passage, run: Run) -> tuple[list[Found], str, int] | None:
    """Read 2025年起，新建居住建筑执行 75%节能标准: a standard from a year on, or a target where one is due."""
    told, zone = _SAVING.match(run.rest), _ENFORCES.sub("", run.zone)
    name = names.clean(zone, keep_maker=True)
    if told is None or zone == run.zone or len(name) < _SHORTEST_NAME or run.last.dimension != "share":
        return None
    if not passage.timed:
        return [], "specification", run.last.end
    end = run.last.end + told.end()
    found = build(passage, run, run.phrase, name + told.group(), kind="share", sure=0.85, quote_end=end)
    rules = all(item.when.last is None for item in found)
    return [replace(item, kind="standard") if rules else item for item in found], "", run.last.end


def is_aimed(passage: Passage, run: Run) -> bool:
    """Tell whether a count with a lower bound is what a hedge and a time promise: 力争2025年前备案项目 1 个以上."""
    least = bool(run.last.tail) and tail_comparators()[run.last.tail] == ">="
    return least and run.last.dimension == "count" and bool(run.phrase.hedge or passage.hedge) and passage.timed


def all_of(passage: Passage, run: Run, name: str) -> str:
    """Give the indicators before that 两项指标 or 上述指标 stands for, joined by 、; empty where it does not."""
    match = _ALL_OF.fullmatch(name)
    if match is None:
        return ""
    count = _COUNTS.index(match.group("count")) + 2 if match.group("count") else len(run.numbers)
    known = list(dict.fromkeys(item.indicator for item in passage.found[-_NEAR:]))[-count:]
    return "、".join(known) if len(known) == count and len(run.numbers) in (1, count) else ""


def is_ratio(passage: Passage, run: Run, name: str) -> bool:
    """Tell whether a number without a unit is the level of a ratio such as PUE."""
    if not (run.phrase.comparator in (">=", "<=") or run.last.tail or passage.timed):
        return False
    clause = passage.text[run.clause.start : run.clause.end]
    ratio = any(word in name or word in clause for word in words("names")["measure_unitless"])
    same = passage.same_sentence
    return (ratio or (bool(same) and not same[-1].number.unit)) and not re.search(r"[项个家]$", name)


def antecedent(passage: Passage, number: Token) -> tuple[str, float]:
    """Find the indicator a clause leaves out, and how sure that is: a noun phrase before it, else the last one."""
    unit, aside = passage.aside
    if unit and unit == number.unit and len(aside) > 1:
        return aside, 0.7
    same = passage.same_sentence
    if passage.context:
        name = names.clean(_GROWS.sub("", passage.context[-1]))
        vague = bool(same) and names.head(name) in ("水平", "能力", "规模")
        work = not same and _WORK.search(name) and number.dimension not in ("share", "points")
        if (names.head(name) or work) and len(name) <= _LONGEST_NAME and not vague:
            return name, 0.85
    if same:
        return same[-1].indicator, 0.9
    if passage.found and passage.times and not passage.context:
        return passage.found[-1].indicator, 0.8
    if passage.context and number.dimension in ("share", "points"):
        name = names.clean(passage.context[-1], keep_maker=False)
        if 2 <= len(name) <= _LONGEST_NAME:
            return name, 0.5
    return (aside, 0.6) if names.head(aside) and not passage.context else ("", 0.0)
