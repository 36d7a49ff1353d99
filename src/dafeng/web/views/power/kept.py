"""Answers that can be shown at once: those of jobs and the one a pack brings, never one without certificate."""

from __future__ import annotations

import csv
import json
import logging
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dafeng.city import City
from dafeng.dispatch import imported, kept
from dafeng.dispatch.certificate import TRUSTED
from dafeng.dispatch.jobs import Jobs, name_of
from dafeng.dispatch.pack import FOLDER, has_power, spec_of
from dafeng.dispatch.spec import Spec
from dafeng.errors import DafengError
from dafeng.web.site import Site

_log = logging.getLogger(__name__)
Floats = NDArray[np.float64]
#: The answer a pack brings, and its address.
SHIPPED, PACK = "answer.json", "pack"
_HELD = 6


@dataclass(frozen=True, slots=True)
class Hours:
    """One year of an answer by step: the columns of its table, MW, MWh and money by MWh."""

    step: float
    columns: Mapping[str, Floats]

    def of(self, name: str, unit: str = "MW") -> Floats:
        """Give a column; zeros where the answer has none of that name."""
        size = self.columns["hour"].size
        return self.columns.get(f"{name}_{unit}", np.zeros(size))


@dataclass(frozen=True, slots=True)
class Held:
    """One certified answer. `fresh`: the pack and the series are still those it was calculated with."""

    id: str
    record: Mapping[str, Any]
    fresh: bool
    table: Path | None
    made: float

    @property
    def years(self) -> list[int]:
        """The years it models."""
        return [int(year) for year in self.record["years"]]

    @property
    def synthetic(self) -> list[str]:
        """The hourly series that are made up."""
        return [name for name, kind in self.record["profiles"].items() if kind == "synthetic"]

    def hours(self, year: int) -> Hours | None:
        """Give the hours of a year; None where they were not kept."""
        if self.table is None:
            return None
        return _tables.read(self.table, float(self.record["step"])).get(year)


class _Tables:
    """The tables last read, by file and time."""

    def __init__(self) -> None:
        self._read: OrderedDict[tuple[str, float], dict[int, Hours]] = OrderedDict()
        self._lock = Lock()

    def read(self, path: Path, step: float) -> dict[int, Hours]:
        try:
            key = (str(path), path.stat().st_mtime)
            with self._lock:
                found = self._read.get(key)
            if found is None:
                found = _parsed(path, step)
        except OSError:
            return {}
        with self._lock:
            self._read[key] = found
            self._read.move_to_end(key)
            while len(self._read) > _HELD:
                self._read.popitem(last=False)
        return found


_tables = _Tables()


def _parsed(path: Path, step: float) -> dict[int, Hours]:
    with path.open(encoding="utf-8", newline="") as stream:
        head = next(csv.reader(stream))
        values = np.loadtxt(stream, delimiter=",", ndmin=2)
    return {
        int(year): Hours(step, dict(zip(head, values[values[:, 0] == year].T, strict=True)))
        for year in np.unique(values[:, 0])
    }


class Specs:
    """The power system of the city that is served, read once for each state of its pack."""

    def __init__(self) -> None:
        self._read: tuple[str, str, Spec, dict[str, Floats]] | None = None
        self._lock = Lock()

    def of(self, city: City) -> tuple[Spec, dict[str, Floats]]:
        """Give spec and series.

        Raises:
            DafengError: what is wrong with its files.
        """
        with self._lock:
            name = (str(city.folder), city.version)
            if self._read is None or self._read[:2] != name:
                self._read = (*name, *spec_of(city))
            return self._read[2:]


specs = Specs()


def jobs_of(site: Site, city: City) -> Jobs:
    """Give the jobs of a city, made at the first need; pages and API share them."""
    folder = imported.folder(site.database or "", city.id).parent.parent / "dispatch" / city.id
    return site.jobs.setdefault(str(folder), Jobs(folder))


def all_held(site: Site, city: City) -> list[Held]:
    """List every certified answer, the one to show first at the head.

    Those of the present pack go first, then those without a scenario, with more years, with finer steps, newer ones.
    """
    if not has_power(city):
        return []
    found = [*_of_jobs(site, city), *_of_pack(site, city)]
    return sorted(
        found,
        key=lambda held: (
            not held.fresh,
            bool(held.record["scenario"]),
            -len(held.years),
            held.record["step"],
            -held.made,
        ),
    )


def _of_jobs(site: Site, city: City) -> list[Held]:
    jobs = jobs_of(site, city)
    brought = imported.folder(site.database or "", city.id)
    out = []
    for id in jobs.known():
        try:
            job = jobs.get(id)
            record = json.loads(jobs.result(id)) if job.status == "done" else None
            path = jobs.folder / f"{id}.json"
            made = path.stat().st_mtime
        except (DafengError, OSError, ValueError):
            continue
        if record is not None and certified(record):
            fresh = id == name_of(job.question, city.version, brought)
            out.append(Held(id, record, fresh, jobs.folder / f"{id}.csv", made))
    return out


def _of_pack(site: Site, city: City) -> list[Held]:
    path = Path(city.folder) / FOLDER / SHIPPED
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        made = path.stat().st_mtime
    except (OSError, ValueError):
        return []
    if not certified(record):
        return []
    brought = imported.folder(site.database or "", city.id)
    own = brought.is_dir() and any(brought.glob("*.csv"))
    return [Held(PACK, record, not own and _still(city, record), None, made)]


def _still(city: City, record: Mapping[str, Any]) -> bool:
    """Tell whether an answer of a pack is still that of its question."""
    cuts = tuple(sorted(point["cut"] for point in record.get("abatement", ())))
    asked = (tuple(record["years"]), record["scenario"], int(record["step"]), cuts)
    with _lock:
        if _question[:3] != [str(city.folder), city.version, asked]:
            _question[:] = [str(city.folder), city.version, asked, _key(city, *asked)]
        return bool(record["key"] == _question[3])


#: The question of a pack's answer and its key, reckoned once for each state of the pack.
_question: list[Any] = []
_lock = Lock()


def _key(city: City, years: Sequence[int], scenario: str, step: int, cuts: Sequence[float]) -> str:
    try:
        spec, series = spec_of(city, years, scenario)
    except DafengError:
        return ""
    return kept.key(spec, series, "staged", step, scenario, cuts)


def warm(site: Site) -> None:
    """Read what the first reader of a page on power would wait for."""
    try:
        city = site.snapshot().city
        if all_held(site, city) or has_power(city):
            specs.of(city)
    except DafengError as error:
        _log.warning("the power system is not prepared before the first page: %s", error)


def certified(record: Mapping[str, Any]) -> bool:
    """Tell whether the certificate of a record proves it."""
    proof = record.get("certificate", {})
    return (
        record.get("status") == "optimal"
        and 0 <= proof.get("violation", 1) <= TRUSTED
        and abs(proof.get("gap", 1)) <= TRUSTED
    )
