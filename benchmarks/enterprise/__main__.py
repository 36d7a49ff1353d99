"""Measure the account of 1,000 enterprises and the check of 100,000 rows: python -m benchmarks.enterprise."""

from __future__ import annotations

import csv
import tempfile
import time
from pathlib import Path

import numpy as np

from dafeng.accounts.enterprise.account import roll_up, totals
from dafeng.accounts.enterprise.chosen import Choices
from dafeng.accounts.enterprise.importer import Names, Options, run
from dafeng.accounts.enterprise.methods import load
from dafeng.accounts.enterprise.rows import account_rows
from dafeng.accounts.enterprise.table import Table, coded
from dafeng.factors import load as load_factors
from dafeng.labels import Label
from dafeng.registers import Enterprise, Facility, Membership

YEAR, SPEED, CHECK = 2022, 1.0, 5.0
LABEL = Label(zh="示例", en="sample")
FUELS = (
    "natural_gas", "diesel", "gasoline", "fuel_oil", "raw_coal", "bituminous_coal", "coke", "lpg", "kerosene",
    "refinery_gas", "crude_oil", "lignite", "petroleum_coke", "anthracite", "coke_oven_gas", "blast_furnace_gas",
)  # fmt: skip
BY_VOLUME = {"natural_gas", "coke_oven_gas", "blast_furnace_gas"}
SOURCES = (
    *(("fuel", fuel, "万立方米" if fuel in BY_VOLUME else "t") for fuel in FUELS),
    ("electricity", "electricity", "MWh"),
    ("green_electricity", "green_electricity", "MWh"),
    ("heat", "heat", "GJ"),
    ("exported_heat", "heat", "GJ"),
)


def units(count: int) -> tuple[dict[str, Enterprise], dict[str, Facility]]:
    """Make enterprises, one facility each, half of which move to the national market in July."""
    markets = (
        Membership(market="local", since="2013-01", until="2022-06"),
        Membership(market="national", since="2022-07"),
    )
    enterprises = {
        f"e{i}": Enterprise(id=f"e{i}", label=LABEL, place="north", sector="industry", markets=markets if i % 2 else ())
        for i in range(count)
    }
    facilities = {
        f"f{i}": Facility(id=f"f{i}", label=LABEL, enterprise=f"e{i}", method="general") for i in range(count)
    }
    return enterprises, facilities


def table(count: int) -> Table:
    """Make a year of months of every source of every enterprise."""
    rows = [
        (f"e{i}", f"f{i}", use, what, unit, YEAR * 12 + month)
        for i in range(count)
        for use, what, unit in SOURCES
        for month in range(12)
    ]
    enterprise, facility, use, what, unit, month = zip(*rows, strict=True)
    blank = [""] * len(rows)
    texts = {"place": ["north"] * len(rows), "enterprise": enterprise, "facility": facility, "process": blank}
    texts |= {"sector": blank, "use": use, "what": what, "unit": unit, "status": ["synthetic"] * len(rows)}
    months = np.array(month, dtype=np.int64)
    quantity = np.random.default_rng(1).uniform(1, 100, len(rows))
    absent = np.full(len(rows), np.nan)
    names = ("ncv", "carbon_content", "oxidation", "carbon_share", "factor")
    return Table(
        {name: coded(column) for name, column in texts.items()}, months, months, quantity, dict.fromkeys(names, absent)
    )


def main() -> int:
    """Print both times; 1 where one is over its limit."""
    factors, methods = load_factors(), load()
    enterprises, facilities = units(1000)
    held = table(1000)
    account_rows(table(1), YEAR, factors, methods, Choices(region="shanghai"), enterprises, facilities)
    start = time.perf_counter()
    rows = account_rows(held, YEAR, factors, methods, Choices(region="shanghai"), enterprises, facilities)
    found, all_of_them = totals(rows, "enterprise"), roll_up(rows)
    accounted = time.perf_counter() - start
    print(f"{len(found)} enterprises x 12 months x {len(SOURCES)} sources = {len(held):,} rows: {accounted:.2f} s")
    print(f"  coverage {all_of_them.coverage:.3f}, limit {SPEED:g} s")
    names = Names(factors, {"north": "north"}, {"north": frozenset({"north"})}, None, enterprises, facilities)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "activity.csv"
        rng = np.random.default_rng(2)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("facility", "use", "what", "period", "quantity", "unit", "source"))
            count = 0
            for i in range(1000):
                for use, what, unit in SOURCES:
                    for month in range(1, 13):
                        if count < 100_000:
                            period, quantity = f"{YEAR}-{month:02d}", f"{rng.uniform(1, 100):.4f}"
                            writer.writerow((f"f{i}", use, what, period, quantity, unit, "meters"))
                            count += 1
        start = time.perf_counter()
        report = run(path, None, "toyville", names, "north", Options(dry_run=True))
        checked = time.perf_counter() - start
    print(f"{report.rows:,} rows checked ({report.state}): {checked:.2f} s, limit {CHECK:g} s")
    return int(accounted > SPEED or checked > CHECK)


if __name__ == "__main__":
    raise SystemExit(main())
