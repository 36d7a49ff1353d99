"""The register of a city: records are put, found, granted on and listed; every change is in the audit trail."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from dafeng.errors import NotFound, Refused
from dafeng.registers.enterprise import Enterprise, Facility, Process, Unit
from dafeng.registers.lifecycle import ROLES, Role
from dafeng.store import audit

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from dafeng.store.database import Database

U = TypeVar("U", bound=Unit)
KINDS: Mapping[str, type[Unit]] = {"enterprise": Enterprise, "facility": Facility, "process": Process}
#: A grant on every enterprise.
ALL = "*"


class Register:
    """The units of one city in one database."""

    def __init__(self, database: Database, city: str) -> None:
        self.database, self.city = database, city

    def put(self, units: Iterable[Unit], who: str) -> int:
        """Enter or change units, in one transaction; give how many were new or differ from what was held.

        Raises:
            Refused: a facility belongs to another enterprise already, or a parent is not known.
        """
        with self.database.writing() as connection:
            return sum(self._put(connection, unit, who) for unit in units)

    def enterprises(self) -> dict[str, Enterprise]:
        """Give every enterprise by id."""
        return self._all(Enterprise)

    def facilities(self) -> dict[str, Facility]:
        """Give every facility by id."""
        return self._all(Facility)

    def processes(self) -> dict[str, Process]:
        """Give every process by id."""
        return self._all(Process)

    def enterprise(self, id: str) -> Enterprise:
        """Find an enterprise.

        Raises:
            NotFound: with the nearest ids.
        """
        known = self.enterprises()
        if id not in known:
            raise NotFound("enterprise", id, known)
        return known[id]

    def grant(self, who: str, role: Role, subject: str, by: str) -> None:
        """Let a person act in a role for one enterprise, or for all ("*").

        Raises:
            Refused: there is no such role, or nobody is named.
            NotFound: no such enterprise.
        """
        if role not in ROLES or not who:
            raise Refused(f"grant: '{role}' to '{who}' is no grant. Name a person and one of {', '.join(ROLES)}.")
        if subject != ALL:
            self.enterprise(subject)
        with self.database.writing() as connection:
            held = Held(connection, self.city)
            held.write("grant", f"{subject}:{role}:{who}"[:120], subject, who, "", "", {"role": role}, by)
            detail = {"city": self.city, "to": who, "role": role}
            audit.append(connection, who=by[:120], what="grant-role", subject=subject, detail=detail)

    def roles(self, who: str, enterprise: str) -> frozenset[str]:
        """List the roles a person has for an enterprise; its owner may report."""
        with self.database.reading() as connection:
            return roles(connection, self.city, who, enterprise)

    def _all(self, kind: type[U]) -> dict[str, U]:
        name = next(word for word, known in KINDS.items() if known is kind)
        with self.database.reading() as connection:
            rows = Held(connection, self.city).rows(name)
        return {row["id"]: kind.model_validate_json(row["data"]) for row in rows}

    def _put(self, connection: Connection, unit: Unit, who: str) -> bool:
        held = Held(connection, self.city)
        kind = next(word for word, known in KINDS.items() if type(unit) is known)
        parent, above = parent_of(unit)
        if parent and held.row(above, parent) is None:
            raise Refused(f"{kind} {unit.id}: no {above} is called '{parent}'. Enter it first.")
        before = held.row(kind, unit.id)
        if before is not None and before["parent"] != parent:
            raise Refused(
                f"{kind} {unit.id}: it belongs to {above} '{before['parent']}' and not to '{parent}'. "
                f"A {kind} has one parent; give the second one an id of its own."
            )
        data = unit.model_dump(mode="json")
        if before is not None and json.loads(before["data"]) == data:
            return False
        owner = unit.owner if isinstance(unit, Enterprise) else ""
        held.write(kind, unit.id, parent, owner, "", unit.status, data, who)
        what = f"enter-{kind}" if before is None else f"change-{kind}"
        changed = None if before is None else json.loads(before["data"])
        audit.append(
            connection, who=who[:120], what=what, subject=unit.id, detail={"city": self.city, "before": changed}
        )
        return True


def parent_of(unit: Unit) -> tuple[str, str]:
    """Give the id of the unit another belongs to, and its kind; two empty texts for an enterprise."""
    if isinstance(unit, Facility):
        return unit.enterprise, "enterprise"
    return (unit.facility, "facility") if isinstance(unit, Process) else ("", "")


def roles(connection: Connection, city: str, who: str, enterprise: str) -> frozenset[str]:
    """List the roles a person has for an enterprise, within a transaction."""
    held = Held(connection, city)
    found = {
        str(json.loads(row["data"])["role"])
        for row in held.rows("grant")
        if row["owner"] == who and row["parent"] in (enterprise, ALL)
    }
    record = held.row("enterprise", enterprise)
    if record is not None and who and record["owner"] == who:
        found.add("reporter")
    return frozenset(found)


class Held:
    """The rows of a register within one connection."""

    def __init__(self, connection: Connection, city: str) -> None:
        self.connection, self.city = connection, city

    def rows(self, kind: str, parent: str | None = None) -> list[Mapping[str, Any]]:
        """List the rows of one kind, by id; of one parent where it is named."""
        from sqlalchemy import select  # noqa: PLC0415 - imported where a database is open

        from dafeng.store.schema import RecordRow  # noqa: PLC0415

        ask = select(RecordRow.__table__).where(RecordRow.city == self.city, RecordRow.kind == kind)
        if parent is not None:
            ask = ask.where(RecordRow.parent == parent)
        return [dict(row) for row in self.connection.execute(ask.order_by(RecordRow.id)).mappings()]

    def row(self, kind: str, id: str) -> Mapping[str, Any] | None:
        """Find one row."""
        from sqlalchemy import select  # noqa: PLC0415 - imported where a database is open

        from dafeng.store.schema import RecordRow  # noqa: PLC0415

        mine = (RecordRow.city == self.city) & (RecordRow.kind == kind) & (RecordRow.id == id)
        found = self.connection.execute(select(RecordRow.__table__).where(mine)).mappings().first()
        return None if found is None else dict(found)

    def write(
        self, kind: str, id: str, parent: str, owner: str, state: str, status: str, data: Mapping[str, Any], who: str
    ) -> None:
        """Write one row over what was there."""
        from sqlalchemy import delete, insert  # noqa: PLC0415 - imported where a database is open

        from dafeng.store.schema import RecordRow  # noqa: PLC0415

        mine = (RecordRow.city == self.city) & (RecordRow.kind == kind) & (RecordRow.id == id)
        self.connection.execute(delete(RecordRow).where(mine))
        self.connection.execute(
            insert(RecordRow).values(
                city=self.city,
                kind=kind,
                id=id,
                parent=parent,
                owner=owner[:120],
                state=state,
                status=status,
                data=json.dumps(dict(data), ensure_ascii=False, sort_keys=True),
                at=datetime.now(UTC).replace(tzinfo=None),
                who=who[:120],
            )
        )
