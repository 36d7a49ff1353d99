"""On the annotated plans beside the repository, the numbers to reach; skipped where they are not."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

from dafeng.compiler import compile_text

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT.parent / "shared" / "plans"
if not FOLDER.is_dir():
    pytest.skip("no annotated plans beside the repository", allow_module_level=True)


def module(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "benchmarks" / "compiler" / f"{name}.py")
    assert spec is not None and spec.loader is not None
    loaded = importlib.util.module_from_spec(spec)
    sys.modules[name] = loaded
    spec.loader.exec_module(loaded)
    return loaded


scoring = module("scoring")
NAMES = sorted(path.name.removesuffix(".gold.json") for path in FOLDER.glob("*.gold.json"))


def text_of(name: str) -> str:
    place = FOLDER / f"{name}.md"
    places = [place] if place.exists() else sorted((FOLDER.parent / "seed").glob("*.md"))
    return places[0].read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_numbers_to_reach(name: str) -> None:
    gold = json.loads((FOLDER / f"{name}.gold.json").read_text(encoding="utf-8"))
    got = scoring.score(name, compile_text(text_of(name)).as_json(), gold)
    assert got.precision >= 0.98 and got.recall >= 0.98, got.errors
    assert sum(got.whole) >= 0.95 * len(got.whole), got.errors
    hits, found, wanted = got.tasks
    assert hits == found == wanted, got.errors
    right, named, listed = got.units
    assert right >= 0.99 * listed and named <= 1.01 * listed, got.errors


def test_twice_the_same() -> None:
    text = text_of(NAMES[0])
    assert compile_text(text) == compile_text(text)
