"""Two inputs are not in the data; one of them has a near name."""

from tests.kernel.bad_models._common import datum

from dafeng.kernel import Array, Model, fact, param, variable


@variable("t", dims="place", ref="a#1", id="bad.mass")
def mass(volume: Array = fact("bad.volume"), density: Array = param("bad.density")) -> Array:
    return volume * density


def build():
    return Model(mass), {"bad.volumes": datum(1, "m3", "place", kind="fact")}
