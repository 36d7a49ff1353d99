from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.facts.conftest import INDICATORS, seen

from dafeng.documents import Document
from dafeng.errors import Conflict, DafengError, NotFound
from dafeng.facts import importer, stored
from dafeng.facts.importer import Options, Progress, Report
from dafeng.facts.observation import Observation
from dafeng.facts.series import Facts
from dafeng.facts.vocabulary import Vocabulary
from dafeng.facts.write import write
from dafeng.store import audit
from dafeng.store.database import Database

Table = Callable[..., Path]
HEADER = "indicator,place,period,value,unit,source,vintage,status,confidence\n"
ROWS = (
    "power.pv_capacity,toyville,2023,289,万千瓦,yearbook,2024-06,actual,high\n"
    "power.pv_capacity,toyville,2024,411.44,万千瓦,yearbook,2025-06,actual,high\n"
    "sinks.forest_cover,toyville,2024,19.5%,%,bulletin,2025,preliminary,medium\n"
)
TODAY = date(2026, 3, 1)


def run(
    path: Path, database: Database | None, vocabulary: Vocabulary, pack: tuple[Observation, ...] = (), **how: object
) -> Report:
    return importer.run(path, database, "toyville", vocabulary, pack, Options(today=TODAY, **how))  # type: ignore[arg-type]


def held(database: Database) -> list[tuple[str, str, float | None]]:
    live = [o for o in stored.observations(database, "toyville") if o.withdrawn is None]
    return [(o.indicator, str(o.period), o.value) for o in live]


def trail(database: Database) -> list[tuple[str, str, str]]:
    with database.reading() as connection:
        assert audit.broken(connection) is None
        return [(entry.who, entry.what, entry.subject) for entry in reversed(audit.entries(connection))]


def test_a_good_file_is_imported_whole_and_leaves_its_trace(
    opened: Database, vocabulary: Vocabulary, table: Table
) -> None:
    report = run(table(HEADER + ROWS), opened, vocabulary, who="李")
    assert (report.state, report.rows, report.imported, report.known, report.refused) == ("imported", 3, 3, 0, 0)
    assert report.notices == ("encoding UTF-8", "delimiter ,")
    assert stored.observations(opened, "toyville")[2] == seen(
        19.5,
        indicator="sinks.forest_cover",
        unit="%",
        source="bulletin",
        vintage="2025",
        status="preliminary",
        confidence="medium",
        recorded="2026-03-01",
        batch=report.batch,
    )
    assert trail(opened) == [("李", "import-facts", report.batch)]
    (batch,) = importer.batches(opened, "toyville")
    assert (batch.id, batch.file, batch.who, batch.rows, batch.imported) == (report.batch, "facts.csv", "李", 3, 3)
    assert stored.observations(opened, "elsewhere") == ()


def test_the_same_file_again_imports_nothing_and_says_so(
    opened: Database, vocabulary: Vocabulary, table: Table
) -> None:
    first = run(table(HEADER + ROWS), opened, vocabulary)
    again = run(table(HEADER + ROWS, "copy.csv"), opened, vocabulary)
    assert (again.state, again.batch, again.sha256) == ("already-imported", first.batch, first.sha256)
    assert len(held(opened)) == 3
    assert len(trail(opened)) == 1


def test_a_row_known_from_another_file_or_the_pack_is_counted_and_not_taken_twice(
    opened: Database, vocabulary: Vocabulary, table: Table
) -> None:
    run(table(HEADER + ROWS), opened, vocabulary)
    more = "power.pv_capacity,toyville,2025,500,万千瓦,yearbook,2026-02,actual,high\n"
    in_pack = seen(500, period="2025", vintage="2026-02", recorded="2026-02-15")
    report = run(table(HEADER + ROWS + more, "more.csv"), opened, vocabulary)
    assert (report.state, report.rows, report.imported, report.known) == ("imported", 4, 1, 3)
    report = run(table(HEADER + more + "\n", "pack.csv"), opened, vocabulary, (in_pack,))
    assert (report.state, report.rows, report.imported, report.known, report.batch) == ("nothing-new", 1, 0, 1, "")
    assert len(held(opened)) == 4


def test_one_fault_keeps_everything_out(opened: Database, vocabulary: Vocabulary, table: Table) -> None:
    report = run(
        table(HEADER + ROWS + "power.pv_capacity,nowhere,2025,1,万千瓦,yearbook,2026,actual,high\n"), opened, vocabulary
    )
    assert (report.state, report.rows, report.imported, report.refused, report.batch) == ("refused", 4, 0, 1, "")
    assert held(opened) == []
    assert trail(opened) == []
    assert importer.batches(opened, "toyville") == ()


def test_on_demand_the_good_rows_are_taken_and_the_others_reported(
    opened: Database, vocabulary: Vocabulary, table: Table
) -> None:
    bad = "power.pv_capacity,nowhere,2025,1,万千瓦,yearbook,2026,actual,high\n"
    report = run(table(HEADER + bad + ROWS + ROWS.splitlines()[0] + "\n"), opened, vocabulary, keep_good=True)
    assert (report.state, report.rows, report.imported, report.refused) == ("imported", 5, 3, 2)
    assert report.counts == {"unknown-place": 1, "duplicate-row": 1}
    assert len(held(opened)) == 3


def test_a_dry_run_tells_what_would_happen_and_writes_nothing(
    opened: Database, vocabulary: Vocabulary, table: Table
) -> None:
    run(table(HEADER + ROWS.splitlines()[0] + "\n"), opened, vocabulary)
    report = run(table(HEADER + ROWS, "all.csv"), opened, vocabulary, dry_run=True)
    assert (report.state, report.dry_run, report.imported, report.known, report.batch) == ("checked", True, 2, 1, "")
    assert len(held(opened)) == 1
    assert len(trail(opened)) == 1


def test_a_dry_run_needs_no_database(vocabulary: Vocabulary, table: Table) -> None:
    report = run(table(HEADER + ROWS), None, vocabulary, dry_run=True)
    assert (report.state, report.imported) == ("checked", 3)
    with pytest.raises(
        DafengError, match=r"^facts.csv: there is no database to import into. Open one, or ask for a dry run.$"
    ):
        run(table(HEADER + ROWS), None, vocabulary)


def test_a_file_that_is_not_there_is_named(vocabulary: Vocabulary, tmp_path: Path) -> None:
    with pytest.raises(DafengError, match=r"^gone.csv: there is no such file. Check the path.$"):
        run(tmp_path / "gone.csv", None, vocabulary, dry_run=True)


def test_an_import_is_undone_and_may_be_made_again(opened: Database, vocabulary: Vocabulary, table: Table) -> None:
    path = table(HEADER + ROWS)
    first = run(path, opened, vocabulary, who="李")
    assert importer.undo(opened, "toyville", first.batch[:8], "王", date(2026, 4, 1)) == 3
    assert held(opened) == []
    assert trail(opened) == [("李", "import-facts", first.batch), ("王", "undo-import", first.batch)]
    facts = Facts(stored.observations(opened, "toyville"), INDICATORS)
    assert facts.series("power.pv_capacity", "toyville").points == ()
    assert [p.value for p in facts.series("power.pv_capacity", "toyville", known_on=date(2026, 3, 31)).points] == [
        289,
        411.44,
    ]
    second = run(path, opened, vocabulary)
    assert (second.state, second.imported) == ("imported", 3)
    assert [batch.undone is None for batch in importer.batches(opened, "toyville")] == [True, False]


def test_a_figure_that_a_second_import_states_too_outlives_the_first(
    opened: Database, vocabulary: Vocabulary, table: Table
) -> None:
    first = run(table(HEADER + ROWS), opened, vocabulary)
    more = "power.pv_capacity,toyville,2025,500,万千瓦,yearbook,2026-02,actual,high\n"
    second = run(table(HEADER + ROWS.splitlines()[0] + "\n" + more, "two.csv"), opened, vocabulary)
    assert (second.imported, second.known) == (1, 1)
    assert importer.undo(opened, "toyville", first.batch) == 2
    assert held(opened) == [("power.pv_capacity", "2023", 289.0), ("power.pv_capacity", "2025", 500.0)]
    assert importer.undo(opened, "toyville", second.batch) == 2
    assert held(opened) == []


def test_the_version_of_what_is_stored_changes_with_every_import_and_undoing(
    opened: Database, vocabulary: Vocabulary, table: Table
) -> None:
    versions = [stored.version(opened, "toyville")]
    batch = run(table(HEADER + ROWS), opened, vocabulary).batch
    versions.append(stored.version(opened, "toyville"))
    run(table(HEADER + ROWS, "copy.csv"), opened, vocabulary)
    assert stored.version(opened, "toyville") == versions[-1]
    importer.undo(opened, "toyville", batch)
    versions.append(stored.version(opened, "toyville"))
    assert len(set(versions)) == 3


def test_what_cannot_be_undone_is_said(opened: Database, vocabulary: Vocabulary, table: Table) -> None:
    batch = run(table(HEADER + ROWS), opened, vocabulary).batch
    with pytest.raises(NotFound, match=r"^no import 'zzz'\.$"):
        importer.undo(opened, "toyville", "zzz")
    with pytest.raises(NotFound, match=f"^no import '{batch}'\\.$"):
        importer.undo(opened, "elsewhere", batch)
    importer.undo(opened, "toyville", batch)
    with pytest.raises(Conflict) as raised:
        importer.undo(opened, "toyville", batch)
    assert str(raised.value).startswith(f"import {batch}: it was undone on ")
    assert str(raised.value).endswith(". There is nothing left to undo.")


def test_documents_come_along_and_are_known_from_then_on(
    opened: Database, vocabulary: Vocabulary, table: Table
) -> None:
    row = "power.pv_capacity,toyville,2025,500,万千瓦,survey-2026,2026,actual,high\n"
    document = Document(id="survey-2026", title="2026 年光伏调查", kind="report", date="2026-01")
    path = table(HEADER + row)
    assert run(path, opened, vocabulary).counts == {"unknown-document": 1}
    assert run(path, opened, vocabulary, documents=(document,)).state == "imported"
    assert stored.documents(opened, "toyville") == {"survey-2026": document}
    assert run(table(HEADER + row.replace("2025", "2024"), "b.csv"), opened, vocabulary).state == "imported"


def test_columns_that_a_table_lacks_may_be_given_for_all_rows(
    opened: Database, vocabulary: Vocabulary, table: Table
) -> None:
    path = table("指标,年份,数值,单位\n光伏装机容量,2024,411,万千瓦\n")
    report = run(path, opened, vocabulary, defaults={"place": "示例市", "source": "yearbook", "status": "实际"})
    assert report.state == "imported"
    (found,) = stored.observations(opened, "toyville")
    assert (found.place, found.source, found.status, found.confidence) == ("toyville", "yearbook", "actual", "medium")


def test_progress_is_told_and_an_import_can_be_stopped(opened: Database, vocabulary: Vocabulary, table: Table) -> None:
    rows = "".join(
        f"power.pv_capacity,toyville,{1900 + i // 12}-{i % 12 + 1:02d},{i},万千瓦,press,2026,actual,low\n"
        for i in range(5100)
    )
    told: list[Progress] = []
    report = run(table(HEADER + rows), opened, vocabulary, progress=told.append)
    assert (report.state, report.imported) == ("imported", 5100)
    assert [step.rows for step in told] == [5000, 5100]
    assert told[-1].share == 1.0
    stopped = run(
        table(HEADER + rows.replace("press", "bulletin"), "b.csv"), opened, vocabulary, cancelled=lambda: True
    )
    assert (stopped.state, stopped.rows, stopped.imported) == ("cancelled", 5000, 0)
    assert len(held(opened)) == 5100


def test_of_many_faults_the_first_hundred_of_each_code_are_kept_and_all_are_counted(
    vocabulary: Vocabulary, table: Table
) -> None:
    rows = "".join(f"power.pv_capacity,nowhere,2024,x{i},万千瓦,press,2026,actual,low\n" for i in range(250))
    report = run(table(HEADER + rows), None, vocabulary, dry_run=True)
    assert report.counts == {"unknown-place": 250, "not-a-number": 250}
    assert (len(report.faults), report.refused) == (200, 250)
    assert report.faults[-1].place == "row 101, column value"


OBSERVATIONS = st.lists(
    st.builds(
        lambda value, year, source: seen(value, period=str(year), source=source, recorded="2026-03-01"),
        st.floats(-1e9, 1e9),
        st.integers(1990, 2030),
        st.sampled_from(["yearbook", "bulletin", "press"]),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda observation: observation.key,
)


@pytest.mark.parametrize("opened", ["sqlite"], indirect=True)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(one=OBSERVATIONS, two=OBSERVATIONS)
def test_imports_are_idempotent_and_undoing_them_leaves_what_was_there(
    opened: Database, vocabulary: Vocabulary, tmp_path: Path, one: list[Observation], two: list[Observation]
) -> None:
    for batch in importer.batches(opened, "toyville"):
        if batch.undone is None:
            importer.undo(opened, "toyville", batch.id)
    paths = []
    for name, observations in (("one.csv", one), ("two.csv", two)):
        paths.append(tmp_path / name)
        with paths[-1].open("w", encoding="utf-8", newline="") as file:
            write(observations, file)

    assert run(paths[0], opened, vocabulary).imported == len(one)
    before = held(opened)
    assert run(paths[0], opened, vocabulary).state == "already-imported"
    second = run(paths[1], opened, vocabulary)
    assert second.imported + second.known == len(two) if second.state != "already-imported" else one == two
    if second.state == "imported":
        importer.undo(opened, "toyville", second.batch)
    assert held(opened) == before
