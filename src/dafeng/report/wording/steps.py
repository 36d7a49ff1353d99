"""Remarks of the kernel on the steps of a lineage, in the language of the reader."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from dafeng.facts.indicator import Axis
from dafeng.facts.observation import words as note_words
from dafeng.labels import Language
from dafeng.report.wording.quantities import quantity

_Words = Callable[[re.Match[str], Mapping[str, Axis]], str]


def _axes(text: str, axes: Mapping[str, Axis]) -> str:
    return "、".join(axes[axis].label.zh if axis in axes else axis for axis in text.split())


def _cells(text: str, axes: Mapping[str, Axis]) -> str:
    out = []
    for axis, _, cell in (part.partition("=") for part in text.split(", ")):
        name = axes[axis].labels.get(cell) if axis in axes else None
        out.append(name.zh if name else cell)
    return "、".join(out)


def _step(text: str) -> str:
    number, _, unit = text.partition(" ")
    value = float(number)
    if not value:
        return ""
    return f"；衔接处公式比观测{'高' if value > 0 else '低'} {quantity(abs(value), unit, 'zh')}"


#: What the kernel says, one remark at a time, and how it is said in Chinese.
_SAID: tuple[tuple[re.Pattern[str], _Words], ...] = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"explained above", lambda m, axes: "已在上文展开"),
        (r"the year before, explained in turn", lambda m, axes: "上一年的值，可换年份查看"),
        (r"observed", lambda m, axes: "观测值"),
        (r"absent", lambda m, axes: "缺"),
        (
            r"continues observations to (\d+); the step there is (.+)",
            lambda m, axes: f"接在 {m[1]} 年的观测之后" + _step(m[2]),
        ),
        (r"continues observations to (\d+)", lambda m, axes: f"接在 {m[1]} 年的观测之后"),
        (r"absent: (\d+%) of what it is made of is present", lambda m, axes: f"缺：所需数据只有 {m[1]}"),
        (r"replaces (.+)", lambda m, axes: f"代替 {m[1]}"),
        (r"edition unnamed", lambda m, axes: "未命名的版本"),
        (r"edition (.+)", lambda m, axes: f"版本 {m[1]}"),
        (r"in force since (\d+)", lambda m, axes: f"自 {m[1]} 年起"),
        (r"draw (\d+) of (\d+)", lambda m, axes: f"{m[2]} 次抽样的第 {m[1]} 次"),
        (r"changed; was (.+)", lambda m, axes: f"已改动，原为 {m[1]}"),
        (r"substituted: not what its formula gives alone", lambda m, axes: "含各区另行设定的差额，不只是公式所得"),
        (r"between (\d+) and (\d+)", lambda m, axes: f"{m[1]} 与 {m[2]} 年之间的直线"),
        (r"of (\d{4})", lambda m, axes: f"{m[1]} 年的值"),
        (r"total over (.+)", lambda m, axes: f"对{_axes(m[1], axes)}求和"),
        (r"of the total, only (.+)", lambda m, axes: f"合计中只取{_cells(m[1], axes)}"),
        (r"(\d+) cells, all alike", lambda m, axes: f"{m[1]} 个分项，数值相同"),
        (
            r"(\d+) cells from (\S+) to ([^,\s]+)(?:, (\d+) absent)?",
            lambda m, axes: f"{m[1]} 个分项，{m[2]} 至 {m[3]}" + (f"，缺 {m[4]} 个" if m[4] else ""),
        ),
        (r"(\d+) cells(?:, (\d+) absent)?", lambda m, axes: f"{m[1]} 个分项" + (f"，缺 {m[2]} 个" if m[2] else "")),
    )
)
#: A parameter without years holds from here on (`pathway.placed`); that it does says nothing.
_EVER = "of 1900"
#: Remarks that hold a semicolon of their own.
_WHOLE = re.compile(r"; (?!the step there|was )")


def remark(text: str, language: Language, axes: Mapping[str, Axis]) -> str:
    """Say the remarks on a step for one reader: those of the kernel, then the note of a source in its own half."""
    said = []
    parts = [part for part in _WHOLE.split(text) if part and part != _EVER]
    while parts and (words := _said(parts[0], axes)):
        said.append(words if language == "zh" else parts[0])
        parts.pop(0)
    if parts:
        said.append(note_words("; ".join(parts), language))
    return ("；" if language == "zh" else "; ").join(said)


def _said(part: str, axes: Mapping[str, Axis]) -> str:
    for pattern, words in _SAID:
        found = pattern.fullmatch(part)
        if found:
            return words(found, axes)
    return ""
