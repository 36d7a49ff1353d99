"""How figures are turned into what a target asks for: a level, a change since the baseline, a multiple of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from dafeng import units
from dafeng.assess.evidence import Figure, basis_changes, present_basis, worst
from dafeng.city.measure import period_total
from dafeng.facts.indicator import Indicator
from dafeng.labels import Label
from dafeng.lineage import Node
from dafeng.plan.schema import PERIODS, Plan, Target

_CHAIN = Label(zh="逐年变化率连乘（基年为 1）", en="product of the yearly changes, the baseline year being 1")
#: Two figures this close, relative to the larger, are the same figure in two units.
SAME = 1e-9


@dataclass(frozen=True, slots=True)
class Scale:
    """Turns a level of the indicator into the target's terms and back.

    `sign` is -1 for a fall, so that a cut of 14 % is 14. `unit_value` is what the pure number one is in the target's
    unit: 100 for "%".
    """

    measure: str
    base: float = 0.0
    base_year: int = 0
    sign: int = 1
    unit_value: float = 1.0
    yearly: bool = False

    def shown(self, level: NDArray[np.float64], year: int) -> NDArray[np.float64]:
        """Give levels of one year in the target's terms."""
        if self.measure == "level":
            return level
        if self.measure == "difference":
            return self.sign * (level - self.base)
        relative = level / self.base
        if self.yearly:
            relative = relative ** (1 / max(1, year - self.base_year))
        if self.measure == "multiple":
            return relative * self.unit_value
        return self.sign * (relative - 1) * self.unit_value

    def value(self, level: float, year: int) -> float:
        """Give one level in the target's terms."""
        return float(self.shown(np.float64(level), year))  # type: ignore[arg-type]

    def level(self, value: float, year: int) -> float:
        """Give the level that a value in the target's terms stands for."""
        if self.measure == "level":
            return value
        if self.measure == "difference":
            return self.base + self.sign * value
        if self.measure == "multiple":
            return self.base * value / self.unit_value
        relative = 1 + self.sign * value / self.unit_value
        if self.yearly:
            relative = relative ** max(1, year - self.base_year)
        return self.base * relative


@dataclass(frozen=True, slots=True)
class Measured:
    """Figures in the target's terms. `levels` are the figures they come from, on the present basis and in one unit.

    `base` is the figure the path starts from and `declared` the year the plan wants it to be; `zero` says that a total
    over a period starts from nothing. `missing` is the year at which a chain breaks off.
    """

    scale: Scale
    figures: tuple[Figure, ...]
    levels: tuple[Figure, ...]
    breaks: tuple[int, ...]
    base: Figure | None
    base_year: int | None
    base_value: float | None
    declared: int | None
    zero: bool = False
    missing: int | None = None
    notes: tuple[str, ...] = field(default=())

    @property
    def partial(self) -> bool:
        """Whether a change is counted from a later year than the plan wants."""
        late = self.base_year is not None and self.declared is not None and self.base_year > self.declared
        return late and self.scale.measure != "level"


def declared_baseline(target: Target, plan: Plan) -> int:
    """Say which year a target counts from: its own, else that before its period, the plan's, that before the plan."""
    if target.baseline_year is not None:
        return target.baseline_year
    if target.period is not None:
        return PERIODS[target.period][0] - 1
    return plan.horizon[0] - 1 if plan.baseline_year is None else plan.baseline_year


def unit_read(target: Target, indicator: Indicator, measure: str) -> str:
    """Say in which unit the indicator is read: the target's, where figures are taken as they are or subtracted."""
    return target.unit if measure in ("level", "difference") else indicator.unit


def measured(target: Target, plan: Plan, indicator: Indicator, measure: str, found: Sequence[Figure]) -> Measured:
    """Turn the figures found for an indicator into the target's terms; `found` is in `unit_read`, oldest first.

    For a chain, `found` are the published yearly changes, as shares.
    """
    declared = declared_baseline(target, plan)
    if measure == "chain":
        return _chain(target, indicator, declared, found)
    breaks = basis_changes(found, indicator)
    present = present_basis([figure for figure in found if figure.decides], indicator)
    base = _baseline(present, declared)
    if measure == "level":
        return _level(target, indicator, found, present, breaks, base, declared)
    if base is None:
        return Measured(_scale(target, measure, None), (), present, breaks, None, None, None, declared)
    scale = _scale(target, measure, base)
    on_basis = {figure.year for figure in present_basis(found, indicator)}
    after = [figure for figure in found if figure.year > base.year and figure.year in on_basis]
    shown = tuple(figure.scaled(scale.value(figure.value, figure.year), target.unit) for figure in after)
    start = scale.value(base.value, base.year)
    return Measured(scale, _bounds(shown, scale), present, breaks, base, base.year, start, declared)


def _level(
    target: Target,
    indicator: Indicator,
    found: Sequence[Figure],
    present: tuple[Figure, ...],
    breaks: tuple[int, ...],
    base: Figure | None,
    declared: int | None,
) -> Measured:
    scale = Scale("level")
    start = period_total(target, indicator)
    if start is not None:
        return Measured(scale, tuple(found), present, breaks, None, start, 0.0, start, zero=True)
    year, value = (base.year, base.value) if base else (None, None)
    return Measured(scale, tuple(found), present, breaks, base, year, value, declared)


def _scale(target: Target, measure: str, base: Figure | None) -> Scale:
    return Scale(
        measure,
        base.value if base else 0.0,
        base.year if base else 0,
        -1 if target.direction == "decrease_by" else 1,
        1.0 if measure == "difference" else units.factor("", target.unit),
        target.direction == "annual_growth",
    )


def _bounds(shown: tuple[Figure, ...], scale: Scale) -> tuple[Figure, ...]:
    """A limit on the level is the opposite limit on a cut."""
    turned = {"at_least": "at_most", "at_most": "at_least", "": ""}
    if scale.sign > 0:
        return shown
    return tuple(replace(figure, bound=turned[figure.bound]) for figure in shown)


def _baseline(present: Sequence[Figure], declared: int | None) -> Figure | None:
    """Choose the figure of the declared year, else the first after it, else the last before it."""
    if not present or declared is None:
        return present[0] if present else None
    later = [figure for figure in present if figure.year >= declared]
    return later[0] if later else present[-1]


def _chain(target: Target, indicator: Indicator, declared: int | None, changes: Sequence[Figure]) -> Measured:
    """Multiply the published yearly changes from the baseline on; the first missing year ends the chain."""
    start = declared if declared is not None else (changes[0].year - 1 if changes else None)
    base = Figure(start or 0, 1.0, "", "", "derived", "high", indicator.id)
    scale = _scale(target, "chain", base)
    if start is None:
        return Measured(scale, (), (), (), None, None, None, declared)
    by_year = {change.year: change for change in changes}
    levels, links = [base], []
    year = start + 1
    while year in by_year:
        link = by_year[year]
        links.append(link)
        index = levels[-1].value * (1 + link.value)
        levels.append(
            replace(
                link,
                value=index,
                unit="",
                status="derived",
                confidence=worst(item.confidence for item in links),
                observation=indicator.id,
                trail=_chain_trail(indicator, links, index),
            )
        )
        year += 1
    shown = tuple(figure.scaled(scale.value(figure.value, figure.year), target.unit) for figure in levels[1:])
    deciding = tuple(figure for figure in levels if figure.decides)
    missing = year if not shown or any(other > year for other in by_year) else None
    return Measured(scale, shown, deciding, (), base, start, 0.0, start, missing=missing)


def _chain_trail(indicator: Indicator, links: Sequence[Figure], index: float) -> Node:
    facts = tuple(
        Node(
            "fact",
            link.observation,
            value=link.value * 100,
            unit="%",
            year=link.year,
            ref=link.source,
            status=link.status,
            confidence=link.confidence,
            note=link.note,
            children=(Node("document", link.source, ref=link.locator),),
        )
        for link in links
    )
    return Node("formula", indicator.id, _CHAIN, index, "", links[-1].year, children=facts)
