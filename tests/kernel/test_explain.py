"""The tree a number comes from, whole."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.kernel.toy import balance, forest, road
from tests.kernel.toy.numbers import YEARS

from dafeng.errors import NotFound
from dafeng.kernel import Datum, Model, Source, State
from dafeng.lineage import Node

GOLDEN = Path(__file__).parent / "golden"


def written(node: Node, depth: int = 0) -> str:
    value = "" if node.value is None else f" = {node.value:.12g} {node.unit}".rstrip()
    facts = " ".join(text for text in (node.status, node.confidence) if text)
    line = f"{'  ' * depth}{node.kind} {node.id}{f' @{node.year}' if node.year else ''}{value}"
    line += f"  <- {node.ref}" if node.ref else ""
    line += f"  [{facts}]" if facts else ""
    line += f"  ({node.note})" if node.note else ""
    return "\n".join([line, *(written(child, depth + 1) for child in node.children)])


@pytest.mark.parametrize("name", ["city", "cell", "growth", "observed"])
def test_the_golden_tree(name: str, state: State) -> None:
    new = state.change("road.electric_share", {2024: 30, 2025: 50}, why="toy-plan#5.2")
    tree = {
        "city": lambda: new.explain(balance.city, 2025),
        "cell": lambda: new.explain(balance.net, 2025, place="north", sector="car"),
        "growth": lambda: state.explain(road.growth, 2023, place="west", sector="bus", fuel="diesel"),
        "observed": lambda: state.explain(forest.uptake, 2023, place="south"),
    }[name]()
    expected = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE"):
        expected.write_text(written(tree) + "\n", encoding="utf-8")
    assert written(tree) + "\n" == expected.read_text(encoding="utf-8")


def test_every_leaf_is_a_document_or_a_reason(state: State) -> None:
    tree = state.explain(balance.net, 2025, place="north")
    leaves = [node for node in tree.walk() if not node.children]
    years_before = [node for node in leaves if node.note.startswith("the year before")]
    assert {node.kind for node in leaves if node not in years_before} == {"document"}


def test_a_cell_keeps_the_provenance_of_its_figure(state: State) -> None:
    node = state.explain("road.fleet", 2025, place="west", sector="truck")
    assert (node.kind, node.value, node.unit, node.year) == ("fact", 360.0, "vehicle", 2025)
    assert (node.ref, node.status, node.confidence) == ("toy-yearbook-2026", "preliminary", "high")
    assert node.children == (Node("document", "toy-yearbook-2026", ref="table 3", note="published 2026-06"),)


def test_a_value_that_holds_names_the_year_it_is_of(data: dict[str, Datum]) -> None:
    source = Source("toy-yearbook")
    cells = {(2022,): (10.0, source), (2024,): (30.0, source)}
    for between, expected in {
        "hold": [(10, ""), (10, "of 2022"), (30, ""), (30, "of 2024")],
        "linear": [(10, ""), (20, "between 2022 and 2024"), (30, ""), (30, "of 2024")],
    }.items():
        data["road.electric_share"] = Datum.from_cells(cells, "%", ("year",), kind="parameter", between=between)
        state = Model(road.energy).run(data, YEARS)
        nodes = [state.explain("road.electric_share", year) for year in YEARS]
        assert [(node.value, node.note) for node in nodes] == expected


def test_a_figure_that_awaits_something_is_shown_with_its_status(data: dict[str, Datum]) -> None:
    cells = {
        (2022,): (10.0, Source("toy-yearbook")),
        (2023,): (None, Source("toy-bulletin", "p1", "awaiting_verification", "none")),
    }
    data["road.electric_share"] = Datum.from_cells(cells, "%", ("year",), kind="parameter")
    state = Model(road.energy).run(data, YEARS)
    node = state.explain("road.electric_share", 2023)
    assert (node.ref, node.status, node.as_dict()["value"]) == ("toy-bulletin", "awaiting_verification", None)
    assert state.explain("road.electric_share", 2024).note == "absent"


def test_many_cells_show_their_documents(state: State) -> None:
    node = state.explain("road.fleet")
    assert [child.id for child in node.children] == [f"toy-yearbook-{year + 1}" for year in YEARS]
    assert node.value is None and node.note == "36 cells from 10 to 360"


def test_a_diamond_is_explained_once(data: dict[str, Datum]) -> None:
    from dafeng.kernel import Array, variable

    current = road.distance
    for n in range(12):

        @variable("vehicle*km/year", dims="place sector year", ref="a#1", id=f"x.v{n}")
        def twice(a: Array = current, b: Array = current) -> Array:
            return a + b

        @variable("vehicle*km/year", dims="place sector year", ref="a#1", id=f"x.w{n}")
        def again(a: Array = current, b: Array = twice) -> Array:
            return a + b

        current = again
    tree = Model(current).run(data, YEARS).explain(current, 2025, place="north", sector="car")
    assert sum(1 for _ in tree.walk()) < 60


def test_axes_and_labels_that_are_none_are_refused(state: State) -> None:
    with pytest.raises(NotFound) as error:
        state.explain(balance.net, 2025, colour="red")
    assert str(error.value) == "no axis 'colour'."
    with pytest.raises(NotFound) as error:
        state.explain(balance.net, 2025, place="wst")
    assert str(error.value) == "no place 'wst'. Did you mean 'west'?"


def test_a_formula_that_continues_observations_names_the_step(state: State) -> None:
    notes = [state.explain(forest.uptake, year, place="north").note for year in (2023, 2024)]
    assert notes == ["observed", "continues observations to 2023; the step there is +431 tCO2/year"]
