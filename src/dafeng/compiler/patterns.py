"""The patterns of the lexer: units, comparators after a number, and every kind of figure."""

from __future__ import annotations

import re
from functools import cache

from dafeng.compiler.lexicon import any_of, words
from dafeng.compiler.numerals import CHARACTERS

DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
RANGE = re.compile(rf"\s?(?:[-—–~]{{1,2}}|至|到)\s?(?P<n>{DIGITS})")
FRACTION = re.compile(r"(\d+)/(\d+)(?!\d)")
_PERIOD = r"[“\"]?(?:十[一二三四五六]五)[”\"]?"
_N = f"[{CHARACTERS}]"
_COUNTED = "个座家项种条处台套辆艘所支片万"


@cache
def units() -> dict[str, str]:
    """Give every base unit with its dimension."""
    return {unit: dimension for dimension, bases in words("units")["bases"].items() for unit in bases}


@cache
def unit_form() -> re.Pattern[str]:
    """Compile the form of a written unit: [magnitude] base [substance] [/ ...]; a bare 万 has no group "base"."""
    magnitude = any_of(words("units")["magnitudes"])
    substance = any_of(words("units")["substances"])
    bases = []
    for base in sorted(units(), key=lambda unit: (-len(unit), unit)):
        stop = words("units")["not_before"].get(base, "")
        latin = "(?![A-Za-z])" if base[-1].isascii() and base[-1].isalpha() else ""
        bases.append(re.escape(base) + (f"(?![{stop}])" if stop else "") + latin)
    base = "|".join(bases)
    part = f"(?:{magnitude})?(?:{base})(?:{substance})?"
    first = f"(?:{magnitude})?(?P<base>{base})(?:{substance})?"
    return re.compile(f"{first}(?:[/每·](?:{part}|[A-Za-z]{{1,6}}))*|(?P<bare>万亿|万|亿)")


@cache
def after_form() -> re.Pattern[str]:
    """Compile the comparators that may stand after a number."""
    after = any_of(word for group in words("grammar")["comparators_after"].values() for word in group)
    return re.compile(f"(?P<tail>(?:（含[^）]{{0,8}}）)?(?:{after}))")


#: The kinds of figure, first match wins; a kind is an alternation of forms.
_FORMS: dict[str, tuple[str, ...]] = {
    "name": (
        r"《[^》]*》",
        r"〈[^〉]*〉",
        r"(?:GB|DB|ISO|HJ|JGJ|CJJ|NB|SH|YB|T)(?:/[TZ])?\s?\d[\d.\-—:]*",
        r"[A-Za-z]+[-_]?\d+(?:\.\d+)?[A-Za-z]*",
    ),
    "document": (
        r"[\u4e00-\u9fffA-Za-z]{0,8}[〔\[【（]\d{4}[〕\]】）]\d{1,5}号",
        r"(?:令|公告|主席令)?第?\d{1,5}号(?:令|文|公告)?",
    ),
    "base": (
        r"(?:(?<![占同配车])比|较|相比|相较|相较于|相对于|对比)(?:于)?(?P<b1>\d{4})年(?:底|末|度)?(?:同期|实际)?(?:水平)?(?:相比|的基础上)?",
        r"(?:与|同)(?P<b2>\d{4})年(?:底|末)?(?:同期)?(?:水平)?相比(?:较)?",
        r"(?:以|按)(?P<b3>\d{4})年(?:底|末)?[^，。；]{0,24}?(?:为基期|为基数|为基准年|为基准|为基年)",
        r"在?(?P<b4>\d{4})年(?:底|末)?(?:水平)?的?(?:基础上|水平上)",
        rf"(?:比|较|与|相比)(?P<b5>{_PERIOD})(?:规划)?(?:末期|期末|末|时期|期间)?(?:相比)?",
        r"(?:比|较)(?:上年度?|上一年度?|去年)(?:同期)?",
        r"在?(?:现有|现状|目前|原有|原)(?:水平|基础)(?:之)?上?",
        r"(?:比|较)(?:现状|目前|现有水平|基准(?:情景|水平))",
    ),
    "date": (
        r"\d{4}年\d{1,2}月(?:\d{1,2}日)?(?!底|末|前|之前|\d)",
        r"(?<!\d)\d{1,2}月(?:\d{1,2}[日号])?(?:底前|底|前|上旬|中旬|下旬|份)?",
        r"\d{4}[-./]\d{1,2}[-./]\d{1,2}",
        r"\d{1,2}:\d{2}",
    ),
    "year": (
        r"(?P<lead>力争到|争取到|截至到|截止到|到|至|截至|截止|自|从|于|力争)?(?P<y1>(?:19|20)\d{2})(?:年)?"
        r"(?:(?P<link>[-—–~至]{1,2}|、|和|及|与)(?P<y2>20\d{2}))?(?:(?:、|和|及|与)(?P<y3>20\d{2}))?年"
        r"(?:\d{1,2}月(?:份)?(?:\d{1,2}[日号])?)?"
        r"(?P<suffix>底前|年底前|底之前|底以前|末前|前|之前|以前|年底|年末|底|末|起|开始|后|之后|以后|以来|期间|度)?",
    ),
    "period": (
        rf"(?:到|至)?{_PERIOD}(?:(?:规划)?(?:期间|时期|期末|末期|末)?(?:、|和|及|与|至|—|-){_PERIOD})*"
        r"(?:规划)?(?P<psuffix>期间内?|时期|期末|末期|末|以来|中后期|前期|中期|规划期内?|期内|期)?"
        r"(?!规划|计划|.{0,6}规划》|“?[+＋])",
    ),
    "layout": (
        r"[“\"]?\d+(?:[+]\w+)+[”\"]?",
        r"[“\"]\d{3,4}[”\"]",
        r"[“\"](?:[一二三四五六七八九十\dNnXx]+[+])+[^”\"]{1,8}[”\"]",
        r"\d+[+]N",
    ),
    "ordinal": (
        r"(?:专栏|附件|附表|附录|表|图|注|序号)\s?\d{1,2}(?:[-.—]\d+)?(?!\d|[年月%])",
        r"(?<![\d.])0\d(?![\d.年%])",
        rf"第(?:\d+|{_N}+)(?:个|次|届|批|类|条|章|节|款|项|名|位|轮|期|产业|三方|部分)?",
    ),
    "spelled": (
        r"翻[一两二三]?番",
        rf"百分之(?P<c1>{_N}+(?:点{_N}+)?)",
        rf"(?P<c2>{_N}+)分之(?P<c3>{_N}+)",
        rf"(?P<c4>{_N}+(?:点{_N}+)?)倍",
        r"(?P<c7>[一二两三四五六七八九])成(?P<c8>半)?(?=以[上下内]|左右|[，。；、）]|$|的[^员]|\S{0,6}?(?:达到|完成|实现|建成))",
        rf"(?P<c5>[二两三四五六七八九十百千一]+)(?P<c6>余|多)?(?=[{_COUNTED}](?![一-鿿]?[别人性月]))",
    ),
    "num": (rf"(?<![\d.A-Za-z])(?:{DIGITS})",),
}


@cache
def scanner() -> re.Pattern[str]:
    """Compile the search for the next figure; the group that matched names its kind."""
    names = any_of(words("exclusions")["names"])
    forms = {kind: "|".join(parts) + (f"|{names}" if kind == "name" else "") for kind, parts in _FORMS.items()}
    return re.compile("|".join(f"(?P<{kind}>{form})" for kind, form in forms.items()))


def kind_of(match: re.Match[str]) -> str:
    """Name the kind of figure a match of the scanner found."""
    return next(kind for kind in _FORMS if match.group(kind) is not None)
