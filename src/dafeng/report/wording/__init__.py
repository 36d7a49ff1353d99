"""Numbers, quantities, words and sentences as a reader of Chinese or of English expects them.

The same value reads 411.4 万千瓦 or 4.11 GW. Text carries no more than four significant digits; tables of sources ask
for the exact figure. A number and its unit are joined by a no-break space, a minus sign is U+2212, a range has a dash.
"""

from __future__ import annotations

from dafeng.report.wording.numbers import NBSP, day, number, percent, signed, year_span
from dafeng.report.wording.quantities import Written, quantity, unit_word, written
from dafeng.report.wording.targets import amount, gap, headline
from dafeng.report.wording.words import (
    CHECK,
    CONFIDENCE,
    DECISION,
    DIFFERENCE,
    DOCUMENT_KIND,
    FACT_STATUS,
    FIGURE,
    FINDING,
    HEDGE,
    ITEM,
    LINEAGE_KIND,
    ORGANISATION_TYPE,
    STRENGTH,
    TARGET_KIND,
    TRUST,
    VERDICT,
    VERDICT_CLASS,
    VERDICT_MEANING,
    clause,
    inside,
    join,
    listed,
    subscripts,
    tidy,
)

__all__ = [
    "CHECK",
    "CONFIDENCE",
    "DECISION",
    "DIFFERENCE",
    "DOCUMENT_KIND",
    "FACT_STATUS",
    "FIGURE",
    "FINDING",
    "HEDGE",
    "ITEM",
    "LINEAGE_KIND",
    "NBSP",
    "ORGANISATION_TYPE",
    "STRENGTH",
    "TARGET_KIND",
    "TRUST",
    "VERDICT",
    "VERDICT_CLASS",
    "VERDICT_MEANING",
    "Written",
    "amount",
    "clause",
    "day",
    "gap",
    "headline",
    "inside",
    "join",
    "listed",
    "number",
    "percent",
    "quantity",
    "signed",
    "subscripts",
    "tidy",
    "unit_word",
    "written",
    "year_span",
]
