"""Where a factor comes from, as a tree: its steps, its document, what was checked, what it takes the place of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dafeng.factors.factor import Factor
from dafeng.labels import Label
from dafeng.lineage import Node

if TYPE_CHECKING:
    from dafeng.factors.store import Factors
    from dafeng.factors.verification import Verification


def explain(factors: Factors, id: str) -> Node:
    """Give the tree of one factor.

    Raises:
        NotFound: no factor has the id.
    """
    return _node(factors, factors.factor(id))


def _node(factors: Factors, factor: Factor) -> Node:
    held = factors.library
    subject, parameter = held.subjects[factor.what], held.parameters[factor.parameter]
    steps = tuple(_node(factors, factors.factor(step)) for step in factor.derived_from)
    replaced = [factors.factor(factor.supersedes)] if factor.supersedes else []
    children = (
        *((_printed(factor),) if factor.stated or factor.ranged else ()),
        *steps,
        *((_document(factors, factor),) if factor.document else ()),
        *(_check(check) for check in factors.checks(factor.id)),
        *(Node("note", old.id, _superseded(old), old.value, old.unit, note=old.note) for old in replaced),
    )
    return Node(
        kind="formula" if steps else "parameter",
        id=factor.id,
        label=Label(zh=f"{subject.zh}：{parameter.label.zh}", en=f"{subject.en}: {parameter.label.en}"),
        value=factor.value,
        unit=factor.unit,
        year=factor.years.first if factor.years.single else None,
        confidence=factor.confidence,
        note=factor.note,
        children=children,
    )


def _printed(factor: Factor) -> Node:
    text = factor.figure() if factor.ranged else factor.stated
    return Node("note", f"{factor.id} as printed", Label(zh=f"原文：{text}", en=f"printed as {text}"))


def _superseded(old: Factor) -> Label:
    return Label(zh=f"取代 {old.figure()}", en=f"in place of {old.figure()}")


def _document(factors: Factors, factor: Factor) -> Node:
    document = factors.documents[factor.document]
    label = Label(zh=document.title, en=document.title_en or document.title)
    return Node("document", document.id, label, ref=factor.locator, note=document.number)


def _check(check: Verification) -> Node:
    zh = {"confirmed": "核实", "corrected": "更正", "rejected": "不采用", "not_found": "未能核实"}[check.verdict]
    en = check.verdict.replace("_", " ")
    values = f"{check.old or '—'} → {check.checked or '—'} {check.unit}".strip()
    label = Label(zh=f"{zh}：{values}", en=f"{en}: {values}")
    return Node("note", f"check {check.document}".strip(), label, ref=check.locator, note=check.note)
