"""What every broken model needs."""

from __future__ import annotations

import numpy as np
from tests.kernel.toy.numbers import LABELS

from dafeng.kernel import Datum


def datum(value: float, unit: str, dims: str = "", *, kind: str = "parameter", source: str = "s", **labels) -> Datum:
    names = tuple(dims.split())
    known = {axis: labels.get(axis, LABELS.get(axis)) for axis in names}
    return Datum(np.full([len(known[axis]) for axis in names], float(value)), unit, names, known, source, kind)
