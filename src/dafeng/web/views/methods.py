"""How verdicts are reached: the rules as data, the path, the projection, the grades, the boundaries, the sources."""

from __future__ import annotations

from collections import Counter
from typing import Any

from dafeng.report import wording
from dafeng.web.page import Page

GRADES = {
    "high": (
        "原始发布或注明发布者的汇编，已核对",
        "read in the publication, or in a compilation that names its publisher",
    ),
    "medium": ("一处二手转载，或标签待核", "one secondary copy, or a label to be checked"),
    "low": ("凭转述或存疑，不参与判断", "recalled or doubtful; never decides a verdict"),
}


def show(page: Page) -> dict[str, Any]:
    """Give the values of the methods page."""
    city = page.snapshot.city
    at = 0 if page.zh else 1
    bounded = [i for i in city.indicators.values() if i.boundary is not None]
    cited = Counter(o.source for o in city.facts if o.value is not None)
    publishers: dict[str, list[str]] = {}
    for id, document in city.documents.items():
        if cited[id]:
            publishers.setdefault(document.publisher or "—", []).append(id)
    ranked = sorted(publishers.items(), key=lambda item: -sum(cited[id] for id in item[1]))
    statuses: Counter[str] = Counter(o.status for o in city.facts)
    return {
        "rules": city.rules,
        "grades": [(wording.CONFIDENCE[id][page.language], text[at]) for id, text in GRADES.items()],
        "boundaries": bounded,
        "breaks": [(i, b) for i in city.indicators.values() for b in i.breaks],
        "priorities": [i for i in city.indicators.values() if len(i.priority) > 1],
        "publishers": [(name, ids, sum(cited[id] for id in ids)) for name, ids in ranked],
        "statuses": [(id, statuses[id]) for id in wording.FACT_STATUS if statuses[id]],
        "figures": sum(cited.values()),
    }
