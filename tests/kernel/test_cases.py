"""Cases as data: one call of one formula, worked by hand; and every formula has one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from tests.kernel.toy import balance, forest, road

from dafeng.axes import frame
from dafeng.kernel import variables_of
from dafeng.units import coherent

FORMULAS = {
    formula.name(variable.id): formula
    for variable in variables_of(road, forest, balance)
    for formula in variable.formulas
}
PLAIN = {formula.name(v.id): v.id for v in variables_of(road, forest, balance) for formula in v.formulas[:1]}
FORMULAS.update({PLAIN[name]: formula for name, formula in FORMULAS.items() if name in PLAIN})
CASES = [
    case
    for path in sorted((Path(__file__).parent / "cases").glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]


def read(given: Any) -> Any:
    """Turn "2 TJ/year" or {values, unit} into coherent numbers."""
    if isinstance(given, dict):
        return np.array(given["values"], dtype=float) * coherent(given["unit"])
    number, _, unit = given.partition(" ")
    return float(number) * coherent(unit)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['formula']}: {case['name']}")
def test_case(case: dict[str, Any]) -> None:
    given = {name: read(value) for name, value in case["given"].items()}
    with frame(case.get("axes", ""), case.get("years", ())):
        result = FORMULAS[case["formula"]].function(**given)
    np.testing.assert_allclose(result, read(case["expect"]), rtol=1e-12)


def test_every_formula_has_a_case() -> None:
    tested = {id(FORMULAS[case["formula"]]) for case in CASES}
    assert [name for name, formula in FORMULAS.items() if id(formula) not in tested] == []
