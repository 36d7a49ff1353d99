"""A table of units: enterprises, facilities and processes, one a row, read whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from dafeng.accounts.enterprise.importer import words
from dafeng.accounts.enterprise.importer.load import opened
from dafeng.accounts.enterprise.methods import load
from dafeng.errors import Collector, nearest
from dafeng.facts.cells import unsafe
from dafeng.facts.importer.table import NotATable
from dafeng.facts.words import STATUS_NAMES, plain
from dafeng.registers import Enterprise, Facility, Process
from dafeng.registers.enterprise import Unit

SHEETS = ("units", "单位")
KINDS: dict[str, str] = {
    "enterprise": "enterprise",
    "facility": "facility",
    "process": "process",
    "企业": "enterprise",
    "设施": "facility",
    "工序": "process",
}
_MARKETS = {"local": "local", "national": "national", "地方": "local", "全国": "national"}


def read_units(
    path: Path, places: Mapping[str, str], held: Mapping[str, Facility] | None = None, sheet: str | None = None
) -> tuple[Unit, ...]:
    """Read the units of a CSV or XLSX file, enterprises first; `held` are the facilities registered already.

    Raises:
        FaultsFound: with row, column, reason and remedy of every fault.
    """
    faults = Collector(path.name)
    found: dict[str, list[tuple[str, Unit]]] = {"enterprise": [], "facility": [], "process": []}
    try:
        with opened(path, sheet, SHEETS) as (table, _):
            header = words.find(table.rows, words.UNITS, words.UNITS_NEEDED)
            if header is None:
                faults.add("no-header", path.name, "no row names the columns of a table of units", _HEADER)
                faults.done()
                return ()
            for fault in header.faults:
                faults.add(fault.code, fault.place, fault.message, fault.remedy)
            faults.done()
            for number, cells in table.rows:
                if any(cell.strip() for cell in cells):
                    _row(number, cells, header, places, found, faults)
    except NotATable as error:
        fault = error.fault
        faults.add(fault.code, fault.place, fault.message, fault.remedy)
    _parents(found, held or {}, faults)
    faults.done()
    return tuple(unit for kind in found.values() for _, unit in kind)


_HEADER = f"Write a header: {', '.join(words.UNITS)}"


def _row(
    number: int,
    cells: Sequence[str],
    header: words.Header,
    places: Mapping[str, str],
    found: dict[str, list[tuple[str, Unit]]],
    faults: Collector,
) -> None:
    row = {column: cells[at] if at < len(cells) else "" for column, at in header.columns.items()}
    before = len(faults.faults)
    for column, text in row.items():
        problem = unsafe(column, text)
        if problem:
            faults.add(problem.code, _at(number, header, column), problem.message, problem.remedy)
    row = {column: plain(text) for column, text in row.items()}
    kind = KINDS.get(row["kind"].lower())
    if kind is None:
        message = f"'{row['kind'][:60]}' is no kind of unit"
        faults.add("unit-kind", _at(number, header, "kind"), message, "Write enterprise, facility or process")
    place = row.get("place", "")
    if place and place not in places:
        near = nearest(place, places)
        remedy = f"Did you mean {' or '.join(repr(name) for name in near)}?" if near else "Name a place of the city"
        faults.add("unknown-place", _at(number, header, "place"), f"no place is called '{place}'", remedy)
    if kind is None or len(faults.faults) > before:
        return
    try:
        unit = _unit(kind, row, places)
    except (ValidationError, ValueError) as error:
        for column, message in _messages(error):
            faults.add("unit", _at(number, header, column), message, "Correct the cell; the guide tells what it holds")
        return
    if isinstance(unit, Facility) and unit.method not in {method.id for method in load().methods}:
        known = [method.id for method in load().methods]
        near = nearest(unit.method, known)
        remedy = f"Did you mean {' or '.join(repr(m) for m in near)}?" if near else f"Write one of {', '.join(known)}"
        faults.add("unknown-method", _at(number, header, "method"), f"no method is called '{unit.method}'", remedy)
        return
    found[kind].append((_at(number, header, "parent"), unit))


def _unit(kind: str, row: Mapping[str, str], places: Mapping[str, str]) -> Unit:
    common: dict[str, Any] = {
        "id": row["id"],
        "label": {"zh": row["zh"], "en": row.get("en") or row["zh"]},
        "status": "synthetic" if STATUS_NAMES.get(row.get("status", "").lower()) == "synthetic" else "actual",
    }
    place = places.get(row.get("place", ""), "")
    if kind == "enterprise":
        if not place:
            raise ValueError("place: an enterprise lies in a place")
        return Enterprise(
            **common,
            place=place,
            sector=row.get("sector", ""),
            owner=row.get("owner", ""),
            markets=_markets(row.get("markets", "")),
        )
    if not row.get("parent"):
        raise ValueError(f"parent: a {kind} belongs to a unit")
    if kind == "process":
        return Process(**common, facility=row["parent"])
    numbers = {name: float(row[name]) for name in ("pue", "area") if row.get(name)}
    return Facility.model_validate(
        {
            **common,
            **numbers,
            "enterprise": row["parent"],
            "place": place,
            "method": row.get("method") or "general",
            "route": row.get("route", ""),
            "evidence": row.get("evidence", ""),
        }
    )


def _markets(text: str) -> Any:
    """Read "local 2013-01/2024-12; national 2025-01" as memberships."""
    found = []
    for part in text.replace("；", ";").split(";"):
        if not part.strip():
            continue
        name, _, months = part.strip().partition(" ")
        since, _, until = months.strip().partition("/")
        if name not in _MARKETS:
            raise ValueError(
                f"markets: '{part.strip()}' is no membership; write local 2013-01/2024-12; national 2025-01"
            )
        found.append({"market": _MARKETS[name], "since": since, "until": until})
    return tuple(found)


def _messages(error: ValueError) -> list[tuple[str, str]]:
    if isinstance(error, ValidationError):
        names = {"enterprise": "parent", "facility": "parent", "label": "zh", "": "evidence"}
        found = []
        for item in error.errors(include_url=False):
            column = str(item["loc"][0]) if item["loc"] else ("markets" if "market" in item["msg"] else "evidence")
            found.append((names.get(column, column), item["msg"].removeprefix("Value error, ")))
        return found
    column, _, message = str(error).partition(": ")
    return [(column, message)] if message else [("id", str(error))]


def _parents(found: Mapping[str, Sequence[tuple[str, Unit]]], held: Mapping[str, Facility], faults: Collector) -> None:
    parents: dict[tuple[str, str], str] = {("facility", id): one.enterprise for id, one in held.items()}
    for kind in ("facility", "process"):
        for place, unit in found[kind]:
            parent = unit.enterprise if isinstance(unit, Facility) else unit.facility  # type: ignore[attr-defined]
            earlier = parents.setdefault((kind, unit.id), parent)
            if earlier != parent:
                message = f"the {kind} '{unit.id}' would have two parents: '{earlier}' and '{parent}'"
                faults.add("two-parents", place, message, f"Keep one, or give the second {kind} an id of its own")
    for kind, units in found.items():
        seen: set[str] = set()
        for place, unit in units:
            if unit.id in seen and kind == "enterprise":
                faults.add("duplicate-row", place, f"the {kind} '{unit.id}' stands twice", "Keep one of the two")
            seen.add(unit.id)


def _at(number: int, header: words.Header, column: str) -> str:
    return f"row {number}, column {header.name(column)}"
