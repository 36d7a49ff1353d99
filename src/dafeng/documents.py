"""Documents: what every number that comes from elsewhere points to."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

DocumentKind = Literal[
    "plan", "policy", "statistics", "communique", "press", "dataset", "guideline", "standard", "report", "web", "other"
]


class Document(BaseModel):
    """One publication: `date` may be a year, a month or a day, as far as it is known."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9.-]*$")
    title: str
    title_en: str = ""
    publisher: str = ""
    date: str = Field(default="", pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?)?$")
    number: str = ""
    kind: DocumentKind = "other"
    url: str = ""
    via: str = ""
    licence: str = ""
    note: str = ""
