"""Reading the plan files of a city pack: every fault with its line, all of them at once."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from dafeng.errors import Collector
from dafeng.plan.check import check
from dafeng.plan.organisation import OrganisationsFile
from dafeng.plan.place import PlacesFile
from dafeng.plan.plans import Origin, Plans
from dafeng.plan.schema import EvidenceFile, Plan
from dafeng.store import yamlfile

T = TypeVar("T", bound=BaseModel)
_Kept = dict[str, tuple[int, ...]]


def load(folder: Path) -> Plans:
    """Read and check the plan files of a city pack.

    Raises:
        FaultsFound: with every fault of every file.
    """
    faults = Collector(folder.name)
    plans = read(folder, faults)
    faults.done()
    return plans


def read(folder: Path, faults: Collector) -> Plans:
    """Read the plan files of a city pack and note every fault; give what could be read.

    plan.yaml and plan-….yaml are the versions; organisations.yaml and places.yaml must be there, evidence.yaml may be.
    Parts that could not be read are left out, and nothing is said of names that only they would declare.
    """
    origins: dict[str, Origin] = {}
    versions: list[Plan] = []
    complete = True
    paths = sorted(folder.glob("plan-*.yaml"))
    for path in (folder / "plan.yaml", *paths):
        plan, origin = read_file(Plan, path, faults)
        if plan is None:
            complete = False
            continue
        if plan.id in origins:
            message = f"the plan id '{plan.id}' is taken (first in {origins[plan.id].name})"
            faults.add("duplicate-id", origin.head("id"), message, "Give each plan its own id")
            continue
        origins[plan.id] = origin
        versions.append(plan)
    organisations, origins["organisations"] = read_file(OrganisationsFile, folder / "organisations.yaml", faults)
    places, origins["places"] = read_file(PlacesFile, folder / "places.yaml", faults)
    notes = None
    if (folder / "evidence.yaml").exists():
        notes, origins["evidence"] = read_file(EvidenceFile, folder / "evidence.yaml", faults)
    plans = Plans(
        plans=tuple(sorted(versions, key=lambda plan: plan.issued)),
        organisations=organisations.organisations if organisations else (),
        places=places.places if places else (),
        notes=notes.notes if notes else (),
        origins=origins,
    )
    check(plans, faults, complete=complete)
    return plans


def read_file(model: type[T], path: Path, faults: Collector) -> tuple[T | None, Origin]:
    """Read one file as a model whose lists hold parts with an id; note faults, leave out the parts that have any."""
    file = yamlfile.read(path, faults)
    if file is None:
        return None, Origin(path.name)
    if not isinstance(file.data, dict):
        faults.add("not-a-mapping", file.place(), "the file is not a mapping of fields", "Write it as 'field: value'")
        return None, Origin(path.name, file)
    lists = {key: value for key, value in file.data.items() if isinstance(value, list)}
    declared = {key: frozenset(str(item["id"]) for item in value if _has_id(item)) for key, value in lists.items()}
    kept = {key: tuple(range(len(value))) for key, value in lists.items()}
    whole = yamlfile.parse(model, file, faults)
    if whole is None:
        data = deepcopy(file.data)
        kept = _prune(model, data, kept)
        try:
            whole = model.model_validate(data)
        except ValidationError:
            return None, Origin(path.name, file, {}, declared)
    return whole, Origin(path.name, file, kept, declared)


def dump(part: BaseModel) -> str:
    """Write a plan or another file model as YAML that reads back as the same model; defaults are left out."""
    data = part.model_dump(mode="json", exclude_defaults=True)
    return str(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=120))


def _has_id(item: Any) -> bool:
    return isinstance(item, dict) and "id" in item


def _prune(model: type[BaseModel], data: dict[Any, Any], kept: _Kept) -> _Kept:
    """Take out of `data` what the model refuses: unknown fields, and parts of lists with a fault. Give what is left."""
    try:
        model.model_validate(data)
    except ValidationError as error:
        problems = error.errors(include_url=False, include_context=False)
    else:
        return kept
    bad: dict[str, set[int]] = {}
    for problem in problems:
        where = problem["loc"]
        if problem["type"] == "extra_forbidden":
            holder: Any = data
            for key in where[:-1]:
                holder = holder[key]
            holder.pop(where[-1], None)
        elif len(where) > 1 and where[0] in kept and isinstance(where[1], int):
            bad.setdefault(str(where[0]), set()).add(where[1])
    for section, indices in bad.items():
        data[section] = [item for index, item in enumerate(data[section]) if index not in indices]
    return {
        section: tuple(index for index in indices if index not in bad.get(section, ()))
        for section, indices in kept.items()
    }
