"""Districts and enterprises over HTTP: what was entered is added up, and no single unit is told."""

from __future__ import annotations

import pytest
from tests.accounts.printing import printed
from tests.api.asgi import Client
from tests.api.conftest import TODAY

from dafeng.api import build
from dafeng.web.site import Site


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Client:
    """The API of Shanghai with made-up districts and enterprises."""
    folder = tmp_path_factory.mktemp("registers")
    printed(folder, "demo", "districts", str(folder), "--year", "2021")
    printed(folder, "demo", "enterprises", str(folder), "--year", "2021", "--count", "30")
    printed(folder, "enterprise", "register", str(folder / "units.csv"), "--who", "admin")
    for name in ("districts.csv", "activity.csv"):
        printed(folder, "import", "activity", str(folder / name), "--place", "shanghai")
    return Client(build(Site("shanghai", f"sqlite:///{folder}/x.sqlite", today=lambda: TODAY)))


def test_districts_are_compared(client: Client) -> None:
    found = client.get("/districts?year=2021").json()
    assert len(found["items"]) == 16
    assert found["missing"] == []
    assert all(item["synthetic"] for item in found["items"])
    assert client.get("/districts?year=2021&regime=nothing").status == 404


def test_the_roll_up_takes_the_published_share_and_leaves_a_remainder(client: Client) -> None:
    found = client.get("/districts/roll-up?year=2021").json()
    assert found["imported"]["share"] == pytest.approx(74.29 / 175.0)
    assert found["net"] == pytest.approx(found["gross"] - found["double_electricity"] - found["double_heat"])
    assert found["remainder"] == pytest.approx(found["city"] - found["net"])
    given = client.get("/districts/roll-up?year=2021&imported=0.5").json()
    assert given["imported"] == {"year": 2021, "share": 0.5, "sources": [], "how": None}
    assert client.get("/districts/roll-up?year=2021&imported=1.5").status == 422


def test_a_change_over_districts_and_a_peak_need_years_that_were_entered(client: Client) -> None:
    found = client.get("/districts/decomposition?start=2021&end=2022").json()
    assert (found["change"], found["effects"], len(found["left_out"])) == (None, [], 16)
    same = client.get("/districts/decomposition?start=2021&end=2021").json()
    assert same["change"] == 0
    assert set(same["effects"][0]["by_place"]) == set(found["left_out"])
    judged = client.get("/districts/pudong/peak").json()
    assert (judged["place"], judged["state"], list(judged["series"])) == ("pudong", "too_short", ["2021"])
    assert client.get("/districts/nowhere/peak").status == 404


def test_enterprises_are_sums_and_no_single_unit_is_told(client: Client) -> None:
    answer = client.get("/enterprises?year=2021")
    found = answer.json()
    assert (found["units"], found["synthetic"], found["least"]) == (30, True, 3)
    assert found["scope1"] > 0
    for by in ("by_sector", "by_place", "by_market"):
        for item in found[by]:
            assert item["value"] is None or item["units"] >= 3
    assert "demo-0" not in answer.text


@pytest.mark.parametrize("path", ["/enterprises/demo-0001", "/enterprises/demo-0001/report"])
def test_there_is_no_address_of_a_single_unit(client: Client, path: str) -> None:
    assert client.get(path).status == 404


def test_without_a_database_everything_is_absent_and_nothing_fails(shanghai: Client) -> None:
    found = shanghai.get("/districts?year=2021").json()
    assert (found["items"], len(found["missing"])) == ([], 16)
    rolled = shanghai.get("/districts/roll-up?year=2021").json()
    assert rolled["gross"] == 0
    assert len(rolled["missing"]) == 16
    assert shanghai.get("/enterprises?year=2021").json()["units"] == 0
