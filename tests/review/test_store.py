"""Reviews in the database, on both engines: every decision kept, each in the audit trail."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dafeng.compiler import Compiled
from dafeng.errors import NotFound
from dafeng.review import Decision, figures, items, store
from dafeng.store import audit
from dafeng.store import database as databases
from dafeng.store.database import Database

from .conftest import ids


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    sqlite = f"sqlite:///{tmp_path}/x.sqlite"
    url = sqlite if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    with databases.open(url, create=True) as opened:
        yield opened


def test_reviews_are_kept_with_every_decision_in_the_audit_trail(compiled: Compiled, database: Database) -> None:
    target = next(item for item in items(compiled) if item.kind == "target")
    id = store.add(database, "toy", "plan.md", compiled, "甲")
    assert store.add(database, "toy", "plan.md", compiled, "乙") == id
    store.decide(database, id, target, Decision(item=target.id, verdict="reject", note="重复"), "甲")
    store.decide(database, id, target, Decision(item=target.id, verdict="accept"), "乙")
    with database.reading() as connection:
        found = store.load(connection, "toy", id)
        summary = store.listed(connection, "toy")[0]
        trail = audit.entries(connection, subject=id)
        assert audit.broken(connection) is None
        assert store.listed(connection, "elsewhere") == ()
        with pytest.raises(NotFound):
            store.load(connection, "elsewhere", id)
    assert found.compiled == compiled
    assert (found.decisions[target.id].verdict, found.decisions[target.id].who) == ("accept", "乙")
    assert (summary.items, summary.decided) == (len(found.items), 1)
    assert [(e.what, e.who) for e in trail] == [("decide-item", "乙"), ("decide-item", "甲"), ("propose-plan", "甲")]
    assert trail[1].detail == {"item": target.id, "verdict": "reject", "note": "重复"}


def test_a_number_left_out_is_an_item_from_its_first_decision_on(compiled: Compiled, database: Database) -> None:
    id = store.add(database, "toy", "plan.md", compiled, "甲")
    one = figures(compiled)[0]
    for verdict in ("accept", "reject"):
        store.decide(database, id, one, Decision(item=one.id, verdict=verdict), "甲")  # type: ignore[arg-type]  # words
    with database.reading() as connection:
        found = store.load(connection, "toy", id)
        summary = store.listed(connection, "toy")[0]
    assert (summary.items, summary.decided) == (len(found.items) + 1, 1)
    assert found.decisions[one.id].verdict == "reject"
    assert [decision.item for decision in found.file().decisions] == [one.id]


def test_what_is_not_there_is_not_decided_on(compiled: Compiled, database: Database) -> None:
    id = store.add(database, "toy", "plan.md", compiled, "甲")
    target, figure = next(i for i in items(compiled) if i.id == ids(compiled, "target")[0]), figures(compiled)[0]
    with pytest.raises(NotFound):
        store.decide(database, id, target, Decision(item="target-99999", verdict="accept"), "甲")
    for item in (target, figure):
        with pytest.raises(NotFound):
            store.decide(database, "nowhere", item, Decision(item=item.id, verdict="accept"), "甲")
