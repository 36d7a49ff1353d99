"""One paragraph while it is read: its text and tokens, and what the grammar may look back to."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from dafeng.compiler.clauses import Clause
from dafeng.compiler.found import NEVER, Dropped, Found, When
from dafeng.compiler.lexer import Token
from dafeng.compiler.lexicon import words
from dafeng.compiler.phrase import Phrase

#: So many targets back is looked for an antecedent.
_LOOKED_BACK = 60


@dataclass(slots=True)
class Passage:
    """A paragraph and the state of its reading.

    `flat` is the text with brackets folded. `times` govern what is read now. `names` are the indicators found so far,
    `context` the clauses of this sentence without a number. `aside` is the unit and subject of the last number that was
    no target, `whole` the indicator that places or parts divide, `verb` and `made` the verb of making that a list goes
    on with after and before its objects, `made_after` that of the last
    object after a number, `carried` a subject that stands before a starting value.
    `joint_bases` are those of the run before in the same clause.
    `loose` tells that the times are those of the sentence before, `reporting` that a word such as 目前 looks back,
    `parted` that 其中 opens a list of parts, `quoting` that the sentence of a preface tells what others have promised,
    `dated` that the horizon is the year the plan names for itself.
    """

    text: str
    flat: str
    tokens: list[Token]
    horizon: int
    goals: bool
    report: bool
    times: list[When] = field(default_factory=list)
    found: list[Found] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    context: list[str] = field(default_factory=list)
    bases: list[Token] = field(default_factory=list)
    joint_bases: list[Token] = field(default_factory=list)
    hedge: str = ""
    verb: str = ""
    made: str = ""
    made_after: str = ""
    carried: str = ""
    whole: str = ""
    aside: tuple[str, str] = ("", "")
    sentence_from: int = 0
    time_from: int = -1
    loose: bool = False
    reporting: bool = False
    quoting: bool = False
    parted: bool = False
    dated: bool = False
    _told: list[Token] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)

    @property
    def timed(self) -> bool:
        """Tell whether a year or a period governs."""
        return any(when is not NEVER for when in self.times)

    @property
    def past(self) -> bool:
        """Tell whether what is read now happened: its time is over, or the chapter reports and names none to come."""
        last = [when.last or when.from_year for when in self.times]
        ahead = any(self.is_ahead(when) for when in self.times)
        return self.reporting or (not ahead and (self.report or any(year is not None for year in last)))

    def is_ahead(self, when: When) -> bool:
        """Tell whether a time lies ahead of the plan; the plan's own year does, unless the text looks back on it.

        A year that the text looks back on is past as well where the plan's own year is a guess.
        """
        if when.reported and not self.dated:
            return False
        year = when.last or when.from_year
        return year is not None and (year > self.horizon or (year == self.horizon and not when.reported))

    @property
    def same_sentence(self) -> list[Found]:
        """Give the targets of the sentence that is read, of a very long one the last."""
        return [item for item in self.found[-_LOOKED_BACK:] if item.start >= self.sentence_from]

    def told(self, start: int, end: int) -> list[Token]:
        """Give the times and baselines that begin between two places."""
        if not self._starts:
            self._told = [token for token in self.tokens if token.kind in ("year", "period", "base")]
            self._starts = [token.start for token in self._told] or [-1]
        return self._told[bisect_left(self._starts, start) : bisect_right(self._starts, end)]

    def governed(self, phrase: Phrase) -> bool:
        """Tell whether something says that a number without a verb is promised: time, hedge, chapter or neighbours."""
        neighbours = self.same_sentence
        promised = bool(neighbours) and neighbours[-1].kind == "target"
        return self.timed or self.goals or bool(phrase.hedge) or promised

    def zone(self, start: int, phrase: Phrase) -> str:
        """Give the words of the subject, without the times, baselines and hedges among them; the phrase takes these."""
        out: list[str] = []
        at = start
        for token in self.told(start, phrase.at):
            if token.end <= phrase.at:
                out.append(self.text[at : token.start])
                at = token.end
                if token.kind == "base" and token not in phrase.bases:
                    phrase.bases.append(token)
        out.append(self.text[at : phrase.at])
        zone = "".join(out).strip("，、：； ")
        for word in words("grammar")["distributive"]:
            if zone.startswith(word):
                phrase.distributive, zone = True, zone.removeprefix(word)
        for hedge in words("grammar")["hedges"]:
            if zone.startswith(hedge) or zone.endswith(hedge):
                phrase.hedge = phrase.hedge or hedge
                zone = zone.removeprefix(hedge).removesuffix(hedge).strip("，、 ")
        return zone

    def untimed(self, clause: Clause) -> str:
        """Give the text of a clause without its times and baselines."""
        out: list[str] = []
        at = clause.start
        for token in clause.tokens:
            if token.kind in ("year", "period", "base"):
                out.append(self.text[at : token.start])
                at = token.end
        return "".join([*out, self.text[at : clause.end]])


@dataclass(slots=True)
class Run:
    """Numbers that belong together and the words on both sides.

    `start` is where the words before them begin, `rest` what follows up to the next number, `to_end` up to the end of
    the clause, `later` the next number of the clause, `after` where `rest` begins.
    """

    clause: Clause
    numbers: list[Token]
    start: int
    phrase: Phrase
    rest: str
    to_end: str
    later: Token | None
    bracket: bool
    after: int = -1
    zone: str = ""

    @property
    def last(self) -> Token:
        """Give the last number."""
        return self.numbers[-1]
