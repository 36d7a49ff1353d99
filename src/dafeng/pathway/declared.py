"""What a pack declares of its pathway: read once, never changed, and refused where it has a word that nobody reads."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Declared(BaseModel):
    """A file of a pack, or a part of one."""

    model_config = ConfigDict(frozen=True, extra="forbid")
