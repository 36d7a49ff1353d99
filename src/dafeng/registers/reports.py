"""Yearly reports of enterprises: draft, reported, verified, locked; who moved them when, and what they stated."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dafeng.errors import NotFound, Refused
from dafeng.registers.lifecycle import REPORT
from dafeng.registers.register import Held, roles
from dafeng.store import audit

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from dafeng.store.database import Database


@dataclass(frozen=True, slots=True)
class Report:
    """The report of one enterprise on one year. `figures` are those it stated when it was last moved on.

    `moved` gives who made each move last, `reason` why it was last moved back, if it was.
    """

    enterprise: str
    year: int
    state: str
    moved: Mapping[str, str]
    figures: Mapping[str, Any]
    reason: str = ""


class Reports:
    """The reports of one city in one database."""

    def __init__(self, database: Database, city: str) -> None:
        self.database, self.city = database, city

    def get(self, enterprise: str, year: int) -> Report:
        """Give a report; one that was never moved is a draft."""
        with self.database.reading() as connection:
            return report(connection, self.city, enterprise, year)

    def move(
        self, enterprise: str, year: int, word: str, who: str, figures: Mapping[str, Any], reason: str = ""
    ) -> Report:
        """Move a report on or back: report, verify, lock, return, unlock. The figures it states are kept with it.

        Raises:
            NotFound: no such enterprise or move.
            Conflict: the move does not start in the state of the report.
            Refused: the person may not, gives no reason where one is due, or the figures changed since the last move.
        """
        with self.database.writing() as connection:
            held = Held(connection, self.city)
            if held.row("enterprise", enterprise) is None:
                raise NotFound("enterprise", enterprise, [row["id"] for row in held.rows("enterprise")])
            before = report(connection, self.city, enterprise, year)
            move = REPORT.move(word, before.state)
            granted = roles(connection, self.city, who, enterprise)
            REPORT.allow(move, who, granted, reason, before.moved.get(move.not_by, ""))
            if move.word in ("verify", "lock") and _figures(before.figures) != _figures(figures):
                raise Refused(
                    f"{word} {enterprise} {year}: the account differs from what was reported. "
                    f"Return the report, and have it reported anew."
                )
            after = Report(enterprise, year, move.end, {**before.moved, word: who}, dict(figures), reason)
            data = {"year": year, "moved": dict(after.moved), "figures": dict(figures), "reason": reason}
            held.write("report", f"{enterprise}/{year}", enterprise, who, move.end, "", data, who)
            detail = {"city": self.city, "year": year, "from": before.state, "to": move.end, "reason": reason}
            audit.append(connection, who=who[:120], what=f"{word}-report", subject=enterprise, detail=detail)
        return after


def report(connection: Connection, city: str, enterprise: str, year: int) -> Report:
    """Give a report within a transaction."""
    row = Held(connection, city).row("report", f"{enterprise}/{year}")
    return Report(enterprise, year, REPORT.states[0], {}, {}) if row is None else _read(row)


def closed(connection: Connection, city: str) -> dict[tuple[str, int], str]:
    """Give the state of every report whose activity may not change, by enterprise and year."""
    found = [(_read(row)) for row in Held(connection, city).rows("report")]
    return {(one.enterprise, one.year): one.state for one in found if one.state not in REPORT.open}


def _read(row: Mapping[str, Any]) -> Report:
    data = json.loads(row["data"])
    return Report(row["parent"], data["year"], row["state"], data["moved"], data["figures"], data["reason"])


def _figures(figures: Mapping[str, Any]) -> str:
    return json.dumps(dict(figures), sort_keys=True, ensure_ascii=False)
