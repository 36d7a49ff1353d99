"""Which targets hold in the hourly power system: what the certified answers of the pack say of each.

The verdict of an assessment rests on evidence; this stands beside it. Only answers of all hours count, none without a
certificate, and each says whether the pack is still what it was calculated with.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dafeng.city import City
from dafeng.city.once import Once
from dafeng.labels import Label


@dataclass(frozen=True)
class HourlyVerdict:
    """One target in one modelled year of one answer.

    `verdict` is holds | misses | absent; `reason` says why there is no figure. `scenario` is that of the pathway behind
    the answer, "" for the pack's own figures; `coupled` tells whether both models took one another's figures.
    """

    target: str
    year: int
    unit: str
    comparator: str
    asked: float
    value: float | None
    gap: float | None
    verdict: str
    reason: Label | None
    scenario: str
    coupled: bool
    synthetic: bool
    answer: str
    key: str
    fresh: bool


def hourly_on(city: City, day: date) -> Mapping[str, tuple[HourlyVerdict, ...]]:
    """Give the verdicts of the hourly model by target; none for a day before the newest figure: the model knows it."""
    return hourly(city) if day >= city.facts.newest else {}


def hourly(city: City) -> Mapping[str, tuple[HourlyVerdict, ...]]:
    """Give the verdicts of the hourly model by target, made once for a version of the pack."""
    return _verdicts.of(city)


def _hourly(city: City) -> Mapping[str, tuple[HourlyVerdict, ...]]:
    if not (city.folder / "power").is_dir():
        return {}
    from dafeng.dispatch.shipped import shipped  # noqa: PLC0415 - heavy, and not every city has a power system

    out: dict[str, tuple[HourlyVerdict, ...]] = {}
    for one in shipped(city):
        record = one.record
        if record["preview"] or (record.get("alternatives") and "coupling" not in record):
            continue
        for each in record["targets"]:
            verdict = HourlyVerdict(
                target=each["target"],
                year=each["year"],
                unit=each["unit"],
                comparator=each["comparator"],
                asked=each["asked"],
                value=each["value"],
                gap=each["gap"],
                verdict=each["verdict"],
                reason=Label(**each["reason"]) if each["reason"] else None,
                scenario=record["scenario"],
                coupled="coupling" in record,
                synthetic="synthetic" in record["profiles"].values(),
                answer=one.name,
                key=record["key"],
                fresh=one.fresh,
            )
            out[verdict.target] = (*out.get(verdict.target, ()), verdict)
    return out


_verdicts = Once(_hourly)
