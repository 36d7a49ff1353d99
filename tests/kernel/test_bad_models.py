"""Each broken model is told everything that is wrong with it: code, place, fault, remedy."""

from __future__ import annotations

import importlib
import os
from pathlib import Path

import pytest
from tests.kernel.toy.numbers import YEARS

from dafeng.errors import FaultsFound

FOLDER = Path(__file__).parent / "bad_models"
NAMES = sorted(path.stem for path in FOLDER.glob("*.py") if not path.stem.startswith("_"))


@pytest.mark.parametrize("name", NAMES)
def test_a_bad_model_gets_its_whole_message(name: str) -> None:
    model, data = importlib.import_module(f"tests.kernel.bad_models.{name}").build()
    with pytest.raises(FaultsFound) as error:
        model.check(data)
    expected = FOLDER / f"{name}.txt"
    if os.environ.get("UPDATE"):
        expected.write_text(f"{error.value}\n", encoding="utf-8")
    assert f"{error.value}\n" == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_a_bad_model_does_not_run(name: str) -> None:
    model, data = importlib.import_module(f"tests.kernel.bad_models.{name}").build()
    with pytest.raises(FaultsFound):
        model.run(data, YEARS)


def test_every_text_has_its_model() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.txt")) == NAMES
