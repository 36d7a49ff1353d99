"""Loading: by name or folder, once for each version, with what was imported."""

from __future__ import annotations

import shutil
from datetime import date
from math import isnan
from pathlib import Path

import pytest

from dafeng.city import City, load
from dafeng.city.load import packs
from dafeng.errors import NotFound
from dafeng.facts.observation import Observation, Period
from dafeng.facts.series import Facts
from dafeng.kernel import Datum
from dafeng.lineage import Node

TOY = Path(__file__).parents[1] / "cities" / "toy"


def test_what_a_city_holds(toy: City) -> None:
    assert (toy.id, toy.label.zh, toy.label.en) == ("toyville", "示例市", "Toyville")
    assert [place.id for place in toy.places] == ["toyville", "north", "south"]
    assert [plan.id for plan in toy.plans] == ["toy-2021", "toy-2024"]
    assert toy.plan().id == "toy-2021"
    assert toy.plan("toy-2024").id == "toy-2024"
    assert toy.organisation("works").short.en == "Works"
    assert toy.place("north").parent == "toyville"
    assert toy.documents["toy-press-2025"].title == "示例晚报"
    assert "state-peaking-plan-2021" in toy.documents
    assert len(toy.version) == 16
    assert toy.axes["sector"].labels["industry"].en == "Industry"


def test_names_that_name_nothing(toy: City) -> None:
    with pytest.raises(NotFound, match=r"^no organisation 'work'\. Did you mean 'works'\?$"):
        toy.organisation("work")
    with pytest.raises(NotFound, match=r"^no place 'nord'\. Did you mean 'north'\?$"):
        toy.place("nord")
    with pytest.raises(NotFound, match=r"^no city pack 'shanghia'\. Did you mean 'shanghai'\?$"):
        load("shanghia")
    with pytest.raises(NotFound, match=r"^no city pack '.*'\.$"):
        load(TOY / "facts")


def test_the_shipped_packs_are_found() -> None:
    assert "shanghai" in packs()


def test_a_pack_is_loaded_once_for_each_version(tmp_path: Path) -> None:
    folder = tmp_path / "toy"
    shutil.copytree(TOY, folder)
    first = load(folder)
    assert load(folder) is first
    table = folder / "facts" / "all.csv"
    row = "power.pv_capacity,toyville,2020,,18,万千瓦,toy-yearbook-2023,,2023-09-01,actual,high,,,,2025-06-01\n"
    table.write_text(table.read_text(encoding="utf-8") + row, encoding="utf-8")
    second = load(folder)
    assert second.version != first.version
    assert len(second.facts) == len(first.facts) + 1


def test_reading_makes_no_database(tmp_path: Path) -> None:
    path = tmp_path / "absent" / "facts.sqlite"
    assert load(TOY, f"sqlite:///{path}") is load(TOY)
    assert not path.parent.exists()


def test_a_formula_gives_its_figures_year_by_year(toy: City) -> None:
    found = dict(toy.computed("power.demand_response_share"))
    assert list(found) == [2023, 2024]
    assert found[2024] == pytest.approx(100 * 20 / 420)
    assert toy.unit("power.demand_response_share") == "%"
    with pytest.raises(NotFound, match=r"^no variable 'power\.pv_capacity'"):
        toy.unit("power.pv_capacity")


def test_a_computed_figure_says_what_it_rests_on(toy: City) -> None:
    tree = toy.explain("power.demand_response_share", 2024)
    nodes = {node.id: node for node in tree.walk()}
    assert tree.label is not None
    assert tree.label.zh == "需求侧响应能力占最高负荷的比例"
    assert nodes["power.peak_load"].value == 420
    assert nodes["toy-grid-2025"].label is not None
    assert nodes["toy-grid-2025"].label.en == "Toyville Grid Bulletin"
    sources = toy.sources("power.demand_response_share", 2024)
    assert {(source.document, source.confidence) for source in sources} == {
        ("toy-grid-2025", "high"),
        ("toy-grid-2025", "medium"),
    }


def test_what_was_not_known_is_not_computed(toy: City) -> None:
    assert toy.computed("power.demand_response_share", date(2025, 2, 9)) == ()
    assert len(toy.computed("power.demand_response_share", date(2025, 2, 10))) == 2


def test_facts_are_bound_over_place_and_year_with_a_source_in_every_cell(toy: City) -> None:
    datum = toy.data()["power.peak_load"]
    assert isinstance(datum, Datum)
    assert datum.dims == ("place", "year")
    assert datum.labels["place"] == ("toyville", "north", "south")
    assert datum.labels["year"] == (2023, 2024)
    assert datum.values[0].tolist() == [400, 420]
    assert all(isnan(value) for value in datum.values[1:].ravel())
    source = datum.source_at((0, 1))
    assert source is not None
    assert (source.document, source.status, source.vintage) == ("toy-grid-2025", "actual", "2025-02-10")
    assert datum.source_at((1, 0)) is None


def test_further_axes_units_and_parts_of_a_year(toy: City) -> None:
    from dafeng.city.bind import bind

    bound = bind(toy.facts, toy.indicators, ["emissions.by_sector", "power.demand_response_share"], ("toyville",), None)
    assert list(bound) == ["emissions.by_sector"]
    datum = bound["emissions.by_sector"]
    assert datum.dims == ("place", "sector", "year")
    assert datum.values.shape == (1, 3, 4)
    assert datum.values.sum() == sum(300 - 5 * n + 120 + 80 + 2 * n for n in range(4))

    def given(period: str, value: float, unit: str) -> Observation:
        fields = ("economy.gdp", "toyville", Period.parse(period), value, unit, "toy-yearbook-2023", "2023")
        return Observation(*fields, status="actual", confidence="high")

    facts = Facts(
        [given("2020", 9, "亿元"), given("2021-06", 4, "亿元"), given("2021/2022", 20, "亿元")], toy.indicators
    )
    assert bind(facts, toy.indicators, ["economy.gdp"], ("toyville",), None)["economy.gdp"].values.tolist() == [[9]]
    facts = Facts([given("2020", 90000, "万元")], toy.indicators)
    assert bind(facts, toy.indicators, ["economy.gdp"], ("toyville",), None)["economy.gdp"].values.tolist() == [[9]]


def test_a_lineage_gets_the_names_of_the_pack(toy: City) -> None:
    tree = toy.named(
        Node("fact", "power.peak_load@toyville/2024", children=(Node("document", "toy-grid-2025"), Node("rule", "x")))
    )
    assert [node.label and node.label.en for node in tree.walk()] == ["Peak load", "Toyville Grid Bulletin", None]


def test_it_prints_short(toy: City) -> None:
    assert repr(toy) == f"<city toyville {toy.version}>"
