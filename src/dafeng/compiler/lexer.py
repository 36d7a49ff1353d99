"""From characters to tokens: years, periods, baselines, numbers with their units, and the figures that are none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from dafeng.compiler.lexicon import alternation, any_of, words
from dafeng.compiler.numerals import CHARACTERS, chinese
from dafeng.plan.schema import PERIODS

Kind = Literal["num", "year", "period", "base", "date", "name", "ordinal", "document", "layout"]


@dataclass(frozen=True, slots=True)
class Token:
    """One figure of a text and what it is.

    Of a number: `value` to `value_max` in `unit`, `tail` the comparator that follows it, `number` the end of the digits.
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


#: What may not follow a one-letter unit, because the two are then another word.
_NOT_UNIT = {
    "部": "门分委署队位件", "处": "理置罚", "项": "目", "人": "均才口大员民类工造", "个": "别人性", "名": "录单", "条": "件例款", "家": "庭电居具园",
    "台": "账阶", "座": "谈", "种": "植子业养", "方": "面案米法式", "时": "段", "天": "然", "日": "常均", "年": "度均内", "克": "服", "层": "次面",
    "升": "级至到", "元": "素", "期": "间限末", "类": "别", "组": "织件", "支": "持撑付", "根": "据", "片": "区", "块": "状", "对": "标接于应口外",
    "列": "入车为", "架": "构", "套": "餐利", "点": "", "次": "", "所": "有在", "份": "", "成": "", "星": "", "级": "", "户": "外", "件": "", "门": "",
    "床": "", "场": "地景馆所", "张": "", "本": "地市省区", "批": "", "头": "", "只": "", "例": "", "口": "岸", "眼": "", "号": "", "位": "", "度": "", "章": "",
}  # fmt: skip


@cache
def units() -> dict[str, str]:
    """Give every base unit with its dimension."""
    return {unit: dimension for dimension, bases in words("units")["bases"].items() for unit in bases}


@cache
def _unit() -> re.Pattern[str]:
    magnitude = any_of(words("units")["magnitudes"])
    substance = any_of(words("units")["substances"])
    bases = []
    for base in sorted(units(), key=lambda unit: (-len(unit), unit)):
        stop = _NOT_UNIT.get(base, "")
        latin = "(?![A-Za-z])" if base[-1].isascii() and base[-1].isalpha() else ""
        bases.append(re.escape(base) + (f"(?![{stop}])" if stop else "") + latin)
    base = "|".join(bases)
    part = f"(?:{magnitude})?(?:{base})(?:{substance})?"
    return re.compile(
        f"(?P<first>(?:{magnitude})?(?P<base>{base})(?:{substance})?)(?:[/每·](?:{part}|[A-Za-z]{{1,6}}))*|(?P<bare>万亿|万|亿)(?![一-鿿]*?册)"
    )


@cache
def _number() -> re.Pattern[str]:
    after = any_of(word for group in words("grammar")["comparators_after"].values() for word in group)
    return re.compile(f"(?P<tail>(?:（含[^）]{{0,8}}）)?(?:{after}))")


_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_PLAIN = re.compile(_DIGITS)
_RANGE = re.compile(rf"\s?(?:[-—–~]{{1,2}}|至|到)\s?(?P<n>{_DIGITS})")
_FRACTION = re.compile(r"(\d+)/(\d+)(?!\d)")
_PERIOD_NAME = r"[“\"]?(?:十[一二三四五六]五)[”\"]?"


@cache
def _scanner() -> re.Pattern[str]:
    numerals = f"[{CHARACTERS}]"
    month = r"\d{1,2}月(?:份)?(?:\d{1,2}[日号])?"
    forms = {
        "name": r"《[^》]*》|〈[^〉]*〉|(?:GB|DB|ISO|HJ|JGJ|CJJ|NB|SH|YB|T)(?:/[TZ])?\s?\d[\d.\-—:]*|[A-Za-z]+[-_]?\d+(?:\.\d+)?[A-Za-z]*|"
        + any_of(words("exclusions")["names"]),
        "document": r"[\u4e00-\u9fffA-Za-z]{0,8}[〔\[【（]\d{4}[〕\]】）]\d{1,5}号|(?:令|公告|主席令)?第?\d{1,5}号(?:令|文|公告)?",
        "base": (
            r"(?:比|较|相比|相较|相较于|相对于|对比)(?:于)?(?P<b1>\d{4})年(?:底|末|度)?(?:同期|实际)?(?:水平)?(?:相比|的基础上)?"
            r"|(?:与|同)(?P<b2>\d{4})年(?:底|末)?(?:同期)?(?:水平)?相比(?:较)?"
            r"|(?:以|按)(?P<b3>\d{4})年(?:底|末)?(?:为基期|为基数|为基准年|为基准|为基年)"
            r"|在?(?P<b4>\d{4})年(?:底|末)?(?:水平)?的?(?:基础上|水平上)"
            rf"|(?:比|较|与|相比)(?P<b5>{_PERIOD_NAME})(?:规划)?(?:末期|期末|末|时期|期间)?(?:相比)?"
            r"|(?:比|较)(?:上年度?|上一年度?|去年)(?:同期)?|在?(?:现有|现状|目前|原有|原)(?:水平|基础)(?:之)?上?|(?:比|较)(?:现状|目前|现有水平|基准(?:情景|水平))"
        ),
        "date": r"\d{4}年\d{1,2}月(?:\d{1,2}日)?(?!底|末|前|之前|\d)|(?<!\d)\d{1,2}月(?:\d{1,2}[日号])?(?:底前|底|前|上旬|中旬|下旬|份)?|\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}:\d{2}",
        "year": (
            r"(?P<lead>力争到|争取到|到|至|截至|截止|自|从|于|力争)?(?P<y1>(?:19|20)\d{2})(?:年)?(?:(?P<link>[-—–~至]{1,2}|、|和|及|与)(?P<y2>20\d{2}))?"
            rf"(?:(?P<link2>、|和|及|与)(?P<y3>20\d{{2}}))?年(?:{month})?(?P<suffix>底前|年底前|底之前|底以前|末前|前|之前|以前|年底|年末|底|末|起|开始|后|之后|以后|以来|期间|度)?"
        ),
        "period": (
            rf"(?P<lead2>到|至)?{_PERIOD_NAME}(?:(?:规划)?(?:期间|时期|期末|末期|末)?(?:、|和|及|与|至|—|-){_PERIOD_NAME})*"
            r"(?:规划)?(?P<psuffix>期间内?|时期|期末|末期|末|以来|中后期|前期|中期|规划期内?|期内|期)?(?!规划|计划|.{0,6}规划》|“?[+＋])"
        ),
        "layout": r"[“\"]?\d+(?:[+]\w+)+[”\"]?|[“\"]\d{3,4}[”\"]|[“\"](?:[一二三四五六七八九十\dNnXx]+[+])+[^”\"]{1,8}[”\"]|\d+[+]N",
        "ordinal": rf"(?:专栏|附件|附表|附录|表|图|注|序号)\s?\d{{1,2}}(?:[-.—]\d+)?(?!\d|[年月%])|(?<![\d.])0\d(?![\d.年%])|第(?:\d+|{numerals}+)(?:个|次|届|批|类|条|章|节|款|项|名|位|轮|期|产业|三方|部分)?",
        "spelled": (
            rf"翻[一两二三]?番|百分之(?P<c1>{numerals}+(?:点{numerals}+)?)|(?P<c2>{numerals}+)分之(?P<c3>{numerals}+)|(?P<c4>{numerals}+(?:点{numerals}+)?)倍"
            rf"|(?P<c5>[二两三四五六七八九十百千一]+)(?P<c6>余|多)?(?=(?:个|座|家|项|种|条|处|台|套|辆|艘|所|支|片|万)(?![一-鿿]?[别人性月]))"
        ),
        "num": rf"(?<![\d.A-Za-z])(?:{_DIGITS})",
    }
    return re.compile("|".join(f"(?P<{kind}>{form})" for kind, form in forms.items()))


def lex(text: str, this_year: int | None = None) -> list[Token]:
    """Give the tokens of a clean text in order; everything between them is plain text.

    `this_year` is what 今年 and 年内 mean in an annual plan; without it they are plain text.
    """
    return list(_tokens(text, this_year))


_THIS_YEAR = re.compile(r"今年|年内|本年度|全年|年底前")


def _tokens(text: str, this_year: int | None) -> Iterator[Token]:
    at = 0
    scanner = _scanner()
    while match := scanner.search(text, at):
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
    kind = next(
        key
        for key in ("name", "document", "base", "date", "year", "period", "layout", "ordinal", "spelled", "num")
        if got.get(key) is not None
    )
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
        return Token("year", start, end, years=(years[-1],), mode="range" if suffix != "以来" else "since")
    if suffix in ("起", "开始", "后", "之后", "以后"):
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
    value = chinese(got["c5"] or "")
    found = _unit().match(text, end)
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
    if fraction := _FRACTION.match(text, start):
        low = float(fraction.group(2))
        if low and not _unit().match(text, fraction.end()):
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
    value_max: float | None = None
    second = -1
    opened = re.search(r"(?:从|由)[^，。；]{0,12}$", text[max(0, start - 14) : start])
    if (match := _RANGE.match(text, end)) and not (opened and match.group().strip()[0] in "到至"):
        second_unit, second_dimension, second_more, second_end = _read_unit(text, match.end())
        if (second_unit and (not unit or unit == second_unit or second_unit.endswith(unit))) or (
            not unit and not second_unit
        ):
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
    match = _unit().match(text, at + more)
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
    match = _number().match(text, token.end)
    if match is None:
        return token
    tail = re.sub("（.*?）", "", match.group("tail"))
    return Token(
        "num", token.start, match.end(), token.value, token.value_max, token.unit, token.dimension, tail, token.number, token.second, token.spelled,
        token.more, mode=token.mode,
    )  # fmt: skip


@cache
def longest(*keys: str) -> re.Pattern[str]:
    """Compile the words of some grammar lists, to be found at the end of a text."""
    return re.compile("(?:" + "|".join(alternation("grammar", key) for key in keys) + ")$")
