"""An edition nobody has, and a replacement that does not fit."""

from tests.kernel.bad_models._common import datum

from dafeng.kernel import Array, Model, fact, variable


@variable("t", dims="place", ref="a#1", id="bad.mass", edition="2011")
def mass(given: Array = fact("bad.given")) -> Array:
    return given


@variable("t/year", ref="b#1", id="other.mass")
def other() -> Array:
    return 1


def build():
    model = Model(mass, edition="2052", replace={mass: other})
    return model, {"bad.given": datum(1, "t", "place", kind="fact")}
