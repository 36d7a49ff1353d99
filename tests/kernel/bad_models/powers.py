"""A base with a unit to a power that is not written out, and an exponent with a unit."""

from tests.kernel.bad_models._common import datum

from dafeng.kernel import Array, Model, fact, param, variable


@variable("ha", dims="place", ref="a#1", id="bad.grown")
def grown(area: Array = fact("bad.area"), exponent: Array = param("bad.exponent")) -> Array:
    return area**exponent


@variable("", dims="place", ref="a#2", id="bad.aged")
def aged(area: Array = fact("bad.area"), age: Array = param("bad.age")) -> Array:
    return (area / area) ** age + area**0


def build():
    return Model(grown, aged), {
        "bad.area": datum(1, "ha", "place", kind="fact"),
        "bad.exponent": datum(2, ""),
        "bad.age": datum(2, "year"),
    }
