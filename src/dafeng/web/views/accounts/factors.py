"""Emission factors: which one applies and why, what there is, and for one of them where it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from dafeng.documents import Document
from dafeng.errors import NotFound, Refused
from dafeng.factors import Factor, Factors, NoFactor, for_city
from dafeng.factors.asked import Choice, Passed
from dafeng.report import wording
from dafeng.report.factors import home
from dafeng.report.wording import factors as words
from dafeng.web import query
from dafeng.web.page import Page
from dafeng.web.views.accounts import asked as asking

_SHOWN = 60


@dataclass(frozen=True)
class Line:
    """One factor in a list."""

    factor: Factor
    name: str
    parameter: str
    figure: str
    set: str
    for_whom: str
    confidence: str
    state: str
    reasons: str = ""


def _store(page: Page) -> Factors:
    return for_city(page.snapshot.city.folder)


def listing(page: Page) -> dict[str, Any]:
    """Give the values of the page that chooses and searches. Raises BadQuery for what is not known."""
    store = _store(page)
    held = store.library
    regime = query.one(page.params, "regime", list(held.regimes))
    parameter = query.one(page.params, "parameter", list(held.parameters))
    set_ = query.one(page.params, "set", list(held.sets))
    year = query.one(page.params, "year", [str(y) for y in range(1990, page.snapshot.today.year + 1)])
    what, text = query.text(page.params, "what"), query.text(page.params, "q")
    values: dict[str, Any] = {
        "section_pages": asking.section(page, "factors"),
        "regimes": [(id, page.label(one.label)) for id, one in held.regimes.items()],
        "parameters": [(id, page.label(one.label)) for id, one in held.parameters.items()],
        "sets": [(id, page.label(one.label)) for id, one in held.sets.items()],
        "subjects": sorted({page.label(one.label) for one in held.subjects.values()}),
        "regime": regime, "parameter": parameter, "set": set_, "year": year, "what": what, "q": text,
        "choice": None, "refusal": None, "unknown": None, "found": None, "more": 0,
        "counts": {"factors": len(store.all), "sets": len(held.sets), "documents": len(held.documents)},
    }  # fmt: skip
    if what:
        values |= _choose(page, store, what, parameter, regime, set_, year)
    if text:
        found = store.search(text)
        values["found"] = [_line(page, store, factor) for factor in found[:_SHOWN]]
        values["more"] = len(found[_SHOWN:])
    if not (what or text):
        values["tables"] = _tables(page, store)
    return values


def _choose(page: Page, store: Factors, what: str, parameter: str, regime: str, set_: str, year: str) -> dict[str, Any]:
    region = home(store, page.snapshot.city.id)
    chosen = regime or ("" if set_ else next(iter(store.library.regimes)))
    try:
        choice = store.get(
            what,
            parameter or None,
            regime=chosen or None,
            year=int(year) if year else None,
            region=region,
            set=set_ or None,
        )
    except NoFactor as error:
        return {"regime": chosen, "refusal": _refusal(page, store, error)}
    except NotFound as error:
        return {"regime": chosen, "unknown": error}
    except Refused as error:
        return {"regime": chosen, "unknown": error}
    return {"regime": chosen, "choice": _choice(page, store, choice)}


def _choice(page: Page, store: Factors, choice: Choice) -> dict[str, Any]:
    return {
        "line": _line(page, store, choice.factor),
        "why": page.label(choice.why),
        "source": document_of(page, store, choice.factor.document),
        "locator": choice.factor.locator,
        "note": page.note(choice.factor.note),
        "others": [_line(page, store, other) for other in choice.others],
        "passed": [_passed(page, store, passed) for passed in choice.passed],
    }


def _refusal(page: Page, store: Factors, error: NoFactor) -> dict[str, Any]:
    held = store.library
    asked = error.asked
    return {
        "subject": page.label(held.subjects[asked.what].label),
        "parameter": page.label(held.parameters[asked.parameter].label),
        "reason": page.label(words.REFUSED[error.reason]),
        "candidates": [_passed(page, store, passed) for passed in error.candidates],
    }


def _passed(page: Page, store: Factors, passed: Passed) -> Line:
    reasons = ("、" if page.zh else ", ").join(page.label(words.REASON[reason]) for reason in passed.reasons)
    return _line(page, store, passed.factor, reasons)


def _line(page: Page, store: Factors, factor: Factor, reasons: str = "") -> Line:
    held = store.library
    limits = [
        page.label(held.regions[factor.region].label) if factor.region else "",
        page.label(held.sectors[factor.sector].label) if factor.sector else "",
        str(factor.years).replace("-", "—" if page.zh else "\u2013"),
    ]
    return Line(
        factor,
        page.label(held.subjects[factor.what].label),
        page.label(held.parameters[factor.parameter].label),
        words.figure(factor, page.language),
        page.label(held.sets[factor.set].label),
        wording.join([part for part in limits if part], page.language),
        confidence(page, factor.confidence),
        "superseded" if factor.id in store.superseded else "" if factor.confirmed else "unconfirmed",
        reasons,
    )


def confidence(page: Page, word: str) -> str:
    """Name a grade of confidence."""
    return page.label(wording.CONFIDENCE[word] if word in wording.CONFIDENCE else words.UNCONFIRMED)


def _tables(page: Page, store: Factors) -> dict[str, Any]:
    held = store.library
    every = list(store.all.values())
    colon = "：" if page.zh else ": "
    regimes = [
        (
            page.label(one.label),
            id,
            page.label(words.BASIS[one.basis]),
            [
                group_name(page, group) + colon + " › ".join(page.label(held.sets[name].label) for name in names)
                for group, names in one.reads.items()
            ],
            page.label(one.note),
        )
        for id, one in held.regimes.items()
    ]
    sets = [
        (
            page.label(one.label),
            one.edition,
            sum(f.set == id for f in every),
            sum(f.set == id and f.found and not f.confirmed for f in every),
            sum(f.set == id and not f.found for f in every),
            document_of(page, store, one.document),
        )
        for id, one in held.sets.items()
    ]
    return {"regimes": regimes, "sets": sets}


_GROUPS = {
    "fuel": ("燃料", "fuels"),
    "electricity": ("电力", "electricity"),
    "heat": ("热力", "heat"),
    "process": ("工艺", "processes"),
    "waste": ("废弃物", "waste"),
    "land": ("土地", "land"),
    "gas": ("气体", "gases"),
    "water": ("水", "water"),
    "standard_coal": ("折标煤", "standard coal"),
}


def group_name(page: Page, group: str) -> str:
    """Name a group of factors."""
    zh, en = _GROUPS.get(group, (group, group))
    return zh if page.zh else en


def document_of(page: Page, store: Factors, id: str) -> Markup:
    """Name a document of the factors: a link where the city has a page for it or it has an address."""
    found: Document | None = store.documents.get(id) or page.snapshot.city.documents.get(id)
    if found is None:
        return Markup("{}").format(id or "—")
    title = found.title if page.zh or not found.title_en else found.title_en
    if id in page.snapshot.city.documents:
        return Markup('<a href="{}">{}</a>').format(page.url("documents", id), title)
    if found.url:
        return Markup('<a href="{}" rel="noreferrer">{}</a>').format(found.url, title)
    return Markup("{}").format(title)


def show(page: Page, id: str) -> dict[str, Any]:
    """Give the values of one factor's page. Raises NotFound."""
    store = _store(page)
    factor = store.factor(id)
    held = store.library
    document = store.documents.get(factor.document)
    after = [other for other in store.all.values() if other.supersedes == id]
    chain = [*_older(store, factor), *([factor] if factor.supersedes or after else []), *after]
    return {
        "section_pages": asking.section(page, "factors"),
        "line": _line(page, store, factor),
        "factor": factor,
        "set": held.sets[factor.set],
        "document": document_of(page, store, factor.document),
        "about_document": wording.join(
            [part for part in (document.publisher, document.number, document.date) if part], page.language
        )
        if document
        else "",
        "note": page.note(factor.note),
        "set_note": page.label(held.sets[factor.set].note),
        "steps": [_line(page, store, store.factor(step)) for step in factor.derived_from],
        "part_of": [_line(page, store, other) for other in store.all.values() if id in other.derived_from],
        "checks": [
            (
                page.label(words.VERDICT[check.verdict]),
                check.old or "—",
                check.checked or "—",
                check.unit,
                document_of(page, store, check.document) if check.document else Markup("—"),
                check.locator,
                check.date,
                page.note(check.note),
            )
            for check in store.checks(id)
        ],
        "chain": [(_line(page, store, one), one.id == id) for one in chain],
        "readers": [
            (page.label(regime.label), rank + 1)
            for regime in held.regimes.values()
            for names in regime.reads.values()
            for rank, name in enumerate(names)
            if name == factor.set
        ],
    }


def _older(store: Factors, factor: Factor) -> Iterable[Factor]:
    found: list[Factor] = []
    while factor.supersedes and factor.supersedes in store.all and factor.supersedes not in {one.id for one in found}:
        factor = store.factor(factor.supersedes)
        found.insert(0, factor)
    return found
