"""A spec read from YAML with its hourly series, checked: all faults at once, each with its line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dafeng.dispatch.check import check
from dafeng.dispatch.fleet import GROUPS, resolved
from dafeng.dispatch.profiles import series_of
from dafeng.dispatch.spec import Spec
from dafeng.errors import Collector, Fault, FaultsFound, NotFound
from dafeng.store import yamlfile

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from dafeng.dispatch.spec import Source
    from dafeng.dispatch.stage import Floats


def read_spec(
    path: Path,
    years: Sequence[int] = (),
    sources: Mapping[str, Source] | None = None,
    given: Mapping[str, Floats] | None = None,
) -> tuple[Spec, dict[str, Floats]]:
    """Read a spec and its hourly profiles.

    Args:
        path: The YAML file; its profiles and plants stand beside it.
        years: Periods in place of those of the file.
        sources: Sources besides those of the file, such as the documents of a city pack.
        given: Hourly series that go before the file's, by name of profile.

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
            (
                replace(fault, remedy=fault.remedy.replace("city-pack.md", "dispatch-spec.md"))
                for fault in faults.faults
            ),
            path.name,
        )
    faults.done()
    changes: dict[str, object] = {"sources": {**(sources or {}), **spec.sources}}
    if years:
        changes["periods"] = tuple(years)
    spec = resolved(spec.model_copy(update=changes), path.parent, faults)
    series = series_of(spec, path.parent, given or {}, faults)
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
