"""Names for the steps of a lineage, from what the pack declares and what the formulas are called."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from pydantic import RootModel

from dafeng.documents import Document
from dafeng.facts.indicator import Axis, Indicator
from dafeng.labels import Label
from dafeng.lineage import Node
from dafeng.store import yamlfile

_LABELS = Path(__file__).resolve().parent.parent / "domains" / "labels.yaml"
#: An observation or a cell is named after its indicator: "power.peak_load@north/2025", "road.fleet[vehicle=bus]".
_NAMED = re.compile(r"^(?P<id>[^@\[]+)(?:\[(?P<cells>[^\]]*)\])?")


class _Formulas(RootModel[dict[str, dict[str, Label]]]):
    """The content of labels.yaml: domain, then name."""


@cache
def formulas() -> Mapping[str, Label]:
    """Give what formulas, and the factors of the accounts that they read, are called, by id."""
    content = yamlfile.whole(_Formulas, _LABELS).root
    return {f"{domain}.{name}": label for domain, names in content.items() for name, label in names.items()}


def named(
    node: Node,
    indicators: Mapping[str, Indicator],
    documents: Mapping[str, Document],
    labels: Mapping[str, Label] | None = None,
    axes: Mapping[str, Axis] | None = None,
) -> Node:
    """Give the tree with a label on every step that an indicator, a document or `labels` names; labels it has stay."""
    children = tuple(named(child, indicators, documents, labels, axes) for child in node.children)
    label = node.label or _label(node, indicators, documents, labels or {}, axes or {})
    return node if label is node.label and children == node.children else replace(node, label=label, children=children)


def _label(
    node: Node,
    indicators: Mapping[str, Indicator],
    documents: Mapping[str, Document],
    labels: Mapping[str, Label],
    axes: Mapping[str, Axis],
) -> Label | None:
    if node.kind == "document":
        document = documents.get(node.id)
        return Label(zh=document.title, en=document.title_en or document.title) if document else None
    found = _NAMED.match(node.id)
    if found is None:
        return None
    indicator = indicators.get(found["id"])
    label = indicator.label if indicator else labels.get(found["id"])
    return _of_cell(label, found["cells"], axes) if label and found["cells"] else label


def _of_cell(label: Label, cells: str, axes: Mapping[str, Axis]) -> Label:
    """Add the names of a cell: of an axis that has none, the ids."""
    zh, en = [], []
    for axis, _, cell in (part.partition("=") for part in cells.split(", ")):
        name = axes[axis].labels.get(cell) if axis in axes else None
        zh.append(name.zh if name else cell)
        en.append(name.en if name else cell)
    return Label(zh=f"{label.zh}（{'、'.join(zh)}）", en=f"{label.en} ({', '.join(en)})")


def declared(variables: Mapping[str, tuple[Label | None, str]]) -> dict[str, Indicator]:
    """Give an indicator for every variable that brings its own label; `variables` maps ids to label and unit."""
    return {
        id: Indicator(id=id, label=label, unit=unit, variable=True) for id, (label, unit) in variables.items() if label
    }
