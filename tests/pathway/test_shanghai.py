"""The pathway that comes with dafeng: sound, equal to its evidence, and steady at the ends of every lever."""

from __future__ import annotations

import csv
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from dafeng.city import load as load_city
from dafeng.pathway import Pathway, check, load, project

FACTS = Path(__file__).parents[2] / "src/dafeng/cities/shanghai/facts/observed-3-power.csv"
EVIDENCE = Path(__file__).parents[2].parent / "shared" / "data" / "pathway-parameters.csv"


@pytest.fixture(scope="module")
def shanghai() -> Pathway:
    return load(load_city("shanghai"))


def test_its_files_are_sound_and_what_waits_is_not_counted(shanghai: Pathway) -> None:
    assert check(shanghai.city) == []
    waiting = {lever.action for lever in shanghai.levers.values() if not lever.works}
    assert not waiting & {"energy", "buildings", "people"}
    assert len(shanghai.working) >= 44
    assert all(lever.waiting for lever in shanghai.levers.values() if not lever.works)


def test_every_boundary_says_what_it_misses(shanghai: Pathway) -> None:
    assert all(boundary.missing for boundary in shanghai.settings.boundaries)


def test_every_figure_is_in_the_evidence_and_none_is_a_plan() -> None:
    if not EVIDENCE.is_file():
        pytest.skip("the collected evidence is not beside the repository")
    with EVIDENCE.open(encoding="utf-8") as file:
        told = {
            (row["year"], row["value"])
            for row in csv.DictReader(file)
            if row["place"] == "Shanghai" and row["domain"] != "plan targets"
        }
    with FACTS.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 106
    assert [row for row in rows if (row["period"], row["value"]) not in told] == []


def test_every_lever_at_both_ends_alone_and_in_pairs_gives_sound_numbers(shanghai: Pathway) -> None:
    working = [lever for lever in shanghai.levers.values() if lever.works]
    sign = {each.id: -1 if each.family == "sink" else 1 for each in shanghai.settings.sectors}
    ends = [(lever.id, end) for lever in working for end in lever.range]
    calm = project(shanghai, "current")
    for given in [*[dict([end]) for end in ends], *[dict(pair) for pair in pairwise(ends)]]:
        found = project(shanghai, "plan", given)
        for id, line in found.sectors.items():
            values = line.values[~np.isnan(calm.sectors[id].values)]
            assert len(values) >= 45 and np.isfinite(values).all() and (sign[id] * values >= 0).all(), given


def test_the_plan_emits_less_than_current_policies_and_a_delay_costs(shanghai: Pathway) -> None:
    at = shanghai.years.index(2030)
    names = ("faster", "plan", "plan-late-3", "plan-late-5", "current")
    values = [project(shanghai, name).boundaries["city-with-imports"].values[at] for name in names]
    assert values == sorted(values)


def test_draws_deliver_nothing_past_the_end_of_a_lever(shanghai: Pathway) -> None:
    found = project(shanghai, "neutral-2060", draws=300, seed=1)
    below = {each.id for each in shanghai.settings.sectors if each.family == "sink"}
    lowest = {id: np.nanmin(line.fan) for id, line in found.sectors.items() if line.fan is not None and id not in below}
    assert lowest and min(lowest.values()) >= 0, lowest
    homes = next(each for each in found.targets if each.target == "new-residential-ultra-low-share-2030")
    assert homes.high == pytest.approx(100)
