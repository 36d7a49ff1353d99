"""A city of which the code knows nothing has its own region, sets, fuels and regimes."""

from __future__ import annotations

import pytest

from dafeng.factors import Factors, NoFactor


@pytest.mark.parametrize(
    ("year", "region", "value"),
    [
        (2020, "toyville", 0.6),
        (2022, "toyville-north", 0.6),
        (2023, "toyville", 0.5),
        (2030, "toyville", 0.5),
        (2023, "toyville-north", 0.45),
    ],
)
def test_its_market_has_its_own_electricity(toy: Factors, year: int, region: str, value: float) -> None:
    assert toy.get("electricity", regime="local-market", year=year, region=region).factor.value == value


def test_its_regime_reads_its_own_set_first(toy: Factors) -> None:
    def read(what: str) -> tuple[str, float | None]:
        factor = toy.get(what, regime="local-market", year=2023, region="toyville").factor
        return factor.set, factor.value

    assert read("diesel") == ("toy-market", 3.1)
    assert read("gasoline")[0] == "enterprise-defaults"
    assert read("泥炭") == ("toy-market", pytest.approx(9.5 * 28 * 0.98 * 44 / 12 / 1000))
    with pytest.raises(NoFactor) as caught:
        toy.get("diesel", "ncv", regime="local-market", year=2023)
    assert str(caught.value) == (
        "ncv of diesel, regime local-market, year 2023: the set toy-market has no ncv of diesel. Ask for another "
        "parameter, or name another set. Nearest: ceads.diesel.ncv = 42.652 GJ/t (not read by this regime); "
        "enterprise-defaults.diesel.ncv = 42.652 GJ/t (the regime takes the fuel from another set); "
        "ipcc-2006-fuels.diesel.ncv = 42.652 GJ/t (not read by this regime); "
        "other-industries.diesel.ncv = 43.33 GJ/t (not read by this regime)."
    )


def test_the_confidence_of_a_product_is_that_of_its_weakest_step(toy: Factors) -> None:
    assert toy.get("toy_peat", regime="local-market", year=2023).factor.confidence == "medium"


def test_its_region_lies_within_the_grid_of_the_country(toy: Factors) -> None:
    assert toy.get("electricity", regime="gpc", year=2023, region="toyville-north").factor.value == 0.55


def test_before_its_first_year_it_has_none(toy: Factors) -> None:
    with pytest.raises(NoFactor) as caught:
        toy.get("electricity", regime="local-market", year=2019, region="toyville")
    assert caught.value.reason == "year"
    assert caught.value.candidates[0].factor.id == "toy-market.electricity.co2_factor.toyville.2020-2022"


def test_before_its_set_is_in_force_the_next_one_is_read(toy: Factors) -> None:
    assert toy.get("diesel", regime="local-market", year=2019).factor.set == "enterprise-defaults"
    with pytest.raises(NoFactor) as caught:
        toy.get("diesel", regime="local-market")
    assert caught.value.reason == "needs-year"


def test_the_factors_of_another_city_are_not_there(toy: Factors, national: Factors) -> None:
    assert "shanghai-market" not in toy.library.sets
    assert set(national.all) < set(toy.all)
    assert national.library.regimes["local-market"].reads == {}
