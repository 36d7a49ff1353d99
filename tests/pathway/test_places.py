"""Pathways by place: they add up, own facts replace what is allocated, levers of one place act in it and the city."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dafeng.city import load as load_city
from dafeng.errors import DafengError, NotFound, Refused, RequestFaults
from dafeng.facts.observation import Observation, Period
from dafeng.kernel import State, substitute
from dafeng.pathway import Pathway, load, project
from dafeng.pathway.attribution import attribute
from dafeng.pathway.local import span, whole
from dafeng.pathway.places import ByPlace, by_place
from dafeng.pathway.seek import seek

CLOSE = 1e-9
DISTRICTS = 16


@pytest.fixture(scope="module")
def shanghai() -> Pathway:
    return load(load_city("shanghai"))


def knowing(pathway: Pathway, *facts: tuple[str, str, int, float, str, dict[str, str]]) -> Pathway:
    """Give the pathway of a city whose places have stated facts: indicator, place, year, value, unit, dims."""
    stated = [
        Observation(
            indicator, place, Period.parse(str(year)), value, unit, "shanghai-yearbook-2025", "2026", "actual", "high",
            tuple(sorted(dims.items())),
        )
        for indicator, place, year, value, unit, dims in facts
    ]  # fmt: skip
    return replace(pathway, city=replace(pathway.city, facts=pathway.city.facts.plus(stated)))


def forward(found: ByPlace, plain: ByPlace, state: State) -> dict[str, np.ndarray]:
    """Sum each line from its parts: what places have, what the key leaves, and what no part divides.

    Nothing here is a difference from the city: of the line of electricity, use that is no place's x the city's factor.
    """
    sums = {}
    for line, before in zip(found.lines, plain.lines, strict=True):
        total = line.values.sum(axis=0)
        for part in line.parts:
            total = total + (1 - np.nan_to_num(part.shares).sum(axis=0)) * part.city
        undivided = before.city - np.add.reduce([np.zeros_like(before.city), *(part.city for part in before.parts)])
        if line.line.id == "electricity":
            mine = line.values.sum(axis=0)
            heat = next(part for part in line.parts if part.part.id == "services-heat").values.sum(axis=0)
            factor = np.asarray(state.values("delivered.electricity_factor"))[0]
            use = np.asarray(state.values("grid.demand"))[0] * 1e6
            supplied = np.asarray(state.values("heat.supplied"))[0]
            by_heat = np.asarray(state.values("delivered.heat_factor"))[0]
            sums["electricity"] = mine + (use - (mine - heat) / factor) * factor + (supplied - heat / by_heat) * by_heat
        else:
            sums[line.line.id] = total + undivided
    return sums


def adds_up(found: ByPlace, plain: ByPlace, pathway: Pathway) -> None:
    projected = project(pathway, found.scenario)
    for line in found.lines:
        city = np.add.reduce([projected.sectors[id].values for id in line.line.sectors])
        np.testing.assert_allclose(line.values.sum(axis=0) + line.rest, city, rtol=CLOSE)
        np.testing.assert_allclose(
            forward(found, plain, found.state)[line.line.id], city, rtol=CLOSE, err_msg=line.line.id
        )
    np.testing.assert_allclose(found.whole, projected.boundaries[found.boundary.id].values, rtol=CLOSE)


MOVABLE = (
    "retrofit-area", "heat-pumps", "households-save", "battery-share-of-private-sales", "heavy-trucks", "car-stock",
    "motor-systems", "clean-fuel-in-manufacturing", "electric-machines", "waste-per-person", "green-travel-share",
    "other-manufacturing-electricity-share", "floor-area", "plastic-in-residual-waste",
)  # fmt: skip


@st.composite
def moved(draw: st.DrawFn) -> dict[str, float]:
    """Draw settings of places: as parts of their ranges, to be scaled by the test."""
    keys = draw(st.lists(st.sampled_from(MOVABLE), max_size=4, unique=True))
    places = ("pudong", "chongming", "huangpu", "baoshan")
    found = {f"{key}@{draw(st.sampled_from(places))}": draw(st.floats(0, 1)) for key in keys}
    if draw(st.booleans()):
        found[f"delivery-by-districts@{draw(st.sampled_from(places))}"] = draw(st.floats(0, 1))
    if draw(st.booleans()):
        found["delivery-by-districts"] = draw(st.floats(0, 1))
    return found


@settings(max_examples=12)
@given(
    scenario=st.sampled_from(["current", "plan", "faster", "neutral-2060", "plan-late-3"]),
    set_to=moved(),
    boundary=st.sampled_from(["city-with-imports", "inventory-net"]),
    own=st.booleans(),
)
def test_places_and_remainder_are_the_city(
    shanghai: Pathway, scenario: str, set_to: dict[str, float], boundary: str, own: bool
) -> None:
    of = knowing(shanghai, ("power.electricity_use", "pudong", 2024, 61.0, "TWh", {})) if own else shanghai
    given_: dict[str, float] = {}
    for key, part in set_to.items():
        lever, _, place = key.partition("@")
        low, high = span(of, of.levers[lever], place)
        given_[key] = low + (high - low) * part
    try:
        found = by_place(of, scenario, given_, boundary)
    except Refused as error:
        assert "sum to more than one" in str(error)
        return
    adds_up(found, by_place(of, scenario, {}, boundary), of)


def test_a_place_that_does_as_the_city_has_its_share_of_it(shanghai: Pathway) -> None:
    found = by_place(shanghai, "plan")
    assert len(found.places) == DISTRICTS
    year = found.at(2040)
    part = next(p for line in found.lines for p in line.parts if p.part.id == "petrol")
    people = {d: shanghai.city.facts.series("economy.population", d).value(2024) for d in ("pudong", "chongming")}
    rows = [found.row(each) for each in people]
    assert part.values[rows[0], year] / part.values[rows[1], year] == pytest.approx(
        people["pudong"] / people["chongming"]
    )
    assert found.allocated("pudong", 2030) == 1.0
    # The districts of Shanghai publish 0.42 % less GDP than the city: diesel leaves as much undivided.
    diesel = next(p for line in found.lines for p in line.parts if p.part.id == "diesel")
    assert 1 - diesel.values[:, year].sum() / diesel.city[year] == pytest.approx(239.92 / 56708.71, rel=1e-3)


def test_a_lever_of_a_place_is_that_of_the_city_where_all_places_have_it(shanghai: Pathway) -> None:
    """Fuel of households: residents are shared out whole, so sixteen districts at one setting are the city at it."""
    all_of = {f"heat-pumps@{place}": 60.0 for place in by_place(shanghai, "plan").places}
    by_districts, by_city = (
        shanghai.state(shanghai.scenario("plan", all_of)),
        shanghai.state(shanghai.scenario("plan", {"heat-pumps": 60.0})),
    )
    for variable in ("buildings.co2", "buildings.electricity", "grid.co2", "balance.co2", "balance.energy"):
        np.testing.assert_allclose(
            np.asarray(by_districts.values(variable)), np.asarray(by_city.values(variable)), rtol=CLOSE
        )


def test_places_run_at_once_as_the_city_would_alone(shanghai: Pathway) -> None:
    """One place of sixteen on the place axis has the bits that a city of that setting has."""
    local = shanghai.places(shanghai.scenario("plan", {"heat-pumps@pudong": 60.0, "heat-pumps@jinshan": 20.0}))
    at = local.shares.places.index("pudong")
    alone = shanghai.state(shanghai.scenario("plan", {"heat-pumps": 60.0})).array("buildings.fuel")
    axis = local.whole.frame.axes.index("place")
    np.testing.assert_array_equal(np.take(local.own["buildings.fuel"], [at], axis=axis), alone)


@pytest.mark.parametrize("part", [0.0, 0.7, 1.2])
def test_delivery_of_a_district_moves_it_and_the_city(shanghai: Pathway, part: float) -> None:
    plan, found = by_place(shanghai, "plan"), by_place(shanghai, "plan", {"delivery-by-districts@pudong": part})
    row, other, year = found.row("pudong"), found.row("jinshan"), found.at(2035)
    own = found.totals[row, year] - plan.totals[row, year]
    city = found.whole[year] - plan.whole[year]
    assert np.sign(own) == np.sign(city) == np.sign(1 - part)
    # Another district changes by the factor of electricity alone.
    assert abs(found.totals[other, year] - plan.totals[other, year]) < 0.05 * abs(own)
    # Before the schedule of the delivery begins nothing is otherwise.
    np.testing.assert_array_equal(found.totals[:, : found.at(2025) + 1], plan.totals[:, : plan.at(2025) + 1])
    # The city's targets hear it too.
    before = {t.target: t.value for t in project(shanghai, "plan").targets}
    after = {t.target: t.value for t in project(shanghai, found.scenario).targets}
    assert any(before[id] != after[id] for id in before)


def test_delivery_of_all_districts_leaves_plants_alone(shanghai: Pathway) -> None:
    plan = shanghai.state("plan")
    found = shanghai.state(shanghai.scenario("plan", {"delivery-by-districts": 0.5}))
    assert np.array_equal(plan.array("grid.solar_capacity"), found.array("grid.solar_capacity"))
    assert not np.array_equal(plan.array("road.petrol"), found.array("road.petrol"))
    # One district's own delivery goes before that of all.
    one = by_place(shanghai, "plan", {"delivery-by-districts": 0.5, "delivery-by-districts@pudong": 1.0})
    all_of = by_place(shanghai, "plan", {"delivery-by-districts": 0.5})
    row, year = one.row("pudong"), one.at(2035)
    assert one.totals[row, year] < all_of.totals[row, year]
    assert one.totals[0, year] == pytest.approx(all_of.totals[0, year], rel=1e-3)


OWN = [
    # what a district states, the line or part it is of, and the value in tCO2 or share it must give
    ("emissions.buildings_fuel", 2023, 150.0, "万tCO2", {}, "buildings", 1.5e6),
    ("transport.road_co2", 2022, 400.0, "万tCO2", {}, "road", 4.0e6),
    ("emissions.ferrous", 2024, 30.0, "MtCO2", {}, "steel", 30.0e6),
]


@pytest.mark.parametrize(("fact", "year", "value", "unit", "dims", "line", "tonnes"), OWN)
def test_an_own_fact_replaces_what_was_allocated(
    shanghai: Pathway, fact: str, year: int, value: float, unit: str, dims: dict[str, str], line: str, tonnes: float
) -> None:
    before, found = (
        by_place(shanghai, "plan"),
        by_place(knowing(shanghai, (fact, "baoshan", year, value, unit, dims)), "plan"),
    )
    row, at = found.row("baoshan"), found.at(year)
    mine = next(each for each in found.lines if each.line.id == line)
    old = next(each for each in before.lines if each.line.id == line)
    assert mine.values[row, at] == pytest.approx(tonnes, rel=CLOSE)
    # Nobody else's figure and not the city's moves: the remainder shows the difference.
    others = [n for n in range(DISTRICTS) if n != row]
    np.testing.assert_array_equal(mine.values[others], old.values[others])
    np.testing.assert_array_equal(mine.city, old.city)
    assert old.rest[at] - mine.rest[at] == pytest.approx(tonnes - old.values[row, at], rel=1e-6)
    # Before it the key stands, after it the share that it gives.
    np.testing.assert_array_equal(mine.values[row, :at], old.values[row, :at])
    later = found.at(2040)
    city = np.add.reduce([part.city for part in mine.parts])
    assert mine.values[row, later] / city[later] == pytest.approx(tonnes / city[at], rel=0.25)
    basis = next(part.basis[row] for part in mine.parts)
    assert (basis.kind, basis.fact, basis.years) == ("own", fact, (year,))


def test_own_electricity_is_counted_at_the_citys_factor(shanghai: Pathway) -> None:
    found = by_place(knowing(shanghai, ("power.electricity_use", "jinshan", 2024, 12.0, "TWh", {})), "plan")
    row, at = found.row("jinshan"), found.at(2024)
    line = next(each for each in found.lines if each.line.id == "electricity")
    heat = next(part for part in line.parts if part.part.id == "services-heat").values[row, at]
    factor = found.state.at("delivered.electricity_factor", 2024, place="shanghai")
    assert line.values[row, at] - heat == pytest.approx(12e6 * factor, rel=CLOSE)
    assert found.allocated("jinshan", 2024) < 0.6


def test_one_use_that_a_district_states_is_that_part_alone(shanghai: Pathway) -> None:
    homes = {"user": "households"}
    of = knowing(
        shanghai,
        ("buildings.electricity_use", "jinshan", 2023, 18.0, "亿千瓦时", homes),
        ("buildings.electricity_use", "jinshan", 2024, 2.0, "TWh", homes),
        ("transport.private_cars", "jinshan", 2023, 30.0, "万辆", {}),
    )
    before, found = by_place(shanghai, "plan"), by_place(of, "plan")
    row = found.row("jinshan")
    parts = {part.part.id: part for line in found.lines for part in line.parts}
    old = {part.part.id: part for line in before.lines for part in line.parts}
    metered = found.state.at("demand.metered", place="shanghai", user="households", unit="TWh")
    homes_part = parts["homes-electricity"]
    for year, used in ((2023, 1.8), (2024, 2.0), (2030, None)):
        share = homes_part.shares[row, found.at(year)]
        stated = used / metered[found.at(year)] if used else homes_part.shares[row, found.at(2024)]
        assert share == pytest.approx(stated, rel=CLOSE)
    assert homes_part.basis[row].years == (2023, 2024)
    cars = found.state.at("fleet.private_cars", 2023, place="shanghai")
    for id in ("petrol", "vehicles-electricity"):
        assert parts[id].shares[row, found.at(2035)] == pytest.approx(3e5 / cars, rel=CLOSE)
    for id in ("services-electricity", "diesel", "homes-fuel"):
        np.testing.assert_array_equal(parts[id].values, old[id].values)
    adds_up(found, before, of)


def test_an_own_fact_above_the_city_leaves_less_than_nothing(shanghai: Pathway) -> None:
    found = by_place(knowing(shanghai, ("emissions.buildings_fuel", "jinshan", 2023, 2000.0, "万tCO2", {})), "plan")
    line = next(each for each in found.lines if each.line.id == "buildings")
    assert line.rest[found.at(2023)] < 0
    np.testing.assert_allclose(line.values.sum(axis=0) + line.rest, line.city, rtol=CLOSE)


def test_floor_area_of_a_district_is_its_share_of_services(shanghai: Pathway) -> None:
    of = knowing(shanghai, ("buildings.public_floor_area", "jinshan", 2020, 1000.0, "万平方米", {}))
    found = by_place(of, "plan")
    part = next(p for line in found.lines for p in line.parts if p.part.id == "services-electricity")
    public = np.asarray(found.state.values("buildings.area"))[0]
    names = found.state.labels["building"]
    whole_area = sum(public[n, found.at(2020)] for n, name in enumerate(names) if name not in ("housing", "industry"))
    assert part.shares[found.row("jinshan"), found.at(2030)] == pytest.approx(1e7 / whole_area, rel=1e-6)


REFUSED = [
    ({"pv-capacity@pudong": 300}, "undivided", "'pv-capacity@pudong': 'pv-capacity' acts on what is not divided"),
    ({"crude-steel@baoshan": 1000}, "undivided", "(power, steel, petrochemicals, manufacturing, imports)"),
    ({"water-to-water@pudong": 60}, "undivided", "acts on what is not divided among places"),
    ({"pue-of-new-data-centres@pudong": 1.2}, "undivided", "acts on what is not divided among places"),
    ({"retrofit-area@pudog": 100}, "unknown-place", "no place is called 'pudog'"),
    ({"retrofit-area@lingang": 100}, "unknown-place", "'lingang' does not divide the city"),
    ({"retrofit-area@shanghai": 100}, "unknown-place", "'shanghai' does not divide the city"),
    ({"retrofit-area@": 100}, "unknown-place", "no place is called ''"),
    ({"retrofit-area@pudong": 900}, "out-of-range", "900 万平方米/year is outside the range of 'pudong', 0 to 466.5"),
    ({"heat-pumps@pudong": 96}, "out-of-range", "96 % is outside the range of 'pudong', 0 to 95 %"),
    ({"delivery-by-districts@pudong": 1.3}, "out-of-range", "outside the range of 'pudong', 0 to 1.2"),
    ({"delivery-by-districts": 1.3}, "out-of-range", "outside its range 0 to 1.2"),
    ({"gdp-growth@pudong": 1}, "driver-of-place", "is a path of the whole city that nobody decides on"),
    ({"retrofits@pudong": 1}, "unknown-lever", "no lever is called 'retrofits'"),
    ({"wetland-restored@chongming": 1}, "waiting", "does not work yet"),
]


@pytest.mark.parametrize(("set_to", "code", "said"), REFUSED)
def test_what_a_place_cannot_do_is_said(shanghai: Pathway, set_to: dict[str, float], code: str, said: str) -> None:
    with pytest.raises(RequestFaults) as found:
        by_place(shanghai, "plan", set_to)
    fault = found.value.faults[0]
    assert (fault.code, said in fault.message) == (code, True), fault
    assert fault.remedy


def test_an_area_is_told_the_district_around_it(shanghai: Pathway) -> None:
    with pytest.raises(RequestFaults) as found:
        by_place(shanghai, "plan", {"heat-pumps@nanhui-new-city": 60})
    assert found.value.faults[0].remedy == "Did you mean 'pudong'?"


ASKED: list[tuple[Callable[[Pathway], object], type[DafengError], str]] = [
    (
        lambda p: by_place(p, "plan", places=["lingang"]),
        Refused,
        "no figure by which the city's could be divided",
    ),
    (lambda p: by_place(p, "plan", places=["shanghai"]), Refused, "it is the whole city"),
    (lambda p: by_place(p, "plan", places=["pudon"]), NotFound, "no place 'pudon'"),
    (lambda p: by_place(p, "plan", boundary="city-accounts"), Refused, "it counts power without imports"),
    (lambda p: by_place(p, "plan", boundary="x"), NotFound, "no boundary 'x'"),
    (lambda p: project(p, "plan", {"heat-pumps@pudong": 50}, draws=10), Refused, "of the whole city"),
    (lambda p: attribute(p, _local(p), "current", 2030), Refused, "of the whole city"),
    (
        lambda p: seek(p, "scrap-ratio-2030", "converter-scrap", _local(p)),
        Refused,
        "this question is of the whole city",
    ),
    (lambda p: seek(p, "scrap-ratio-2030", "delivery-by-districts"), NotFound, "no working lever"),
]


def _local(pathway: Pathway) -> object:
    return pathway.scenario("plan", {"heat-pumps@pudong": 50})


@pytest.mark.parametrize(("ask", "error", "said"), ASKED)
def test_what_cannot_be_asked_by_place_is_said(
    shanghai: Pathway, ask: Callable[[Pathway], object], error: type[DafengError], said: str
) -> None:
    with pytest.raises(error) as found:
        ask(shanghai)
    assert said in str(found.value)
    assert not isinstance(found.value, Refused) or str(found.value).count(". ") >= 1


def test_an_area_with_a_key_has_a_pathway_and_names_what_it_lacks(shanghai: Pathway) -> None:
    of = knowing(shanghai, ("economy.population", "nanhui-new-city", 2024, 90.0, "万人", {}))
    found = by_place(of, "plan", {"heat-pumps@pudong": 60}, places=["nanhui-new-city"])
    assert found.lacking == {"nanhui-new-city": ("employed", "output")}
    assert 0 < found.totals[0, found.at(2030)] < by_place(of, "plan").totals[10, found.at(2030)]
    # What its district does, an area within it does.
    part = next(p for line in found.lines for p in line.parts if p.part.id == "homes-fuel")
    pudong = next(
        p
        for line in by_place(of, "plan", {"heat-pumps@pudong": 60}).lines
        for p in line.parts
        if p.part.id == "homes-fuel"
    )
    year = found.at(2040)
    assert part.values[0, year] / pudong.values[10, year] == pytest.approx(90.0 / 578.58)


def test_the_lineage_says_that_places_do_otherwise(shanghai: Pathway) -> None:
    state = shanghai.state(shanghai.scenario("plan", {"heat-pumps@pudong": 60}))
    nodes = {node.id: node for node in state.explain("buildings.co2", 2035, place="shanghai").walk()}
    assert "substituted" in nodes["buildings.fuel"].note
    assert "substituted" not in nodes["buildings.fuel_by_type"].note


def test_a_scenario_with_places_is_kept_and_hashed(shanghai: Pathway) -> None:
    plan = shanghai.scenario("plan")
    mine = shanghai.scenario("plan", {"heat-pumps@pudong": 50, "delivery-by-districts": 0.9})
    assert mine.hash not in {plan.hash, shanghai.scenario("plan", {"heat-pumps@pudong": 51}).hash}
    assert shanghai.restored(mine.token).hash == mine.hash
    assert whole(plan) is plan
    assert shanghai.state(mine) is shanghai.state(mine)


def test_a_substitute_that_names_nothing_is_refused(shanghai: Pathway) -> None:
    with pytest.raises(NotFound):
        substitute(shanghai.base, {}, ["grid.nothing"])
    same = substitute(shanghai.base, {"road.petrol": shanghai.base.array("road.petrol")}, ["road.co2", "road.petrol"])
    np.testing.assert_array_equal(same["road.co2"], shanghai.base.array("road.co2"))
