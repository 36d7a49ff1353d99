"""The language data of the compiler: word lists kept in `data/`, and the patterns built from them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any

import yaml

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def words(name: str) -> dict[str, Any]:
    """Load one file of `data/` by its name without extension."""
    text = resources.files("dafeng.compiler").joinpath("data", f"{name}.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader, in C where there is one
    return data


def any_of(items: Iterable[str]) -> str:
    """Build an alternation in which the longest spelling wins."""
    return "|".join(re.escape(item) for item in sorted(set(items), key=lambda item: (-len(item), item)))


@cache
def listed(name: str, key: str) -> frozenset[str]:
    """Give one list of a data file as a set."""
    return frozenset(words(name)[key])


@cache
def alternation(name: str, key: str) -> str:
    """Give one list of a data file as an alternation."""
    return any_of(words(name)[key])


@cache
def pattern(name: str, key: str, before: str = "", after: str = "") -> re.Pattern[str]:
    """Compile one list of a data file between two given patterns."""
    return re.compile(f"{before}(?:{alternation(name, key)}){after}")


@cache
def reasons() -> dict[str, dict[str, str]]:
    """Give the codes that say why a number is not a target, with their labels."""
    return {code: dict(label) for code, label in words("exclusions")["reasons"].items()}
