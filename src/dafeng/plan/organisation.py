"""Organisations: the units that answer for tasks, and the names plans call them by."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from pydantic import Field

from dafeng.errors import NotFound
from dafeng.labels import Label
from dafeng.plan.part import Id, Part


class Organisation(Part):
    """A unit that can answer for a task."""

    id: Id
    """Name of the unit in plans, registers and addresses of pages."""
    label: Label
    """Full official name."""
    short: Label
    """Name in tables; the Chinese one is the form plans use."""
    type: Literal[
        "department", "district", "committee", "party", "central", "enterprise", "agency", "group", "association"
    ]
    """department: of the city's government; central: a body of the state in the city; agency: runs one area or duty;
    group: a collective name such as 各区."""
    aliases: tuple[str, ...] = ()
    """Further spellings found in plans, slips of print included."""
    members: tuple[str, ...] = ()
    """Ids of a group's members; empty where the plan leaves the group open, and then `note` says so."""
    place: str = ""
    """Place it governs or runs, where it has one."""
    note: Label | None = None
    """Renaming, successor or doubt."""

    @property
    def names(self) -> tuple[str, ...]:
        """All Chinese spellings, each once: short, full, aliases."""
        return tuple(dict.fromkeys((self.short.zh, self.label.zh, *self.aliases)))


class OrganisationsFile(Part):
    """The content of organisations.yaml."""

    organisations: tuple[Organisation, ...] = Field(min_length=1)
    """Every unit that any plan of the city names."""


def by_name(organisations: Iterable[Organisation]) -> dict[str, str]:
    """Give the id of every unit under each of its spellings, blanks removed."""
    return {"".join(name.split()): unit.id for unit in organisations for name in unit.names}


def resolve(name: str, organisations: Iterable[Organisation]) -> str:
    """Find the id of the unit that a plan calls `name`.

    Raises:
        NotFound: no unit is spelt so; the error lists the nearest spellings.
    """
    known = by_name(organisations)
    found = known.get("".join(name.split()))
    if found is None:
        raise NotFound("organisation", name, known)
    return found


def expand(units: Iterable[str], organisations: Iterable[Organisation]) -> tuple[str, ...]:
    """Replace groups by their members, each unit once, in order; an open group stands for itself."""
    groups = {unit.id: unit.members for unit in organisations if unit.members}
    return tuple(dict.fromkeys(member for unit in units for member in groups.get(unit, (unit,))))
