"""Small series and targets with the verdict and the figures they must give; the cases are data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.assess.build import city_of, day, series

from dafeng.assess import assess
from dafeng.city import City

FOLDER = Path(__file__).parent / "cases"
CASES = [
    pytest.param(case, id=f"{path.stem}: {case['name']}")
    for path in sorted(FOLDER.glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("case", CASES)
def test_case(case: dict[str, Any], toy: City) -> None:
    unit = case.get("unit", case["indicator"]["unit"])
    city = city_of(
        toy,
        indicator=case["indicator"],
        facts=[
            *series(case.get("facts", {}), unit),
            *series(case.get("changes", {}), "%", indicator="energy.change"),
        ],
        targets=case.get("targets", ()),
        goals=case.get("goals", ()),
        plan=case.get("plan"),
        notes=case.get("notes", ()),
    )
    found = assess(city, day(case["as_of"]))
    judged = {result.id: result for result in (*found.targets, *found.goals)}
    for id, expected in case["expect"].items():
        result = judged[id]
        for name, value in expected.items():
            got = reach(result, name)
            if isinstance(value, float):
                assert got == pytest.approx(value, rel=1e-6, abs=1e-9), f"{id}: {name}"
            else:
                assert plain(got) == value, f"{id}: {name}"


def reach(result: object, name: str) -> object:
    """Read a dotted field: latest.value, reason.zh."""
    for part in name.split("."):
        result = getattr(result, part)
    return result


def plain(got: object) -> object:
    """Give what YAML can say: a list for a tuple, a blank for a no-break space."""
    if isinstance(got, str):
        return got.replace("\u00a0", " ")
    return list(got) if isinstance(got, tuple) else got
