"""What a city's enterprises and districts are accounted with: its names, its factors, its rows of activity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dafeng.accounts.enterprise.account import RollUp, UnitAccount, roll_up, unit_account
from dafeng.accounts.enterprise.chosen import Choices
from dafeng.accounts.enterprise.importer.names import Names
from dafeng.accounts.enterprise.rows import Rows, account_rows
from dafeng.accounts.enterprise.table import Table, of_rows
from dafeng.factors import for_city
from dafeng.registers import Register, stored
from dafeng.registers.reports import closed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dafeng.city import City
    from dafeng.store.database import Database


@dataclass(frozen=True)
class Desk:
    """The names a city knows, and its database; without one there are no units and no activity."""

    city: City
    database: Database | None
    names: Names

    @property
    def region(self) -> str | None:
        """The region of the city's factors, where they know it."""
        return self.city.id if self.city.id in self.names.factors.library.regions else None

    def table(self, enterprises: Iterable[str] | None = None, of_places: bool | None = None) -> Table:
        """Give the rows of activity that count."""
        if self.database is None:
            return of_rows([])
        with self.database.reading() as connection:
            return of_rows(stored.rows(connection, self.city.id, enterprises=enterprises, of_places=of_places))

    def rows(self, table: Table, year: int, market: str = "", factor_year: int | None = None) -> Rows:
        """Account rows of enterprises in a year."""
        choices = Choices(region=self.region, market=market, factor_year=factor_year)
        held = self.names
        return account_rows(table, year, held.factors, held.methods, choices, held.enterprises, held.facilities)

    def account(self, enterprise: str, year: int, market: str = "", factor_year: int | None = None) -> UnitAccount:
        """Give the account of one enterprise."""
        rows = self.rows(self.table([enterprise]), year, market, factor_year)
        return unit_account(rows, "enterprise", enterprise, self.names.methods)

    def all_of_them(self, year: int, factor_year: int | None = None) -> RollUp:
        """Add up every enterprise."""
        return roll_up(self.rows(self.table(of_places=False), year, factor_year=factor_year))


def desk(city: City, database: Database | None) -> Desk:
    """Gather what the accounts of a city's enterprises and districts need."""
    places = {name: one.id for one in city.places for name in (one.id, one.label.zh, one.label.en)}
    within = {
        one.id: frozenset(other.id for other in city.places if one.kind == "city" or one.id in (other.id, other.parent))
        for one in city.places
    }
    axis = city.axes.get("sector")
    sectors = (
        {name: id for id, label in axis.labels.items() for name in (id, label.zh, label.en)}
        if axis is not None
        else None
    )
    factors = for_city(city.folder)
    if database is None:
        return Desk(city, None, Names(factors, places, within, sectors))
    register = Register(database, city.id)
    with database.reading() as connection:
        shut = closed(connection, city.id)
    held = (register.enterprises(), register.facilities(), register.processes())
    return Desk(city, database, Names(factors, places, within, sectors, *held, closed=shut))
