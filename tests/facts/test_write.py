from __future__ import annotations

import io
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from tests.facts.conftest import FLOW, FUEL, INDICATORS, seen

from dafeng.errors import Collector
from dafeng.facts import pack
from dafeng.facts.observation import BOUNDS, CONFIDENCES, STATUSES, Observation
from dafeng.facts.vocabulary import Vocabulary
from dafeng.facts.write import write

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp")), max_size=20).map(str.strip)
SAFE = TEXT.filter(lambda text: not text.startswith(("=", "+", "-", "@", "＝", "＋", "＠")))
PLAIN = st.builds(
    lambda value, year, months, source, vintage, status, confidence, bound, basis, locator, note, recorded: seen(
        None if status in ("not_found", "awaiting_verification") else value,
        period=f"{year}-01/{year}-{months:02d}",
        source=source,
        vintage=vintage,
        status=status,
        confidence=confidence,
        bound=bound,
        basis=basis,
        locator=locator,
        note=note,
        recorded=recorded.isoformat(),
    ),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(1950, 2060),
    st.integers(2, 12),
    st.sampled_from(["yearbook", "bulletin", "press"]),
    st.sampled_from(["", "2024", "2024-02", "2024-02-29"]),
    st.sampled_from(STATUSES),
    st.sampled_from(CONFIDENCES),
    st.sampled_from(BOUNDS),
    st.sampled_from(["", "all", "large"]),
    SAFE,
    SAFE,
    st.dates(date(2020, 1, 1), date(2026, 12, 31)),
)
BALANCE = st.builds(
    lambda value, flow, fuel: seen(
        value,
        indicator="energy.balance",
        unit="亿立方米" if fuel == "gas" else "万吨",
        dims=(("flow", flow), ("fuel", fuel)),
    ),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["import", "final"]),
    st.sampled_from(["coal", "gas"]),
)


@given(st.lists(PLAIN | BALANCE, max_size=8, unique_by=lambda observation: observation.key))
def test_facts_written_and_read_are_the_same(observations: list[Observation]) -> None:
    stream = io.StringIO(newline="")
    assert write(observations, stream) == len(observations)
    faults = Collector("table")
    places = {"toyville": "toyville"}
    vocabulary = Vocabulary(INDICATORS, places, {"yearbook", "bulletin", "press"}, {"flow": FLOW, "fuel": FUEL})
    read = tuple(o for _, o in pack.rows_of_text(stream.getvalue(), "table", vocabulary, faults))
    assert faults.faults == []
    assert read == tuple(observations)
