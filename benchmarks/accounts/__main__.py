"""Times every account of a city, 1990-2025 under all boundaries: `python -m benchmarks.accounts [--city NAME]`.

`ledger` is the reading of activity and factors and the run of the formulas, done once for each version of a city;
`accounts` is what follows, with every text and source of every account asked for.
"""

from __future__ import annotations

import argparse
import json
import time

from dafeng.accounts import ledger
from dafeng.accounts.account import accounts
from dafeng.city import load


def main() -> None:
    """Measure and print JSON; each figure is the least of the runs."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--city", default="shanghai")
    parser.add_argument("--repeat", type=int, default=5)
    given = parser.parse_args()
    city = load(given.city)
    start = time.perf_counter()
    held = ledger.of(city).held
    for boundary in held.boundaries:
        accounts(city, boundary.id)
    figures = {"ledger_ms": (time.perf_counter() - start) * 1e3}
    totals, texts = [], []
    count = 0
    for _ in range(given.repeat):
        ledger.of(city).made.clear()
        start = time.perf_counter()
        found = [
            accounts(city, boundary.id).account(year)
            for boundary in held.boundaries
            for year in range(1990, ledger.of(city).years[-1] + 1)
        ]
        totals.append(time.perf_counter() - start)
        start = time.perf_counter()
        count = len([(one.absent, one.notes, one.reallocated, one.sources) for one in found])
        texts.append(time.perf_counter() - start)
    figures |= {"accounts_ms": min(totals) * 1e3, "texts_and_sources_ms": min(texts) * 1e3, "accounts": count}
    print(json.dumps({name: round(value, 1) for name, value in figures.items()}, indent=2))


if __name__ == "__main__":
    main()
