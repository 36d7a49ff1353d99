"""Places: the city, its districts, and the areas that plans name."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from dafeng.labels import Label
from dafeng.plan.part import Id, Part


class Tile(Part):
    """Where a district stands on the schematic map of equal tiles."""

    column: int = Field(ge=0)
    """Steps from the west, from 0."""
    row: int = Field(ge=0)
    """Steps from the north, from 0."""


class Place(Part):
    """A place that facts, tasks and units can name."""

    id: Id
    """Name of the place in facts, organisations and addresses of pages."""
    kind: Literal["city", "district", "area"]
    """The city itself, one of its districts, or an area a plan names; areas may overlap."""
    label: Label
    """Name as readers see it."""
    parent: str = ""
    """The place it lies in; empty for the city only. An area that crosses districts lies in the city."""
    tile: Tile | None = None
    """Tile on the schematic map; districts only."""
    note: Label | None = None
    """What a reader should know about the boundary."""


class PlacesFile(Part):
    """The content of places.yaml."""

    places: tuple[Place, ...] = Field(min_length=1)
    """The city first, then districts and areas in the order pages list them."""
