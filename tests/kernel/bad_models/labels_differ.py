"""Two inputs have other places."""

from tests.kernel.bad_models._common import datum

from dafeng.kernel import Array, Model, fact, variable


@variable("t", dims="place", ref="a#1", id="bad.sum")
def sum_(a: Array = fact("bad.a"), b: Array = fact("bad.b")) -> Array:
    return a + b


def build():
    return Model(sum_), {
        "bad.a": datum(1, "t", "place", kind="fact"),
        "bad.b": datum(1, "t", "place", kind="fact", place=("north", "south", "east")),
    }
