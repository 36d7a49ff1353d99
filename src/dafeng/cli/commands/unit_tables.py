"""The account of one unit, or of all together, as tables: the total, its parts, second estimates, what it lacks."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan
from typing import Any

from dafeng.cli.output import Column, Output
from dafeng.labels import Label
from dafeng.report.wording.enterprise import FLAG, MARKET, SCOPE


def show(out: Output, found: Mapping[str, Any], names: Mapping[str, Mapping[str, Label]]) -> None:
    """Print an account as `UnitAccount.as_dict` gives it, or the fields of a `RollUp`; `names` are labels by column."""
    total, share = found.get("total"), found["coverage"]
    scopes: list[tuple[str, str]] = []
    for name, key in (("scope 1", "scope1"), ("scope 2", "scope2")):
        if key in found:
            scopes.append((name, f"{found[key]:,.0f} tCO2"))
            scopes.append(("95 % interval", f"{found[f'{key}_low']:,.0f} – {found[f'{key}_high']:,.0f}"))
    out.fields(
        [
            ("enterprise", found.get("id") or ""),
            ("year", str(found["year"])),
            ("enterprises", str(found.get("units") or "")),
            ("total", f"{total['value']:,.0f} tCO2" if total else ""),
            ("95 % interval", f"{total['low']:,.0f} – {total['high']:,.0f}" if total else ""),
            *scopes,
            ("coverage", "" if isnan(share) else f"{share:.0%}"),
        ]
    )
    labels = {**names, "scope": SCOPE, "market": MARKET}
    for by in ("scope", "use", "what", "facility", "sector", "place", "market"):
        known = labels.get(by, {})
        amounts = found.get(f"by_{by}") or {}
        ranked = sorted(amounts.items(), key=lambda pair: -pair[1])
        rows = [[out.label(known[id]) if id in known else id, f"{value:,.0f}"] for id, value in ranked]
        if rows:
            out.table((Column(by), Column("tCO2", right=True)), rows)
    counted = found.get("if_counted_by") or {}
    if len(counted) > 1:
        rows = [[out.label(MARKET[id]), "—" if one is None else f"{one['value']:,.0f}"] for id, one in counted.items()]
        out.table((Column("if counted by"), Column("tCO2", right=True)), rows)
    if found.get("estimates"):
        figures = ("estimated", "accounted", "difference")
        uses = labels.get("use", {})
        rows = [
            [
                one["facility"],
                out.label(uses[one["kind"]]) if one["kind"] in uses else one["kind"],
                *(f"{one[name]:,.0f}" for name in figures),
            ]
            for one in found["estimates"]
        ]
        out.table(
            (Column("facility"), Column("second estimate"), *(Column(name, right=True) for name in figures)), rows
        )
    for flag in found.get("flags", ()):
        out.line(out.label(FLAG[flag]))
    for why in found.get("refused", ()):
        out.line(why)
