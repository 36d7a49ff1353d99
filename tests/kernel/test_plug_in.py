"""A new domain with an axis of its own is ten lines and an import; nothing else is edited."""

from __future__ import annotations

import sys
import types

from dafeng.kernel import Datum, Model, Source

TEN_LINES = """
from dafeng.kernel import Array, fact, param, total, variable
from tests.kernel.toy import balance

@variable("tCO2/year", dims="place year", ref="toy-guideline#8")
def burial(mass: Array = fact("landfill.mass"), rate: Array = param("landfill.rate")) -> Array:
    return total(mass * rate, over="material")

@variable("tCO2/year", dims="place year", ref="toy-plan#annex-c")
def net(net: Array = balance.net, burial: Array = burial) -> Array:
    return net + burial
"""


def test_a_ten_line_domain_plugs_in(data: dict[str, Datum]) -> None:
    landfill = types.ModuleType("toy_domains.landfill")
    sys.modules["toy_domains.landfill"] = landfill
    try:
        exec(compile(TEN_LINES, "landfill.py", "exec"), landfill.__dict__)  # noqa: S102 - the text is above
    finally:
        del sys.modules["toy_domains.landfill"]
    source = Source("toy-survey", "p20")
    cells = {
        (place, material, year): (10.0, source)
        for place in ("north", "south", "west")
        for material in ("food", "paper")
        for year in (2022, 2023, 2024, 2025)
    }
    data["landfill.mass"] = Datum.from_cells(cells, "t/day", ("place", "material", "year"))
    rates = {("food",): (0.5, source), ("paper",): (1.5, source)}
    data["landfill.rate"] = Datum.from_cells(rates, "tCO2/t", ("material",), kind="parameter")
    state = Model(landfill.net).run(data, (2022, 2023))
    assert state.frame.axes.names == ("batch", "place", "material", "sector", "fuel", "year")
    assert state.values("landfill.burial").tolist() == [[7300.0, 7300.0]] * 3
