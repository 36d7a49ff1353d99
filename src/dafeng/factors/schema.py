"""What the YAML files of a factor folder hold: parameters, regions, sectors, sets, regimes, documents."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from dafeng.documents import Document
from dafeng.factors.factor import CARBON_RATIO
from dafeng.labels import Label

Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
YearRule = Literal["timeless", "exact", "span"]
Basis = Literal["published", "reading"]
Group = Literal["fuel", "electricity", "heat", "water", "process", "waste", "land", "gas", "standard_coal"]
GROUPS: tuple[Group, ...] = (
    "fuel",
    "electricity",
    "heat",
    "water",
    "process",
    "waste",
    "land",
    "gas",
    "standard_coal",
)


def _ratio(value: object) -> object:
    """Read "44.0095/12.0107" as the number it is."""
    if isinstance(value, str) and value.count("/") == 1:
        above, below = (Fraction(part) for part in value.split("/"))
        return float(above / below)
    return value


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Parameter(_Part):
    """One kind of factor. `units` are given out, each with the range outside of which a figure is a mistake.

    `also` are units that sources print: each with the unit it is given out in and what one of it is worth there.
    `chain` marks the steps of combustion, which are never mixed from two sets.
    """

    id: Id
    label: Label
    units: dict[str, tuple[float, float]] = Field(min_length=1)
    also: dict[str, tuple[str, float]] = {}
    chain: bool = False


class Region(_Part):
    """A territory factors are published for; what holds for the one it lies within holds for it too."""

    id: Id
    label: Label
    within: Id | None = None


class Term(_Part):
    """A word of a closed list, such as a grade or what is measured."""

    id: Id
    label: Label


class Sector(_Part):
    """A sector, or a group of sectors, whose factors differ from those of others; `names` are those of data sources."""

    id: Id
    label: Label
    within: Id | None = None
    names: tuple[str, ...] = ()


class FactorSet(_Part):
    """Factors that one author published together. `years` says how they are matched to a year."""

    id: Id
    label: Label
    family: str
    edition: str
    years: YearRule
    document: str = ""
    carbon_ratio: Annotated[float, BeforeValidator(_ratio)] = CARBON_RATIO
    note: Label | None = None


class Disagreement(_Part):
    """Sets whose published figures disagree on one fuel, so that the choice between them is the caller's."""

    what: Id
    parameters: tuple[Id, ...] = Field(min_length=1)
    sets: tuple[Id, ...] = Field(min_length=2)
    note: Label


class Regime(_Part):
    """For whom a figure is made: for each group of factors, the sets that are read, in this order.

    `basis` is "published" where a document says so, "reading" where the rule was not seen and the choice is ours.
    """

    id: Id
    label: Label
    basis: Basis
    gwp: Id
    document: str = ""
    reads: dict[Group, tuple[Id, ...]] = {}
    note: Label


class VocabularyFile(_Part):
    """The content of vocabulary.yaml."""

    parameters: tuple[Parameter, ...] = ()
    regions: tuple[Region, ...] = ()
    sectors: tuple[Sector, ...] = ()
    grades: tuple[Term, ...] = ()
    measures: tuple[Term, ...] = ()


class SetsFile(_Part):
    """The content of sets.yaml."""

    sets: tuple[FactorSet, ...]
    conflicts: tuple[Disagreement, ...] = ()


class RegimesFile(_Part):
    """The content of regimes.yaml."""

    regimes: tuple[Regime, ...]


class DocumentsFile(_Part):
    """The content of documents.yaml."""

    documents: tuple[Document, ...]
