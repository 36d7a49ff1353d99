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

from dafeng.dispatch.interchange import files, iamc, pypsa
from dafeng.dispatch.read import read_spec
from dafeng.dispatch.run import Question, ask
from dafeng.dispatch.solve import dispatch
from dafeng.dispatch.spec import Spec
from dafeng.errors import NotFound, Refused

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "two-technologies.yaml"
Series = dict[str, np.ndarray]
needs_pypsa = pytest.mark.skipif(importlib.util.find_spec("pypsa") is None, reason="PyPSA is not installed")
quiet = pytest.mark.filterwarnings("ignore")  # PyPSA's own warnings are not ours to judge


def plain(seed: int) -> Spec:
    """A drawn system less what a network cannot hold."""
    spec = drawn(seed)
    technologies = {name: tech.model_copy(update={"ramp": None}) for name, tech in spec.technologies.items()}
    return spec.model_copy(
        update={
            "periods": spec.periods[:1],
            "technologies": technologies,
            "storages": {name: store for name, store in spec.storages.items() if store.hours is not None},
            "lines": {name: line.model_copy(update={"both_ways": False}) for name, line in spec.lines.items()},
            "responses": {name: part.model_copy(update={"rebound": 0.0}) for name, part in spec.responses.items()},
            "flexible": {},
            "reserves": {},
        }
    )


@needs_pypsa
@quiet
@pytest.mark.slow
@pytest.mark.parametrize("seed", range(12))
def test_a_network_costs_in_pypsa_what_it_costs_here(seed: int, series: Series) -> None:
    spec = plain(seed)
    cost = pypsa.solve(pypsa.network(spec, series, clock(48)), output_flag=False)
    assert cost == pytest.approx(dispatch(spec, series, "staged", clock(48)).objective, rel=1e-6)


@needs_pypsa
@quiet
@pytest.mark.slow
def test_a_network_comes_back_as_it_was_written(series: Series, tmp_path: Path) -> None:
    spec = plain(6)
    pypsa.write(spec, series, tmp_path / "n.nc", clock(48))
    again, hours = pypsa.read(tmp_path / "n.nc")
    assert again == spec
    assert set(hours) == set(series) and all(np.array_equal(hours[name], series[name]) for name in series)


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
def test_a_missing_network_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no network"):
        pypsa.read(tmp_path / "gone.nc")


def test_pypsa_missing_is_said(series: Series, monkeypatch: pytest.MonkeyPatch) -> None:
    right = importlib.import_module

    def gone(name: str, package: str | None = None) -> Any:
        if name == "pypsa":
            raise ImportError(name)
        return right(name, package)

    monkeypatch.setattr(pypsa.importlib, "import_module", gone)
    with pytest.raises(Refused, match=r"PyPSA is not installed.*dafeng\[pypsa\]"):
        pypsa.network(Spec.model_validate(base()), series, clock(24))


def test_all_that_a_network_cannot_hold_is_named() -> None:
    data = base(periods=[2025, 2030])
    data["technologies"]["gas"]["ramp"] = 0.1
    data["flexible"] = {"cars": {"node": "city", "energy": "100 GWh", "profile": "load"}}
    said = pypsa.cannot(Spec.model_validate(data))
    assert said == ["2 periods (write one year at a time)", "technologies.gas.ramp", "flexible.cars"]
    assert pypsa.cannot(Spec.model_validate(base())) == []


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
