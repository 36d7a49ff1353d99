"""The commands on the toy city, in JSON and as tables."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dafeng.cli.app import app

Run = Callable[..., Result]


@pytest.fixture
def dafeng(pack: Path, tmp_path: Path) -> Run:
    def run(*args: str, lang: str = "en_US.UTF-8") -> Result:
        clean = {name: None for name in os.environ if name.startswith(("DAFENG_", "LC_"))}
        env = {**clean, "LANG": lang, "DAFENG_CITY": str(pack), "DAFENG_DATABASE": f"sqlite:///{tmp_path}/none.sqlite"}
        return CliRunner().invoke(app, list(args), env=env, prog_name="dafeng")

    return run


def test_project_gives_the_contract(dafeng: Run) -> None:
    said = json.loads(
        dafeng("project", "--scenario", "plan", "--set", "scrap=30", "--draws", "20", "--seed", "1", "--json").stdout
    )
    assert said["years"][0] == 2021
    assert len(said["boundaries"]["local"]["co2"]) == len(said["sectors"]["power"]["co2"]) == len(said["years"])
    assert {"year", "value", "p_before_2030"} <= set(said["peak"])
    assert said["targets"][0]["target"] == "pv-capacity-2025"
    again = json.loads(dafeng("project", "--token", said["token"], "--json").stdout)
    assert (again["hash"], again["draws"]) == (said["hash"], 0)


def test_the_other_commands_give_json(dafeng: Run) -> None:
    assert json.loads(dafeng("levers", "--json").stdout)["working"] == 4
    assert [each["id"] for each in json.loads(dafeng("scenarios", "--json").stdout)["items"]] == [
        "current",
        "late-3",
        "plan",
    ]
    parts = json.loads(dafeng("attribute", "--scenario", "plan", "--against", "current", "--json").stdout)
    assert sum(part["value"] for part in parts["parts"]) == pytest.approx(parts["total"], rel=1e-9)
    found = json.loads(dafeng("seek", "--target", "pv-capacity-2030", "--lever", "scrap", "--json").stdout)
    assert found["found"] is False or found["reaches"] >= 90 - 1e-6
    several = json.loads(dafeng("seek", "--target", "peak", "--target", "pv-capacity-2030", "--json").stdout)
    assert {each["target"] for each in several["targets"]} == {"peak", "pv-capacity-2030"}
    past = json.loads(dafeng("hindcast", "--from", "2022", "--json").stdout)
    assert past["sectors"][0]["best"] == "known"
    assert json.loads(dafeng("sensitivity", "--size", "8", "--json").stdout)["runs"] == 40


@pytest.mark.parametrize("lang", ["en_US.UTF-8", "zh_CN.UTF-8"])
def test_tables_are_printed(dafeng: Run, lang: str) -> None:
    for args in (
        ("project",),
        ("levers",),
        ("scenarios",),
        ("hindcast", "--from", "2022"),
        ("seek", "--target", "pv-capacity-2030", "--target", "wind-capacity-2030", "--scenario", "current"),
        ("attribute", "--scenario", "plan"),
        ("seek", "--target", "pv-capacity-2030", "--lever", "pv-capacity"),
        ("sensitivity", "--size", "4"),
    ):
        ran = dafeng(*args, lang=lang)
        assert (ran.exit_code, ran.stderr) == (0, "") and ran.stdout, args


def test_a_target_is_printed_with_its_verdict_and_what_the_draws_say(dafeng: Run) -> None:
    said = dafeng("project", "--draws", "20").stdout
    assert "90% between" in said and " – " in said and ("met" in said or "missed" in said)
    zh = dafeng("project", lang="zh_CN.UTF-8").stdout
    assert "差距" in zh and "结论" in zh and "最优间隙" not in zh


def test_a_least_effort_without_moves_says_so(dafeng: Run) -> None:
    said = dafeng("seek", "--target", "pv-capacity-2025", "--scenario", "plan").stdout
    assert said.startswith("Nothing has to move: the scenario meets all of it.")


def test_a_setting_that_is_none_is_a_usage_error(dafeng: Run) -> None:
    ran = dafeng("project", "--set", "scrap")
    assert ran.exit_code == 2 and "'scrap' is not lever=value or lever=value,start-end,shape;" in ran.stderr


def test_a_setting_says_when_it_is_done(dafeng: Run) -> None:
    early, late, wrong = (f"scrap=30,{years}" for years in ("2022-2023", "2022-2030,s-curve", "2030-2022"))
    first, second = (json.loads(dafeng("project", "--set", text, "--json").stdout)["hash"] for text in (early, late))
    assert first != second
    ran = dafeng("project", "--set", wrong)
    assert ran.exit_code == 1 and "ends in 2022, before it starts in 2030" in " ".join(ran.output.split())


def test_files_are_written_by_their_names(dafeng: Run, tmp_path: Path) -> None:
    for name in ("plan.xlsx", "plan.csv", "plan.iamc.csv"):
        assert dafeng("project", "-o", str(tmp_path / name)).exit_code == 0
    rows = (tmp_path / "plan.iamc.csv").read_text(encoding="utf-8").splitlines()
    assert rows[0].startswith("Model,Scenario,Region,Variable,Unit,2021,")
    assert (tmp_path / "plan.csv").read_bytes().startswith(b"\xef\xbb\xbfcity,pack,scenario,hash,")
    assert (tmp_path / "plan.xlsx").read_bytes().startswith(b"PK")
    refused = dafeng("project", "-o", str(tmp_path / "plan.txt"))
    assert refused.exit_code == 2 and "names no kind of file" in refused.output


def test_the_wide_table_is_one_of_the_iamc(dafeng: Run, tmp_path: Path) -> None:
    try:
        import pyam
    except Exception as error:  # its current release does not start beside some versions of SQLAlchemy
        pytest.skip(f"pyam is not here, or does not start: {error}")
    assert dafeng("project", "-o", str(tmp_path / "plan.iamc.csv")).exit_code == 0
    frame = pyam.IamDataFrame(tmp_path / "plan.iamc.csv")
    assert "Emissions|CO2|Steel" in frame.variable and frame.year[0] == 2021
