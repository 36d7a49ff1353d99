"""Shanghai's plans, and the texts they were entered from where those are at hand."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from dafeng.plan import Plans, load

SHARED = Path(__file__).parents[3] / "shared"


@pytest.fixture(scope="session")
def shanghai() -> Plans:
    return load(Path(str(files("dafeng") / "cities" / "shanghai")))


@pytest.fixture(scope="session")
def annotation() -> dict[str, Any]:
    """The hand-made annotation of the plan's text."""
    path = SHARED / "plans" / "shanghai.gold.json"
    if not path.exists():
        pytest.skip("needs ../shared/plans/shanghai.gold.json, the annotated text, which is not part of the repository")
    return dict(json.loads(path.read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def text() -> str:
    """The plan's text, without blanks."""
    path = SHARED / "seed" / "shanghai-carbon-peaking-plan.md"
    if not path.exists():
        pytest.skip("needs ../shared/seed, the text of the plan, which is not part of the repository")
    return "".join(path.read_text(encoding="utf-8").split())
