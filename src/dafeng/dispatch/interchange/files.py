"""A spec as files: spec.yaml and, beside it, its hourly series."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import yaml

from dafeng.dispatch.kept import write as write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from dafeng.dispatch.spec import Spec
    from dafeng.dispatch.stage import Floats

SERIES = "hours.csv"


def write(spec: Spec, series: Mapping[str, Floats], folder: Path) -> Path:
    """Write a spec and its series; give the path of spec.yaml. Every profile becomes a column of hours.csv."""
    folder.mkdir(parents=True, exist_ok=True)
    data = spec.model_dump(mode="json", exclude_defaults=True)
    data["profiles"] = {
        name: {
            **{
                key: value
                for key, value in data.get("profiles", {}).get(name, {}).items()
                if key in ("label", "source", "note")
            },
            "file": SERIES,
            "column": name,
        }
        for name in series
    }
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(series)
    writer.writerows(zip(*(map(repr, values.tolist()) for values in series.values()), strict=True))
    write_whole(folder / SERIES, out.getvalue())
    write_whole(folder / "spec.yaml", yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=120))
    return folder / "spec.yaml"
