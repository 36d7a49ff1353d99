"""A total, a share and a shift over axes the value does not have."""

from tests.kernel.bad_models._common import datum

from dafeng.kernel import Array, Model, fact, share, shift, total, variable


@variable("t", dims="place", ref="a#1", id="bad.mass")
def mass(given: Array = fact("bad.given")) -> Array:
    return total(given, over="fuel")


@variable("", dims="place", ref="a#2", id="bad.part")
def part(mass: Array = mass) -> Array:
    return share(mass, over="sector") + shift(mass) / mass


def build():
    return Model(part), {"bad.given": datum(1, "t", "place", kind="fact")}
