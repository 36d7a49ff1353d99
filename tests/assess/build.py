"""A city of one indicator, one target and a handful of figures, made in memory for a test."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from dafeng.city import City
from dafeng.facts.indicator import Indicator
from dafeng.facts.observation import Observation, Period
from dafeng.facts.series import Facts
from dafeng.kernel import Model
from dafeng.plan.schema import EvidenceNote, Plan

DOCUMENT = "toy-yearbook-2025"
_LABEL = {"zh": "数量", "en": "Quantity"}
_BESIDE = {"energy.change": {"unit": "%", "kind": "change"}}


def city_of(
    toy: City,
    *,
    indicator: Mapping[str, Any],
    facts: Iterable[Observation],
    targets: Iterable[Mapping[str, Any]] = (),
    goals: Iterable[Mapping[str, Any]] = (),
    plan: Mapping[str, Any] | None = None,
    notes: Iterable[Mapping[str, Any]] = (),
) -> City:
    """Give the toy city with another indicator, other targets and other facts; ids and labels are filled in."""
    declared = {
        "test.quantity": Indicator(id="test.quantity", label=_LABEL, **indicator),
        **{id: Indicator(id=id, label=_LABEL, **fields) for id, fields in _BESIDE.items()},
    }
    base = {"indicator": "test.quantity", "chapter": "aims", "clause": "一"}
    made = Plan.model_validate(
        {
            "id": "toy-2021",
            "title": {"zh": "方案", "en": "Plan"},
            "issuer": {"zh": "市", "en": "City"},
            "document": "toy-plan-2021",
            "issued": "2021-06-30",
            "horizon": [2021, 2030],
            "chapters": [{"id": "aims", "no": "一", "title": {"zh": "目标", "en": "Aims"}}],
            "targets": [{**base, "id": f"target-{n}", **target} for n, target in enumerate(targets)],
            "goals": [
                {"chapter": "aims", "clause": "一", "label": _LABEL, "id": f"goal-{n}", **goal}
                for n, goal in enumerate(goals)
            ],
            **(plan or {}),
        }
    )
    told = tuple(EvidenceNote.model_validate({"goal": "goal-0", "source": DOCUMENT, **note}) for note in notes)
    return replace(
        toy,
        plan_files=replace(toy.plan_files, plans=(made,), notes=told),
        indicators=declared,
        facts=Facts(facts, declared),
        model=Model(),
        parameters={},
        _states={},
    )


def observed(year: str | int, value: float | None, unit: str, **more: Any) -> Observation:
    """Give one figure of the test's indicator; a final one of high confidence, published the year after."""
    period = Period.parse(str(year))
    fields: dict[str, Any] = {
        "indicator": "test.quantity",
        "place": "toyville",
        "source": DOCUMENT,
        "vintage": f"{period.year + 1}-03-01",
        "status": "actual",
        "confidence": "high",
        **more,
    }
    return Observation(period=period, value=value, unit=unit, **fields)


def series(figures: Mapping[Any, Any], unit: str, **more: Any) -> list[Observation]:
    """Give figures by year; a figure may be a mapping with `value` and further fields."""
    found = []
    for year, given in figures.items():
        fields = dict(given) if isinstance(given, Mapping) else {"value": given}
        value = fields.pop("value")
        found.append(observed(year, value, fields.pop("unit", unit), **{**more, **fields}))
    return found


def day(text: str) -> date:
    """Read a day."""
    return date.fromisoformat(text)
