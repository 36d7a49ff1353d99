"""Promises without a number: 全覆盖, 零填埋, 只减不增, the peak itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from dafeng.compiler import names
from dafeng.compiler.clauses import Clause, flatten, sentences
from dafeng.compiler.found import NEVER, When, moments, united
from dafeng.compiler.lexer import lex
from dafeng.compiler.lexicon import words

_REACHED = re.compile(r"实现|达到|达峰|前")
_TIME_CLAUSE = 12


@dataclass(frozen=True, slots=True)
class Goal:
    """One promise, in the clean text of one piece."""

    indicator: str
    when: When
    hedge: str
    start: int
    end: int


@cache
def _forms() -> dict[str, re.Pattern[str]]:
    data = words("goals")
    return {kind: re.compile("|".join(f"(?:{form})" for form in data[kind])) for kind in ("peak", "strong", "dated")}


def _of_some(clause: Clause, body: str) -> bool:
    """Tell whether the numbers of a clause only say of whom something is promised: 35 蒸吨以下锅炉全部清零."""
    match = _forms()["strong"].search(body)
    told = match is not None and all(token.end <= clause.start + match.start() for token in clause.numbers)
    return told and all(token.tail or body[token.end - clause.start :][:1] == "的" for token in clause.numbers)


class Goals:
    """Reads promises paragraph by paragraph."""

    def read(self, text: str, this_year: int | None = None, *, aim: bool = False) -> Iterator[Goal]:
        """Yield the promises of one paragraph in order."""
        tokens = lex(text, this_year)
        flat = flatten(text)
        times: list[When] = []
        forms = _forms()
        for sentence in sentences(text, tokens):
            times = times if aim else []
            for n, clause in enumerate(sentence.clauses):
                own = [token for token in clause.times if token.mode != "since"]
                if own:
                    times = [when for token in own[-1:] for when in moments(token)]
                body = flat[clause.start : clause.end]
                before = sentence.clauses[n - 1] if n else None
                fresh = before is not None and bool(before.times) and before.end - before.start <= _TIME_CLAUSE
                if clause.numbers and not re.search(r"半径", body) and not _of_some(clause, body):
                    continue
                when = united(times)
                due = when.last is not None
                match = forms["strong"].search(body) or (forms["dated"].search(body) if due else None)
                if match is None and due and (own or fresh) and _REACHED.search(body):
                    match = forms["peak"].search(body)
                if match is None or body.endswith("的") or len(body) < 4:
                    continue
                begin = before.start if fresh and before is not None and not own else clause.start
                hedge = re.search(r"力争|争取|原则上", body)
                subject = names.clean(
                    re.sub(r"^.*?(?:年(?:底)?前?|期间)，?", "", body[: match.start()]) or body, keep_maker=False
                )
                yield Goal(
                    subject or names.clean(body),
                    when if due else NEVER,
                    hedge.group() if hedge else "",
                    begin,
                    clause.end,
                )
