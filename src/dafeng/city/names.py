"""Names for the steps of a lineage, from what the pack declares."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from dafeng.documents import Document
from dafeng.facts.indicator import Indicator
from dafeng.labels import Label
from dafeng.lineage import Node

#: An observation or a cell is named after its indicator: "power.peak_load@north/2025", "road.fleet[vehicle=bus]".
_INDICATOR = re.compile(r"^[^@\[]+")


def named(node: Node, indicators: Mapping[str, Indicator], documents: Mapping[str, Document]) -> Node:
    """Give the tree with a label on every step that an indicator or a document names; labels it has stay."""
    children = tuple(named(child, indicators, documents) for child in node.children)
    label = node.label or _label(node, indicators, documents)
    return node if label is node.label and children == node.children else replace(node, label=label, children=children)


def _label(node: Node, indicators: Mapping[str, Indicator], documents: Mapping[str, Document]) -> Label | None:
    if node.kind == "document":
        document = documents.get(node.id)
        return Label(zh=document.title, en=document.title_en or document.title) if document else None
    found = _INDICATOR.match(node.id)
    indicator = indicators.get(found[0]) if found else None
    return indicator.label if indicator else None


def declared(variables: Mapping[str, tuple[Label | None, str]]) -> dict[str, Indicator]:
    """Give an indicator for every variable that brings its own label; `variables` maps ids to label and unit."""
    return {
        id: Indicator(id=id, label=label, unit=unit, variable=True) for id, (label, unit) in variables.items() if label
    }
