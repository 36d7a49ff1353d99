"""Linking an indicator's name in a plan to the indicators a city knows, by terms and by unit.

A name is cut into terms: the sets of `data/synonyms.yaml` first, longest spelling first, then pairs of letters of what
is left. Terms of a set weigh by their length, so that 装机容量 says more than 量. Two names are as near as the terms
they share (Dice's coefficient); a unit of another dimension costs two fifths, one of the same dimension adds a tenth.
A candidate that says more or less than the name (`agree`), whose unit a pack could not hold, or that a second candidate
equals, stays below the score from which a link is taken.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from dafeng.compiler.agree import difference
from dafeng.compiler.lexicon import words
from dafeng.compiler.patterns import units
from dafeng.compiler.result import CLEAR, Candidate
from dafeng.compiler.writable import pack_unit
from dafeng.errors import UnitError
from dafeng.facts.indicator import Indicator
from dafeng.units import same_dimension

#: Below this score an indicator is not worth showing.
FLOOR = 0.35
_UNIT_MISFIT = 0.6
_UNIT_BONUS = 0.1
_SCOPE = re.compile(r"^(?:全市|本市|全省|全国|全社会|城市|中心城区?)|（[^）]*）|[的、，和及与“”\s]")
_SET_WEIGHT = 1.5
#: What a candidate scores at most that is to be asked about.
_ASK = CLEAR - 0.01
_STEP = 0.1


@cache
def _terms() -> tuple[re.Pattern[str], dict[str, int]]:
    sets: list[list[str]] = words("synonyms")["sets"]
    place = {spelling.lower(): n for n, group in enumerate(sets) for spelling in group}
    ordered = sorted(place, key=lambda spelling: (-len(spelling), spelling))
    forms = [re.escape(s) if not s.isascii() else rf"\b{re.escape(s)}\b" for s in ordered]
    return re.compile("|".join(forms), re.I), place


def terms(name: str) -> Counter[str]:
    """Cut a name into weighted terms."""
    form, place = _terms()
    text = _SCOPE.sub("", name)
    out: Counter[str] = Counter()
    at = 0
    for match in form.finditer(text):
        _letters(text[at : match.start()], out)
        spelling = match.group().lower()
        key = f"§{place[spelling]}"
        out[key] = max(
            out[key], round(10 * _SET_WEIGHT * min(3, 1 + len(spelling) / (3 if not spelling.isascii() else 8)))
        )
        at = match.end()
    _letters(text[at:], out)
    return out


def _letters(text: str, out: Counter[str]) -> None:
    if len(text) == 1 and not text.isascii():
        out[text] += 5
    for i in range(len(text) - 1):
        pair = text[i : i + 2]
        if not pair.isascii():
            out[pair] += 10


class Linker:
    """Scores names against the indicators of a city; without indicators it gives no candidate."""

    def __init__(self, indicators: Sequence[Indicator]) -> None:
        self._ids = [item.id for item in indicators]
        self._dimensions = [_dimension(item.unit) for item in indicators]
        self._names = [item.label.zh for item in indicators]
        self._units = [item.unit for item in indicators]
        self._labels = [_SCOPE.sub("", item.label.zh) for item in indicators]
        self._weights: list[int] = []
        self._owner: list[int] = []
        self._holders: dict[str, list[tuple[int, int]]] = {}
        for n, item in enumerate(indicators):
            for spelling in (terms(item.label.zh), terms(item.label.en)):
                at = len(self._weights)
                self._weights.append(sum(spelling.values()))
                self._owner.append(n)
                for term, weight in spelling.items():
                    self._holders.setdefault(term, []).append((at, weight))

    def candidates(
        self, name: str, unit: str, dimension: str, direction: str | None, most: int = 3
    ) -> tuple[Candidate, ...]:
        """Give the best indicators for a name, best first.

        A rise or fall in percent, and a multiple, fit a quantity of any dimension.
        """
        wanted = terms(name)
        own = _dimension(unit) or dimension
        relative = own == "multiple" or (own == "share" and direction is not None and not direction.endswith("_to"))
        shared: Counter[int] = Counter()
        for term, weight in wanted.items():
            for at, known in self._holders.get(term, ()):
                shared[at] += min(weight, known)
        whole = sum(wanted.values())
        best: dict[int, float] = {}
        for at, common in shared.items():
            owner = self._owner[at]
            best[owner] = max(best.get(owner, 0.0), 2 * common / (whole + self._weights[at]))
        out: list[tuple[float, int, bool | None]] = []
        plain = _SCOPE.sub("", name)
        for owner, near in best.items():
            dimension_of = self._dimensions[owner]
            fits = None if relative or not own or not dimension_of else _same(own, dimension_of)
            rank = (
                near * (_UNIT_MISFIT if fits is False else 1.0)
                + (_UNIT_BONUS if fits and near > FLOOR else 0.0)
                + (fits is not False and plain == self._labels[owner])
            )
            if rank >= CLEAR and (fits is False or self._differs(owner, name, unit, direction, relative=relative)):
                rank = _ASK - (1 - min(rank, 1.0)) * _STEP
            if rank >= FLOOR:
                out.append((rank + (rank >= CLEAR and name == self._names[owner]), owner, fits))
        out.sort(key=lambda item: (-item[0], self._ids[item[1]]))
        if len(out) > 1 and out[0][0] >= CLEAR and self._equal(out[0], out[1]):
            out = [(min(rank, _ASK), owner, fits) for rank, owner, fits in out]
        return tuple(Candidate(self._ids[owner], round(min(1.0, rank), 3), fits) for rank, owner, fits in out[:most])

    def _differs(self, owner: int, name: str, unit: str, direction: str | None, *, relative: bool) -> bool:
        """Tell whether the name or the unit speaks against an indicator."""
        if difference(name, self._names[owner], added=direction == "increase_by"):
            return True
        held = pack_unit(unit)
        try:
            return not relative and (held is None or not same_dimension(held[0], self._units[owner]))
        except UnitError:
            return True

    def _equal(self, first: tuple[float, int, bool | None], second: tuple[float, int, bool | None]) -> bool:
        """Tell whether the two best candidates are called the same but for what stands in brackets."""
        alike = self._labels[first[1]] == self._labels[second[1]]
        return alike and "（" in self._names[first[1]] and second[0] >= CLEAR


_LATIN = {
    "TJ": "energy",
    "MWh": "energy",
    "kWh": "energy",
    "tCO2": "mass",
    "tCO2e": "mass",
    "t": "mass",
    "km": "length",
    "vehicle": "count",
    "person": "count",
}


@cache
def _dimension(unit: str) -> str:
    """Find the dimension of a written unit: that of its longest base, with a rate's denominator."""
    text = unit.strip()
    if not text:
        return "share" if unit else ""
    top, _, bottom = text.partition("/")
    top = re.sub(r"^(?:千万|百万|十万|万亿|万|亿|千|百|million |billion |thousand )", "", top)
    base = max((word for word in units() if top.startswith(word)), key=len, default="")
    found = units().get(base) or _LATIN.get(top, "")
    rate = re.sub(r"^(?:万|亿)", "", bottom)
    return f"{found}/{rate}" if found and rate and rate not in ("年", "a", "year") else found


def _same(a: str, b: str) -> bool:
    ratios = {"share", "points", "multiple", "fraction"}
    return (
        a == b
        or {a, b} <= ratios
        or {a, b} <= {"count", "magnitude", "visits", "containers"}
        or {a, b} <= {"mass", "energy"}
    )
