"""A change of the database is seen on the pages within a second, whatever kind of database it is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.web.conftest import TOY, Client

from dafeng.city import load
from dafeng.facts import importer
from dafeng.facts.importer import Options
from dafeng.facts.vocabulary import Vocabulary
from dafeng.review import store as reviews
from dafeng.settings import Settings
from dafeng.store import audit, database
from dafeng.web.app import create_app
from dafeng.web.revision import Files, Revision, Trail, revision_of
from dafeng.web.site import Site

TABLE = (
    "indicator,place,period,value,unit,source,vintage,status,confidence\n"
    "power.pv_capacity,toyville,2024,77.7,万千瓦,{source},2025-03-01,actual,high\n"
)


def import_one(url: str, folder: Path) -> str:
    """Import one newer figure of the toy and give its batch."""
    city = load(TOY)
    names = {place.id: place.id for place in city.places}
    table = folder / "new.csv"
    table.write_text(TABLE.format(source=next(iter(city.documents))), encoding="utf-8")
    vocabulary = Vocabulary(city.indicators, names, city.documents, city.axes)
    with database.open(url, create=True) as opened:
        report = importer.run(table, opened, city.id, vocabulary, city.facts, Options(today=date(2025, 4, 1)))
    assert report.ok, report.as_dict()
    return report.batch


def test_an_import_and_its_undoing_show_on_the_pages(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'facts.sqlite'}"
    site = Site(str(TOY), url, today=lambda: date(2025, 6, 1))
    site._revision = Revision(revision_of(url)._look, clock=iter(range(10_000)).__next__)
    with Client(create_app(Settings(city=str(TOY)), site=site)) as client:
        before = client.get("/en/facts/power.pv_capacity")
        assert "777\u00a0MW" not in before.text
        batch = import_one(url, tmp_path)
        assert "777\u00a0MW" in client.get("/en/facts/power.pv_capacity").text
        with database.open(url) as opened:
            importer.undo(opened, "toyville", batch, today=date(2025, 4, 2))
        assert client.get("/en/facts/power.pv_capacity").text == before.text


def test_a_database_is_looked_at_once_a_second(tmp_path: Path) -> None:
    now, looks = [0.0], []
    revision = Revision(lambda: looks.append(1) or len(looks), clock=lambda: now[0])
    assert [revision() for _ in range(5)] == [1] * 5
    now[0] = 0.99
    assert revision() == 1
    now[0] = 1.0
    assert revision() == 2


def test_the_audit_trail_is_asked_only_after_a_file_has_changed(tmp_path: Path) -> None:
    file = tmp_path / "facts.sqlite"
    asked: list[int] = []
    look = Files([file, tmp_path / "facts.sqlite-wal"], lambda: asked.append(1) or len(asked))
    assert (look(), look()) == (1, 1)
    file.write_bytes(b"one")
    assert (look(), look()) == (2, 2)
    (tmp_path / "facts.sqlite-wal").write_bytes(b"two")
    assert look() == 3
    assert revision_of(None)() is revision_of("sqlite://")() is None


def test_the_audit_trail_tells_of_a_change_and_of_another_database(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "facts.sqlite"
    trail = Trail(f"sqlite:///{file}")
    assert trail() is None
    import_one(f"sqlite:///{file}", tmp_path)
    first = trail()
    assert isinstance(first, tuple) and first[0] == 1
    file.write_bytes(b"not a database any more" * 100)
    assert trail() == first
    assert "the database cannot be asked for its state" in caplog.text
    file.unlink()
    import_one(f"sqlite:///{file}", tmp_path)
    other = trail()
    assert isinstance(other, tuple) and other[0] == 1 and other != first
    assert isinstance(revision_of("postgresql+psycopg://localhost/dafeng")._look, Trail)


def test_decisions_of_a_review_leave_the_city_as_it_is(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'facts.sqlite'}"
    look = revision_of(url)._look
    import_one(url, tmp_path)
    before = look()
    with database.open(url) as opened, opened.writing() as connection:
        for what in reviews.WORDS:
            audit.append(connection, who="Li", what=what, subject="p1", detail={})
    assert look() == before
    with database.open(url) as opened, opened.writing() as connection:
        audit.append(connection, who="Li", what="import-activity", subject="b1", detail={})
    assert look() != before
