"""Targets in tables: a row is an indicator, a column a year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dafeng.compiler import names
from dafeng.compiler.found import Dropped, Found, When
from dafeng.compiler.lexer import Token, lex
from dafeng.compiler.outline import Piece
from dafeng.compiler.patterns import unit_form, units
from dafeng.compiler.phrase import DIRECTIONS, peel
from dafeng.compiler.targets import tail_comparators

_NAME = re.compile(r"指标|项目|名称|内容")
_UNIT = re.compile(r"^(?:计量)?单位")
_SIGNS = {"≥": ">=", "≤": "<=", ">": ">=", "<": "<="}
#: What the name of a row says: that its numbers are changes, and against which year.
_AGAINST = re.compile(r"（[^（）]*?(?:比|较|为基[期数年]|基年)[^（）]*）|(?:比|较)\d{4}年")
_WAYS = (
    ("annual_growth", re.compile(r"年均(?:增速|增幅|增长率?|增长速度)$")),
    ("decrease_by", re.compile(r"(?:降幅|下降率|降低率|下降幅度|降低幅度|下降比例|降低|下降)$")),
    ("increase_by", re.compile(r"(?:增幅|提高幅度|提升幅度|增长幅度)$")),
)
_NO_UNIT = ("", "-", "—", "/")
_PRESENT = re.compile(r"现状|基期|完成|实际|基准")


def read_tables(rows: Sequence[Piece], horizon: int) -> Iterator[tuple[Piece, Found | Dropped]]:
    """Yield the numbers of the tables among some rows: targets in columns of coming years, others dropped."""
    groups: dict[int, list[Piece]] = {}
    for row in rows:
        groups.setdefault(row.block.table, []).append(row)
    for group in groups.values():
        yield from _table(group, horizon)


def _cells(row: Piece) -> list[tuple[int, int, str]]:
    return [(a, b, row.block.text[a:b]) for a, b in row.block.cells]


def _table(rows: Sequence[Piece], horizon: int) -> Iterator[tuple[Piece, Found | Dropped]]:
    head = next(
        (n for n, row in enumerate(rows[:3]) if re.search(r"20\d\d年?", row.text) and _NAME.search(row.text)), None
    )
    if head is None:
        return
    titles = [text for _, _, text in _cells(rows[head])]
    years = {n: int(match.group()) for n, title in enumerate(titles) if (match := re.search(r"20\d\d", title))}
    name_at = next((n for n, title in enumerate(titles) if _NAME.search(title) and n not in years), 0)
    unit_at = next((n for n, title in enumerate(titles) if _UNIT.match(title)), None)
    for row in rows[head + 1 :]:
        cells = _cells(row)
        if len(cells) <= name_at:
            continue
        raw = re.sub(r"^[\d.、（）]+", "", cells[name_at][2])
        bracket = re.search(r"（([^（）]{1,12})）$", raw)
        unit = (
            cells[unit_at][2] if unit_at is not None and unit_at < len(cells) else bracket.group(1) if bracket else ""
        )
        base = next((token.years[-1] for token in lex(raw) if token.kind == "base" and token.years), None)
        raw = _AGAINST.sub("", raw) if base else raw
        name = names.clean(raw[: bracket.start()] if bracket and unit_at is None and raw.endswith("）") else raw)
        for n, year in years.items():
            if n >= len(cells):
                continue
            a, b, text = cells[n]
            for token in lex(text):
                if token.kind != "num":
                    continue
                placed = _moved(token, a, unit)
                if year < horizon or _PRESENT.search(titles[n]):
                    yield row, Dropped(placed.start, placed.end, "table-base", placed, name, When(year=year))
                elif name and placed.unit:
                    found = _found(placed, text, name, year, cells[name_at][0], b)
                    way = found.direction or next((way for way, form in _WAYS if form.search(name)), None)
                    yield row, replace(found, direction=way, baseline_year=found.baseline_year or base)


def _moved(token: Token, by: int, unit: str) -> Token:
    """Put a token of a cell at its place in the row, with the unit that stands in another cell."""
    second = token.second + by if token.second >= 0 else -1
    moved = replace(token, start=token.start + by, end=token.end + by, number=token.number + by, second=second)
    if token.unit or unit in _NO_UNIT:
        return moved
    match = unit_form().match(unit)
    base = match.group("base") if match else None
    return replace(moved, unit=unit, dimension=units()[base] if base else "")


def _found(token: Token, text: str, name: str, year: int, start: int, end: int) -> Found:
    first = next(item for item in lex(text) if item.kind == "num")
    phrase = peel(text, lex(text), 0, first.start)
    sign = next((char for char in text if char in _SIGNS), "")
    after = tail_comparators().get(token.tail, "")
    return Found(
        number=token,
        indicator=name,
        when=When(year=year),
        comparator=_SIGNS.get(sign) or phrase.comparator or after or "=",
        strict=sign in ("<", ">") or phrase.strict,
        hedge=phrase.hedge,
        direction=DIRECTIONS.get(phrase.predicate),
        baseline_year=next((base.years[-1] for base in phrase.bases if base.years), None),
        kind="target",
        start=start,
        end=end,
        frame="table",
        confidence=0.8,
    )
