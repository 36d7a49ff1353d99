"""What was found in a document and what was not, in words for the person who gave it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dafeng.compiler.outline import Outline
from dafeng.compiler.result import ExcludedRecord, GoalRecord, TargetRecord, TaskRecord


def messages(
    whole: str,
    tree: Outline,
    tasks: Sequence[TaskRecord],
    targets: Sequence[TargetRecord],
    excluded: Sequence[ExcludedRecord],
    goals: Sequence[GoalRecord],
    on_topic: bool,
) -> Iterator[str]:
    """Yield one sentence a finding that a reader should know before using the result."""
    if not whole.strip():
        yield "the document holds no text. Give a plan as Markdown, text, DOCX, HTML or a PDF with text."
        return
    chinese = len(re.findall(r"[\u4e00-\u9fff]", whole))
    if chinese * 4 < len(whole.replace("\n", "")):
        share = f"{chinese} of {len(whole)} characters are"
        yield f"the document is not in Chinese ({share}). The compiler reads Chinese official plans."
        return
    if not on_topic:
        what = "the document is not a plan about carbon or energy: too few words of the field"
        yield f"{what}. No target was read from it."
    if not tree.sections:
        yield "no numbered or titled chapter was found. Number the headings, or give them a Markdown level."
    if not tasks:
        yield "no task was found under the headings."
    elif not any(task.units for task in tasks):
        yield f"{len(tasks)} tasks name no responsible unit."
    else:
        bare = sum(not task.units for task in tasks)
        if bare:
            yield f"{bare} of {len(tasks)} tasks name no responsible unit."
    if on_topic and not targets:
        seen = (
            f"{len(excluded)} figures were read and none sets a level" if excluded else "the document holds no figure"
        )
        yield f"no target with a number was found: {seen}."
    if on_topic and targets:
        open_year = sum(t.year is None and t.period is None and t.kind == "target" for t in targets)
        if open_year:
            yield f"{open_year} of {len(targets)} targets name no year; a person should say when they fall due."
    if on_topic and not goals:
        yield "no goal without a number was found."
