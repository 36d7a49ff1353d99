"""Decisions on the items of one document, as a file that travels with the plan."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

import yaml
from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from dafeng.errors import Collector
from dafeng.plan.part import Comparator, Direction, Hedge, Year
from dafeng.plan.periods import PERIODS, Period
from dafeng.review.item import EDITABLE, Item
from dafeng.store import yamlfile

Verdict = Literal["accept", "edit", "reject"]
VERDICTS: tuple[str, ...] = get_args(Verdict)


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Changes(_Model):
    """The fields of an item that a person set; those not given keep what was read. None clears a field."""

    indicator: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    indicator_id: Annotated[str, Field(max_length=120)] | None = None
    value: Annotated[float, Field(allow_inf_nan=False)] | None = None
    value_max: Annotated[float, Field(allow_inf_nan=False)] | None = None
    unit: Annotated[str, Field(max_length=40)] | None = None
    year: Year | None = None
    period: Period | None = None
    from_year: Year | None = None
    comparator: Comparator | None = None
    strict: bool | None = None
    hedge: Hedge | None = None
    direction: Direction | None = None
    baseline_year: Year | None = None
    kind: Literal["target", "standard"] | None = None
    quote: Annotated[str, Field(min_length=1, max_length=500)] | None = None
    title: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    units: tuple[Annotated[str, Field(min_length=1, max_length=120)], ...] | None = None
    lead: tuple[Annotated[str, Field(min_length=1, max_length=120)], ...] | None = None

    @model_validator(mode="after")
    def _needed(self) -> Changes:
        for name in ("indicator", "value", "unit", "comparator", "strict", "kind", "quote", "title", "units", "lead"):
            if name in self.model_fields_set and getattr(self, name) is None:
                raise ValueError(f"{name} cannot be empty")
        if self.value is not None and self.value_max is not None and self.value_max <= self.value:
            raise ValueError("value_max must be greater than value")
        return self

    def given(self) -> dict[str, Any]:
        """Give the fields that were set."""
        return self.model_dump(exclude_unset=True)


class Decision(_Model):
    """What one person decided on one item; a number left out that is accepted or edited becomes a target."""

    item: Annotated[str, Field(pattern=r"^(target|goal|task|excluded)-\d+(-\d+)?$")]
    verdict: Verdict
    changes: Changes = Changes()
    note: Annotated[str, Field(max_length=500)] = ""
    who: Annotated[str, Field(max_length=120)] = ""
    at: Annotated[str, Field(max_length=32)] = ""

    @model_validator(mode="after")
    def _changes_fit(self) -> Decision:
        given = set(self.changes.given())
        if given and self.verdict != "edit":
            raise ValueError(f"only a decision to edit has changes, this one is to {self.verdict}")
        if self.verdict == "edit" and not given:
            raise ValueError("a decision to edit has changes; accept the item where there are none")
        unknown = given - set(EDITABLE[self.item.split("-")[0]])
        if unknown:
            raise ValueError(f"a {self.item.split('-')[0]} has no field {', '.join(sorted(unknown))}")
        return self


class Decisions(_Model):
    """The decisions on one document; `sha256` is that of its text, so that they are never applied to another."""

    document: str = ""
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    decisions: tuple[Decision, ...] = ()

    @field_validator("decisions")
    @classmethod
    def _once(cls, decisions: tuple[Decision, ...]) -> tuple[Decision, ...]:
        seen: set[str] = set()
        for decision in decisions:
            if decision.item in seen:
                raise ValueError(f"two decisions on {decision.item}; keep one")
            seen.add(decision.item)
        return decisions

    def by_item(self) -> dict[str, Decision]:
        """Give each decision under the item it is about."""
        return {decision.item: decision for decision in self.decisions}


def digest(text: str) -> str:
    """Name a text by its content."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def read(path: Path) -> Decisions:
    """Read a decisions file, YAML or JSON.

    Raises:
        FaultsFound: with every fault and its line.
    """
    faults = Collector(path.name)
    file = yamlfile.read(path, faults)
    faults.done()
    found = yamlfile.parse(Decisions, file, faults) if file is not None else None
    faults.done()
    assert found is not None  # noqa: S101 - parse has noted a fault otherwise
    return found


def write(document: str, text: str, decisions: Iterable[Decision]) -> str:
    """Write decisions as YAML that `read` takes."""
    whole = Decisions(document=document, sha256=digest(text), decisions=tuple(decisions))
    data = whole.model_dump(mode="json", exclude_defaults=True)
    for decision, one in zip(data.get("decisions", ()), whole.decisions, strict=True):
        decision.pop("changes", None)
        if one.verdict == "edit":
            decision["changes"] = one.changes.model_dump(mode="json", exclude_unset=True)
    return str(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=120))


def from_form(item: Item, given: dict[str, str]) -> dict[str, Any]:
    """Turn the fields of a form, all of them text, into the changes against what was read; equal ones are left out."""
    before = item.values()
    changes: dict[str, Any] = {}
    for name, old in before.items():
        if name not in given and name != "strict":
            continue
        new = _typed(name, given.get(name, "").strip())
        if new != (list(old) if isinstance(old, tuple) else old):
            changes[name] = new
    return changes


def _typed(name: str, text: str) -> Any:
    if name == "strict":
        return text in ("1", "on", "true")
    if name in ("units", "lead"):
        return [part.strip() for part in text.replace("、", "\n").replace(",", "\n").splitlines() if part.strip()]
    if name in ("unit", "indicator_id"):
        return text
    if not text:
        return None
    if name in ("value", "value_max", "year", "from_year", "baseline_year"):
        try:
            number = float(text.replace(",", "").replace("，", ""))
        except ValueError:
            return text
        return int(number) if "year" in name and number.is_integer() else number
    return text


__all__ = [
    "PERIODS",
    "VERDICTS",
    "Changes",
    "Decision",
    "Decisions",
    "Verdict",
    "digest",
    "from_form",
    "read",
    "write",
]
