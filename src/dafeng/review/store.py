"""Reviews in the database: what was uploaded and read, and every decision with who made it and when."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from dafeng.compiler import Compiled
from dafeng.errors import NotFound
from dafeng.review.decision import Changes, Decision, Decisions, digest
from dafeng.review.figure import figures
from dafeng.review.item import Item, items
from dafeng.review.stored import from_json, to_json
from dafeng.store import audit

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from dafeng.store.database import Database


#: What the audit trail calls a document put under review, a decision on one of its items, and a head given to it.
WORDS = ("propose-plan", "decide-item", "give-head")
#: Fields of the head of a plan that a reviewer may give.
HEAD = ("id", "issuer", "issued")


@dataclass(frozen=True, slots=True)
class Summary:
    """One uploaded document: how many items were read out of it and how many are decided."""

    id: str
    name: str
    title: str
    at: datetime
    who: str
    items: int
    decided: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """One uploaded document with what was read out of it and what was decided; the last decision on an item counts.

    `head` is the head that a reviewer gave last, empty where none did.
    """

    id: str
    name: str
    at: datetime
    who: str
    compiled: Compiled
    items: tuple[Item, ...]
    figures: tuple[Item, ...]
    decisions: dict[str, Decision]
    head: dict[str, str]

    @property
    def undecided(self) -> tuple[Item, ...]:
        """List the items that nobody has decided on."""
        return tuple(item for item in self.items if item.id not in self.decisions)

    def item(self, id: str) -> Item:
        """Find an item, or a number that was left out.

        Raises:
            NotFound: there is none of that id.
        """
        found = next((item for item in (*self.items, *self.figures) if item.id == id), None)
        if found is None:
            raise NotFound("item", id, (item.id for item in (*self.items, *self.figures)))
        return found

    def file(self) -> Decisions:
        """Give the decisions as they are exported."""
        every = (*self.items, *self.figures)
        made = tuple(self.decisions[item.id] for item in every if item.id in self.decisions)
        return Decisions(document=self.name, sha256=digest(self.compiled.text), decisions=made)


def add(database: Database, city: str, name: str, compiled: Compiled, who: str) -> str:
    """Keep what was read out of a document; gives its id. A document that is there already keeps its review."""
    from sqlalchemy import insert, select  # noqa: PLC0415 - imported where a database is open

    from dafeng.store.schema import ProposalItemRow, ProposalRow  # noqa: PLC0415

    sha = digest(compiled.text)
    proposed = items(compiled)
    with database.writing() as connection:
        known = connection.execute(
            select(ProposalRow.id).where(ProposalRow.city == city, ProposalRow.sha256 == sha)
        ).scalar()
        if known is not None:
            return str(known)
        id = secrets.token_hex(6)
        connection.execute(
            insert(ProposalRow).values(
                id=id,
                city=city,
                name=name,
                title=compiled.title,
                sha256=sha,
                text=compiled.text,
                compiled=to_json(compiled),
                at=_now(),
                who=who,
            )
        )
        rows = [
            {"proposal": id, "id": i.id, "kind": i.kind, "position": i.position, "start": i.start, "end": i.end}
            for i in proposed
        ]
        if rows:
            connection.execute(insert(ProposalItemRow), rows)
        detail = {"city": city, "name": name, "sha256": sha, "items": len(rows)}
        audit.append(connection, who=who, what=WORDS[0], subject=id, detail=detail)
    return id


def decide(database: Database, id: str, item: Item, decision: Decision, who: str) -> None:
    """Add a decision on `item`; what was decided before stays in the database and in the audit trail.

    A number that was left out becomes one of the items of the document when it is first decided on.

    Raises:
        NotFound: there is no such proposal, or no such item in it.
    """
    from sqlalchemy import insert, select  # noqa: PLC0415 - imported where a database is open

    from dafeng.store.schema import DecisionRow, ProposalItemRow  # noqa: PLC0415

    changes = decision.changes.model_dump(mode="json", exclude_unset=True)
    with database.writing() as connection:
        known = set(connection.execute(select(ProposalItemRow.id).where(ProposalItemRow.proposal == id)).scalars())
        if item.kind == "excluded" and known and item.id not in known:
            place = {"position": item.position, "start": item.start, "end": item.end}
            connection.execute(insert(ProposalItemRow).values(proposal=id, id=item.id, kind="target", **place))
        elif decision.item not in known:
            raise NotFound("item", f"{id}/{decision.item}", (f"{id}/{name}" for name in known))
        connection.execute(
            insert(DecisionRow).values(
                proposal=id,
                item=decision.item,
                verdict=decision.verdict,
                changes=json.dumps(changes, ensure_ascii=False, sort_keys=True),
                note=decision.note,
                at=_now(),
                who=who,
            )
        )
        detail: dict[str, Any] = {"item": decision.item, "verdict": decision.verdict}
        detail |= {"changes": changes} if changes else {}
        detail |= {"note": decision.note} if decision.note else {}
        audit.append(connection, who=who, what=WORDS[1], subject=id, detail=detail)


def give_head(database: Database, id: str, head: Mapping[str, str], who: str) -> None:
    """Keep the head a reviewer gives to the plan; it stands in the audit trail, and the last one counts.

    Raises:
        NotFound: there is no such proposal.
    """
    from sqlalchemy import select  # noqa: PLC0415 - imported where a database is open

    from dafeng.store.schema import ProposalRow  # noqa: PLC0415

    with database.writing() as connection:
        if connection.execute(select(ProposalRow.id).where(ProposalRow.id == id)).first() is None:
            raise NotFound("review", id)
        detail = {name: head[name] for name in HEAD if head.get(name)}
        audit.append(connection, who=who, what=WORDS[2], subject=id, detail=detail)


def _head(connection: Connection, id: str) -> dict[str, str]:
    from sqlalchemy import select  # noqa: PLC0415 - imported where a database is open

    from dafeng.store.schema import AuditRow  # noqa: PLC0415

    asked = select(AuditRow.detail).where(AuditRow.what == WORDS[2], AuditRow.subject == id)
    found = connection.execute(asked.order_by(AuditRow.id.desc()).limit(1)).scalar()
    return dict(json.loads(found)) if found else {}


def listed(connection: Connection, city: str) -> tuple[Summary, ...]:
    """List the documents of a city, newest first."""
    from sqlalchemy import func, select  # noqa: PLC0415 - imported where a database is open

    from dafeng.store.schema import DecisionRow, ProposalItemRow, ProposalRow  # noqa: PLC0415

    total = (
        select(ProposalItemRow.proposal, func.count().label("n")).group_by(ProposalItemRow.proposal).subquery("total")
    )
    done = (
        select(DecisionRow.proposal, func.count(DecisionRow.item.distinct()).label("n"))
        .group_by(DecisionRow.proposal)
        .subquery("done")
    )
    ask = (
        select(
            ProposalRow.id, ProposalRow.name, ProposalRow.title, ProposalRow.at, ProposalRow.who, total.c.n, done.c.n
        )
        .outerjoin(total, total.c.proposal == ProposalRow.id)
        .outerjoin(done, done.c.proposal == ProposalRow.id)
        .where(ProposalRow.city == city)
        .order_by(ProposalRow.at.desc(), ProposalRow.id)
    )
    return tuple(
        Summary(id, name, title, at, who, count or 0, made or 0)
        for id, name, title, at, who, count, made in connection.execute(ask)
    )


def load(connection: Connection, city: str, id: str) -> Proposal:
    """Give one document with its items and decisions.

    Raises:
        NotFound: the city has no such document.
    """
    from sqlalchemy import select  # noqa: PLC0415 - imported where a database is open

    from dafeng.store.schema import DecisionRow, ProposalRow  # noqa: PLC0415

    row = connection.execute(
        select(ProposalRow.__table__).where(ProposalRow.id == id, ProposalRow.city == city)
    ).first()
    if row is None:
        raise NotFound("review", id, (item.id for item in listed(connection, city)))
    compiled = from_json(row.text, row.compiled)
    made: dict[str, Decision] = {}
    for one in connection.execute(
        select(DecisionRow.__table__).where(DecisionRow.proposal == id).order_by(DecisionRow.id)
    ):
        made[one.item] = Decision(
            item=one.item,
            verdict=one.verdict,
            changes=Changes.model_validate(json.loads(one.changes)),
            note=one.note,
            who=one.who,
            at=one.at.isoformat(timespec="seconds"),
        )
    return Proposal(
        row.id, row.name, row.at, row.who, compiled, items(compiled), figures(compiled), made, _head(connection, id)
    )


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
