"""Where a plan to compare comes from: a plan of the city, a plan file, or a document that is compiled first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from dafeng.compiler import compile_file
from dafeng.errors import Collector, NotFound, Refused
from dafeng.facts.indicator import Indicator
from dafeng.labels import Label
from dafeng.plan.loader import read_file
from dafeng.plan.organisation import Organisation
from dafeng.plan.place import Place
from dafeng.plan.schema import Plan
from dafeng.review.header import read_header, refused
from dafeng.review.outcome import proposed


@dataclass(frozen=True, slots=True)
class Given:
    """A plan and where it came from; of a document `messages` say what was and was not found in it."""

    plan: Plan
    kind: Literal["pack", "file", "document"]
    messages: tuple[Label, ...] = ()


def read(
    name: str,
    plans: Sequence[Plan],
    indicators: Mapping[str, Indicator],
    organisations: Sequence[Organisation] = (),
) -> Given:
    """Find a plan: the id of one of `plans`, else the path of a plan file or of a document.

    Raises:
        NotFound: it is neither an id nor a file.
        FaultsFound: the plan file has faults.
        Refused: the document cannot be read, or no chapter or no target was found in it.
    """
    known = {plan.id: plan for plan in plans}
    if name in known:
        return Given(known[name], "pack")
    path = Path(name)
    if not path.is_file():
        raise NotFound("plan", name, known)
    if path.suffix.lower() in (".yaml", ".yml"):
        faults = Collector(path.name)
        plan, _ = read_file(Plan, path, faults)
        faults.done()
        if plan is None:
            raise Refused(
                f"{path.name}: no plan could be read. Give a plan file of a city pack, or a document.",
                zh=f"{path.name}：无法读出方案。请提供城市数据包的方案文件，或公文。",
            )
        return Given(plan, "file")
    compiled = compile_file(path, organisations=organisations, indicators=list(indicators.values()))
    if not compiled.targets or not compiled.sections:
        raise refused(compiled, path.name)
    return Given(proposed(compiled, read_header(compiled, path.stem)), "document", compiled.messages)


def place_of(plan: Plan, places: Sequence[Place], at: str = "") -> str:
    """Give the id of the district a plan speaks for, by its issuer or its title; else `at`, or the plan's own id."""
    text = f"{plan.issuer.zh} {plan.title.zh}"
    districts = [place for place in places if place.kind == "district"]
    named = next((place.id for place in districts if place.label.zh in text), "")
    return named or at or plan.id
