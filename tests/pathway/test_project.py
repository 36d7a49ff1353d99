"""Projection of the toy city: lines, peaks, draws, targets, seams."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from dafeng.errors import FaultsFound, NotFound, Refused
from dafeng.pathway import Pathway, Setting, project
from dafeng.pathway.peaks import of_draws, of_line


def test_boundaries_are_the_sums_of_their_sectors(pathway: Pathway) -> None:
    found = project(pathway, "plan")
    local = found.sectors["power"].values + found.sectors["steel"].values
    assert found.boundaries["local"].values == pytest.approx(local, rel=1e-15)
    assert found.boundaries["responsible"].values == pytest.approx(local + found.sectors["imports"].values, rel=1e-15)
    assert not np.isnan(local).any()


def test_observed_years_stand_on_facts_and_the_steps_are_reported(pathway: Pathway) -> None:
    found = project(pathway, "plan")
    assert [found.state.at("grid.coal", year).item() for year in (2021, 2024)] == pytest.approx([11.3, 12.2])
    seams = {seam.variable: seam for seam in found.seams}
    assert (seams["grid.coal"].year, round(seams["grid.coal"].step, 3)) == (2024, 0.191)


def test_a_lever_moves_only_years_after_its_start(pathway: Pathway) -> None:
    one, other = project(pathway, "current"), project(pathway, "plan")
    years = np.asarray(one.years)
    same = one.boundaries["local"].values == other.boundaries["local"].values
    assert same[years <= 2024].all() and not same[years >= 2026].any()


def test_targets_have_gap_owner_and_what_binds_first(pathway: Pathway) -> None:
    found = project(pathway, "current")
    by = {each.target: each for each in found.targets}
    assert set(by) == {"pv-capacity-2025", "pv-capacity-2030", "wind-capacity-2030"}
    wind = by["wind-capacity-2030"]
    assert (wind.asked, wind.value, wind.gap, wind.met, wind.units) == (
        30,
        pytest.approx(11),
        pytest.approx(-19),
        False,
        ("planning", "works"),
    )
    assert by["pv-capacity-2025"].met
    assert found.binding is not None and found.binding.target == "wind-capacity-2030"
    assert project(pathway, "plan").binding is None


def test_draws_are_seeded_shared_and_begin_alike(pathway: Pathway) -> None:
    one, again = (project(pathway, "plan", draws=50, seed=3) for _ in range(2))
    more = project(pathway, "plan", draws=80, seed=3)
    assert (one.samples["power"] == again.samples["power"]).all()
    assert (more.samples["power"][:50] == one.samples["power"]).all()
    assert (project(pathway, "plan", draws=50, seed=4).samples["power"] != one.samples["power"]).any()
    fan = one.boundaries["local"].fan
    assert fan is not None and (np.diff(fan, axis=0) >= 0).all()
    assert one.samples["power"][:, 0] == pytest.approx(one.samples["power"][0, 0], rel=0.1)


def test_delivery_scales_measures_and_not_drivers(pathway: Pathway) -> None:
    capacity = project(pathway, "plan", draws=200, seed=1).samples["target pv-capacity-2030"]
    assert 46 + 0.4 * 44 - 1e-9 <= capacity.min() < capacity.max() <= 46 + 1.1 * 44 + 1e-9


def test_pieces_of_draws_give_what_all_give_at_once(pathway: Pathway, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = project(pathway, "plan", draws=60, seed=1).samples["power"]
    monkeypatch.setattr("dafeng.pathway.projection.CHUNK", 7)
    assert (project(pathway, "plan", draws=60, seed=1).samples["power"] == whole).all()


def test_a_peak_is_the_first_highest_year() -> None:
    years = tuple(range(2020, 2040))
    line = np.array([5.0, 6, 7, 8, 9, 9, *[8.5 - 0.3 * n for n in range(14)]])
    found = of_line(years, line, 2030)
    assert (found.year, found.value, found.p_before) == (2024, 9.0, None)
    rising = np.linspace(5, 9, 20)
    drawn = of_draws(found, years, np.stack([line, rising, rising, line]), 2035)
    assert (drawn.p_before, drawn.p_confirmed, drawn.years) == (0.5, 0.5, ((2024, 0.5), (2039, 0.5)))
    assert of_line(years, np.where(np.asarray(years) < 2022, np.nan, rising), 2030).year == 2039


def test_settings_that_cannot_be_are_named_all_at_once(pathway: Pathway) -> None:
    with pytest.raises(FaultsFound) as found:
        project(
            pathway,
            "plan",
            {
                "pv-capacty": 1,
                "pv-capacity": 301,
                "lamps": 4,
                "scrap": float("nan"),
                "wind-capacity": Setting(to=3, start=2030, end=2026),
            },
        )
    assert [str(fault) for fault in found.value.faults] == [
        "pv-capacty: no lever is called 'pv-capacty'. Did you mean 'pv-capacity' or 'wind-capacity'?",
        "lamps: the lever 'lamps' does not work yet: it waits for a formula of lighting. Leave it out",
        "pv-capacity: lever 'pv-capacity': 301 万千瓦 is outside its range 0 to 300 万千瓦. Set it inside the range",
        "scrap: lever 'scrap': nan is not a number. Give a number",
        "wind-capacity: lever 'wind-capacity': its schedule ends in 2026, before it starts in 2030. "
        "Let it end in the year it starts, or later",
    ]
    with pytest.raises(NotFound, match=r"no scenario 'plann'. Did you mean 'plan'"):
        project(pathway, "plann")
    with pytest.raises(Refused, match=r"draws: 100001 is not between 0 and 100000. Ask for fewer."):
        project(pathway, draws=100_001)


def test_every_lever_at_both_ends_alone_and_in_pairs_gives_sound_numbers(pathway: Pathway) -> None:
    working = [lever for lever in pathway.levers.values() if lever.works]
    ends = [(lever.id, end) for lever in working for end in lever.range]
    for given in [*[dict([end]) for end in ends], *[dict(pair) for pair in pairwise(ends)]]:
        found = project(pathway, "plan", given)
        for line in found.sectors.values():
            assert np.isfinite(line.values).all() and (line.values >= 0).all(), given


def test_a_state_reached_by_many_small_moves_is_the_state_reached_at_once(pathway: Pathway) -> None:
    random = np.random.default_rng(7)
    levers = [lever for lever in pathway.levers.values() if lever.works]
    settings: dict[str, float] = {}
    for _ in range(60):
        lever = levers[random.integers(len(levers))]
        settings[lever.id] = float(random.uniform(*lever.range))
        if random.random() < 0.3:
            settings.pop(next(iter(settings)))
        chosen = pathway.scenario("current", settings)
        found = project(pathway, chosen).state
        fresh = pathway.run(pathway.moves(chosen))
        for sector in pathway.settings.sectors:
            assert (found.array(sector.variable) == fresh.array(sector.variable)).all()
        moved = {pathway.levers[id].parameter for id in chosen.settings}
        assert {change.id for change in found.changes} == moved
