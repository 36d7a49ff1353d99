"""What must hold between the parts of a factor library: names, year rules, ranges, derivations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dafeng.errors import Collector, nearest
from dafeng.factors.derive import printed, product
from dafeng.factors.factor import Factor

if TYPE_CHECKING:
    from dafeng.factors.library import Library


def check(library: Library, faults: Collector) -> None:
    """Note every fault of the library."""
    _vocabulary(library, faults)
    by_id = {factor.id: factor for factor in library.factors}
    for factor in library.factors:
        place = library.places[factor.id]
        _names(factor, library, place, faults)
        _figures(factor, library, place, faults)
        _links(factor, by_id, library, place, faults)


def _unknown(kind: str, id: str, known: Iterable[str], place: str, faults: Collector) -> None:
    near = nearest(id, known)
    remedy = f"Did you mean {' or '.join(repr(name) for name in near)}?" if near else f"Declare the {kind}"
    faults.add(f"unknown-{kind}", place, f"no {kind} is called '{id}'", remedy)


def _vocabulary(library: Library, faults: Collector) -> None:
    for part in library.sets.values():
        if part.document and part.document not in library.documents:
            _unknown("document", part.document, library.documents, f"set {part.id}", faults)
    for regime in library.regimes.values():
        place = f"regime {regime.id}"
        if regime.document and regime.document not in library.documents:
            _unknown("document", regime.document, library.documents, place, faults)
        for id in (regime.gwp, *(id for sets in regime.reads.values() for id in sets)):
            if id not in library.sets:
                _unknown("set", id, library.sets, place, faults)
    for kind, items in (("region", library.regions), ("sector", library.sectors)):
        for item in items.values():
            if item.within is not None and item.within not in items:
                _unknown(kind, item.within, items, f"{kind} {item.id}", faults)
    for conflict in library.conflicts:
        for id in conflict.sets:
            if id not in library.sets:
                _unknown("set", id, library.sets, f"conflict {conflict.what}", faults)
        if conflict.what not in library.subjects:
            _unknown("subject", conflict.what, library.subjects, f"conflict {conflict.what}", faults)
    for subject in library.subjects.values():
        if subject.default not in library.parameters:
            _unknown("parameter", subject.default, library.parameters, f"subject {subject.id}", faults)


def _names(factor: Factor, library: Library, place: str, faults: Collector) -> None:
    for kind, id, known in (
        ("set", factor.set, library.sets),
        ("subject", factor.what, library.subjects),
        ("region", factor.region, library.regions),
        ("sector", factor.sector, library.sectors),
        ("document", factor.document, library.documents),
    ):
        if id not in known and (id or kind in ("set", "subject")):
            _unknown(kind, id, known, place, faults)
    if not factor.document and factor.confirmed:
        message = f"the factor is given with confidence '{factor.confidence}' and without a document"
        faults.add("no-document", place, message, "Name the document, or mark the row unconfirmed")


def _figures(factor: Factor, library: Library, place: str, faults: Collector) -> None:
    low, high = library.parameters[factor.parameter].units[factor.unit]
    for value in (factor.value, factor.low, factor.high):
        if value is not None and not low <= value <= high:
            message = f"{value:g} {factor.unit} lies outside the range {low:g} to {high:g} of {factor.parameter}"
            faults.add("out-of-range", place, message, "Correct the value or its unit")
    ends = (factor.low is None, factor.high is None)
    if any(ends) != all(ends) or (factor.value is not None and not all(ends)):
        message = "a figure is one value, or a range with both ends"
        faults.add("range", place, message, "Give value alone, or low and high alone")
    elif factor.low is not None and factor.high is not None and factor.low > factor.high:
        faults.add("range", place, f"the range runs from {factor.low:g} down to {factor.high:g}", "Turn it round")
    part = library.sets.get(factor.set)
    fits = part is None or {
        "timeless": factor.years.timeless,
        "exact": factor.years.single,
        "span": not factor.years.timeless,
    }.get(part.years, True)
    if part is not None and not fits:
        message = f"years '{factor.years}' do not fit the set '{part.id}', whose factors are {part.years}"
        faults.add("year-rule", place, message, "Give the years as the rule of the set asks")


def _links(factor: Factor, by_id: dict[str, Factor], library: Library, place: str, faults: Collector) -> None:
    for id in (*factor.derived_from, *((factor.supersedes,) if factor.supersedes else ())):
        if id not in by_id:
            _unknown("factor", id, by_id, place, faults)
    part = library.sets.get(factor.set)
    parents = [by_id[id] for id in factor.derived_from if id in by_id]
    if part is None or not parents or len(parents) < len(factor.derived_from) or factor.value is None:
        return
    computed = product(parents, part.carbon_ratio)
    if computed is None or not printed(computed.value, factor.stated or f"{factor.value!r}"):
        got = "nothing" if computed is None or computed.value is None else f"{computed.value:.6g}"
        message = f"the value {factor.value:g} is not the product of its factors ({got})"
        faults.add("derivation", place, message, "Correct the value, or what it is derived from")
