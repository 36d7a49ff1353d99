"""Dates where there are no years, two for one year, a shift inside a stock, a start that does not fit."""

from tests.kernel.bad_models._common import datum

from dafeng.kernel import Array, Model, fact, param, shift, stock, variable


@variable("t", dims="place", ref="a#1", id="bad.timeless")
def timeless(given: Array = fact("bad.given")) -> Array:
    return given


@timeless.since(2024, ref="b#1")
def timeless_2024(given: Array = fact("bad.given")) -> Array:
    return given


@timeless.since(2024, ref="c#1")
def timeless_2024_again(given: Array = fact("bad.given")) -> Array:
    return given


@stock("ha", dims="place", start=fact("bad.given"), ref="a#2", id="bad.still")
def still(before: Array, step: Array, planted: Array = param("bad.planted")) -> Array:
    return before + step * planted


@stock("ha", dims="place year", start=fact("bad.start"), ref="a#3", id="bad.stepping", observed=fact("bad.seen"))
def stepping(before: Array, step: Array, planted: Array = param("bad.planted")) -> Array:
    return before + planted + step * shift(planted)


def build():
    return Model(timeless, still, stepping), {
        "bad.given": datum(1, "t", "place", kind="fact"),
        "bad.start": datum(1, "ha", "sector", kind="fact"),
        "bad.seen": datum(1, "ha", "place", kind="fact"),
        "bad.planted": datum(1, "ha/year", "year"),
    }
