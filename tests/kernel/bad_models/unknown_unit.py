"""Units that are none, declared and given."""

from tests.kernel.bad_models._common import datum

from dafeng.kernel import Array, Model, fact, param, variable


@variable("tons", dims="place", ref="a#1", id="bad.mass")
def mass(volume: Array = fact("bad.volume"), density: Array = param("bad.density")) -> Array:
    return volume * density


def build():
    return Model(mass), {
        "bad.volume": datum(1, "立方公尺", "place", kind="fact"),
        "bad.density": datum(1, "t/m3"),
    }
