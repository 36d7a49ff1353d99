"""A spec read from YAML with its hourly series, checked: all faults at once, each with its line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dafeng.dispatch.check import check
from dafeng.dispatch.profiles import series_of
from dafeng.dispatch.spec import Spec
from dafeng.errors import Collector, Fault, FaultsFound, NotFound
from dafeng.store import yamlfile

if TYPE_CHECKING:
    from pathlib import Path

    from dafeng.dispatch.stage import Floats

GROUPS = ("technologies", "storages", "lines", "responses")


def read_spec(path: Path) -> tuple[Spec, dict[str, Floats]]:
    """Read a spec and its hourly profiles.

    Raises:
        NotFound: no such file.
        FaultsFound: all that is wrong with it.
    """
    if not path.is_file():
        raise NotFound("spec", str(path), [str(other) for other in sorted(path.parent.glob("*.yaml"))])
    faults = Collector(path.name)
    file = yamlfile.read(path, faults)
    spec = yamlfile.parse(Spec, file, faults) if file is not None else None
    if spec is None or file is None:
        raise FaultsFound(
            (replace(fault, remedy=fault.remedy.replace("city-pack.md", "dispatch.md")) for fault in faults.faults),
            path.name,
        )
    faults.done()
    series = series_of(spec, path.parent, {}, faults)
    check(spec, series, faults)
    if faults.faults:
        raise FaultsFound((_at_line(fault, file) for fault in faults.faults), path.name)
    return spec, series


def _at_line(fault: Fault, file: yamlfile.YamlFile) -> Fault:
    """Put the line of the file before the place of a fault."""
    keys = tuple(fault.place.split("."))
    paths = [keys, *((group, *keys) for group in GROUPS)]
    known = [key for key in paths if key[:2] in file.lines]
    return replace(fault, place=f"{file.place(*(known[0] if known else keys))}, {fault.place}")
