"""Small power systems drawn by seed: every kind of part and rule, degenerate and infeasible ones among them."""

from __future__ import annotations

from typing import Any

import numpy as np

from dafeng.dispatch.build.draft import Clock
from dafeng.dispatch.spec import Spec

SOURCE = {"drawn": {"title": "Drawn by seed", "kind": "synthetic"}}


def base(**changes: Any) -> dict[str, Any]:
    """A city with a load, a gas plant, sun and a battery."""
    data: dict[str, Any] = {
        "id": "small",
        "title": {"zh": "小城", "en": "Small city"},
        "price_year": 2025,
        "discount_rate": "0.05 1/year",
        "periods": [2025],
        "source": "drawn",
        "sources": SOURCE,
        "nodes": ["city"],
        "carriers": {"gas": {"price": "250 CNY/MWh", "emission": "0.2 tCO2/MWh"}},
        "profiles": {"load": {}, "sun": {}, "wind": {}},
        "demands": {"all": {"node": "city", "profile": "load", "energy": "8760 GWh", "lost_load": "20000 CNY/MWh"}},
        "technologies": {
            "gas": {
                "node": "city",
                "carrier": "gas",
                "efficiency": 0.5,
                "build": True,
                "capital": "4000 CNY/kW",
                "lifetime": "25 year",
                "firm": 1.0,
            },
            "pv": {
                "node": "city",
                "build": True,
                "capital": "3000 CNY/kW",
                "availability": "sun",
                "renewable": True,
            },
        },
        "storages": {
            "battery": {
                "node": "city",
                "build": True,
                "hours": 4,
                "capital": "2000 CNY/kW",
                "efficiency_in": 0.95,
                "efficiency_out": 0.95,
            }
        },
    }
    for key, value in changes.items():
        data[key] = {**data[key], **value} if isinstance(data.get(key), dict) else value
    return data


def clock(hours: int = 72) -> Clock:
    """Some days that stand for a year."""
    return Clock(np.arange(hours, dtype=np.float64), np.full(hours, 8760 / hours), 1.0)


def series(seed: int = 0) -> dict[str, np.ndarray]:
    """A load, sun and wind of 8,760 hours."""
    rng = np.random.default_rng(seed)
    hour = np.arange(8760)
    load = 1 + 0.3 * np.sin((hour % 24 - 8) / 24 * 2 * np.pi) + 0.05 * rng.standard_normal(8760)
    sun = np.maximum(0, np.sin((hour % 24 - 6) / 12 * np.pi)) * rng.uniform(0.4, 0.95, 365).repeat(24)
    wind = np.clip(0.35 + 0.25 * np.sin(hour / 31) + 0.1 * rng.standard_normal(8760), 0, 1)
    return {"load": np.maximum(load, 0.1), "sun": sun, "wind": wind}


def districts(count: int) -> dict[str, Any]:
    """The city with its load in districts: a line to each, over which next to nothing is paid, and roofs in some."""
    rng = np.random.default_rng([20251126, count])
    data = base()
    share = rng.dirichlet(np.full(count, 4.0))
    for at, part in enumerate(share):
        name = f"district-{at}"
        data["nodes"].append(name)
        data["demands"][name] = {**data["demands"]["all"], "node": name, "energy": f"{8760 * part:.6f} GWh"}
        data["technologies"][f"roof-{at}"] = {
            **data["technologies"]["pv"], "node": name, "variable": "0.1 CNY/MWh", "maximum": f"{2000 * part:.6f} MW",
        }  # fmt: skip
        data["lines"] = data.get("lines", {})
        data["lines"][name] = {
            "origin": "city", "target": name, "existing": f"{3000 * part:.6f} MW", "efficiency": 0.985,
            "both_ways": True, "variable": "0.5 CNY/MWh",
        }  # fmt: skip
    del data["demands"]["all"]
    return data


def drawn(seed: int) -> Spec:
    """One random spec."""
    rng = np.random.default_rng([20251125, seed])

    def some(share: float = 0.5) -> bool:
        return bool(rng.random() < share)

    def between(low: float, high: float) -> float:
        return round(float(rng.uniform(low, high)), 4)

    data = base()
    if some(0.3):
        data["periods"] = [2025, 2030] if some() else [2025, 2030, 2035]
    techs = data["technologies"]
    techs["gas"]["existing"] = f"{between(0, 900)} MW"
    if some():
        techs["coal"] = {
            "node": "city",
            "existing": f"{between(200, 1500)} MW",
            "retire": some(),
            "fixed": "200 CNY/kW/year",
            "variable": f"{between(200, 400)} CNY/MWh",
            "emission": "0.8 tCO2/MWh",
            "min_output": between(0.1, 0.5) if some() else 0.0,
            "firm": 0.9,
        }
        if some():
            techs["coal"]["ramp"] = between(0.05, 0.4)
        if some():
            techs["coal-flexible"] = {
                "node": "city",
                "build": True,
                "capital": "300 CNY/kW",
                "fixed": "200 CNY/kW/year",
                "variable": "330 CNY/MWh",
                "emission": "0.82 tCO2/MWh",
                "min_output": 0.05,
                "retrofit_of": "coal",
            }
    if some():
        techs["pv"]["maximum"] = f"{between(100, 3000)} MW"
        techs["pv"]["minimum"] = f"{between(0, 100)} MW"
    if some():
        data["nodes"] = ["city", "west"]
        techs["west-wind"] = {
            "node": "west",
            "build": True,
            "capital": "5000 CNY/kW",
            "availability": "wind",
            "renewable": True,
        }
        techs["west-coal"] = {
            "node": "west",
            "existing": "700 MW",
            "variable": "220 CNY/MWh",
            "emission": "0.9 tCO2/MWh",
        }
        line = {"origin": "west", "target": "city", "efficiency": between(0.85, 1), "both_ways": some(0.3)}
        line |= {"existing": "400 MW"} if some() else {"build": True, "capital": "2500 CNY/kW", "maximum": "900 MW"}
        if some():
            line["renewable_floor"] = between(0.2, 0.9)
        if some(0.3):
            line["energy_minimum"] = f"{between(100, 3000)} GWh"
        data["lines"] = {"channel": line}
    if some(0.3):
        data["storages"]["cavern"] = {
            "node": "city",
            "build": True,
            "capital": "6000 CNY/kW",
            "energy_capital": "50 CNY/kWh",
            "efficiency_in": 0.7,
            "efficiency_out": 0.6,
            "loss": 0.0005,
        }
    if some():
        data["flexible"] = {
            "cars": {
                "node": "city",
                "energy": f"{between(50, 900)} GWh",
                "profile": "load",
                "part_of_demand": some(),
                "cost": "20 CNY/MWh" if some() else None,
            }
        }
    if some():
        data["responses"] = {
            "response": {
                "node": "city",
                "build": True,
                "capital": "300 CNY/kW",
                "cost": f"{between(500, 4000)} CNY/MWh",
                "maximum_share": 0.1,
                "minimum_share": 0.05 if some() else None,
                "hours": between(10, 200) if some() else None,
                "rebound": between(0.2, 1) if some() else 0.0,
            }
        }
    data["budgets"] = _rules(some, between, data)
    _more(some, between, data)
    return Spec.model_validate(data)


def _more(some: Any, between: Any, data: dict[str, Any]) -> None:
    """Reserves, years of building and retiring, partly renewable output, rules that hold for some years."""
    techs = data["technologies"]
    if some(0.4):
        data["reserves"] = {
            "spinning": {
                "node": "city",
                "units": [name for name in ("gas", "coal", "coal-flexible") if name in techs and some(0.8)] or ["gas"],
                "load_share": between(0.02, 0.4),
                "variable_share": between(0, 0.3) if some() else 0.0,
                "price": f"{between(200, 9000)} CNY/MWh",
            }
        }
        if some():
            data["reserves"]["spinning"]["units"].append("battery")
    if some(0.3):
        techs["pv"] |= {"build_from": 2030, "minimum": None}
    if some(0.3) and "coal" in techs:
        techs["coal"]["retire_from"] = 2030
    if some(0.3):
        techs["gas"]["renewable"] = between(0, 0.5)
    if some(0.5) and "responses" in data:
        data["budgets"]["share"] = {"kind": "response", "at_least": between(0.01, 0.2)}
    for rule in data["budgets"].values():
        if some(0.2) and not rule.get("together"):
            rule.update({"since": 2030} if some() else {"until": 2029})


def _rules(some: Any, between: Any, data: dict[str, Any]) -> dict[str, Any]:
    rules: dict[str, Any] = {}
    if some():
        rules["co2"] = {"kind": "co2", "at_most": f"{between(0.01, 4)} MtCO2"}
        if len(data["periods"]) > 1 and some():
            rules["co2"]["together"] = True
    if some():
        rules["renewable"] = {"kind": "renewable", "at_least": between(0.1, 1.2)}
    if some(0.3):
        rules["gas"] = {"kind": "carrier", "carrier": "gas", "at_most": f"{between(10, 15000)} GWh"}
    if some(0.3):
        rules["days"] = {"kind": "gas_storage", "carrier": "gas", "at_least": "20 day", "held": "500 GWh"}
    if some(0.3):
        rules["margin"] = {"kind": "margin", "at_least": between(0, 0.2)}
    if some(0.3):
        rules["spilt"] = {"kind": "curtailment", "at_most": between(0.01, 0.3)}
    if some(0.3):
        rules["sites"] = {"kind": "capacity", "technologies": ["pv"], "at_most": f"{between(50, 2000)} MW"}
    if some(0.3):
        rules["pv-energy"] = {"kind": "energy", "technologies": ["pv"], "at_least": f"{between(50, 4000)} GWh"}
    return rules
