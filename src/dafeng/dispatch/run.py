"""One question asked of the power model, by the command line, the API or a page: read, solve, judge, keep."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from dafeng.dispatch import kept, records
from dafeng.dispatch.abatement import curve
from dafeng.dispatch.alternatives import may_vary, ranges
from dafeng.dispatch.observed import Comparison, compared
from dafeng.dispatch.pack import answers_of, spec_of
from dafeng.dispatch.read import read_spec
from dafeng.dispatch.reduce import clock_of, errors
from dafeng.dispatch.solve import Backend, dispatch
from dafeng.dispatch.verdicts import TargetVerdict, verdicts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dafeng.city import City
    from dafeng.dispatch.answer import Answer
    from dafeng.dispatch.spec import Spec
    from dafeng.dispatch.stage import Floats

Step = Literal[1, 2, 3]


@dataclass(frozen=True)
class Question:
    """What is asked: the power system of a city, or that of a file."""

    years: tuple[int, ...] = ()
    scenario: str = ""
    backend: Backend = "staged"
    step: int = 1
    spec: Path | None = None
    cuts: tuple[float, ...] = ()
    """Parts by which CO2 is to fall, for the curve of abatement."""
    days: int = 0
    """Typical days that stand for the year."""
    measure: bool = False
    """Solve all hours too, and say how far a preview lies from them."""
    within: tuple[float, ...] = ()
    """Parts of the cost within which the range of each capacity is asked."""
    vary: tuple[str, ...] = ()
    """Entries whose range is asked; all by default."""
    given: Mapping[str, Floats] = field(default_factory=dict)
    """Series a user brought, by profile."""


@dataclass(frozen=True, slots=True)
class Leg:
    """One part of the work on a question: least | cut | range | whole | round; `number` of `of`, from 0."""

    what: str
    number: int
    of: int
    name: str = ""
    """Part of CO2 that is cut, or entry whose range is sought."""

    def as_dict(self) -> dict[str, Any]:
        """Give it as data."""
        return {"what": self.what, "number": self.number, "of": self.of, "name": self.name}


@dataclass(frozen=True)
class Found:
    """The record of an answer; the answer itself where it was solved now and not found among those kept."""

    record: dict[str, Any]
    spec: Spec
    answer: Answer | None


def ask(
    city: City | None,
    question: Question,
    keep: Path | None = None,
    progress: Callable[[int, float, float], bool] | None = None,
    begun: Callable[[Leg], None] | None = None,
) -> Found:
    """Answer a question, or find its answer in the folder `keep`; an answer found now is kept there.

    `begun` is told of each part of the work before it begins.

    Raises:
        NotFound: no such file, city or scenario.
        FaultsFound: all that is wrong with the spec.
        Refused: no certified answer.
        Cancelled: `progress` asked to stop; nothing is kept.
    """
    if question.spec is not None:
        spec, series = read_spec(question.spec, question.years, given=question.given)
    else:
        assert city is not None  # noqa: S101 - the caller names a file or a city
        spec, series = spec_of(city, question.years, question.scenario, question.given)
    cited = records.cited(spec)
    name = kept.key(cited, series, question.backend, question.step, question.scenario, question.cuts, **_more(question))
    if keep is not None:
        before = kept.find(keep, name)
        if before is not None:
            return Found(before, spec, None)
    clock = clock_of(spec, series, question.step, question.days)
    tell = _teller(question, spec, begun)
    tell("least", 0)
    answer = dispatch(spec, series, question.backend, clock, progress)
    judged: tuple[TargetVerdict, ...] = ()
    beside: tuple[Comparison, ...] = ()
    if question.spec is None and city is not None:
        asked = answers_of(city)
        judged = verdicts(city, spec, answer, asked)
        beside = () if question.scenario else compared(city, answer, asked)
    found = {"key": name, **records.record(spec, answer, judged, question.scenario, question.given, beside)}
    if question.cuts:
        found["abatement"] = curve(
            spec, series, answer, question.cuts, question.backend, clock, progress,
            lambda cut, number: tell("cut", 1 + number, f"{cut:g}"),
        )  # fmt: skip
    if question.within:
        before_ranges = 1 + len(question.cuts)
        spans = ranges(
            spec, series, question.within, question.vary, None, question.backend, clock, progress,
            lambda name, number, of: tell("range", before_ranges + number, name),
        )  # fmt: skip
        found["alternatives"] = [span.as_dict() for span in spans]
    if found["preview"]:
        found["error"] = None
        if question.measure:
            tell("whole", _legs(question, spec) - 1)
            whole = replace(question, step=1, days=0, measure=False, within=(), vary=(), cuts=())
            found["error"] = errors(found, ask(city, whole, keep, progress).record)
        elif keep is not None:
            whole_name = kept.key(cited, series, question.backend, 1, question.scenario)
            known = kept.find(keep, whole_name)
            found["error"] = errors(found, known) if known else None
    if keep is not None:
        kept.keep(keep, name, found, spec, answer)
    return Found(found, spec, answer)


def _legs(question: Question, spec: Spec) -> int:
    ranged = len(question.vary or may_vary(spec)) if question.within else 0
    return 1 + len(question.cuts) + ranged + question.measure


def _teller(question: Question, spec: Spec, begun: Callable[[Leg], None] | None) -> Callable[..., None]:
    of = _legs(question, spec)

    def tell(what: str, number: int, name: str = "") -> None:
        if begun is not None:
            begun(Leg(what, number, of, name))

    return tell


def _more(question: Question) -> dict[str, Any]:
    return {name: getattr(question, name) for name in ("days", "measure", "within", "vary")}
