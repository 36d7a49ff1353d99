"""The formulas every method is made of, over arrays of rows of one length; a value that is absent is NaN.

Source: the 24 enterprise guidelines of 2013-2015 (GB/T 32150, GB/T 32151), whose common kernel is
fuel + process + electricity + heat - recovered CO2.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
#: tC/TJ times GJ is kg of carbon per 1000.
_GJ_PER_TJ = 1000.0


def combustion(ncv: Floats, content: Floats, oxidised: Floats, ratio: Floats) -> Floats:
    """CO2 of one unit of fuel: heating value x carbon content x oxidised share x CO2 per carbon, in tCO2."""
    return ncv / _GJ_PER_TJ * content * oxidised * ratio


def carbon(share: Floats, oxidised: Floats, ratio: Floats) -> Floats:
    """CO2 of one unit of a material: carbon share x oxidised share x CO2 per carbon, in tCO2."""
    return share * oxidised * ratio


def effective(default: Floats, measured: Floats) -> Floats:
    """Take the measured value where there is one, else the default."""
    return np.where(np.isnan(measured), default, measured)


def emission(quantity: Floats, factor: Floats, sign: Floats) -> Floats:
    """Quantity x factor, less where it is sold or recovered, in tCO2."""
    return quantity * factor * sign


def from_it(it: Floats, pue: Floats) -> Floats:
    """Electricity of a data centre that only meters its IT equipment: IT power x PUE, in MWh."""
    return it * pue
