"""What a number of the simulator is made of: the tree of formulas, facts and parameters behind it."""

from __future__ import annotations

from typing import Any

from dafeng.errors import NotFound
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
    city = page.snapshot.city
    node = city.named(state.explain(variable, year))
    name = page.label(sector.label if sector else node.label) or variable
    value = page.q(node.value, node.unit) if node.value is not None else "—"
    others = [
        (page.label(each.label), asked.url("explain", of=each.id, year=year), each.id == of)
        for each in sectors.values()
    ]
    return {
        "asked": asked,
        "node": node,
        "name": name,
        "value": value,
        "year": year,
        "others": others,
        "before": asked.url("explain", of=of, year=year - 1) if year - 1 in asked.pathway.years else "",
        "after": asked.url("explain", of=of, year=year + 1) if year + 1 in asked.pathway.years else "",
        "scenario": wording.subscripts(page.label(asked.scenario.label)),
    }
