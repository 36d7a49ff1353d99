"""Targets in tables: a row is an indicator, a column a year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dafeng.compiler import names
from dafeng.compiler.found import Dropped, Found, When
from dafeng.compiler.lexer import Token, lex
from dafeng.compiler.outline import Piece
from dafeng.compiler.phrase import peel

_NAME = re.compile(r"指标|项目|名称|内容")
_UNIT = re.compile(r"^(?:计量)?单位")
_PRESENT = re.compile(r"现状|基期|完成|实际|基准")


def read_tables(rows: Sequence[Piece], horizon: int) -> Iterator[tuple[Piece, Found | Dropped]]:
    """Yield the numbers of the tables among some rows: targets in columns of coming years, dropped ones in past years."""
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
        name = names.clean(raw[: bracket.start()] if bracket and unit_at is None else raw)
        for n, year in years.items():
            if n >= len(cells):
                continue
            a, b, text = cells[n]
            for token in lex(text):
                if token.kind != "num":
                    continue
                placed = _moved(token, a, unit)
                if year < horizon or _PRESENT.search(titles[n]):
                    yield row, Dropped(placed.start, placed.end, "table-base")
                elif name and placed.unit:
                    yield row, _found(row, placed, text, name, year, cells[name_at][0], b)


def _moved(token: Token, by: int, unit: str) -> Token:
    own = token.unit or ("" if unit in ("-", "—", "/", "") else unit)
    return Token(
        "num", token.start + by, token.end + by, token.value, token.value_max, own, token.dimension, token.tail, token.number + by,
        token.second + by if token.second >= 0 else -1, token.spelled, token.more,
    )  # fmt: skip


def _found(row: Piece, token: Token, text: str, name: str, year: int, start: int, end: int) -> Found:
    at = token.start - row.block.text.index(text, 0) if False else None
    del at
    local = lex(text)
    first = next(item for item in local if item.kind == "num")
    phrase = peel(text, local, 0, first.start)
    signs = {"≥": ">=", "≤": "<=", ">": ">=", "<": "<=", "＞": ">=", "＜": "<="}
    mark = next((signs[char] for char in text if char in signs), "")
    tails = {"以上": ">=", "以下": "<=", "以内": "<=", "左右": "~"}
    comparator = (
        mark or phrase.comparator or next((symbol for word, symbol in tails.items() if text.endswith(word)), "=")
    )
    direction = {"下降": "decrease_by", "降低": "decrease_by", "提高": "increase_by", "增长": "increase_by"}.get(
        phrase.word
    )
    return Found(
        token,
        name,
        When(year=year),
        comparator,
        mark in (">", "<"),
        phrase.hedge,
        direction,
        None,
        "target",
        start,
        end,
        "table",
        0.8,
    )
