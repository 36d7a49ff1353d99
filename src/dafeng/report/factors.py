"""The factors of a city: the national ones with those of its pack, and the region that is meant where none is named."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dafeng.errors import Collector
from dafeng.factors import Factors, NoFactor, for_city
from dafeng.report.records.factors import PassedRecord
from dafeng.store import yamlfile

if TYPE_CHECKING:
    from typing import Any


def of_pack(folder: Path) -> tuple[Factors, str | None]:
    """Give the factors of the city whose pack lies in a folder, and its region, without loading the rest of the pack.

    Raises:
        FaultsFound: with every fault of the factor files.
    """
    factors = for_city(folder)
    file = yamlfile.read(folder / "city.yaml", Collector(folder.name))
    id = file.data.get("id") if file is not None and isinstance(file.data, dict) else None
    return factors, home(factors, str(id))


def home(factors: Factors, city: str) -> str | None:
    """Give the region of a city where the factors know it by its id; None where they do not."""
    return city if city in factors.library.regions else None


def refusal(factors: Factors, error: NoFactor) -> dict[str, Any]:
    """Give a refusal as data for programs: the message, the reason and the candidates, best first."""
    return {
        "code": error.code,
        "message": str(error),
        "reason": error.reason,
        "candidates": [PassedRecord.build(factors, one).as_json() for one in error.candidates],
    }
