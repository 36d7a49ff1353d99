"""The intensity is a vehicle's and the formula forgets to say so."""

from tests.kernel.bad_models._common import datum

from dafeng.kernel import Array, Model, fact, param, variable


@variable("TJ/year", dims="place year", ref="a#1", id="bad.energy")
def energy(distance: Array = fact("bad.distance"), intensity: Array = param("bad.intensity")) -> Array:
    return distance * intensity


def build():
    return Model(energy), {
        "bad.distance": datum(1, "vehicle*km/year", "place year", kind="fact"),
        "bad.intensity": datum(2.6, "MJ/km"),
    }
