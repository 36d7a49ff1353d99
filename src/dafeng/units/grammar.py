"""How a unit is written: `万吨标准煤`, `t/day`, `L/(100 km)`, `kgce/m2`, `10^4 t`, `100 million m3`.

    product := term (("*" | "·" | "." | "/" | " per ") term)*
    term    := number? scale* word power?  |  number  |  "(" product ")" power?

A number binds to the unit it stands before, so `tce/10^6 tkm` divides by the million. `a/b*c` means one thing to a
program and another to many readers: it is refused, and so are two words that only a space joins.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from dafeng.errors import UnitError
from dafeng.units.registry import Atom, atom, unknown

_SCALES = {
    **{"万亿": 1e12, "千亿": 1e11, "百亿": 1e10, "十亿": 1e9, "亿": 1e8, "千万": 1e7, "百万": 1e6, "十万": 1e5},
    **{"万": 1e4, "千": 1e3, "百": 1e2, "十": 1e1},
    **{"thousand": 1e3, "million": 1e6, "billion": 1e9},
}
_POWERS = {"平方": 2, "立方": 3, "square": 2, "cubic": 3}
_SIGNS = {"%": "percent", "‰": "permille"}
_TOKEN = re.compile(
    r"(?P<space>\s+)|(?P<number>\d+(?:,\d{3})*(?:\.\d+)?(?:[eE][+-]?\d+)?(?:\^[+-]?\d+|\*\*[+-]?\d+)?)"
    r"|(?P<power>(?:\^|\*\*)[+-]?\d+)|(?P<sign>[*·×.⋅/()])|(?P<word>[%‰]|[^\W\d_][\w]*)"
)
# "Mt CO2" is one unit that people write as two words.
_SUBSTANCE = re.compile(r"(?<=[tg]) (?=(?:CO2(?:eq?)?|CH4|N2O|SF6|ce|C|N)\b)")


@dataclass(frozen=True, slots=True)
class Part:
    """One word of a unit: `number` × `scale` × the atom, to a power; `atom` is None for a bare number."""

    number: float
    atom: Atom | None
    power: int
    inner: int = 1

    @property
    def factor(self) -> float:
        """What the part is worth in coherent units."""
        worth = self.number * (self.atom.factor**self.inner if self.atom else 1.0)
        return worth**self.power


def parts_of(text: str) -> tuple[Part, ...]:
    """Read a unit text.

    Raises:
        UnitError: a word is no unit, or the text is ambiguous or not well formed.
    """
    return _Reader(text).read()


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = _tokens(text)
        self.at = 0

    def read(self) -> tuple[Part, ...]:
        if not self.tokens:
            return ()
        parts = self._product()
        if self.at < len(self.tokens):
            raise self._fault(f"'{self.tokens[self.at][1]}' does not belong here", "Check the brackets.")
        return tuple(parts)

    def _peek(self) -> tuple[str, str]:
        return self.tokens[self.at] if self.at < len(self.tokens) else ("end", "")

    def _take(self) -> tuple[str, str]:
        token = self._peek()
        self.at += 1
        return token

    def _product(self) -> list[Part]:
        parts = self._term()
        divided = False
        while True:
            kind, sign = self._peek()
            if kind != "sign" or sign in "()":
                if kind in {"word", "number"}:
                    raise self._fault(f"'{sign}' follows a unit without a sign", "Write * or / between two units.")
                return parts
            self._take()
            if sign == "/":
                divided = True
                parts += [Part(p.number, p.atom, -p.power, p.inner) for p in self._term()]
            elif divided:
                raise self._fault("a product after '/' can be read in two ways", "Write a/(b*c) or a*c/b.")
            else:
                parts += self._term()

    def _term(self) -> list[Part]:
        kind, value = self._take()
        if (kind, value) == ("sign", "("):
            inside = self._product()
            if self._take() != ("sign", ")"):
                raise self._fault("a bracket is not closed", "Add ')'.")
            power = self._power()
            return [Part(p.number, p.atom, p.power * power, p.inner) for p in inside]
        number = 1.0
        if kind == "number":
            number = _number(value)
            if self._peek()[0] != "word":
                return [Part(number, None, 1)]
            kind, value = self._take()
        if kind != "word":
            what = f"'{value}' stands where a unit should" if value else "a unit is missing at the end"
            raise self._fault(what, "Write for example t/day or 万吨/年.")
        scale, inner, word = self._word(value)
        outer = self._power()
        found, split = _resolve(word)
        if found is None:
            raise unknown(word, self.text)
        # A scale word stands outside the power: 万平方米 is ten thousand square metres.
        return [Part(number * scale, found, 1, inner * split * outer)]

    def _word(self, value: str) -> tuple[float, int, str]:
        scale, inner = 1.0, 1
        while True:
            if scale == 1 and value in _SCALES and self._peek()[0] == "word":
                scale *= _SCALES[value]
                value = self._take()[1]
                continue
            if value in _POWERS and self._peek()[0] == "word":
                inner = _POWERS[value]
                value = self._take()[1]
                continue
            if value in _SCALES or _resolve(value)[0]:
                break
            heads = (*_SCALES, *_POWERS) if scale == 1 else tuple(_POWERS)
            head = next((h for h in heads if not h.isascii() and value.startswith(h)), "")
            if not head or len(head) == len(value):
                break
            if head in _SCALES:
                scale *= _SCALES[head]
            else:
                inner = _POWERS[head]
            value = value[len(head) :]
        if value in _SCALES:
            scale, value = scale * _SCALES[value], "times"
        return scale, inner, value

    def _power(self) -> int:
        kind, value = self._peek()
        if kind != "power":
            return 1
        self._take()
        return int(value.lstrip("^*"))

    def _fault(self, what: str, remedy: str) -> UnitError:
        return UnitError(f"unit '{self.text}': {what}. {remedy}")


def _tokens(text: str) -> list[tuple[str, str]]:
    plain = unicodedata.normalize("NFKC", text).strip()
    plain = re.sub(r"\s+per\s+", "/", _SUBSTANCE.sub("", plain)).replace("percentage point", "percentage_point")
    tokens: list[tuple[str, str]] = []
    at = 0
    while at < len(plain):
        match = _TOKEN.match(plain, at)
        if not match:
            raise UnitError(f"unit '{text}': '{plain[at]}' is no part of a unit. Write for example t/day or 万吨/年.")
        at = match.end()
        kind = match.lastgroup or ""
        if kind != "space":
            tokens.append((kind, _SIGNS.get(match.group(), match.group())))
    return tokens


def _number(text: str) -> float:
    base, _, power = text.replace(",", "").replace("**", "^").partition("^")
    return float(base) ** int(power) if power else float(base)


def _resolve(word: str) -> tuple[Atom | None, int]:
    found = atom(word)
    if found or not (match := re.fullmatch(r"(\D+)([23])", word)):
        return found, 1
    return atom(match.group(1)), int(match.group(2))
