"""The grammar of targets: from the clauses of one paragraph to numbers with their indicators.

A sentence is read clause by clause, a clause by its runs of numbers. For each run the words to the left are peeled off
(predicate, comparator, hedge, time, baseline), what remains is the subject, and the shape of the two sides decides the
frame (`frames`). A number that fits no frame, or fits one and is a condition, is kept with its reason.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from dafeng.compiler import judge, names
from dafeng.compiler.clauses import FILLER, Clause, Sentence, flatten, runs, sentences
from dafeng.compiler.found import NEVER, Dropped, Found, When, moments, united
from dafeng.compiler.frames import frame
from dafeng.compiler.lexer import Token, lex
from dafeng.compiler.lexicon import listed, pattern
from dafeng.compiler.passage import Passage, Run
from dafeng.compiler.phrase import peel, verbs_in_to
from dafeng.compiler.targets import tail_comparators
from dafeng.plan.schema import PERIODS

_OTHER = {"date": "date", "document": "document-number", "ordinal": "ordinal", "layout": "layout-name", "name": "name"}
_JOINTS = re.compile(f"^{FILLER}*(?:、|和|及|与|或|以及|并|且|，|；|;)+")
#: Numbers that are part of the name of what is measured after them.
_INSIDE_A_NAME = ("condition", "threshold", "kinds", "specification", "coverage", "grade")
_LONGEST_OWNER = 12
#: A clause with more numbers than this is a table or noise, not a sentence.
_MOST_RUNS = 120
#: A sentence of a preface that tells what somebody else has promised.
_QUOTES = re.compile(
    r"(?:提出|宣布|承诺|明确|要求)[^。]{0,16}?(?:到20\d\d年|我国|全国|中国)[^。]*?(?:我国|全国|中国|单位国内生产总值)?"
)
_OF_A_GOAL = re.compile(r"(?!期间|时期|末|规划期)[^，。；：]{0,10}(?:目标|任务|指标|要求)")
_DASH = re.compile(r"[—－\-•·●■◆]")
_BRACKET = re.compile(r"（([^（）]{2,14})）")
#: A stage that its time stands behind: 第一阶段（到2025年）：….
_STAGE = re.compile(r"（[^（）]{2,14}）$")
_OF_STAGE = re.compile(r"阶段|时期|[近中远]期|步$")
#: Where a rise or a fall starts from: 由目前的 71%提高到 90%, 由每吨 112 千克下降至 104 千克.
_STARTS = re.compile(r"[由从](?:每[\u4e00-\u9fff]{1,6}|(?:目前|当前|现在|现有|现状|原来|原有|基期)的?)$")
#: What is foreseen is not what is promised.
_FORESEEN = re.compile(r"预计|预测|据测算")
#: Works that a bracket behind their name describes: 青龙山抽水蓄能电站（装机 120 万千瓦）.
_WORKS = re.compile(r"(?:电站|电厂|项目|工程|机组|风电场|线路|通道|装置|生产线)$")
_SIZE = re.compile(r"(?:总|年)?(?:装机(?:容量|规模)?|规模|投资|产能|产量|长度?|面积|容量)?")
#: The thing that a threshold is part of: 30 万千瓦以下的落后机组有序关停.
_DEFINED = re.compile(
    r"^的?(?P<what>[^，。；、]{2,16}?)(?:有序|加快|加速|全部|逐步|依法|分批|应|要)*"
    r"(?:关停|退出|淘汰|拆除|关闭|整合|改造|替代|置换|升级|更新|应改尽改|$)"
)
#: Words after which a text that looked back looks ahead again.
_PROMISES = re.compile(r"力争|争取|确保|(?:^|[^即])将(?!近)|目标|未来|下一步|今后|届时")


class Reader:
    """Reads the paragraphs of one part of a plan.

    `horizon` is the first year that lies ahead: numbers of earlier years are reports. `goals` is true in the chapters
    of aims, where one 到2025年 governs the sentences after it; `report` in chapters that tell what has been reached.
    `this_year` is what 年内 means, `when` the time that the part's title gives. `stem` is the one time that the text
    before a list of aims names, 到2025年…; it governs the lines that begin with a dash and the
    parts below, and any paragraph where it holds no number of its own.
    """

    def __init__(
        self,
        horizon: int,
        *,
        dated: bool = False,
        goals: bool = False,
        report: bool = False,
        this_year: int | None = None,
        when: When = NEVER,
        stem: When = NEVER,
    ) -> None:
        self.this_year = this_year
        self.stem = stem
        self._bare_stem = False
        self._horizon, self._goals, self._report, self._dated = horizon, goals, report, dated
        self._default = [item for item in (when if when is not NEVER else stem,) if item is not NEVER]
        self._carried_over: list[When] = list(self._default)
        self._open: Found | None = None

    def read(self, text: str) -> tuple[list[Found], list[Dropped]]:
        """Read one paragraph; gives its targets and its other figures, in order."""
        tokens = _based(text, lex(text, self.this_year))
        passage = Passage(text, flatten(text), tokens, self._horizon, self._goals, self._report, dated=self._dated)
        passage.times = list(self._carried_over if self._goals or self._open else self._default)
        listed_aim = self._goals and bool(_DASH.match(text))
        if (listed_aim or self._bare_stem) and not passage.times and self.stem is not NEVER:
            passage.times = [self.stem]
        if self._open:
            passage.found.append(self._open)
            passage.names.append(self._open.indicator)
        opened = False
        for n, sentence in enumerate(sentences(text, tokens)):
            if n and self._report:
                passage.times = list(self._default)
            elif n and not self._goals:
                first = sentence.clauses[0]
                passage.loose = bool(first.numbers) and not first.times and bool(passage.same_sentence) and opened
                passage.times = passage.times if passage.loose else list(self._default)
            _sentence(passage, sentence)
            opened = (opened and not _has_times(sentence)) or _opens(passage, sentence)
            if n == 0:
                passage.report = passage.report or passage.past
        passage.found = passage.found[1:] if self._open else passage.found
        self._open = replace(passage.found[-1], start=-1, end=-1) if passage.found and text.endswith("；") else None
        if self._goals and not listed_aim and passage.timed:
            own = {when for token in tokens if token.kind in ("year", "period") for when in moments(token)}
            ahead = {when for when in own if passage.is_ahead(when)}
            self.stem = ahead.pop() if len(ahead) == 1 else NEVER
            self._bare_stem = not passage.found
        if not self._default:
            self._carried_over = passage.times if text.endswith(("：", "；")) else []
        for token in tokens:
            if token.kind in _OTHER and any(char.isdigit() for char in text[token.start : token.end]):
                passage.dropped.append(Dropped(token.start, token.end, _OTHER[token.kind]))
        passage.found.sort(key=lambda item: item.number.start)
        passage.dropped.sort(key=lambda item: item.start)
        return passage.found, passage.dropped


def _based(text: str, tokens: list[Token]) -> list[Token]:
    """Turn the year of 达到2020年的3倍 from a time into a baseline."""
    out = list(tokens)
    for n, (token, following) in enumerate(itertools.pairwise(tokens)):
        if token.kind == "year" and following.kind == "num" and (started := _starts_from(text, token, following)):
            out[n] = started
            continue
        multiple = following.kind == "num" and following.dimension == "multiple" and following.start == token.end + 1
        if token.kind in ("year", "period") and multiple and text[token.end] == "的":
            years = token.years or tuple(PERIODS[name][1] for name in token.periods)
            ends_verb = text[token.start] in "到至" and text[: token.start + 1].endswith(verbs_in_to())
            out[n] = Token("base", token.start + ends_verb, token.end, years=years, mode="year")
    return out


def _starts_from(text: str, token: Token, number: Token) -> Token | None:
    """Read the year of 由 2022 年的 31% 提高到 40%, in which the rise starts and nothing falls due; None for others."""
    at = token.start + (text[token.start] in "由从自")
    opened = at > token.start or text[max(0, at - 1) : at] in ("由", "从")
    if not opened or text[token.end : number.start] not in ("的", ""):
        return None
    return Token("base", at, token.end, years=token.years, mode="year")


def _sentence(passage: Passage, sentence: Sentence) -> None:
    passage.hedge, passage.bases, passage.time_from, passage.made, passage.made_after = "", [], -1, "", ""
    passage.aside = ("", passage.aside[1])
    passage.sentence_from = sentence.clauses[0].start
    passage.reporting = passage.parted = False
    passage.quoting = passage.report and bool(
        _QUOTES.search(passage.text[sentence.clauses[0].start : sentence.clauses[-1].end])
    )
    for clause in sentence.clauses:
        _looks_back(passage, clause)
        passage.parted = passage.parted or passage.flat.startswith("其中", clause.start)
        if clause.numbers:
            _clause(passage, clause)
        else:
            _silent(passage, clause)
        for a, inner in sentence.inner:
            if clause.start <= a < clause.end:
                _bracket(passage, inner, clause)
    passage.context.clear()


def _looks_back(passage: Passage, clause: Clause) -> None:
    """Find out whether a clause begins to tell what has been reached, or stops telling it."""
    text = passage.flat[clause.start : clause.end]
    ahead = [when for token in clause.times if token.mode != "since" for when in moments(token)]
    if any(passage.is_ahead(when) for when in ahead) or _PROMISES.search(text):
        passage.reporting = False
    elif judge.looks_back(text) or (not ahead and any(token.mode == "since" for token in clause.times)):
        passage.reporting = True


def _has_times(sentence: Sentence) -> bool:
    return any(clause.times for clause in sentence.clauses)


def _opens(passage: Passage, sentence: Sentence) -> bool:
    """Tell whether the last time of a sentence opens a clause, as one does that governs what follows: 到2025年，….

    A period without a comma after it belongs to its own clause: “十五五”期间新增….
    """
    timed = [clause for clause in sentence.clauses if clause.times]
    if not timed:
        return False
    first = timed[-1].times[0]
    before = passage.flat[timed[-1].start : first.start].strip()
    apart = first.kind != "period" or passage.flat[first.end : first.end + 1] in "，："
    return apart and (len(before) <= 1 or before in listed("grammar", "hedges"))


def _silent(passage: Passage, clause: Clause) -> None:
    """Take time, baseline and hedge from a clause without numbers, and keep it to look back to."""
    _times(passage, clause.times, clause)
    bases = [token for token in clause.tokens if token.kind == "base"]
    rest = passage.flat[clause.start : clause.end]
    for token in clause.tokens:
        rest = rest.replace(passage.flat[token.start : token.end], "")
    rest = rest.strip()
    if stage := _STAGE.search(passage.text[clause.start : clause.end]):
        ends = passage.text[clause.end : clause.end + 1]
        told = _told_after(passage, clause.start + stage.start()) if ends == "：" or _OF_STAGE.search(rest) else []
        if told:
            passage.times, passage.time_from, passage.loose = told, clause.start, False
            return
    if bases and len(rest) <= 2:
        passage.bases = bases
    if not rest or rest in listed("grammar", "hedges"):
        passage.hedge = rest or passage.hedge
        if passage.time_from < 0 and clause.times:
            passage.time_from = clause.start
    else:
        passage.context.append(passage.untimed(clause))


def _bracket(passage: Passage, inner: Sentence, outer: Clause) -> None:
    """Read what stands in a bracket, where the words before the bracket may name what it is about."""
    times, flat = list(passage.times), passage.flat
    low, high = inner.clauses[0].start, inner.clauses[-1].end
    passage.flat = flat[:low] + flatten(passage.text[low:high]) + flat[high:]
    before = passage.text[outer.start : low - 1]
    passage.context.append(before)
    for clause in inner.clauses:
        if clause.numbers:
            known = len(passage.found)
            _clause(passage, clause, bracket=True)
            passage.found[known:] = [_owned(item, before) for item in passage.found[known:]]
    passage.context.pop()
    passage.times, passage.flat = times, flat


def _owned(item: Found, before: str) -> Found:
    """Name a share in a bracket after what stands before the bracket."""
    owner = before
    while (verb := names.maker(owner))[0]:
        owner = re.sub(r"^(?:和|及|、|与)", "", verb[1])
    owner = names.clean(owner, keep_maker=False)
    plain = 2 <= len(owner) <= _LONGEST_OWNER and not re.search(r"\d", owner) and owner not in item.indicator
    if not plain or item.number.dimension != "share" or not names.head(item.indicator) or item.frame != "level":
        return item
    return replace(item, indicator=owner + item.indicator)


def _times(passage: Passage, tokens: Sequence[Token], clause: Clause) -> None:
    """Let the last time of a stretch of text govern what follows."""
    useful = [token for token in tokens if token.mode != "since" and not _named_after(passage, token)]
    if not useful:
        return
    group = [useful[-1]]
    for token in reversed(useful[:-1]):
        between = passage.flat[token.end : group[0].start]
        if token.kind != group[0].kind or not re.fullmatch(r"(?:、|和|及|与|，)?", between):
            break
        group.insert(0, token)
    passage.times = [when for token in group for when in moments(token)]
    passage.time_from, passage.loose = -1, False
    before = passage.flat[clause.start : group[0].start]
    hedge = re.search(r"(力争|争取|原则上)$", before)
    inside = re.match(r"(力争|争取)", passage.text[group[0].start : group[0].end])
    passage.hedge = hedge.group(1) if hedge else inside.group(1) if inside else ""


def _named_after(passage: Passage, token: Token) -> bool:
    """Tell whether a period only names a goal, as in 完成“十四五”节能目标, while a time governs already."""
    named = _OF_A_GOAL.match(passage.flat, token.end) and passage.text[token.start] in "“十"
    return token.kind == "period" and token.mode == "in" and passage.timed and bool(named)


def _clause(passage: Passage, clause: Clause, *, bracket: bool = False) -> None:
    low = clause.start
    body = passage.flat[clause.start : clause.end]
    bare = bool(clause.numbers) and clause.numbers[0].start == clause.start and passage.flat[clause.start - 1] == "，"
    follows = bare and not pattern("grammar", "doing").search(body, 1)
    passage.verb, passage.carried, passage.joint_bases = passage.made_after if follows else "", "", []
    passage.made_after = ""
    groups = runs(clause, passage.flat)
    if len(groups) > _MOST_RUNS:
        passage.dropped.extend(Dropped(token.start, token.end, "specification") for token in clause.numbers)
        return
    sized = False
    for n, numbers in enumerate(groups):
        if sized:
            passage.dropped.extend(Dropped(token.start, token.end, "specification") for token in numbers)
            sized = False
            continue
        later = groups[n + 1][0] if n + 1 < len(groups) else None
        sized = later is not None and later.start == numbers[-1].end and numbers[-1].dimension == "count"
        first = numbers[0]
        _times(passage, [token for token in clause.times if low <= token.start < first.start], clause)
        if sized and later is not None:
            after = groups[n + 2][0] if n + 2 < len(groups) else None
            low = max(_run(passage, clause, low, numbers, after, bracket=bracket, skip=later.end), later.end)
        else:
            low = _run(passage, clause, low, numbers, later, bracket=bracket)
    _times(passage, [token for token in clause.times if token.start >= low], clause)


def _left_out(passage: Passage, token: Token, reason: str, about: str, comparator: str) -> Dropped:
    """Keep of a number that is no target what a target of it would say, for a person who knows better."""
    sign = comparator or tail_comparators().get(token.tail, "=")
    return Dropped(token.start, token.end, reason, token, about, united(passage.times), sign)


def _told_after(passage: Passage, at: int) -> list[When]:
    """Read the time that stands alone in a bracket after a number: 达到 70% 以上（2025 年）."""
    match = _BRACKET.match(passage.text, at)
    if match is None:
        return []
    inside = [t for t in passage.told(match.start(1), match.end(1) - 1) if t.kind != "base"]
    if len(inside) != 1 or inside[0].mode == "since":
        return []
    rest = passage.text[match.start(1) : inside[0].start] + passage.text[inside[0].end : match.end(1)]
    return moments(inside[0]) if not rest or rest in ("目标", "目标值", "前", "达到") else []


def _no_promise(passage: Passage, run: Run) -> str:
    """Say why a number of the right shape promises nothing: it is foreseen, or describes works."""
    before = passage.flat[passage.sentence_from : run.numbers[0].start]
    if passage.report and _FORESEEN.search(before):
        return "forecast"
    left = passage.flat[run.start : run.phrase.at].strip(FILLER + " ")
    plain = not (run.phrase.predicate or run.phrase.comparator or run.last.tail)
    if run.bracket and plain and _SIZE.fullmatch(left) and _WORKS.search("".join(passage.context[-1:])):
        return "specification"
    return ""


def _run(
    passage: Passage,
    clause: Clause,
    low: int,
    numbers: list[Token],
    later: Token | None,
    *,
    bracket: bool,
    skip: int = 0,
) -> int:
    """Read one run of numbers; gives where the next run's words may begin.

    `skip` is the end of a size that stands between the number and its object: 2台100万千瓦机组.
    """
    flat = passage.flat
    first, last = numbers[0], numbers[-1]
    shift = _JOINTS.match(flat[low : first.start])
    start = low + (shift.end() if shift else 0)
    phrase = peel(flat, passage.told(start, first.start), start, first.start)
    left = flat[start : first.start]
    if not left.strip() and passage.verb:
        phrase.verb = passage.verb
    begin = max(skip, last.end)
    to_end = flat[begin : clause.end]
    rest = flat[begin : later.start if later else clause.end]
    run = Run(clause, numbers, start, phrase, rest, to_end, later, bracket, after=begin)
    reason = judge.before_frames(flat[clause.start : clause.end], left, last, to_end, phrase)
    starts = _STARTS.search(left)
    if (starts or (not reason and phrase.opened and not phrase.comparator)) and later is not None:
        reason = "starting-value"
        zone = passage.zone(start, phrase)
        passage.carried = _STARTS.sub("", left) if starts else zone
    if not reason and passage.past and not phrase.hedge:
        reason = "past-value"
    if not reason and not (passage.timed or passage.goals or phrase.hedge) and judge.stands(left, phrase):
        reason = "past-value"
    if not phrase.bases and phrase.predicate in ("increase_by", "decrease_by") and flat[start - 1 : start] == "、":
        phrase.bases = passage.joint_bases
    if not reason and passage.quoting:
        reason = "quoted"
    reason = reason or _no_promise(passage, run)
    found: list[Found] = []
    end = last.end
    times = passage.times
    if not reason and (told := _told_after(passage, last.end)):
        passage.times = told
    if not reason:
        run.zone = passage.zone(start, phrase) or passage.carried
        found, reason, end = frame(passage, run)
    passage.times, passage.joint_bases = times, list(phrase.bases)
    if reason:
        about = names.clean(passage.zone(start, phrase))
        passage.dropped.extend(_left_out(passage, token, reason, about, phrase.comparator) for token in numbers)
        defined = _DEFINED.match(run.rest.lstrip(FILLER)) if reason in ("threshold", "condition") else None
        passage.aside = (last.unit, names.clean(defined.group("what")) if defined else about)
        return low if reason in _INSIDE_A_NAME else last.end
    passage.dropped.extend(Dropped(token.second, token.end, "range-end") for token in numbers if token.second >= 0)
    passage.aside = ("", passage.aside[1])
    passage.found.extend(found)
    passage.names.extend(item.indicator for item in found)
    return end
