"""District plans held against the plan of their city: plans of the pack, and documents as far as they are reviewed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dafeng.compare import Consistency, Coverage, DistrictPlan, Finding, consistency
from dafeng.compare.source import place_of
from dafeng.errors import Refused
from dafeng.plan.schema import Plan, Target
from dafeng.report import wording
from dafeng.report.wording import CHECK, FINDING
from dafeng.review import read_header
from dafeng.review import store as reviews
from dafeng.review.outcome import draft
from dafeng.web.page import Page

#: The most plans held against a city's at once: its districts and key areas, and no more.
MOST = 40


@dataclass(frozen=True)
class Choice:
    """A plan that can be held against the city's; of a document `decided` of `items` are decided."""

    id: str
    title: str
    note: str
    chosen: bool
    review: str = ""
    items: int = 0
    decided: int = 0


@dataclass(frozen=True)
class Row:
    """One finding in words: the clause of the city, that of the district or the parts of a sum, and what is wrong."""

    check: str
    check_label: str
    place: str
    city: Target
    district: Target | None
    parts: tuple[tuple[str, Target], ...]
    total: str
    said: str


@dataclass(frozen=True)
class Line:
    """One target of the city and the clause of each district; `share` is what amounts that add up come to."""

    city: Target
    cells: tuple[tuple[str, Target | None, bool], ...]
    share: str

    @property
    def counts(self) -> bool:
        """Whether a district takes it up, or is asked to."""
        return any(target is not None or asked for _, target, asked in self.cells)


def show(
    page: Page, listed: Sequence[reviews.Summary], found: Sequence[reviews.Proposal], city: Plan | None
) -> dict[str, Any]:
    """Give the values of the page; `found` are the documents chosen, `city` the plan they are held against."""
    pack = page.snapshot.city
    ids = page.params.get("d", ())
    plans = [plan for plan in pack.plans if city is not None and plan.id != city.id]
    chosen = [(plan, plan.title[page.language], plan.id) for plan in plans if plan.id in ids]
    notices: list[str] = []
    for one in found:
        head = read_header(one.compiled, one.name.rpartition(".")[0] or one.name)
        try:
            plan = draft(one.compiled, one.decisions, head, pack.organisations)
        except Refused as error:
            notices.append(f"{one.name}: {error.text(page.language)}")
            continue
        chosen.append((plan, one.compiled.title or one.name, one.id))
        if plan.status == "proposed":
            open_items = len(one.undecided)
            said = page.words.ngettext(
                "%(title)s: %(num)s item is not decided yet and is taken as it was read.",
                "%(title)s: %(num)s items are not decided yet and are taken as they were read.",
                open_items,
            )
            notices.append(said % {"title": one.compiled.title or one.name, "num": open_items})
    districts: list[DistrictPlan] = []
    titles: dict[str, str] = {}
    for plan, title, id in chosen:
        place = place_of(plan, pack.places, id)
        # A second plan of the same district stands under its own name.
        districts.append(DistrictPlan(id if place in titles else place, plan))
        titles[districts[-1].place] = title
    names = {**titles, **{place.id: place.label[page.language] for place in pack.places}}
    places = [place.id for place in pack.places if place.kind == "district"]
    result = consistency(city, districts, pack.indicators, pack.organisations, places) if city and districts else None
    lines = [_line(page, row, result) for row in result.coverage] if result else []
    return {
        "plans": pack.plans,
        "city_plan": city,
        "choices": _choices(page, plans, listed, ids),
        "result": result,
        "names": names,
        "notices": notices,
        "rows": [_row(page, item, names) for item in result.findings] if result else [],
        "counts": [(CHECK[check][page.language], n) for check, n in result.counts.items()] if result else [],
        "lines": [line for line in lines if line.counts],
        "others": [line for line in lines if not line.counts],
        "taken": _taken(result) if result else {},
    }


def _choices(page: Page, plans: Sequence[Plan], listed: Sequence[reviews.Summary], ids: Sequence[str]) -> list[Choice]:
    of_pack = [Choice(plan.id, page.label(plan.title), plan.issued, plan.id in ids) for plan in plans]
    under_review = [
        Choice(one.id, one.title or one.name, one.name, one.id in ids, one.id, one.items, one.decided) for one in listed
    ]
    return [*under_review, *of_pack]


def _row(page: Page, item: Finding, names: dict[str, str]) -> Row:
    return Row(
        check=item.check,
        check_label=CHECK[item.check][page.language],
        place=names.get(item.place, item.place),
        city=item.city,
        district=item.district,
        parts=tuple((names.get(place, place), target) for place, target in item.parts),
        total=wording.quantity(item.total, item.city.unit, page.language) if item.total is not None else "",
        said=FINDING[item.code][page.language],
    )


def _line(page: Page, row: Coverage, result: Consistency) -> Line:
    share = ""
    if row.total is not None and row.target.value:
        total = wording.quantity(row.total, row.target.unit, page.language)
        part = f"{row.total / row.target.value:.1%}"
        share = page.words.gettext("together %(total)s, %(share)s of the city's") % {"total": total, "share": part}
    cells = tuple((item.place, row.part(item.place), item.place in row.asked) for item in result.districts)
    return Line(row.target, cells, share)


def _taken(result: Consistency) -> dict[str, int]:
    return {item.place: sum(item.place in row.covered for row in result.coverage) for item in result.districts}
