"""NumPy, a comparison, a branch, an assignment in place and a word that is no number."""

import numpy as np
from tests.kernel.bad_models._common import datum

from dafeng.kernel import Array, Model, fact, variable


@variable("", dims="place", ref="a#1", id="bad.grown")
def grown(rate: Array = fact("bad.rate")) -> Array:
    return np.exp(rate)


@variable("", dims="place", ref="a#2", id="bad.compared")
def compared(rate: Array = fact("bad.rate")) -> Array:
    return rate if rate > 0 else -rate


@variable("", dims="place", ref="a#3", id="bad.written")
def written(rate: Array = fact("bad.rate")) -> Array:
    rate += 1
    return rate


@variable("", dims="place", ref="a#4", id="bad.said")
def said(rate: Array = fact("bad.rate")) -> Array:
    return "rate"


def build():
    return Model(grown, compared, written, said), {"bad.rate": datum(1, "", "place", kind="fact")}
