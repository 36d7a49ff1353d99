"""Responsible units: the lists of organisations at the end of a task, and who of them leads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from dafeng.compiler.lexicon import alternation, any_of, listed, words
from dafeng.compiler.outline import Node, Piece

_OPEN, _CLOSE = "（〔【[〈", "）〕】]〉"


@dataclass(slots=True)
class Units:
    """The units of one task, as written and in order; `groups` holds one list a jurisdiction if there are several."""

    units: list[str] = field(default_factory=list)
    lead: list[str] = field(default_factory=list)
    etc: bool = False
    groups: list[list[str]] = field(default_factory=list)
    raw: str = ""
    as_printed: dict[str, str] = field(default_factory=dict)
    start: int = -1
    end: int = -1
    pieces: list[tuple[Piece, int, int]] = field(default_factory=list)


@cache
def _marks() -> re.Pattern[str]:
    marks = words("organisations")["marks"]
    kinds = "|".join(f"(?P<{kind}>{any_of(marks[kind])})" for kind in ("all", "lead", "joint", "person"))
    return re.compile(f"(?:{kinds})(?=[：:])")


@cache
def _label() -> re.Pattern[str]:
    marks = words("organisations")["marks"]
    every = any_of(
        [
            *marks["all"],
            *(mark for mark in marks["lead"] if len(mark) > 2),
            *(mark for mark in marks["joint"] if len(mark) > 2),
        ]
    )
    return re.compile(f"(?:{every})[：:]")


@cache
def _suffix() -> re.Pattern[str]:
    return re.compile(f"(?:{alternation('organisations', 'suffixes')})(?:（[^）]*）)?$")


@cache
def _tail() -> re.Pattern[str]:
    return re.compile(f"(?:{alternation('organisations', 'tails')})$")


@cache
def _etc() -> re.Pattern[str]:
    return re.compile(f"(?:{alternation('organisations', 'etc')})$")


def ordering(text: str) -> str:
    """Find the rule by which a document says who leads: "first", "before_comma", "before_semicolon", or "" for none."""
    for rule, forms in words("organisations")["ordering"].items():
        if any(re.search(form, text) for form in forms):
            return str(rule)
    return ""


def habit(lists: Iterable[str]) -> str:
    """Find the ordering rule a document follows without saying it: one comma after the first names of most lists.

    `lists` are the raw lists. A comma before district governments alone says nothing of who leads.
    """
    fair = [raw for raw in lists if len(re.split("[、，]", raw)) > 2 and "牵头" not in raw and "；" not in raw]
    halves = [raw.split("，") for raw in fair if raw.count("，") == 1]
    told = [tail for head, tail in halves if head.count("、") <= 2 and not re.search(r"^(?:各|有关|相关)|政府$", tail)]
    return "before_comma" if len(told) >= 5 and len(told) * 5 >= len(fair) * 3 else ""


def read(node: Node, rule: str = "") -> Units | None:
    """Read the units of one node from all its paragraphs; None where it names none."""
    found: Units | None = None
    for piece in node.body:
        for a, b, inside in _candidates(piece.text):
            units = parse(inside, rule)
            if units is None:
                continue
            units.start, units.end = piece.span(a, b)
            units.pieces.append((piece, a, b))
            found = units if found is None else _merge(found, units)
    return found


def _merge(first: Units, second: Units) -> Units:
    """Join the lists of two lines, such as 牵头单位 and 配合单位."""
    first.units.extend(name for name in second.units if name not in first.units)
    first.lead.extend(name for name in second.lead if name not in first.lead)
    first.groups.extend(second.groups)
    first.etc = first.etc or second.etc
    first.raw = f"{first.raw}；{second.raw}"
    first.end = max(first.end, second.end)
    first.pieces.extend(second.pieces)
    return first


def _candidates(text: str) -> list[tuple[int, int, str]]:
    """Find the brackets of a paragraph that close a sentence, and lists that stand behind a label without a bracket."""
    body = text.rstrip("。；; ")
    if _label().match(body):
        return [(0, len(text), body)]
    out: list[tuple[int, int, str]] = []
    depth = opened = 0
    for i, char in enumerate(text):
        if char in _OPEN:
            opened = i if depth == 0 else opened
            depth += 1
        elif char in _CLOSE and depth:
            depth -= 1
            at_end = i + 1 >= len(body)
            if depth == 0 and (at_end or text[opened - 1 : opened] in "。；" or _label().match(text, opened + 1)):
                out.append((opened, len(text) if at_end else i + 1, text[opened + 1 : i]))
    if depth and _label().match(text, opened + 1):
        out.append((opened, len(text), body[opened + 1 :]))
    if not out and (spoken := _SPOKEN.search(body)) and _all_named(spoken.group(1)):
        out.append((spoken.start(1), len(text), spoken.group(1)))
    if not out and (trailing := re.search(rf"[。；]({_label().pattern}[^。]+)$", body)):
        out.append((trailing.start(1), len(text), trailing.group(1)))
    return out


_SPOKEN = re.compile(
    r"(?:^|[。；])((?:由[^。；]{4,80}|[^。；，]{4,30}(?=牵头))(?:负责|牵头|主责)(?:(?:，|；)[^。；]{4,90}(?:负责|配合|参与|参加|落实|协助|协同))?"
    r"|牵头(?:责任)?(?:单位|部门)为[^。]{4,120})$"
)


def _all_named(text: str) -> bool:
    """Tell whether a sentence without a bracket holds nothing but names of organisations and what they do."""
    units = parse(text)
    return units is not None and all(_suffix().search(name) for name in units.units)


def parse(text: str, rule: str = "") -> Units | None:
    """Read a list of units; None if it is not one.

    `rule` is the document's ordering rule. Without a label, most items must end like the name of an organisation.
    """
    raw = re.sub(r"\s+", "", text)
    raw_list = _IS.sub(r"\1：", _NOTE.sub("", _TIME_LIMIT.sub("", raw)))
    labelled = bool(_marks().search(raw_list))
    out = Units(raw=raw)
    parts: list[tuple[str, str]] = []
    at = 0
    kind = "all"
    for match in _marks().finditer(raw_list):
        if match.start() > at:
            parts.append((kind, raw_list[at : match.start()]))
        kind = match.lastgroup or "all"
        at = match.end() + 1
    parts.append((kind, raw_list[at:]))
    good = total = 0
    labelled_places = False
    helped = bool(_HELPS.search(raw_list))
    for kind, part in parts:
        if kind == "person":
            continue
        for segment, mark, closing in _segments(part):
            names, etc, leads, named = _names(segment)
            if not names:
                continue
            total += len(names)
            good += sum(bool(_suffix().search(name)) for name in names)
            leading = leads or kind == "lead" or (helped and not out.units and _ANSWERS.search(segment))
            if rule == "before_comma" and kind == "all":
                leading = leading or (mark == 0 and "，" in part and closing == "，")
            if rule == "before_semicolon" and kind == "all":
                leading = leading or (mark == 0 and closing in "；;")
            labelled_places = labelled_places or bool(named)
            groups = _groups(names, named)
            if rule == "first" and kind == "all":
                out.lead.extend(group[0] for group in groups if group[0] not in out.lead)
            elif leading:
                out.lead.extend(name for name in names if name not in out.lead)
            elif not out.lead and not out.units and _WITH.match(segment) and len(names) > 1:
                out.lead.append(names[0])
            out.units.extend(name for name in names if name not in out.units)
            out.groups.extend(groups)
            out.etc = out.etc or etc
    if not out.units:
        return None
    if not labelled:
        closes = bool(_tail().search(raw_list.rstrip("。")))
        if (
            good < total * (0.5 if closes else 0.75)
            or (total == 1 and not closes)
            or any(not 2 <= len(name) <= 30 for name in out.units)
        ):
            return None
    if len(out.groups) < 2 or not (rule == "first" or labelled_places):
        places = {_place(group[0]) for group in out.groups}
        out.groups = out.groups if len(places) > 1 and "" not in places else []
    return out


def _segments(part: str) -> list[tuple[str, int, str]]:
    """Cut a list at commas and semicolons outside brackets; each with its place and the mark that closes it."""
    out: list[tuple[str, int, str]] = []
    depth = start = 0
    for i, char in enumerate(part):
        depth += (char in _OPEN) - (char in _CLOSE)
        if depth == 0 and char in "，；;,。":
            out.append((part[start:i], len(out), char))
            start = i + 1
    out.append((part[start:], len(out), ""))
    return [item for item in out if item[0]]


#: 牵头单位为… says the same as 牵头单位：….
_IS = re.compile(r"((?:牵头|责任|配合|协办|主办|参与|负责)(?:责任)?(?:单位|部门))(?:分别)?为(?=[^主牵])")
_HELPS = re.compile(r"(?:配合|协助|参与|参加|协同|协办)(?:$|[。；])")
_ANSWERS = re.compile(r"负责$")
#: 市发展改革委会同…: the first name leads.
_WITH = re.compile(r"^由?[^、，；]{2,20}会同(?=.{2,})")
_NOTE = re.compile(r"[（〈(][^（）〈〉()]*(?:下同|牵头单位)[^（）〈〉()]*[）〉)]")
_TIME_LIMIT = re.compile(r"[；，]?(?:完成)?时限[：:].*$")
_ASIDE = re.compile(r"^(?:以下|下同|不再|其他任务|均需)|列出$|下同$")
_JURISDICTION = re.compile(r"^([\u4e00-\u9fff]{2,8}(?:省|市|自治区|区|县|州))[：:]")


def _names(segment: str) -> tuple[list[str], bool, bool, str]:
    """Split one segment into names; also whether it is open (等), leads, and the jurisdiction it is labelled with."""
    named = ""
    if match := _JURISDICTION.match(segment):
        named, segment = match.group(1), segment[match.end() :]
    segment = re.sub(r"^(?:由|以及|和|会同|请)", "", segment)
    leads = bool(re.search(r"牵头(?:负责|落实)?$|为主$|主责$", segment)) or segment.startswith("牵头")
    etc = False
    for _ in range(4):
        before = segment
        segment = _tail().sub("", segment)
        segment, count = _etc().subn("", segment)
        etc = etc or bool(count)
        if segment == before:
            break
    pieces: list[str] = []
    depth = start = 0
    for i, char in enumerate(segment):
        depth += (char in _OPEN) - (char in _CLOSE)
        if depth == 0 and char in "、":
            pieces.append(segment[start:i])
            start = i + 1
    pieces.append(segment[start:])
    names: list[str] = []
    for piece in (item.strip("，；。：: ") for item in pieces):
        if piece and not _ASIDE.search(piece):
            if names and _open_ended(names[-1]) and _continues(piece):
                names[-1] += "、" + piece
            else:
                names.extend(_divide(piece))
    return names, etc, leads, named


def _divide(piece: str) -> list[str]:
    """Cut A和B or A会同B where both sides are names of organisations."""
    for joint in ("会同", "和", "及", "与"):
        left, mark, right = piece.partition(joint)
        if mark and right.startswith("各") and len(left) > 2 and _suffix().search(left) and not left.startswith("各"):
            return [left, *_divide(right)]
        if (
            mark
            and len(left) > 2
            and len(right) > 2
            and _suffix().search(left)
            and _suffix().search(right)
            and not left.startswith(tuple(listed("organisations", "general")))
        ):
            if re.search(r"(?:委|局|厅|部|办|院|公司|政府|中心|行|会)$", left):
                return [left, *_divide(right)]
    return [piece]


def _open_ended(name: str) -> bool:
    general = any_of(listed("organisations", "general"))
    places = any_of(listed("organisations", "places"))
    return bool(
        re.fullmatch(rf"(?:{general})(?:{places})(?:（[^）]*）|〔[^〕]*〕)?(?:、.+)?", name)
    ) and not name.endswith("政府")


def _continues(piece: str) -> bool:
    places = any_of(listed("organisations", "places"))
    return bool(re.match(rf"(?:{places})(?:[（〔][^）〕]*[）〕])?(?:(?:人民)?政府|党委|管委会|委|$)", piece))


def _place(name: str) -> str:
    match = re.match(r"[\u4e00-\u9fff]{2,6}?(?:省|市|自治区)(?=.)", name)
    return match.group() if match and len(match.group()) > 2 else ""


def _groups(names: Sequence[str], named: str) -> list[list[str]]:
    """Cut a list where the province or city in the names changes."""
    if named:
        return [list(names)]
    out: list[list[str]] = []
    place = ""
    for name in names:
        here = _place(name)
        if not out or (here and here != place and place):
            out.append([])
        place = here or place
        out[-1].append(name)
    return out


def mend(all_units: Iterable[Units]) -> None:
    """Correct names printed with a doubled character where the document itself writes the name without it.

    The printed form is kept in `as_printed`.
    """
    lists = list(all_units)
    count = Counter(name for units in lists for name in units.units)
    fixed: dict[str, str] = {}
    for name in count:
        for i in range(1, len(name)):
            shorter = name[:i] + name[i + 1 :]
            if name[i] == name[i - 1] and count[shorter] > count[name]:
                fixed[name] = shorter
    for units in lists:
        for printed, name in fixed.items():
            if printed in units.units:
                units.as_printed[name] = printed
                units.units = [fixed.get(unit, unit) for unit in units.units]
                units.lead = [fixed.get(unit, unit) for unit in units.lead]


def resolve(names: Mapping[str, str], known: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """Match names to organisation ids by name and alias; what matches none is listed in order.

    `names` maps each name as written to its plain form, `known` every spelling to an id. A leading 市, 省 or place name
    may be missing on either side.
    """
    loose = {_loose(spelling): id for spelling, id in known.items()}
    found: dict[str, str] = {}
    missing: list[str] = []
    for name, plain in names.items():
        id = known.get(name) or known.get(plain) or loose.get(_loose(plain))
        if id:
            found[name] = id
        elif name not in missing:
            missing.append(name)
    return found, missing


def _loose(name: str) -> str:
    short = re.sub(r"^(?:[\u4e00-\u9fff]{2,3}[省市]|市|省|区|县|自治区)(?=.{2,})", "", re.sub(r"\s", "", name))
    return re.sub(r"委员会$", "委", re.sub(r"人民政府$", "政府", short))
