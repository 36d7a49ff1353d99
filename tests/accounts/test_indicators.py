"""Official changes beside computed ones; what awaits verification says so."""

from __future__ import annotations

import pytest

from dafeng.accounts.indicators import co2_changes, compounded, energy_changes, per_person
from dafeng.city import City
from dafeng.errors import Refused


def test_energy_intensity_fell_by_22_5_per_cent_in_2016_to_2020(shanghai: City) -> None:
    assert compounded(shanghai, 2016, 2020) == pytest.approx(-0.225, abs=0.001)


def test_a_gap_in_the_chain_is_refused(shanghai: City) -> None:
    with pytest.raises(Refused, match=r"^energy\.intensity_change: no published change of 2021\. Choose years"):
        compounded(shanghai, 2020, 2021)


def test_official_and_computed_stand_beside_each_other(shanghai: City) -> None:
    found = {one.year: one for one in energy_changes(shanghai, range(2019, 2024))}
    assert found[2020].official == pytest.approx(-0.0664)
    assert found[2020].computed == pytest.approx(-0.0664, abs=0.005)
    assert (found[2022].official, found[2022].status) == (None, "awaiting_verification")


def test_carbon_intensity_awaits_verification(shanghai: City) -> None:
    found = {one.year: one for one in co2_changes(shanghai, "ceads", range(2018, 2023))}
    assert found[2019].computed == pytest.approx(192.9116 / 190.6424 / 1.06 - 1, abs=1e-4)
    assert found[2021].status == "awaiting_verification"
    assert found[2020].computed is None


def test_per_person(shanghai: City) -> None:
    assert per_person(shanghai, "ceads")[2019] == pytest.approx(7.78, abs=0.05)
