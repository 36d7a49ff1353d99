"""Units: read as written, compared, converted, printed; what cannot be read says why and what to write."""

from __future__ import annotations

import csv
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dafeng import units
from dafeng.errors import UnitError
from dafeng.units import registry

HERE = Path(__file__).parent
TEXTS = yaml.safe_load((HERE / "texts.yaml").read_text(encoding="utf-8"))
SHARED = HERE.parents[2] / "shared"


@pytest.mark.parametrize(("text", "factor", "dimension", "zh", "en"), TEXTS, ids=[row[0] for row in TEXTS])
def test_a_unit_is_read_and_printed(text: str, factor: float, dimension: str, zh: str, en: str) -> None:
    unit = units.parse(text)
    assert unit.factor == pytest.approx(factor, rel=1e-14)
    assert units.dimension_text(unit.dimension) == dimension
    assert (units.describe(text, "zh"), units.describe(text, "en")) == (zh, en)


@pytest.mark.parametrize("text", [row[0] for row in TEXTS])
def test_what_is_printed_can_be_read_again(text: str) -> None:
    for language in ("zh", "en"):
        printed = units.describe(text, language)
        assert units.factor(text, printed) == pytest.approx(1, rel=1e-14), f"{text} is printed as {printed}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("吨标准媒", "unit '吨标准媒' is not known. Did you mean '吨标准煤' or '吨标准油'?"),
        ("GWH", "unit 'GWH' is not known. Did you mean 'GW' or 'GWh'?"),
        ("t/dya", "unit 't/dya': 'dya' is not known. Did you mean 'day'?"),
        ("万万千瓦", "unit '万万千瓦': '万千瓦' is not known. Did you mean '千瓦' or '千瓦时'?"),
        (
            "thousand million t",
            "unit 'thousand million t': 't' follows a unit without a sign. Write * or / between two units.",
        ),
        ("kgce/m2.a", "unit 'kgce/m2.a': a product after '/' can be read in two ways. Write a/(b*c) or a*c/b."),
        ("t t", "unit 't t': 't' follows a unit without a sign. Write * or / between two units."),
        ("t/", "unit 't/': a unit is missing at the end. Write for example t/day or 万吨/年."),
        ("t//h", "unit 't//h': '/' stands where a unit should. Write for example t/day or 万吨/年."),
        ("(t/h", "unit '(t/h': a bracket is not closed. Add ')'."),
        ("t)", "unit 't)': ')' does not belong here. Check the brackets."),
        ("t;h", "unit 't;h': ';' is no part of a unit. Write for example t/day or 万吨/年."),
        ("kV", "unit 'kV' is not known. Did you mean 'kVA'?"),
        ("xyzzy", "unit 'xyzzy' is not known. The units are listed in units.txt."),
        ("=1+1", "unit '=1+1': '=' is no part of a unit. Write for example t/day or 万吨/年."),
    ],
)
def test_what_is_no_unit_says_what_to_write(text: str, message: str) -> None:
    with pytest.raises(UnitError) as error:
        units.parse(text)
    assert str(error.value) == message


def test_conversion_is_exact_where_a_float_can_be() -> None:
    assert units.factor("万千瓦", "GW") == 0.01
    assert units.factor("亿千瓦时", "TWh") == 0.1
    assert units.factor("tce", "GJ") == 29.3076
    assert units.convert(407.0, "万千瓦", "GW") == pytest.approx(4.07)
    assert units.convert(np.array([15.0, 30.0]), "亩", "ha") == pytest.approx([1, 2], rel=1e-15)
    assert units.factor("no unit at all", "no unit at all") == 1.0, "what is written alike is alike"


def test_only_like_is_converted_to_like() -> None:
    with pytest.raises(UnitError) as error:
        units.factor("tCO2", "tCO2e")
    assert str(error.value) == (
        "cannot convert 'tCO2' (tCO2) to 'tCO2e' (tCO2e). State the quantity in a unit of the same dimension."
    )
    assert units.same_dimension("万千瓦", "GW") and not units.same_dimension("GW", "GWh")
    assert units.same_dimension("座", "个") and not units.same_dimension("个", "")


def test_a_year_of_full_power_is_8760_hours() -> None:
    assert units.coherent("MW") * units.coherent("h") == pytest.approx(units.coherent("MWh"), rel=1e-15)
    assert units.coherent("kWh") * 8760 == pytest.approx(units.coherent("kW"), rel=1e-15)


def test_heat_values_are_those_of_the_standard() -> None:
    assert units.factor("kgce", "kJ") == 29307.6
    assert units.factor("kgce", "cal") == pytest.approx(7e6)
    assert units.factor("toe", "GJ") == 41.868


@given(st.sampled_from([row[0] for row in TEXTS]), st.sampled_from([row[0] for row in TEXTS]))
def test_a_product_and_a_quotient_multiply_and_divide(a: str, b: str) -> None:
    one, two = units.parse(a), units.parse(b)
    if not a or not b:
        return
    product, quotient = units.parse(f"({a})*({b})"), units.parse(f"({a})/({b})")
    assert product.factor == pytest.approx(one.factor * two.factor, rel=1e-12)
    assert quotient.factor == pytest.approx(one.factor / two.factor, rel=1e-12)
    assert product.dimension == units.joined(one.dimension, two.dimension)
    assert units.joined(quotient.dimension, two.dimension) == one.dimension


def test_no_word_names_two_units() -> None:
    taken: dict[str, str] = {}
    for name, definition in registry.definitions().items():
        for word in {name, definition.symbol, *definition.aliases} - {""}:
            assert taken.setdefault(word, name) == name, f"'{word}' names {taken[word]} and {name}"
            assert registry.atom(word) is not None, word


def test_no_definition_is_shadowed_by_a_prefix() -> None:
    for name, definition in registry.definitions().items():
        for word in {name, definition.symbol, *definition.aliases} - {""}:
            found = registry.atom(word)
            assert found is not None and (found.name, found.prefix) == (name, ""), word


def test_the_registry_is_built_quickly_and_once() -> None:
    start = time.perf_counter()
    for text, *_ in TEXTS * 50:
        units.parse(text)
    assert time.perf_counter() - start < 0.1, "a unit is parsed once"


def test_pint_is_loaded_by_the_first_unit_only() -> None:
    code = (
        "import sys, dafeng.units as u; before = 'pint' in sys.modules; u.parse('t'); "
        "sys.exit(before or 'pint' not in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


#: What the collected figures write in the unit column that is a remark and not a unit.
REMARKS = (" (TARGET)", " (about)", " (more than)", " (around)", " (plan)", " or more (cumulative)", " or more")
NOT_UNITS = {
    "percent (calorific)",
    "percent (coal_equivalent_0.30)",
    "percent vs previous year",
    "percent per year, 2006-2010",
    "percent, 2010 vs 2005",
    "percent, 2015 vs 2010",
    "percent, 2018 vs 2015",
    "tce per 10k CNY GDP",
    "10 thousand m2 cumulative",
    "10 thousand tce vs 2013 (about)",
    "Mt dry matter",
}


@pytest.mark.skipif(not SHARED.is_dir(), reason="the collected figures are not beside the repository")
@pytest.mark.parametrize("name", ["shanghai-observed.csv", "shanghai-observed-2.csv"])
def test_the_units_of_the_collected_figures_are_read(name: str) -> None:
    with (SHARED / "data" / name).open(encoding="utf-8-sig", newline="") as file:
        texts = {row["unit"] for row in csv.DictReader(file)} - NOT_UNITS
    wrong = []
    for text in sorted(texts):
        plain = text.replace("10 MW (万千瓦)", "10 MW")
        for remark in REMARKS:
            plain = plain.removesuffix(remark)
        try:
            units.parse(plain)
        except UnitError as error:
            wrong.append(str(error))
    assert wrong == []
