"""The toy city with a pathway: its pack, and the files of tests/pathway/toy laid over it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dafeng.city import City
from dafeng.city import load as load_city
from dafeng.pathway import Pathway, load

HERE = Path(__file__).parent
TOY = HERE.parent / "cities" / "toy"


def built(folder: Path) -> Path:
    """Write the pack into a folder."""
    shutil.copytree(TOY, folder)
    shutil.copytree(HERE / "toy", folder, dirs_exist_ok=True)
    indicators = folder / "indicators.yaml"
    more = folder / "indicators-more.yaml"
    indicators.write_text(indicators.read_text(encoding="utf-8") + more.read_text(encoding="utf-8"), encoding="utf-8")
    more.unlink()
    return folder


@pytest.fixture(scope="session")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("pathway") / "toy")


@pytest.fixture(scope="session")
def city(pack: Path) -> City:
    return load_city(pack)


@pytest.fixture(scope="session")
def pathway(city: City) -> Pathway:
    return load(city)
