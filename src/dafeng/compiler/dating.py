"""The year a plan was written in: what lies before it is a report, not a promise."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dafeng.compiler.blocks import is_page_head
from dafeng.compiler.outline import NUMBER
from dafeng.plan.schema import PERIODS

_DAY = re.compile(r"(20\d\d)年\d{1,2}月(?:\d{1,2}日)?")
_OF_TITLE = re.compile(r"(?<![到至前])(20\d\d)(?:年?[-—–~至]+20\d\d)?年(?:度)?(?!前|底前|以?后|远景|愿景|展望)")
_PERIOD = re.compile(r"(十[一二三四五六]五)")
#: A year without 到 or 前: the one after the latest base year is reported on, as the last year with figures.
_TOLD = re.compile(r"(?<![到至自从比较—–~-])(20\d\d)年(?!以?来|[底末]?(?:以|之)?前|[起—–~至]|度?(?:计划|目标))")
#: The date that a page gives for the document.
_PUBLISHED = re.compile(r"(?:成文|印发|发文|发布|公开|生效)(?:时间|日期)[:：]\s*(20\d\d)[-年/.]\d{1,2}")
#: The first of an aim: 到 2025 年，…达到, 2024 年底前….
_AIM = re.compile(
    r"(?:(?<!截)[到至]|力争|争取|确保)(20\d\d)年(?![^，。；]{0,4}以来)(?=[^。\n]{0,80}?(?:达|提高|提升|下降|降|控制|实现|建成|完成|增|减|保持|稳定|占|为|力争|争取|确保|不|形成))"
    r"|(?<![比较])(20\d\d)年(?:底|末|\d{1,2}月)?(?:底|末)?(?:之|以)?前"
)
#: A sentence about one year that compares it with the one before, or gives its end: 2022年末常住人口….
_COMPARED = re.compile(r"同比|比上年|较上年|比去年|较去年|上年")
_AT_END = re.compile(r"20\d\d年(?:末|底)(?!前)|20\d\d年[^。；]{0,24}完成")
_OWN = re.compile(
    rf"(?:(?:发文)?[文字]号[:：]|[^，。；：《》]{{2,60}}(?:方案|意见|规划|计划|纲要|要点)(?=（))?（?({NUMBER.pattern})）?"
)
_HEAD = 12
_ENDS = 600
_LINE = 28
_FIRST = 2021


def plan_year(number: str, title: str, text: str) -> int | None:
    """Find the year of a plan in its number, its title, or a date on a line of its own at one end; else None.

    The date of publication that a page gives counts unless an aim of the text lies before it; `text` has one paragraph
    a line.
    """
    if match := re.search(r"[〔\[](20\d\d)", number):
        return int(match.group(1))
    if match := _OF_TITLE.search(title):
        return int(match.group(1))
    for part in (text[-_ENDS:], text[:_ENDS]):
        for line in reversed(part.splitlines()):
            match = _DAY.search(line)
            if (
                match
                and len(line.strip()) <= _LINE
                and not re.search(r"到|至|前|起|底", line)
                and not is_page_head(line)
            ):
                return int(match.group(1))
    published = _PUBLISHED.search(f"{text[:_ENDS]}\n{text[-_ENDS:]}")
    if published and int(published.group(1)) <= (first_aim(text) or int(published.group(1))):
        return int(published.group(1))
    if match := _PERIOD.search(title):
        return PERIODS[match.group(1)][0]
    return None


def own_number(paragraphs: Sequence[str]) -> str:
    """Find the number of a document on a line of its own at its head, past what a web page prints over it; else ""."""
    labelled = [text for text in paragraphs[: 3 * _HEAD] if is_page_head(text)]
    lines = [text for text in paragraphs[: 4 * _HEAD] if not is_page_head(text)][:_HEAD]
    alone = (_OWN.fullmatch(text.strip("() ")) or _OWN.fullmatch(text) for text in [*lines, *labelled])
    return next((match.group(1) for match in alone if match), "")


def first_aim(text: str, told: str = "") -> int | None:
    """Give the earliest year that a clear aim names outside `told`, the chapters that report; None without one."""
    years = [int(match.group(1) or match.group(2)) for match in _AIM.finditer(_without(text, told))]
    return min((year for year in years if year >= _FIRST), default=None)


def first_year_ahead(text: str, told: str = "") -> int:
    """Guess the first year that lies ahead where no date is given: after every base year and every year reported on.

    `told` are the chapters of the text that report: what they tell of a year before the first aim has happened.
    """
    own = _without(text, told)
    ahead = [int(year) for year in re.findall(r"(?:到|(?<!截)至)(20\d\d)年(?!以来)", own)]
    behind = [int(year) for year in re.findall(r"(?:比|较|截至|截止)(?:到)?(20\d\d)年", text)]
    first = min([year for year in ahead if year >= _FIRST], default=0)
    behind += [int(year) for year in _TOLD.findall(told)]
    opening = _AIM.search(own)
    for sentence in re.split("[。\n]", own[: opening.start()] if opening else ""):
        if _COMPARED.search(sentence) or _AT_END.search(sentence):
            behind += [int(year) for year in _TOLD.findall(sentence)]
    latest = max((year for year in behind if not first or year < first), default=0)
    behind += [year for year in map(int, _TOLD.findall(text)) if year == latest + 1]
    reported = [year for year in behind if not first or year < first]
    floor = max([year + 1 for year in reported] + [_FIRST])
    return min(first, floor) if first else floor


def _without(text: str, told: str) -> str:
    lines = set(told.splitlines())
    return "\n".join(line for line in text.splitlines() if line not in lines)
