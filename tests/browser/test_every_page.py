"""Every kind of page, in both languages: accessible at two widths and in two themes, within width and policy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext

PAGES = (
    "/",
    "/targets?action=transport",
    "/targets/pv-capacity-2030",
    "/targets/intensity-2025",
    "/targets/pv-capacity-2027",
    "/goals/crude-steel",
    "/goals/peak-2030",
    "/actions",
    "/actions/transport",
    "/chapters/policy",
    "/units",
    "/units/housing-construction",
    "/units/baoshan",
    "/facts?domain=power",
    "/facts/economy.gdp",
    "/facts/energy.balance",
    "/documents?kind=communique",
    "/documents/sh-action-plan-2024",
    "/documents/nbs-provincial-annual-2025",
    "/versions",
    "/methods",
    "/accounts",
    "/accounts?boundary=inventory-2025&year=2016&place=huangpu",
    "/accounts/reconciliation",
    "/accounts/change",
    "/accounts/peak",
    "/accounts/estimate",
    "/accounts/indicators",
    "/districts",
    "/districts/change",
    "/districts/huangpu",
    "/enterprises",
    "/pathway",
    "/pathway?s=current&x=pv-capacity:900&odds=1&until=2060",
    "/pathway/explain?of=steel&year=2030",
    "/pathway/difference?s=faster",
    "/pathway/seek?target=pv-capacity-2030&target=peak",
    "/pathway/cost",
    "/pathway/places",
    "/pathway/places/pudong?p=delivery-by-districts@pudong:0.7&pin=plan",
    "/pathway/past",
    "/power",
    "/power/week",
    "/power/curves",
    "/power/balance?year=2035",
    "/power/flexibility?year=2025",
    "/power/alternatives",
    "/power/coupling",
    "/power/previews",
    "/power/compare",
    "/power/solve",
    "/factors",
    "/factors?what=electricity&regime=assessed&year=2020&q=coal",
    "/factors/enterprise-defaults.refinery_gas.ncv",
    "/targets?q=nothing+of+that+name",
    "/no-such-page",
    "/targets?status=unheard-of",
)
#: Rows beyond the first repeat their markup; to read them all would take axe minutes.
REPEATED = {"exclude": [["tbody tr:nth-child(n+9)"]]}
#: The whole set of rules at one width and theme; at the others what width and theme can change.
LOOKS: tuple[tuple[int, str, list[str] | None], ...] = (
    (1440, "light", None),
    (1440, "dark", ["color-contrast"]),
    (390, "dark", ["color-contrast", "scrollable-region-focusable", "target-size"]),
    (390, "light", ["color-contrast"]),
)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_accessible_and_fits(
    context: Callable[..., BrowserContext], server: str, path: str, language: str
) -> None:
    page = context().new_page()
    problems: list[Any] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(f"{server}/{language}{path}")
    axe = Axe()
    for width, theme, rules in LOOKS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        options: dict[str, Any] = {"resultTypes": ["violations"]}
        if rules:
            options["runOnly"] = {"type": "rule", "values": rules}
        found = axe.run(page, context=REPEATED, options=options).response["violations"]
        problems += [(width, theme, item["id"], [node["html"] for node in item["nodes"]][:3]) for item in found]
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            problems.append(f"{wide} wide at {width}")
    problems += page.evaluate("window.refused")
    assert problems == []
