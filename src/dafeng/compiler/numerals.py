"""Numbers as Chinese text writes them."""

from __future__ import annotations

from functools import cache

from dafeng.compiler.lexicon import words

#: Characters a Chinese numeral is made of.
CHARACTERS = "零〇一二两三四五六七八九十百千万亿"


@cache
def _values() -> tuple[dict[str, int], dict[str, int]]:
    numerals = words("units")["numerals"]
    return numerals["digits"], numerals["tens"]


def chinese(text: str) -> float | None:
    """Read a Chinese numeral such as 二十五, 一千零五十, 三点五 or 二〇三〇; None for anything else."""
    if "点" in text:
        whole, _, part = text.partition("点")
        high = chinese(whole)
        digits = _digits(part)
        return None if high is None or digits is None else float(f"{int(high)}.{digits}")
    values, tens = _values()
    if not text or any(char not in values and char not in tens for char in text):
        return None
    if not any(char in tens for char in text):
        run = _digits(text)
        return None if run is None else float(run)
    total = section = 0
    digit: int | None = None
    for char in text:
        if char in values:
            digit = values[char]
        elif tens[char] >= 10_000:
            total = (total + section + (digit or 0)) * tens[char]
            section, digit = 0, None
        else:
            section += (1 if digit is None else digit) * tens[char]
            digit = None
    return float(total + section + (digit or 0))


def _digits(text: str) -> str | None:
    digits, _ = _values()
    return "".join(str(digits[char]) for char in text) if text and all(char in digits for char in text) else None


def ordinal(text: str) -> int | None:
    """Read a heading's number in digits, Chinese numerals or circled digits."""
    if text.isdecimal():
        return int(text)
    if len(text) == 1 and "①" <= text <= "⑳":
        return ord(text) - ord("①") + 1
    value = chinese(text)
    return None if value is None else int(value)
