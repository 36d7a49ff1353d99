"""The facts that come with dafeng: sound, and equal to the collected evidence where that lies beside the repository."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fnmatch import fnmatchcase
from functools import cache
from importlib import resources
from pathlib import Path

import pytest

from dafeng import units
from dafeng.errors import Collector
from dafeng.facts import pack
from dafeng.facts.observation import OBSERVED, Observation
from dafeng.facts.pack import Pack
from dafeng.facts.series import Facts

EVIDENCE = Path(__file__).parents[2].parent / "shared" / "data"
FILES = ("shanghai-observed.csv", "shanghai-observed-2.csv")
ROWS = 499 + 1130
#: Activity derived for the accounts; tests/accounts holds it against the emissions it was derived from.
DERIVED_FOR_ACCOUNTS = frozenset({"energy.burnt", "industry.cement_calcined"})
#: The day the collected evidence was entered. What came later has its own tests (tests/accounts, tests/pathway).
RECORDED = date(2026, 11, 22)
#: What the collected evidence calls the units, in the words of dafeng. What stands in brackets qualifies the figure.
UNITS = {
    "": "",
    "100 million CNY": "亿元",
    "percent": "%",
    "10 thousand persons": "万人",
    "persons": "人",
    "TWh": "TWh",
    "100 million kWh": "亿千瓦时",
    "10 MW": "万千瓦",
    "hours": "小时",
    "10 thousand t": "万吨",
    "Mt": "百万吨",
    "Mt dry matter": "百万吨",
    "t per day": "吨/日",
    "10 thousand t per year": "万吨/年",
    "Mt per year": "百万吨/年",
    "10 thousand vehicles": "万辆",
    "vehicles": "辆",
    "10 thousand": "万",
    "tce per 10k CNY GDP": "吨标准煤/万元",
    "10 thousand tce": "万吨标准煤",
    "gce per kWh": "克标准煤/千瓦时",
    "100 million m3": "亿立方米",
    "10 thousand m3": "万立方米",
    "Mt CO2": "MtCO2",
    "t CO2 per t": "tCO2/t",
    "Mt CO2 per 100 million m3": "MtCO2/亿立方米",
    "10 thousand mu": "万亩",
    "10 thousand ha": "万公顷",
    "ha": "公顷",
    "km": "公里",
    "km2": "平方公里",
    "m2": "平方米",
    "10 thousand m2": "万平方米",
    "100 million m2": "亿平方米",
    "10 thousand t C per year": "万吨碳/年",
    "count": "座",
    "10 thousand TEU": "万标准箱",
    "CNY per t": "元/吨",
    "ug/m3": "微克/立方米",
    "10^10 kJ": "百亿千焦",
    "10 thousand movements": "万架次",
    "racks": "机架",
}
#: Units that name what is counted where the evidence gives the bare number, or the reverse.
COUNTED = {
    ("万", "万个"),
    ("万人", "万人次"),
    ("平方米", "平方米/人"),
    ("万", "万辆"),
    ("", "万吨"),
    ("平方米", "万平方米"),
}
DISTRICTS = {
    "浦东": "pudong", "黄浦": "huangpu", "徐汇": "xuhui", "长宁": "changning", "静安": "jingan", "普陀": "putuo",
    "虹口": "hongkou", "杨浦": "yangpu", "闵行": "minhang", "宝山": "baoshan", "嘉定": "jiading", "金山": "jinshan",
    "松江": "songjiang", "青浦": "qingpu", "奉贤": "fengxian", "崇明": "chongming",
}  # fmt: skip
#: Rows whose day of publication stands in their note or at another figure of the same publication, not in its column.
DATED = {
    ("gdp_growth_constant_price", "2023"): "2024-01-23",
    ("gdp_growth_constant_price", "2024"): "2025-01-23",
    ("gdp_growth_constant_price", "2025"): "2026-02-12",
    ("energy_intensity_level", "2008"): "2009-06-30",
    ("waste_recycling_rate", "2023"): "2023-11-15",
    ("waste_recycling_rate", "2025"): "2026-01",
    ("port_container_throughput", "2024"): "2026-01-07",
    ("port_water_water_transfer_share", "2021"): "2022-06-14",
    ("energy_intensity_change", "2021-2025"): "2026-02-12",
    ("co2_intensity_change", "2021-2025"): "2026-02-12",
}


@cache
def read() -> Pack:
    with resources.as_file(resources.files("dafeng") / "cities" / "shanghai") as folder:
        faults = Collector("shanghai")
        found = pack.read(folder, faults)
        faults.done()
        return found


@cache
def facts() -> Facts:
    return Facts(read().observations, read().indicators)


def evidence() -> Iterator[dict[str, str]]:
    for name in FILES:
        path = EVIDENCE / name
        if not path.exists():
            pytest.skip(f"the collected evidence is not beside the repository ({name})")
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)


def unit_of(text: str) -> str:
    plain = re.sub(
        r" \((TARGET|plan|about|around|more than|万千瓦|calorific|coal_equivalent_0\.30|cumulative)\)", "", text
    )
    plain = (
        re.sub(r"(,? (vs|per year|or more|cumulative)\b.*|, 20\d\d vs 20\d\d)$", "", plain)
        if plain not in UNITS
        else plain
    )
    return UNITS[plain.removesuffix(",")]


def could_be(row: dict[str, str], fact: Observation) -> bool:
    """Whether a fact can be the counterpart of a row, by name, place, labels, year and value."""
    named = any(fnmatchcase(row["indicator"], pattern) for pattern in read().indicators[fact.indicator].was)
    return named and place_fits(row["indicator"], fact) and labels_fit(row["indicator"], fact) and same_value(row, fact)


def place_fits(name: str, fact: Observation) -> bool:
    elsewhere = {"district_gdp_huangpu": "huangpu", "baoshan_scrap_ratio": "baosteel-base"}
    district = next((id for zh, id in DISTRICTS.items() if name.endswith(zh)), "shanghai")
    return fact.place == elsewhere.get(name, district)


def labels_fit(name: str, fact: Observation) -> bool:
    labels = dict(fact.dims)
    fuel, use = labels.get("fuel", ""), labels.get("use", "")
    whole = {
        "energy.balance": f"energy_balance.{labels.get('flow', 'all')}.{fuel}" if labels else "energy_balance_all",
        "energy.fuel_burnt": f"fuel_burnt_{use}_{fuel}",
        "emissions.ceads_factor": f"ceads_factor_{fuel}" if use == "all" else f"ceads_factor_{fuel}_{use}",
    }
    if fact.indicator in whole:
        return name == whole[fact.indicator]
    if "route" in labels:
        return ("eaf" in name) == (labels["route"] == "electric_arc")
    return all(name.endswith(f"_{label}") for label in labels.values())


def same_value(row: dict[str, str], fact: Observation) -> bool:
    if not row["value"] or fact.value is None:
        return not row["value"] and fact.value is None
    unit = unit_of(row["unit"])
    if (unit, fact.unit) in COUNTED:
        return Decimal(row["value"]) == Decimal(repr(fact.value))
    # Facts are written with the digits of the evidence; only whole factors (Mt, 10^10 kJ) stand between them.
    return units.same_dimension(unit, fact.unit) and float(row["value"]) == pytest.approx(
        units.convert(fact.value, fact.unit, unit), rel=1e-12
    )


@cache
def pairs() -> tuple[list[tuple[dict[str, str], Observation]], list[dict[str, str]], list[Observation]]:
    """Match every row of the evidence with one fact; give the pairs, the rows left over and the facts left over."""
    by_year: dict[int, list[Observation]] = defaultdict(list)
    for fact in read().observations:
        if fact.indicator not in DERIVED_FOR_ACCOUNTS and fact.recorded == RECORDED:
            by_year[fact.period.year].append(fact)
    matched: list[tuple[dict[str, str], Observation]] = []
    lost: list[dict[str, str]] = []
    for row in evidence():
        held = by_year[int(row["year"][-4:])]
        fitting = [fact for fact in held if could_be(row, fact)]
        # Of several with one value, the one of the same day of publication, confidence and basis is meant.
        fitting.sort(key=lambda fact: (fact.vintage != row["source_date"], fact.confidence != row["confidence"]))
        basis = {"percent (calorific)": "calorific", "percent (coal_equivalent_0.30)": "coal-equivalent"}.get(
            row["unit"]
        )
        chosen = next((fact for fact in fitting if basis is None or fact.basis == basis), None)
        if chosen is None:
            lost.append(row)
        else:
            held.remove(chosen)
            matched.append((row, chosen))
    return matched, lost, [fact for held in by_year.values() for fact in held]


def test_every_row_of_the_evidence_has_its_fact_and_no_fact_is_invented() -> None:
    matched, lost, invented = pairs()
    assert (lost, invented, len(matched)) == ([], [], ROWS)


def test_confidence_is_kept_and_what_was_rejected_has_none() -> None:
    for row, fact in pairs()[0]:
        rejected = row["note"].startswith("REJECT") or not row["value"]
        assert fact.confidence == ("none" if rejected else row["confidence"]), row


def test_the_day_of_publication_is_kept() -> None:
    for row, fact in pairs()[0]:
        assert fact.vintage == DATED.get((row["indicator"], row["year"]), row["source_date"]), row
        assert fact.recorded == RECORDED


def test_the_status_says_what_the_evidence_says() -> None:
    for row, fact in pairs()[0]:
        told = f"{row['note']} {row['source_title']}".lower()
        if not row["value"]:
            assert fact.status in ("not_found", "awaiting_verification"), row
        elif "(TARGET)" in row["unit"] or "(plan)" in row["unit"]:
            assert fact.status == "planned", row
        elif row["note"].startswith("DERIVED") or row["source_title"].startswith("derived"):
            assert fact.status == "derived", row
        else:
            assert fact.status in ("actual", "preliminary", "estimate", "derived"), row
            assert fact.status != "derived" or any(word in told for word in ("derived", "sum of", "divided by")), row


def test_limits_are_marked_as_limits() -> None:
    for row, fact in pairs()[0]:
        limit = "more than" in row["unit"] or "or more" in row["unit"] or row["note"] == "more than 4700"
        falling = row["indicator"] == "co2_intensity_cut_since_2010"
        assert fact.bound == ("at_most" if falling else "at_least" if limit else ""), row


def test_every_figure_has_a_source_and_every_absence_a_reason() -> None:
    for fact in read().observations:
        assert fact.source or fact.status == "not_found", fact
        assert fact.value is not None or fact.note, fact


def test_every_note_stands_in_both_languages() -> None:
    notes = {fact.note for fact in read().observations if fact.note}
    assert [note for note in notes if " / " not in note] == []


def test_files_stay_small() -> None:
    with resources.as_file(resources.files("dafeng") / "cities" / "shanghai" / "facts") as folder:
        assert {path.name: size for path in folder.iterdir() if (size := path.stat().st_size) >= 100_000} == {}


def test_the_figures_that_were_corrected_stand_and_the_first_ones_stay_visible() -> None:
    corrected = {
        "power.net_import": (74.29, 78.8),
        "power.thermal_generation": (97.306, 93.81),
        "power.wind_generation": (1.834, 2.34),
        "power.solar_generation": (1.535, 0.141),
    }
    for indicator, (stands, first) in corrected.items():
        series = facts().series(indicator, "shanghai")
        assert series.value(2021) == stands
        assert first in [other.value for other in series.others if other.period.year == 2021]


def test_what_sums_in_the_evidence_sums_in_the_facts() -> None:
    districts = [facts().series("economy.gdp", place).value(2025) for place in DISTRICTS.values()]
    assert sum(districts) == pytest.approx(facts().series("economy.district_gdp_sum", "shanghai").value(2025))
    people = [facts().series("economy.population", place).value(2024) for place in DISTRICTS.values()]
    assert sum(people) == pytest.approx(facts().series("economy.population", "shanghai").value(2024))
    for year, fuel in ((2007, "natural_gas"), (2007, "diesel"), (2021, "electricity")):
        row = {
            flow: facts().series("energy.balance", "shanghai", {"flow": flow, "fuel": fuel}).value(year)
            for flow in FLOWS
        }
        sectors = sum(row[flow] for flow in FLOWS[1:] if row[flow] == row[flow])
        assert sectors == pytest.approx(row["final_total"], abs=0.03), (year, fuel)


FLOWS = (
    "final_total",
    "final_agriculture",
    "final_industry",
    "final_construction",
    "final_transport_storage_post",
    "final_trade_catering",
    "final_other_services",
    "final_residential",
)


def test_the_published_chain_of_energy_intensity_closes() -> None:
    series = facts().series("energy.intensity_change", "shanghai")
    chained = 1.0
    for year in range(2016, 2021):
        chained *= 1 + series.value(year) / 100
    assert chained - 1 == pytest.approx(-0.225, abs=0.0005)


def test_official_changes_of_the_last_years_are_awaited_and_not_invented() -> None:
    for indicator in ("energy.intensity_change", "energy.co2_intensity_change"):
        (awaited,) = facts().absent(indicator, "shanghai")
        assert (awaited.status, str(awaited.period)) == ("awaiting_verification", "2021/2025")
        assert facts().series(indicator, "shanghai").value(2024) != facts().series(indicator, "shanghai").value(2024)


def test_every_document_of_a_figure_was_published_no_later_than_the_figure() -> None:
    later = {
        (fact.source, fact.vintage)
        for fact in read().observations
        if fact.vintage and fact.recorded and fact.vintage > fact.recorded.isoformat()
    }
    assert later == set()


def test_only_what_was_counts_as_observed() -> None:
    counts = Counter(fact.status for fact in read().observations)
    assert set(counts) - OBSERVED == {"planned", "not_found", "awaiting_verification"}
    assert sum(counts.values()) == len(read().observations)
