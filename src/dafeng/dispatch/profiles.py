"""Hourly series: read, checked row by row, or made from the reference year."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from dafeng.dispatch import reference_year
from dafeng.errors import Collector

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dafeng.dispatch.spec import Profile, Spec
    from dafeng.dispatch.stage import Floats

HOURS = 8760
#: Rows named for one fault; a thousand rows with the same fault are one fault.
NAMED = 5
#: Part of the full-load hours asked for by which a shape may miss them.
REACHED = 1e-6


def series_of(spec: Spec, folder: Path | None, given: Mapping[str, Floats], faults: Collector) -> dict[str, Floats]:
    """Give every profile of a spec; `given` ones go first, then files beside the spec, then the reference year."""
    out: dict[str, Floats] = {}
    files: dict[Path, dict[str, list[str]]] = {}
    for name, profile in spec.profiles.items():
        place = f"profiles.{name}"
        if name in given:
            values = np.asarray(given[name], dtype=np.float64)
        elif profile.reference:
            if profile.reference not in reference_year.KINDS:
                faults.add(
                    "unknown-shape", place, f"the reference year has no shape '{profile.reference}'",
                    f"Choose from: {', '.join(reference_year.KINDS)}",
                )  # fmt: skip
                continue
            values = reference_year.scaled(profile.reference, profile.full_load_hours, profile.load_factor)
            _brought(values, profile, place, faults)
        elif profile.file:
            path = (folder or Path()) / profile.file
            if path not in files:
                files[path] = _columns(path, place, faults)
            found = _numbers(files[path], profile.column or name, path.name, place, faults)
            if found is None:
                continue
            values = found
        else:
            faults.add("no-profile", place, "has neither a file nor a shape of the reference year", "State one of them")
            continue
        if values.size != HOURS:
            faults.add(
                "profile-length", place, f"{values.size:,} rows (expected {HOURS:,}, one an hour)",
                "Give every hour of a year of 365 days; drop 29 February",
            )  # fmt: skip
            continue
        out[name] = np.roll(values, profile.shift)
    return out


def _brought(values: Floats, profile: Profile, place: str, faults: Collector) -> None:
    """Say where a shape cannot have the yearly sum asked of it: its zeros stay, and no hour goes above 1."""
    hours, total = profile.full_load_hours, float(values.sum())
    if hours is not None and abs(total - hours) > REACHED * hours:
        faults.add(
            "full-load-hours", f"{place}.full_load_hours",
            f"the shape '{profile.reference}' cannot have {hours:g} (it came to {total:.0f})",
            "State hours that fit its dark or still hours, or another shape",
        )  # fmt: skip


def _columns(path: Path, place: str, faults: Collector) -> dict[str, list[str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.reader(stream))
    except FileNotFoundError:
        faults.add("no-file", place, f"the file {path.name} is missing", "Put it beside the spec")
        return {}
    except UnicodeDecodeError as error:
        faults.add("encoding", place, f"{path.name} is not UTF-8 (byte {error.start})", "Save it as UTF-8")
        return {}
    if not rows:
        faults.add("empty", place, f"{path.name} is empty", "Give a header and 8,760 rows")
        return {}
    head, body = rows[0], rows[1:]
    return {name.strip(): [row[i] if i < len(row) else "" for row in body] for i, name in enumerate(head)}


def _numbers(columns: Mapping[str, list[str]], name: str, file: str, place: str, faults: Collector) -> Floats | None:
    if not columns:
        return None
    if name not in columns:
        faults.add("no-column", place, f"{file} has no column '{name}'", f"Its columns are {', '.join(columns)}")
        return None
    values = np.empty(len(columns[name]))
    bad: list[tuple[int, str]] = []
    for i, text in enumerate(columns[name]):
        try:
            values[i] = float(text)
        except ValueError:
            values[i] = np.nan
        if not np.isfinite(values[i]):
            bad.append((i + 2, text))
    if bad:
        rows = ", ".join(f"row {row} ('{text}')" for row, text in bad[:NAMED])
        more = f" and {len(bad) - NAMED:,} more" if len(bad) > NAMED else ""
        faults.add("not-a-number", place, f"{file}, column {name}: no number at {rows}{more}", "Write a number there")
        return None
    return values


def check_values(name: str, values: Floats, share: bool, faults: Collector, file: str = "") -> None:
    """Check a series: loads are not negative, shares lie between 0 and 1. Rows count from the header as 1."""
    place = file or f"profiles.{name}"
    low = np.flatnonzero(values < 0)
    if low.size:
        faults.add(
            "negative", place, f"{'a share' if share else 'a load'} below 0 at {_rows(low, values)}",
            "Correct the rows; what flows the other way is no load",
        )  # fmt: skip
    high = np.flatnonzero(values > 1)
    if share and high.size:
        faults.add(
            "above-one", place, f"a capacity factor above 1 at {_rows(high, values)}",
            "Divide output by the capacity that stood in that hour",
        )  # fmt: skip
    if not share and not values.any():
        faults.add("no-load", place, "every hour is 0", "Give the load of at least one hour")


def _rows(at: Iterable[int], values: Floats) -> str:
    rows = list(at)
    named = ", ".join(f"row {i + 2} (got {values[i]:g})" for i in rows[:NAMED])
    return named + (f" and {len(rows) - NAMED:,} more" if len(rows) > NAMED else "")


def read_file(path: Path, share: bool, column: str = "") -> Floats:
    """Read one profile of a user: a CSV whose `column` (the last one by default) holds 8,760 numbers.

    Raises:
        FaultsFound: all faults, with their rows.
    """
    faults = Collector(path.name)
    columns = _columns(path, path.name, faults)
    values = _numbers(columns, column or (list(columns)[-1] if columns else ""), path.name, path.name, faults)
    if values is not None:
        if values.size != HOURS:
            faults.add(
                "profile-length", path.name, f"{values.size:,} rows (expected {HOURS:,}, one an hour)",
                "Give every hour of a year of 365 days; drop 29 February",
            )  # fmt: skip
        check_values(path.name, values, share, faults, path.name)
    faults.done()
    assert values is not None  # noqa: S101 - without values a fault was raised above
    return values
