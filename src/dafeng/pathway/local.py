"""Levers moved for one place: which may be, what the place does then, and what the city hears of it.

Every place runs the formulas of the city at the city's scale, all places in one pass on the place axis, and takes its
share of the result; so a formula with a power, a least or a greatest adds up as it stands. Where a place does otherwise
than the city, the difference x its share is added to the city's quantity at the frontier, and the city's formulas go on
from there: plants, imports, totals, targets.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from dafeng.axes import BATCH
from dafeng.city.bind import PLACE
from dafeng.errors import Collector, Refused, RequestFaults, nearest
from dafeng.kernel import Array, Change, State, substitute
from dafeng.kernel.inputs import bound
from dafeng.pathway.allocation import AllocationFile, Part
from dafeng.pathway.lever import Lever
from dafeng.pathway.overlay import Move, overlays
from dafeng.pathway.scenario import Scenario, SetTo, lever_of
from dafeng.pathway.shares import Shares
from dafeng.pathway.shares import shares as shares_of

if TYPE_CHECKING:
    from dafeng.pathway.pathway import Pathway


@dataclass(frozen=True)
class Local:
    """A scenario with its places: `whole` as if none did otherwise, `city` with what they do, and what they do.

    `own` holds the variables of the frontier over places, at the scale of the city, where a place does otherwise.
    """

    whole: State
    city: State
    shares: Shares
    own: Mapping[str, Array] = field(default_factory=dict, repr=False)


def allocation_of(pathway: Pathway) -> AllocationFile:
    """Give how the pack divides its figures.

    Raises:
        Refused: it does not; its pathway has one place.
    """
    if pathway.allocation is None:
        raise Refused(
            f"city '{pathway.city.id}': its pathway has one place, the city. "
            "Add allocation.yaml to the pack, as docs/guide/pathways.md says.",
            zh=f"城市“{pathway.city.id}”的路径只有一个地点，即全市。请在数据包中加入 allocation.yaml。",
        )
    return pathway.allocation


def division(pathway: Pathway) -> tuple[str, ...]:
    """Name the places that divide the city, in the order of the pack."""
    kind = allocation_of(pathway).division
    return tuple(place.id for place in pathway.city.places if place.kind == kind)


def following(pathway: Pathway, ids: Iterable[str]) -> frozenset[str]:
    """Name what follows from some parameters at a place: not what is handed down from the city, nor what reads it."""
    graph = pathway.model.graph
    stop = {graph.resolve(id) for id in allocation_of(pathway).handed_down}
    found = set(ids)
    for entry in graph.entries:
        if entry.id not in stop and not found.isdisjoint(entry.sources):
            found.add(entry.id)
    return frozenset(found)


def reach(pathway: Pathway) -> dict[str, tuple[Part, ...]]:
    """Name, for each measure, the parts it acts on when moved for a place; none where nothing of it is divided."""
    if pathway.allocation is None:
        return {}
    found = {}
    resolve = pathway.model.graph.resolve
    for lever in pathway.working:
        follows = following(pathway, [lever.parameter])
        domain = lever.parameter.partition(".")[0]
        found[lever.id] = tuple(
            part
            for part in pathway.allocation.parts
            if domain not in part.not_by and any(resolve(id) in follows for id in part.frontier)
        )
    return found


def sectors_of(pathway: Pathway, lever: Lever) -> tuple[str, ...]:
    """Name the sectors of the city whose CO2 a lever moves."""
    follows = {entry.id for entry in pathway.model.graph.downstream([lever.parameter])}
    resolve = pathway.model.graph.resolve
    return tuple(each.id for each in pathway.settings.sectors if resolve(each.variable) in follows)


def check(pathway: Pathway, scenario: Scenario, keys: Iterable[str]) -> None:
    """Check settings of places.

    Raises:
        Refused: the pathway has one place.
        RequestFaults: every place that is none, lever that acts on nothing divided, value outside the place's range.
    """
    keys = [key for key in keys if key in scenario.local]
    if not keys:
        return
    content, places = allocation_of(pathway), division(pathway)
    faults = Collector("settings")
    for key in keys:
        fault = _fault(pathway, content, places, key, scenario.local[key][0])
        if fault:
            faults.add(fault[0], key, *fault[1:])
    if faults.faults:
        raise RequestFaults(faults.faults, faults.subject)


def _fault(
    pathway: Pathway, content: AllocationFile, places: Sequence[str], key: str, value: float
) -> tuple[str, str, str] | None:
    lever, place = pathway.levers[lever_of(key)], key.partition("@")[2]
    if "@" in key and place not in places:
        known = {each.id: each.parent for each in pathway.city.places}
        around = {known[place]} & set(places) if place in known else nearest(place, places)
        near = " or ".join(repr(other) for other in around)
        said = f"'{place}' does not divide the city" if place in known else f"no place is called '{place}'"
        return (
            "unknown-place",
            f"'{key}': {said}",
            f"Did you mean {near}?" if near else f"Name one of {', '.join(places)}",
        )
    if lever.kind == "driver":
        return (
            "driver-of-place",
            f"'{key}': '{lever.id}' is a path of the whole city that nobody decides on",
            "Set it without a place, or import what the place states of itself",
        )
    if lever.kind == "measure":
        parts = pathway.reaches.get(lever.id, ())
        if not parts or not any(_has(pathway, part, place) for part in parts):
            acts = ", ".join(sectors_of(pathway, lever)) or "no sector"
            return (
                "undivided",
                f"'{key}': '{lever.id}' acts on what is not divided among places ({acts})",
                "Set it without a place",
            )
    low, high = span(pathway, lever, place)
    if not low <= value <= high:
        unit = f" {lever.unit}" if lever.unit else ""
        return (
            "out-of-range",
            f"'{key}': {value:g}{unit} is outside the range of '{place}', {low:.4g} to {high:.4g}{unit}",
            "Set it inside the range",
        )
    return None


def _has(pathway: Pathway, part: Part, place: str) -> bool:
    shares = pathway.shares
    row = shares.values[part.id][shares.places.index(place)]
    return bool(np.nan_to_num(row).any())


def scale(pathway: Pathway, lever: Lever, place: str) -> float:
    """Give the part of the city by which one place's amount is read; 1 where the lever is no amount, but a share."""
    content = allocation_of(pathway)
    key = content.amounts.get(lever.parameter, "")
    return pathway.key_shares[key][division(pathway).index(place)] if key and place else 1.0


def span(pathway: Pathway, lever: Lever, place: str) -> tuple[float, float]:
    """Give the range of a lever at a place: that of the city, or the place's part of it where it is an amount."""
    part = scale(pathway, lever, place)
    return lever.range[0] * part, lever.range[1] * part


def whole(scenario: Scenario) -> Scenario:
    """Refuse a scenario that sets levers for places, where only the city as a whole can be asked.

    Raises:
        Refused: it does.
    """
    if scenario.local:
        raise Refused(
            f"scenario '{scenario.id}': it sets {', '.join(sorted(scenario.local))}, and this question is of the whole "
            "city. Leave out what is set for places.",
            zh=f"情景“{scenario.id}”有分区设定（{'、'.join(sorted(scenario.local))}），这个问题只能问全市。请去掉。",
        )
    return scenario


def run(pathway: Pathway, scenario: Scenario) -> Local:
    """Calculate a scenario with what its places do otherwise."""
    state = pathway.state(Scenario(scenario.id, scenario.label, scenario.pack, scenario.settings, scenario.note))
    shares = pathway.shares
    if shares.owned:
        # An own fact is a part of what the city has under this scenario.
        shares = shares_of(pathway.city, allocation_of(pathway), division(pathway), state)
    if not scenario.local:
        return Local(state, state, shares)
    moved_by = paths(pathway, scenario, state)
    parts = allocation_of(pathway).parts
    follows = following(pathway, moved_by)
    resolve = pathway.model.graph.resolve
    moved = [
        part
        for part in parts
        if np.nan_to_num(shares.values[part.id]).any() and any(resolve(id) in follows for id in part.frontier)
    ]
    wanted = dict.fromkeys(resolve(id) for part in moved for id in part.frontier if resolve(id) in follows)
    own = substitute(state, moved_by, wanted) if wanted else {}
    heard = _heard(state, moved, own, shares)
    return Local(state, _city(pathway, state, heard, scenario), shares, own)


def paths(pathway: Pathway, scenario: Scenario, state: State) -> dict[str, Array]:
    """Give the parameters that differ between places, over the place axis."""
    places, years = division(pathway), pathway.years
    delivered = np.ones((len(places), len(years)))
    set_to: dict[str, list[SetTo | None]] = {}
    for key, (value, plan) in scenario.local.items():
        lever, place = pathway.levers[lever_of(key)], key.partition("@")[2]
        if lever.kind == "delivery":
            # What one place delivers goes before what all of them do.
            rows = [n for n, p in enumerate(places) if p == place or (not place and f"{key}@{p}" not in scenario.local)]
            delivered[rows] = 1 + (value - 1) * plan.part(years)
            continue
        row = set_to.setdefault(lever.id, [scenario.settings.get(lever.id)] * len(places))
        row[places.index(place)] = (value / scale(pathway, lever, place), plan)
    late = bool((delivered != 1).any())
    acting = {id for id in {*scenario.settings, *set_to} if pathway.reaches.get(id)}
    touched = {pathway.levers[id].parameter for id in {*set_to, *(acting if late else ())}}
    moves = []
    for id in {**scenario.settings, **set_to}:
        lever = pathway.levers[id]
        if lever.parameter in touched:
            row = set_to.get(id, [scenario.settings.get(id)] * len(places))
            part = delivered if id in acting else np.ones_like(delivered)
            moves += _moves(lever, row, part)
    found = {}
    at = state.frame.axes.index(PLACE)
    for id, datum in overlays(pathway.base, moves).items():
        array = bound(datum, state.frame.axes, {**state.labels, BATCH: places}, years)
        # Rows of a batch are places here: the two axes change places.
        found[id] = np.ascontiguousarray(np.swapaxes(np.broadcast_to(array, (len(places), *array.shape[1:])), 0, at))
    return found


def _moves(lever: Lever, row: Sequence[SetTo | None], delivered: Array) -> list[Move]:
    """Make a move for each schedule that places have for one lever; where a place has another, none is delivered."""
    found = []
    for plan in dict.fromkeys(each[1] for each in row if each is not None):
        here = np.asarray([each is not None and each[1] == plan for each in row])
        values = np.asarray([each[0] if each is not None and each[1] == plan else 0.0 for each in row])
        found.append(Move(lever, plan, values, delivered * here[:, None]))
    return found


def _heard(state: State, moved: Sequence[Part], own: Mapping[str, Array], shares: Shares) -> dict[str, Array]:
    """Add to the city's quantities what places do otherwise: difference x share, each part in its own cells."""
    axes = state.frame.axes
    place = axes.index(PLACE)
    found: dict[str, Array] = {}
    for part in moved:
        share = np.nan_to_num(shares.values[part.id])
        shape = [1] * len(axes.names)
        shape[place], shape[-1] = share.shape
        for id in map(state.id_of, part.frontier):
            if id not in own:
                continue
            gap = np.nan_to_num(own[id] - state.array(id)) * share.reshape(shape)
            gap = np.asarray(gap.sum(axis=place, keepdims=True))
            for axis, labels in part.cells.items():
                if axis in state.dims(id):
                    keep = np.zeros(len(state.labels[axis]))
                    keep[[state.position(axis, label) for label in labels]] = 1
                    gap = gap * keep.reshape(
                        [-1 if n == axes.index(axis) % len(shape) else 1 for n in range(len(shape))]
                    )
            found[id] = found.get(id, state.array(id)) + gap
    return found


def _city(pathway: Pathway, state: State, heard: Mapping[str, Array], scenario: Scenario) -> State:
    """Give the state of the city that has heard what its places do."""
    if not heard:
        return state
    graph = pathway.model.graph
    gone = [entry.id for entry in graph.downstream(heard) if entry.id not in heard]
    arrays = substitute(state, heard, gone)
    changes = tuple(
        Change(id, np.ones((1,) * array.ndim, dtype=np.bool_), state.array(id), scenario.id)
        for id, array in heard.items()
    )
    for array in heard.values():
        array.flags.writeable = False
    return State(
        model=state.model,
        checked=state.checked,
        frame=state.frame,
        labels=state.labels,
        data=state.data,
        arrays={**state.arrays, **arrays, **heard},
        changes=(*state.changes, *changes),
        recomputed=frozenset({*heard, *gone}),
        undefined=state.undefined,
    )
