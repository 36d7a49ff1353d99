"""The pages of districts' pathways: sound in both languages, what is allocated is said, a form needs no scripts."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from tests.pathway.conftest import built
from tests.web.conftest import DAYS
from tests.web.markup import Markup

from dafeng.city import load as load_city
from dafeng.pathway import Pathway, load
from dafeng.pathway.places import by_place

if TYPE_CHECKING:
    from tests.web.conftest import Client

PAGES = (
    "pathway",
    "pathway/places",
    "pathway/places?s=neutral-2060&b=inventory-net",
    "pathway/places?b=city-accounts",
    "pathway/places/pudong",
    "pathway/places/pudong?p=delivery-by-districts@pudong:0.7,heat-pumps@pudong:60&pin=plan",
    "pathway/places/huangpu?x=delivery-by-districts:0.8&until=2060",
    "pathway/places/lingang",
    "pathway?p=heat-pumps@pudong:60",
    "pathway/difference?p=heat-pumps@pudong:60",
    "pathway/seek?p=heat-pumps@pudong:60&target=scrap-ratio-2030",
    "districts/pudong",
)


@pytest.fixture(scope="module")
def site(make: Callable[..., Client]) -> Client:
    return make("shanghai", DAYS["shanghai"])


@pytest.fixture(scope="module")
def shanghai() -> Pathway:
    return load(load_city("shanghai"))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_sound(site: Client, language: str, path: str) -> None:
    answer = site.get(f"/{language}/{path}")
    assert answer.status_code == 200
    assert Markup.of(answer.text).faults == []


def test_the_list_says_what_is_allocated_and_what_is_not_divided(site: Client, shanghai: Pathway) -> None:
    text = site.get("/en/pathway/places").text
    found = by_place(shanghai, "plan")
    assert "Allocated, not measured." in text
    for words in ("residents", "GDP", "persons employed", "land area", "Not divided"):
        assert words in text
    pudong = found.totals[found.row("pudong"), found.at(2030)] / 1e6
    assert f"{pudong:.2f}" in text
    assert f"{found.rest[found.at(2025)] / 1e6:.2f}" in text


def test_a_district_shows_peak_parts_and_keys(site: Client, shanghai: Pathway) -> None:
    text = site.get("/en/pathway/places/pudong").text
    found = by_place(shanghai, "plan", places=["pudong"])
    peak = found.peaks[0]
    assert peak is not None
    assert f"<dd>{peak.year}<small>" in text and "number 1 of 16" in text
    assert text.count("allocated by residents, 2024") == 6
    assert "Of the city and not divided: Steel" in text
    assert "port is in few districts" in text
    assert "/en/pathway/places/pudong" in site.get("/en/districts/pudong").text


FORMS = [
    ("delivery=0.7", "p=delivery-by-districts%40pudong%3A0.7"),
    ("delivery=1", ""),
    ("delivery=1&p=delivery-by-districts@pudong:0.7", ""),
    ("delivery=1&x=delivery-by-districts:0.8", "x=delivery-by-districts%3A0.8&p=delivery-by-districts%40pudong%3A1"),
    ("delivery=0.8&x=delivery-by-districts:0.8", "x=delivery-by-districts%3A0.8"),
    ("lever=heat-pumps&value=60", "p=heat-pumps%40pudong%3A60"),
    (
        "delivery=0.9&lever=retrofit-area&value=200",
        "p=delivery-by-districts%40pudong%3A0.9%2Cretrofit-area%40pudong%3A200",
    ),
]


@pytest.mark.parametrize(("sent", "asked"), FORMS)
def test_a_form_without_scripts_is_answered_with_its_address(site: Client, sent: str, asked: str) -> None:
    answer = site.get(f"/en/pathway/places/pudong?{sent}")
    assert answer.status_code == 303
    assert answer.headers["location"].partition("?")[2] == asked
    assert site.get(answer.headers["location"]).status_code == 200


REFUSED = [
    ("pathway/places/pudong?delivery=1.3", 422, "outside the range"),
    ("pathway/places/pudong?delivery=x", 422, "delivery"),
    ("pathway/places/pudong?lever=heat-pumps&value=600", 422, "0 to 95 %"),
    ("pathway/places/pudong?lever=nothing&value=6", 422, "no lever is called"),
    ("pathway/places?p=pv-capacity@pudong:700", 422, "acts on what is not divided"),
    ("pathway/places?p=heat-pumps@pudog:60", 422, "no place is called"),
    ("pathway/odds?p=heat-pumps@pudong:60", 422, "draws are of the whole city"),
    ("pathway/places/shanghai", 404, ""),
    ("pathway/places/nowhere", 404, ""),
    ("pathway-places.csv?b=city-accounts", 422, "without imports"),
]


@pytest.mark.parametrize(("path", "status", "said"), REFUSED)
def test_what_cannot_be_asked_is_said(site: Client, path: str, status: int, said: str) -> None:
    answer = site.get(f"/en/{path}")
    assert answer.status_code == status
    assert said in answer.text.replace("&#39;", "'")


def test_a_fault_of_an_address_is_told_in_the_language_of_the_page(site: Client) -> None:
    answer = site.get("/zh/pathway?x=pv-capacity:99999")
    assert answer.status_code == 422
    text = answer.text.replace("\xa0", " ")
    assert "措施“pv-capacity”：99999 万千瓦 超出范围 0 至 1500 万千瓦。请设在范围之内。" in text
    assert "outside" not in answer.text
    said = site.get("/en/pathway?x=pv-capacity:nan")
    assert said.status_code == 422 and "lever 'pv-capacity': nan is not a number. Give a number." in said.text.replace(
        "&#39;", "'"
    )


def test_the_file_has_every_part_with_its_basis(site: Client) -> None:
    rows = list(csv.DictReader(io.StringIO(site.get("/zh/pathway-places.csv").text.lstrip("\ufeff"))))
    assert {row["basis"] for row in rows} == {"allocated", "undivided", "city"}
    assert all(row["key"] for row in rows if row["basis"] == "allocated")


def test_the_workbook_lists_what_is_set_for_districts(site: Client, shanghai: Pathway) -> None:
    book = load_workbook(io.BytesIO(site.get("/en/pathway.xlsx?p=heat-pumps@pudong:60&x=pv-capacity:900").content))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert f"{shanghai.levers['heat-pumps'].label.en} · Pudong" in cells
    assert shanghai.levers["pv-capacity"].label.en in cells


def test_a_pack_without_an_allocation_says_that_it_has_one_place(make: Callable[..., Client], tmp_path: Path) -> None:
    site = make(built(tmp_path / "toy"), DAYS["toy"])
    for path in ("pathway/places", "pathway/places/north"):
        answer = site.get(f"/en/{path}")
        assert (answer.status_code, "its pathway has one place" in answer.text) == (200, True)
    assert "Where it goes" not in site.get("/en/districts/north").text
