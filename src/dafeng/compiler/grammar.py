"""The grammar of targets: from the clauses of one paragraph to numbers with their indicators.

A sentence is read clause by clause, a clause by its runs of numbers. For each run the words to the left are peeled off
(predicate, comparator, hedge, time, baseline), what remains is the subject, and the shape of the two sides decides the
frame:

* level        风电装机容量力争达到 260 万千瓦；比2020年下降 14%；不低于 50%
* share        不应大于现状总建筑面积的 20%
* object-after 培育 100 个智能建造产业基地；具备 5% 以上的尖峰负荷响应能力
* object-before 新建各类充电桩 20 万个
* subject-share 60% 的城市社区先行达到创建要求
* bare         非化石能源占比 20% 左右 (only where a time governs)
* turn         海铁联运箱量翻一番

A number that fits none, or fits one and is a condition, is kept with its reason.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from dafeng.compiler import judge, names
from dafeng.compiler.clauses import FILLER, Clause, Sentence, flatten, runs, sentences
from dafeng.compiler.found import NEVER, Dropped, Found, Reading, When, moments, united
from dafeng.compiler.lexer import Token, lex
from dafeng.compiler.lexicon import listed, pattern, words
from dafeng.compiler.phrase import DIRECTIONS, Phrase, peel, verbs_in_to
from dafeng.plan.schema import PERIODS

_OTHER = {"date": "date", "document": "document-number", "ordinal": "ordinal", "layout": "layout-name", "name": "name"}
_JOINTS = re.compile(r"^(?:、|和|及|与|或|以及|并|且|，|；|;)+")
_OBJECT_ENDS = re.compile(r"(?:、|和|以及|及|与)$")
_UNITLESS = "no-unit"
_PLACE = re.compile(r"(?:区|市|县|州|群|城|省|园|企业|领域|行业|部门|单位|机构)$")
_RATIOS = ("share", "points", "fraction")
#: Numbers that are part of the name of what is measured after them.
_INSIDE_A_NAME = ("condition", "threshold", "kinds", "specification", "coverage", "grade")
_LONG = 40


@cache
def _tail_comparator() -> dict[str, str]:
    return {word: symbol for symbol, group in words("grammar")["comparators_after"].items() for word in group}


def _based(text: str, tokens: list[Token]) -> list[Token]:
    """Turn the year of 达到2020年的3倍 from a time into a baseline."""
    out = list(tokens)
    for n, (token, following) in enumerate(itertools.pairwise(tokens)):
        multiple = following.kind == "num" and following.dimension == "multiple" and following.start == token.end + 1
        if token.kind in ("year", "period") and multiple and text[token.end] == "的":
            years = token.years or tuple(PERIODS[name][1] for name in token.periods)
            start = token.start + (text[token.start] in "到至" and text[: token.start + 1].endswith(verbs_in_to()))
            out[n] = Token("base", start, token.end, years=years, mode="year")
    return out


class Reader:
    """Reads the paragraphs of one part of a plan.

    `horizon` is the first year that lies ahead: numbers of earlier years are reports. `goals` is true in the chapters of
    aims, where one 到2025年 governs the sentences after it; `report` in chapters that tell what has been reached.
    """

    def __init__(self, horizon: int, *, goals: bool = False, report: bool = False, this_year: int | None = None, when: When = NEVER) -> None:
        self.horizon = horizon
        self.report = report
        self.goals = goals
        self.this_year = this_year
        self.state = Reading(times=[when] if when is not NEVER else [])
        self.default = when
        self.text = ""
        self.flat = ""
        self.tokens: list[Token] = []

    def read(self, text: str) -> tuple[list[Found], list[Dropped]]:
        """Read one paragraph; gives its targets and its other figures, in order."""
        self.text = text
        self.tokens = _based(text, lex(text, self.this_year))
        self.flat = flatten(text)
        state = self.state
        state.found, state.dropped, state.names, state.context = [], [], [], []
        if not self.goals or self.default is not NEVER:
            state.times = [self.default] if self.default is not NEVER else []
        for n, sentence in enumerate(sentences(text, self.tokens)):
            self._sentence(sentence, n)
        for token in self.tokens:
            if token.kind in _OTHER and any(char.isdigit() for char in text[token.start : token.end]):
                state.dropped.append(Dropped(token.start, token.end, _OTHER[token.kind]))
        return sorted(state.found, key=lambda item: item.number.start), sorted(state.dropped, key=lambda item: item.start)

    def _sentence(self, sentence: Sentence, n: int) -> None:
        state = self.state
        if n and not self.goals:
            state.times = [self.default] if self.default is not NEVER else []
        state.hedge, state.bases, state.time_from, state.aside, state.made = "", [], -1, ("", ""), ""
        state.sentence_from = sentence.clauses[0].start
        flat = self.flat
        for clause in sentence.clauses:
            if clause.numbers:
                self._clause(clause, flat)
            else:
                self._silent(clause)
            for a, inner in sentence.inner:
                if clause.start <= a < clause.end:
                    self._bracket(inner, clause)
        state.context.clear()

    def _bracket(self, inner: Sentence, outer: Clause) -> None:
        """Read what stands in a bracket, where the words before the bracket may name what it is about."""
        saved = list(self.state.times), self.flat
        low, high = inner.clauses[0].start, inner.clauses[-1].end
        self.flat = self.flat[:low] + flatten(self.text[low:high]) + self.flat[high:]
        self.state.context.append(self.text[outer.start : low - 1])
        for clause in inner.clauses:
            if clause.numbers:
                self._clause(clause, self.flat, bracket=True)
        self.state.context.pop()
        self.state.times, self.flat = saved

    def _silent(self, clause: Clause) -> None:
        """Take time, baseline and hedge from a clause without numbers, and keep it to look back to."""
        state = self.state
        self._times(clause.times, clause)
        bases = [token for token in clause.tokens if token.kind == "base"]
        rest = self.flat[clause.start : clause.end]
        for token in clause.tokens:
            rest = rest.replace(self.flat[token.start : token.end], "")
        rest = rest.strip()
        if bases and len(rest) <= 2:
            state.bases = bases
        if not rest or rest in listed("grammar", "hedges"):
            state.hedge = rest or state.hedge
            if state.time_from < 0 and clause.times:
                state.time_from = clause.start
        else:
            state.context.append(self._untimed(clause))

    def _untimed(self, clause: Clause) -> str:
        """Give the text of a clause without its times and baselines."""
        out: list[str] = []
        at = clause.start
        for token in clause.tokens:
            if token.kind in ("year", "period", "base"):
                out.append(self.text[at : token.start])
                at = token.end
        return "".join([*out, self.text[at : clause.end]])

    def _times(self, tokens: Sequence[Token], clause: Clause) -> None:
        """Let the last time of a stretch of text govern what follows."""
        useful = [token for token in tokens if token.mode != "since"]
        if not useful:
            return
        group = [useful[-1]]
        for token in reversed(useful[:-1]):
            between = self.flat[token.end : group[0].start]
            if token.kind == group[0].kind and re.fullmatch(r"(?:、|和|及|与|，)?", between):
                group.insert(0, token)
            else:
                break
        self.state.times = [when for token in group for when in moments(token)]
        self.state.time_from = -1
        before = self.flat[clause.start : group[0].start]
        hedge = re.search(r"(力争|争取|原则上)$", before)
        inside = re.match(r"(力争|争取)", self.text[group[0].start : group[0].end])
        self.state.hedge = hedge.group(1) if hedge else inside.group(1) if inside else ""

    def _past(self) -> bool:
        """Tell whether what is read now happened: its time is over, or the chapter reports and names no time to come."""
        last = [when.last or when.from_year for when in self.state.times]
        ahead = any(year is not None and year >= self.horizon for year in last)
        return not ahead if self.report else bool(last) and not ahead and any(year is not None for year in last)

    def _clause(self, clause: Clause, flat: str, *, bracket: bool = False) -> None:
        low = clause.start
        self.state.verb, self.state.carried = "", ""
        groups = runs(clause, flat)
        for n, run in enumerate(groups):
            later = groups[n + 1][0] if n + 1 < len(groups) else None
            first = run[0]
            self._times([token for token in clause.times if low <= token.start < first.start], clause)
            low = self._run(clause, flat, low, run, later, bracket=bracket)
        self._times([token for token in clause.times if token.start >= low], clause)

    def _run(self, clause: Clause, flat: str, low: int, run: list[Token], later: Token | None, *, bracket: bool) -> int:
        """Read one run of numbers; gives where the next run's words may begin."""
        first, last = run[0], run[-1]
        shift = _JOINTS.match(flat[low : first.start])
        start = low + (shift.end() if shift else 0)
        rest = flat[last.end : later.start if later else clause.end]
        full_rest = flat[last.end : clause.end]
        phrase = peel(flat, self.tokens, start, first.start)
        left = flat[start : first.start]
        whole = flat[clause.start : clause.end]
        if not left.strip() and self.state.verb:
            phrase.verb = self.state.verb
        reason = judge.before_frames(whole, left, last, full_rest, phrase)
        if not reason and phrase.opened and not phrase.comparator and later is not None:
            reason = "starting-value"
            self.state.carried = self._zone(start, phrase)
        if not reason and self._past() and not phrase.hedge:
            reason = "past-value"
        found: list[Found] = []
        end = last.end
        if not reason:
            found, reason, end = self._frame(clause, flat, start, run, phrase, rest, full_rest, later, bracket=bracket)
        if reason:
            self.state.dropped.extend(Dropped(token.start, token.end, reason) for token in run)
            self.state.aside = (last.unit, names.clean(self._zone(start, phrase)))
            return low if reason in _INSIDE_A_NAME else last.end
        for token in run:
            if token.second >= 0:
                self.state.dropped.append(Dropped(token.second, token.end, "range-end"))
        self.state.found.extend(found)
        self.state.names.extend(item.indicator for item in found)
        return end

    def _frame(
        self, clause: Clause, flat: str, start: int, run: list[Token], phrase: Phrase, rest: str, full_rest: str, later: Token | None, *, bracket: bool
    ) -> tuple[list[Found], str, int]:
        """Choose the frame of a run and build its targets; a reason where there is none."""
        last = run[-1]
        zone = self._zone(start, phrase) or self.state.carried
        end = last.end
        if last.mode == "turn":
            return self._level(clause, run, phrase, zone, "turn", end)
        closed = judge.closes(rest) and (later is None or not rest.strip() or judge.closes(rest))
        has_level = bool(phrase.predicate or phrase.comparator not in ("", "~"))
        if has_level and not phrase.verb:
            return self._set_level(clause, run, phrase, zone, rest, full_rest, closed=closed)
        if phrase.verb:
            made = self._made_after(clause, run, phrase, zone, rest, later)
            if made is not None:
                return made
            if closed and ((has_level and zone) or (self.state.names and not zone)):
                return self._level(clause, run, phrase, zone, "level", end)
        if flat[phrase.at - 1 : phrase.at] == "的" and last.dimension in ("share", "fraction", "multiple") and closed:
            shared = self._share_of(clause, flat, start, run, phrase)
            if shared is not None:
                return shared
        whole = zone + (phrase.verb if closed else "")
        verb, made_object, named = names.maker(whole)
        going_on = start == clause.start or self.flat[start - 1] in "、和及与"
        if not verb and not has_level and self.state.made and going_on and names.clean(whole) and last.dimension != "share":
            verb, made_object, named = self.state.made, whole, self.state.made in words("grammar")["make_named"]
        elif not verb and phrase.verb and closed and len(names.clean(zone)) > 1 and last.dimension != "share" and self._governed(phrase):
            verb, made_object, named = phrase.verb, whole, False
        self.state.made = ""
        if verb and closed and len(names.clean(made_object)) >= 2:
            self.state.made = verb
            return self._made_before(clause, run, phrase, verb, made_object, named=named)
        if (not zone or _PLACE.search(zone)) and not phrase.verb and last.dimension == "share" and not bracket:
            share = self._subject_share(clause, names.clean(zone), run, phrase, full_rest)
            if share is not None:
                return share
        name = names.clean(zone)
        if closed and name and (names.head(name) or phrase.summed) and self._governed(phrase) and last.unit:
            return self._level(clause, run, phrase, zone, "bare", end)
        return [], self._leftover(clause, flat, start, last, rest), end

    def _governed(self, phrase: Phrase) -> bool:
        """Tell whether something says that a number without a verb is promised: a time, a hedge, the chapter, or its neighbours."""
        before = self.state.found[-1] if self.state.found else None
        neighbour = before is not None and before.start >= self.state.sentence_from and before.kind == "target"
        return bool(any(when is not NEVER for when in self.state.times) or self.goals or phrase.hedge or neighbour)

    def _leftover(self, clause: Clause, flat: str, start: int, number: Token, rest: str) -> str:
        """Say why a number without a frame is none."""
        left = flat[start : number.start].rstrip(FILLER)
        plain = rest.lstrip(FILLER + " ")
        if left.endswith(tuple(words("grammar")["kinds_before"])):
            return "kinds"
        if plain.startswith("的") or number.tail:
            return "condition" if names.head(names.clean(left)) else "threshold"
        if not number.unit:
            return _UNITLESS
        if plain and not judge.closes(rest):
            return "kinds" if number.dimension == "count" else "specification"
        return "no-predicate"

    def _zone(self, start: int, phrase: Phrase) -> str:
        """Give the words of the subject, without the times and baselines among them."""
        out: list[str] = []
        at = start
        for token in self.tokens:
            if token.kind in ("year", "period", "base") and start <= token.start and token.end <= phrase.at:
                out.append(self.text[at : token.start])
                at = token.end
                if token.kind == "base" and token not in phrase.bases:
                    phrase.bases.append(token)
        out.append(self.text[at : phrase.at])
        zone = "".join(out).strip("，、：； ")
        for word in words("grammar")["distributive"]:
            if zone.startswith(word):
                phrase.distributive, zone = True, zone.removeprefix(word)
        for hedge in ("力争", "争取", "原则上"):
            if zone.startswith(hedge) or zone.endswith(hedge):
                phrase.hedge = phrase.hedge or hedge
                zone = zone.removeprefix(hedge).removesuffix(hedge).strip("，、 ")
        return zone

    def _set_level(
        self, clause: Clause, run: list[Token], phrase: Phrase, zone: str, rest: str, full_rest: str, *, closed: bool
    ) -> tuple[list[Found], str, int]:
        last = run[-1]
        if not closed:
            reason = judge.threshold(last, rest, phrase)
            if reason and not (phrase.word in ("实现", "保持", "保持在") and rest.startswith("的")):
                return [], reason, last.end
            if last.dimension == "count" and not names.clean(zone):
                made = self._made_after(clause, run, replace(phrase, verb=phrase.word or "达到"), zone, rest, None)
                if made is not None:
                    return made
        return self._level(clause, run, phrase, zone, "level", last.end)

    def _level(self, clause: Clause, run: list[Token], phrase: Phrase, zone: str, frame: str, end: int) -> tuple[list[Found], str, int]:
        last = run[-1]
        text = re.split(r"(?<=.{4})(?:使|实现|确保|力争)(?=.{4})" if len(zone) > _LONG else r"(?<=.{4})使(?![用得])(?=.{4})", zone)[-1]
        nested = text.startswith("其中")
        part = False
        verb, made_object, named = names.maker(text)
        name = names.clean(text)
        sure = 1.0
        if not last.unit and not self._unitless(name, clause, phrase, last):
            return [], _UNITLESS, end
        same = list(dict.fromkeys(item.indicator for item in self.state.found if item.start >= self.state.sentence_from))
        if not name and len(run) > 1 and phrase.distributive and len(same) >= len(run):
            name, sure = "、".join(same[-len(run) :]), 0.85
        if not name or re.fullmatch(r"(?:其中|占比?|合计|同比)", name):
            name, sure = self._antecedent(clause, last)
            if not name:
                return [], "no-indicator", end
        elif not names.head(name) and self.state.found and self.state.found[-1].number.dimension == last.dimension:
            parent = self.state.found[-1]
            place = bool(_PLACE.search(name)) and parent.start >= self.state.sentence_from
            if nested or place:
                name += (self.state.whole or parent.indicator) if place else names.head(parent.indicator)
                sure = 0.8
            part = place
        if not part:
            self.state.whole = name
        direction = DIRECTIONS.get(phrase.predicate)
        if direction is None and not phrase.predicate and named and verb in words("grammar")["increase_by"] and last.dimension not in _RATIOS:
            direction = "increase_by"
        if direction == "increase_by" and phrase.yearly and last.dimension == "share":
            direction = "annual_growth"
        phrase.makes = bool(verb and last.unit) and last.dimension not in _RATIOS
        if frame == "turn":
            direction = direction or "increase_to"
        return self._build(clause, run, phrase, name, direction, frame, sure, end), "", end

    def _unitless(self, name: str, clause: Clause, phrase: Phrase, number: Token) -> bool:
        set_level = phrase.comparator in (">=", "<=") or number.tail or any(when is not NEVER for when in self.state.times)
        if not set_level:
            return False
        ratio = any(word in name or word in self.text[clause.start : clause.end] for word in words("names")["measure_unitless"])
        before = self.state.found[-1] if self.state.found else None
        ratio = ratio or (before is not None and not before.number.unit and before.start >= self.state.sentence_from)
        return ratio and not re.search(r"[项个家]$", name)

    def _antecedent(self, clause: Clause, number: Token) -> tuple[str, float]:
        """Find the indicator a clause leaves out: a noun phrase just before, else the last indicator."""
        state = self.state
        unit, aside = state.aside
        if unit and unit == number.unit and len(aside) > 1:
            return aside, 0.7
        same_sentence = [item for item in state.found if item.start >= state.sentence_from]
        if state.context:
            name = names.clean(state.context[-1])
            if names.head(name) and len(name) <= _LONG and (not same_sentence or names.head(name) not in ("水平", "能力", "规模")) and not re.search(r"[优完健]$", name):
                return name, 0.85
        if same_sentence:
            return same_sentence[-1].indicator, 0.9
        if state.found and state.times and not state.context:
            return state.found[-1].indicator, 0.8
        if state.context and number.dimension in ("share", "points"):
            name = names.clean(state.context[-1], keep_maker=False)
            if 2 <= len(name) <= _LONG:
                return name, 0.5
        return (aside, 0.6) if names.head(aside) and not state.context else ("", 0.0)

    def _share_of(self, clause: Clause, flat: str, start: int, run: list[Token], phrase: Phrase) -> tuple[list[Found], str, int] | None:
        """Read X 不超过 Y 的 20%: the reference Y stands between the predicate and the number."""
        text = flat[start : phrase.at]
        best: tuple[Phrase, int] | None = None
        for cut in range(len(text) - 2, 0, -1):
            inner = peel(flat, self.tokens, start, start + cut)
            if inner.at < start + cut and (inner.comparator not in ("", "~") or inner.word in ("达到", "达", "占", "占到", "为", "是")):
                best = (inner, start + cut)
                break
        if best is None:
            return None
        inner, cut_at = best
        if not (inner.comparator in (">=", "<=") or run[-1].tail or any(when is not NEVER for when in self.state.times)):
            return None
        reference = self.text[cut_at : phrase.at].rstrip("的")
        if not 2 <= len(reference) <= 24 or not (zone := self._zone(start, inner)):
            return None
        subject = names.clean(zone)
        inner.hedge = inner.hedge or phrase.hedge
        inner.bases += phrase.bases
        if inner.comparator in ("", "~"):
            inner.comparator = phrase.comparator or inner.comparator
        name = f"{subject}占{reference}比例" if subject else reference
        return self._build(clause, run, inner, name, None, "share", 0.8, run[-1].end), "", run[-1].end

    def _made_after(
        self, clause: Clause, run: list[Token], phrase: Phrase, zone: str, rest: str, later: Token | None
    ) -> tuple[list[Found], str, int] | None:
        """Read a verb, a number and its object after it; None where no object follows."""
        last = run[-1]
        plain = rest.lstrip(FILLER + " ")
        skip = len(rest) - len(plain)
        ends_in_joint = _OBJECT_ENDS.search(plain) if later else None
        body = plain[: ends_in_joint.start()] if ends_in_joint else plain
        body = re.split(r"、(?=(?:新建|建设|培育|打造|推广|完善|推进|建成|形成|创建))", body)[0]
        made_object = names.clean(self.text[last.end + skip : last.end + skip + len(body)].lstrip("的").lstrip("左右"))
        if judge.closes(rest) or len(made_object) < 2 or not last.unit:
            return None
        followed = later if later is not None and not ends_in_joint else None
        if reason := judge.object_is_specified(last, rest, phrase.verb, followed):
            return [], reason, last.end
        if last.dimension == "share" and not rest.startswith("的") and phrase.verb not in ("实现", "具备", "形成", "保持"):
            return None
        if reason := self._weak(phrase, last):
            return [], reason, last.end
        if re.fullmatch(r"(?:国家|省|市|区|县|自治区)级", made_object) and (shared := re.search(r"(?:国家|省|市|区|县)级([^，；、级]{2,20})$", self.flat[last.end : clause.end])):
            made_object += shared.group(1)
        name = re.sub(r"(?:建设|工作)$", "", made_object) if len(made_object) > 6 else made_object
        direction = "increase_by" if phrase.verb in words("grammar")["increase_by"] else "decrease_by" if phrase.verb in words("grammar")["decrease_by"] else None
        if phrase.verb in words("grammar")["make_named"] and direction:
            name = phrase.verb + name if not name.startswith(phrase.verb) else name
        end = last.end + skip + len(body)
        self.state.verb = phrase.verb if ends_in_joint else ""
        return self._build(clause, run, phrase, name, direction, "object-after", 0.95, end, quote_end=end), "", end

    def _weak(self, phrase: Phrase, number: Token) -> str:
        """Refuse a verb that promises work rather than an amount, unless a time governs it."""
        timed = any(when is not NEVER for when in self.state.times)
        weak = phrase.verb in words("grammar")["make_weak"] or phrase.verb in ("达到", "达")
        if number.spelled and (number.value < 2 or not (timed or phrase.comparator)):
            return "" if phrase.comparator == ">=" else "kinds"
        if weak and not timed and not number.tail and phrase.comparator in ("", "~") and number.dimension in ("count", "frequency", "magnitude"):
            return "no-predicate"
        return ""

    def _made_before(self, clause: Clause, run: list[Token], phrase: Phrase, verb: str, made_object: str, *, named: bool) -> tuple[list[Found], str, int]:
        last = run[-1]
        if not last.unit:
            return [], _UNITLESS, last.end
        timed = any(when is not NEVER for when in self.state.times)
        if verb in words("grammar")["make_weak"] and not timed and last.dimension == "count" and not phrase.comparator:
            return [], "no-predicate", last.end
        body = names.clean(made_object)
        grammar = words("grammar")
        direction = "increase_by" if verb in grammar["increase_by"] else "decrease_by" if verb in grammar["decrease_by"] else None
        name = verb.removeprefix("累计") + body if named else body
        return self._build(clause, run, phrase, name, direction, "object-before", 0.95, last.end), "", last.end

    def _subject_share(self, clause: Clause, owner: str, run: list[Token], phrase: Phrase, rest: str) -> tuple[list[Found], str, int] | None:
        """Read a share of something that will do or be something."""
        last = run[-1]
        body = rest.lstrip(FILLER + " ")
        if len(body) < 5 or not pattern("grammar", "doing").search(body, 1):
            return None
        if not (body.startswith("的") or last.tail or re.match(r"[^，]{2,10}(?:达到|建成|完成|实现)", body)):
            return None
        subject = owner + names.clean(body.lstrip("的"))
        return self._build(clause, run, phrase, f"{subject}的比例", None, "subject-share", 0.7, clause.end, quote_end=clause.end), "", clause.end

    def _build(
        self, clause: Clause, run: list[Token], phrase: Phrase, name: str, direction: str | None, frame: str, sure: float, end: int, *, quote_end: int = -1
    ) -> list[Found]:
        """Make the targets of a run: distribute several numbers over subjects or times."""
        state = self.state
        times = list(state.times) or [NEVER]
        bases = phrase.bases or state.bases
        baseline = next((token.years[-1] for token in reversed(bases) if token.years), None)
        subjects = [name] * len(run)
        whens = [united(times)] * len(run)
        if len(run) > 1:
            parts = names.divide(name, len(run))
            if len(times) == len(run) and not (parts and phrase.distributive and len(times) == 1):
                whens = times if len(times) > 1 else whens
                subjects = subjects if len(times) > 1 or parts is None else parts
            elif parts is not None:
                subjects = parts
            else:
                sure *= 0.6
        hedge = phrase.hedge or state.hedge
        out: list[Found] = []
        tail = run[-1].tail if not any(token.tail for token in run[:-1]) else ""
        begin = state.time_from if 0 <= state.time_from and self._only_time_before(clause) else clause.start
        for token, subject, when in zip(run, subjects, whens, strict=True):
            complete, known = names.restore(subject, [*state.names, *(item.indicator for item in out)], state.context)
            comparator, strict = self._comparator(phrase, token, token.tail or tail)
            rule = self._is_rule(phrase, when)
            item = Found(
                token, complete, when, comparator, strict, hedge, direction, baseline, "standard" if rule else "target", begin, max(quote_end, token.end), frame,
                round(sure * known * (0.9 if when is NEVER else 1.0), 2),
            )  # fmt: skip
            if len(run) == 1 and len(times) > 1 and phrase.distributive:
                out.extend(item.at(moment, shared=n > 0) for n, moment in enumerate(times))
            else:
                out.append(item)
        return out

    def _only_time_before(self, clause: Clause) -> bool:
        between = self.flat[self.state.time_from : clause.start]
        return between.count("，") <= 1 and len(between) < 30

    def _comparator(self, phrase: Phrase, token: Token, tail: str) -> tuple[str, bool]:
        if phrase.comparator and phrase.comparator != "~":
            if tail and _tail_comparator()[tail] == "~":
                return "~", False
            if token.value_max is not None and phrase.comparator == "<=" and not phrase.strict:
                return "=", False
            return phrase.comparator, phrase.strict
        if tail:
            return _tail_comparator()[tail], False
        return ("~", False) if phrase.comparator == "~" or token.more else ("=", False)

    def _is_rule(self, phrase: Phrase, when: When) -> bool:
        """Tell a rule imposed on projects or layouts from a target of the place: it has a bound and no date."""
        bound = phrase.comparator in (">=", "<=") and (not phrase.strict or phrase.modal)
        return bound and not phrase.makes and when.year is None and when.period is None
