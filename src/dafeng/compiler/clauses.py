"""Sentences and clauses of a paragraph, with brackets and quotations folded away."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from dafeng.compiler.lexer import Token

#: Stands for every character of a bracket in `Sentence.flat`.
FILLER = "\ufffc"


@dataclass(slots=True)
class Clause:
    """One clause of a sentence: its place and the tokens in it."""

    start: int
    end: int
    tokens: list[Token] = field(default_factory=list)

    @property
    def numbers(self) -> list[Token]:
        """Give the numbers of the clause in order."""
        return [token for token in self.tokens if token.kind == "num"]

    @property
    def times(self) -> list[Token]:
        """Give the years and periods of the clause in order."""
        return [token for token in self.tokens if token.kind in ("year", "period")]


@dataclass(slots=True)
class Sentence:
    """One sentence: its clauses, and what stands in brackets as sentences of their own."""

    clauses: list[Clause]
    inner: list[tuple[int, Sentence]] = field(default_factory=list)
    closed_by: str = ""


def flatten(text: str) -> str:
    """Fold brackets to fillers and the punctuation inside quotations to blanks; the length stays the same."""
    out = list(text)
    depth = 0
    quoted = False
    for i, char in enumerate(text):
        if char in "（〔【":
            depth += 1
        if depth:
            out[i] = FILLER
        elif char in "“《":
            quoted = True
        elif char in "”》":
            quoted = False
        elif quoted and char in "，。；：、！？":
            out[i] = " "
        if char in "）〕】" and depth:
            depth -= 1
    return text if depth else "".join(out)


def sentences(text: str, tokens: Sequence[Token]) -> list[Sentence]:
    """Cut a paragraph into sentences and clauses and hand out its tokens."""
    return _cut(text, flatten(text), 0, len(text), tokens)


def _cut(text: str, flat: str, start: int, end: int, tokens: Sequence[Token]) -> list[Sentence]:
    out: list[Sentence] = []
    clauses: list[Clause] = []
    at = start
    places = [token.start for token in tokens]
    for match in re.finditer(r"[，；：。！？\t]|$", flat[start:end]):
        stop = start + match.start()
        if stop > at or (match.group() and clauses):
            near = tokens[bisect_left(places, at) : bisect_left(places, stop)]
            inside = [token for token in near if flat[token.start] != FILLER]
            clauses.append(Clause(at, stop, inside))
        at = stop + 1
        if match.group() in ("。", "！", "？", "") and clauses:
            sentence = Sentence(clauses, closed_by=text[stop - 1 : stop] if not match.group() else match.group())
            _brackets(text, flat, sentence, tokens)
            out.append(sentence)
            clauses = []
    return out


def _brackets(text: str, flat: str, sentence: Sentence, tokens: Sequence[Token]) -> None:
    low, high = sentence.clauses[0].start, sentence.clauses[-1].end
    for match in re.finditer(f"{FILLER}+", flat[low:high]):
        a, b = low + match.start() + 1, low + match.end() - 1
        if not any(a <= token.start < b and token.kind == "num" for token in tokens):
            continue
        inside = flatten(text[a:b])
        shifted = flat[:a] + inside + flat[b:]
        for part in _cut(text, shifted, a, b, tokens):
            sentence.inner.append((a, part))


def _alike(a: Token, b: Token) -> bool:
    """Tell whether two numbers can be values of one list: of one dimension, or the first without a unit."""
    return a.dimension == b.dimension or not a.unit


def is_pair(a: Token, b: Token, between: str) -> bool:
    """Tell whether two numbers give the power and the energy of one thing: 50 万千瓦/100 万千瓦时."""
    return between in ("/", "、") and {a.dimension, b.dimension} == {"power", "energy"}


def runs(clause: Clause, flat: str) -> list[list[Token]]:
    """Group the numbers of a clause: those with nothing but a joint between them belong together."""
    out: list[list[Token]] = []
    for number in clause.numbers:
        between = flat[out[-1][-1].end : number.start].replace(FILLER, "") if out else ""
        alike = bool(out) and (_alike(out[-1][-1], number) or is_pair(out[-1][-1], number, between))
        alike = alike or (bool(out) and "分别" in flat[clause.start : out[-1][0].start] and bool(number.unit))
        if alike and re.fullmatch(r"、|和|及|与|或|以及|，|/", between):
            out[-1].append(number)
        else:
            out.append([number])
    return out
