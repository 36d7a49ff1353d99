"""Answers a pack brings, and whether they still hold; the answer of all hours that a preview is measured by.

`power/answer.json` is the one that pages show first; further ones are called `answer-NAME.json`. Beside each its hours
may lie, packed (`hours-answer-NAME-YEAR.json`).
"""

from __future__ import annotations

import json
from collections import OrderedDict
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from dafeng.dispatch import compact, imported, kept, records
from dafeng.dispatch.certificate import TRUSTED
from dafeng.dispatch.coupling import read_of
from dafeng.dispatch.jobs import name_of
from dafeng.dispatch.pack import FOLDER, answers_of, spec_of
from dafeng.dispatch.run import Question
from dafeng.errors import DafengError
from dafeng.pathway import load as load_pathway

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dafeng.city import City
    from dafeng.dispatch.answer import Answer
    from dafeng.dispatch.spec import Spec

#: Name of a pack's first answer, and what further ones and packed hours begin with.
FIRST, FURTHER, HOURS = "answer", "answer-", "hours-"
#: Keys reckoned at most; each takes the reading of a spec.
_HELD = 24


@dataclass(frozen=True, slots=True)
class Shipped:
    """One certified answer of a pack. `fresh`: the pack and the series are still those it was calculated with.

    `hours` is what the files of its hours are called, without their year.
    """

    name: str
    record: Mapping[str, Any]
    fresh: bool
    hours: Path | None
    made: float


def certified(record: Mapping[str, Any]) -> bool:
    """Tell whether the certificate of a record proves it."""
    proof = record.get("certificate", {})
    ranges = [span.get("certificate", {}) for span in record.get("alternatives", ())]
    return record.get("status") == "optimal" and all(
        0 <= each.get("violation", 1) <= TRUSTED and abs(each.get("gap", 1)) <= TRUSTED for each in (proof, *ranges)
    )


def shipped(city: City, database: str | None = None) -> list[Shipped]:
    """List the certified answers a pack brings, the first one first; with series of a user none of them is fresh."""
    brought = imported.folder(database or "", city.id)
    own = brought.is_dir() and any(brought.glob("*.csv"))
    out = []
    for path in _files(city):
        try:
            record, made = _read(path)
        except (OSError, ValueError):
            continue
        if not certified(record):
            continue
        hours = path.with_name(f"{HOURS}{path.stem}")
        fresh = not own and record["key"] == _key(city, record)
        out.append(Shipped(path.stem, record, fresh, hours if compact.files(hours) else None, made))
    return out


def write(path: Path, record: Mapping[str, Any], spec: Spec, answer: Answer) -> None:
    """Write the packed hours of an answer, then its record to PATH.json; each file is there whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    hours = path.with_name(f"{HOURS}{path.name}")
    for old in compact.files(hours):
        old.unlink()
    texts = {f"{hours.name}-{year}.json": text for year, text in compact.packed(record["key"], spec, answer).items()}
    texts[f"{path.name}.json"] = json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    for name, text in texts.items():
        kept.write(path.with_name(name), text)
        path.with_name(name).chmod(0o644)


def _files(city: City) -> Iterator[Path]:
    folder = Path(city.folder) / FOLDER
    if (folder / f"{FIRST}.json").is_file():
        yield folder / f"{FIRST}.json"
    yield from sorted(folder.glob(f"{FURTHER}*.json"))


def _read(path: Path) -> tuple[dict[str, Any], float]:
    made = path.stat().st_mtime
    with _lock:
        if path in _records and _records[path][1] == made:
            return _records[path]
    record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    with _lock:
        _records[path] = record, made
        while len(_records) > _HELD:
            _records.popitem(last=False)
    return record, made


_records: OrderedDict[Path, tuple[dict[str, Any], float]] = OrderedDict()
_keys: OrderedDict[tuple[Any, ...], str] = OrderedDict()
_lock = Lock()


def _key(city: City, record: Mapping[str, Any]) -> str:
    """Give the name that the question of a record has by the pack as it is now."""
    asked = question(record)
    coupled = "coupling" in record
    mark = (str(city.folder), city.version, record["key"])
    with _lock:
        if mark in _keys:
            return _keys[mark]
    found = ""
    # The day of the peak may be one more than were asked for, and an error may have been measured or found.
    for days in {asked.days, max(asked.days - 1, 0)}:
        for measure in {False, bool(record.get("error"))}:
            made = _reckoned(city, replace(asked, days=days, measure=measure), coupled)
            found = made if made == record["key"] else found
    with _lock:
        _keys[mark] = found
        while len(_keys) > _HELD:
            _keys.popitem(last=False)
    return found


def question(record: Mapping[str, Any]) -> Question:
    """Give the question that a record of a pack answers."""
    spans = record.get("alternatives", ())
    return Question(
        years=tuple(record["years"]),
        scenario=record["scenario"],
        step=int(record["step"]),
        cuts=tuple(sorted(point["cut"] for point in record.get("abatement", ()))),
        days=record["days"],
        within=tuple(sorted({span["within"] for span in spans})),
    )


def _reckoned(city: City, asked: Question, coupled: bool) -> str:
    try:
        spec, series = spec_of(city, asked.years, asked.scenario)
        more: dict[str, Any] = {"days": asked.days}
        if coupled:
            state = load_pathway(city).state(asked.scenario)
            more["couple"] = read_of(state, answers_of(city), spec.periods)
        else:
            more |= {"within": asked.within, "measure": asked.measure}
    except DafengError:
        return ""
    return kept.key(records.cited(spec), series, "staged", asked.step, asked.scenario, asked.cuts, **more)


def whole_of(city: City, folder: Path, brought: Path, asked: Mapping[str, Any]) -> dict[str, Any] | None:
    """Find the answer of all hours to the question of a preview, among jobs and what the pack brings.

    `folder` holds the jobs, `brought` the series of a user. Only answers of the present data count.
    """
    for path in sorted(folder.glob("*.job")):
        found = folder / f"{path.stem}.json"
        try:
            other = json.loads(path.read_text(encoding="utf-8"))
            question = {name: value for name, value in other.items() if name not in ("city", "database")}
            if not _whole(question, asked) or path.stem != name_of(question, city.version, brought):
                continue
            record: dict[str, Any] = json.loads(found.read_text(encoding="utf-8"))
        except (OSError, ValueError, KeyError):
            continue
        if certified(record):
            return record
    for one in shipped(city):
        plain = not (brought.is_dir() and any(brought.glob("*.csv")))
        if plain and one.fresh and same_question(one.record, asked["years"], asked["scenario"]):
            return dict(one.record)
    return None


def _whole(other: Mapping[str, Any], asked: Mapping[str, Any]) -> bool:
    same = all(other[name] == asked[name] for name in ("years", "scenario"))
    return same and other["step"] == 1 and not other.get("days") and not other.get("couple")


def same_question(record: Mapping[str, Any], years: list[int], scenario: str) -> bool:
    """Tell whether a record has all hours of these years and this scenario, and is not coupled."""
    plain = not record["preview"] and "coupling" not in record
    return plain and record["scenario"] == scenario and list(record["years"]) == list(years)
