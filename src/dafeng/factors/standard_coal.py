"""Standard coal: quantities of energy as tonnes of coal equivalent, electricity by two bases.

The equivalent value (当量值) takes electricity as heat, 3.6 MJ/kWh. The generation value (等价值) takes it as the coal
that was burnt to make it, by the coal rate of the year; the official energy totals and intensities use it.
Source: GB/T 2589-2020.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from dafeng.errors import Refused
from dafeng.factors.asked import Asked, Choice
from dafeng.factors.factor import Confidence, Factor, Years
from dafeng.labels import Label

if TYPE_CHECKING:
    from dafeng.factors.store import Factors

CoalBasis = Literal["equivalent", "generation"]
#: Sets in the order the regimes read them.
SETS = ("gbt-2589", "yearbook-tce")
#: Plausible coal rates, gce/kWh: from the best unit to a fleet of the 1950s.
RATES = (200.0, 700.0)


@dataclass(frozen=True, slots=True)
class CoalRate:
    """The standard coal burnt for one kWh, in gce/kWh, in one year, and the document that says so."""

    value: float
    year: int
    document: str
    locator: str = ""
    confidence: Confidence = "medium"


def tce(
    factors: Factors, what: str, basis: CoalBasis, *, regime: str, rate: CoalRate | None = None, ranges: bool = False
) -> Choice:
    """Choose the standard-coal coefficient of an energy; only that of electricity differs between the bases.

    Raises:
        NotFound: a name is not known.
        NoFactor: no coefficient fits.
        Refused: electricity on the generation basis without a coal rate, or with one that cannot be.
    """
    subject = factors.subject(what)
    if basis == "equivalent" or subject.id != "electricity":
        return factors.get(what, "tce", regime=regime, ranges=ranges)
    if rate is None:
        raise Refused(
            "tce of electricity, generation basis: it takes the coal rate of the year, and none is given. "
            "Give the rate in gce/kWh with its document, or take the equivalent basis."
        )
    if not RATES[0] <= rate.value <= RATES[1]:
        raise Refused(
            f"tce of electricity, generation basis: {rate.value:g} gce/kWh is no coal rate "
            f"(expected {RATES[0]:g} to {RATES[1]:g}). Give it in gce/kWh."
        )
    factor = Factor(
        set="coal-rate",
        what="electricity",
        parameter="tce",
        unit="kgce/kWh",
        value=rate.value / 1000,
        years=Years(rate.year, rate.year),
        document=rate.document,
        locator=rate.locator,
        confidence=rate.confidence,
        stated=f"{rate.value:g} gce/kWh",
    )
    why = Label(
        zh=f"等价值：按 {rate.year} 年发电煤耗 {rate.value:g} gce/kWh 计",
        en=f"generation basis: the coal rate of {rate.year}, {rate.value:g} gce/kWh",
    )
    others = (factors.get("electricity", "tce", regime=regime).factor,)
    return Choice(factor, why, Asked("electricity", "tce", regime, year=rate.year), others)
