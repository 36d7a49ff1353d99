"""Whether targets will be met: what the plan-as-written scenario of the pathway says, and the simple drift beside it.

The scenario carries each sector through the model and draws what is uncertain; the drift of a target carries on the
changes of its own past figures. Where both speak and one says met, the other not, that is said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dafeng.assess.result import TargetResult
from dafeng.city import City
from dafeng.city.once import Once
from dafeng.errors import Refused
from dafeng.labels import Label
from dafeng.pathway import Projection, load, project

#: Draws behind the probabilities, and their seed.
DRAWS, SEED = 500, 1
#: Probability from which a target is said to be likelier met than not.
LIKELY = 0.5


@dataclass(frozen=True)
class TargetOutlook:
    """One target in the scenario: value and 90 % interval in its due year, in its unit, and the share of draws met."""

    target: str
    value: float
    low: float | None
    high: float | None
    probability: float | None
    met: bool


@dataclass(frozen=True)
class PeakOutlook:
    """The peak of one boundary: its year and height in tCO2, the promised year, the shares of draws that keep it."""

    boundary: str
    label: Label
    missing: Label | None
    year: int
    value: float
    before: int
    probability: float | None
    confirmed: float | None


@dataclass(frozen=True)
class Outlook:
    """What the scenario says of the targets it answers and of the peak, the first boundary first."""

    scenario: str
    label: Label
    hash: str
    draws: int
    seed: int
    targets: Mapping[str, TargetOutlook]
    peaks: tuple[PeakOutlook, ...]


def outlook(city: City) -> Outlook | None:
    """Give the outlook of a city under its plan as written, made once for a version; None where there is no pathway.

    Raises:
        FaultsFound: the pathway files have faults.
    """
    return _outlooks.of(city)


def outlook_on(city: City, day: date) -> Outlook | None:
    """Give the outlook for an assessment of a day; None for a day before the newest figure: the model knows it."""
    return outlook(city) if day >= city.facts.newest else None


def _outlook(city: City) -> Outlook | None:
    try:
        pathway = load(city)
    except Refused:
        return None
    draws = DRAWS if pathway.uncertainty.distributions else 0
    found = project(pathway, draws=draws, seed=SEED)
    targets = {
        each.target: TargetOutlook(each.target, each.value, each.low, each.high, each.probability, each.met)
        for each in found.targets
    }
    labels = pathway.settings.boundaries
    return Outlook(
        scenario=found.scenario.id,
        label=found.scenario.label,
        hash=found.scenario.hash,
        draws=draws,
        seed=SEED,
        targets=targets,
        peaks=tuple(_peak(found, each.id, each.label, each.missing) for each in labels),
    )


def _peak(found: Projection, id: str, label: Label, missing: Label | None) -> PeakOutlook:
    peak = found.boundaries[id].peak
    assert peak is not None  # noqa: S101 - every boundary has one
    return PeakOutlook(id, label, missing, peak.year, peak.value, peak.before, peak.p_before, peak.p_confirmed)


def will_be_met(found: TargetOutlook) -> bool:
    """Tell what the scenario says: by its draws where there are any, else by its line."""
    return found.met if found.probability is None else found.probability >= LIKELY


def disagrees(found: TargetOutlook | None, result: TargetResult) -> bool:
    """Tell whether scenario and drift both speak of a target and one says met, the other not."""
    drift = result.projection
    if found is None or drift is None:
        return False
    return will_be_met(found) != (drift.probability >= LIKELY)


_outlooks = Once(_outlook)
