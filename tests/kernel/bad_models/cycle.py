"""A replacement reads what reads it."""

from tests.kernel.bad_models._common import datum

from dafeng.kernel import Array, Model, fact, param, variable


@variable("TJ", dims="place", ref="a#1", id="bad.heat")
def heat(fuel: Array = fact("bad.fuel")) -> Array:
    return fuel


@variable("TJ", dims="place", ref="a#2", id="bad.power")
def power(heat: Array = heat, ratio: Array = param("bad.ratio")) -> Array:
    return heat * ratio


@variable("TJ", dims="place", ref="b#1", id="other.heat")
def other(power: Array = power) -> Array:
    return power


def build():
    return Model(power, replace={heat: other}), {"bad.ratio": datum(0.4, "")}
