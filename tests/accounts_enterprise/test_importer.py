"""What an import refuses, with row, column, reason and remedy; what it takes once; what undo takes back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dafeng.errors import Conflict
from dafeng.facts.importer.report import Report
from dafeng.registers import Reports, stored
from dafeng.store import audit
from dafeng.store.database import Database

GOOD = "boiler,fuel,natural_gas,2022-01,10,万立方米"
MEASURED = "facility,use,what,period,quantity,unit,ncv,oxidation,evidence"


@pytest.mark.parametrize(
    ("header", "lines", "faults"),
    [
        (None, ["boiler,fuel,natral gas,2022-01,10,万立方米"],
         ["[unknown-fuel] row 2, column what: no fuel is called 'natral gas'. Did you mean 'natural_gas' or 'lng' or "
          "'other_gas'?"]),
        (None, ["boiler,fuel,natural_gas,2022-01,10,t"],
         ["[unit-dimension] row 2, column unit: 't' measures another thing than the unit of "
          "'natural_gas' does (万立方米)."
          " State the quantity in 万立方米"]),
        (None, ["boiler,fuel,natural_gas,2022-01,-10,万立方米"],
         ["[negative] row 2, column quantity: the quantity is negative (-10). Write what was sold or recovered as "
          "exported_electricity, exported_heat, carbon_out or recovered_co2"]),
        (None, [GOOD, "boiler,fuel,天然气,2022,100,万立方米"],
         ["[overlap] row 3, column period: boiler fuel natural_gas 2022 overlaps row 2 of the same activity. "
          "Keep one of the two; to correct an import, undo it first"]),
        (MEASURED, ["boiler,fuel,diesel,2022-01,10,t,4265,,lab-1"],
         ["[factor-range] row 2, column ncv: 4265 is outside of the range of ncv (1 to 150 GJ/t). "
          "Check value and unit; a share is between 0 and 1"]),
        (MEASURED, ["boiler,fuel,diesel,2022-01,10,t,42,,"],
         ["[no-evidence] row 2, column evidence: ncv measured without evidence. Name the document "
          "of the measurement"]),
        ("enterprise,facility,use,what,period,quantity,unit", ["tower," + GOOD],
         ["[two-parents] row 2, column enterprise: the facility 'boiler' would have two parents: it "
          "belongs to 'works', "
          "the row says 'tower'. Correct the row, or register a facility of its own"]),
        ("facility,process,use,what,period,quantity,unit",
         ["boiler,,fuel,diesel,2022,12,t", "boiler,line,fuel,diesel,2022-03,1,t"],
         ["[scope-twice] row 3, column process: boiler line fuel diesel 2022-03 would count a scope "
          "twice: row 2 gives it "
          "for the facility as a whole. Give the activity for the facility or for its processes, not for both"]),
        ("facility,use,what,period,quantity,unit,scope", ["boiler,electricity,,2022-01,10,MWh,1"],
         ["[scope-twice] row 2, column scope: 'electricity' is scope 2, the row counts it in scope "
          "1. Correct the scope; "
          "what is bought is scope 2 for the buyer, scope 1 for the maker only"]),
        (None, ["grinder,process,clinker,2022-01,10,t"],
         ["[use-not-in-method] row 2, column use: the method 'cement_grinding' of the facility does "
          "not count 'process': "
          "a grinding station burns no clinker, so it has no process CO2. Leave the row out, or write one of fuel, "
          "electricity, green_electricity, heat, exported_electricity, exported_heat, output"]),
        (None, ["boilr,fuel,diesel,2022-01,10,t"],
         ["[unknown-facility] row 2, column facility: no facility is called 'boilr'. Did you mean 'boiler'?"]),
        (None, ["boiler,fuel,diesel,2022-13,=1+1,t"],
         ["[period] row 2, column period: '2022-13' names a month that does not exist. Write 2024-03, 2024 or "
          "2024-01/2024-06",
          "[formula] row 2, column quantity: the cell holds a formula or starts like one ('=1+1'). "
          "Replace the formula by its result; formulas are never evaluated"]),
        (None, ["mill,carbon_in,scrap,2022-01,10,t"],
         ["[unknown-fuel] row 2, column what: no factor is of 'scrap'. Measure its carbon share or "
          "factor, with evidence"]),
    ],
)  # fmt: skip
def test_bad_rows_are_refused(
    taken: Callable[..., Report], header: str | None, lines: list[str], faults: list[str]
) -> None:
    report = taken(*lines, **({"header": header} if header else {}))
    assert [f"[{fault.code}] {fault}" for fault in report.faults] == faults
    assert (report.state, report.imported) == ("refused", 0)


def test_a_dry_run_writes_nothing_and_the_same_rows_are_taken_once(
    taken: Callable[..., Report], opened: Database
) -> None:
    assert (taken(GOOD, dry_run=True).state, stored.batches(opened, "town")) == ("checked", ())
    first = taken(GOOD)
    assert (first.state, first.imported) == ("imported", 1)
    assert taken(GOOD).state == "already-imported"
    longer = taken(GOOD, "boiler,fuel,natural_gas,2022-02,10,万立方米")
    assert (longer.state, longer.imported, longer.known) == ("imported", 1, 1)
    assert taken("boiler,燃料,x,2022,1,t").state == "refused"
    later = taken("boiler,fuel,natural_gas,2022-02,11,万立方米")
    assert [fault.code for fault in later.faults] == ["overlap"]


def test_undo_keeps_what_a_later_import_states_too(taken: Callable[..., Report], opened: Database) -> None:
    first = taken(GOOD, "boiler,fuel,diesel,2022-01,1,t")
    taken(GOOD, "boiler,heat,,2022-01,1,GJ")
    assert stored.undo(opened, "town", first.batch[:10], "admin") == 1
    with opened.reading() as connection:
        left = [stored.activity(found).what for found in stored.rows(connection, "town")]
        assert sorted(left) == ["heat", "natural_gas"]
        assert audit.broken(connection) is None
    with pytest.raises(Conflict, match="it was undone on"):
        stored.undo(opened, "town", first.batch)


def test_activity_of_a_report_that_was_handed_in_does_not_change(
    taken: Callable[..., Report], opened: Database
) -> None:
    batch = taken(GOOD).batch
    Reports(opened, "town").move("works", 2022, "report", "Wang", {})
    report = taken("boiler,fuel,diesel,2022-01,1,t", closed={("works", 2022): "reported"})
    assert [str(fault) for fault in report.faults] == [
        "row 2, column period: the report of 'works' for 2022 is reported. Have the report returned or unlocked first"
    ]
    with pytest.raises(Conflict, match="whose report is reported"):
        stored.undo(opened, "town", batch)
    with opened.reading() as connection:
        assert len(stored.rows(connection, "town")) == 1


def test_rows_of_a_place_name_their_sector_and_lie_in_it(taken: Callable[..., Report]) -> None:
    header = "地区,行业,活动类别,品种,时期,数量,计量单位"
    assert taken("北区,工业,化石燃料燃烧,天然气,2022 年,10,万立方米", header=header, place="north").state == "imported"
    report = taken("south,工业,fuel,diesel,2022,1,t", "north,,fuel,diesel,2022,1,t", header=header, place="north")
    assert [(fault.code, fault.place) for fault in report.faults] == [
        ("other-place", "row 2, column 地区"),
        ("empty", "row 3, column 行业"),
    ]
