"""Names of indicators: read out of a clause, and restored where the clause leaves them out."""

from __future__ import annotations

import re
from functools import cache

from dafeng.compiler.lexicon import alternation, any_of, listed, words

_SPACE = re.compile(r"\s+")


@cache
def _leading() -> re.Pattern[str]:
    return re.compile(f"^(?:{alternation('names', 'leading')})(?=.{{2,}})")


@cache
def _trailing() -> re.Pattern[str]:
    return re.compile(f"(?:{alternation('names', 'trailing')})$")


@cache
def _scope() -> re.Pattern[str]:
    return re.compile(f"^(?:{alternation('names', 'scope')})的?(?=.{{2,}})")


@cache
def _head() -> re.Pattern[str]:
    return re.compile(f"(?:{alternation('names', 'heads')})(?:（[^）]*）)?$")


@cache
def _process() -> re.Pattern[str]:
    return re.compile(f"(?<!可)(?:{alternation('names', 'process')})")


@cache
def _makers() -> re.Pattern[str]:
    named = "|".join(sorted(words("grammar")["make_named"], key=len, reverse=True))
    return re.compile(f"^(?P<named>{named})(?=.{{2,}})|^(?:{alternation('grammar', 'make')})(?=.{{2,}})")


def head(name: str) -> str:
    """Give the noun at the end of a name that says what is measured; empty where there is none."""
    match = _head().search(name)
    return match.group() if match else ""


#: Words that begin like a verb to be dropped and are part of a noun.
_KEPT = re.compile(
    r"^(?:与|到|至|以)?(?:(?:联合|共同|合力)(?!打造|营造|建设|开展|推进|推动|创建|培育|实施|建成|新建)|发展中|建设用地|建设面积|推广应用(?:比例|率)|开展率|落实率|完成率|实施率|控制率|提升率|降低率|优化率|支持率|组织化|合理化|对外|及时|在[册建用役运网校编]|培育率|全面节|积极|保障率|保障性|保障能力"
    r"|形成率|实现率|实施面积|控制面积|完成投资|支持力度|提高率|累计(?:装机|投资|总)|全面推|基本农田|基本公共|推进速度|降低速度|需求|应急|应用|要素|和谐|并网|对外|在线|在建|以上|到港|与会|并联|使用|还田|加工|建设规模|建设比例|建成区|建成投|与会|对口|将来|以旧|使用|发展规模|增加值|控制性|要素)"
)


def clean(raw: str, keep_maker: bool = True) -> str:
    """Turn the words before a predicate into a name: without adverbs, the plan's place, leading verbs, conjunctions."""
    name = _SPACE.sub("", raw).strip("，。；：、—-·")
    name = re.sub(r"^.*[，；。：]", "", name)
    for _ in range(12):
        before = name
        name = name.strip('，、；：—“”"')
        name = _scope().sub("", name)
        name = _SUM.sub("", name)
        if not _KEPT.match(name):
            name = (
                _leading().sub("", name)
                if not (keep_maker and (m := _makers().match(name)) and m.group("named"))
                else name
            )
        if len(head(name)) < 2:
            name = _trailing().sub("", name)
        if name == before:
            break
    name = _LISTED.sub("", name)
    quotes = name.count("“") - name.count("”")
    if quotes < 0:
        name = "“" + name
    if quotes > 0 and "”" not in name:
        name = name.replace("“", "")
    return name if name.count("（") == name.count("）") else re.sub(r"[（）]", "", name)


#: The count of parts that are added up: 风电、光伏三项合计.
_SUM = re.compile(r"(?<=.{2})[两二三四五六七八\d](?:项|者|类)(?:合计|总计|共计)?$")


_OWNER = re.compile(
    r"^.{2,}?(?:机关|建筑|屋顶|厂房|学校|医院|企业|单位|园区|中心|码头|机场|车辆|公交车|出租车|居民|社区|行业|领域|项目|城区|县城|农村|地区)"
    r"(?P<measure>.{2,})$"
)


def borrow(name: str, known: str) -> str:
    """Give a name without a measure that of the name before it: 学校 after 机关屋顶光伏覆盖率; else an empty text."""
    match = _OWNER.match(known)
    if match is None or not _RATIO.search(known) or re.search(r"\d", name):
        return ""
    measure = match.group("measure")
    if (at := measure.find(name[-2:])) >= 0:
        measure = measure[at + 2 :]
    return name + measure if head(measure) else ""


def is_share(name: str) -> bool:
    """Tell whether a name is that of a share or a rate."""
    return bool(_RATIO.search(name))


#: The members of a kind that are listed before it: A、B、C等9种X.
_LISTED = re.compile(r"^(?:[^、]+、){2,}[^、\d]+?(?:等)?(?=\d+(?:种|类)[^，]{3,}$)")


#: Where something is made: 在沙戈荒地区核准开工….
_LOCATION = re.compile(r"^在[^，。；、]{2,12}?(?:地区|区域|范围内|流域|沿线|等地|等地区)(?=.{4,})")


def maker(raw: str) -> tuple[str, str, bool]:
    """Split a leading verb of making from its object: verb, object, and whether the verb stays in the name."""
    text = _LOCATION.sub("", _SPACE.sub("", raw).strip("，。；：、—"))
    for _ in range(8):
        match = None if _KEPT.match(text) else _makers().match(text)
        if match:
            inner = _makers().match(text[match.end() :])
            if inner and inner.group("named") and not match.group("named"):
                text = text[match.end() :]
                continue
            return match.group(), text[match.end() :], bool(match.group("named"))
        shorter = _scope().sub("", _leading().sub("", text))
        if shorter == text and text[:1] == "年" and _makers().match(text[1:]):
            shorter = text[1:]
        if shorter == text:
            return "", text, False
        text = shorter
    return "", text, False


def measure(name: str) -> str:
    """Give the head of a name with the process words right before it: 综合利用率, 装机容量."""
    last = head(name)
    return _tail_of(name, last) if last else ""


def topic(name: str) -> str:
    """Give what a name is about: the words before the first process word or the head; empty for a bare name."""
    name = re.sub(r"（[^）]*）$", "", name)
    body = name[: len(name) - len(head(name))] if head(name) else name
    match = _process().search(body)
    return (body[: match.start()] if match else body).rstrip("的、和及等")


def is_relative(name: str) -> bool:
    """Tell whether a name says nothing of its topic and must borrow one."""
    if name in listed("names", "bare"):
        return True
    rest = re.sub(r"（[^）]*）", "", name)
    last = head(rest)
    if not last:
        return False
    body = rest[: -len(last)]
    return bool(body) and not _process().sub("", body)


def restore(name: str, before: list[str], context: list[str]) -> tuple[str, float]:
    """Complete a name from the names before it (newest last) and the clauses before it (newest last).

    Returns the full name and how sure it is, from 1 (it was complete) down.
    """
    if name.startswith("占") and before and (about := topic(before[-1])):
        return about + name, 0.85
    if after := _AFTER.match(name):
        for clause in reversed(context):
            if found := _what_was(after.group("work"), clause):
                return f"{found}{after.group('work')}后{after.group('rest')}", 0.8
    if not is_relative(name):
        return _of_the_other_kind(name, before, context), 1.0
    short = re.sub(r"^(?:其|该|年|总)", "", name)
    for known in reversed(before[-3:]):
        if known != name and (
            known.endswith(name) or (len(short) > 1 and known.endswith(short) and name[:1] in "其该")
        ):
            return known, 0.95
    for clause in reversed(context[-2:]):
        if found := _topic_of_clause(clause, name):
            return found + name, 0.8
    for known in reversed(before[-2:]):
        if about := topic(_ADDED.sub("", known)):
            return about + name, 0.85
    return name, 0.6


_ADDED = re.compile(r"^(?:新增|新建|净增|累计)(?=.{2,})")


_AFTER = re.compile(r"(?P<work>改造|更新|升级|实施|建成|投产|达产)后(?:实现|可)?(?P<rest>.{2,})")


def _what_was(work: str, clause: str) -> str:
    """Find what is worked on in a clause such as 推进农房节能改造: the words before the work, after their own verb."""
    text, mark, _ = clause.partition(work)
    if not mark:
        return ""
    long = [word for word in (*words("names")["leading"], *words("grammar")["make"]) if len(word) > 1]
    verbs = any_of(long)
    pieces = [piece for piece in re.split(f"(?:{verbs})", text) if piece.strip("、，的")]
    about = _trailing().sub("", pieces[-1]) if pieces else ""
    about = re.sub(r"(?:节能|绿色化?|低碳化?|全部|全面|超低排放)+$", "", about)
    return about if 2 <= len(about) <= 16 else ""


_KINDS = "新建|新增|既有|存量|现有|在用|在建"


def _of_the_other_kind(name: str, before: list[str], context: list[str]) -> str:
    """Complete 能源利用效率 to 既有数据中心能源利用效率 where the sentence speaks of another kind of the thing."""
    for known in reversed(before[-2:]):
        if known != name and known.endswith(name):
            core = re.sub(f"^(?:{_KINDS})", "", known[: -len(name)])
            for clause in reversed(context):
                match = re.search(f"(?:{_KINDS})?{re.escape(core)}", clause)
                if len(core) > 1 and match:
                    return match.group() + name
    return name


def _topic_of_clause(clause: str, name: str) -> str:
    text = re.sub(r"（[^）]*）", "", clean(clause, keep_maker=False))
    text = re.split(f"(?:{alternation('names', 'modal')})", text)[0] if len(text) > 6 else text
    match = _process().search(text)
    about = text[: match.start()] if match and match.start() >= 2 else text
    about = re.sub(r"(?:建设|设施|项目|工作|工程|体系|机制|水平|发展|开发|应用|推广|全面|规模化|的)+$", "", about)
    about = re.split(r"等(?=.{2,})", about)[-1]
    if not 2 <= len(about) <= 18 or re.search(r"[，。；]", about):
        return ""
    return "" if about.endswith(name) else about


_RATIO = re.compile(r"(?:率|比重|占比|比例|比|权重|份额|增速|增幅|水平|强度)$")


def divide(name: str, count: int, *, ratio: bool = False) -> list[str] | None:
    """Split a subject that joins `count` names, and give each what the others share; None if it joins another number.

    `ratio` tells that the numbers are percentages, so that a head such as 比重 belongs to all of them.
    """
    parts = _divide(name, count)
    if parts is None or not ratio or not _RATIO.search(head(parts[-1])):
        return parts
    tail = head(parts[-1])
    return [
        part
        if _RATIO.search(part) or not head(part) or head(part) not in ("装机", "装机容量", "产量", "消费量", "产能")
        else part + tail
        for part in parts
    ]


def _divide(name: str, count: int) -> list[str] | None:
    text = name.strip("、，")
    for joint in (r"、|以及|和|及(?!以)|与", "、", r"以及|和|及(?!以)|与", "以及"):
        parts = _split(text, joint)
        if len(parts) == count:
            return _share(parts)
    parts = _split(text, r"、|以及|和|及(?!以)|与")
    if len(parts) > count > 1:
        return _merge(parts, text, count)
    return None


def _split(text: str, joint: str) -> list[str]:
    out: list[str] = []
    depth = start = 0
    form = re.compile(joint)
    i = 0
    while i < len(text):
        depth += (text[i] in "（“") - (text[i] in "）”")
        match = form.match(text, i) if depth == 0 else None
        if match and i > start:
            out.append(text[start:i])
            i = start = match.end()
            continue
        i += 1
    out.append(text[start:])
    return [part for part in out if part]


def _merge(parts: list[str], text: str, count: int) -> list[str] | None:
    """Join neighbours until the count is right: a part that ends in a head ends a name."""
    out: list[str] = []
    at = 0
    open_name = ""
    for part in parts:
        place = text.index(part, at)
        open_name += (text[at:place] if open_name else "") + part
        at = place + len(part)
        if head(part):
            out.append(open_name)
            open_name = ""
    if open_name:
        return None
    return _share(out) if len(out) == count else None


def _share(parts: list[str]) -> list[str]:
    """Give each part the prefix or the head that is said once for all."""
    last = head(parts[-1])
    prefix = next((m.group() for form in words("names")["per_unit"] if (m := re.match(form, parts[0]))), "")
    per = re.match(r"^(?:.{0,8}?)(?=单位|人均)", parts[0])
    whole = (per.group() if per else "") + prefix if prefix else ""
    if not prefix and per:
        for form in words("names")["per_unit"]:
            if m := re.match(form, parts[0][per.end() :]):
                prefix, whole = m.group(), per.group() + m.group()
                break
    out: list[str] = []
    for n, part in enumerate(parts):
        full = part
        if (
            n
            and prefix
            and not re.match(r"单位|人均|万元|规模以上", part)
            and len(part) <= 10
            and (head(part) or n == len(parts) - 1)
        ):
            full = whole + part
        own = head(part)
        unheaded = n < len(parts) - 1 and not own and not last and parts[-1].find("）") > 0
        if unheaded:
            full = part + parts[-1][parts[-1].rindex("）") + 1 :]
        if n < len(parts) - 1 and last and (not own or (own == "量" and len(last) > 1)):
            full = part + (_after_whole(parts[-1]) or _after_place(part, parts[-1]) or _tail_of(parts[-1], last))
        out.append(full)
    if not prefix and len(out) > 1 and head(out[0]) and all(is_relative(part) for part in out[1:]):
        about = topic(out[0])
        out = [out[0], *(about + part for part in out[1:])]
    return out


def _after_whole(name: str) -> str:
    """Give what is said once for all: 中新能源车占比 of 环卫车中新能源车占比, 单位周转量能耗 of 船舶单位周转量能耗."""
    per = re.search(r"(?<=.{2})(?:单位|人均)(?=.{3,})", name)
    if per:
        return name[per.start() :]
    if among := re.search(r"(?<=.{2})(?:行业|领域|企业)(?=.{3,})", name):
        return name[among.start() :]
    match = re.search(r"(?<=.{2})中(?!心|小|间|高|低|水|型|长|等|央|国)(?=.{3,})", name)
    return name[match.start() :] if match else ""


def _after_place(part: str, name: str) -> str:
    """Give what follows the place in 县污泥无害化处理率, where the part to complete is a place too."""
    if not re.search(r"(?:市|县|区|州|省|城|乡|地区)$", part):
        return ""
    match = re.match(r"[^、]{0,8}?(?:市|县|区|州|省|城|乡|地区)(?=.{3,})", name)
    return name[match.end() :] if match else ""


def _tail_of(name: str, last: str) -> str:
    """Give the head with the process words right before it: 装机容量, 资源化利用率."""
    body = name[: -len(last)]
    if match := re.search(f"(?<=.{{2}})(?:{alternation('names', 'attributes')})$", body):
        return match.group() + last
    while match := re.search(f"(?:{alternation('names', 'process')})$", body):
        if len(match.group()) < 2:
            break
        body, last = body[: match.start()], match.group() + last
    return last
