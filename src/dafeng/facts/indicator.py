"""What an indicator is: the declaration that facts and targets point to."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from dafeng.labels import Label


class Display(BaseModel):
    """The unit each reader sees; the same value, converted."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    zh: str
    en: str


class Break(BaseModel):
    """From `year` on the figures stand on another basis; a line or a difference must not cross it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    year: int
    why: Label


class Awaiting(BaseModel):
    """An official figure that is due and has not been confirmed for these years."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    years: tuple[int, ...]
    why: Label
    source: str = ""


class Indicator(BaseModel):
    """One quantity that can be observed or computed, once for the whole city pack.

    `id` is `<domain>.<quantity>`; `kind` says how figures of several periods combine: a stock is read at a date, a flow
    is summed over a period, a ratio is neither. `better` is the direction the plan wants, where that is plain.
    `changes` names the indicator whose published yearly changes (percent) chain this one where levels cannot be compared.
    `priority` lists document ids, best first; sources not listed rank after, by confidence, then by vintage.
    `variable` is true where a formula computes the quantity and no fact may carry the id.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$")
    label: Label
    unit: str
    kind: Literal["stock", "flow", "ratio", "change", "price"] = "ratio"
    dims: tuple[str, ...] = ()
    better: Literal["higher", "lower", ""] = ""
    display: Display | None = None
    definition: Label | None = None
    boundary: Label | None = None
    changes: str = ""
    breaks: tuple[Break, ...] = ()
    awaiting: Awaiting | None = None
    priority: tuple[str, ...] = ()
    variable: bool = False
    was: tuple[str, ...] = ()
