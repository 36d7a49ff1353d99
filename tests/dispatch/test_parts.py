"""Plants one by one, reserves, rules by years, and what a year costs and is worth."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.dispatch.specs import base, clock
from tests.dispatch.test_check import faults, written

from dafeng.dispatch.answer import Answer
from dafeng.dispatch.build.worth import Worth
from dafeng.dispatch.fleet import read, standing
from dafeng.dispatch.prices import by_season, duration, month_of
from dafeng.dispatch.read import read_spec
from dafeng.dispatch.solve import dispatch
from dafeng.dispatch.spec import Spec
from dafeng.errors import Collector, FaultsFound

Series = dict[str, np.ndarray]
HEAD = "technology,plant,unit,megawatt,year,seen,retired,source,note\n"


def solved(series: Series, data: dict[str, Any], hours: int = 48) -> Answer:
    return dispatch(Spec.model_validate(data), series, "highs", clock(hours))


def plants(folder: Path, rows: str) -> Path:
    path = folder / "units.csv"
    path.write_text(HEAD + rows, encoding="utf-8")
    return path


def test_a_plant_stands_from_its_year_to_its_end(tmp_path: Path) -> None:
    found = Collector("x")
    rows = read(
        plants(
            tmp_path,
            "coal,a,1,100,1990,,,drawn,\n"
            "coal,b,1,200,1980,2023,,drawn,seen after its age\n"
            "coal,c,1,400,2000,,2025,drawn,retired early\n"
            "gas,d,1,800,2010,,,drawn,\n",
        ),
        {"drawn"},
        found,
    )
    assert not found.faults
    assert standing(rows, "coal", 40, (1985, 2010, 2023, 2024, 2025, 2030)) == {
        1985: 200, 2010: 700, 2023: 700, 2024: 500, 2025: 100, 2030: 0,
    }  # fmt: skip


def test_faults_of_plants_name_their_rows(tmp_path: Path) -> None:
    found = Collector("x")
    read(
        plants(
            tmp_path,
            "coal,a,1,much,1990,,,drawn,\ncoal,a,1,-5,1990,,,drawn,\ncoal,a,1,5,1990,,1980,drawn,\n"
            "coal,a,1,5,1990,,,hearsay,\n",
        ),
        {"drawn"},
        found,
    )
    assert [(fault.code, fault.place) for fault in found.faults] == [
        ("not-a-number", "units.csv:2"),
        ("negative", "units.csv:3"),
        ("bounds", "units.csv:4"),
        ("unknown-source", "units.csv:5"),
    ]


def test_plants_of_a_file_become_the_existing_capacity(tmp_path: Path) -> None:
    plants(tmp_path, "gas,a,1,300,2000,,,drawn,\ngas,b,1,500,2020,,,drawn,\n")
    data = base(
        profiles={name: {"reference": "load" if name == "load" else "solar"} for name in ("load", "sun", "wind")}
    )
    data["technologies"]["gas"]["units"] = "units.csv"
    path = written(tmp_path, data)
    spec, _ = read_spec(path, (2024, 2030))
    existing = spec.technologies["gas"].existing
    assert existing is not None and existing.value == {2024: 800.0, 2030: 500.0}
    data["technologies"]["pv"]["units"] = "units.csv"
    with pytest.raises(FaultsFound, match=r"no row of units.csv is of technology 'pv'\. It has gas"):
        read_spec(written(tmp_path, data))
    del data["technologies"]["pv"]["units"]
    data["technologies"]["gas"]["existing"] = "5 MW"
    with pytest.raises(FaultsFound, match="states both units and existing"):
        read_spec(written(tmp_path, data))


def test_nothing_is_built_before_its_year_nor_retired(series: Series) -> None:
    data = base(periods=[2025, 2030])
    data["technologies"]["gas"] |= {"existing": "1500 MW", "build_from": 2030}
    data["technologies"]["pv"]["build_from"] = 2030
    data["technologies"]["old"] = {
        "node": "city", "existing": "500 MW", "variable": "900 CNY/MWh", "fixed": "300 CNY/kW/year",
        "retire": True, "retire_from": 2030,
    }  # fmt: skip
    first, second = solved(series, data).periods
    assert first.capacity["pv"] == 0 and first.built == {"battery": first.built["battery"]}
    assert second.capacity["pv"] > 0
    assert first.capacity["old"] == 500 and second.capacity["old"] == pytest.approx(0, abs=1e-3)


def test_rules_hold_in_their_years(series: Series) -> None:
    data = base(periods=[2025, 2030, 2035])
    rule = {"kind": "co2", "at_most": "9 MtCO2"}
    data["budgets"] = {"early": rule | {"until": 2029}, "late": rule | {"since": 2030}, "never": rule | {"since": 2040}}
    found = [(limit.name, limit.period) for limit in solved(series, data, 24).limits]
    assert found == [("early", 2025), ("late", 2030), ("late", 2035)]


def test_demand_response_is_a_share_of_the_peak(series: Series) -> None:
    data = base(
        responses={"less": {"node": "city", "build": True, "capital": "90 CNY/kW", "cost": "3 CNY/kWh", "hours": 10}},
        budgets={"share": {"kind": "response", "at_least": 0.08}},
    )
    (year,) = solved(series, data).periods
    assert year.adequacy is not None
    assert year.capacity["less"] == pytest.approx(0.08 * year.adequacy.peak, rel=1e-6)


def test_only_a_part_of_imports_counts_as_renewable(series: Series) -> None:
    data = base()
    data["technologies"] = {
        "gas": {"node": "city", "existing": "2 GW", "variable": "500 CNY/MWh"},
        "river": {"node": "city", "existing": "1 GW", "renewable": 0.8},
    }
    (year,) = solved(series, data).periods
    assert year.renewable_share == pytest.approx(0.8 * year.energy["river"] / year.demand)


RESERVE = {"node": "city", "units": ["gas", "old"], "load_share": 0.1, "price": "9 CNY/kWh"}


def test_a_reserve_stands_and_does_not_run(series: Series) -> None:
    data = base()
    data["storages"] = {}
    data["technologies"] = {
        "gas": {"node": "city", "existing": "1400 MW", "variable": "300 CNY/MWh", "availability": 0.9},
        "old": {"node": "city", "build": True, "capital": "900 CNY/kW", "variable": "800 CNY/MWh"},
    }
    data["reserves"] = {"spinning": RESERVE}
    (year,) = solved(series, data).periods
    stands = 0.9 * year.capacity["gas"] + year.capacity["old"]
    headroom = stands - year.hourly["gas"] - year.hourly["old"]
    assert np.all(headroom >= 0.1 * year.load - 1e-3)
    assert headroom.min() == pytest.approx(0.1 * year.load.max(), rel=1e-6)


def test_a_reserve_that_is_missed_is_told(series: Series) -> None:
    data = base()
    data["storages"] = {}
    data["technologies"] = {"gas": {"node": "city", "existing": "1300 MW", "variable": "300 CNY/MWh"}}
    data["reserves"] = {"spinning": RESERVE | {"units": ["gas"]}}
    (year,) = solved(series, data).periods
    missed = np.maximum(0.1 * year.load - (1300 - np.minimum(year.load, 1300)), 0) * 8760 / 48 / 1e3
    assert year.adequacy is not None
    assert year.adequacy.reserve_missed == pytest.approx(missed.sum(), rel=1e-6)


def test_a_reserve_is_asked_of_units_whose_output_is_chosen(series: Series) -> None:
    told = faults(base(reserves={"r": RESERVE | {"units": ["pv", "gone"], "load_share": 0}}), series)
    assert told == [
        "reserves.r.units: the output of 'pv' is what the weather gives. Name units whose availability is a constant",
        "reserves.r.units: no technology 'gone'. Choose from: gas, pv, battery",
        "reserves.r: asks for nothing. State load_share or variable_share",
    ]


def whole() -> dict[str, Any]:
    """Every part of a spec that costs something, over two periods."""
    data = base(periods=[2025, 2030], co2_price="80 CNY/tCO2", nodes=["city", "far"])
    data["technologies"]["gas"]["variable"] = "20 CNY/MWh"
    data["carriers"]["gas"]["price"] = "60 CNY/MWh"
    data["technologies"]["wind"] = {
        "node": "far", "build": True, "capital": "5000 CNY/kW", "fixed": "2 %/year", "availability": "wind",
        "renewable": True, "maximum": "300 MW",
    }  # fmt: skip
    data["technologies"]["pv"]["maximum"] = "2 GW"
    data["lines"] = {
        "cable": {
            "origin": "far",
            "target": "city",
            "build": True,
            "capital": "900 CNY/kW",
            "efficiency": 0.95,
            "variable": "5 CNY/MWh",
        }
    }
    data["storages"]["battery"]["variable"] = "3 CNY/MWh"
    data["storages"]["tank"] = {
        "node": "city", "build": True, "capital": "800 CNY/kW", "energy_capital": "30 CNY/kWh", "efficiency_in": 0.7,
    }  # fmt: skip
    data["flexible"] = {"cars": {"node": "city", "profile": "load", "energy": "400 GWh", "cost": "10 CNY/MWh"}}
    data["responses"] = {"less": {"node": "city", "existing": "90 MW", "cost": "1 CNY/kWh", "hours": 40, "firm": 1.0}}
    data["budgets"] = {
        "margin": {"kind": "margin", "at_least": 0.1},
        "co2": {"kind": "co2", "at_most": "2 MtCO2", "slack_price": "70 CNY/tCO2"},
        "sun": {
            "kind": "capacity",
            "technologies": ["pv"],
            "at_least": "9 GW",
            "periods": [2025],
            "slack_price": "10 CNY/kW",
        },
    }
    data["reserves"] = {
        "spinning": {"node": "city", "units": ["gas", "battery"], "load_share": 0.05, "price": "9 CNY/kWh"}
    }
    return data


@pytest.mark.parametrize("changes", [{}, {"periods": [2025]}])
def test_the_parts_of_the_cost_sum_to_the_objective(series: Series, changes: dict[str, Any]) -> None:
    data = whole() | changes
    found = solved(series, data)
    pay = Worth(Spec.model_validate(data)).discount()
    costs = [period.costs for period in found.periods]
    assert costs[0] is not None
    total = sum(w * (cost.paid + cost.rules) for w, cost in zip(pay, costs, strict=True) if cost is not None)
    assert total == pytest.approx(found.objective, rel=1e-9)
    assert min(costs[0].capital, costs[0].variable, costs[0].rules, found.periods[-1].energy["gas"]) > 0


def test_what_is_built_is_worth_its_cost_and_what_is_bounded_more(series: Series) -> None:
    data = whole() | {"periods": [2025]}
    data["budgets"].pop("sun")
    (year,) = solved(series, data).periods
    annuity = 0.05 / (1 - 1.05**-25)
    assert year.capacity["gas"] > 0
    assert year.worth["gas"] == pytest.approx(4000 * annuity, rel=1e-5)
    assert year.capacity["pv"] == pytest.approx(2000)
    assert year.worth["pv"] > 3000 * annuity
    assert year.capacity["tank"] > 0
    assert year.worth["tank"] == pytest.approx(800 * annuity, rel=1e-5)


def test_a_gigawatt_more_saves_what_it_is_worth(series: Series) -> None:
    def objective(size: float) -> Any:
        data = whole() | {"periods": [2025]}
        data["budgets"].pop("sun")
        data["responses"]["less"]["existing"] = f"{size} MW"
        return solved(series, data)

    now, more = objective(90), objective(90.5)
    saved = (now.objective - more.objective) / 500
    assert now.periods[0].worth["less"] == pytest.approx(saved, rel=1e-4)


def test_a_missed_rule_names_what_binds_with_it(series: Series) -> None:
    data = base(
        budgets={
            "sun": {"kind": "capacity", "technologies": ["pv"], "at_most": "10 MW", "slack_price": "90000 CNY/kW"},
            "share": {"kind": "renewable", "at_least": 0.5},
            "loose": {"kind": "co2", "at_most": "900 MtCO2"},
        }
    )
    (missed,) = solved(series, data).missed
    assert missed.name == "share" and missed.missed > 0 and missed.together == ("sun",)


def test_seasons_and_the_duration_curve() -> None:
    hour = np.arange(8760, dtype=np.float64)
    assert list(month_of(np.array([0, 743, 744, 8759]))) == [1, 1, 2, 12]
    price = np.where(np.isin(month_of(hour), (6, 7, 8)), 500.0, 300.0)
    assert by_season(price, np.ones(8760), hour) == {"spring": 300, "summer": 500, "autumn": 300, "winter": 300}
    curve = duration(price, np.ones(8760))
    assert (curve[0], curve[25], curve[50], curve[100]) == (500, 500, 300, 300)
    assert list(curve.values()) == sorted(curve.values(), reverse=True)
