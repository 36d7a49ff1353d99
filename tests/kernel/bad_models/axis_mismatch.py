"""One formula keeps an axis it does not declare, another declares one it does not have."""

from tests.kernel.bad_models._common import datum

from dafeng.kernel import Array, Model, fact, variable


@variable("t", dims="place", ref="a#1", id="bad.more")
def more(mass: Array = fact("bad.mass")) -> Array:
    return mass


@variable("t", dims="place sector year", ref="a#1", id="bad.less")
def less(more: Array = more) -> Array:
    return more


def build():
    return Model(less), {"bad.mass": datum(1, "t", "place sector", kind="fact")}
