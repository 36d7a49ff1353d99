"""Numbers that the compiler left out: a person may make a target of one, and what that target would be at first."""

from __future__ import annotations

import re

from dafeng.compiler import Compiled
from dafeng.compiler.lexer import lex
from dafeng.compiler.result import ExcludedRecord, TargetRecord
from dafeng.review.item import Item

#: Where the words begin that a number is about.
_BEFORE = re.compile(r"[^，。；：、！？（）\n]*$")
_AFTER = re.compile(r"^[^，。；：！？\n]*")


def figures(compiled: Compiled) -> tuple[Item, ...]:
    """List the numbers that were left out, in the order of the text, each as the target it would be.

    Value and unit are read where the number has them; the words before it in its clause stand for what is measured.
    Nothing of it enters a plan unless a person makes it a target.
    """
    return tuple(
        Item(f"excluded-{one.start}", "excluded", n, one.start, one.end, _draft(compiled, one), None)
        for n, one in enumerate(compiled.excluded)
    )


def _draft(compiled: Compiled, one: ExcludedRecord) -> TargetRecord:
    text = compiled.text
    before = _BEFORE.search(text, 0, one.start)
    start = before.start() if before else one.start
    after = _AFTER.match(text[one.end :])
    end = one.end + (after.end() if after else 0)
    number = next((token for token in lex(text[one.start : end]) if token.kind == "num" and token.start == 0), None)
    section, action, task = _place(compiled, one.start)
    return TargetRecord(
        indicator="".join(text[start : one.start].split()),
        value=number.value if number else 0.0,
        value_max=number.value_max if number else None,
        unit=number.unit if number else "",
        year=None,
        period=None,
        comparator="=",
        strict=False,
        hedge=None,
        direction=None,
        baseline_year=None,
        kind="target",
        quote=text[start:end],
        start=start,
        end=end,
        value_start=one.start,
        value_end=one.end,
        section=section,
        action=action,
        task=task,
        frame="chosen",
    )


def _place(compiled: Compiled, at: int) -> tuple[str | None, str | None, str | None]:
    """Find the chapter, action and task that a place in the text stands in."""
    section = next((one.no or one.title for one in compiled.sections if one.start <= at < one.end), None)
    action = next((one.no or one.title for one in compiled.actions if one.start <= at < one.end), None)
    task = next((one.no or one.title for one in compiled.tasks if one.start <= at < one.end), None)
    return section, action, task
