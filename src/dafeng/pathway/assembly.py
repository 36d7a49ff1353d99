"""What the files of a pack make of a pathway: the variables asked for, the data they read, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import ModuleType
from typing import TYPE_CHECKING

import numpy as np

from dafeng.accounts.defaults import for_pack
from dafeng.axes import YEAR
from dafeng.city import City
from dafeng.city.bind import PLACE, bind
from dafeng.domains import find
from dafeng.domains import known as known_domains
from dafeng.errors import Collector, FaultsFound, NotFound, Refused, suggestion
from dafeng.kernel import Data, Datum, Model, State, Variable, variables_of
from dafeng.pathway import draws, local
from dafeng.pathway.settings import PathwayFile, UncertaintyFile
from dafeng.pathway.shares import of_key
from dafeng.store import yamlfile

if TYPE_CHECKING:
    from dafeng.pathway.pathway import Pathway

#: Year of a parameter that has none: it holds ever since.
_EVER = 1900


def asked_of(settings: PathwayFile) -> tuple[str, ...]:
    """Name the variables of the city that an answer may need."""
    return (*(sector.variable for sector in settings.sectors), *settings.answers.values(), *costed(settings))


def check_places(pathway: Pathway, faults: Collector) -> None:
    """Note keys without figures, and scenarios that set what a place cannot."""
    if pathway.allocation is not None:
        if not local.division(pathway):
            faults.add(
                "no-place",
                "allocation.yaml",
                f"no place of the pack is a '{pathway.allocation.division}'",
                "Name a kind of places.yaml as the division",
            )
            return
        for key in pathway.allocation.keys:
            try:
                found = of_key(pathway.city, key, local.division(pathway), pathway.allocation.division)
            except Refused as error:
                faults.add("no-key", "allocation.yaml", *halves(str(error)))
                continue
            lacking = [place for place, share in zip(local.division(pathway), found, strict=True) if np.isnan(share)]
            if lacking:
                faults.add(
                    "no-key",
                    "allocation.yaml",
                    f"key '{key.id}': {', '.join(lacking)} have no figure of '{key.fact}' in {key.year}",
                    "Add it, or name a year that all have",
                )
    for each in pathway.scenarios.values() if not faults.faults else ():
        try:
            local.check(pathway, each, each.local)
        except (Refused, FaultsFound) as error:
            message = error.faults[0].message if isinstance(error, FaultsFound) else str(error)
            faults.add("places", f"scenarios/{each.id}.yaml", *halves(message))


def data_of(city: City, model: Model, regime: str = "") -> dict[str, Datum]:
    """Give what the model reads: facts of the whole city, the pack's parameters, and the factors of a regime."""
    facts = [id for id, source in model.graph.inputs.items() if source.kind == "fact"]
    default = for_pack(city.folder, city.id, regime).data if regime else {}
    parameters = {id: placed(datum, city.id) for id, datum in {**default, **city.stated}.items()}
    data: Data = {**bind(city.facts, city.indicators, facts, (city.id,), None), **parameters}
    return {id: datum for id, datum in data.items() if id in model.graph.inputs}


def placed(datum: Datum, place: str) -> Datum:
    """Give a parameter over the city and the years: a lever moves it there, in a year."""
    values, source, dims, labels = datum.values, datum.source, datum.dims, dict(datum.labels)
    if YEAR not in dims:
        values, dims, labels = values[..., None], (*dims, YEAR), {**labels, YEAR: (_EVER,)}
        source = source[..., None] if isinstance(source, np.ndarray) else source
    if PLACE not in dims:
        values, dims, labels = values[None], (PLACE, *dims), {**labels, PLACE: (place,)}
        source = source[None] if isinstance(source, np.ndarray) else source
    between = "hold" if datum.between == "absent" else datum.between
    return replace(datum, values=values, source=source, dims=dims, labels=labels, between=between)


def costed(settings: PathwayFile) -> tuple[str, ...]:
    """Name the variables of cost."""
    costs = settings.costs
    return (costs.annual, costs.investment, *costs.parts.values()) if costs else ()


def variables_named(
    settings: PathwayFile, file: yamlfile.YamlFile, domains: Sequence[ModuleType], faults: Collector
) -> dict[str, Variable] | None:
    """Give every variable of the domains by id; None, with a fault, where a name of the file is none of them."""
    modules = list(domains)
    for at, name in enumerate(settings.domains):
        try:
            modules.append(find(name))
        except NotFound:
            faults.add(
                "unknown-domain",
                file.place("domains", at),
                f"no domain is called '{name}'",
                suggestion(name, known_domains(), f"The domains are {', '.join(known_domains())}"),
            )
    found = {variable.id: variable for variable in variables_of(*modules)}
    named = [
        *((("sectors", at, "variable"), each.variable) for at, each in enumerate(settings.sectors)),
        *((("answers", key), id) for key, id in settings.answers.items()),
        *((("costs",), id) for id in costed(settings)),
        *((("links", at), id) for at, link in enumerate(settings.links) for id in (link.replace, link.by)),
    ]
    sound = True
    for key, id in named:
        if id not in found:
            faults.add(
                "unknown-variable",
                file.place(*key),
                f"no variable is called '{id}'",
                suggestion(id, found, "Name the domain that defines it"),
            )
            sound = False
    return found if sound else None


def uncertainty(city: City, data: Mapping[str, Datum], faults: Collector) -> UncertaintyFile:
    """Read what is uncertain, held against parameters and documents."""
    if not (city.folder / "uncertainty.yaml").is_file():
        return UncertaintyFile()
    file = yamlfile.read(city.folder / "uncertainty.yaml", faults)
    content = yamlfile.parse(UncertaintyFile, file, faults) if file else None
    if file is None or content is None:
        return UncertaintyFile()
    draws.check(content.distributions, content.correlations, file, faults)
    for at, each in enumerate(content.distributions):
        if each.parameter and (each.parameter not in data or data[each.parameter].kind != "parameter"):
            faults.add(
                "unknown-parameter",
                file.place("distributions", at, "parameter"),
                f"'{each.id}': no formula reads the parameter '{each.parameter}'",
                suggestion(each.parameter, data, "Name a parameter of the model"),
            )
        if each.source not in city.documents:
            faults.add(
                "unknown-document",
                file.place("distributions", at, "source"),
                f"the source '{each.source}' is not in documents.yaml",
                "Add the document, or correct the id",
            )
    return content


def complete(pathway: Pathway, file: yamlfile.YamlFile, faults: Collector) -> None:
    """Note every sector that the base leaves without a number in a year to come."""
    for at, sector in enumerate(pathway.settings.sectors):
        missing = absent(pathway.base, sector.variable)
        if missing:
            faults.add(
                "absent",
                file.place("sectors", at, "variable"),
                f"'{sector.variable}' has no value in {missing[0]} and later",
                "Complete the facts or parameters",
            )


def absent(state: State, variable: str) -> tuple[int, ...]:
    """List the years from the first value on in which a variable has none; every year where it never has one."""
    values = np.asarray(state.array(variable))
    gone = np.isnan(values).reshape(-1, values.shape[-1]).any(axis=0)
    gone = np.broadcast_to(gone, (len(state.years),))
    first = int(np.argmin(gone)) if not gone.all() else 0
    return tuple(year for year, missing in zip(state.years[first:], gone[first:], strict=True) if missing)


def halves(message: str) -> tuple[str, str]:
    """Part a message into what is wrong and what to do."""
    said, _, remedy = message.partition(". ")
    return said, remedy or "Correct it"
