"""Hourly series that users brought: checked, kept by city and profile, and used in the place of synthetic ones."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dafeng.dispatch.kept import write
from dafeng.dispatch.profiles import read_file
from dafeng.errors import NotFound

if TYPE_CHECKING:
    from dafeng.dispatch.spec import Spec
    from dafeng.dispatch.stage import Floats

_SQLITE = "sqlite:///"


def folder(database: str, city: str) -> Path:
    """Give the folder of a city's profiles: beside its SQLite database, else below dafeng-data."""
    beside = Path(database.removeprefix(_SQLITE)).parent if database.startswith(_SQLITE) else Path("dafeng-data")
    return beside / "profiles" / city


def is_share(spec: Spec, profile: str) -> bool:
    """Tell whether a profile is a share of capacity; a load else.

    Raises:
        NotFound: the spec has no such profile.
    """
    if profile not in spec.profiles:
        raise NotFound("profile", profile, spec.profiles)
    return any(profile in (tech.availability, tech.min_output) for tech in spec.technologies.values())


def bring(path: Path, spec: Spec, profile: str, into: Path, column: str = "") -> Floats:
    """Check a file of 8,760 rows and keep it; after a fault nothing is kept.

    Raises:
        NotFound: no such file, or no such profile.
        FaultsFound: all faults, each with its row.
    """
    if not path.is_file():
        raise NotFound("file", str(path))
    values = read_file(path, is_share(spec, profile), column)
    into.mkdir(parents=True, exist_ok=True)
    write(into / f"{profile}.csv", profile + "\n" + "".join(f"{value!r}\n" for value in values.tolist()))
    return values


def known(into: Path, spec: Spec) -> dict[str, Floats]:
    """Give the series that were brought for the profiles of a spec."""
    if not into.is_dir():
        return {}
    return {
        name: read_file(into / f"{name}.csv", is_share(spec, name), name)
        for name in spec.profiles
        if (into / f"{name}.csv").is_file()
    }


def remove(into: Path, profile: str) -> None:
    """Take a series back.

    Raises:
        NotFound: none was brought for the profile.
    """
    path = into / f"{profile}.csv"
    if not path.is_file():
        raise NotFound("profile", profile, [other.stem for other in into.glob("*.csv")])
    path.unlink()
