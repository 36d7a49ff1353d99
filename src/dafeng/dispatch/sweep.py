"""Many answers of one power system: scenarios and figures that are varied, solved side by side and kept by content.

A point that was solved before is found and not solved again, so a sweep that was stopped goes on where it ended.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from dafeng.city import load
from dafeng.dispatch import kept, records
from dafeng.dispatch.check import check
from dafeng.dispatch.figure import Figure
from dafeng.dispatch.pack import AnswersFile, answers_of, spec_of
from dafeng.dispatch.parallel import Kind, mapped, stopped
from dafeng.dispatch.read import read_spec
from dafeng.dispatch.reduce import clock_of
from dafeng.dispatch.solve import Backend, dispatch
from dafeng.dispatch.spec import Source, Spec
from dafeng.dispatch.verdicts import TargetVerdict, verdicts
from dafeng.errors import Collector, NotFound, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from dafeng.city import City
    from dafeng.dispatch.stage import Floats

#: Source of the figures that a sweep sets.
SOURCE = "sweep"
#: Most points of one sweep.
MOST = 100_000


@dataclass(frozen=True)
class Point:
    """One system to be solved; `settings` is what the sweep set in it. `city` is the folder of its pack, if any."""

    scenario: str
    settings: Mapping[str, str]
    spec: Spec
    series: Mapping[str, Floats]
    backend: Backend = "staged"
    step: int = 1
    days: int = 0
    city: str = ""
    given: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Name by content."""
        return kept.key(
            records.cited(self.spec), self.series, self.backend, self.step, self.scenario,
            days=self.days, sweep=dict(self.settings) or True, city=Path(self.city).name,
        )  # fmt: skip


@dataclass(frozen=True)
class Done:
    """One point with its record, or why there is none; `found` where it was kept before."""

    point: Point
    record: dict[str, Any] | None
    error: str = ""
    found: bool = False


def points(
    city: City | None,
    years: Sequence[int] = (),
    scenarios: Sequence[str] = (),
    varied: Mapping[str, Sequence[str]] | None = None,
    spec: Path | None = None,
    given: Mapping[str, Floats] | None = None,
    backend: Backend = "staged",
    step: int = 1,
    days: int = 0,
) -> list[Point]:
    """Give every combination of scenarios and values; each spec is checked before any is solved.

    `varied` maps a path in the spec, such as carriers.gas.price, to values in the unit that stands there (80), or to
    factors of what stands there (x1.2).

    Raises:
        NotFound: no scenario or no path has the name.
        Refused: a value is no number, or there are too many points.
        FaultsFound: a value makes the spec faulty.
    """
    varied = varied or {}
    count = max(len(scenarios), 1)
    for values in varied.values():
        count *= len(values)
    if count > MOST:
        raise Refused(f"sweep: {count:,} points (expected at most {MOST:,}). Vary fewer figures at once.")
    out = []
    for scenario in scenarios or [""]:
        if spec is not None:
            base, series = read_spec(spec, years, given=given)
        else:
            assert city is not None  # noqa: S101 - the caller names a file or a city
            base, series = spec_of(city, years, scenario, given)
        for values in product(*varied.values()):
            settings = dict(zip(varied, values, strict=True))
            made = base
            for path, value in settings.items():
                made = with_value(made, path, value)
            if settings:
                faults = Collector(", ".join(f"{path}={value}" for path, value in settings.items()))
                check(made, series, faults)
                faults.done()
            folder = str(city.folder) if city is not None and spec is None else ""
            out.append(Point(scenario, settings, made, series, backend, step, days, folder, tuple(sorted(given or ()))))
    return out


def with_value(spec: Spec, path: str, value: str) -> Spec:
    """Give a spec with another figure at a path of names, such as technologies.pv.capital.

    Raises:
        NotFound: nothing has the path.
        Refused: the value is no number, or what stands there is none.
    """
    try:
        number = float(value.removeprefix("x"))
    except ValueError:
        raise Refused(f"{path}={value}: no number. Write 80, or x1.2 for 1.2 times what stands there.") from None
    made = _put(spec, path.split("."), path, number, value.startswith("x"))
    assert isinstance(made, Spec)  # noqa: S101 - the copy of a spec
    source = Source(title="Values of a sweep", kind="assumption")
    return made.model_copy(update={"sources": {**made.sources, SOURCE: source}})


def _put(holder: Any, keys: list[str], path: str, number: float, times: bool) -> Any:
    if not keys:
        return _changed(holder, path, number, times)
    key, rest = keys[0], keys[1:]
    if isinstance(holder, dict) and key in holder:
        return {**holder, key: _put(holder[key], rest, path, number, times)}
    if isinstance(holder, BaseModel) and not isinstance(holder, Figure) and key in type(holder).model_fields:
        return holder.model_copy(update={key: _put(getattr(holder, key), rest, path, number, times)})
    known: list[str] = []
    if isinstance(holder, dict):
        known = list(holder)
    elif isinstance(holder, BaseModel) and not isinstance(holder, Figure):
        known = list(type(holder).model_fields)
    raise NotFound(f"figure at '{path}'; unknown part", key, known)


def _changed(held: Any, path: str, number: float, times: bool) -> Any:
    if isinstance(held, Figure):
        if not times:
            return held.model_copy(update={"value": number, "source": SOURCE})
        by_year = held.value
        scaled: Any = {y: v * number for y, v in by_year.items()} if isinstance(by_year, dict) else by_year * number
        return held.model_copy(update={"value": scaled, "source": SOURCE})
    if isinstance(held, int | float) and not isinstance(held, bool):
        return held * number if times else number
    said = "nothing" if held is None else type(held).__name__
    raise Refused(f"{path}: what stands there is no figure ({said}). Name a figure that the spec states.")


def solve(point: Point) -> dict[str, Any]:
    """Solve one point, in whatever process: its record, with the targets that hold."""
    clock = clock_of(point.spec, point.series, point.step, point.days)
    answer = dispatch(point.spec, point.series, point.backend, clock, lambda iteration, gap, infeasible: not stopped())
    judged: tuple[TargetVerdict, ...] = ()
    if point.city:
        city, asked = _city(point.city)
        judged = verdicts(city, point.spec, answer, asked)
    record = records.record(point.spec, answer, judged, point.scenario, point.given)
    return {"key": point.key, "settings": dict(point.settings), **record}


@lru_cache(maxsize=2)
def _city(folder: str) -> tuple[City, AnswersFile]:
    city = load(Path(folder))
    return city, answers_of(city)


def sweep(
    wanted: Sequence[Point],
    folder: Path,
    kind: Kind = "processes",
    workers: int = 0,
    address: str = "",
    stop: Callable[[], bool] | None = None,
) -> Iterator[Done]:
    """Give every point when it is there: first those that are kept, then the others as they are solved and kept.

    A point that cannot be solved is given with the reason, and is tried again the next time.
    """
    folder.mkdir(parents=True, exist_ok=True)
    left: list[Point] = []
    seen: set[str] = set()
    for point in wanted:
        before = kept.find(folder, point.key)
        if before is not None:
            yield Done(point, before, found=True)
        elif point.key not in seen:
            seen.add(point.key)
            left.append(point)
    if not left:
        return
    for outcome in mapped(solve, left, kind, min(workers, len(left)) if workers else 0, address, stop):
        point = left[outcome.index]
        if outcome.value is not None:
            kept.keep_record(folder, point.key, outcome.value)
        yield Done(point, outcome.value, outcome.error)


def summary(done: Done) -> dict[str, Any]:
    """Give the figures of one point by which a sweep is compared."""
    row: dict[str, Any] = {
        "scenario": done.point.scenario, "settings": dict(done.point.settings), "key": done.point.key,
        "found": done.found, "error": done.error,
    }  # fmt: skip
    record = done.record
    if record is None:
        return row
    years = [str(year) for year in record["years"]]
    return {
        **row,
        "certificate": record["certificate"],
        "preview": record["preview"],
        "objective": record["objective"],
        "currency": record["currency"],
        "emissions": {year: record["emissions"][year]["total"] for year in years},
        "factor": {year: record["emissions"][year]["factor"] for year in years},
        "renewable_share": {year: record["balance"][year]["renewable_share"] for year in years},
        "cost": {year: record["costs"][year]["average"] for year in years},
        "lost": {year: record["adequacy"][year]["lost"] for year in years},
        "missed": [target["target"] for target in record["targets"] if target["verdict"] == "misses"],
        "seconds": sum(record["seconds"].values()),
    }
