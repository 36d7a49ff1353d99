"""Dimensions: powers of the coherent units, as sorted pairs."""

from __future__ import annotations

from functools import lru_cache

Dimension = tuple[tuple[str, int], ...]
ONE: Dimension = ()


@lru_cache(maxsize=65536)
def joined(a: Dimension, b: Dimension) -> Dimension:
    """Give the dimension of a product."""
    powers = dict(a)
    for base, power in b:
        powers[base] = powers.get(base, 0) + power
    return tuple(sorted((base, power) for base, power in powers.items() if power))


@lru_cache(maxsize=4096)
def raised(a: Dimension, power: int) -> Dimension:
    """Give the dimension of a power; power -1 is the dimension of the inverse."""
    return tuple((base, exponent * power) for base, exponent in a) if power else ONE


def dimension_text(a: Dimension) -> str:
    """Write a dimension in coherent units: "TJ*vehicle/year"; "1" for a plain number."""
    above = "*".join(_word(base, power) for base, power in a if power > 0)
    below = "".join("/" + _word(base, -power) for base, power in a if power < 0)
    return (above or "1") + below


def _word(base: str, power: int) -> str:
    return base if power == 1 else f"{base}^{power}"
