"""The words right before a number: predicate, comparator, hedge, baseline, read from the number to the left."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from dafeng.compiler.lexer import Token
from dafeng.compiler.lexicon import words

#: What a class of predicate says of the direction.
DIRECTIONS = {
    "reach": None,
    "increase_to": "increase_to",
    "decrease_to": "decrease_to",
    "increase_by": "increase_by",
    "decrease_by": "decrease_by",
    "annual_growth": "annual_growth",
    "annual_fall": "decrease_by",
}
_BY = ("increase_by", "decrease_by", "annual_growth", "annual_fall")
#: What a number counts for each: 降至每平方米 90 千瓦时.
_PER = re.compile(r"(?<=[到至于过为在由从])每(?:平方米|万平方米|万元|吨|公里|人|户|万人|立方米|日|天|百公里)$")
_SINGLE_REACH = 1


@dataclass(slots=True)
class Phrase:
    """What was read before a number; `at` is where the subject ends."""

    at: int
    predicate: str = ""
    word: str = ""
    comparator: str = ""
    strict: bool = False
    hedge: str = ""
    verb: str = ""
    distributive: bool = False
    opened: bool = False
    summed: bool = False
    modal: bool = False
    yearly: bool = False
    makes: bool = False
    times: list[Token] = field(default_factory=list)
    bases: list[Token] = field(default_factory=list)


@cache
def _classes() -> tuple[dict[str, tuple[str, ...]], int]:
    grammar = words("grammar")
    found: dict[str, list[str]] = {}
    for comparator, group in grammar["comparators_before"].items():
        for word in group:
            found.setdefault(word, []).append("cmp" + comparator)
    for key in (
        "hedges",
        "reach",
        "increase_to",
        "decrease_to",
        "increase_by",
        "decrease_by",
        "annual_growth",
        "annual_fall",
        "distributive",
        "adverbs",
        "from_words",
        "make_named",
        "make",
    ):
        for word in grammar[key]:
            found.setdefault(word, []).append(key)
    return {word: tuple(kinds) for word, kinds in found.items()}, max(map(len, found))


def peel(flat: str, tokens: Sequence[Token], start: int, number: int) -> Phrase:
    """Read leftward from a number to `start` until a word that belongs to the subject."""
    phrase = Phrase(number)
    table, most = _classes()
    ends = {token.end: token for token in tokens if token.kind in ("year", "period", "base") and token.start >= start}
    guards: dict[str, str] = words("grammar")["not_adverb"]
    if per := _PER.search(flat, start, number):
        phrase.at = per.start()
    while phrase.at > start:
        token = ends.get(phrase.at) or (ends.get(phrase.at - 1) if flat[phrase.at - 1] in "的，" else None)
        if token is not None:
            (phrase.bases if token.kind == "base" else phrase.times).insert(0, token)
            phrase.at = token.start + _joined_to_verb(flat, token.start)
            continue
        for size in range(min(most, phrase.at - start), 0, -1):
            if any(phrase.at - size < end < phrase.at for end in ends):
                continue
            word = flat[phrase.at - size : phrase.at]
            kinds = table.get(word)
            before = flat[phrase.at - size - 1 : phrase.at - size] if phrase.at - size > start else ""
            if (
                kinds
                and not (size == 1 and before and before in guards.get(word, ""))
                and _take(phrase, word, kinds, number)
            ):
                phrase.at -= size
                break
        else:
            break
    return phrase


@cache
def verbs_in_to() -> tuple[str, ...]:
    """Give the verbs whose last letter is 到 or 至, which a year after them may seem to begin with."""
    grammar = words("grammar")
    return tuple(
        word
        for key in ("reach", "increase_to", "decrease_to")
        for word in grammar[key]
        if len(word) > 1 and word[-1] in "到至"
    )


def _joined_to_verb(flat: str, at: int) -> int:
    """Tell whether the 到 a year begins with belongs to the verb before it: 提高到 2025 年的 25%."""
    return int(flat[at] in "到至" and flat[max(0, at - 2) : at + 1].endswith(verbs_in_to()))


def _take(phrase: Phrase, word: str, kinds: tuple[str, ...], number: int) -> bool:
    """Take one word into the phrase if it may stand there."""
    bare = not phrase.predicate and not phrase.comparator
    for kind in kinds:
        if kind.startswith("cmp"):
            if phrase.comparator and phrase.comparator != "~":
                return False
            symbol = kind[3:]
            phrase.strict = symbol in "<>"
            phrase.comparator = {"<": "<=", ">": ">="}.get(symbol, symbol)
            phrase.modal = phrase.modal or word[:1] in "应不"
            return True
        if kind == "hedges":
            phrase.hedge = phrase.hedge or word
            return True
        if kind == "distributive":
            phrase.distributive = True
            return True
        if kind == "from_words":
            if bare:
                phrase.opened = True
            return bare
        if kind == "adverbs":
            if len(word) == 1 and bare and not phrase.verb and word != "共":
                return False
            phrase.summed = phrase.summed or word in ("累计", "合计", "总计", "共计", "共")
            phrase.yearly = phrase.yearly or word in ("每年", "年均")
            phrase.modal = phrase.modal or word in ("应", "须", "应当", "必须", "一般")
            return True
        if kind in DIRECTIONS and _predicate(phrase, word, kind, kinds):
            return True
        if (
            kind in ("make", "make_named")
            and not phrase.predicate
            and not phrase.verb
            and phrase.comparator in ("", "~", ">=", "<=")
        ):
            phrase.verb = word
            return True
    return False


def _predicate(phrase: Phrase, word: str, kind: str, kinds: tuple[str, ...]) -> bool:
    if not phrase.predicate and not phrase.verb:
        if len(word) == _SINGLE_REACH and phrase.comparator and word not in "达到占为":
            return False
        if "make" in kinds or "make_named" in kinds:
            phrase.verb = word
        phrase.predicate, phrase.word = kind, word
        return True
    rises = kind in _BY and word[-1:] not in "量排"
    if phrase.predicate == "reach" and not phrase.verb and rises and phrase.word[:1] in "达到为是不保稳维":
        phrase.predicate, phrase.word = kind, word + phrase.word
        return True
    return False
