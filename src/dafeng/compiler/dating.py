"""The year a plan was written in: what lies before it is a report, not a promise."""

from __future__ import annotations

import re

from dafeng.plan.schema import PERIODS

_DAY = re.compile(r"(20\d\d)年\d{1,2}月(?:\d{1,2}日)?")
_OF_TITLE = re.compile(r"(?<![到至前])(20\d\d)(?:年?[-—–~至]+20\d\d)?年(?:度)?(?!前|底前|以?后|远景|愿景|展望)")
_PERIOD = re.compile(r"(十[一二三四五六]五)")
#: A year without 到 or 前: the one after the latest base year is reported on, as the last year with figures.
_TOLD = re.compile(r"(?<![到至自从比较—–~-])(20\d\d)年(?!以?来|[底末]?(?:以|之)?前|[起—–~至]|度?(?:计划|目标))")
_ENDS = 600
_LINE = 28
_FIRST = 2021


def plan_year(number: str, title: str, text: str) -> int | None:
    """Find the year of a plan in its number, its title, or a date on a line of its own at one end; else None.

    `text` has one paragraph a line.
    """
    if match := re.search(r"[〔\[](20\d\d)", number):
        return int(match.group(1))
    if match := _OF_TITLE.search(title):
        return int(match.group(1))
    for part in (text[-_ENDS:], text[:_ENDS]):
        for line in reversed(part.splitlines()):
            match = _DAY.search(line)
            if match and len(line.strip()) <= _LINE and not re.search(r"到|至|前|起|底", line):
                return int(match.group(1))
    if match := _PERIOD.search(title):
        return PERIODS[match.group(1)][0]
    return None


def first_year_ahead(text: str) -> int:
    """Guess the first year that lies ahead where no date is given: after every base year and every year reported on."""
    ahead = [int(year) for year in re.findall(r"(?:到|(?<!截)至)(20\d\d)年(?!以来)", text)]
    behind = [int(year) for year in re.findall(r"(?:比|较|截至|截止)(?:到)?(20\d\d)年", text)]
    first = min([year for year in ahead if year >= _FIRST], default=0)
    latest = max(behind, default=0)
    behind += [year for year in map(int, _TOLD.findall(text)) if year == latest + 1]
    reported = [year for year in behind if not first or year < first]
    floor = max([year + 1 for year in reported] + [_FIRST])
    return min(first, floor) if first else floor
