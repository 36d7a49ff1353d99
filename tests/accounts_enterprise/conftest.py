"""Two enterprises of a made-up town, and a way to account rows of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dafeng.accounts.enterprise.chosen import Choices
from dafeng.accounts.enterprise.importer import Names, Options, run
from dafeng.accounts.enterprise.methods import load
from dafeng.accounts.enterprise.rows import Rows, account_rows
from dafeng.accounts.enterprise.table import of_activities
from dafeng.factors import for_city
from dafeng.facts.importer.report import Report
from dafeng.labels import Label
from dafeng.registers import Activity, Enterprise, Facility, Membership, Process, Register
from dafeng.store import database
from dafeng.store.database import Database

LABEL = Label(zh="示例厂", en="Sample works")
SHANGHAI = Path(database.__file__).parents[1] / "cities" / "shanghai"
PLACES = {"town": "town", "north": "north", "北区": "north", "south": "south"}
WITHIN = {"town": frozenset({"town", "north", "south"}), "north": frozenset({"north"}), "south": frozenset({"south"})}
MOVED = (Membership(market="local", since="2013-01", until="2022-06"), Membership(market="national", since="2022-07"))
ENTERPRISES = [
    Enterprise(id="works", label=LABEL, place="north", sector="industry", owner="Wang", markets=MOVED),
    Enterprise(id="tower", label=LABEL, place="south", owner="Zhao"),
]
FACILITIES = [
    Facility(id="boiler", label=LABEL, enterprise="works", method="general"),
    Facility(id="plant", label=LABEL, enterprise="works", method="power"),
    Facility(id="mill", label=LABEL, enterprise="works", method="steel"),
    Facility(id="grinder", label=LABEL, enterprise="works", method="cement_grinding"),
    Facility(id="refinery", label=LABEL, enterprise="works", method="petrochemical"),
    Facility(id="hall", label=LABEL, enterprise="tower", method="data_centre", pue=1.25, evidence="audit-2022"),
    Facility(id="office", label=LABEL, enterprise="tower", method="building", area=1000, evidence="deed"),
]
PROCESSES = [Process(id="line", label=LABEL, facility="boiler")]


def names(**closed: Any) -> Names:
    return Names(
        for_city(SHANGHAI),
        PLACES,
        WITHIN,
        {"industry": "industry", "工业": "industry", "homes": "homes"},
        {one.id: one for one in ENTERPRISES},
        {one.id: one for one in FACILITIES},
        {one.id: one for one in PROCESSES},
        **closed,
    )


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Database]:
    with database.open(f"sqlite:///{tmp_path}/a.sqlite", create=True) as found:
        Register(found, "town").put([*ENTERPRISES, *FACILITIES, *PROCESSES], "admin")
        yield found


@pytest.fixture
def taken(tmp_path: Path, opened: Database) -> Callable[..., Report]:
    """Import lines of CSV for the town, or check them only."""

    def take(*lines: str, header: str = "facility,use,what,period,quantity,unit", **how: Any) -> Report:
        path = tmp_path / how.pop("file", "activity.csv")
        path.write_text("\n".join((header, *lines)) + "\n", encoding="utf-8")
        known = names(**({"closed": how.pop("closed")} if "closed" in how else {}))
        return run(path, opened, "town", known, how.pop("place", "town"), Options(**how))

    return take


def row(facility: str, use: str, what: str, quantity: float, unit: str, **more: Any) -> Activity:
    months = {"first": 2022 * 12, "last": 2022 * 12 + 11, **{k: more.pop(k) for k in ("first", "last") if k in more}}
    enterprise = next((one.enterprise for one in FACILITIES if one.id == facility), "")
    given = {"place": "north", "source": "meters", "status": "synthetic", "enterprise": enterprise, **months, **more}
    return Activity(use=use, what=what, quantity=quantity, unit=unit, facility=facility, **given)


def accounted(*found: Activity, year: int = 2022, **choices: Any) -> Rows:
    return account_rows(
        of_activities(found),
        year,
        for_city(SHANGHAI),
        load(),
        Choices(region="shanghai", **choices),
        {one.id: one for one in ENTERPRISES},
        {one.id: one for one in FACILITIES},
    )
