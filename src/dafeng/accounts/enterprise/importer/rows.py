"""One row of a table of activity: read into a record, or every fault in it told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from dafeng import units
from dafeng.accounts.enterprise.importer.names import Names
from dafeng.accounts.enterprise.importer.words import ACTIVITY
from dafeng.accounts.enterprise.methods import Use
from dafeng.errors import NotFound, UnitError, suggestion
from dafeng.facts.cells import Problem, unsafe
from dafeng.facts.number import number
from dafeng.facts.observation import Period
from dafeng.facts.words import STATUS_NAMES, plain
from dafeng.registers.activity import MEASURED, Activity, Measured

T = TypeVar("T")
#: Texts of one column that are kept with what they were read as.
_KEPT = 200_000


@dataclass(frozen=True, slots=True)
class Subject:
    """What a cell names: an id, and whether a factor may be of it."""

    id: str
    known: bool


class RowReader:
    """Reads rows of one table. Every text is read once and remembered: columns repeat themselves."""

    def __init__(self, columns: Mapping[str, int], names: Names, place: str, defaults: Mapping[str, str]) -> None:
        self.names, self.place, self.defaults = names, place, defaults
        self._at = [(column, columns.get(column, -1), defaults.get(column, "")) for column in ACTIVITY]
        self._memo: dict[str, dict[str, Any]] = {column: {} for column in ACTIVITY}
        self._subjects: dict[tuple[str, str], Subject | Problem] = {}
        self._standards: dict[tuple[str, str, str], str | Problem] = {}
        self._readers: dict[str, Callable[[str], Any]] = {
            "place": self._place,
            "sector": self._sector,
            "use": self._use,
            "period": _period,
            "quantity": _quantity,
            "unit": _unit,
            "status": _status,
            **{column: _measured(column) for column in MEASURED},
        }

    def read(self, cells: Sequence[str]) -> Activity | list[Problem]:
        """Give the record of a row, or everything that is wrong with it."""
        found: dict[str, Any] = {}
        faults: list[Problem] = []
        for column, at, default in self._at:
            text = cells[at] if at >= 0 else ""
            value = self._cell(column, text or default)
            if isinstance(value, Problem):
                faults.append(value)
            else:
                found[column] = value
        if faults:
            return faults
        self._belongs(found, faults)
        if not any(fault.code == "use-not-in-method" for fault in faults):
            self._says(found, faults)
        if faults:
            return faults
        measured = Measured(*(found[name] for name in MEASURED))
        first, last = found["period"]
        return Activity(
            place=found["place"],
            use=found["use"].id,
            what=found["what"],
            first=first,
            last=last,
            quantity=found["quantity"],
            unit=found["unit"],
            source=found["source"],
            status=found["status"],
            enterprise=found["enterprise"],
            facility=found["facility"],
            process=found["process"],
            sector=found["sector"],
            measured=measured,
            evidence=found["evidence"],
            note=found["note"],
        )

    def _cell(self, column: str, text: str) -> Any:
        memo = self._memo[column]
        if text in memo:
            return memo[text]
        value = unsafe(column, text) or self._readers.get(column, plain)(text)
        if len(memo) < _KEPT:
            memo[text] = value
        return value

    def _place(self, text: str) -> str | Problem:
        name = plain(text)
        if not name:
            return ""
        id = self.names.place_names.get(name.lower())
        if id is None:
            remedy = suggestion(name, self.names.places, "Name a place of the city")
            return Problem("place", "unknown-place", f"no place is called '{name}'", remedy)
        if id not in self.names.within[self.place]:
            message = f"'{id}' does not lie in '{self.place}', which the file is imported for"
            return Problem("place", "other-place", message, "Import the row for its own place")
        return id

    def _sector(self, text: str) -> str | Problem:
        name = plain(text)
        if not name or self.names.sectors is None:
            return name
        id = self.names.sector_names.get(name.lower())
        if id is None:
            remedy = suggestion(name, self.names.sectors, "Name a sector of the city")
            return Problem("sector", "unknown-sector", f"no sector is called '{name}'", remedy)
        return id

    def _use(self, text: str) -> Use | Problem:
        name = plain(text).lower()
        found = self.names.uses.get(name)
        if found is None:
            known = [use.id for use in self.names.methods.uses]
            message = f"no kind of activity is called '{name[:60]}'" if name else "the cell is empty"
            return Problem("use", "unknown-use", message, suggestion(name, known, f"Write one of {', '.join(known)}"))
        return found

    def _belongs(self, found: dict[str, Any], faults: list[Problem]) -> None:
        """Check which unit or which part of a place a row is of; fill in what follows from it."""
        names, facility = self.names, found["facility"]
        if not facility and not found["enterprise"]:
            found["place"] = found["place"] or self.place
            if found["process"]:
                faults.append(Problem("process", "no-facility", "a process is named and no facility", _NAME_FACILITY))
            if not found["sector"]:
                message = "neither a facility nor a sector is named"
                faults.append(Problem("sector", "empty", message, "Name the sector of the place, or the facility"))
            return
        if not facility:
            faults.append(Problem("facility", "no-facility", "an enterprise is named and no facility", _NAME_FACILITY))
            return
        held = names.facilities.get(facility)
        if held is None:
            remedy = suggestion(facility, names.facilities, "Register the facility first")
            faults.append(Problem("facility", "unknown-facility", f"no facility is called '{facility}'", remedy))
            return
        if found["enterprise"] and found["enterprise"] != held.enterprise:
            message = (
                f"the facility '{facility}' would have two parents: "
                f"it belongs to '{held.enterprise}', the row says '{found['enterprise']}'"
            )
            faults.append(
                Problem("enterprise", "two-parents", message, "Correct the row, or register a facility of its own")
            )
            return
        process = names.processes.get(found["process"])
        if found["process"] and (process is None or process.facility != facility):
            own = [id for id, one in names.processes.items() if one.facility == facility]
            message = f"the facility '{facility}' has no process '{found['process']}'"
            remedy = suggestion(found["process"], own, "Register the process first")
            faults.append(Problem("process", "unknown-process", message, remedy))
        enterprise = names.enterprises[held.enterprise]
        place = held.place or enterprise.place
        if (found["place"] and found["place"] != place) or place not in names.within[self.place]:
            message = f"the facility '{facility}' lies in '{place}'"
            faults.append(Problem("place", "other-place", message, "Import the row for that place"))
        found["enterprise"], found["place"] = held.enterprise, place
        found["sector"] = found["sector"] or enterprise.sector
        self._method(found, held.method, faults)
        first, last = found["period"]
        for year in range(first // 12, last // 12 + 1):
            state = names.closed.get((held.enterprise, year))
            if state:
                message = f"the report of '{held.enterprise}' for {year} is {state}"
                faults.append(Problem("period", "report-closed", message, "Have the report returned or unlocked first"))

    def _method(self, found: dict[str, Any], id: str, faults: list[Problem]) -> None:
        use, method = found["use"], self.names.methods.method(id)
        if use.estimate or use.id in method.counts or use.id in method.memo:
            return
        reason = method.never.get(use.id)
        why = f": {reason.en}" if reason else ""
        message = f"the method '{id}' of the facility does not count '{use.id}'{why}"
        remedy = f"Leave the row out, or write one of {', '.join((*method.counts, *method.memo))}"
        faults.append(Problem("use", "use-not-in-method", message, remedy))

    def _says(self, found: dict[str, Any], faults: list[Problem]) -> None:
        """Check subject, unit, measured values and scope of a row."""
        use: Use = found["use"]
        subject = self._subject(use, found["what"])
        if isinstance(subject, Problem):
            faults.append(subject)
            return
        found["what"] = subject.id
        if found["scope"] and found["scope"].lower().removeprefix("scope").removeprefix("范围").strip() not in (
            str(use.scope),
            "一二"[use.scope - 1] if use.scope else "",
        ):
            message = f"'{use.id}' is scope {use.scope}, the row counts it in scope {found['scope']}"
            remedy = "Correct the scope; what is bought is scope 2 for the buyer, scope 1 for the maker only"
            faults.append(Problem("scope", "scope-twice", message, remedy))
        standard = self._standard(use, subject.id, found["unit"])
        if isinstance(standard, Problem):
            faults.append(standard)
            return
        given = [name for name in MEASURED if found[name] is not None]
        if given and not found["evidence"]:
            message = f"{', '.join(given)} measured without evidence"
            faults.append(Problem("evidence", "no-evidence", message, "Name the document of the measurement"))
        for name in given:
            low, high, per = self._range(name, standard)
            if not low <= found[name] <= high:
                message = f"{found[name]:g} is outside of the range of {name} ({low:g} to {high:g} {per})".replace(
                    " )", ")"
                )
                faults.append(
                    Problem(name, "factor-range", message, "Check value and unit; a share is between 0 and 1")
                )
        if not subject.known and not ({"carbon_share", "factor"} & set(given)) and use.id != "output":
            message = f"no factor is of '{subject.id}'"
            remedy = suggestion(
                subject.id, self.names.factors.library.subjects, "Measure its carbon share or factor, with evidence"
            )
            faults.append(Problem("what", "unknown-fuel", message, remedy))

    def _subject(self, use: Use, text: str) -> Subject | Problem:
        key = (use.id, text)
        if key not in self._subjects:
            self._subjects[key] = self._find(use, text)
        return self._subjects[key]

    def _find(self, use: Use, text: str) -> Subject | Problem:
        if use.only:
            if text and text.lower() not in (use.only, use.label.zh, use.label.en.lower()):
                try:
                    if self.names.factors.subject(text).id != use.only:
                        raise NotFound("", text)
                except NotFound:
                    message = f"'{use.id}' is of '{use.only}' and not of '{text}'"
                    return Problem("what", "wrong-kind", message, "Leave the cell empty, or correct the kind")
            return Subject(use.only, known=True)
        if not text:
            return Problem("what", "empty", "the cell is empty", "Name the fuel or material")
        if use.id == "output":
            return Subject(text, known=False)
        try:
            found = self.names.factors.subject(text)
        except NotFound as error:
            if use.free:
                return Subject(text, known=False)
            near = [id for id in error.candidates if self.names.factors.library.subjects[id].group in use.groups]
            remedy = f"Did you mean {' or '.join(repr(id) for id in near)}?" if near else "Name a fuel of the factors"
            return Problem("what", "unknown-fuel", f"no fuel is called '{text}'", remedy)
        if found.group not in use.groups:
            message = f"'{found.id}' is no {' or '.join(use.groups)}, as '{use.id}' takes"
            return Problem("what", "wrong-kind", message, "Correct the kind of activity or the material")
        return Subject(found.id, known=True)

    def _standard(self, use: Use, what: str, unit: str) -> str | Problem:
        key = (use.id, what, unit)
        if key not in self._standards:
            allowed = self.names.standard(use, what)
            fits = next((one for one in allowed if units.same_dimension(unit, one)), None)
            if fits is None and use.id != "output":
                message = f"'{unit}' measures another thing than the unit of '{what}' does ({' or '.join(allowed)})"
                fault = Problem("unit", "unit-dimension", message, f"State the quantity in {' or '.join(allowed)}")
                self._standards[key] = fault
            else:
                self._standards[key] = fits or unit
        return self._standards[key]

    def _range(self, name: str, standard: str) -> tuple[float, float, str]:
        if name == "carbon_share":
            ranges = self.names.methods.ranges[name]
            per = standard if standard in ranges else "t"
            return (*ranges[per], f"tC/{per}")
        above = {"ncv": "GJ", "factor": "tCO2"}.get(name, "")
        limits = self.names.factors.library.parameters["co2_factor" if name == "factor" else name].units
        per = f"{above}/{standard}" if above else next(iter(limits))
        low, high = limits.get(per, (0.0, float("inf")))
        return low, high, per


_NAME_FACILITY = "Name the facility; activity of an enterprise is entered by facility"


def _period(text: str) -> tuple[int, int] | Problem:
    normal = plain(text).removesuffix("年")
    if len(normal) == len("2024-01-01") and normal.endswith("-01"):
        normal = normal[:-3]
    try:
        period = Period.parse(normal)
    except ValueError as error:
        return Problem("period", "period", str(error).partition(";")[0], "Write 2024-03, 2024 or 2024-01/2024-06")
    start, end = period.start, period.end
    first = int(start[:4]) * 12 + (int(start[5:7]) - 1 if len(start) > 4 else 0)
    last = int(end[:4]) * 12 + (int(end[5:7]) - 1 if len(end) > 4 else 11)
    return first, last


def _quantity(text: str) -> float | Problem:
    normal = text.strip()
    if not normal:
        return Problem("quantity", "empty", "the cell is empty", "Give the quantity, or leave the row out")
    try:
        value = number(normal)
    except ValueError as error:
        return Problem("quantity", "not-a-number", str(error), "Write digits with a point for decimals")
    if value < 0:
        message = f"the quantity is negative ({normal[:40]})"
        remedy = "Write what was sold or recovered as exported_electricity, exported_heat, carbon_out or recovered_co2"
        return Problem("quantity", "negative", message, remedy)
    return value


def _unit(text: str) -> str | Problem:
    normal = plain(text)
    if not normal:
        return Problem("unit", "empty", "the cell is empty", "Give the unit")
    try:
        units.parse(normal)
    except UnitError as error:
        message, _, remedy = str(error).partition(". ")
        return Problem("unit", "unknown-unit", message, remedy or "Write the unit as the guide lists it")
    return normal


def _status(text: str) -> str | Problem:
    normal = plain(text)
    found = STATUS_NAMES.get(normal.lower()) if normal else "actual"
    if found is None:
        words = ", ".join(dict.fromkeys(word for word in STATUS_NAMES.values() if word))
        return Problem("status", "status", f"'{normal[:60]}' is not a status", f"Write one of {words}")
    return found


def _measured(column: str) -> Callable[[str], float | Problem | None]:
    def read(text: str) -> float | Problem | None:
        normal = text.strip()
        if not normal:
            return None
        percent = normal[-1] in "%％"
        try:
            value = number(normal[:-1].rstrip() if percent else normal)
        except ValueError as error:
            return Problem(column, "not-a-number", str(error), "Write digits with a point for decimals")
        return value / 100 if percent else value

    return read
