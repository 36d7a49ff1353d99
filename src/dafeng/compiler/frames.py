"""The frames a number stands in.

* level         供热能力力争达到 30 万千瓦；比2021年下降 9%；不低于 45%
* share         不应超过用地总量的 15%
* object-after  培育 8 个低碳园区；形成 6% 以上的可调节负荷能力
* object-before 新建换电站 40 座
* subject-share 45% 的园区建成能源管理中心
* bare          清洁取暖占比 72% 左右 (only where a time or its neighbours govern)
* turn          内河集装箱运量翻一番
"""

from __future__ import annotations

import re
from dataclasses import replace

from dafeng.compiler import judge, names
from dafeng.compiler.clauses import FILLER
from dafeng.compiler.found import Found, moments
from dafeng.compiler.lexer import Token
from dafeng.compiler.lexicon import pattern, words
from dafeng.compiler.passage import Passage, Run
from dafeng.compiler.phrase import DIRECTIONS, Phrase, peel
from dafeng.compiler.targets import all_of, antecedent, build, enforced, is_aimed, is_ratio, tail_comparators

#: What a frame gives: targets, or the reason why there is none, and where the words of the next number may begin.
Read = tuple[list[Found], str, int]
UNITLESS = "no-unit"
_OBJECT_ENDS = re.compile(r"(?:、|和|以及|及|与)$")
_NEXT_VERB = re.compile(r"、(?=(?:新建|建设|培育|打造|推广|完善|推进|建成|形成|创建))")
_PLACE = re.compile(
    r"(?:区|市|县|州|群|城|省|园|地段|路段|地块|组团|街区|企业|领域|行业|部门|单位|机构|节点|枢纽|集群)$"
)
_OF_A_TABLE = re.compile("预期性|约束性|%%|-%")
_IS = ("为", "是")
#: Verbs of making that are nouns where a subject stands before them: 超低能耗改造不少于…
_NOUNS = ("改造", "建设", "治理", "修复", "抚育", "更新改造", "推广", "替代", "淘汰", "利用", "回收", "处理", "处置")
_WORK = re.compile(r"(?:改造|建设|治理|修复|更新|替代|置换|造林|绿化|推广|应用)$")
_OF_A_PLACE = re.compile(
    r"^(?P<place>.{2,8}?(?:市|省|区|县|州|地|领域|行业))(?P<verb>累计新增|新增|新建|净增)(?P<made>.{2,})$"
)
#: What all or a part of something does: 新增公交车 100% 采用新能源车.
_DOES = re.compile(
    r"(?:为(?=绿色|新能源|清洁|低碳|节能|一级|二级)|采用|使用|执行|实行|纳入|接入|安装|配备|实现|完成)[^，。；]{2,}"
)
#: The unit of an intensity, which nobody makes; a capacity a day is made.
_INTENSITY = re.compile(r"/(?!日|天|年|小时|时|h|d|a)")
_RATIOS = ("share", "points", "fraction")
_LONG = 40
#: 可安装光伏屋顶面积力争实现光伏覆盖率: what is promised stands behind the hedge.
_PROMISED = re.compile(r"^.{2,40}?(?P<hedge>力争|争取)(?:实现|使|推动)?(?P<what>.{3,})$")
_SHORT_OBJECT = 2
_SHORT_PART = 10
#: A bound that stands before what it is a share of, and what is done by it.
_RULE = re.compile(r"(?:按照?|以)(?P<bound>不低于|不少于|不超过|不高于|不小于|不大于|至少)(?P<of>[^，、；\d]{2,14}|)$")
_DONE_BY_RULE = re.compile(r"(?:配置|配建|配套建设|配套|建设|安装|设置|预留)[^，。；、\d]{2,8}$")
_SUMS = ("共计", "合计", "总计", "总共")
_NAME_OF_PLACE = 3


def frame(passage: Passage, run: Run) -> Read:
    """Choose the frame of a run and build its targets."""
    phrase, last = run.phrase, run.last
    if last.mode == "turn":
        return _level(passage, run, "turn")
    if last.dimension == "share" and re.search(r"(?:^|[^拥持占具享共保])有$", run.zone):
        run.zone = run.zone[:-1]
    closed = judge.closes(run.rest)
    has_level = bool(phrase.predicate or phrase.comparator not in ("", "~"))
    if not has_level and (ruled := _by_rule(passage, run) or enforced(passage, run)):
        return ruled
    if has_level and not phrase.verb:
        return _set_level(passage, run, closed=closed)
    if phrase.verb:
        made = _made_after(passage, run, phrase)
        if made is not None:
            return made
        if closed and has_level and run.zone:
            run.zone += phrase.verb if phrase.verb in _NOUNS else ""
            return _level(passage, run, "level")
        if closed and not run.zone and (passage.names or _WORK.search("".join(passage.context[-1:]))):
            return _level(passage, run, "level")
    if (
        passage.flat[phrase.at - 1 : phrase.at] == "的"
        and last.dimension in ("share", "fraction", "multiple")
        and closed
    ):
        shared = _share_of(passage, run)
        if shared is not None:
            return shared
    before = _made_before(passage, run, closed=closed, has_level=has_level)
    if before is not None:
        return before
    free = not run.zone or _PLACE.search(run.zone)
    if free and not phrase.verb and last.dimension == "share" and not run.bracket:
        share = _subject_share(passage, run)
        if share is not None:
            return share
    name = names.clean(run.zone)
    if last.dimension == "share" and len(name) > 1 and not has_level and not phrase.verb and _DOES.match(run.rest):
        whole = f"{name}{run.to_end.rstrip('，、 ')}的比例"
        end = run.clause.end
        return build(passage, run, phrase, whole, kind="subject-share", sure=0.7, quote_end=end), "", end
    same = passage.same_sentence
    part = bool(same) and same[-1].number.unit == last.unit and bool(_PLACE.search(name))
    amount = bool(same) and passage.parted and same[-1].number.dimension == last.dimension == "power"
    part = part or (amount and 1 < len(name) <= _SHORT_PART)
    rate = last.dimension == "share" and names.is_share(name) and not passage.report
    governed = passage.governed(phrase) or rate
    if closed and name and (names.head(name) or phrase.summed or part) and governed and last.unit:
        return _level(passage, run, "bare")
    if closed and len(name) >= _SHORT_OBJECT and is_aimed(passage, run):
        return build(passage, run, phrase, name, kind="object-before", sure=0.8), "", last.end
    return [], _leftover(passage, run), last.end


def _by_rule(passage: Passage, run: Run) -> Read | None:
    """Read 新增项目按不低于装机容量的 10%、时长 2 小时以上配置储能: a rule that projects are done by."""
    last, match = run.last, _RULE.search(run.zone)
    if match:
        symbol = next(s for s, group in words("grammar")["comparators_before"].items() if match.group("bound") in group)
        run.phrase.comparator, run.phrase.strict = {"<": "<=", ">": ">="}.get(symbol, symbol), symbol in "<>"
        done = _DONE_BY_RULE.search(run.to_end)
        subject = names.clean(run.zone[: match.start()], keep_maker=False) + (
            done.group().strip("、，") if done else ""
        )
        of = match.group("of").rstrip("的")
        name = f"{subject}占{of}比例" if last.dimension == "share" else subject + of
        return build(passage, run, run.phrase, name, kind="share", sure=0.8), "", last.end
    same = passage.same_sentence
    ruled = bool(same) and same[-1].kind == "standard" and same[-1].number.start >= run.clause.start
    name = names.clean(run.zone)
    if ruled and names.head(name) and _DONE_BY_RULE.match(run.rest):
        run.phrase.comparator = tail_comparators()[last.tail] if last.tail else same[-1].comparator
        return build(passage, run, run.phrase, name, kind="level", sure=0.8), "", last.end
    return None


def _leftover(passage: Passage, run: Run) -> str:
    """Say why a number without a frame is none."""
    number = run.last
    left = passage.flat[run.start : number.start].rstrip(FILLER)
    plain = run.rest.lstrip(FILLER + " ")
    if left.endswith(tuple(words("grammar")["kinds_before"])):
        return "kinds"
    if plain.startswith("的") or number.tail:
        return "condition" if names.head(names.clean(left)) else "threshold"
    if not number.unit:
        return UNITLESS
    if plain and not judge.closes(run.rest):
        return "kinds" if number.dimension == "count" else "specification"
    return "no-predicate"


def _set_level(passage: Passage, run: Run, *, closed: bool) -> Read:
    last, phrase = run.last, run.phrase
    if last.spelled and last.mode != "turn" and last.dimension == "count" and (last.value < 2 or phrase.word in _IS):
        return [], "kinds", last.end
    if phrase.word in _IS and not phrase.comparator and not passage.timed and not passage.goals and not phrase.hedge:
        return [], "past-value", last.end
    if not closed:
        reason = judge.threshold(last, run.rest, phrase)
        changed = phrase.predicate in ("increase_to", "decrease_to") and names.head(names.clean(run.zone))
        if reason and not changed and not (phrase.word in ("实现", "保持", "保持在") and run.rest.startswith("的")):
            return [], reason, last.end
        if last.dimension == "count" and not names.clean(run.zone):
            made = _made_after(passage, run, replace(phrase, verb=phrase.word or "达到"))
            if made is not None:
                return made
    return _level(passage, run, "level")


def _level(passage: Passage, run: Run, kind: str) -> Read:
    last, phrase, zone = run.last, run.phrase, run.zone
    if (promised := _PROMISED.match(zone)) and names.head(names.clean(promised.group("what"))):
        phrase.hedge, zone = phrase.hedge or promised.group("hedge"), promised.group("what")
    cut = r"(?<=.{4})(?:使|实现|确保|力争)(?=.{4})" if len(zone) > _LONG else r"(?<=.{4})使(?![用得])(?=.{4})"
    text = re.split(cut, zone)[-1]
    verb, _, named = names.maker(text)
    name = names.clean(text)
    if not last.unit and not is_ratio(passage, run, name):
        return [], UNITLESS, last.end
    if name and re.match(r"节能(?:要求|标准|水平|率)", run.rest) and not names.head(name):
        name += "节能率"
    nested = text.startswith("其中") or (passage.parted and not verb and last.dimension == "power")
    name, sure = _subject(passage, run, name, nested=nested)
    if not name or _OF_A_TABLE.search(name):
        return [], "no-indicator", last.end
    direction = DIRECTIONS.get(phrase.predicate)
    grows = named and verb in words("grammar")["increase_by"] and last.dimension not in _RATIOS
    if direction is None and not phrase.predicate and grows:
        direction = "increase_by"
    if direction == "increase_by" and phrase.yearly and last.dimension == "share":
        direction = "annual_growth"
    if kind == "turn":
        direction = direction or "increase_to"
    phrase.makes = bool(verb and last.unit) and last.dimension not in _RATIOS and not _INTENSITY.search(last.unit)
    told = re.match(r"节能(?:要求|标准|水平|率)", run.rest)
    end = last.end + (told.end() if told else 0)
    return build(passage, run, phrase, name, direction=direction, kind=kind, sure=sure, quote_end=end), "", last.end


def _subject(passage: Passage, run: Run, name: str, *, nested: bool) -> tuple[str, float]:
    """Complete the subject of a level: what it leaves out, or what it is a part of."""
    last = run.last
    same = list(dict.fromkeys(item.indicator for item in passage.same_sentence))
    if not name and len(run.numbers) > 1 and run.phrase.distributive and len(same) >= len(run.numbers):
        return "、".join(same[-len(run.numbers) :]), 0.85
    if not name or re.fullmatch(r"(?:其中|占比?|合计|同比|下一步|未来|今后)", name):
        return antecedent(passage, last)
    if meant := all_of(passage, run, name):
        return meant, 0.85
    if not passage.same_sentence and passage.context and not names.head(name) and _PLACE.search(name):
        measure = names.clean(passage.context[-1])
        if names.is_share(measure) and last.dimension in _RATIOS:
            passage.whole = measure
            return name + measure, 0.8
    if match := re.fullmatch(r"(?P<count>[两二三四])者(?:合计|之和)?", name):
        parts = same[-"一二三四".index(match.group("count").replace("两", "二")) - 1 :]
        return "、".join(parts) + "合计", 0.8
    if not names.head(name) and same and last.dimension == "share" and passage.found[-1].number.dimension == "share":
        borrowed = names.borrow(name, passage.whole or same[-1])
        if borrowed:
            return borrowed, 0.8
    if not names.head(name) and same and (elided := _elided(passage, run, name)):
        return elided, 0.8
    if not names.head(name) and passage.found and passage.found[-1].number.dimension == last.dimension:
        parent = passage.found[-1]
        part = _PLACE.search(name) and parent.start >= passage.sentence_from and not names.maker(run.zone)[0]
        if part and parent.number.unit == last.unit:
            return name + (passage.whole or parent.indicator), 0.8
        if nested:
            name, sure = name + names.measure(parent.indicator).removeprefix("总"), 0.8
            passage.whole = name
            return name, sure
    passage.whole = name
    return name, 1.0


def _elided(passage: Passage, run: Run, name: str) -> str:
    """Complete 营运船舶下降 3.5% by the measure of the change before it: 营运车辆单位周转量能耗下降 5%."""
    parent, way = passage.same_sentence[-1], DIRECTIONS.get(run.phrase.predicate)
    per = re.search(r"(?<=.{2})(?:单位|人均)(?=.{3,})", parent.indicator)
    same = way in ("increase_by", "decrease_by") and parent.direction == way and parent.number.unit == run.last.unit
    if not same or per is None:
        return ""
    if parent.baseline_year and not run.phrase.bases:
        run.phrase.bases = [Token("base", parent.start, parent.start, years=(parent.baseline_year,), mode="year")]
    return name + parent.indicator[per.start() :]


def _share_of(passage: Passage, run: Run) -> Read | None:
    """Read X 不超过 Y 的 15%: the reference Y stands between the predicate and the number."""
    flat, start, phrase = passage.flat, run.start, run.phrase
    text = flat[start : phrase.at]
    for cut in range(len(text) - 2, 0, -1):
        inner = peel(flat, passage.told(start, start + cut), start, start + cut)
        bound = inner.comparator not in ("", "~")
        if inner.at < start + cut and (bound or inner.word in ("达到", "达", "占", "占到", "为", "是")):
            break
    else:
        return None
    if not (inner.comparator in (">=", "<=") or run.last.tail or passage.timed):
        return None
    reference = passage.text[start + cut : phrase.at].rstrip("的")
    zone = passage.zone(start, inner)
    if not 2 <= len(reference) <= 24 or not zone:
        return None
    subject = names.clean(zone)
    inner.hedge = inner.hedge or phrase.hedge
    inner.bases += phrase.bases
    if inner.comparator in ("", "~"):
        inner.comparator = phrase.comparator or inner.comparator
    name = f"{subject}占{reference}比例" if subject else reference
    return build(passage, run, inner, name, kind="share", sure=0.8), "", run.last.end


def _made_after(passage: Passage, run: Run, phrase: Phrase) -> Read | None:
    """Read a verb, a number and its object after it; None where no object follows."""
    last, rest = run.last, run.rest
    plain = rest.lstrip(FILLER + " ")
    at = run.after + len(rest) - len(plain)
    joint = _OBJECT_ENDS.search(plain) if run.later else None
    body = _NEXT_VERB.split(plain[: joint.start()] if joint else plain)[0]
    made = names.clean(passage.text[at : at + len(body)].lstrip("的").lstrip("左右"))
    if judge.closes(rest) or len(made) < _SHORT_OBJECT or not last.unit or made in _SUMS:
        return None
    if reason := judge.object_is_specified(last, rest, phrase.verb, None if joint else run.later):
        return [], reason, last.end
    if last.dimension == "share" and not rest.startswith("的") and phrase.verb not in ("实现", "具备", "形成", "保持"):
        return None
    if reason := _weak(passage, phrase, last):
        return [], reason, last.end
    level = re.fullmatch(r"(?:国家|省|市|区|县|自治区)级", made)
    if level and (
        said_once := re.search(r"(?:国家|省|市|区|县)级([^，；、级]{2,20})$", passage.flat[last.end : run.clause.end])
    ):
        made += said_once.group(1)
    name = re.sub(r"(?:建设|工作)$", "", made) if len(made) > 6 else made
    direction = _direction(phrase.verb)
    if phrase.verb in words("grammar")["make_named"] and direction and not name.startswith(phrase.verb):
        name = phrase.verb + name
    owner = names.clean(run.zone)
    if phrase.verb in ("具备", "拥有") and 2 <= len(owner) <= 10 and not names.maker(run.zone)[0]:
        name = owner + name
    end = at + len(body)
    passage.verb = phrase.verb if joint else ""
    passage.made_after = phrase.verb
    found = build(passage, run, phrase, name, direction=direction, kind="object-after", sure=0.95, quote_end=end)
    return found, "", end


def _direction(verb: str) -> str | None:
    grammar = words("grammar")
    return next((way for way in ("increase_by", "decrease_by") if verb in grammar[way]), None)


def _weak(passage: Passage, phrase: Phrase, number: Token) -> str:
    """Refuse a verb that promises work rather than an amount, unless a time or a bound goes with it."""
    if number.spelled and (number.value < 2 or not (passage.timed or phrase.comparator)):
        return "" if phrase.comparator == ">=" else "kinds"
    weak = phrase.verb in words("grammar")["make_weak"] or phrase.verb in ("达到", "达")
    free = not passage.timed and not number.tail and phrase.comparator in ("", "~")
    return "no-predicate" if weak and free and number.dimension in ("count", "magnitude") else ""


def _made_before(passage: Passage, run: Run, *, closed: bool, has_level: bool) -> Read | None:
    """Read a verb, its object and the number after it; the verb may be that of the list the run goes on with."""
    last, phrase = run.last, run.phrase
    grammar = words("grammar")
    text = run.zone + (phrase.verb if closed else "")
    if len(run.numbers) > 1 and "分别" in text and (shared := _each_made(passage, run, text, closed=closed)):
        return shared
    verb, made, named = names.maker(text)
    place = ""
    if not verb and (match := _OF_A_PLACE.match(text)):
        place, verb, made, named = match.group("place"), match.group("verb"), match.group("made"), True
    in_list = passage.flat[run.start - 1] in "、和及与" and run.start > run.clause.start
    goes_on = in_list or (run.start == run.clause.start and not names.head(text))
    if not verb and last.dimension != "share":
        same = passage.same_sentence
        if re.match("累计.{2,4}$", text) and same and same[-1].number.unit == last.unit and closed:
            whole = re.sub("^(?:每年)?(?:新增|净增|新建)", "", same[-1].indicator)
            return build(passage, run, phrase, whole, kind="object-before", sure=0.8), "", last.end
        if not has_level and passage.made and goes_on and names.clean(text):
            verb, made, named = passage.made, text, passage.made in grammar["make_named"]
        elif phrase.verb and closed and len(names.clean(run.zone)) >= _SHORT_OBJECT and passage.governed(phrase):
            verb, made, named = phrase.verb, text, False
    passage.made = ""
    body = names.clean(made)
    if not verb or not closed or len(body) < _SHORT_OBJECT:
        return None
    passage.made = verb
    if body.endswith("执行") and re.match("节能|绿色", run.rest):
        return [], "specification", last.end
    if run.later is not None and last.dimension in ("power", "energy") and len(body) <= _NAME_OF_PLACE:
        return [], "specification", last.end
    if not last.unit:
        return [], UNITLESS, last.end
    if verb in grammar["make_weak"] and not passage.timed and last.dimension == "count" and not phrase.comparator:
        return [], "no-predicate", last.end
    name = place + verb.removeprefix("累计") + body if named else body
    direction = None if last.dimension in _RATIOS else _direction(verb)
    return build(passage, run, phrase, name, direction=direction, kind="object-before", sure=0.95), "", last.end


def _each_made(passage: Passage, run: Run, text: str, *, closed: bool) -> Read | None:
    """Read 东川、西陵分别建成低碳园区 3 个、2 个: each place has its own number of one thing."""
    before, _, after = text.partition("分别")
    verb, made, named = names.maker(after)
    owners = names.divide(names.clean(before), len(run.numbers))
    body = names.clean(made)
    if not (closed and verb and owners and run.last.unit and len(body) >= _SHORT_OBJECT):
        return None
    name = "、".join(f"{owner}{verb if named else ''}{body}" for owner in owners)
    direction = None if run.last.dimension in _RATIOS else _direction(verb)
    return build(passage, run, run.phrase, name, direction=direction, kind="object-before", sure=0.85), "", run.last.end


def _subject_share(passage: Passage, run: Run) -> Read | None:
    """Read a share of something that will do or be something."""
    body = run.to_end.lstrip(FILLER + " ")
    if len(body) < 5 or not pattern("grammar", "doing").search(body, 1):
        return None
    if not (body.startswith("的") or run.last.tail or re.match(r"[^，]{2,10}(?:达到|建成|完成|实现)", body)):
        return None
    inner = [t for t in run.clause.times if t.start >= run.after and t.mode != "since"]
    for token in inner:
        body = body.replace(passage.flat[token.start : token.end], "")
    if inner:
        passage.times = moments(inner[-1])[-1:]
    name = f"{names.clean(run.zone)}{body.lstrip('的').rstrip('，、 ')}的比例"
    end = run.clause.end
    return build(passage, run, run.phrase, name, kind="subject-share", sure=0.7, quote_end=end), "", end
