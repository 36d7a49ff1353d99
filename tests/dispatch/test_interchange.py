"""Networks cost in PyPSA what they cost here and come back as they were written; answers fit the IAMC's table."""

from __future__ import annotations

import csv
import importlib
import importlib.util
import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.dispatch.specs import base, clock, drawn

from dafeng.city import load
from dafeng.dispatch.build.assemble import whole_year
from dafeng.dispatch.build.draft import Clock
from dafeng.dispatch.interchange import files, foreign, iamc, pypsa
from dafeng.dispatch.pack import spec_of
from dafeng.dispatch.read import read_spec
from dafeng.dispatch.reduce import typical
from dafeng.dispatch.run import Question, ask
from dafeng.dispatch.solve import dispatch
from dafeng.dispatch.spec import Spec
from dafeng.errors import NotFound, Refused

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "two-technologies.yaml"
Series = dict[str, np.ndarray]
needs_pypsa = pytest.mark.skipif(
    importlib.util.find_spec("pypsa") is None, reason="PyPSA is not installed (pip install 'dafeng[pypsa]')"
)
quiet = pytest.mark.filterwarnings("ignore")  # PyPSA's own warnings are not ours to judge


def agrees(spec: Spec, series: Series, steps: Clock) -> None:
    """A spec costs in PyPSA what it costs here."""
    cost = pypsa.solve(pypsa.network(spec, series, steps), output_flag=False)
    assert cost == pytest.approx(dispatch(spec, series, "highs", steps).objective, rel=1e-6)


@needs_pypsa
@quiet
@pytest.mark.slow
@pytest.mark.parametrize("seed", [*range(12), 18, 24, 26, 29])
def test_a_network_costs_in_pypsa_what_it_costs_here(seed: int, series: Series) -> None:
    # Among them: ramps, reserves, two and three periods, both ways, energy apart, moved load, load that comes back.
    agrees(drawn(seed), series, clock(48))


@needs_pypsa
@quiet
@pytest.mark.slow
def test_storages_are_empty_between_typical_days_in_pypsa_too(series: Series) -> None:
    data = base(periods=[2025, 2030])
    data["storages"]["cavern"] = {
        "node": "city", "build": True, "capital": "600 CNY/kW", "energy_capital": "5 CNY/kWh", "efficiency_in": 0.9,
    }  # fmt: skip
    data["budgets"] = {"renewable": {"kind": "renewable", "at_least": 0.8}}
    spec = Spec.model_validate(data)
    agrees(spec, series, typical(spec, series, 3))


@needs_pypsa
@quiet
@pytest.mark.slow
def test_whole_units_are_modules_in_pypsa(series: Series) -> None:
    data = base()
    data["technologies"]["gas"]["unit_size"] = "400 MW"
    agrees(Spec.model_validate(data), series, clock(24))


@needs_pypsa
@quiet
@pytest.mark.slow
@pytest.mark.parametrize("years", [(2025,), (2025, 2030, 2035)])
def test_the_power_system_of_shanghai_costs_the_same_in_pypsa(years: tuple[int, ...]) -> None:
    spec, hours = spec_of(load("shanghai"), years)
    assert spec.reserves and spec.flexible and all(part.rebound for part in spec.responses.values())
    agrees(spec, hours, typical(spec, hours, 3))


@needs_pypsa
@quiet
@pytest.mark.slow
@pytest.mark.parametrize("seed", range(12, 32))
def test_a_network_comes_back_as_it_was_written(seed: int, series: Series, tmp_path: Path) -> None:
    spec = drawn(seed)
    pypsa.write(spec, series, tmp_path / "n.nc", clock(24))
    again, hours = pypsa.read(tmp_path / "n.nc")
    assert again == spec
    assert set(hours) == set(series) and all(np.array_equal(hours[name], series[name]) for name in series)


@needs_pypsa
@quiet
@pytest.mark.slow
@pytest.mark.parametrize("seed", [6, 29])
def test_what_a_file_holds_costs_the_same_and_solving_changes_none_of_it(
    seed: int, series: Series, tmp_path: Path
) -> None:
    spec = drawn(seed)
    pypsa.write(spec, series, tmp_path / "n.nc", clock(48))
    net = pypsa.library().Network(str(tmp_path / "n.nc"))
    cost = pypsa.solve(net, output_flag=False)
    assert cost == pytest.approx(dispatch(spec, series, "highs", clock(48)).objective, rel=1e-6)
    assert pypsa.digest(net) == net.meta[pypsa.META]["digest"]


@needs_pypsa
@quiet
@pytest.mark.slow
def test_a_network_that_was_changed_since_is_not_taken_for_its_spec(series: Series, tmp_path: Path) -> None:
    net = pypsa.network(drawn(6), series, clock(24))
    net.generators.loc["gas", "marginal_cost"] += 1
    net.export_to_netcdf(str(tmp_path / "n.nc"))
    with pytest.raises(Refused, match="was changed after dafeng wrote it"):
        pypsa.read(tmp_path / "n.nc")


@needs_pypsa
@quiet
def test_rules_on_the_output_of_generators_are_global_constraints(series: Series) -> None:
    data = base(periods=[2025, 2030])
    data["budgets"] = {
        "co2": {"kind": "co2", "at_most": "1 MtCO2"},
        "all": {"kind": "co2", "at_most": "9 MtCO2", "together": True},
        "green": {"kind": "renewable", "at_least": 0.5, "since": 2030},
        "coal-cap": {"kind": "carrier", "carrier": "gas", "at_most": "3 TWh"},
        "sites": {"kind": "capacity", "technologies": ["pv"], "at_most": "3 GW"},
    }
    net = pypsa.network(Spec.model_validate(data), series, clock(24))
    limits = net.global_constraints
    assert set(limits["type"]) == {"primary_energy"}
    years = {"2025": 5.0, "2030": 5.0}
    for year, last in years.items():
        row = limits.loc[f"co2 at most ({year})"]
        assert (row["carrier_attribute"], row["sense"], row["investment_period"]) == ("co2_emissions", "<=", int(year))
        # PyPSA counts all years that a period stands for.
        assert row["constant"] == pytest.approx(1e6 * last)
    assert np.isnan(limits.at["all at most", "investment_period"])
    assert limits.at["all at most", "constant"] == pytest.approx(9e6)
    assert limits.at["green at least (2030)", "sense"] == ">="
    assert limits.at["coal-cap at most (2025)", "constant"] == pytest.approx(3e6 * 5)
    rows = net.meta[pypsa.META]["rows"]
    assert {row["name"] for row in rows["sums"]} == {"sites at most (2025)", "sites at most (2030)"}
    # 0.2 tCO2 by MWh of gas, of which half becomes electricity.
    assert net.carriers.at["gas", "co2_emissions"] == pytest.approx(0.2)
    assert net.generators.at["gas@2025", "efficiency"] == pytest.approx(0.5)


@needs_pypsa
@quiet
@pytest.mark.slow
def test_a_network_made_elsewhere_is_read(series: Series, tmp_path: Path) -> None:
    data = base()
    data["technologies"]["gas"]["min_output"] = 0.0
    spec = Spec.model_validate(data)
    net = pypsa.network(spec, series)
    net.meta = {}
    net.export_to_netcdf(str(tmp_path / "other.nc"))
    read, hours = pypsa.read(tmp_path / "other.nc")
    path = files.write(read, hours, tmp_path / "spec")
    again, found = read_spec(path)
    assert again.sources["network"].kind == "dataset"
    here, there = dispatch(spec, series), dispatch(again, found)
    # Lost load stays the generator it is in the network, and never runs in either.
    assert there.objective == pytest.approx(here.objective, rel=1e-6)


@needs_pypsa
@quiet
@pytest.mark.slow
def test_periods_ramps_and_limits_of_a_network_made_elsewhere_are_read(series: Series, tmp_path: Path) -> None:
    data = base(periods=[2025, 2030, 2040], years=7)
    data["demands"]["all"]["lost_load"] = "10000 CNY/MWh"  # what reading a network assumes
    data["technologies"]["gas"] |= {"existing": {"value": {2025: 900, 2030: 400}, "unit": "MW"}, "ramp": 0.1}
    data["technologies"]["gas"]["variable"] = {"value": {2025: 10, 2030: 20}, "unit": "CNY/MWh"}
    data["technologies"]["pv"] |= {"lifetime": "20 year", "vintages": False, "capital": "20000 CNY/kW"}
    data["budgets"] = {
        "co2": {"kind": "co2", "at_most": "3 MtCO2", "since": 2030},
        "all": {"kind": "co2", "at_most": "65 MtCO2", "together": True},
    }
    net = pypsa.network(Spec.model_validate(data), series)
    net.meta = {}
    net.export_to_netcdf(str(tmp_path / "other.nc"))
    read, hours = pypsa.read(tmp_path / "other.nc")
    assert read.periods == (2025, 2030, 2040) and read.years == 7
    assert read.discount_rate.value == pytest.approx(0.05)
    assert read.technologies["gas-stands-2025"].ramp == read.technologies["gas-2030"].ramp == 0.1
    assert {rule.periods for rule in read.budgets.values() if not rule.together} == {(2030,), (2040,)}
    again, found = read_spec(files.write(read, hours, tmp_path / "spec"))
    spec = Spec.model_validate(data)
    here, there = (dispatch(*each, "highs", whole_year(12)) for each in ((spec, series), (again, found)))
    # Limits of a network have no price, and costs that no decision changes are not in it; here neither matters.
    assert not any(limit.missed > 1.0 for limit in (*here.limits, *there.limits))
    assert any(limit.binds for limit in there.limits)
    assert there.objective == pytest.approx(here.objective, rel=1e-6)


@needs_pypsa
@quiet
def test_all_that_a_spec_cannot_hold_of_a_network_is_named(series: Series) -> None:
    net = pypsa.network(Spec.model_validate(base()), series)
    net.generators.loc["gas@2025", ["committable", "ramp_limit_up"]] = [True, 0.5]
    net.links.loc["odd", ["bus0", "bus1", "bus2", "efficiency"]] = ["city", "city", "city", 3.0]
    net.storage_units.loc["battery@2025", "p_max_pu"] = 0.5
    net.generators_t.marginal_cost["lost:city"] = np.arange(8760.0)
    with pytest.raises(Refused) as said:
        foreign.spec_of(net, "other")
    for words in (
        "Generator gas@2025: commitment of units", "Generator gas@2025: a ramp that is not the same up and down",
        "Link odd: more than two buses", "Link odd: efficiency 3", "StorageUnit battery@2025: p_max_pu other than 1",
        "Generator lost:city: marginal_cost that changes within a year",
    ):  # fmt: skip
        assert words in str(said.value)


@needs_pypsa
def test_a_missing_network_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no network"):
        pypsa.read(tmp_path / "gone.nc")


def test_pypsa_missing_is_said(series: Series, monkeypatch: pytest.MonkeyPatch) -> None:
    right = importlib.import_module

    def gone(name: str, package: str | None = None) -> Any:
        if name == "pypsa":
            raise ImportError(name)
        return right(name, package)

    monkeypatch.setattr(importlib, "import_module", gone)
    with pytest.raises(Refused, match=r"PyPSA is not installed.*dafeng\[pypsa\]"):
        pypsa.network(Spec.model_validate(base()), series, clock(24))


def test_a_spec_written_to_files_reads_the_same(tmp_path: Path) -> None:
    spec, series = read_spec(EXAMPLE)
    again, hours = read_spec(files.write(spec, series, tmp_path))
    assert all(np.array_equal(hours[name], series[name]) for name in series)
    assert again.model_copy(update={"profiles": {}}) == spec.model_copy(update={"profiles": {}})


def test_the_table_of_the_iamc_holds_the_answer() -> None:
    found = ask(None, Question(spec=EXAMPLE, step=3))
    head, rows = iamc.table(found.spec, found.record, "toy")
    assert head == ["Model", "Scenario", "Region", "Variable", "Unit", "2030"]
    by = {row[3]: row for row in rows}
    record = found.record
    assert by["Capacity|Electricity|Solar|PV"][5] == pytest.approx(record["capacities"]["2030"]["pv"] / 1e3)
    assert by["Capacity|Electricity|Solar"][5] == by["Capacity|Electricity|Solar|PV"][5]
    gas = by["Secondary Energy|Electricity|Gas"]
    assert gas[4] == "EJ/yr" and gas[5] == pytest.approx(record["energy"]["2030"]["gas"] * 3.6e-6)
    co2 = by["Emissions|CO2|Energy|Supply|Electricity"]
    assert co2[5] == pytest.approx(record["emissions"]["2030"]["total"] / 1e6)
    assert by["Capacity|Electricity"][5] == pytest.approx(
        sum(record["capacities"]["2030"][name] for name in ("gas", "pv")) / 1e3
    )
    assert {row[2] for row in rows} == {"toy"} and all(row[1].endswith("(preview)") for row in rows)
    read = list(csv.reader(io.StringIO(iamc.as_csv(head, rows))))
    assert read[0] == head and len(read) == len(rows) + 1
