"""The past run through the model, beside naive forecasts."""

from __future__ import annotations

import numpy as np
import pytest

from dafeng.errors import Refused
from dafeng.kernel import Datum
from dafeng.pathway import Pathway
from dafeng.pathway.hindcast import _as_known, _path, hindcast, of_starts
from dafeng.pathway.settings import Trend


def test_known_drivers_give_the_formula_and_no_step(pathway: Pathway) -> None:
    found = hindcast(pathway, 2022)
    assert [each.id for each in found.sectors] == ["steel"]
    assert found.lacking == ("power", "imports")
    steel = found.sectors[0]
    assert steel.start == pytest.approx(208e4)
    # Iron 94 x 2.2 = 206.8 against the account's 208.
    assert steel.level == pytest.approx(-1.2e4)
    assert steel.forecasts["known"] == pytest.approx({2023: (90 * 2.2 + 1.2) * 1e4, 2024: (86 * 2.2 + 1.2) * 1e4})
    # Nothing known: crude steel stays 108; iron by formula 108 x 0.95 x 0.9, where 94 was observed.
    grown = (108 * 0.95 * 0.9 - 94) * 2.2
    assert steel.forecasts["unknown"][2024] == pytest.approx((208 + grown) * 1e4)
    assert steel.forecasts["last"] == {2023: 208e4, 2024: 208e4}
    assert steel.forecasts["line"] == {}
    errors = [abs(90 * 2.2 + 1.2 - 200), abs(86 * 2.2 + 1.2 - 190)]
    assert steel.error["known"] == pytest.approx(sum(errors) / (200 + 190))
    assert steel.best == "known"
    assert found.total.error["known"] == steel.error["known"]


def test_nothing_after_the_start_is_seen(pathway: Pathway) -> None:
    one, two = of_starts(pathway)
    assert (one.start, two.start) == (2022, 2023)
    assert two.sectors[0].forecasts["unknown"][2024] == pytest.approx((200 + (105 * 0.95 * 0.9 - 90) * 2.2) * 1e4)


def test_a_start_without_accounts_is_refused(pathway: Pathway) -> None:
    with pytest.raises(Refused, match=r"no sector has an account of 2019; there are years from 2021 to 2024"):
        hindcast(pathway, 2019)
    with pytest.raises(Refused, match=r"2024 is not before 2024"):
        hindcast(pathway, 2024)


def test_what_was_fitted_stands_or_goes_on(pathway: Pathway) -> None:
    years = (2015, 2020, 2025)
    datum = Datum(
        np.array([[100.0, 90.0, 50.0]]),
        "",
        ("place", "year"),
        {"place": ("toy",), "year": years},
        "x",
        "parameter",
        "linear",
    )
    held = _as_known(datum, 2021, 2024, going_on=False)
    assert held.labels["year"] == (2015, 2020)
    assert np.asarray(held.values).tolist() == [[100.0, 90.0]]
    on = _as_known(datum, 2020, 2025, going_on=True)
    assert on.labels["year"] == (2015, 2020, 2021, 2022, 2023, 2024, 2025)
    assert np.asarray(on.values)[0, -1] == pytest.approx(81.0)
    assert _as_known(datum, 2030, 2035, going_on=True) is datum


def test_a_path_carries_a_fact_on_at_its_growth(pathway: Pathway) -> None:
    trend = Trend(fact="industry.crude_steel", years=2)
    datum = pathway.base.data["steel.output"]
    laid = _path(pathway, datum, trend, 2023, 2025)
    series = dict(
        zip(laid.labels["year"], np.asarray(laid.values).reshape(-1, len(laid.labels["year"]))[0], strict=True)
    )
    assert series[2025] / series[2024] == pytest.approx(series[2024] / series[2023])
    known = pathway.city.facts.series("industry.crude_steel", pathway.city.id).yearly
    assert series[2023] == pytest.approx(known[2023].value)
