"""The share of a city's electricity that comes from outside it, year by year, for the roll-up of districts."""

from __future__ import annotations

from dataclasses import dataclass

from dafeng import units
from dafeng.city import City
from dafeng.labels import Label

IMPORTS, USE = "power.net_import", "power.electricity_use"


@dataclass(frozen=True)
class ImportedShare:
    """Net imports over use in a year, 0 to 1, with the documents of both figures and the calculation in words."""

    year: int
    share: float
    sources: tuple[str, ...]
    how: Label


def imported_share(city: City, year: int, place: str | None = None) -> ImportedShare | None:
    """Give the share of the electricity used in a year that was imported, from published net imports and use.

    None where either was not published. A city that sends more than it takes has a share of 0.
    """
    where = place or city.id
    used = _figure(city, USE, where, year)
    found = _figure(city, IMPORTS, where, year)
    if found is None or used is None or used[0] <= 0:
        return None
    (amount, source), (whole, other) = found, used
    text = f"{IMPORTS} {amount:,.2f} TWh ÷ {USE} {whole:,.2f} TWh, {year}"
    share = min(1.0, max(0.0, amount / whole))
    return ImportedShare(year, share, tuple(dict.fromkeys((source, other))), Label(zh=text, en=text))


def imported_shares(city: City, place: str | None = None) -> tuple[ImportedShare, ...]:
    """Give the share of every year that has one, oldest first."""
    where = place or city.id
    years = {year for id in (IMPORTS, USE) if id in city.indicators for year in city.facts.series(id, where).yearly}
    found = (imported_share(city, year, where) for year in sorted(years))
    return tuple(one for one in found if one is not None)


def _figure(city: City, id: str, place: str, year: int) -> tuple[float, str] | None:
    if id not in city.indicators:
        return None
    one = city.facts.series(id, place).yearly.get(year)
    if one is None or one.value is None:
        return None
    return one.value * units.factor(one.unit, "TWh"), one.source
