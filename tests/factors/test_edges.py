"""The same answers on the command line and under /api/v1."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from tests.api.asgi import Client
from tests.factors.conftest import TOY
from typer.testing import CliRunner

from dafeng.api import build
from dafeng.cli.app import app
from dafeng.web.site import Site

Run = Callable[..., Any]


@pytest.fixture(scope="module")
def api() -> Client:
    return Client(build(Site("shanghai", None, today=lambda: date(2026, 11, 25))))


def run(*args: str, city: str = "shanghai", lang: str = "en") -> Any:
    clean = {name: None for name in os.environ if name.startswith(("DAFENG_", "LC_"))}
    env = {**clean, "DAFENG_LANG": lang, "DAFENG_CITY": city}
    return CliRunner().invoke(app, ["factors", *args], env=env, prog_name="dafeng")


def test_get_prints_the_contract() -> None:
    found = json.loads(run("get", "gasoline", "--regime", "enterprise", "--year", "2023", "--json").stdout)
    assert found["asked"] == {
        "what": "gasoline",
        "parameter": "co2_factor",
        "regime": "enterprise",
        "set": "",
        "year": 2023,
        "region": "shanghai",
        "sector": "",
        "unconfirmed": False,
        "ranges": False,
    }
    assert (round(found["value"], 4), found["unit"], found["confidence"]) == (2.9251, "tCO2/t", "high")
    factor = found["factor"]
    assert (factor["id"], factor["stated"]) == ("enterprise-defaults.gasoline.co2_factor", "2.9251 tCO2/t")
    assert [check["verdict"] for check in found["checks"]] == ["confirmed"] * 3
    assert {other["set"] for other in found["others"]} == {"ceads", "gbt-51366", "ipcc-2006-fuels", "other-industries"}
    assert set(found["why"]) == {"zh", "en"}


def test_the_region_of_the_city_is_meant() -> None:
    found = json.loads(run("get", "electricity", "--regime", "assessed", "--year", "2023", "--json").stdout)
    assert (found["value"], found["source"], found["document"]["number"]) == (
        0.5737,
        "grid-factors-2023",
        "2025年第47号",
    )
    market = run("get", "电力", "--regime", "local-market", "--year", "2023", "--json", city=str(TOY))
    assert json.loads(market.stdout)["value"] == 0.5


def test_a_refusal_lists_the_candidates_and_exits_with_1() -> None:
    plain = run("get", "electricity", "--regime", "ets", "--year", "2024", "--region", "china")
    assert (plain.exit_code, plain.stdout) == (1, "")
    assert plain.stderr.splitlines()[:2] == [
        "dafeng: co2_factor of electricity, regime ets, year 2024, region china: the set ets-constants has none of "
        "2024. Ask for a year that was published; no other year stands in.",
        "  ets-constants.electricity.co2_factor.china.2022 = 0.5703 tCO2/MWh (another year)",
    ]
    machine = run("get", "lng", "--regime", "enterprise", "--json")
    assert (machine.exit_code, machine.stdout) == (1, "")
    error = json.loads(machine.stderr)["error"]
    assert (error["code"], error["reason"]) == ("no-factor", "conflict")
    assert [one["factor"]["set"] for one in error["candidates"]] == [
        "enterprise-defaults",
        "shandong-eia",
        "other-industries",
    ]
    settled = run("get", "lng", "--regime", "enterprise", "--set", "shandong-eia", "--json")
    assert json.loads(settled.stdout)["factor"]["stated"] == "2.7318 tCO2/t"


def test_an_unknown_fuel_is_answered_with_the_nearest() -> None:
    missing = run("get", "kerosen", "--regime", "ceads")
    assert missing.exit_code == 3
    assert missing.stderr == "dafeng: no fuel or activity 'kerosen'. Did you mean 'kerosene' or 'jet_kerosene'?\n"
    chinese = run("get", "汽由", "--regime", "ceads", lang="zh")
    assert chinese.stderr == "dafeng: 没有燃料或活动“汽由”。是否指“heat”或“gasoline”？\n"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("get", "kerosene", "--regime", "enterprise"), "3.0334 tCO2/t"),
        (("get", "天然气", "--regime", "enterprise", "--parameter", "tce", "--ranges"), "1.1–1.33 kgce/m3"),
        (("get", "raw_coal", "--regime", "ceads", "--sector", "power_heat"), "1.7269 tCO2/t"),
        (("search", "沪环气候"), "shanghai-market.green_electricity.co2_factor.shanghai.2023-"),
        (("search", "no", "such", "thing"), "No factor holds these words."),
        (("explain", "enterprise-defaults.kerosene.co2_factor"), "printed as 3.0334 tCO2/t"),
        (("sets",), "number 1"),
        (("benchmarks", "PUE"), "沪经信基〔2022〕306号"),
        (("benchmarks", "no such thing"), "No benchmark holds these words."),
    ],
    ids=" ".join,
)
def test_people_read_tables_in_both_languages(words: tuple[str, ...], expected: str) -> None:
    english, chinese = run(*words), run(*words, lang="zh")
    assert (english.exit_code, chinese.exit_code, english.stderr) == (0, 0, "")
    assert expected in english.stdout or words == ("sets",)
    assert any("\u4e00" <= letter <= "\u9fff" for letter in chinese.stdout)
    if words[0] == "explain":
        assert "原文：3.0334 tCO2/t" in chinese.stdout
        assert "19.5 属于其他煤油表" in chinese.stdout and "belongs to other tables" not in chinese.stdout


def test_sets_lists_every_set_and_regime() -> None:
    found = json.loads(run("sets", "--json").stdout)
    assert [one["id"] for one in found["regimes"]] == [
        "assessed",
        "inventory-2011",
        "inventory-2025",
        "inventory-ipcc",
        "gpc",
        "ceads",
        "enterprise",
        "ets",
        "local-market",
        "buildings",
    ]
    by_id = {one["id"]: one for one in found["sets"]}
    assert by_id["grid-provincial"]["not_found"] == 2
    assert by_id["provincial-2025"]["unconfirmed"] == by_id["provincial-2025"]["factors"] == 11
    assert next(one for one in found["regimes"] if one["id"] == "local-market")["reads"] == {
        "electricity": ["shanghai-market"],
        "heat": ["shanghai-market"],
    }


@pytest.mark.parametrize(
    ("words", "path", "query"),
    [
        (
            ("get", "electricity", "--regime", "gpc", "--year", "2022"),
            "/factors/choice",
            {"what": "electricity", "regime": "gpc", "year": 2022},
        ),
        (
            ("get", "coke", "--regime", "ceads", "--parameter", "ncv", "--unconfirmed"),
            "/factors/choice",
            {"what": "coke", "regime": "ceads", "parameter": "ncv", "unconfirmed": "true"},
        ),
    ],
)
def test_the_api_gives_what_the_command_line_gives(
    api: Client, words: tuple[str, ...], path: str, query: dict[str, Any]
) -> None:
    answer = api.get(path, **query)
    assert answer.status == 200
    assert answer.json() == json.loads(run(*words, "--json").stdout)
    assert api.get(path, {"If-None-Match": answer.headers["etag"]}, **query).status == 304


def test_the_api_lists_searches_and_shows_factors(api: Client) -> None:
    page = api.get("/factors", what="电力", set="grid-provincial", limit=2)
    assert (page.json()["total"], len(page.json()["items"])) == (8, 2)
    assert 'rel="next"' in page.headers["link"]
    found = api.get("/factors", confidence="unconfirmed", limit=1000).json()
    assert found["total"] == 47
    one = api.get("/factors/enterprise-defaults.refinery_gas.ncv.three-decimals").json()
    assert (one["value"], one["superseded"], one["steps"]) == (46.055, True, [])
    derived = api.get("/factors/enterprise-defaults.refinery_gas.co2_factor").json()
    assert [step["parameter"] for step in derived["steps"]] == ["ncv", "carbon_content", "oxidation"]
    lineage = api.get("/factors/enterprise-defaults.refinery_gas.co2_factor/lineage").json()["lineage"]
    assert [child["kind"] for child in lineage["children"]] == ["note", *["parameter"] * 3, "document", "note"]
    benchmarks = api.get("/factors/benchmarks", q="GB 18613-2020", limit=1000).json()
    assert benchmarks["total"] == 36
    assert benchmarks["items"][0]["grade_label"] == {"zh": "1 级", "en": "grade 1"}
    assert len(api.get("/factors/sets").json()["regimes"]) == 10


@pytest.mark.parametrize(
    ("path", "query", "status", "code"),
    [
        ("/factors/choice", {"what": "lng", "regime": "enterprise"}, 422, "no-factor"),
        ("/factors/choice", {"what": "lnq", "regime": "enterprise"}, 404, "not-found"),
        ("/factors/choice", {"what": "lng"}, 422, "refused"),
        ("/factors/choice", {"regime": "enterprise"}, 422, "invalid-parameter"),
        ("/factors/choice", {"what": "lng", "regime": "ets", "yaer": 2023}, 422, "invalid-parameter"),
        ("/factors/none", {}, 404, "not-found"),
        ("/factors/none/lineage", {}, 404, "not-found"),
        ("/factors", {"confidence": "sure"}, 422, "invalid-parameter"),
    ],
)
def test_errors_are_problem_documents(api: Client, path: str, query: dict[str, Any], status: int, code: str) -> None:
    answer = api.get(path, **query)
    assert (answer.status, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_refusal_names_the_factors_that_come_near(api: Client) -> None:
    near = api.get("/factors/choice", what="lng", regime="enterprise").json()["candidates"]
    assert near == [
        "enterprise-defaults.lng.co2_factor",
        "shandong-eia.lng.co2_factor",
        "other-industries.lng.co2_factor",
    ]
