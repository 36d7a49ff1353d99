"""From each boundary to each: the steps add up exactly, net and absolute."""

from __future__ import annotations

from itertools import permutations

import pytest

from dafeng.accounts import boundaries as declared
from dafeng.accounts.account import accounts
from dafeng.accounts.reconcile import reconcile
from dafeng.city import City
from dafeng.errors import Refused
from dafeng.report.records.accounts import WalkRecord

PAIRS = list(permutations([boundary.id for boundary in declared.load().boundaries], 2))


@pytest.mark.parametrize(("start", "end"), PAIRS)
def test_steps_add_up_exactly(shanghai: City, start: str, end: str) -> None:
    walk = reconcile(shanghai, start, end, 2021)
    assert walk.residual == pytest.approx(0, abs=1e-9)
    totals = [accounts(shanghai, boundary).totals()[2021] for boundary in (start, end)]
    assert [walk.from_value, walk.to_value] == pytest.approx(totals)
    assert walk.absolute >= abs(walk.net) - 1e-9
    back = reconcile(shanghai, end, start, 2021)
    assert back.net == pytest.approx(-walk.net)
    assert back.absolute == pytest.approx(walk.absolute)
    assert {step.id for step in back.steps} == {step.id for step in walk.steps}


def test_from_ceads_to_assessed_in_2019(shanghai: City) -> None:
    walk = reconcile(shanghai, "ceads", "assessed", 2019)
    steps = {step.id: step for step in walk.steps}
    assert set(steps) == {"imported_electricity", "factors", "cement_process"}
    assert steps["imported_electricity"].net == pytest.approx(73.19 * 0.5834, abs=0.01)
    assert steps["cement_process"].net == pytest.approx(-1.24955, abs=0.001)
    assert steps["factors"].absolute > abs(steps["factors"].net)
    assert walk.from_value == pytest.approx(192.91, abs=0.01)


def test_the_same_boundary_under_two_switches(shanghai: City) -> None:
    walk = reconcile(shanghai, "assessed", "assessed", 2023 - 2, end_switches={"imports": "regional"})
    (step,) = walk.steps
    assert (step.id, round(step.net, 3)) == ("factors", round(74.29 * (0.5992 - 0.5834), 3))


def test_the_edition_of_2011_differs_from_that_of_2025_by_its_warming_potentials(shanghai: City) -> None:
    (step,) = reconcile(shanghai, "inventory-2011", "inventory-2025", 2021).steps
    moved = {item for item, value in step.parts.items() if value}  # HFC-134a has 1300 in both reports
    assert (step.id, moved) == ("warming", {"landfill", "wastewater", "rice", "soils"})
    landfill = accounts(shanghai, "inventory-2011").account(2021).by_item["landfill"]
    assert step.parts["landfill"] == pytest.approx(landfill * (28 / 21 - 1))


def test_the_edition_of_the_ipcc_differs_by_carbon_contents_and_full_oxidation(shanghai: City) -> None:
    (step,) = reconcile(shanghai, "inventory-2025", "inventory-ipcc", 2021).steps
    assert step.id == "factors"
    diesel = accounts(shanghai, "inventory-2025").account(2021).by_fuel["diesel"]
    assert step.parts["diesel"] == pytest.approx(diesel * (1 / 0.98 - 1))  # the same carbon, oxidised whole


def test_a_year_without_a_total_is_refused(shanghai: City) -> None:
    with pytest.raises(
        Refused, match=r"^reconcile: boundary 'ceads' has no total in 2023 \(.*\)\. Choose another year"
    ):
        reconcile(shanghai, "ceads", "assessed", 2023)


def test_the_record_of_a_walk_has_the_interval_of_either_end(shanghai: City) -> None:
    record = WalkRecord.build(reconcile(shanghai, "ceads", "assessed", 2019))
    for end in (record.start, record.end):
        total = accounts(shanghai, end.boundary).account(2019).total
        assert total is not None
        assert [end.value, end.low, end.high] == pytest.approx([total.value, total.low, total.high])
        assert total.low < total.value < total.high
