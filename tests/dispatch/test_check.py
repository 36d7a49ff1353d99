"""What is wrong with a spec is said before anything is built, all at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from tests.dispatch.guide import GUIDE, guide
from tests.dispatch.specs import base, clock

from dafeng.dispatch.check import check
from dafeng.dispatch.figure import Figure
from dafeng.dispatch.read import read_spec
from dafeng.dispatch.reference_year import KINDS, scaled, shape
from dafeng.dispatch.solve import dispatch
from dafeng.dispatch.spec import Spec
from dafeng.errors import Collector, FaultsFound, NotFound


def faults(data: dict[str, Any], series: dict[str, np.ndarray]) -> list[str]:
    found = Collector("spec")
    check(Spec.model_validate(data), series, found)
    return [str(fault) for fault in found.faults]


def changed(group: str, name: str, **fields: Any) -> dict[str, Any]:
    data = base()
    data[group] = {**data.get(group, {}), name: {**data.get(group, {}).get(name, {}), **fields}}
    return data


CASES: list[tuple[dict[str, Any], str]] = [
    (
        changed("technologies", "gas", capital="4000 CNY/kWh"),
        "technologies.gas.capital: 'CNY/kWh' is not money by kW (expected such as CNY/kW). "
        "State the cost in that unit; kW is capacity and kWh is energy",
    ),
    (
        changed("technologies", "gas", capital="-4000 CNY/kW"),
        "technologies.gas.capital: is below 0 (got -4000). State a number that is not negative",
    ),
    (
        changed("technologies", "gas", carrier="gaz"),
        "technologies.gas.carrier: no carrier 'gaz'. Choose from: gas",
    ),
    (
        changed("technologies", "gas", minimum="2 GW", maximum="1 GW"),
        "gas.minimum: the least of 2025 is above the most (2 > 1 GW). Raise the maximum or lower the minimum",
    ),
    (
        changed("technologies", "gas", capital={"value": 1, "unit": "EUR/kW"}),
        "technologies.gas.capital: no rate of exchange from EUR to CNY. State exchange: {EUR: NUMBER CNY/EUR}",
    ),
    (
        changed("technologies", "gas", efficiency=None),
        "technologies.gas: burns fuel and states not exactly one of efficiency and heat_rate. State one",
    ),
    (
        changed("technologies", "pv", capital=None),
        "pv.capital: may be built and states no capital cost. State capital by kW",
    ),
    (
        changed("budgets", "co2", kind="co2", at_most="0 tCO2"),
        "budgets.co2.at_most: is 0. Leave the technologies out, or state a limit above 0",
    ),
    (
        base(source=""),
        "discount_rate: has no source. Write [SOURCE] behind the figure, or source: in the entry",
    ),
    (
        base(nodes=["city", "island"])
        | {"demands": {"far": {"node": "island", "profile": "load", "lost_load": "9 CNY/kWh"}}},
        "demands.far.node: no generator reaches node 'island'. Add a technology there, or a line towards it",
    ),
    (
        base(nodes=["city", "far"])
        | {
            "lines": {
                "cable": {
                    "origin": "far",
                    "target": "city",
                    "existing": "100 MW",
                    "energy_minimum": "900 GWh",
                    "energy_maximum": "800 GWh",
                }
            }
        },
        "lines.cable.energy_minimum: the least energy of 2025 is above the most (900 > 800 GWh). "
        "Correct one of the two",
    ),
    (
        base(nodes=["city", "far"])
        | {"lines": {"cable": {"origin": "far", "target": "city", "existing": "100 MW", "energy_minimum": "900 GWh"}}},
        "lines.cable.energy_minimum: the least energy of 2025 is above what the line carries (900 > 876 GWh). "
        "Raise the capacity or lower the energy",
    ),
    (
        changed("budgets", "co2", kind="co2", at_most="1 MtCO2", since=2030, until=2025),
        "budgets.co2: holds since 2030 and until 2025, so never. Correct one of the two years",
    ),
    (
        changed("budgets", "store", kind="gas_storage", carrier="gas", at_least="20 day"),
        "budgets.store: does not say how much fuel is in store. "
        "State held, or leave the rule out where it is not known",
    ),
    (
        base(since=2030),
        "periods: 2025 is before the first year of the figures (2030). Ask for 2030 or later",
    ),
    (
        changed("technologies", "gas", efficiency=0),
        "technologies.gas.efficiency: is 0. State a number above 0, or leave it out",
    ),
    (
        changed("technologies", "gas", lifetime="0 year"),
        "technologies.gas.lifetime: is 0. State a number above 0, or leave it out",
    ),
    (
        changed("technologies", "gas", efficiency=55),
        "technologies.gas.efficiency: gives more electricity than it takes fuel. "
        "State a share up to 1, or a percentage up to 100 %",
    ),
    (
        changed("demands", "all", energy="0 TWh"),
        "demands: no demand of 2025 asks for energy. State an energy above 0",
    ),
    (base(nodes=["city", "city"]), "nodes: a node stands twice. Name each node once"),
    (
        base() | {"lines": {"cable": {"origin": "city", "target": "city", "existing": "100 MW"}}},
        "lines.cable: leads from 'city' to itself. Name two nodes, or drop it",
    ),
    (base(periods=[2030, 2025]), "periods: are not ascending (got [2030, 2025]). List each year once, in order"),
]


@pytest.mark.parametrize(("data", "message"), CASES, ids=[str(i) for i in range(len(CASES))])
def test_a_fault_is_named_with_its_remedy(data: dict[str, Any], message: str, series: dict[str, np.ndarray]) -> None:
    assert message in faults(data, series)


def test_series_are_checked_row_by_row(series: dict[str, np.ndarray]) -> None:
    sun, load = series["sun"].copy(), series["load"].copy()
    sun[11], load[0] = 1.2, -1
    assert faults(base(), {"load": load, "sun": sun}) == [
        "profiles.sun: a capacity factor above 1 at row 13 (got 1.2). "
        "Divide output by the capacity that stood in that hour",
        "profiles.load: a load below 0 at row 2 (got -1). Correct the rows; what flows the other way is no load",
    ]


def test_the_base_has_no_fault(series: dict[str, np.ndarray]) -> None:
    assert faults(base(), series) == []


def written(folder: Path, data: dict[str, Any]) -> Path:
    path = folder / "spec.yaml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def test_a_file_is_read_with_its_profiles(tmp_path: Path, series: dict[str, np.ndarray]) -> None:
    data = base()
    data["profiles"] = {
        "load": {"file": "hours.csv"},
        "sun": {"reference": "solar", "full_load_hours": 1000},
        "wind": {"file": "hours.csv", "column": "load", "shift": 3},
    }
    (tmp_path / "hours.csv").write_text("load\n" + "".join(f"{v}\n" for v in series["load"]), encoding="utf-8")
    spec, read = read_spec(written(tmp_path, data))
    assert spec.id == "small" and set(read) == {"load", "sun", "wind"}
    np.testing.assert_array_equal(read["load"], series["load"])
    np.testing.assert_array_equal(read["wind"], np.roll(series["load"], 3))
    assert read["sun"].sum() == pytest.approx(1000)


def test_hours_that_a_shape_cannot_have_are_named(tmp_path: Path) -> None:
    data = base()
    data["profiles"] = {
        "load": {"reference": "load", "load_factor": 1.5},
        "sun": {"reference": "solar", "full_load_hours": 9000},
    }
    with pytest.raises(FaultsFound) as caught:
        read_spec(written(tmp_path, data))
    assert [fault.code for fault in caught.value.faults] == ["schema-less-than-equal"] * 2
    data["profiles"] = {"load": {"reference": "load"}, "sun": {"reference": "solar", "full_load_hours": 7000}}
    with pytest.raises(FaultsFound, match="the shape 'solar' cannot have 7000"):
        read_spec(written(tmp_path, data))


def test_all_faults_of_a_file_come_at_once_with_their_lines(tmp_path: Path) -> None:
    data = changed("technologies", "gas", capital="4000 CNY/kWh")
    data["profiles"] = {"load": {"file": "none.csv"}, "sun": {"file": "short.csv"}, "wind": {"reference": "gale"}}
    (tmp_path / "short.csv").write_text("sun\n0.5\n0.6\n", encoding="utf-8")
    path = written(tmp_path, data)
    line = path.read_text(encoding="utf-8").splitlines().index("    capital: 4000 CNY/kWh") + 1
    with pytest.raises(FaultsFound) as caught:
        read_spec(path)
    assert [fault.code for fault in caught.value.faults] == ["no-file", "profile-length", "unknown-shape", "unit"]
    assert caught.value.faults[-1].place == f"spec.yaml:{line}, technologies.gas.capital"


def test_an_unknown_key_is_named_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(FaultsFound) as caught:
        read_spec(written(tmp_path, base() | {"nodse": ["city"]}))
    assert caught.value.faults[0].code == "schema-extra-forbidden"
    assert caught.value.faults[0].remedy == "Correct the value; the schema is in docs/guide/dispatch-spec.md"
    with pytest.raises(NotFound):
        read_spec(tmp_path / "other.yaml")


@pytest.mark.parametrize("name", KINDS)
def test_shapes_of_the_reference_year_are_the_same_everywhere(name: str) -> None:
    values = shape(name)
    assert values.shape == (8760,)
    assert values.min() >= 0
    np.testing.assert_array_equal(values, shape(name))
    if KINDS[name].share:
        assert values.max() <= 1
        assert scaled(name, full_load_hours=1500).sum() == pytest.approx(1500)
    else:
        assert scaled(name, load_factor=0.6).mean() == pytest.approx(0.6)


def test_a_figure_is_written_short_or_by_year() -> None:
    figure = Figure.model_validate("3400 CNY/kW @2020 [studies]")
    assert (figure.value, figure.unit, figure.price_year, figure.source) == (3400, "CNY/kW", 2020, "studies")
    by_year = Figure.model_validate({"value": {2025: 5, 2030: 4}, "unit": "CNY/kW"})
    assert [by_year.at(year) for year in (2020, 2025, 2029, 2035)] == [5, 5, 5, 4]
    with pytest.raises(ValueError, match="NUMBER UNIT"):
        Figure.model_validate("cheap")


def test_the_example_of_the_guide_is_solved() -> None:
    spec, series = read_spec(Path(__file__).parents[2] / "docs/examples/two-technologies.yaml")
    days = clock(24 * 7)
    found = dispatch(spec, series, "staged", days)
    assert found.certificate.holds and found.periods[0].capacity["gas"] > 0


def test_the_schema_in_the_documentation_is_that_of_the_code() -> None:
    assert GUIDE.read_text(encoding="utf-8") == guide(), "run: python -m tests.dispatch.guide"
