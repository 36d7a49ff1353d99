"""Factors as arrays: values, units, axes, a source in every cell, and the refusal of every absent one."""

from __future__ import annotations

import numpy as np
import pytest

from dafeng import units
from dafeng.errors import NotFound
from dafeng.factors import Factors, bind
from dafeng.kernel import Datum

FUELS = ("raw_coal", "coke", "gasoline", "natural_gas", "lng", "other_coking_products")


def coherent(datum: Datum) -> np.ndarray:
    return np.asarray(datum.values) * units.coherent(datum.unit)


def test_the_arrays_of_a_regime(shanghai: Factors) -> None:
    bound = shanghai.data("assessed", range(2020, 2025), FUELS, region="shanghai")
    assert {id: (datum.unit, datum.dims, datum.kind) for id, datum in bound.data.items()} == {
        "fuel.ncv_by_mass": ("GJ/t", ("fuel",), "parameter"),
        "fuel.ncv_by_volume": ("GJ/万立方米", ("fuel",), "parameter"),
        "fuel.carbon_content": ("tCO2/TJ", ("fuel",), "parameter"),
        "fuel.oxidation": ("", ("fuel",), "parameter"),
        "fuel.co2_by_mass": ("tCO2/t", ("fuel",), "parameter"),
        "fuel.co2_by_volume": ("tCO2/万立方米", ("fuel",), "parameter"),
        "electricity.co2_factor": ("tCO2/MWh", ("year",), "parameter"),
    }
    mass = bound.data["fuel.co2_by_mass"]
    assert mass.labels["fuel"] == FUELS
    np.testing.assert_allclose(mass.values, [1.9003, 2.8604, 2.9251, np.nan, np.nan, np.nan], atol=5e-5)
    power = bound.data["electricity.co2_factor"]
    assert power.labels["year"] == (2020, 2021, 2022, 2023, 2024)
    np.testing.assert_array_equal(power.values, [np.nan, 0.5834, 0.5849, 0.5737, np.nan])
    assert power.between == "absent"


def test_every_present_cell_has_its_source_and_every_absent_one_its_refusal(shanghai: Factors) -> None:
    bound = shanghai.data("assessed", (2023, 2024), FUELS, region="shanghai")
    source = bound.data["electricity.co2_factor"].source_at((0,))
    assert source is not None
    assert str(source) == "grid-factors-2023#表 1—3"
    assert (source.confidence, source.vintage) == ("high", "2025-12-31")
    assert source.note == "grid-provincial.electricity.co2_factor.shanghai.2023"
    assert bound.data["electricity.co2_factor"].source_at((1,)) is None
    told = {(error.asked.what, error.asked.parameter, error.asked.year): error.reason for error in bound.refused}
    assert told == {
        ("electricity", "co2_factor", 2024): "not-found",
        **{("lng", name, None): "conflict" for name in ("ncv", "carbon_content", "oxidation", "co2_factor")},
        **{
            ("other_coking_products", name, None): "no-parameter"
            for name in ("ncv", "carbon_content", "oxidation", "co2_factor")
        },
    }


@pytest.mark.parametrize("regime", ["enterprise", "ceads"])
def test_the_steps_multiply_to_the_factor_in_coherent_units(shanghai: Factors, regime: str) -> None:
    data = shanghai.data(regime, (), ("gasoline", "diesel", "natural_gas")).data
    steps = coherent(data["fuel.carbon_content"]) * data["fuel.oxidation"].values
    np.testing.assert_allclose(
        (coherent(data["fuel.ncv_by_mass"]) * steps)[:2], coherent(data["fuel.co2_by_mass"])[:2], rtol=2e-7
    )
    np.testing.assert_allclose(
        (coherent(data["fuel.ncv_by_volume"]) * steps)[2:], coherent(data["fuel.co2_by_volume"])[2:], rtol=2e-7
    )


def test_a_conflict_is_settled_for_one_fuel(shanghai: Factors) -> None:
    bound = shanghai.data("assessed", (), FUELS, sets={"lng": "shandong-eia"})
    assert bound.data["fuel.co2_by_mass"].values[4] == pytest.approx(2.7318, abs=5e-5)
    assert not any(error.asked.what == "lng" for error in bound.refused)


def test_fuels_by_sector(shanghai: Factors) -> None:
    sectors = ("power_heat", "ferrous_smelting", "urban_households", "transport_storage_post")
    bound = shanghai.data("ceads", (), ("raw_coal", "gasoline"), sectors=sectors)
    datum = bound.data["fuel.co2_by_mass"]
    assert (datum.dims, datum.labels["sector"]) == (("fuel", "sector"), sectors)
    np.testing.assert_array_equal(datum.values[0], [1.7269, 1.6659, 1.4630, np.nan])
    np.testing.assert_array_equal(datum.values[1], [2.926746] * 4)
    source = datum.source_at((0, 1))
    assert source is not None
    assert source.note == "ceads.raw_coal.co2_factor.smelting"


def test_fuels_by_year_where_a_set_is_dated(toy: Factors) -> None:
    data = toy.data("local-market", (2019, 2020), ("diesel", "gasoline"), region="toyville").data
    datum = data["fuel.co2_by_mass"]
    assert datum.dims == ("fuel", "year")
    np.testing.assert_allclose(datum.values, [[3.0959, 3.1], [2.9251, 2.9251]], atol=5e-5)
    np.testing.assert_array_equal(data["electricity.co2_factor"].values, [np.nan, 0.6])


def test_factors_by_energy(shanghai: Factors) -> None:
    data = shanghai.data("buildings", (2023,), ("natural_gas", "diesel"), region="shanghai").data
    np.testing.assert_array_equal(data["fuel.co2_by_energy"].values, [55.54, 72.59])
    np.testing.assert_array_equal(data["electricity.co2_factor"].values, [0.42])


def test_gases(national: Factors) -> None:
    bound = bind.warming(national, ("co2", "ch4", "n2o", "nf3"), "sar")
    datum = bound.data["gas.gwp100"]
    assert (datum.unit, datum.dims) == ("tCO2e/t", ("gas",))
    np.testing.assert_array_equal(datum.values, [1, 21, 310, np.nan])
    assert [error.asked.what for error in bound.refused] == ["nf3"]


def test_nothing_fits(national: Factors) -> None:
    bound = bind.yearly(national, "electricity", (2023,), regime="ceads")
    assert (dict(bound.data), len(bound.refused)) == ({}, 1)


def test_a_fuel_without_a_name_is_an_error_and_not_an_absence(national: Factors) -> None:
    with pytest.raises(NotFound, match=r"^no fuel or activity 'gasolin'\. Did you mean 'gasoline'\?$"):
        national.data("enterprise", (), ("gasolin",))


def test_a_model_reads_the_arrays(shanghai: Factors) -> None:
    from dafeng.kernel import Array, Model, fact, param, total, variable

    @variable("tCO2/year", dims="year", ref="test")
    def burnt(fuel: Array = fact("fuel.burnt"), factor: Array = param("fuel.co2_by_mass")) -> Array:
        """CO2 of the fuels burnt."""
        return total(fuel * factor, over="fuel")

    fuels = ("gasoline", "diesel")
    given = Datum(
        np.array([[1.0, 2.0], [3.0, 4.0]]),
        "万吨/year",
        ("fuel", "year"),
        {"fuel": fuels, "year": (2020, 2021)},
        "yearbook",
    )
    data = {"fuel.burnt": given, "fuel.co2_by_mass": shanghai.data("ceads", (), fuels).data["fuel.co2_by_mass"]}
    state = Model(burnt).check(data).run(data, (2020, 2021))
    expected = [1e4 * 2.926746 + 3e4 * 3.093819, 2e4 * 2.926746 + 4e4 * 3.093819]
    np.testing.assert_allclose(state.values(burnt, unit="tCO2/year"), expected)
