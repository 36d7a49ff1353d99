"""Pages of districts and enterprises: what is absent, demonstration data marked, sums withheld, units not shown."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from tests.web.conftest import DAYS, Client
from tests.web.markup import Markup

from dafeng.accounts.district import imported_share
from dafeng.accounts.enterprise.demo import write_districts, write_enterprises
from dafeng.accounts.enterprise.desk import Desk, desk
from dafeng.accounts.enterprise.importer import Options, read_units, run
from dafeng.city import load
from dafeng.labels import Label
from dafeng.registers import Enterprise, Register
from dafeng.report.disclosure import DOMINANT, LEAST, public
from dafeng.report.enterprise import unit_report
from dafeng.report.enterprise_book import workbook
from dafeng.settings import Settings
from dafeng.store import database
from dafeng.web.app import create_app
from dafeng.web.site import Site

if TYPE_CHECKING:
    from dafeng.store.database import Database

YEAR = 2022
REAL = Enterprise(id="works", label=Label(zh="某厂", en="Some works"), place="baoshan")


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database with made-up units and districts, and one real unit without activity."""
    folder = tmp_path_factory.mktemp("units")
    url = f"sqlite:///{folder}/d.sqlite"
    city = load("shanghai")
    places = [place.id for place in city.places if place.kind == "district"]
    units, activity = write_enterprises(folder, places, YEAR, count=20)
    districts = write_districts(folder, places[:5], ["industry", "other_services"], 2021)
    with database.open(url, create=True) as opened:
        names = desk(city, opened).names
        Register(opened, city.id).put([*read_units(units, names.places, names.facilities), REAL], "operator")
        for file in (activity, districts):
            assert run(file, opened, city.id, desk(city, opened).names, city.id, Options("operator")).ok
    return url


@pytest.fixture(scope="module")
def site(url: str) -> Iterator[Client]:
    with Client(create_app(Settings(city="shanghai"), site=Site("shanghai", url, lambda: DAYS["shanghai"]))) as client:
        yield client


@pytest.fixture
def opened(url: str) -> Iterator[Desk]:
    with database.open(url) as found:
        yield desk(load("shanghai"), found)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "path",
    [
        "districts",
        "districts?imported=49",
        "districts?year=2021&boundary=ceads",
        "districts/huangpu",
        "districts/lingang",
        "enterprises",
        "enterprises/demo-0001",
        "enterprises/demo-0002?year=2022",
    ],
)
def test_a_page_of_units_is_sound(site: Client, language: str, path: str) -> None:
    answer = site.get(f"/{language}/{path}")
    assert answer.status_code == 200
    assert Markup.of(answer.text).faults == []


@pytest.mark.parametrize("path", ["districts", "districts/huangpu", "enterprises"])
def test_without_a_database_the_pages_say_what_is_missing(shanghai_site: Client, path: str) -> None:
    answer = shanghai_site.get(f"/en/{path}")
    assert answer.status_code == 200
    assert Markup.of(answer.text).faults == []
    assert "emonstration data" not in answer.text


def test_the_list_shows_every_district_and_what_was_not_published(shanghai_site: Client) -> None:
    page = shanghai_site.get("/zh/districts").text
    city = load("shanghai")
    districts = [place for place in city.places if place.kind == "district"]
    assert len(districts) == 16
    assert all(f'href="/zh/districts/{place.id}"' in page for place in districts)
    assert page.count("未找到") >= 16
    workspace = shanghai_site.get("/en/districts/huangpu").text
    assert "Energy consumption" in workspace
    assert "missing: Fuel burnt" in workspace


def test_made_up_figures_are_marked_wherever_they_stand(site: Client) -> None:
    for path in ("districts?imported=49", "districts/huangpu", "enterprises", "enterprises/demo-0001"):
        page = site.get(f"/en/{path}").text
        assert 'class="synthetic"' in page
        assert "<b>Demonstration data</b>" in page
    listing = site.get("/en/districts?imported=49").text
    city_row = listing[listing.index("City, by the boundary chosen") :].partition("</th>")[0]
    assert "synthetic" not in city_row


@pytest.mark.parametrize(("boundary", "unit"), [("assessed", "百万吨 CO₂"), ("inventory-2025", "百万吨 CO₂e")])
def test_the_roll_up_has_one_unit_in_chart_and_table(site: Client, boundary: str, unit: str) -> None:
    page = site.get(f"/zh/districts?year=2021&imported=49&boundary={boundary}").text
    section = page.split('<section class="sec">')[1]
    assert set(re.findall(r"百万吨 CO₂e?", html.unescape(section).replace("\xa0", " "))) == {unit}
    assert f'<th scope="col" class="r">{unit}</th>' in html.unescape(section).replace("\xa0", " ")


def test_the_roll_up_takes_out_what_stands_twice(site: Client) -> None:
    page = site.get("/en/districts?year=2021&imported=49").text
    assert "Electricity made in the city, counted twice" in page
    assert "Not allocated to a district" in page
    assert "as published" not in page
    published = imported_share(load("shanghai"), 2021)
    assert published is not None
    assert f"Share of imports: {published.share * 100:.1f} %" in site.get("/en/districts?year=2021").text
    assert site.get("/en/districts?imported=140").status_code == 422
    assert site.get("/en/districts?imported=x").status_code == 422
    assert site.get("/en/districts/atlantis").status_code == 404


def test_a_real_unit_has_no_page_unless_the_operator_says_so(site: Client, url: str) -> None:
    refused = site.get("/en/enterprises/works")
    assert refused.status_code == 404
    assert "Some works" not in refused.text
    assert "Some works" not in site.get("/en/enterprises").text
    assert site.get("/en/enterprises/works.xlsx").status_code == 404
    shown = Site("shanghai", url, lambda: DAYS["shanghai"], units_shown=True)
    with Client(create_app(Settings(city="shanghai"), site=shown)) as open_site:
        assert "Some works" in open_site.get("/en/enterprises/works").text
        assert "Some works" in open_site.get("/en/enterprises").text


def test_the_page_of_a_unit_says_what_its_account_says(site: Client, opened: Desk) -> None:
    found = unit_report(opened, "demo-0001", YEAR)
    assert found.account.total is not None
    counted = sum(line.emission or 0.0 for line in found.lines if line.counted)
    assert counted == pytest.approx(found.account.total.value)
    assert sum(sum(values) for values in found.by_month.values()) == pytest.approx(found.account.total.value)
    page = site.get("/en/enterprises/demo-0001").text
    assert f"<b>{found.account.total.value:,.0f}\u00a0tCO₂" in page or f"{found.account.total.value:,.0f}" in page
    assert "Report: draft." in page


def test_the_workbook_of_a_unit_is_marked_on_every_sheet(site: Client, opened: Desk) -> None:
    body = workbook(unit_report(opened, "demo-0003", YEAR), opened, "zh", date(2026, 11, 25))
    found = load_workbook(io.BytesIO(body))
    assert len(found.sheetnames) == 3
    assert all("演示数据" in str(sheet["A2"].value) for sheet in found.worksheets)
    monthly = [[cell.value for cell in row] for row in found.worksheets[1].iter_rows(min_row=5)]
    assert all(sum(row[4:16]) == pytest.approx(row[16]) for row in monthly)
    answer = site.get("/zh/enterprises/demo-0003.xlsx")
    assert answer.status_code == 200
    assert load_workbook(io.BytesIO(answer.content)).sheetnames == found.sheetnames


def test_no_sum_tells_of_a_single_unit(opened: Desk) -> None:
    rows = opened.rows(opened.table(of_places=False), YEAR)
    found = public(rows)
    assert found.synthetic
    assert found.scope1 == pytest.approx(opened.all_of_them(YEAR).scope1)
    for sums in found.sums.values():
        shown = [one for one in sums if one.value is not None]
        assert all(one.units >= LEAST for one in shown)
        hidden = [one for one in sums if one.value is None]
        assert len(hidden) != 1
    one_unit = public(opened.rows(opened.table(["demo-0001"]), YEAR))
    assert (one_unit.scope1, one_unit.scope2) == (None, None)
    assert one_unit.sums == {"sector": (), "place": (), "market": ()}
    assert 0.5 < DOMINANT < 1


def test_sums_have_intervals_of_whole_per_cents_that_hold_the_exact_ones(opened: Desk) -> None:
    found, exact = public(opened.rows(opened.table(of_places=False), YEAR)), opened.all_of_them(YEAR)
    assert found.scope1 and found.scope1_low and found.scope1_high
    assert found.scope1_low <= exact.scope1_low < exact.scope1 < exact.scope1_high <= found.scope1_high
    shown = [one for sums in found.sums.values() for one in sums if one.value is not None]
    assert shown
    for one in shown:
        assert one.value and one.low and one.high
        cents = (one.high / one.value - 1) * 100
        assert cents == pytest.approx(round(cents), abs=1e-6)
        assert cents >= 1
        assert one.value - one.low == pytest.approx(one.high - one.value)
    hidden = [one for sums in found.sums.values() for one in sums if one.value is None]
    assert {(one.low, one.high) for one in hidden} <= {(None, None)}


def test_what_a_whole_less_the_rest_would_tell_is_withheld_too() -> None:
    from dafeng.report.disclosure import _withheld

    many = {"a": {1: 1.0, 2: 1.0, 3: 1.0, 4: 1.0}, "b": {5: 1.0, 6: 1.0, 7: 1.0}, "c": {8: 2.0}}
    assert {one.id: one.value for one in _withheld(many)} == {"a": 4.0, "b": None, "c": None}
    alone = {"a": {1: 1.0, 2: 1.0, 3: 1.0}}
    assert [one.value for one in _withheld(alone)] == [3.0]
    dominant = {"a": {1: 100.0, 2: 1.0, 3: 1.0}, "b": {4: 1.0, 5: 1.0, 6: 1.0}}
    assert all(one.value is None for one in _withheld(dominant))


def test_opening_a_database_of_another_city_shows_no_units(make: Callable[..., Client], tmp_path: Path) -> None:
    where = f"sqlite:///{tmp_path}/other.sqlite"
    with database.open(where, create=True) as other:
        held: Database = other
        Register(held, "elsewhere").put([REAL], "operator")
    page = make("shanghai", DAYS["shanghai"], database=where).get("/en/enterprises").text
    assert "No enterprise is registered." in page


def test_the_change_of_districts_is_decomposed_where_two_years_were_entered(
    url: str, site: Client, tmp_path: Path
) -> None:
    for words in ("It takes activity of two years", 'class="subnav"'):
        assert words in site.get("/en/districts/change").text
    assert site.get("/en/districts/change?from=1700").status_code == 422
    assert 'href="/zh/districts/change"' in site.get("/zh/districts").text
    where = tmp_path / "two.sqlite"
    where.write_bytes(Path(url.removeprefix("sqlite:///")).read_bytes())
    city = load("shanghai")
    places = [place.id for place in city.places if place.kind == "district"]
    file = write_districts(tmp_path, places[:3], ["industry", "other_services"], 2022, 2)
    with database.open(f"sqlite:///{where}") as opened:
        assert run(file, opened, city.id, desk(city, opened).names, city.id, Options("operator")).ok
    made = create_app(Settings(city="shanghai"), site=Site("shanghai", f"sqlite:///{where}", lambda: DAYS["shanghai"]))
    with Client(made) as client:
        for language, words in (("zh", "分区"), ("en", "In each district")):
            page = client.get(f"/{language}/districts/change?from=2021&to=2022").text
            section = page.split(f'<caption class="vh">{words}</caption>')[1].split("</table>")[0]
            assert section.count("<tr>") == 4
            assert 'class="synthetic"' in section
