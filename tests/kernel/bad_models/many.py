"""Everything wrong is said at once, and a fault of one input is not repeated by those who use it."""

from tests.kernel.bad_models._common import datum

from dafeng.kernel import Array, Model, fact, param, total, variable


@variable("vehicle*km/year", dims="place year", ref="a#1", id="bad.distance")
def distance(fleet: Array = fact("bad.fleet"), yearly: Array = param("bad.yearly")) -> Array:
    return fleet * yearly


@variable("TJ/year", dims="place year", ref="a#2", id="bad.energy")
def energy(distance: Array = distance, intensity: Array = param("bad.intensity")) -> Array:
    return distance * intensity


@variable("tCO2/year", dims="year", ref="a#3", id="bad.co2")
def co2(energy: Array = energy, content: Array = param("bad.content")) -> Array:
    return total(energy * content, over="fuel")


def build():
    return Model(co2), {
        "bad.fleet": datum(1, "vehicle", "place year", kind="fact"),
        "bad.yearly": datum(1, "km", ""),
        "bad.intensity": datum(1, "MJ/km/vehicles/", ""),
        "bad.contents": datum(1, "tC/TJ", ""),
    }
