"""Who issued a document and when, as far as it says so; what it does not say is told, and asked for."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dafeng.compiler import Compiled
from dafeng.compiler.proposal import Header
from dafeng.errors import Refused
from dafeng.labels import Label
from dafeng.plan.schema import Plan

#: Fields of a head that may have to be stood in for, in the order of the plan file.
StandIn = Literal["issuer", "issued"]
_DAY = re.compile(r"(20\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_ISSUER = re.compile(r"^([\u4e00-\u9fff]{2,24}?(?:人民政府|管理委员会|发展和改革委员会|发展改革委|国务院|部|局|厅))$")
_PLACE = re.compile(r"^([\u4e00-\u9fff]{2,12}?(?:省|市|区|县|自治区|新区|开发区))")
_ID = re.compile(r"[a-z0-9][a-z0-9.-]*\Z")
_YEAR = re.compile(r"[〔\[](20\d\d)[〕\]]")
_ENDS = 600


@dataclass(frozen=True, slots=True)
class HeaderGuess:
    """A header for plan data; `missing` are the fields the document does not give, for which something stands in."""

    header: Header
    missing: tuple[StandIn, ...] = ()

    def marked(self, plan: Plan) -> Plan:
        """Give a plan that says for which fields of its head something stands in."""
        return plan.model_copy(update={"stand_ins": self.missing})


def read_header(
    compiled: Compiled, name: str, *, id: str = "", issuer: str = "", issued: str = "", document: str = ""
) -> HeaderGuess:
    """Read the header of a plan out of a compilation; what is given goes before what is read.

    The date of issue is that of a line of its own at the end or the head of the document, else the year of the
    document number, else the year in the title. Where there is none, a year stands in (the one after the latest
    baseline, else the first of the plan period in which the first target falls due) and `missing` names the field.
    `name` is that of the file, without its ending.

    Raises:
        Refused: the id or the day given cannot be those of a plan.
    """
    if issued and not _is_day(issued):
        raise Refused(
            f"issued: '{issued}' is no day. Write 2021, 2021-06 or 2021-06-30.",
            zh=f"发布日期：“{issued}”不是日期。请写作 2021、2021-06 或 2021-06-30。",
        )
    if id and not _ID.match(id):
        raise Refused(
            f"id: '{id}' is no id. Write small letters, digits, points and hyphens.",
            zh=f"方案标识：“{id}”不合格式。请用小写字母、数字、点和连字符。",
        )
    missing: list[StandIn] = []
    text = compiled.text
    who = issuer or _who(text) or _of_title(compiled.title)
    if not who:
        missing.append("issuer")
        who = compiled.title or name
    day = issued or _date(text) or _year(compiled)
    if not day:
        missing.append("issued")
        day = str(_stand_in(compiled))
    own = id or _slug(name)
    return HeaderGuess(Header(own, Label(zh=who, en=who), document or own, day), tuple(missing))


def refused(compiled: Compiled, name: str) -> Refused:
    """Make the refusal of a document in which nothing was found that a plan holds; it says what was not found."""
    en = "".join(f" {message.en[:1].upper()}{message.en[1:]}" for message in compiled.messages)
    zh = "".join(message.zh for message in compiled.messages)
    return Refused(f"{name}: no plan was found in it.{en}", zh=f"{name}：没有从中读出方案。{zh}")


def _is_day(text: str) -> bool:
    parts = text.split("-")
    if not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", text):
        return False
    try:
        date.fromisoformat("-".join([*parts, "01", "01"][:3]))
    except ValueError:
        return False
    return True


def _date(text: str) -> str:
    """Find a date that stands alone on a line at one of the two ends of the text."""
    for part in (text[-_ENDS:], text[:_ENDS]):
        for line in reversed(part.splitlines()):
            found = _DAY.search(line)
            if found and len(line.strip()) <= len(found.group()) + 12:
                year, month, day = (int(number) for number in found.groups())
                if 1 <= month <= 12 and 1 <= day <= 31:
                    return f"{year}-{month:02}-{day:02}"
    return ""


def _year(compiled: Compiled) -> str:
    found = _YEAR.search(compiled.number) or re.search(r"(20\d\d)年", compiled.title)
    return found.group(1) if found else ""


def _stand_in(compiled: Compiled) -> int:
    bases = [target.baseline_year for target in compiled.targets if target.baseline_year]
    if bases:
        return max(bases) + 1
    due = min((year for target in compiled.targets if (year := target.year or target.alt_year)), default=2025)
    return due - (due - 1) % 5


def _who(text: str) -> str:
    lines = [*text[:_ENDS].splitlines(), *text[-_ENDS:].splitlines()]
    return next((found.group(1) for line in lines if (found := _ISSUER.match(line.strip("#*　 ")))), "")


def _of_title(title: str) -> str:
    found = _PLACE.match(title)
    return f"{found.group(1)}人民政府" if found else ""


def _slug(name: str) -> str:
    plain = re.sub(r"[^a-z0-9.]+", "-", name.lower()).strip("-.")
    return plain or f"plan-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
