"""Power systems as PyPSA networks (netCDF), written from a spec and read into one; needs the extra `pypsa`.

A network that was written here carries its spec and series, so that reading gives the same ones; one that was changed
since is refused. Any other network is read as far as a spec has words for it (`foreign`).
"""

from __future__ import annotations

import base64
import hashlib
import importlib
import json
import zlib
from typing import TYPE_CHECKING, Any

import numpy as np

from dafeng.dispatch.build.assemble import build, whole_year
from dafeng.dispatch.interchange import foreign, rules
from dafeng.dispatch.interchange.parts import Writer
from dafeng.dispatch.spec import Spec
from dafeng.errors import NotFound, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from dafeng.dispatch.build.draft import Clock
    from dafeng.dispatch.stage import Floats

#: Place of the spec in the metadata of a network.
META = "dafeng"


def library() -> Any:
    """Give PyPSA; Refused where it is not installed."""
    try:
        return importlib.import_module("pypsa")
    except ImportError as error:
        raise Refused("PyPSA is not installed. Install it with pip install 'dafeng[pypsa]'.") from error


def network(spec: Spec, series: Mapping[str, Floats], clock: Clock | None = None) -> Any:
    """Give the network of a spec, in MW and the spec's money; several periods are PyPSA's investment periods.

    Raises:
        Refused: PyPSA is missing.
    """
    clock = clock or whole_year()
    writer = Writer(library().Network(name=spec.id), build(spec, series, clock), clock)
    writer.write()
    writer.net.meta = {
        META: {
            "spec": spec.model_dump_json(),
            "series": {name: _packed(values) for name, values in series.items()},
            "rows": rules.kept(writer),
            "constant": writer.system.hour.draft.constant * 1e3,
            "digest": digest(writer.net),
        }
    }
    return writer.net


def write(spec: Spec, series: Mapping[str, Floats], path: Path, clock: Clock | None = None) -> None:
    """Write the network of a spec to a netCDF file; what is refused leaves no file."""
    made = network(spec, series, clock)
    made.export_to_netcdf(str(path))


def read(path: Path) -> tuple[Spec, dict[str, Floats]]:
    """Read a netCDF file of PyPSA as a spec with its series, not yet checked.

    Raises:
        NotFound: no such file.
        Refused: PyPSA is missing, the network was changed after it was written here, or it holds what a spec cannot.
    """
    if not path.is_file():
        raise NotFound("network", str(path), [str(other) for other in sorted(path.parent.glob("*.nc"))])
    net = library().Network(str(path))
    known = net.meta.get(META)
    if known:
        if known["digest"] != digest(net):
            raise Refused(
                f"network {path.name}: it was changed after dafeng wrote it, and no longer is what its spec says. "
                f"Change the spec and write it again, or delete '{META}' from its metadata to read it like any other."
            )
        series = {name: _unpacked(text) for name, text in known["series"].items()}
        return Spec.model_validate(json.loads(known["spec"])), series
    return foreign.spec_of(net, path.stem)


def solve(net: Any, **options: Any) -> float:
    """Solve a network that was written here by PyPSA and HiGHS, rules included; give the cost in the spec's money.

    Raises:
        Refused: the network was not written here, or PyPSA finds no optimum.
    """
    known = net.meta.get(META)
    if not known:
        raise Refused("network: it carries no rules of dafeng. Solve it with PyPSA itself.")
    status, condition = net.optimize(
        solver_name="highs",
        solver_options=options,
        multi_investment_periods=net.has_investment_periods,
        extra_functionality=lambda n, snapshots: rules.obey(n, snapshots, known["rows"]),
        include_objective_constant=False,
    )
    if status != "ok":
        raise Refused(
            f"network: PyPSA says {status}, {condition}. Solve it with 'dafeng dispatch' to see what is missed."
        )
    return float(net.model.objective.value) + float(known["constant"])


def digest(net: Any) -> str:
    """Give a digest of all that a network's components were given; what a solve puts in does not count."""
    found = hashlib.sha256()
    for part in net.components:
        if part.name == "SubNetwork":  # PyPSA finds these when it solves
            continue
        # PyPSA itself names a slack generator, for power flow.
        table = part.defaults[part.defaults["status"].str.startswith("Input")].drop("control", errors="ignore")
        for name in sorted(part.static.index, key=str):
            given = {attr: _plain(part.static.at[name, attr]) for attr in table.index if attr in part.static.columns}
            found.update(json.dumps([part.name, str(name), given], sort_keys=True).encode())
        for attr in sorted(set(table.index) & set(part.dynamic)):
            for name in sorted(part.dynamic[attr].columns, key=str):
                found.update(f"{part.name} {attr} {name}".encode())
                found.update(np.ascontiguousarray(part.dynamic[attr][name], dtype="<f8").tobytes())
    return found.hexdigest()


def _plain(value: Any) -> str:
    """Write a cell so that a number reads the same in any type of column."""
    try:
        return repr(float(value))
    except (TypeError, ValueError):
        return str(value)


def _packed(values: Floats) -> str:
    return base64.b64encode(zlib.compress(np.ascontiguousarray(values, dtype="<f8").tobytes(), 6)).decode()


def _unpacked(text: str) -> Floats:
    return np.frombuffer(zlib.decompress(base64.b64decode(text)), dtype="<f8").astype(np.float64)
