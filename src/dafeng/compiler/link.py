"""Linking an indicator's name in a plan to the indicators a city knows, by terms and by unit."""

from __future__ import annotations

from collections.abc import Sequence
from dafeng.compiler.result import Candidate
from dafeng.facts.indicator import Indicator


class Linker:
    """Scores names against indicators."""

    def __init__(self, indicators: Sequence[Indicator]) -> None:
        self.indicators = tuple(indicators)

    def candidates(self, name: str, unit: str, dimension: str, direction: str | None, most: int = 3) -> tuple[Candidate, ...]:
        """Give the best indicators for a name, best first."""
        return ()
