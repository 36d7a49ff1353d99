from __future__ import annotations

from pathlib import Path

import pytest

from dafeng.factors import Factors, for_city, load

ROOT = Path(__file__).parent.parent.parent
SHANGHAI = ROOT / "src" / "dafeng" / "cities" / "shanghai"
#: A city of another country town, with a market, a region and a regime of its own.
TOY = Path(__file__).parent / "toy"


@pytest.fixture(scope="session")
def national() -> Factors:
    """The national factors alone."""
    return load()


@pytest.fixture(scope="session")
def shanghai() -> Factors:
    """The national factors and those of the shipped city."""
    return for_city(SHANGHAI)


@pytest.fixture(scope="session")
def toy() -> Factors:
    """The national factors and those of a city that no code knows."""
    return for_city(TOY)
