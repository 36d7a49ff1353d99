"""Scenarios: what each lever is set to, as data. A scenario has a hash: that of the pack and of its overlays."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import math
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from pydantic import Field, field_validator

from dafeng.errors import Collector, NotFound, Refused, RequestFaults, suggestion
from dafeng.labels import Label
from dafeng.pathway.declared import Declared
from dafeng.pathway.lever import Lever, schedule_faults
from dafeng.pathway.schedule import Schedule, Shape
from dafeng.store import yamlfile
from dafeng.store.yamlfile import YamlFile

#: What a lever is set to: its value, and the schedule by which it comes to it.
SetTo: TypeAlias = tuple[float, Schedule]
#: Changes when saved scenarios are read in another way.
FORMAT = 1


class Setting(Declared):
    """What one lever is set to; what is left out of the schedule is that of the lever."""

    to: float
    start: int | None = None
    end: int | None = None
    shape: Shape | None = None

    def schedule(self, lever: Lever) -> Schedule:
        """Give the schedule: the lever's, with what the setting says."""
        said = {name: value for name in ("start", "end", "shape") if (value := getattr(self, name)) is not None}
        return lever.schedule.model_copy(update=said)


class ScenarioFile(Declared):
    """The content of one file below scenarios/."""

    label: Label
    note: Label | None = None
    based_on: str = ""
    """Scenario whose settings stand where this one has none."""
    delay: int = 0
    """Years by which the measures of the scenario it is based on come later; below 0 earlier."""
    set: dict[str, Setting] = Field(default_factory=dict)

    @field_validator("set", mode="before")
    @classmethod
    def _short(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        return {key: {"to": value} if isinstance(value, int | float) else value for key, value in given.items()}


@dataclass(frozen=True)
class Scenario:
    """One scenario with everything it is based on resolved: a value and a schedule for each lever it moves."""

    id: str
    label: Label
    pack: str
    settings: Mapping[str, SetTo] = field(default_factory=dict)
    note: Label | None = None
    local: Mapping[str, SetTo] = field(default_factory=dict)
    """What is set for places: by "lever@place", or by the id of a lever that is the delivery of all places."""

    @property
    def hash(self) -> str:
        """Give the name of exactly these numbers: a digest of the pack's version and the overlays."""
        said = json.dumps([FORMAT, self.pack, _plain(self.every)], sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    @property
    def every(self) -> dict[str, SetTo]:
        """Give the settings of the city and of its places."""
        return {**self.settings, **self.local}

    def document(self) -> dict[str, Any]:
        """Give the scenario as data that can be kept; `restored` reads it again."""
        return {
            "format": FORMAT,
            "pack": self.pack,
            "hash": self.hash,
            "id": self.id,
            "label": self.label.model_dump(),
            "settings": _plain(self.every),
        }

    @property
    def token(self) -> str:
        """Give the scenario as letters that may stand in an address."""
        packed = zlib.compress(json.dumps(self.document(), ensure_ascii=False, separators=(",", ":")).encode(), 9)
        return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def lever_of(key: str) -> str:
    """Give the lever of a setting: "pv-capacity" of "pv-capacity", "retrofit-area" of "retrofit-area@pudong"."""
    return key.partition("@")[0]


def parted(settings: Mapping[str, SetTo], levers: Mapping[str, Lever]) -> tuple[dict[str, SetTo], dict[str, SetTo]]:
    """Part settings into those of the whole city and those of places."""
    local = {id for id in settings if "@" in id or levers[id].kind == "delivery"}
    return {id: s for id, s in settings.items() if id not in local}, {id: settings[id] for id in local}


def _plain(settings: Mapping[str, SetTo]) -> dict[str, list[Any]]:
    return {id: [value, plan.start, plan.end, plan.shape] for id, (value, plan) in sorted(settings.items())}


def read(
    folder: Path, levers: Mapping[str, Lever], years: tuple[int, ...], pack: str, faults: Collector
) -> dict[str, Scenario]:
    """Read every scenario below `folder`/scenarios; every fault of every file is noted with its line."""
    files: dict[str, tuple[YamlFile, ScenarioFile]] = {}
    for path in sorted((folder / "scenarios").glob("*.yaml")):
        file = yamlfile.read(path, faults)
        content = yamlfile.parse(ScenarioFile, file, faults) if file else None
        if file is not None and content is not None:
            files[path.stem] = (file, content)
    found: dict[str, Scenario] = {}
    for id, (file, content) in files.items():
        settings = _resolved(id, files, levers, faults, ())
        for fault in setting_faults(settings, levers, years):
            lever = fault[0]
            place = file.place("set", lever) if lever in content.set else file.place("based_on")
            faults.add(fault[1], place, *fault[2:])
        whole, local = parted(settings, levers)
        found[id] = Scenario(id, content.label, pack, whole, content.note, local)
    return found


def _resolved(
    id: str,
    files: Mapping[str, tuple[YamlFile, ScenarioFile]],
    levers: Mapping[str, Lever],
    faults: Collector,
    seen: tuple[str, ...],
) -> dict[str, SetTo]:
    file, content = files[id]
    settings: dict[str, SetTo] = {}
    base = content.based_on
    if base in (*seen, id):
        faults.add("cycle", file.place("based_on"), f"the scenario '{id}' is based on itself", "Base it on another")
    elif base and base not in files:
        faults.add(
            "unknown-scenario",
            file.place("based_on"),
            f"no scenario is called '{base}'",
            suggestion(base, files, f"The scenarios are {', '.join(files)}"),
        )
    elif base:
        settings = _resolved(base, files, levers, faults, (*seen, id))
        if content.delay:
            settings = {
                name: (value, plan.moved(content.delay) if levers[lever_of(name)].kind == "measure" else plan)
                for name, (value, plan) in settings.items()
            }
    for name, setting in content.set.items():
        lever = levers.get(lever_of(name))
        if lever is None:
            faults.add(
                "unknown-lever",
                file.place("set", name),
                f"no lever is called '{name}'",
                suggestion(lever_of(name), levers, "Name a lever of levers/"),
            )
        elif lever.works:
            settings[name] = (setting.to, setting.schedule(lever))
        else:
            faults.add(
                "waiting",
                file.place("set", name),
                f"the lever '{name}' does not work yet: it waits for {lever.waiting}",
                "Leave it out",
            )
    return settings


def setting_faults(
    settings: Mapping[str, SetTo], levers: Mapping[str, Lever], years: tuple[int, ...]
) -> list[tuple[str, str, str, str]]:
    """List what is wrong with settings: lever, code, message, remedy."""
    found: list[tuple[str, str, str, str]] = []
    for id, (value, schedule) in settings.items():
        lever = levers[lever_of(id)]
        # The range of a place is that of its part of the city; it is checked where the parts are known.
        low, high = lever.range if "@" not in id else (-math.inf, math.inf)
        if not math.isfinite(value):
            found.append((id, "not-a-number", f"lever '{id}': {value} is not a number", "Give a number"))
        elif not low <= value <= high:
            unit = f" {lever.unit}" if lever.unit else ""
            found.append(
                (
                    id,
                    "out-of-range",
                    f"lever '{id}': {value:g}{unit} is outside its range {low:g} to {high:g}{unit}",
                    "Set it inside the range",
                )
            )
        found += [(id, *fault) for fault in schedule_faults(id, schedule, years)]
    return found


def changed(
    scenario: Scenario,
    given: Mapping[str, float | Setting],
    levers: Mapping[str, Lever],
    years: tuple[int, ...],
) -> Scenario:
    """Give the scenario with other settings. A number keeps the schedule that stands.

    Raises:
        RequestFaults: every unknown or waiting lever, value outside its range and schedule that cannot be.
    """
    faults = Collector("settings")
    settings = scenario.every
    for id, wish in given.items():
        lever = levers.get(lever_of(id))
        if lever is None:
            faults.add(
                "unknown-lever",
                id,
                f"no lever is called '{lever_of(id)}'",
                suggestion(lever_of(id), levers, "'dafeng levers' lists them"),
            )
        elif not lever.works:
            faults.add(
                "waiting", id, f"the lever '{id}' does not work yet: it waits for {lever.waiting}", "Leave it out"
            )
        elif isinstance(wish, Setting):
            settings[id] = (wish.to, wish.schedule(lever))
        else:
            stands = settings.get(id) or settings.get(lever_of(id))
            settings[id] = (float(wish), stands[1] if stands else lever.schedule)
    for id, code, message, remedy in setting_faults({k: settings[k] for k in given if k in settings}, levers, years):
        faults.add(code, id, message, remedy)
    if faults.faults:
        raise RequestFaults(faults.faults, faults.subject)
    if not given:
        return scenario
    whole, local = parted(settings, levers)
    return Scenario(scenario.id, scenario.label, scenario.pack, whole, scenario.note, local)


def restored(kept: Mapping[str, Any] | str, pack: str, levers: Mapping[str, Lever], years: tuple[int, ...]) -> Scenario:
    """Read a scenario that was kept, as data or as the letters of an address.

    Raises:
        Refused: it is none, or was made with another version of the pack.
        RequestFaults: its settings have faults.
    """
    document = _unpacked(kept) if isinstance(kept, str) else kept
    if document.get("format") != FORMAT or not isinstance(document.get("settings"), Mapping):
        raise Refused("scenario: the data are not a kept scenario. Take the token that 'dafeng project --json' prints.")
    if document.get("pack") != pack:
        raise Refused(
            f"scenario '{document.get('id', '')}': it was made with pack version {document.get('pack')}, "
            f"this is {pack}. Set its levers again, or load that version of the pack."
        )
    try:
        settings = {
            str(id): Setting(to=value, start=start, end=end, shape=shape)
            for id, (value, start, end, shape) in document["settings"].items()
        }
        label = Label.model_validate(document["label"])
    except (TypeError, ValueError, KeyError) as error:
        raise Refused("scenario: its settings are not [value, start, end, shape]. Keep it again.") from error
    empty = Scenario(str(document.get("id", "kept")), label, pack)
    found = changed(empty, settings, levers, years)
    if found.hash != document.get("hash"):
        raise Refused(
            f"scenario '{found.id}': its hash is {document.get('hash')}, its settings give {found.hash}. "
            "It was edited by hand; keep it again."
        )
    return found


def _unpacked(token: str) -> Mapping[str, Any]:
    try:
        packed = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        unpacker = zlib.decompressobj()
        # A scenario of all levers is a few thousand letters; more is not one, and is not unpacked.
        data = json.loads(unpacker.decompress(packed, 1_000_000))
    except (binascii.Error, zlib.error, ValueError) as error:
        raise Refused("scenario: the letters are not a kept scenario. Copy the whole address.") from error
    return data if isinstance(data, dict) else {}


def one(scenarios: Mapping[str, Scenario], id: str) -> Scenario:
    """Find a scenario by id.

    Raises:
        NotFound: with the nearest ids.
    """
    if id not in scenarios:
        raise NotFound("scenario", id, scenarios)
    return scenarios[id]
