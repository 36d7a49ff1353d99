"""The simulator and its pages, on the toy city with a pathway: what they show is what the library gives."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook
from tests.pathway.conftest import built
from tests.web.conftest import DAYS
from tests.web.markup import Markup

from dafeng.city import load as load_city
from dafeng.pathway import Pathway, load, project

if TYPE_CHECKING:
    from tests.web.conftest import Client

PAGES = (
    "pathway",
    "pathway?s=current&x=pv-capacity:120&pin=plan&until=2060",
    "pathway?odds=1&b=responsible",
    "pathway/result?x=scrap:30",
    "pathway/odds?s=late-3",
    "pathway/explain?of=steel&year=2030",
    "pathway/explain?of=grid.coal&year=2024",
    "pathway/difference",
    "pathway/difference?s=current",
    "pathway/seek",
    "pathway/seek?s=current&target=pv-capacity-2030&target=peak&decided=any",
    "pathway/past",
    "pathway/cost",
)


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("simulator") / "toy")


@pytest.fixture(scope="module")
def site(make: Callable[..., Client], pack: Path) -> Client:
    return make(pack, DAYS["toy"])


@pytest.fixture(scope="module")
def pathway(pack: Path) -> Pathway:
    return load(load_city(pack))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_sound(site: Client, language: str, path: str) -> None:
    answer = site.get(f"/{language}/{path}")
    assert answer.status_code == 200
    part = "/result" in path or "/odds" in path
    assert Markup.of(answer.text).faults == (["h1 stands 0 times"] if part else [])


def test_the_result_is_that_of_the_library(site: Client, pathway: Pathway) -> None:
    found = project(pathway, "plan", {"pv-capacity": 120})
    text = site.get("/en/pathway/result?x=pv-capacity:120").text
    peak = found.boundaries["local"].peak
    assert peak is not None
    assert f"<dd>{peak.year}<small>" in text
    assert found.scenario.hash in text
    # The tree behind a number and the number itself agree.
    year = 2030
    value = found.sectors["steel"].values[found.years.index(year)] / 1e6
    assert re.search(rf'explain\?[^"]*of=steel&amp;year={year}">{value:.1f}', text)


def test_a_form_without_scripts_is_answered_with_its_address(site: Client) -> None:
    sent = "/en/pathway?s=plan&b=local&until=2040&pin=current&l.pv-capacity=120&l.scrap=20&l.wind-capacity=30"
    answer = site.get(sent)
    assert answer.status_code == 303
    # Settings that the scenario has anyway are not carried along.
    assert answer.headers["location"] == "/en/pathway?x=pv-capacity%3A120"
    pinned = site.get(f"{sent}&do=pin").headers["location"]
    assert "pin=plan" in pinned and "pinx=pv-capacity%3A120" in pinned
    assert site.get(f"{sent}&do=reset").headers["location"] == "/en/pathway"
    back = site.get(f"{sent}&do=undo&before=x%3Dscrap%253A30").headers["location"]
    assert back == "/en/pathway?x=scrap%3A30"
    outside = site.get("/en/pathway?do=undo&before=https%3A%2F%2Felsewhere.example").headers["location"]
    assert outside == "/en/pathway"
    assert site.get(f"{sent}&do=odds").headers["location"].endswith("odds=1")


@pytest.mark.parametrize(
    "query",
    [
        "x=pv-capacity:9000", "x=pv-capacity:nan", "x=lamps:5", "x=no-such:1", "x=pv-capacity", "s=none", "pin=none",
        "l.pv-capacity=much", "until=2031", "b=none", "do=explode",
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused_with_what_can(site: Client, query: str) -> None:
    answer = site.get(f"/en/pathway?{query}")
    assert answer.status_code == 422
    assert Markup.of(answer.text).faults == []


def test_an_address_of_other_data_says_so(site: Client, pathway: Pathway) -> None:
    said = "This address was made with other data"
    assert said not in site.get(f"/en/pathway?hash={pathway.scenario('plan').hash}").text
    assert said in site.get("/en/pathway?hash=0123456789abcdef").text


def test_a_city_without_a_pathway_has_no_simulator(toy_site: Client) -> None:
    assert toy_site.get("/en/pathway").status_code == 404
    assert 'href="/en/pathway"' not in toy_site.get("/en/").text


def test_files_hold_what_the_page_shows(site: Client, pathway: Pathway) -> None:
    found = project(pathway, "plan", {"scrap": 30})
    rows = list(csv.DictReader(io.StringIO(site.get("/zh/pathway.csv?x=scrap:30").text.removeprefix("\ufeff"))))
    steel = {int(row["year"]): float(row["value"]) for row in rows if (row["kind"], row["id"]) == ("sector", "steel")}
    assert list(steel.values()) == pytest.approx(list(found.sectors["steel"].values))
    wide = list(csv.reader(io.StringIO(site.get("/en/pathway-iamc.csv?x=scrap:30").text)))
    assert wide[0][:6] == ["Model", "Scenario", "Region", "Variable", "Unit", "2021"]
    total = next(row for row in wide if row[3] == "Emissions|CO2")
    assert [float(each) for each in total[5:]] == pytest.approx(list(found.boundaries["local"].values / 1e6))
    book = load_workbook(io.BytesIO(site.get("/zh/pathway.xlsx?x=scrap:30").content))
    sheet = book.worksheets[0]
    named = {str(row[0].value): row for row in sheet.iter_rows() if row[0].value}
    assert named["钢铁"][1].value == pytest.approx(found.sectors["steel"].values[0] / 1e6)
    drawing = site.get("/zh/pathway.svg?x=scrap:30")
    assert drawing.headers["content-type"] == "image/svg+xml"
    root = ElementTree.fromstring(drawing.text)  # noqa: S314 - our own drawing
    assert not [node for node in root.iter() if "class" in node.attrib or "style" in node.attrib]


def test_a_difference_sums_up(site: Client, pathway: Pathway) -> None:
    text = site.get("/en/pathway/difference?s=plan&pin=current").text
    plan, current = (project(pathway, id).boundaries["local"].values for id in ("plan", "current"))
    at = pathway.years.index(2030)
    change = (plan[at] - current[at]) / 1e6
    rows = re.findall(r'<th scope="row">([^<]+)</th><td class="r">([−\d.]+)</td>', text)
    table = {name: float(value.replace("−", "-")) for name, value in reversed(rows)}
    assert table["The plan"] - table["Current policies"] == pytest.approx(change, abs=2e-3)
    parts = [value for name, value in table.items() if name not in ("The plan", "Current policies")]
    assert sum(parts) == pytest.approx(change, abs=4e-3)


def test_what_differs_comes_by_its_size_and_without_rounding(site: Client) -> None:
    text = site.get("/en/pathway/difference?s=plan&pin=current").text
    listed = text.partition("Every quantity that differs")[2].partition("</table>")[0]
    shown = [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<td.*?</td>", listed, re.DOTALL)]
    assert shown and not any(re.match(r"[+−]?0(\.0{6,}\d+)?(\s|$)", cell) for cell in shown)


def test_a_target_shows_the_interval_of_the_scenario(site: Client) -> None:
    for language, words in (("en", "90% between"), ("zh", "90% 区间")):
        text = re.sub(r"\s", " ", site.get(f"/{language}/targets/pv-capacity-2030").text)
        assert words in text
