"""One id for two variables, for a variable and a fact, and for a fact and a parameter."""

from tests.kernel.bad_models._common import datum

from dafeng.kernel import Array, Model, fact, param, variable


@variable("ha", dims="place", ref="a#1", id="bad.area")
def area(surveyed: Array = fact("bad.area")) -> Array:
    return surveyed


@variable("ha", dims="place", ref="a#2", id="bad.lost")
def lost(area: Array = area, rate: Array = param("bad.rate")) -> Array:
    return area * rate


@variable("ha", dims="place", ref="a#3", id="bad.lost")
def lost_again(lost: Array = lost, rate: Array = param("bad.rate")) -> Array:
    return lost * rate


@variable("ha", dims="place", ref="a#4", id="bad.both")
def both(one: Array = lost, two: Array = lost_again, rate: Array = fact("bad.rate")) -> Array:
    return one + two * rate


def build():
    return Model(both), {"bad.area": datum(1, "ha", "place", kind="fact"), "bad.rate": datum(0.1, "")}
