"""Formulas of the fields a plan speaks of: energy, power, industry, buildings, transport, waste, agriculture, sinks.

A domain is a module (or package) of variables below this one, or one that another distribution names under the entry
point group "dafeng.domains". A city pack says which it uses; nothing here lists them, so a new domain edits no file.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from importlib.metadata import entry_points
from types import ModuleType

from dafeng.errors import NotFound

GROUP = "dafeng.domains"


def find(name: str) -> ModuleType:
    """Import one domain by name: a module of this package, else an entry point.

    Raises:
        NotFound: with the nearest names.
    """
    try:
        return importlib.import_module(f"{__name__}.{name}")
    except ModuleNotFoundError as error:
        if error.name != f"{__name__}.{name}":
            raise
    for point in entry_points(group=GROUP, name=name):
        module = point.load()
        if isinstance(module, ModuleType):
            return module
    raise NotFound("domain", name, known())


def known() -> Iterable[str]:
    """List the names of all domains that can be found."""
    import pkgutil  # noqa: PLC0415 - only a message needs it

    yield from sorted(module.name for module in pkgutil.iter_modules(__path__))
    yield from sorted(point.name for point in entry_points(group=GROUP))
