"""`dafeng account`: what a boundary counts in a year, with its interval, its parts and what it lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dafeng.cli import context
from dafeng.cli.options import Json
from dafeng.cli.output import Column, Output

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dafeng.accounts.account import Account
    from dafeng.accounts.published import Held
    from dafeng.city import City
    from dafeng.report.accounts.names import Names

#: The least part of a gap that has a line of its own, in Mt.
SHOWN = 0.005
BoundaryId = Annotated[
    str, typer.Option(metavar="ID", help="Boundary of the account, such as ceads, assessed, inventory-2025, gpc-basic.")
]
PlaceId = Annotated[str | None, typer.Option(metavar="ID", help="Place; the city by default.")]
Switches = Annotated[
    list[str] | None,
    typer.Option("--switch", metavar="NAME=OPTION", help="Change what is counted, such as imports=regional."),
]


def account(
    ctx: typer.Context,
    year: Annotated[int, typer.Option(help="Year of the account.")],
    boundary: BoundaryId = "ceads",
    place: PlaceId = None,
    switch: Switches = None,
    json: Json = False,
) -> None:
    """Account the emissions of a year within a boundary."""
    from dafeng.accounts.account import account as made
    from dafeng.report.records.accounts import AccountRecord

    asked = context.of(ctx)
    city = asked.city()
    found = made(city, boundary, year, place, **pairs(switch))
    if json:
        asked.output.json(AccountRecord.build(found).as_json())
    else:
        _print(asked.output, found)


def pairs(texts: list[str] | None) -> dict[str, str]:
    """Read switches given as name=option; typer.BadParameter says what was expected."""
    found: dict[str, str] = {}
    for text in texts or ():
        name, equals, option = text.partition("=")
        if not (equals and name and option):
            raise typer.BadParameter(f"'{text}' sets no switch; write imports=regional", param_hint="--switch")
        found[name.strip()] = option.strip()
    return found


def amount(value: float | None) -> str:
    """Write an amount in Mt with two decimals."""
    return "—" if value is None else f"{value:,.2f}"


def named(city: City, out: Output, axis: str, label: str) -> str:
    """Give the name that the pack has for a label of an axis, else the label."""
    found = city.axes.get(axis)
    return out.label(found.labels[label]) if found and label in found.labels else label


def _print(out: Output, found: Account) -> None:
    from dafeng.report.accounts.names import Names

    names = Names(found.accounts.ledger, out.language)
    total = found.total
    out.fields(
        [
            ("total", f"{amount(total.value if total else None)} MtCO2e"),
            ("95 % interval", f"{amount(total.low)} – {amount(total.high)}" if total else ""),
            ("coverage", f"{found.coverage * 100:.0f} %"),
        ]
    )
    for heading, axis, amounts in (
        ("sector", "sector", found.by_sector),
        ("fuel", "fuel", found.by_fuel),
        ("item", "item", found.by_item),
        ("memo item", "item", found.memo),
    ):
        if amounts:
            _amounts(out, names, heading, axis, amounts)
    for held in found.held:
        _held(out, names, held)
    if found.absent:
        columns = (Column("not counted"), Column("key"), Column("why", fold=True))
        out.table(columns, [[names.of("item", one.item), one.key, names.why(one)] for one in found.absent])
    for note in found.notes:
        out.line(names.told(note))


def _held(out: Output, names: Names, held: Held) -> None:
    """Show a published or derived total beside the account, and what the gap is made of."""
    ranked = sorted(held.parts.items(), key=lambda pair: -abs(pair[1]))
    rows = [[f"{out.say('published total')} ({held.source}, {out.say(held.status)})", amount(held.value)]]
    rows += [[names.part(part), amount(gap)] for part, gap in ranked if abs(gap) >= SHOWN]
    rest = sum(gap for _, gap in ranked if abs(gap) < SHOWN) if held.parts else held.gap
    rows.append([out.say("smaller gaps" if held.parts else "gap"), amount(rest)])
    rows.append([out.say("account"), amount(held.value + held.gap)])
    out.table((Column("beside it", fold=True), Column("MtCO2e", right=True)), rows)


def _amounts(out: Output, names: Names, heading: str, axis: str, amounts: Mapping[str, float]) -> None:
    columns = (Column(heading), Column("MtCO2e", right=True))
    ranked = sorted(amounts.items(), key=lambda pair: -pair[1])
    out.table(columns, [[names.of(axis, label), amount(value)] for label, value in ranked])
