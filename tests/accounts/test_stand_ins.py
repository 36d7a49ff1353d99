"""What stands in where a year has no figure of its own: fuel taken on abroad, electricity factors. Both are told."""

from __future__ import annotations

import pytest

from dafeng.accounts import boundaries as declared
from dafeng.accounts.account import account, accounts
from dafeng.city import City


def test_fuel_taken_on_abroad_is_the_balance_or_a_share_and_says_which(shanghai: City) -> None:
    of = {year: account(shanghai, "inventory-2025", year) for year in (2006, 2007, 2008, 2019, 2021)}
    # 37.87, 588.23 and 9.59 x 10^4 t of the balance of 2007, at 3.0334, 3.1705 and 3.0959 tCO2/t.
    assert of[2007].memo["refuelled_abroad"] == pytest.approx(20.1, abs=0.1)
    share = of[2019].memo["refuelled_abroad"]
    assert of[2021].memo["refuelled_abroad"] < share < of[2007].memo["refuelled_abroad"]
    for year, one in of.items():
        assert any("taken on abroad" in note.en for note in one.notes) == (year not in (2007, 2021)), year
    # A series that takes it off in some years only would fall by 20 Mt and rise again.
    totals = accounts(shanghai, "inventory-2025").totals()
    assert totals[2006] < totals[2007] < totals[2008]


def test_an_estimated_share_widens_the_interval(shanghai: City) -> None:
    booked = account(shanghai, "inventory-2025", 2019, bunkers="booked").total
    off = account(shanghai, "inventory-2025", 2019).total
    assert booked is not None and off is not None
    assert (off.high - off.low) / off.value > (booked.high - booked.low) / booked.value


def test_a_factor_of_another_year_is_always_told(shanghai: City) -> None:
    held = declared.load()
    told = 0
    for boundary in held.boundaries:
        made = accounts(shanghai, boundary.id)
        for year in made.ledger.years:
            one = made.account(year)
            if "electricity" in one.by_fuel:
                other = year in made.run.power.other
                assert any("no electricity factor" in note.en for note in one.notes) == other, (boundary.id, year)
                told += other
    assert told >= 3


@pytest.mark.parametrize(
    ("year", "item", "lacks"),
    [
        (2016, "wastewater", ()),
        (2015, "wastewater", ("waste.nitrogen_discharged",)),
        (2019, "wastewater", ("waste.cod_discharged", "waste.nitrogen_discharged")),
        (2019, "soils", ()),
        (2023, "soils", ("agriculture.livestock",)),
    ],
)
def test_an_item_that_is_counted_in_part_says_what_it_lacks(
    shanghai: City, year: int, item: str, lacks: tuple[str, ...]
) -> None:
    one = account(shanghai, "inventory-2025", year)
    assert one.by_item[item] > 0
    said = [absent.why.en for absent in one.absent if absent.item == item]
    assert said == (["; ".join(("in part", *(f"no figure of {id}" for id in lacks)))] if lacks else [])
