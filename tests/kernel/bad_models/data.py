"""Data that are not sound: infinite, without source, misshapen, of another kind, years that fall."""

import numpy as np
from tests.kernel.bad_models._common import datum

from dafeng.kernel import Array, Datum, Model, fact, total, variable


@variable("t", dims="year", ref="a#1", id="bad.sum")
def sum_(
    a: Array = fact("bad.infinite"),
    b: Array = fact("bad.unsourced"),
    c: Array = fact("bad.misshapen"),
    d: Array = fact("bad.unlabelled"),
    e: Array = fact("bad.parameter"),
    f: Array = fact("bad.falling"),
    g: Array = fact("bad.double"),
) -> Array:
    return total(a + b + c + d + e + g, over="place") + f


def build():
    return Model(sum_), {
        "bad.infinite": datum(np.inf, "t", "place year", kind="fact"),
        "bad.unsourced": datum(1, "t", "place year", kind="fact", source=""),
        "bad.misshapen": Datum(np.ones(3), "t", ("place", "year"), {"place": ("a",), "year": (2022,)}, "s"),
        "bad.unlabelled": Datum(np.ones(3), "t", ("place",), {}, "s"),
        "bad.parameter": datum(1, "t", "place year"),
        "bad.falling": Datum(np.ones(2), "t", ("year",), {"year": (2023, 2022)}, "s"),
        "bad.double": Datum(np.ones(2), "t", ("place",), {"place": ("a", "a")}, "s"),
    }
