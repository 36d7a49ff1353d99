"""What the global options chose, handed to every command."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import typer

from dafeng.cli.output import Output

if TYPE_CHECKING:
    from dafeng.city import City
    from dafeng.labels import Language
    from dafeng.settings import Settings


@dataclass(frozen=True, slots=True)
class Context:
    """The city asked for (None: the one the settings name) and the language."""

    city_name: str | None
    language: Language

    @property
    def output(self) -> Output:
        """The printer in the reader's language."""
        return Output(self.language)

    def settings(self) -> Settings:
        """Read the settings; what the command line says goes first."""
        from dafeng import settings

        return settings.load(city=self.city_name)

    def city(self) -> City:
        """Load the city with what was imported into its database."""
        from dafeng.city import load

        chosen = self.settings()
        return load(chosen.city, chosen.database)


def of(ctx: typer.Context) -> Context:
    """Give the context of a command."""
    found = ctx.obj
    assert isinstance(found, Context)  # noqa: S101 - set by the callback of every command
    return found


def day(text: str | None) -> date | None:
    """Read a day given on the command line; typer.BadParameter says what was expected."""
    if text is None:
        return None
    try:
        if len(text) == len("2026-11-25"):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise typer.BadParameter(f"'{text}' is not a day; write 2026-11-25")
