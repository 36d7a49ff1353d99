"""Factor folders: one national, one for each city that has its own, read with the line of every fault."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeVar

from pydantic import BaseModel

from dafeng.documents import Document
from dafeng.errors import Collector
from dafeng.factors import schema, tables
from dafeng.factors.check import check
from dafeng.factors.factor import Factor
from dafeng.factors.subjects import Subject
from dafeng.store import yamlfile

T = TypeVar("T", bound=BaseModel)
#: Files of a folder that are tables, and hold no factors.
NO_FACTORS = ("subjects.csv", "checks.csv", "benchmarks.csv")


@dataclass(frozen=True)
class Library:
    """Everything the folders say. A folder that comes later adds, and takes the place of a regime of the same id.

    `places` tells the file and line of each factor.
    """

    parameters: Mapping[str, schema.Parameter]
    regions: Mapping[str, schema.Region]
    sectors: Mapping[str, schema.Sector]
    grades: Mapping[str, schema.Term]
    measures: Mapping[str, schema.Term]
    sets: Mapping[str, schema.FactorSet]
    conflicts: tuple[schema.Disagreement, ...]
    regimes: Mapping[str, schema.Regime]
    documents: Mapping[str, Document]
    subjects: Mapping[str, Subject]
    factors: tuple[Factor, ...]
    places: Mapping[str, str] = field(repr=False)


class _Named(Protocol):
    @property
    def id(self) -> str: ...


N = TypeVar("N", bound=_Named)


def read(folders: Sequence[Path], faults: Collector) -> Library:
    """Read the folders in their order and note every fault; a row that is faulty is left out."""
    words = [_file(schema.VocabularyFile, folder / "vocabulary.yaml", faults) for folder in folders]
    sets = [_file(schema.SetsFile, folder / "sets.yaml", faults) for folder in folders]
    regimes = [_file(schema.RegimesFile, folder / "regimes.yaml", faults) for folder in folders]
    documents = [_file(schema.DocumentsFile, folder / "documents.yaml", faults) for folder in folders]
    subjects = [item for folder in folders for item in tables.subjects(folder / "subjects.csv", faults)]
    parameters = _by_id("parameter", (item for file in words if file for item in file.parameters), faults)
    rows = [
        row
        for folder in folders
        for path in sorted(folder.glob("*.csv"))
        if path.name not in NO_FACTORS
        for row in tables.factors(path, parameters, faults)
    ]
    places: dict[str, str] = {}
    for place, factor in rows:
        first = places.setdefault(factor.id, place)
        if first != place:
            message = f"the factor '{factor.id}' is given twice (first at {first})"
            faults.add("duplicate-factor", place, message, "Keep one of the two, or tell them apart by variant")
    library = Library(
        parameters=parameters,
        regions=_by_id("region", (item for file in words if file for item in file.regions), faults),
        sectors=_by_id("sector", (item for file in words if file for item in file.sectors), faults),
        grades=_by_id("grade", (item for file in words if file for item in file.grades), faults),
        measures=_by_id("measure", (item for file in words if file for item in file.measures), faults),
        sets=_by_id("set", (item for file in sets if file for item in file.sets), faults),
        conflicts=tuple(item for file in sets if file for item in file.conflicts),
        regimes={item.id: item for file in regimes if file for item in file.regimes},
        documents=_by_id("document", (item for file in documents if file for item in file.documents), faults),
        subjects=_by_id("subject", subjects, faults),
        factors=tuple(factor for _, factor in rows),
        places=places,
    )
    check(library, faults)
    return library


def _file(model: type[T], path: Path, faults: Collector) -> T | None:
    if not path.is_file():
        return None
    file = yamlfile.read(path, faults)
    return yamlfile.parse(model, file, faults) if file else None


def _by_id(kind: str, items: Iterable[N], faults: Collector) -> dict[str, N]:
    found: dict[str, N] = {}
    for item in items:
        if item.id in found:
            faults.add("duplicate-id", kind, f"the {kind} '{item.id}' is declared twice", "Keep one of the two")
        found[item.id] = item
    return found
