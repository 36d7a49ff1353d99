"""Factors as the arrays a model reads: over fuel, over fuel and sector, over year; every cell with its source.

A cell that no factor fits is absent, and the refusal that says why is given beside the arrays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from dafeng.factors.asked import NoFactor
from dafeng.factors.factor import CHAIN, Factor
from dafeng.kernel import Datum, Source

if TYPE_CHECKING:
    from dafeng.factors.store import Factors

Cells = dict[tuple[str | int, ...], tuple[float | None, Source]]
#: Ids of the arrays by parameter and unit. Fuels sold by volume stand apart from those sold by mass; the carbon content
#: is given as CO2, with the ratio CO2/C of its set, so that the steps multiply to the CO2 factor of the set.
ARRAYS: Mapping[tuple[str, str], tuple[str, str]] = {
    ("ncv", "GJ/t"): ("fuel.ncv_by_mass", "GJ/t"),
    ("ncv", "GJ/万立方米"): ("fuel.ncv_by_volume", "GJ/万立方米"),
    ("carbon_content", "tC/TJ"): ("fuel.carbon_content", "tCO2/TJ"),
    ("oxidation", ""): ("fuel.oxidation", ""),
    ("co2_factor", "tCO2/t"): ("fuel.co2_by_mass", "tCO2/t"),
    ("co2_factor", "tCO2/万立方米"): ("fuel.co2_by_volume", "tCO2/万立方米"),
    ("co2_factor", "tCO2/TJ"): ("fuel.co2_by_energy", "tCO2/TJ"),
}


@dataclass(frozen=True)
class Bound:
    """Arrays by parameter id, and the refusals of the cells that are absent."""

    data: Mapping[str, Datum]
    refused: tuple[NoFactor, ...]


def source(factor: Factor) -> Source:
    """Give where the number of one cell comes from; its note is the id of the factor."""
    return Source(factor.document, factor.locator, "", factor.confidence, factor.published, factor.id)


def fuels(
    factors: Factors,
    names: Iterable[str],
    *,
    regime: str,
    sectors: Sequence[str] = (),
    years: Iterable[int] = (),
    region: str | None = None,
    sets: Mapping[str, str] | None = None,
    unconfirmed: bool = False,
) -> Bound:
    """Give calorific values, carbon contents, oxidised shares and CO2 factors over fuel, and sector and year if named.

    `names` become the labels of the axis `fuel` as they are given, `sectors` those of the axis `sector`. `years` are
    needed where a set has factors of single years. `sets` names, by fuel, a set to read instead of those of the regime:
    the way to settle a fuel on which sets disagree.

    Raises:
        NotFound: a name is not known.
    """
    labels: dict[str, tuple[str | int, ...]] = {"fuel": tuple(names)}
    labels |= {axis: given for axis, given in (("sector", tuple(sectors)), ("year", tuple(years))) if given}
    dims = tuple(labels)
    cells: dict[str, Cells] = {}
    units: dict[str, str] = {}
    refused: list[NoFactor] = []
    for key in product(*labels.values()):
        at = dict(zip(dims, key, strict=True))
        fuel, year = str(at["fuel"]), at.get("year")
        for parameter in (*CHAIN, "co2_factor"):
            asked = factors.asked(
                fuel,
                parameter,
                regime=regime,
                year=int(year) if year is not None else None,
                region=region,
                sector=str(at["sector"]) if "sector" in at else None,
                set=(sets or {}).get(fuel),
                unconfirmed=unconfirmed,
            )
            try:
                factor = factors.pick(asked)
            except NoFactor as error:
                refused.append(error)
                continue
            id, unit = ARRAYS[parameter, factor.unit]
            scale = factors.library.sets[factor.set].carbon_ratio if parameter == "carbon_content" else 1.0
            value = None if factor.value is None else factor.value * scale
            cells.setdefault(id, {})[key] = (value, source(factor))
            units[id] = unit
    data = {
        id: Datum.from_cells(found, units[id], dims, labels=labels, kind="parameter") for id, found in cells.items()
    }
    return Bound(data, tuple(refused))


def yearly(
    factors: Factors,
    what: str,
    years: Iterable[int],
    *,
    regime: str,
    parameter: str | None = None,
    region: str | None = None,
    unconfirmed: bool = False,
) -> Bound:
    """Give one factor over year, such as that of electricity, under the id "<what>.<parameter>".

    Raises:
        NotFound: a name is not known.
    """
    wanted = tuple(years)
    cells: Cells = {}
    refused: list[NoFactor] = []
    id, unit = "", ""
    for year in wanted:
        asked = factors.asked(what, parameter, regime=regime, year=year, region=region, unconfirmed=unconfirmed)
        id = f"{asked.what}.{asked.parameter}"
        try:
            factor = factors.pick(asked)
        except NoFactor as error:
            refused.append(error)
            continue
        unit = factor.unit
        cells[(year,)] = (factor.value, source(factor))
    if not cells:
        return Bound({}, tuple(refused))
    return Bound(
        {id: Datum.from_cells(cells, unit, ("year",), labels={"year": wanted}, kind="parameter")}, tuple(refused)
    )


def warming(factors: Factors, gases: Iterable[str], report: str) -> Bound:
    """Give the warming potentials of one report over gas, in t CO2e per t, under the id "gas.gwp100".

    Raises:
        NotFound: no such gas or report.
    """
    labels = tuple(gases)
    cells: Cells = {}
    refused: list[NoFactor] = []
    for gas in labels:
        try:
            factor = factors.gwp(gas, report).factor
        except NoFactor as error:
            refused.append(error)
            continue
        cells[(gas,)] = (factor.value, source(factor))
    datum = Datum.from_cells(cells, "tCO2e/t", ("gas",), labels={"gas": labels}, kind="parameter")
    return Bound({"gas.gwp100": datum}, tuple(refused))
