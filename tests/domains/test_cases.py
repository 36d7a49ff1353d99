"""Every formula gives what was worked out by hand, and every formula has a case and a document."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
import yaml

import dafeng.domains
from dafeng import units
from dafeng.axes import frame
from dafeng.city.load import DocumentsFile
from dafeng.domains import find, known
from dafeng.errors import NotFound
from dafeng.kernel import Variable, variables_of

FOLDER = Path(__file__).parent / "cases"
CASES = [
    pytest.param(case, id=f"{case['variable']}: {case['name']}")
    for path in sorted(FOLDER.glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]


def _modules() -> list[ModuleType]:
    """List every module of formulas, those inside a domain that is a package too."""
    found = []
    for name in known():
        domain = find(name)
        found.append(domain)
        for module in pkgutil.iter_modules(getattr(domain, "__path__", ())):
            found.append(import_module(f"{domain.__name__}.{module.name}"))
    return found


VARIABLES = {variable.id: variable for variable in variables_of(*_modules())}


def _given(value: Any, unit: str) -> Any:
    """Give what a case states: a number, a list over the years, or a list over another axis and the years.

    A number stays one; a stock's `step` is a number too.
    """
    if isinstance(value, list):
        return np.asarray(value, dtype=np.float64) * units.coherent(unit)
    return np.float64(value * units.coherent(unit))


@pytest.mark.parametrize("case", CASES)
def test_case(case: dict[str, Any]) -> None:
    variable: Variable = VARIABLES[case["variable"]]
    with frame(case.get("axes", "cell year"), case.get("years", ())):
        given = {name: _given(*pair) for name, pair in case["given"].items()}
        found = np.asarray(variable(**given))
    value, unit = case["expect"]
    assert float(found.flat[-1]) / units.coherent(unit) == pytest.approx(value, rel=1e-6)
    assert units.same_dimension(unit, variable.unit)
    assert case["source"]


def test_every_formula_has_a_case() -> None:
    assert {case.values[0]["variable"] for case in CASES} == set(VARIABLES)


def test_every_formula_follows_a_document_and_says_what_it_is() -> None:
    path = Path(dafeng.domains.__file__).parent / "references.yaml"
    followed = DocumentsFile.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    documents = {document.id for document in followed.documents}
    for variable in VARIABLES.values():
        for formula in variable.formulas:
            document, _, clause = formula.ref.partition("#")
            assert document in documents, variable.id
            assert clause, variable.id
        assert variable.__doc__, variable.id


def test_an_unknown_domain_names_the_nearest() -> None:
    with pytest.raises(NotFound, match=r"^no domain 'powr'\. Did you mean 'power'\?$"):
        find("powr")
