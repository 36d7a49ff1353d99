"""The curve of abatement: the cost of the last tonne as the yearly CO2 of the system is cut step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dafeng.dispatch.figure import Figure
from dafeng.dispatch.solve import Backend, dispatch
from dafeng.dispatch.spec import Budget
from dafeng.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dafeng.dispatch.answer import Answer
    from dafeng.dispatch.build.draft import Clock
    from dafeng.dispatch.spec import Spec
    from dafeng.dispatch.stage import Floats

#: Name of the rule that cuts.
RULE = "abatement"


def capped(spec: Spec, caps: Mapping[int, float]) -> Spec:
    """Give a spec whose CO2 may not exceed a cap by year, t."""
    source = next(iter(spec.sources), "")
    figure = Figure(value=dict(caps), unit="tCO2", source=source)
    rule = Budget(kind="co2", at_most=figure, note="cap of the curve of abatement")
    return spec.model_copy(update={"budgets": {**spec.budgets, RULE: rule}})


def curve(
    spec: Spec,
    series: Mapping[str, Floats],
    base: Answer,
    cuts: Sequence[float],
    backend: Backend = "staged",
    clock: Clock | None = None,
    progress: Callable[[int, float, float], bool] | None = None,
    begun: Callable[[float, int], None] | None = None,
) -> list[dict[str, Any]]:
    """Solve a spec once for each part by which its CO2 is to fall, every year by the same part of its own.

    Each point is certified like any answer. `price` is the dual of the cap, money by tCO2, by year; `missed` what the
    system cannot cut at any price it is asked to pay, t. `begun(cut, number)` is called before each solve.

    Raises:
        Refused: a part does not lie between 0 and 1, or the system emits nothing.
    """
    if not all(0 < cut < 1 for cut in cuts):
        raise Refused("cuts: each lies between 0 and 1. Write 0.1,0.2,0.3 for cuts of 10, 20 and 30 %.")
    if min(period.emissions for period in base.periods) <= 0:
        raise Refused(f"{spec.id}: it emits no CO2, so there is nothing to cut.")
    out = []
    for number, cut in enumerate(sorted(cuts)):
        if begun is not None:
            begun(cut, number)
        caps = {period.year: (1 - cut) * period.emissions for period in base.periods}
        found = dispatch(capped(spec, caps), series, backend, clock, progress)
        rules = {limit.period: limit for limit in found.limits if limit.name == RULE}
        paid = [period.costs.paid if period.costs else 0.0 for period in found.periods]
        before = [period.costs.paid if period.costs else 0.0 for period in base.periods]
        out.append(
            {
                "cut": cut,
                "emissions": {str(period.year): period.emissions for period in found.periods},
                "price": {str(year): limit.price for year, limit in rules.items() if limit.price is not None},
                "missed": {str(year): limit.missed for year, limit in rules.items()},
                "cost_added": {str(p.year): a - b for p, a, b in zip(found.periods, paid, before, strict=True)},
                "certificate": {"violation": found.certificate.violation, "gap": found.certificate.gap},
            }
        )
    return out
