"""What holds for any request: choosing is deterministic, products are products, what is unrelated changes nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dafeng.factors import Factors, NoFactor, Years
from dafeng.factors.factor import CHAIN, Factor, plain
from dafeng.factors.store import load

STORE = load()
HELD = STORE.library
FACTORS = sorted(HELD.factors, key=lambda factor: factor.id)
asked = st.fixed_dictionaries(
    {
        "what": st.sampled_from(sorted(HELD.subjects)),
        "parameter": st.none() | st.sampled_from(["co2_factor", "ncv", "tce", "carbon_content", "oxidation", "gwp100"]),
        "regime": st.sampled_from(sorted(HELD.regimes)),
        "year": st.none() | st.integers(2005, 2026),
        "region": st.none() | st.sampled_from(sorted(HELD.regions)),
        "sector": st.none() | st.sampled_from(sorted(HELD.sectors)),
        "set": st.none() | st.sampled_from(sorted(HELD.sets)),
        "unconfirmed": st.booleans(),
        "ranges": st.booleans(),
    }
)


def outcome(store: Factors, request: dict[str, Any]) -> tuple[str, str]:
    try:
        return "chosen", store.get(**request).factor.id
    except NoFactor as refused:
        return refused.reason, str(refused)


def rebuilt(factors: tuple[Factor, ...]) -> Factors:
    places = {factor.id: factor.id for factor in factors}
    return Factors(replace(HELD, factors=factors, places=places), STORE.folders)


@given(asked)
def test_choosing_does_not_depend_on_the_order_of_the_rows(request: dict[str, Any]) -> None:
    assert outcome(REVERSED, request) == outcome(STORE, request) == outcome(STORE, request)


REVERSED = rebuilt(tuple(reversed(HELD.factors)))


@settings(max_examples=40)  # each builds a store
@given(asked, st.sampled_from(FACTORS))
def test_a_factor_of_another_fuel_changes_nothing(request: dict[str, Any], other: Factor) -> None:
    subject = STORE.subject(request["what"]).id
    new = replace(other, variant="new", supersedes="", derived_from=())
    if new.what == subject:
        return
    assert outcome(rebuilt((*HELD.factors, new)), request) == outcome(STORE, request)


@settings(max_examples=40)
@given(asked, st.sampled_from([factor for factor in FACTORS if factor.found]), st.floats(0.5, 0.99))
def test_a_factor_of_a_set_that_is_not_read_changes_no_choice(
    request: dict[str, Any], other: Factor, share: float
) -> None:
    first = outcome(STORE, request)
    if first[0] != "chosen":
        return
    chosen = STORE.factor(first[1])
    new = replace(
        other, set="single-quotes", value=(other.value or 1.0) * share, variant="new", supersedes="", derived_from=()
    )
    if chosen.set != "single-quotes":
        assert outcome(rebuilt((*HELD.factors, new)), request) == first


@given(asked)
def test_what_is_chosen_fits_and_a_refusal_names_only_what_is_there(request: dict[str, Any]) -> None:
    try:
        factor = STORE.get(**request).factor
    except NoFactor as refused:
        assert len(refused.candidates) <= 5 or refused.reason == "conflict"
        for one in refused.candidates:
            assert one.reasons and one.factor == STORE.factor(one.factor.id)
            assert one.factor.id not in STORE.superseded
        return
    assert factor.what == STORE.subject(request["what"]).id
    assert request["parameter"] in (None, factor.parameter)
    assert request["set"] in (None, factor.set)
    assert factor.years.timeless or (request["year"] is not None and request["year"] in factor.years)
    assert factor.confirmed or request["unconfirmed"]
    assert not factor.ranged or request["ranges"]
    assert factor.id not in STORE.superseded


@given(st.integers(1900, 2100), st.integers(0, 60), st.sampled_from(["exact", "from", "to", "span"]))
def test_years_are_read_as_they_are_written(first: int, length: int, form: str) -> None:
    last = first + length
    text = {"exact": f"{first}", "from": f"{first}-", "to": f"-{last}", "span": f"{first}-{last}"}[form]
    years = Years.parse(text)
    assert Years.parse(str(years)) == years
    assert years.overlaps(years)
    assert (first in years) == (form != "to" or first <= last)


@pytest.mark.parametrize(
    "factor", [factor for factor in STORE.all.values() if factor.derived_from], ids=lambda factor: factor.id
)
def test_a_derived_factor_is_the_product_of_its_steps(factor: Factor) -> None:
    steps = {STORE.factor(id).parameter: STORE.factor(id).value for id in factor.derived_from}
    assert set(steps) == set(CHAIN)
    product = HELD.sets[factor.set].carbon_ratio / 1000
    for value in steps.values():
        assert value is not None
        product *= value
    assert factor.value == pytest.approx(product, rel=1e-12)
    assert {STORE.factor(id).what for id in factor.derived_from} == {factor.what}
    assert {STORE.factor(id).set for id in factor.derived_from} == {factor.set}


@given(st.floats(1e-9, 1e9))
def test_numbers_are_written_without_an_exponent(value: float) -> None:
    text = plain(value)
    assert "e" not in text
    assert float(text) == pytest.approx(value, rel=1e-3, abs=1e-12)
