from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import ValidationError

from dafeng.errors import Conflict, NotFound, Refused
from dafeng.labels import Label
from dafeng.registers import REPORT, Enterprise, Facility, Membership, Register, Reports
from dafeng.registers.enterprise import month
from dafeng.store import audit, database
from dafeng.store.database import Database

LABEL = Label(zh="示例厂", en="Sample works")
FIGURES = {"total": 12.0}


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Database]:
    with database.open(f"sqlite:///{tmp_path}/r.sqlite", create=True) as found:
        register = Register(found, "toyville")
        register.put([Enterprise(id="works", label=LABEL, place="north", owner="Wang", status="synthetic")], "admin")
        register.put([Facility(id="boiler", label=LABEL, enterprise="works", method="general")], "admin")
        register.grant("Li", "verifier", "*", "admin")
        register.grant("Bureau", "authority", "works", "admin")
        register.grant("Wang", "verifier", "works", "admin")
        yield found


def test_a_report_goes_through_its_states_and_every_move_is_in_the_trail(opened: Database) -> None:
    reports = Reports(opened, "toyville")
    assert reports.get("works", 2024).state == "draft"
    for word, who, state in [
        ("report", "Wang", "reported"),
        ("verify", "Li", "verified"),
        ("lock", "Bureau", "locked"),
    ]:
        assert reports.move("works", 2024, word, who, FIGURES).state == state
    assert reports.move("works", 2024, "unlock", "Bureau", FIGURES, "meter was replaced").reason == "meter was replaced"
    with opened.reading() as connection:
        moves = [entry.what for entry in audit.entries(connection, subject="works")]
        assert audit.broken(connection) is None
    assert moves[:4] == ["unlock-report", "lock-report", "verify-report", "report-report"]


@pytest.mark.parametrize(
    ("before", "word", "who", "reason", "message"),
    [
        (
            [],
            "report",
            "Li",
            "",
            "report: Li may not do this (has verifier, expected reporter). Ask one who has it, "
            "or have the role granted.",
        ),
        (
            [],
            "lock",
            "Bureau",
            "",
            "lock: the record is draft (expected verified). From here the moves are report.",
        ),
        (
            [("report", "Wang")],
            "verify",
            "Wang",
            "",
            "verify: Wang made the move 'report' too. Have another person do this.",
        ),
        (
            [("report", "Wang")],
            "verify",
            "Zhao",
            "",
            "verify: Zhao may not do this (has no role, expected verifier). Ask one who has it, "
            "or have the role granted.",
        ),
        (
            [("report", "Wang"), ("verify", "Li")],
            "lock",
            "Li",
            "",
            "lock: Li may not do this (has verifier, expected authority). Ask one who has it, "
            "or have the role granted.",
        ),
        (
            [("report", "Wang"), ("verify", "Li"), ("lock", "Bureau")],
            "unlock",
            "Bureau",
            " ",
            "unlock: no reason is given. Say why.",
        ),
        ([], "report", "", "", "report: nobody is named. Say who does this."),
    ],
)
def test_who_may_not_is_told_why(
    opened: Database, before: list[tuple[str, str]], word: str, who: str, reason: str, message: str
) -> None:
    reports = Reports(opened, "toyville")
    for move, mover in before:
        reports.move("works", 2024, move, mover, FIGURES)
    state = reports.get("works", 2024).state
    with pytest.raises((Refused, Conflict)) as raised:
        reports.move("works", 2024, word, who, FIGURES, reason)
    assert str(raised.value) == message
    assert reports.get("works", 2024).state == state


def test_an_account_that_changed_since_it_was_reported_is_not_verified(opened: Database) -> None:
    reports = Reports(opened, "toyville")
    reports.move("works", 2024, "report", "Wang", FIGURES)
    with pytest.raises(Refused) as raised:
        reports.move("works", 2024, "verify", "Li", {"total": 13.0})
    assert str(raised.value) == (
        "verify works 2024: the account differs from what was reported. Return the report, and have it reported anew."
    )


def test_an_unknown_move_or_enterprise_is_not_found(opened: Database) -> None:
    with pytest.raises(NotFound):
        REPORT.move("publish", "draft")
    with pytest.raises(NotFound) as raised:
        Reports(opened, "toyville").move("work", 2024, "report", "Wang", {})
    assert raised.value.candidates == ("works",)


def test_a_facility_has_one_parent(opened: Database) -> None:
    register = Register(opened, "toyville")
    register.put([Enterprise(id="other", label=LABEL, place="north")], "admin")
    with pytest.raises(Refused) as raised:
        register.put([Facility(id="boiler", label=LABEL, enterprise="other", method="general")], "admin")
    assert str(raised.value) == (
        "facility boiler: it belongs to enterprise 'works' and not to 'other'. "
        "A facility has one parent; give the second one an id of its own."
    )
    assert register.put([Facility(id="boiler", label=LABEL, enterprise="works", method="general")], "admin") == 0


def test_two_markets_never_count_a_unit_at_once() -> None:
    moved = Enterprise(
        id="works",
        label=LABEL,
        place="north",
        markets=(
            Membership(market="local", since="2013-01", until="2024-12"),
            Membership(market="national", since="2025-01"),
        ),
    )
    assert [moved.market(month(text)) for text in ("2012-12", "2024-12", "2025-01", "2031-06")] == [
        None,
        "local",
        "national",
        "national",
    ]
    with pytest.raises(
        ValidationError, match="two markets count the unit at once: local 2013-01 to now, national from 2025-01"
    ):
        Enterprise(
            id="works",
            label=LABEL,
            place="north",
            markets=(Membership(market="local", since="2013-01"), Membership(market="national", since="2025-01")),
        )
