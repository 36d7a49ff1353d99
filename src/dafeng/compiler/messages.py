"""What was found in a document and what was not, in words for the person who gave it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dafeng.compiler.outline import Outline
from dafeng.compiler.result import ExcludedRecord, GoalRecord, TargetRecord, TaskRecord
from dafeng.labels import Label


def messages(
    whole: str,
    tree: Outline,
    tasks: Sequence[TaskRecord],
    targets: Sequence[TargetRecord],
    excluded: Sequence[ExcludedRecord],
    goals: Sequence[GoalRecord],
    on_topic: bool,
) -> Iterator[Label]:
    """Yield one sentence a finding that a reader should know before using the result."""
    if not whole.strip():
        yield Label(
            en="the document holds no text. Give a plan as Markdown, text, DOCX, HTML or a PDF with text.",
            zh="文件没有文字。请提供 Markdown、文本、DOCX、HTML 或带文字的 PDF。",
        )
        return
    chinese = len(re.findall(r"[\u4e00-\u9fff]", whole))
    if chinese * 4 < len(whole.replace("\n", "")):
        yield Label(
            en=f"the document is not in Chinese ({chinese} of {len(whole)} characters are). "
            "The compiler reads Chinese official plans.",
            zh=f"文件不是中文（{len(whole)} 个字符中汉字 {chinese} 个）。只能读取中文公文。",
        )
        return
    if not on_topic:
        yield Label(
            en="the document is not a plan about carbon or energy: too few words of the field. "
            "No target was read from it.",
            zh="文件不是有关碳或能源的方案：领域用语过少。未从中读取目标。",
        )
    if not tree.sections:
        yield Label(
            en="no numbered or titled chapter was found. Number the headings, or give them a Markdown level.",
            zh="没有找到带编号或标题的章节。请给标题编号，或标明 Markdown 级别。",
        )
    bare = sum(not task.units for task in tasks)
    if not tasks:
        yield Label(en="no task was found under the headings.", zh="各级标题下没有找到任务。")
    elif bare == len(tasks):
        yield Label(en=f"{bare} tasks name no responsible unit.", zh=f"{bare} 项任务均未写责任单位。")
    elif bare:
        yield Label(
            en=f"{bare} of {len(tasks)} tasks name no responsible unit.",
            zh=f"{len(tasks)} 项任务中有 {bare} 项未写责任单位。",
        )
    if on_topic and not targets:
        count = len(excluded)
        yield Label(
            en="no target with a number was found: "
            + (f"{count} figures were read and none sets a level." if count else "the document holds no figure."),
            zh="没有找到带数字的目标：" + (f"读到 {count} 个数字，均未设定水平。" if count else "文件中没有数字。"),
        )
    open_year = sum(t.year is None and t.period is None and t.kind == "target" for t in targets)
    if on_topic and open_year:
        yield Label(
            en=f"{open_year} of {len(targets)} targets name no year; a person should say when they fall due.",
            zh=f"{len(targets)} 项目标中有 {open_year} 项未写年份，须由审阅人补上期限。",
        )
    if on_topic and not goals:
        yield Label(en="no goal without a number was found.", zh="没有找到定性目标。")
