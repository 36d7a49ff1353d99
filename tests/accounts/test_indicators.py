"""Published values beside computed ones; what awaits verification says so; every computed value tells its inputs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.accounts.printing import printed as run

from dafeng.accounts.account import account
from dafeng.accounts.indicators import INDICATORS, Reading, Value, compounded, read
from dafeng.city import City, load
from dafeng.errors import NotFound, Refused
from dafeng.facts.series import Facts

TOY = Path(__file__).parents[1] / "cities" / "toy"


def one(city: City, id: str, **asked: Any) -> Reading:
    return read(city, [id], **asked)[0]


def by_period(values: tuple[Value, ...]) -> dict[str, Value]:
    return {value.period: value for value in values}


def test_energy_intensity_fell_by_22_5_per_cent_in_2016_to_2020(shanghai: City) -> None:
    assert compounded(shanghai, 2016, 2020) == pytest.approx(-0.225, abs=0.001)
    found = by_period(one(shanghai, "energy-intensity-five-years").computed)["2016/2020"]
    assert found.value == pytest.approx(-22.5, abs=0.1)
    assert [given.year for given in found.inputs] == [2016, 2017, 2018, 2019, 2020]
    assert found.how is not None
    assert found.how.en == "(1 -3.70 %) × (1 -5.28 %) × (1 -5.56 %) × (1 -3.61 %) × (1 -6.64 %) − 1"
    assert "energy-communique-2020" in found.sources


def test_a_five_year_plan_with_a_gap_has_no_value_and_tells_the_gap(shanghai: City) -> None:
    found = one(shanghai, "energy-intensity-five-years")
    why = {absent.period: absent.why.en for absent in found.absent}
    assert why["2011/2015"] == "no published change of 2012, 2013"
    assert why["2021/2025"] == "no published change of 2021, 2022, 2023, 2024, 2025"
    assert by_period(found.official)["2011/2015"].value == -25.45


def test_a_gap_in_the_chain_is_refused(shanghai: City) -> None:
    with pytest.raises(Refused, match=r"^energy\.intensity_change: no published change of 2021\. Choose years"):
        compounded(shanghai, 2020, 2021)


def test_official_and_computed_stand_beside_each_other(shanghai: City) -> None:
    found = one(shanghai, "energy-intensity-change")
    official, computed = by_period(found.official), by_period(found.computed)
    assert official["2020"].value == -6.64
    assert computed["2020"].value == pytest.approx(-6.64, abs=0.1)
    assert computed["2020"].confidence == "low"
    assert "2018" not in computed, "the figures of 2017 and 2018 stand on two bases"
    waiting = official["2021/2025"]
    assert (waiting.value, waiting.status, waiting.sources) == (
        None,
        "awaiting_verification",
        ("shanghai-plan-report-2026",),
    )
    assert by_period(found.planned)["2024"].value == -3


def test_carbon_intensity_awaits_verification(shanghai: City) -> None:
    found = one(shanghai, "co2-intensity-change", boundary="ceads")
    assert by_period(found.computed)["2019"].value == pytest.approx((192.9116 / 190.6424 / 1.06 - 1) * 100, abs=1e-2)
    assert by_period(found.official)["2021/2025"].status == "awaiting_verification"
    assert {"2020", "2021"}.isdisjoint(by_period(found.computed)), "there is no account of 2020"


def test_carbon_intensity_against_2005(shanghai: City) -> None:
    found = one(shanghai, "co2-intensity-since-2005", boundary="ceads")
    growth = 12.8, 15.2, 9.7, 8.4, 10.2, 8.3, 7.5, 7.9, 7.1, 7.0, 6.9, 7.0, 6.8, 6.0, 1.7, 8.3
    output = 1.0
    for rate in growth:
        output *= 1 + rate / 100
    last = by_period(found.computed)["2006/2021"]
    assert last.value == pytest.approx((191.60 / 158.94 / output - 1) * 100, abs=0.05)
    assert last.value == pytest.approx(-65.5, abs=0.1)
    none = one(shanghai, "co2-intensity-since-2005", boundary="assessed")
    assert none.computed == ()
    assert none.absent[0].why.en == "boundary assessed has no total of 2005"


def test_electrification_reads_complete_balances_only(shanghai: City) -> None:
    found = one(shanghai, "electrification")
    values = {(value.year, value.basis): value for value in found.computed}
    assert values[2021, "with-feedstock"].value == pytest.approx(23.0, abs=0.1)
    assert values[2021, "without-feedstock"].value == pytest.approx(26.4, abs=0.1)
    assert values[2007, "with-feedstock"].value == pytest.approx(16.7, abs=0.1)
    assert [(absent.period, absent.why.en) for absent in found.absent] == [
        ("2005", "the energy balance is not complete")
    ]


def test_shares_come_with_their_status_and_basis(shanghai: City) -> None:
    found = one(shanghai, "coal-share")
    assert [(v.period, v.value, v.status) for v in found.official] == [("2010", 49.6, "actual")]
    assert {(v.basis, v.value, v.status) for v in found.computed} == {
        ("coal-equivalent", 30.3, "derived"),
        ("calorific", 34.4, "derived"),
    }
    assert by_period(one(shanghai, "non-fossil-share").planned)["2020"].value == 14


def test_the_renewable_share_agrees_with_the_published_one(shanghai: City) -> None:
    found = one(shanghai, "renewable-power-share")
    official, computed = by_period(found.official), by_period(found.computed)
    assert len(official) == 8
    for period, value in official.items():
        assert computed[period].value == pytest.approx(value.value, abs=0.1)


def test_the_obligation_is_told_to_be_absent(shanghai: City) -> None:
    found = one(shanghai, "renewable-obligation")
    assert {value.status for value in found.official} == {"not_found"}
    assert {value.value for value in found.planned} == {30, 6}


@pytest.mark.parametrize(
    ("id", "period", "value"),
    [
        ("co2-per-person", "2019", 7.78),
        ("energy-per-person", "2019", 4.71),
        ("power-per-person", "2024", 8000.0),
        ("power-per-gdp", "2020", 404.5),
        ("gdp-per-person", "2020", 156605.0),
        ("co2-intensity", "2021", 0.454),
    ],
)
def test_per_person_and_per_gdp(shanghai: City, id: str, period: str, value: float) -> None:
    found = by_period(one(shanghai, id, boundary="ceads").computed)[period]
    assert found.value == pytest.approx(value, rel=2e-3)
    assert found.sources
    assert found.how is not None


def test_every_value_has_a_source_and_a_status(shanghai: City) -> None:
    for reading in read(shanghai, boundary="ceads"):
        for value in (*reading.official, *reading.computed, *reading.planned):
            assert value.sources or value.status == "not_found", value
            assert value.status
            assert value.unit == reading.indicator.unit


def test_a_span_of_years(shanghai: City) -> None:
    found = one(shanghai, "energy-intensity-change", first=2019, last=2020)
    assert {value.period for value in found.official} == {"2019", "2020"}
    assert {value.period for value in one(shanghai, "energy-intensity-change", first=2022, last=2022).official} == {
        "2021/2025"
    }


def test_what_cannot_be_asked_is_refused(shanghai: City) -> None:
    with pytest.raises(NotFound) as caught:
        read(shanghai, ["coal-shares"])
    assert caught.value.candidates[0] == "coal-share"
    with pytest.raises(Refused, match=r"^indicators: 2018 is before 2020\."):
        read(shanghai, first=2020, last=2018)
    with pytest.raises(NotFound):
        read(shanghai, ["coal-share"], boundary="ceadss")


def test_another_city_has_what_its_facts_give() -> None:
    found = {reading.indicator.id: reading for reading in read(load(TOY))}
    assert set(found) == {indicator.id for indicator in INDICATORS}
    assert all(reading.computed or reading.absent or reading.indicator.compute is None for reading in found.values())


def test_a_city_without_facts_computes_nothing(shanghai: City) -> None:
    from dataclasses import replace

    empty = replace(shanghai, facts=Facts([], shanghai.indicators))
    for reading in read(empty):
        assert reading.official == reading.computed == reading.planned == ()


def test_the_command_prints_the_record(tmp_path: Path) -> None:
    found = json.loads(run(tmp_path, "indicators", "--indicator", "energy-intensity-five-years", "--json"))
    item = found["items"][0]
    assert item["computed"][0]["value"] == pytest.approx(-22.5, abs=0.1)
    assert {"official", "computed", "planned", "absent", "method", "unit"} <= set(item)
    text = run(tmp_path, "indicators", "--indicator", "energy-intensity-change", "--from", "2019")
    assert "awaiting_verification" in text or "awaiting verification" in text
    assert "electrification" in run(tmp_path, "indicators")


@pytest.mark.parametrize("id", ["co2-intensity", "co2-per-person"])
def test_a_level_of_an_account_carries_the_interval_of_its_total(shanghai: City, id: str) -> None:
    found = by_period(one(shanghai, id, boundary="ceads").computed)["2019"]
    total = account(shanghai, "ceads", 2019).total
    assert total is not None
    assert found.value is not None
    assert found.low is not None
    assert found.high is not None
    assert [found.low / found.value, found.high / found.value] == pytest.approx(
        [total.low / total.value, total.high / total.value]
    )


def test_what_rests_on_no_account_or_is_a_change_has_no_interval(shanghai: City) -> None:
    for id in ("energy-intensity", "co2-intensity-change"):
        assert {(value.low, value.high) for value in one(shanghai, id, boundary="ceads").computed} == {(None, None)}


def test_of_a_boundary_with_other_gases_only_co2_is_taken(shanghai: City) -> None:
    whole = account(shanghai, "inventory-2025", 2021)
    found = by_period(one(shanghai, "co2-per-person", boundary="inventory-2025").computed)["2021"]
    given = found.inputs[0]
    assert given.id == "account inventory-2025, CO2 only"
    assert given.value == pytest.approx(whole.by_gas["co2"])
    assert whole.total is not None
    assert given.value < whole.total.value - 1
    assert by_period(one(shanghai, "co2-per-person", boundary="ceads").computed)["2021"].inputs[0].id == "account ceads"
