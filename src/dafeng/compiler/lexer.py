"""From characters to tokens: years, periods, baselines, numbers with their units, and the figures that are none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from dafeng.compiler.lexicon import words
from dafeng.compiler.numerals import chinese
from dafeng.compiler.patterns import FRACTION, RANGE, after_form, kind_of, scanner, unit_form, units
from dafeng.plan.schema import PERIODS

Kind = Literal["num", "year", "period", "base", "date", "name", "ordinal", "document", "layout"]


@dataclass(frozen=True, slots=True)
class Token:
    """One figure of a text and what it is.

    Of a number: `value` to `value_max` in `unit`, `tail` the comparator after it, `number` the end of the digits.
    Of a time: `years` or `periods`, `mode` how it bounds ("by", "in", "from", "since", "range"). Of a base: `years`.
    """

    kind: Kind
    start: int
    end: int
    value: float = 0.0
    value_max: float | None = None
    unit: str = ""
    dimension: str = ""
    tail: str = ""
    number: int = 0
    second: int = -1
    spelled: bool = False
    more: bool = False
    years: tuple[int, ...] = ()
    periods: tuple[str, ...] = ()
    mode: str = ""


def lex(text: str, this_year: int | None = None) -> list[Token]:
    """Give the tokens of a clean text in order; everything between them is plain text.

    `this_year` is what 今年 and 年内 mean in an annual plan; without it they are plain text.
    """
    return list(_tokens(text, this_year))


_THIS_YEAR = re.compile(r"今年|年内|本年度|全年|年底前")


def _tokens(text: str, this_year: int | None) -> Iterator[Token]:
    at = 0
    search = scanner().search
    while match := search(text, at):
        if this_year is not None:
            for word in _THIS_YEAR.finditer(text, at, match.start()):
                yield Token("year", *word.span(), years=(this_year,), mode="in")
        token = _token(text, match)
        at = token.end if token else max(match.start() + 1, at + 1)
        if token:
            yield token
    if this_year is not None:
        for word in _THIS_YEAR.finditer(text, at):
            yield Token("year", *word.span(), years=(this_year,), mode="in")


def _token(text: str, match: re.Match[str]) -> Token | None:
    start, end = match.span()
    got = match.groupdict()
    kind = kind_of(match)
    if kind == "base":
        year = next((got[key] for key in ("b1", "b2", "b3", "b4") if got.get(key)), None)
        if year:
            return Token("base", start, end, years=(int(year),), mode="year")
        if got["b5"]:
            return Token("base", start, end, years=(PERIODS[got["b5"].strip('“”"')][1],), mode="period")
        return Token("base", start, end, mode="present" if re.search("[现目基原]", match.group()) else "previous")
    if kind == "year":
        return _year(got, start, end)
    if kind == "period":
        found = tuple(dict.fromkeys(re.findall(r"十[一二三四五六]五", match.group())))
        if any(name not in PERIODS for name in found):
            return None
        suffix = got["psuffix"] or ""
        mode = "since" if suffix == "以来" else "end" if "末" in suffix else "in"
        return Token("period", start, end, periods=found, mode=mode)
    if kind == "spelled":
        return _spelled(text, match)
    if kind == "num":
        return _num(text, start, end)
    return Token(kind, start, end)  # type: ignore[arg-type]  # the remaining kinds have the names of the forms


def _year(got: dict[str, str | None], start: int, end: int) -> Token:
    years = [int(year) for key in ("y1", "y2", "y3") if (year := got[key])]
    suffix = got["suffix"] or ""
    link = got["link"] or ""
    if link and link not in "、和及与":
        if suffix == "以来":
            return Token("year", start, end, years=(years[-1],), mode="since")
        return Token("year", start, end, value=years[0], years=(years[-1],), mode="range")
    if (got["lead"] or "") in ("截至", "截止", "截止到", "截至到"):
        mode = "as-of"
    elif suffix in ("起", "开始", "后", "之后", "以后"):
        mode = "from"
    elif suffix == "以来":
        mode = "since"
    else:
        mode = "by" if got["lead"] or "前" in suffix or "底" in suffix or "末" in suffix else "in"
    return Token("year", start, end, years=tuple(years), mode=mode)


def _spelled(text: str, match: re.Match[str]) -> Token | None:
    start, end = match.span()
    got = match.groupdict()
    if match.group().startswith("翻"):
        count = chinese(match.group()[1:-1]) if len(match.group()) > 2 else 1
        return Token(
            "num",
            start,
            end,
            value=2.0 ** (count or 1),
            unit="倍",
            dimension="multiple",
            number=end,
            spelled=True,
            mode="turn",
        )
    if got["c1"]:
        value = chinese(got["c1"])
        return (
            None
            if value is None
            else _tailed(
                text, Token("num", start, end, value=value, unit="%", dimension="share", number=end, spelled=True)
            )
        )
    if got["c2"]:
        low, high = chinese(got["c2"]), chinese(got["c3"] or "")
        if not low or high is None:
            return None
        return _tailed(
            text,
            Token(
                "num", start, end, value=round(high / low, 4), unit="倍", dimension="fraction", number=end, spelled=True
            ),
        )
    if got["c4"]:
        value = chinese(got["c4"])
        return (
            None
            if value is None
            else _tailed(
                text,
                Token("num", start, end, value=value, unit="倍", dimension="multiple", number=end - 1, spelled=True),
            )
        )
    if got["c7"]:
        tenths = (chinese(got["c7"]) or 0) + (0.5 if got["c8"] else 0)
        at = end - 1 - bool(got["c8"])
        return _tailed(
            text, Token("num", start, end, value=tenths, unit="成", dimension="share", number=at, spelled=True)
        )
    value = chinese(got["c5"] or "")
    found = unit_form().match(text, end)
    if value is None or found is None or not found.group("base"):
        return None
    token = Token(
        "num",
        start,
        found.end(),
        value=value,
        unit=found.group(),
        dimension=units()[found.group("base")],
        number=end,
        spelled=True,
        more=bool(got["c6"]),
    )
    return _tailed(text, token)


def _float(text: str) -> float:
    return float(text.replace(",", ""))


def _num(text: str, start: int, end: int) -> Token:
    if fraction := FRACTION.match(text, start):
        low = float(fraction.group(2))
        if low and not unit_form().match(text, fraction.end()):
            value = round(float(fraction.group(1)) / low, 4)
            return _tailed(
                text,
                Token(
                    "num",
                    start,
                    fraction.end(),
                    value=value,
                    unit="倍",
                    dimension="fraction",
                    number=fraction.end(),
                    spelled=True,
                ),
            )
    value = _float(text[start:end])
    number = end
    unit, dimension, more, end = _read_unit(text, end)
    if not unit and (ratio := re.compile(r"[:：]1(?![\d.])").match(text, end)):
        return _tailed(text, Token("num", start, ratio.end(), value=value, dimension="ratio", number=number))
    value_max: float | None = None
    second = -1
    opened = re.search(r"(?:从|由)[^，。；]{0,12}$", text[max(0, start - 14) : start])
    if (match := RANGE.match(text, end)) and not (opened and match.group().strip()[0] in "到至"):
        second_unit, second_dimension, second_more, second_end = _read_unit(text, match.end())
        whole = not unit or unit == second_unit or second_unit.endswith(unit)
        whole = whole or (dimension == "magnitude" and second_unit.startswith(unit))
        if (second_unit and whole) or (not unit and not second_unit):
            high = _float(match.group("n"))
            if high > value or "~" in match.group() or second_unit:
                value_max, second = high, match.start("n")
                unit, dimension, more, end = second_unit, second_dimension, second_more, second_end
    return _tailed(
        text,
        Token(
            "num",
            start,
            end,
            value=value,
            value_max=value_max,
            unit=unit,
            dimension=dimension,
            number=number,
            second=second,
            more=more,
        ),
    )


def _read_unit(text: str, at: int) -> tuple[str, str, bool, int]:
    more = bool(re.match(f"[{''.join(words('grammar')['more'])}]", text[at:])) and not text.startswith(
        ("多能", "多层", "余热", "余压", "多式"), at
    )
    match = unit_form().match(text, at + more)
    if match is None:
        return "", "", False, at
    base = match.group("base")
    end = match.end()
    if (
        not more
        and text[end : end + 1] in words("grammar")["more"]
        and not re.match("余[热压]|多[能式层元个种项]", text[end:])
    ):
        more, end = True, end + 1
    return match.group(), units()[base] if base else "magnitude", more, end


def _tailed(text: str, token: Token) -> Token:
    match = after_form().match(text, token.end)
    if match is None:
        return token
    tail = re.sub("（.*?）", "", match.group("tail"))
    return replace(token, end=match.end(), tail=tail)
