"""Pathways by place over HTTP: the record, what it sums to, and problems for what cannot be asked."""

from __future__ import annotations

import pytest
from tests.api.asgi import Client


def test_districts_and_remainder_are_the_city(shanghai: Client) -> None:
    said = shanghai.get("/pathway/places?scenario=plan&set=heat-pumps@pudong=60").json()
    projected = shanghai.get("/pathway/projection?scenario=plan&set=heat-pumps@pudong=60").json()
    assert len(said["places"]) == 16
    assert said["hash"] == projected["hash"]
    at = said["years"].index(2035)
    total = sum(place["co2"][at] for place in said["places"]) + said["undivided_total"][at]
    assert total == pytest.approx(projected["boundaries"][said["boundary"]]["co2"][at], rel=1e-9)
    assert said["local"]["heat-pumps@pudong"]["acts_on"] == ["electricity", "buildings"]
    assert {key["id"] for key in said["keys"]} == {"residents", "output", "employed", "land"}


def test_a_district_has_its_parts_by_year(shanghai: Client) -> None:
    said = shanghai.get("/pathway/places/pudong").json()
    (place,) = said["places"]
    line = place["lines"]["road"]
    parts = [part["co2"] for part in line["parts"].values()]
    assert [sum(values) for values in zip(*parts, strict=True)] == pytest.approx(line["co2"], rel=1e-9)
    assert said["undivided"] == {}
    assert shanghai.get(f"/pathway/places/pudong?token={said['token']}").json() == said


def test_levers_say_on_what_of_a_place_they_act(shanghai: Client) -> None:
    levers = {each["id"]: each for each in shanghai.get("/pathway/levers").json()["items"]}
    assert levers["heat-pumps"]["divided"] == ["electricity", "buildings"]
    assert levers["delivery-by-districts"]["kind"] == "delivery"
    assert set(levers["delivery-by-districts"]["divided"]) >= {"electricity", "buildings", "road", "manufacturing"}
    for id in ("pv-capacity", "crude-steel", "gdp-growth", "wetland-restored", "refining-at-benchmark"):
        assert levers[id]["divided"] == [], id


PROBLEMS = [
    ("/pathway/places?set=pv-capacity@pudong=700", 422, "acts on what is not divided among places"),
    ("/pathway/places?set=heat-pumps@pudog=60", 422, "no place is called 'pudog'"),
    ("/pathway/places?set=delivery-by-districts@pudong=1.3", 422, "outside the range of 'pudong', 0 to 1.2"),
    ("/pathway/places?set=heat-pumps@=60", 422, "set"),
    ("/pathway/places?boundary=city-accounts", 422, "without imports"),
    ("/pathway/places/lingang", 422, "no figure by which the city's could be divided"),
    ("/pathway/places/pudon", 404, "no place 'pudon'"),
    ("/pathway/places/shanghai", 422, "it is the whole city"),
    ("/pathway/projection?set=heat-pumps@pudong=60&draws=10", 422, "of the whole city"),
]


@pytest.mark.parametrize(("path", "status", "said"), PROBLEMS)
def test_what_cannot_be_asked_is_a_problem(shanghai: Client, path: str, status: int, said: str) -> None:
    answer = shanghai.get(path)
    assert answer.status == status, answer.text
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert said in answer.text.replace('\\"', '"')


def test_a_setting_that_is_no_number_is_refused_by_the_name_of_its_lever(shanghai: Client) -> None:
    for word in ("nan", "inf", "much"):
        answer = shanghai.get(f"/pathway/projection?set=pv-capacity={word}")
        fault = answer.json()["errors"][0]
        assert (answer.status, fault["place"], fault["remedy"]) == (422, "pv-capacity", "Give a number")


def test_a_setting_says_when_it_is_done(shanghai: Client) -> None:
    plain, early = (
        shanghai.get(f"/pathway/projection?set=pv-capacity={text}").json() for text in ("900", "900,2026-2028,s-curve")
    )
    assert plain["hash"] != early["hash"]
    answer = shanghai.get("/pathway/projection?set=pv-capacity=900,2032-2026")
    assert answer.status == 422 and "ends in 2026, before it starts in 2032" in answer.text
    assert shanghai.get("/pathway/projection?set=pv-capacity=900,2026").status == 422
