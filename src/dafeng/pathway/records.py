"""Pathways as data for programs: what the command line prints and the API answers. Absence is None."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from dafeng.pathway.attribution import Attribution
from dafeng.pathway.effort import Effort
from dafeng.pathway.hindcast import Hindcast, Past
from dafeng.pathway.lever import Lever
from dafeng.pathway.pathway import Pathway
from dafeng.pathway.projection import QUANTILES, Line, Projection
from dafeng.pathway.seek import Sought
from dafeng.pathway.sensitivity import Sensitivity

UNIT = "tCO2"


def numbers(values: Iterable[float]) -> list[float | None]:
    """Give numbers as JSON can hold them."""
    return [None if math.isnan(value) else float(value) for value in values]


def projection(pathway: Pathway, of: Projection) -> dict[str, Any]:
    """Give a projection: years, CO2 by boundary and sector, peaks, targets and the seams of the sectors."""
    settings = pathway.settings
    first = settings.boundaries[0].id
    binding = of.binding
    return {
        "city": of.city,
        "pack": of.pack,
        "scenario": of.scenario.id,
        "label": of.scenario.label.model_dump(),
        "hash": of.scenario.hash,
        "token": of.scenario.token,
        "settings": of.scenario.document()["settings"],
        "unit": UNIT,
        "years": list(of.years),
        "boundaries": {
            each.id: {
                "label": each.label.model_dump(),
                "sectors": list(each.sectors),
                "missing": each.missing.model_dump() if each.missing else None,
                **_line(of.boundaries[each.id]),
                "peak": _peak(of.boundaries[each.id]),
            }
            for each in settings.boundaries
        },
        "sectors": {
            each.id: {"label": each.label.model_dump(), **_line(of.sectors[each.id])} for each in settings.sectors
        },
        "peak": {"boundary": first, **(_peak(of.boundaries[first]) or {})},
        "targets": [{**asdict(each), "label": each.label.model_dump()} for each in of.targets],
        "binding": binding.target if binding else None,
        "seams": [
            {
                "variable": s.variable,
                "year": s.year,
                "observed": s.observed,
                "formula": _number(s.formula),
                "step": _number(s.step),
                "unit": s.unit,
            }
            for s in of.seams
        ],
        "draws": of.draws,
        "seed": of.seed,
        "working_levers": len(pathway.working),
    }


def _number(value: float) -> float | None:
    return None if math.isnan(value) else value


def _line(line: Line) -> dict[str, Any]:
    fan = None
    if line.fan is not None:
        fan = {f"{quantile:g}": numbers(row) for quantile, row in zip(QUANTILES, line.fan, strict=True)}
    return {"co2": numbers(line.values), "fan": fan}


def _peak(line: Line) -> dict[str, Any] | None:
    peak = line.peak
    if peak is None:
        return None
    return {
        "year": peak.year,
        "value": peak.value,
        "before": peak.before,
        f"p_before_{peak.before}": peak.p_before,
        "p_confirmed": peak.p_confirmed,
        "judged_in": peak.judged_in,
        "years": {str(year): part for year, part in peak.years},
    }


def lever(of: Lever, pathway: Pathway) -> dict[str, Any]:
    """Give a lever with what each scenario sets it to; None where a scenario leaves it alone."""
    defaults = {
        scenario.id: scenario.settings[of.id][0] if of.id in scenario.settings else None
        for scenario in pathway.scenarios.values()
    }
    return {**of.model_dump(mode="json"), "works": of.works, "scenarios": defaults}


def levers(pathway: Pathway) -> dict[str, Any]:
    """Give every lever, and how many measures work."""
    return {
        "city": pathway.city.id,
        "pack": pathway.city.version,
        "working": len(pathway.working),
        "items": [lever(each, pathway) for each in pathway.levers.values()],
    }


def scenarios(pathway: Pathway) -> dict[str, Any]:
    """Give every scenario with its hash and settings."""
    return {
        "city": pathway.city.id,
        "default": pathway.settings.default,
        "items": [
            {**each.document(), "note": each.note.model_dump() if each.note else None, "token": each.token}
            for each in pathway.scenarios.values()
        ],
    }


def attribution(of: Attribution) -> dict[str, Any]:
    """Give an attribution with its total."""
    return {**asdict(of), "unit": UNIT, "total": of.total, "method": "Shapley, Owen"}


def sought(of: Sought) -> dict[str, Any]:
    """Give what was sought; `found` tells whether a setting meets the target."""
    return {**asdict(of), "found": of.value is not None}


def effort(of: Effort) -> dict[str, Any]:
    """Give a least effort; `path` lists, at parts of the way, the effort and the settings of the levers."""
    path = [{"part": part, "effort": effort, "settings": settings} for part, effort, settings in of.path]
    return {**asdict(of), "path": path}


def hindcast(pathway: Pathway, of: Hindcast) -> dict[str, Any]:
    """Give a hindcast: by sector and in all, what was accounted, what each forecast gave, and its error."""
    labels = {each.id: each.label.model_dump() for each in pathway.settings.sectors}

    def past(each: Past) -> dict[str, Any]:
        return {
            "id": each.id,
            "label": labels.get(each.id),
            "start": each.start,
            "level": each.level,
            "account": {str(year): value for year, value in each.truth.items()},
            "forecasts": {
                name: {str(year): value for year, value in series.items()} for name, series in each.forecasts.items()
            },
            "error": dict(each.error),
            "best": each.best,
        }

    return {
        "city": pathway.city.id,
        "pack": pathway.city.version,
        "unit": UNIT,
        "start": of.start,
        "until": of.until,
        "known": list(of.known),
        "sectors": [past(each) for each in of.sectors],
        "total": past(of.total),
        "lacking": list(of.lacking),
    }


def sensitivity(of: Sensitivity) -> dict[str, Any]:
    """Give what decides the peak."""
    return asdict(of)
