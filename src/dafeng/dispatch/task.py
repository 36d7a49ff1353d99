"""What a job is asked, as data that API and pages name alike, and how far its parts have come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dafeng.dispatch.jobs import way
from dafeng.dispatch.run import Question
from dafeng.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dafeng.dispatch.run import Leg
    from dafeng.dispatch.stage import Floats


def asked_of(
    years: Sequence[int] = (),
    scenario: str = "",
    backend: str = "staged",
    step: int = 3,
    cuts: Sequence[float] = (),
    *,
    days: int = 0,
    measure: bool = False,
    within: Sequence[float] = (),
    vary: Sequence[str] = (),
    couple: bool = False,
) -> dict[str, Any]:
    """Give a question as a job keeps it; what is not asked is not named, so that old names still hold.

    Raises:
        Refused: parts of the question do not go together.
    """
    if days and step != 1:
        raise Refused("days: typical days have steps of one hour. Leave step out, or ask for no days.")
    if days == 1:
        raise Refused("days: one day cannot stand for a year. Ask for 2 or more.")
    if couple and not scenario:
        raise Refused("couple: name the scenario that the hourly model belongs to.")
    if couple and (cuts or within or measure):
        raise Refused("couple: it stands alone. Leave cuts, within and measure out.")
    if vary and not within:
        raise Refused("vary: ask for parts of the cost as well, such as within 0.01, 0.03, 0.05.")
    more = {
        "days": days,
        "measure": measure and (step > 1 or days > 0),
        "within": sorted(set(within)),
        "vary": list(dict.fromkeys(vary)),
        "couple": couple,
    }
    asked = {"years": list(years), "scenario": scenario, "backend": backend, "step": step, "cuts": list(cuts)}
    return asked | {name: value for name, value in more.items() if value}


def question_of(asked: Mapping[str, Any], given: Mapping[str, Floats]) -> Question:
    """Give the question that a job was asked, with the series a user brought."""
    return Question(
        years=tuple(asked["years"]),
        scenario=asked["scenario"],
        backend=asked["backend"],
        step=asked["step"],
        cuts=tuple(asked["cuts"]),
        days=asked.get("days", 0),
        measure=asked.get("measure", False),
        within=tuple(asked.get("within", ())),
        vary=tuple(asked.get("vary", ())),
        given=given,
    )


@dataclass
class Watch:
    """How far a job has come: the leg it is at, and the part of all legs that lies behind it. It never goes back."""

    leg: Leg | None = None
    furthest: float = 0.0

    def begun(self, leg: Leg) -> None:
        """Note that a leg begins."""
        self.leg = leg
        self._at(0.0)

    def note(self, iteration: int, gap: float) -> dict[str, Any]:
        """Give what is known at an iteration: leg, progress."""
        # The ends of a range take several solves: only whole ranges count.
        self._at(0.0 if self.leg and self.leg.what == "range" else way(gap))
        leg = None if self.leg is None else self.leg.as_dict()
        return {"iteration": iteration, "gap": gap, "progress": self.furthest, "leg": leg}

    def _at(self, inside: float) -> None:
        number, of = (self.leg.number, self.leg.of) if self.leg else (0, 1)
        self.furthest = max(self.furthest, min((number + inside) / max(of, 1), 1.0))
