"""The same formulas, given linear expressions, are the rows of an optimiser."""

from __future__ import annotations

import highspy
import numpy as np
import pytest
from tests.kernel.toy import balance, forest, road
from tests.kernel.toy.numbers import YEARS, datum

from dafeng.axes import frame
from dafeng.errors import ModelError, NotFound
from dafeng.kernel import Array, Datum, Model, State, fact, least, param, share, shift, stock, total, variable, where
from dafeng.kernel.linear import Affine, Columns, Lever, expressions


def solved(columns: Columns, cost: np.ndarray, rows: Affine, upper: np.ndarray) -> np.ndarray:
    """Minimise cost under rows <= upper."""
    constant, row, column, coefficient = rows.rows()
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    for low, high, price in zip(columns.lower, columns.upper, cost, strict=True):
        solver.addCol(float(price), low, high, 0, [], [])
    for n, limit in enumerate(np.broadcast_to(upper, rows.constant.shape).ravel()):
        here = row == n
        solver.addRow(-highspy.kHighsInf, limit - constant[n], int(here.sum()), column[here], coefficient[here])
    solver.run()
    assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return np.array(solver.getSolution().col_value)


def test_a_programme_built_from_two_formulas_is_solved_and_the_formulas_agree() -> None:
    given = {
        "distance": np.array([[1e9, 1.1e9], [2e8, 2.1e8]]).reshape(2, 1, 2),
        "intensity": np.array([2.6e-6, 1.1e-5]).reshape(2, 1, 1),
        "mix": np.array([0.7, 0.3]).reshape(1, 2, 1),
    }
    factors = {"content": np.array([69.3, 74.1]).reshape(1, 2, 1), "oxidised": np.array([0.98, 0.99]).reshape(1, 2, 1)}
    columns = Columns()
    electric = columns.add("electric", (2, 1, 2), Lever(0.1, 0.6))
    with frame("sector fuel year"):
        co2 = road.co2(energy=road.energy(electric=electric, **given), **factors)
        assert isinstance(co2, Affine) and co2.constant.shape == (2, 1, 2)
        solution = solved(columns, np.array([1.0, 1.0, 3.0, 3.0]), total(co2, over="sector"), np.array([2.4e5, 2.2e5]))
        shares = columns.values("electric", solution)
        again = road.co2(energy=road.energy(electric=shares, **given), **factors)
    assert shares.max() > 0.11, "the cap binds"
    assert np.abs(again - co2.value(solution)).max() / np.abs(again).max() < 1e-12
    assert np.abs(again - co2.value(solution)).max() < 1e-9


def test_a_model_gives_its_variables_as_expressions_in_levers(state: State) -> None:
    columns, found = expressions(
        state,
        {"road.electric_share": Lever(0, 80), "forest.planted": Lever(10, 60)},
        [balance.city, forest.area],
    )
    assert len(columns.lower) == 8 and columns.upper == [80.0] * 4 + [60.0] * 4
    city = found["balance.city"]
    cost = np.array([1.0, 1.0, 1.0, 1.0, 0.05, 0.05, 0.05, 0.05])
    solution = solved(columns, cost, city, state.array(balance.city) * 0.9)
    new = state.changed(
        {id: columns.values(id, solution) for id in ("road.electric_share", "forest.planted")}, why="optimum"
    )
    assert np.abs(new.array(balance.city) - city.value(solution)).max() < 1e-9
    assert np.abs(new.array(forest.area) - found["forest.area"].value(solution)).max() < 1e-9
    assert (new.values(balance.city) <= state.values(balance.city) * 0.9 + 1e-6).all()


def test_rows_name_each_pair_once() -> None:
    columns = Columns()
    x = columns.add("x", (2,), Lever())
    with frame("year", (2022, 2023)):
        expression = x * 2 + 3 * x - x + 1 - total(x, over="year") * 0
        constant, row, column, coefficient = expression.rows()
    assert constant.tolist() == [1, 1]
    assert (row.tolist(), column.tolist(), coefficient.tolist()) == ([0, 1], [0, 1], [4, 4])


def test_shifts_choices_and_totals_stay_affine() -> None:
    columns = Columns()
    x = columns.add("x", (3, 4), Lever())
    mask = np.array([[1.0], [0.0], [1.0]])
    with frame("sector year", YEARS):

        def formula(x: Array) -> Array:
            return where(mask, shift(x), 2 - x) / 4 + total(x, over="sector") * mask - x**1 * 0

        expression = formula(x)
        solution = np.arange(12.0) ** 2
        np.testing.assert_array_equal(expression.value(solution), formula(solution.reshape(3, 4)))


def test_a_row_that_is_absent_has_no_terms() -> None:
    columns = Columns()
    with frame("year", (2022, 2023)):
        constant, row, column, _ = shift(columns.add("x", (2,), Lever())).rows()
    assert np.isnan(constant[0]) and (row.tolist(), column.tolist()) == ([1], [0])


@pytest.mark.parametrize(
    ("formula", "what"),
    [
        (lambda x, y: x * x, "the product of two values that depend on a lever"),
        (lambda x, y: y / x, "a division by a value that depends on a lever"),
        (lambda x, y: x**2, "a power of or to a value that depends on a lever"),
        (least, "the least of values that depend on a lever"),
        (lambda x, y: share(x, over="year"), "a share of values that depend on a lever"),
        (lambda x, y: where(x, y, 0), "a where() whose test depends on a lever"),
    ],
)
def test_what_is_not_affine_is_refused_by_formula_and_operation(formula: object, what: str) -> None:
    @variable("", dims="year", ref="a#1", id="x.curved")
    def curved(x: Array = param("x.x"), y: Array = fact("x.y")) -> Array:
        return formula(x, y)

    data = {"x.x": datum(2, "", "year"), "x.y": datum(3, "", "year", kind="fact")}
    state = Model(curved).run(data, YEARS)
    expected = (
        f"x.curved: {what} is not affine. Leave one of them at its given value, or calculate it outside the optimiser."
    )
    with pytest.raises(ModelError) as error:
        expressions(state, {"x.x": Lever()}, [curved])
    assert str(error.value) == expected
    columns = Columns()
    with frame("year", YEARS), pytest.raises(ModelError) as error:
        curved(x=columns.add("x", (4,), Lever()), y=np.ones(4))
    assert str(error.value) == expected


def test_constants_may_do_what_levers_may_not(data: dict[str, Datum]) -> None:
    @variable("", dims="year", ref="a#1", id="x.fine")
    def fine(x: Array = param("x.x"), y: Array = fact("x.y")) -> Array:
        return x * least(y, 1) ** y / y + where(y, x, 0) + share(y, over="year")

    data = {"x.x": datum(2, "", "year"), "x.y": datum(3, "", "year", kind="fact")}
    state = Model(fine).run(data, YEARS)
    columns, found = expressions(state, {"x.x": Lever(0, 9)}, [fine])
    for value in (2.0, 5.0):
        new = state.change("x.x", value, why="test")
        assert found["x.fine"].value(np.full(4, value)) == pytest.approx(new.array(fine))
    assert columns.lower == [0] * 4


def test_a_stock_with_a_late_start_and_pins_is_affine_in_its_flows(data: dict[str, Datum]) -> None:
    @stock("ha", dims="place year", start=fact("x.start"), ref="a#1", id="x.area", observed=fact("x.seen"))
    def area(before: Array, step: Array, planted: Array = param("forest.planted")) -> Array:
        return before + step * planted

    start, seen = np.full((3, 4), np.nan), np.full((3, 4), np.nan)
    start[:, 0], start[1, 0], start[1, 1], seen[2, 2] = 100, np.nan, 50, 170
    data["x.start"] = datum(start, "ha", "place year", kind="fact")
    data["x.seen"] = datum(seen, "ha", "place year", kind="fact")
    state = Model(area).run(data, YEARS)
    _, found = expressions(state, {"forest.planted": Lever()}, [area])
    solution = np.array([5.0, 6.0, 7.0, 8.0])
    new = state.change("forest.planted", solution, why="test")
    np.testing.assert_allclose(found["x.area"].value(solution), new.array(area), rtol=1e-14)


def test_a_dated_formula_is_affine_in_each_of_its_spans(state: State) -> None:
    columns, found = expressions(state, {"road.price": Lever(), "road.electric_share": Lever()}, [road.energy])
    assert columns.places == {"road.price": (0, ()), "road.electric_share": (1, (4,))}
    _, tolls = expressions(state, {"road.price": Lever()}, [road.toll])
    new = state.change("road.price", 75, why="test")
    assert tolls["road.toll"].value(np.array([75.0])) == pytest.approx(new.array(road.toll))
    assert found["road.energy"].rows()[2].min() == 1, "the price is in no row of energy"


def test_levers_are_inputs(state: State) -> None:
    with pytest.raises(NotFound) as error:
        expressions(state, {"road.electric": Lever()}, [balance.net])
    assert str(error.value).startswith("no input 'road.electric'. Did you mean 'road.electric_share'")
    with pytest.raises(NotFound):
        Columns().values("x", np.ones(1))
