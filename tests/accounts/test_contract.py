"""The commands of the accounts on the shipped city give the keys that other programs are promised."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.accounts.printing import printed

from dafeng.accounts.account import accounts
from dafeng.accounts.uncertainty import Category, draw, interval, propagate
from dafeng.city import City

#: What each command prints with --json, and the keys it must have; a dotted key stands inside another.
PROMISED = {
    ("account", "--boundary", "ceads", "--year", "2019"): (
        "total.value total.low total.high unit by_sector by_fuel by_gas coverage sources"
    ),
    ("reconcile", "--from", "ceads", "--to", "assessed", "--year", "2019"): (
        "from.value to.value net absolute residual steps"
    ),
    ("decompose", "--boundary", "ceads", "--from", "2013", "--to", "2019"): "change residual effects notes",
    ("peak", "--boundary", "ceads"): "state evidence c40 series",
    ("peak", "--boundary", "ceads", "--sector", "power_heat"): "state evidence c40 sector",
    ("peak", "--sectors"): "items",
    ("factors", "get", "diesel", "--regime", "ceads", "--year", "2019"): "value unit source confidence",
    ("factors", "get", "electricity", "--regime", "enterprise", "--year", "2023"): "value unit source confidence",
    ("indicators",): "items",
    ("nowcast", "--boundary", "assessed"): "estimates hindcast missing last interval",
}


@pytest.mark.parametrize("asked", PROMISED, ids=" ".join)
def test_a_command_gives_its_keys(asked: tuple[str, ...], tmp_path: Path) -> None:
    found = json.loads(printed(tmp_path, *asked, "--json"))
    for key in PROMISED[asked].split():
        at: Any = found
        for part in key.split("."):
            assert part in at, key
            at = at[part]
        assert at not in (None, "", [], {}), key


def test_an_activity_file_is_checked_without_writing(tmp_path: Path) -> None:
    printed(tmp_path, "demo", "districts", str(tmp_path), "--year", "2021")
    file = str(tmp_path / "districts.csv")
    asked = ("import", "activity", file, "--place", "shanghai", "--dry-run", "--json")
    found = json.loads(printed(tmp_path, *asked))
    assert (found["state"], found["refused"]) == ("checked", 0)
    assert found["imported"] > 0
    assert json.loads(printed(tmp_path, "district", "compare", "--year", "2021", "--json"))["items"] == []


def test_a_district_without_figures_is_told_to_have_none(tmp_path: Path) -> None:
    assert printed(tmp_path, "peak", "--place", "pudong").strip() == "No year has a figure that could be judged."
    assert json.loads(printed(tmp_path, "peak", "--place", "pudong", "--json"))["state"] == "too_short"


def test_a_decomposition_has_gdp_and_no_remainder(tmp_path: Path) -> None:
    asked = ("decompose", "--boundary", "ceads", "--from", "2013", "--to", "2019", "--json")
    found = json.loads(printed(tmp_path, *asked))
    effects = {one["id"]: one["effect"] for one in found["effects"]}
    assert {"population", "gdp_per_person", "energy_per_gdp"} <= set(effects)
    assert abs(sum(effects.values()) - found["change"]) < 1e-9 * abs(found["change"])


@pytest.mark.parametrize(("boundary", "year"), [("ceads", 2019), ("ceads", 2021), ("assessed", 2021)])
def test_draws_agree_with_error_propagation_on_a_whole_account(shanghai: City, boundary: str, year: int) -> None:
    found = accounts(shanghai, boundary)
    at, cells = found.at(year), found.cells
    categories = [
        Category(
            id=str(i),
            activity=1.0,
            factor=abs(float(cells.values[i, at])),
            activity_half=float(cells.activity[i]),
            factor_half=float(cells.factor[i, at]),
            factor_id=f"{cells.shared[i]} {cells.factor[i, at]}",
        )
        for i in range(len(cells.keys))
        if abs(np.nan_to_num(cells.values[i, at])) > 0
    ]
    exact = propagate(categories)
    assert exact.value / 1e6 == pytest.approx(found.totals()[year])
    drawn = interval(draw(categories, 20_000, seed=20261126).sum(axis=1), exact.value)
    assert (drawn.high - drawn.low) / (exact.high - exact.low) == pytest.approx(1, abs=0.05)
