"""Arguments that do not say where they come from."""

from tests.kernel.bad_models._common import datum

from dafeng.kernel import Array, Model, fact, variable


@variable("t", dims="place", ref="a#1", id="bad.mass")
def mass(volume: Array, density=0.9, area: Array = fact("bad.area")) -> Array:
    return volume * density


def build():
    return Model(mass), {"bad.area": datum(1, "ha", "place", kind="fact")}
