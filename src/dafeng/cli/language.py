"""Which language the command line speaks."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from dafeng.labels import Language

#: Written out, not taken from `dafeng.labels`: that pulls in pydantic, and help must be quick.
CHOICES = ("zh", "en")
_VARIABLES = ("DAFENG_LANG", "LC_ALL", "LC_MESSAGES", "LANG")


def chosen(option: str = "", environment: Mapping[str, str] | None = None) -> Language:
    """Give the language: the option, else the first variable that is set; any Chinese locale gives zh, any other en."""
    if option in CHOICES:
        return cast("Language", option)
    found = os.environ if environment is None else environment
    locale = next((found[name] for name in _VARIABLES if found.get(name)), "")
    return "zh" if locale.lower().startswith("zh") else "en"


def asked(arguments: Sequence[str]) -> str:
    """Find the value of --lang among arguments that have not been parsed yet; "" where it is not given."""
    for at, argument in enumerate(arguments):
        if argument == "--lang" and at + 1 < len(arguments):
            return arguments[at + 1]
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
    return ""
