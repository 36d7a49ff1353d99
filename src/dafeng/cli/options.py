"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from dafeng.errors import nearest

Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="DAY", help="Judge by what was known on this day; today by default.")
]
PlanId = Annotated[
    str | None, typer.Option("--plan", metavar="ID", help="Plan; the one that the others amend by default.")
]


def choice(option: str, text: str, allowed: Sequence[str]) -> str:
    """Check a word of a closed list; typer.BadParameter names the nearest, or all."""
    if text in allowed:
        return text
    near = nearest(text, allowed)
    remedy = f"did you mean {' or '.join(near)}?" if near else f"write one of {', '.join(allowed)}"
    raise typer.BadParameter(f"'{text}' is none of the words known here; {remedy}", param_hint=option)
