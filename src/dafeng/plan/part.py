"""What every part of a plan has in common, and the words that plans use."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Comparator = Literal["=", ">=", "<=", "~"]
Direction = Literal["increase_to", "increase_by", "decrease_to", "decrease_by", "annual_growth"]
Hedge = Literal["力争", "原则上", "争取", "确保"]
Measure = Literal["level", "ratio", "difference", "chain", "multiple"]
Strength = Literal["binding", "expected", "striving"]

Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]*$")]
#: A year, a month or a day, as far as it is known.
PartialDate = Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
Year = Annotated[int, Field(ge=1949, le=2100)]


class Part(BaseModel):
    """Base of every part of a plan: frozen, and nothing undeclared is taken.

    The text under a field is its description: the tables of docs/guide/city-pack.md are made from it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)
