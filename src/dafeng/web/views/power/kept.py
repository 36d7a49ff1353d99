"""Answers that can be shown at once: those of jobs and the one a pack brings, never one without certificate."""

from __future__ import annotations

import csv
import json
import logging
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dafeng.city import City
from dafeng.dispatch import compact, imported
from dafeng.dispatch.jobs import Jobs, name_of
from dafeng.dispatch.pack import has_power, spec_of
from dafeng.dispatch.reduce import errors
from dafeng.dispatch.shipped import FIRST, certified, same_question, shipped
from dafeng.dispatch.spec import Spec
from dafeng.errors import DafengError
from dafeng.web.site import Site

_log = logging.getLogger(__name__)
Floats = NDArray[np.float64]
#: Address of the first answer a pack brings; further ones are called pack-NAME.
PACK = "pack"
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
        return _tables.read(self.table, float(self.record["step"]), self.record["key"]).get(year)

    @property
    def rounded(self) -> bool:
        """Whether its hours were kept in whole MW."""
        return self.table is not None and self.shipped

    @property
    def coupled(self) -> bool:
        """Whether a scenario and the hourly model took one another's figures."""
        return "coupling" in self.record

    @property
    def shipped(self) -> bool:
        """Whether the pack brings it."""
        return self.id.partition("-")[0] == PACK

    def error(self, all: list[Held]) -> Mapping[str, Any] | None:
        """Give how far a preview lies from all hours: as measured when it was solved, or by an answer kept since."""
        found: Mapping[str, Any] | None = self.record.get("error")
        if not self.record["preview"] or found or self.coupled or not self.fresh:
            return found
        for other in all:
            if other.fresh and same_question(other.record, self.years, self.record["scenario"]):
                return errors(self.record, other.record)
        return None


class _Tables:
    """The tables last read, by file and time."""

    def __init__(self) -> None:
        self._read: OrderedDict[tuple[str, float], dict[int, Hours]] = OrderedDict()
        self._lock = Lock()

    def read(self, path: Path, step: float, name: str) -> dict[int, Hours]:
        try:
            packed = path.suffix != ".csv"
            key = (str(path), max(each.stat().st_mtime for each in (compact.files(path) if packed else [path])))
            with self._lock:
                found = self._read.get(key)
            if found is None:
                found = _unpacked(path, step, name) if packed else _parsed(path, step)
        except (OSError, ValueError):
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


def _unpacked(path: Path, step: float, name: str) -> dict[int, Hours]:
    return {year: Hours(step, columns) for year, columns in compact.read(path, name).items()}


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

    Those of the present pack go first, then those without a scenario, with more years, not coupled, with more unknowns
    by year, newer ones.
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
            held.coupled,
            -held.record["size"]["columns"] / len(held.years),
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
    return [
        Held(PACK + one.name.removeprefix(FIRST), one.record, one.fresh, one.hours, one.made)
        for one in shipped(city, site.database)
    ]


def warm(site: Site) -> None:
    """Read what the first reader of a page on power would wait for."""
    try:
        city = site.snapshot().city
        if all_held(site, city) or has_power(city):
            specs.of(city)
    except DafengError as error:
        _log.warning("the power system is not prepared before the first page: %s", error)
