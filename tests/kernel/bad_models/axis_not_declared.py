"""The data have an axis nobody knows of."""

from tests.kernel.bad_models._common import datum

from dafeng.kernel import Array, Model, fact, variable


@variable("t", dims="place", ref="a#1", id="bad.mass")
def mass(given: Array = fact("bad.given")) -> Array:
    return given


def build():
    return Model(mass), {"bad.given": datum(1, "t", "place colour", kind="fact", colour=("red", "blue"))}
