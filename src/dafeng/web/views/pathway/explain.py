"""What a number of the simulator is made of: the tree of formulas, facts and parameters behind it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dafeng import units
from dafeng.errors import NotFound
from dafeng.lineage import Node
from dafeng.pathway import Scenario
from dafeng.report import wording
from dafeng.web import query
from dafeng.web.page import Page
from dafeng.web.views.pathway.asked import read


def show(page: Page) -> dict[str, Any]:
    """Give the values of the page. Raises NotFound for a sector, a quantity or a year that the model does not have."""
    asked = read(page)
    params = page.params
    sectors = {sector.id: sector for sector in asked.pathway.settings.sectors}
    of = query.text(params, "of") or next(iter(sectors))
    state = asked.projection.state
    sector = sectors.get(of)
    variable = sector.variable if sector else of
    if variable not in {*state.model.graph.by_id, *state.data}:
        raise NotFound("quantity", of, [*sectors, *state.model.graph.by_id])
    text = query.text(params, "year") or str(asked.pathway.settings.peak_before)
    if not text.isdecimal() or int(text) not in asked.pathway.years:
        raise NotFound("year", text, map(str, asked.pathway.years))
    year = int(text)
    node = _by_scenario(page.snapshot.city.named(state.explain(variable, year)), asked.scenario)
    to = "万tCO2" if page.zh else "MtCO2"
    to = to if units.same_dimension(node.unit, to) else ""
    name = page.label(sector.label if sector else node.label) or variable
    value = page.q(node.value, node.unit, to=to) if node.value is not None else "—"
    others = [
        (page.label(each.label), asked.url("explain", of=each.id, year=year), each.id == of)
        for each in sectors.values()
    ]
    return {
        "asked": asked,
        "node": node,
        "to": to,
        "name": name,
        "value": value,
        "year": year,
        "others": others,
        "before": asked.url("explain", of=of, year=year - 1) if year - 1 in asked.pathway.years else "",
        "after": asked.url("explain", of=of, year=year + 1) if year + 1 in asked.pathway.years else "",
        "scenario": wording.subscripts(page.label(asked.scenario.label)),
    }


def _by_scenario(node: Node, scenario: Scenario) -> Node:
    """Name the scenario where it is what set a parameter: it is no document."""
    children = tuple(_by_scenario(child, scenario) for child in node.children)
    if node.kind == "document" and node.id == scenario.id:
        return replace(node, kind="note", label=scenario.label)
    return replace(node, children=children)
