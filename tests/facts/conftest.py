"""A small vocabulary and a maker of observations for the tests of facts."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from tests.fixtures.postgres import postgres_facts, postgres_server  # noqa: F401 - fixtures

from dafeng.facts.indicator import Axis, Indicator
from dafeng.facts.observation import Observation, Period
from dafeng.facts.vocabulary import Vocabulary
from dafeng.labels import Label
from dafeng.store import database
from dafeng.store.database import Database


def label(zh: str, en: str) -> Label:
    return Label(zh=zh, en=en)


INDICATORS = {
    indicator.id: indicator
    for indicator in (
        Indicator(
            id="power.pv_capacity",
            label=label("光伏装机容量", "Photovoltaic capacity"),
            unit="万千瓦",
            kind="stock",
            priority=("yearbook", "bulletin"),
            bases={"all": label("全部", "All"), "large": label("大型", "Large plants")},
        ),
        Indicator(id="sinks.forest_cover", label=label("森林覆盖率", "Forest cover"), unit="%", was=("forest share",)),
        Indicator(
            id="energy.balance",
            label=label("能源平衡表", "Energy balance"),
            unit="万吨",
            kind="flow",
            dims=("flow", "fuel"),
            units={"gas": "亿立方米"},
        ),
        Indicator(id="power.share", label=label("比例", "Share"), unit="%", variable=True),
    )
}
FLOW = Axis(label=label("项目", "flow"), labels={"final": label("终端", "Final"), "import": label("进口", "Import")})
FUEL = Axis(label=label("品种", "fuel"), labels={"coal": label("煤", "Coal"), "gas": label("天然气", "Gas")})


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    places = {"toyville": "toyville", "示例市": "toyville", "north": "north"}
    return Vocabulary(INDICATORS, places, {"yearbook", "bulletin", "press"}, {"flow": FLOW, "fuel": FUEL})


def seen(value: float | None = 1.0, **other: Any) -> Observation:
    """An observation of photovoltaic capacity in 2024, but for what is given."""
    period = Period.parse(str(other.pop("period", "2024")))
    recorded = other.pop("recorded", "2026-01-01")
    given: dict[str, Any] = {
        "indicator": "power.pv_capacity",
        "place": "toyville",
        "unit": "万千瓦",
        "source": "yearbook",
        "vintage": "2025-03-01",
        "status": "actual",
        "confidence": "high",
        **other,
    }
    return Observation(period=period, value=value, recorded=date.fromisoformat(recorded) if recorded else None, **given)


@pytest.fixture(scope="session")
def sqlite_facts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with the tables of dafeng and nothing in them."""
    path = tmp_path_factory.mktemp("sqlite") / "facts.sqlite"
    database.open(f"sqlite:///{path}", create=True).close()
    return path


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An open database of each kind, empty at first."""
    if request.param == "postgresql":
        url = str(request.getfixturevalue("postgres_facts"))
    else:
        url = f"sqlite:///{shutil.copy(request.getfixturevalue('sqlite_facts'), tmp_path / 'facts.sqlite')}"
    with database.open(url) as found:
        yield found
        if request.param == "postgresql":
            with found.writing() as connection:
                connection.execute(text("TRUNCATE audit, mention, observation, document, batch"))


@pytest.fixture
def table(tmp_path: Path) -> Callable[..., Path]:
    """Write a file of text, or of bytes, and give its path."""

    def write(content: str | bytes, name: str = "facts.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return write
