"""The synthetic year beside hours from elsewhere: an open file of typical days and weather, where it is present."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from dafeng.city import load
from dafeng.dispatch import imported
from dafeng.dispatch.pack import spec_of
from dafeng.dispatch.prices import month_of
from dafeng.dispatch.reference_year import shape
from dafeng.dispatch.run import Question, ask

FILE = Path(__file__).parents[3] / "shared" / "data" / "energy" / "shanghai_hourly_8760.csv"
pytestmark = pytest.mark.skipif(not FILE.is_file(), reason=f"{FILE.name} is not part of the repository")
#: Column of the file by profile of the spec.
COLUMNS = {
    "load": "load_2018_MW",
    "sun": "solar_cf",
    "wind-land": "onwind_cf",
    "wind-sea": "offwind_cf",
    "sun-west": "gansu_solar_cf",
}


def test_a_year_with_other_hours_gives_the_same_energy(tmp_path: Path) -> None:
    city = load("shanghai")
    spec, _ = spec_of(city, (2022,))
    for profile, column in COLUMNS.items():
        imported.bring(FILE, spec, profile, tmp_path, column)
    given = imported.known(tmp_path, spec)
    assert set(given) == set(COLUMNS)
    own = ask(city, Question(years=(2022,), step=3)).record
    other = ask(city, Question(years=(2022,), step=3, given=given)).record
    assert other["profiles"]["load"] == "given" and other["profiles"]["wind"] == "synthetic"
    assert other["certificate"]["gap"] <= 1e-6
    coal = [sum(v for name, v in each["energy"]["2022"].items() if name.startswith("coal")) for each in (own, other)]
    assert coal[1] == pytest.approx(coal[0], rel=0.02)
    co2 = [each["emissions"]["2022"]["total"] for each in (own, other)]
    assert co2[1] == pytest.approx(co2[0], rel=0.02)


def test_the_synthetic_load_has_the_seasons_and_the_days_of_the_other() -> None:
    other = imported.read_file(FILE, False, "load_2018_MW")
    own, months = shape("load"), month_of(np.arange(8760))
    seasons = [np.array([series[months == m].mean() / series.mean() for m in range(1, 13)]) for series in (own, other)]
    assert np.corrcoef(*seasons)[0, 1] > 0.8
    days = [series.reshape(365, 24).mean(axis=0) / series.mean() for series in (own, other)]
    assert np.corrcoef(*days)[0, 1] > 0.8
    assert seasons[0].argmax() in (6, 7)
