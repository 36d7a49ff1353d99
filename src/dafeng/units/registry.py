"""The units of `units.txt`, resolved by a pint registry of our own.

pint is imported on first use: it is half the time a command line program has to start.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from dafeng.errors import UnitError
from dafeng.units.dimension import Dimension


@dataclass(frozen=True, slots=True)
class Definition:
    """One line of `units.txt`: the names a unit has."""

    name: str
    symbol: str
    aliases: tuple[str, ...]

    @property
    def chinese(self) -> str:
        """The printed Chinese name, or the symbol where the file gives none."""
        return next((alias for alias in self.aliases if not alias.isascii()), self.english)

    @property
    def english(self) -> str:
        """The printed English name: the symbol, or the plural of a counted thing."""
        return self.symbol or (self.aliases[0] if self.aliases else self.name)


@dataclass(frozen=True, slots=True)
class Atom:
    """One unit word, resolved: `factor` times the coherent unit of `dimension`."""

    name: str
    prefix: str
    prefix_factor: float
    factor: float
    dimension: Dimension


@cache
def lines() -> tuple[str, ...]:
    """Give the definition lines of `units.txt` without comments."""
    text = files("dafeng.units").joinpath("units.txt").read_text(encoding="utf-8")
    return tuple(line for line in (raw.strip() for raw in text.splitlines()) if line and not line.startswith("#"))


@cache
def definitions() -> dict[str, Definition]:
    """Give every unit of `units.txt` by name."""
    found = {}
    for line in lines():
        name, _, *rest = (part.strip() for part in line.split(" = "))
        if not name.endswith("-"):
            symbol, *aliases = rest
            found[name] = Definition(name, "" if symbol == "_" else symbol, tuple(aliases))
    return found


@cache
def _registry() -> Any:
    import pint  # noqa: PLC0415  (0.2 s that only those pay who use a unit)

    registry: Any = pint.UnitRegistry(None, non_int_type=float, autoconvert_offset_to_baseunit=False)
    for line in lines():
        registry.define(line)
    return registry


@cache
def words() -> tuple[str, ...]:
    """Give every unit word that is written without a prefix, for suggestions."""
    known: list[str] = []
    for definition in definitions().values():
        known += [definition.name, definition.symbol, *definition.aliases]
    common = ("GW", "MW", "GJ", "MJ", "kJ", "PJ", "MWh", "GWh", "TWh", "kt", "Mt", "MtCO2", "ktCO2", "kgCO2")
    return tuple(dict.fromkeys(word for word in (*known, *common) if word))


@cache
def atom(word: str) -> Atom | None:
    """Resolve one unit word with its SI prefix; None where there is no such unit."""
    registry = _registry()
    if not word.replace("μ", "u").isidentifier():
        return None
    candidates = registry.parse_unit_name(word)
    if not candidates:
        return None
    prefix, name, _ = candidates[0]
    factor, root = registry.get_root_units(word)
    dimension = tuple(sorted((base, int(power)) for base, power in root._units.items()))
    scale = float(registry._prefixes[prefix].converter.scale) if prefix else 1.0
    return Atom(name, prefix, scale, float(factor), dimension)


def unknown(word: str, text: str) -> UnitError:
    """Build the error for a word that is no unit, with the nearest ones."""
    near = difflib.get_close_matches(word, words(), n=3, cutoff=0.6)
    where = f"unit '{text}'" if word == text else f"unit '{text}': '{word}'"
    advice = f"Did you mean {' or '.join(repr(n) for n in near)}?" if near else "The units are listed in units.txt."
    return UnitError(f"{where} is not known. {advice}")
