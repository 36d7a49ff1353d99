"""Units, places and notes: whether names are unique and lead somewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dafeng.errors import Collector
from dafeng.plan.check.structure import duplicates, unknown

if TYPE_CHECKING:
    from dafeng.plan.organisation import Organisation
    from dafeng.plan.plans import Origin, Plans


def check_places(plans: Plans, faults: Collector) -> None:
    """Note places that lie nowhere, in a circle or on a tile that is taken, and a pack without its one city."""
    origin = plans.origin("places")
    duplicates("places", (place.id for place in plans.places), origin, faults)
    known = {place.id: place for place in plans.places}
    cities = [index for index, place in enumerate(plans.places) if place.kind == "city"]
    if plans.places and not cities:
        faults.add("no-city", origin.head("places"), "no place is the city", "Give one place the kind city")
    for index in cities[1:]:
        faults.add(
            "second-city",
            origin.at("places", index, "kind"),
            f"'{plans.places[index].id}' is a second city (first '{plans.places[cities[0]].id}')",
            "A pack holds one city; make it a district or an area",
        )
    tiles: dict[tuple[int, int], str] = {}
    declared = origin.declared.get("places", frozenset())
    for index, place in enumerate(plans.places):
        if place.kind != "city" or place.parent:
            _check_parent(index, plans, {id: p.parent for id, p in known.items()}, declared, faults)
        if place.tile is not None:
            spot = (place.tile.column, place.tile.row)
            if spot in tiles:
                faults.add(
                    "tile-taken",
                    origin.at("places", index, "tile"),
                    f"the tile of '{place.id}' (column {spot[0]}, row {spot[1]}) is that of '{tiles[spot]}'",
                    "Give each district its own tile",
                )
            tiles.setdefault(spot, place.id)


def _check_parent(
    index: int, plans: Plans, parents: dict[str, str], declared: frozenset[str], faults: Collector
) -> None:
    place, spot = plans.places[index], plans.origin("places").at("places", index, "parent")
    if place.kind == "city":
        faults.add("parent", spot, f"the city '{place.id}' lies in '{place.parent}'", "Leave the city's parent out")
        return
    if not place.parent:
        faults.add("parent", spot, f"'{place.id}' lies nowhere", "Name the district or the city it lies in as parent")
        return
    if place.parent not in parents:
        if place.parent not in declared:
            unknown(place.parent, "place", parents, spot, faults, "places.yaml")
        return
    seen, above = {place.id}, place.parent
    while above and above not in seen:
        seen.add(above)
        above = parents.get(above, "")
    if above == place.id:
        faults.add("parent", spot, f"'{place.id}' lies in itself, by way of '{place.parent}'", "Break the circle")


def check_organisations(plans: Plans, faults: Collector) -> None:
    """Note spellings that two units share, groups without members, and members or places that are unknown."""
    origin = plans.origin("organisations")
    duplicates("organisations", (unit.id for unit in plans.organisations), origin, faults)
    spelt: dict[str, str] = {}
    for index, unit in enumerate(plans.organisations):
        for name in unit.names:
            key = "".join(name.split())
            if spelt.setdefault(key, unit.id) != unit.id:
                faults.add(
                    "alias-twice",
                    origin.at("organisations", index, "aliases" if name in unit.aliases else "short"),
                    f"'{name}' names '{unit.id}' and '{spelt[key]}'",
                    "A spelling must lead to one unit; take it from one of the two",
                )
    places = {place.id for place in plans.places} | plans.origin("places").declared.get("places", frozenset())
    for index, unit in enumerate(plans.organisations):
        if unit.place and places and unit.place not in places:
            spot = origin.at("organisations", index, "place")
            unknown(unit.place, "place", places, spot, faults, "places.yaml")
        _check_group(index, unit, plans.organisations, origin, faults)


def _check_group(
    index: int, unit: Organisation, units: tuple[Organisation, ...], origin: Origin, faults: Collector
) -> None:
    if unit.type != "group":
        if unit.members:
            faults.add(
                "members",
                origin.at("organisations", index, "members"),
                f"'{unit.id}' is a {unit.type} and has members",
                "Only a group has members; correct the type",
            )
        return
    if not unit.members and unit.note is None:
        faults.add(
            "members",
            origin.at("organisations", index, "id"),
            f"the group '{unit.id}' has no members",
            "List its members, or say in a note why the group is open",
        )
    types = {other.id: other.type for other in units}
    declared = origin.declared.get("organisations", frozenset())
    for position, member in enumerate(unit.members):
        spot = origin.at("organisations", index, "members", position)
        if member not in types:
            if member not in declared:
                unknown(member, "organisation", types, spot, faults, "organisations.yaml")
        elif types[member] == "group":
            faults.add("members", spot, f"'{member}' in group '{unit.id}' is a group", "List its members themselves")


def check_notes(plans: Plans, faults: Collector) -> None:
    """Note evidence on goals that no plan has, and one document that speaks twice on one goal."""
    origin = plans.origin("evidence")
    goals = {goal.id for plan in plans.plans for goal in plan.goals}
    for plan in plans.plans:
        goals |= plans.origin(plan.id).declared.get("goals", frozenset())
    seen: set[tuple[str, str, str]] = set()
    for index, note in enumerate(plans.notes):
        if note.goal not in goals:
            unknown(note.goal, "goal", goals, origin.at("notes", index, "goal"), faults, "a plan")
        key = (note.goal, note.source, note.locator)
        if key in seen:
            faults.add(
                "note-twice",
                origin.at("notes", index, "source"),
                f"'{note.source}' speaks twice on goal '{note.goal}' at the same place",
                "Join the two notes, or give each its locator",
            )
        seen.add(key)
