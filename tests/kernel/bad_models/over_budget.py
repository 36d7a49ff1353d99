"""Two long axes meet before one of them is totalled."""

from tests.kernel.bad_models._common import datum

from dafeng.kernel import Array, Model, fact, total, variable


@variable("t", dims="sector crop year", ref="a#1", id="bad.cube")
def cube(sector: Array = fact("bad.sector"), crop: Array = fact("bad.crop")) -> Array:
    return sector * crop


@variable("t", dims="year", ref="a#2", id="bad.all")
def everything(cube: Array = cube) -> Array:
    return total(cube, over="sector crop")


def build():
    crops = tuple(f"crop-{n}" for n in range(2000))
    return Model(everything, cells=10_000), {
        "bad.sector": datum(1, "t", "sector year", kind="fact"),
        "bad.crop": datum(1, "", "crop", kind="fact", crop=crops),
    }
