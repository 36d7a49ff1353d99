"""Tonnes of carbon dioxide and tonnes of coal do not add, and the sum is reported once."""

from tests.kernel.bad_models._common import datum

from dafeng.kernel import Array, Model, fact, total, variable


@variable("tCO2", dims="place", ref="a#1", id="bad.sum")
def sum_(gas: Array = fact("bad.gas"), coal: Array = fact("bad.coal")) -> Array:
    return (gas + coal) * 1 - gas


@variable("tCO2", ref="a#2", id="bad.twice")
def twice(both: Array = sum_) -> Array:
    return total(both, over="place")


def build():
    return Model(twice), {
        "bad.gas": datum(1, "万吨CO2", "place", kind="fact"),
        "bad.coal": datum(1, "万吨", "place", kind="fact"),
    }
