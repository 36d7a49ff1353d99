"""Print the table of docs/guide/peak.md: python -m benchmarks.peak [runs]."""

from __future__ import annotations

import sys

from benchmarks.peak.simulation import CHECKS, simulate
from dafeng.accounts.peak import Rule

runs = int(sys.argv[1]) if len(sys.argv) > 1 else 3000
rates = simulate(runs, 20261125, Rule())
print(f"{runs} runs, seed 20261125, {Rule()}")
print("| after the turn | " + " | ".join(f"{n} years" for n in CHECKS) + " |")
print("|---|" + "---|" * len(CHECKS))
for case, table in rates.items():
    for what in ("peaked", "ever", "probably_peaked", "plateau", "rising"):
        print(f"| {case}: {what} | " + " | ".join(f"{100 * table[n][what]:.1f} %" for n in CHECKS) + " |")
