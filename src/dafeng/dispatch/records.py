"""An answer as data for programs and pages: by year and name, with labels, sources, verdicts and what was synthetic."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from dafeng.dispatch.prices import by_season, duration

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dafeng.dispatch.answer import Answer, Period
    from dafeng.dispatch.observed import Comparison
    from dafeng.dispatch.spec import Entry, Spec
    from dafeng.dispatch.stage import Floats
    from dafeng.dispatch.verdicts import TargetVerdict

#: Capacities below this, MW, and energies below this, GWh, are rounding of the solver.
NOTHING = 1e-3


def record(
    spec: Spec,
    answer: Answer,
    targets: Sequence[TargetVerdict] = (),
    scenario: str = "",
    given: Iterable[str] = (),
    beside: Sequence[Comparison] = (),
) -> dict[str, Any]:
    """Give everything an answer says but its hours. `given` names the profiles that a user brought."""
    years = {str(period.year): period for period in answer.periods}
    brought = set(given)
    return {
        "spec": spec.id,
        "title": _label(spec, spec.id) if spec.label else spec.title.model_dump(),
        "scenario": scenario,
        "status": answer.status,
        "backend": answer.backend,
        "fallback": answer.fallback,
        "step": answer.step,
        "preview": answer.step > 1 or answer.days > 0,
        "days": answer.days,
        "certificate": {"violation": answer.certificate.violation, "gap": answer.certificate.gap},
        "objective": answer.objective,
        "currency": spec.currency,
        "price_year": spec.price_year,
        "years": [period.year for period in answer.periods],
        "labels": _labels(spec),
        "capacities": {year: _some(period.capacity) for year, period in years.items()},
        "built": {year: _some(period.built) for year, period in years.items()},
        "energy": {year: _some(period.energy) for year, period in years.items()},
        "balance": {year: _balance(period) for year, period in years.items()},
        "emissions": {year: _emissions(period) for year, period in years.items()},
        "prices": {year: _prices(spec, answer, period) for year, period in years.items()},
        "costs": {year: _costs(period) for year, period in years.items()},
        "adequacy": {year: None if p.adequacy is None else asdict(p.adequacy) for year, p in years.items()},
        "peak_day": {year: peak_day(spec, answer, period) for year, period in years.items()},
        "worth": {year: period.worth for year, period in years.items()},
        "rules": [asdict(limit) for limit in answer.limits],
        "missed": [asdict(limit) for limit in answer.missed],
        "targets": [_verdict(verdict) for verdict in targets],
        "observed": [{**asdict(each), "label": each.label.model_dump()} for each in beside],
        "profiles": {
            name: "given" if name in brought else "synthetic" if profile.reference else "file"
            for name, profile in spec.profiles.items()
        },
        "sources": [
            {"id": id, "title": source.title, "kind": source.kind}
            for id, source in spec.sources.items()
            if id in sources_of(spec)
        ],
        "seconds": answer.seconds,
        "size": {"columns": answer.size[0], "rows": answer.size[1]},
    }


def _label(entry: Entry, name: str) -> dict[str, str]:
    return entry.label.model_dump() if entry.label else {"zh": name, "en": name}


def _labels(spec: Spec) -> dict[str, dict[str, str]]:
    groups: tuple[Mapping[str, Entry], ...] = (spec.investments(), spec.flexible, spec.reserves, spec.budgets)
    return {name: _label(entry, name) for group in groups for name, entry in group.items()}


def _some(values: Mapping[str, float]) -> dict[str, float]:
    return {name: value if abs(value) > NOTHING else 0.0 for name, value in values.items()}


def _balance(period: Period) -> dict[str, Any]:
    left = sum(period.curtailed.values())
    offered = left + sum(period.energy[name] for name in period.curtailed)
    return {
        "demand": period.demand,
        "imports": period.imports,
        "import_share": period.imports / period.demand if period.demand else None,
        "renewable_share": period.renewable_share,
        "curtailed": _some(period.curtailed),
        "curtailment_share": left / offered if offered else 0.0,
        "lost": sum(period.lost.values()),
    }


def _emissions(period: Period) -> dict[str, Any]:
    hours = period.hourly_factor
    return {
        "total": period.emissions,
        "local": period.local_emissions,
        "imported": period.emissions - period.local_emissions,
        "factor": period.factor,
        "factor_hours": [float(value) for value in np.quantile(hours, (0, 0.05, 0.5, 0.95, 1))] if hours.size else [],
        "by": period.emissions_by,
    }


def _prices(spec: Spec, answer: Answer, period: Period) -> dict[str, Any]:
    city = spec.nodes[0]
    price = period.hourly_prices.get(city)
    if price is None or city not in period.prices:
        return {}
    return {
        "mean": period.prices[city],
        "seasons": by_season(price, period.load * answer.weight, answer.hour),
        "duration": {str(part): value for part, value in duration(price, answer.weight).items()},
    }


def _costs(period: Period) -> dict[str, Any] | None:
    if period.costs is None:
        return None
    paid = period.costs.paid
    return {**asdict(period.costs), "paid": paid, "average": paid / (period.demand * 1e3) if period.demand else None}


def _verdict(verdict: TargetVerdict) -> dict[str, Any]:
    out = asdict(verdict)
    out["label"] = verdict.label.model_dump()
    out["reason"] = verdict.reason.model_dump() if verdict.reason else None
    return out


def peak_day(spec: Spec, answer: Answer, period: Period) -> dict[str, Any] | None:
    """Give the day of the highest load: load, price and output by entry, MW, step by step."""
    if period.adequacy is None:
        return None
    day = period.adequacy.peak_hour // 24
    part = answer.hour // 24 == day
    price = period.hourly_prices.get(spec.nodes[0])
    return {
        "day": day + 1,
        "load": _listed(period.load[part]),
        "price": None if price is None else _listed(price[part]),
        "output": {name: _listed(values[part]) for name, values in period.hourly.items() if values[part].any()},
    }


def _listed(values: Floats) -> list[float]:
    return [round(float(value), 3) for value in values]


def sources_of(spec: Spec) -> set[str]:
    """Give the ids of the sources that a figure or an entry of a spec names."""
    found: set[str] = set()

    def look(data: Any) -> None:
        if isinstance(data, dict):
            if isinstance(data.get("source"), str) and data["source"]:
                found.add(data["source"])
            for value in data.values():
                look(value)
        elif isinstance(data, list | tuple):
            for value in data:
                look(value)

    look(spec.model_dump(exclude={"sources"}))
    return found


def cited(spec: Spec) -> Spec:
    """Give a spec with the sources it names and no other: what else a pack cites is no part of a question."""
    used = sources_of(spec)
    return spec.model_copy(update={"sources": {id: source for id, source in spec.sources.items() if id in used}})


def table(spec: Spec, answer: Answer) -> Iterable[list[str]]:
    """Give the hours of an answer as rows of a table: the heading, then year and hour, load, price, CO2, outputs MW.

    What stores take in and hold, and load that is moved, comes back or is lost, stands at the end.
    """
    first = answer.periods[0]
    names = [*first.hourly, *first.hourly_more]
    heads = [f"{name}_{'MWh' if name.endswith('.content') else 'MW'}" for name in names]
    yield ["year", "hour", "load_MW", "price", "factor_tCO2_per_MWh", *heads]
    for period in answer.periods:
        price = period.hourly_prices[spec.nodes[0]]
        start = answer.hour
        every = {**period.hourly, **period.hourly_more}
        outputs = np.stack([every[name] for name in names], axis=1)
        for t in range(start.size):
            yield [
                str(period.year), f"{start[t]:g}", f"{period.load[t]:.3f}", f"{price[t]:.4f}",
                f"{period.hourly_factor[t]:.5f}", *(f"{value:.3f}" for value in outputs[t]),
            ]  # fmt: skip
