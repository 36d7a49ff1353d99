"""`dafeng factors`: which factor, and why; what there is; where it comes from."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from dafeng.cli import context
from dafeng.cli.exits import ExitCode
from dafeng.cli.options import Json
from dafeng.cli.output import Column, Output, as_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dafeng.factors import Choice, Factor, Factors, NoFactor
    from dafeng.lineage import Node

factors = typer.Typer(help="Emission factors: choose, search, explain.", no_args_is_help=True, rich_markup_mode=None)
Words = Annotated[list[str] | None, typer.Argument(metavar="[TEXT]", help="Words; all must be found.")]


@factors.command()
def get(
    ctx: typer.Context,
    what: Annotated[
        str, typer.Argument(metavar="FUEL", help="Fuel, energy, activity or gas: an id, a Chinese or English name.")
    ],
    regime: Annotated[
        str | None,
        typer.Option(metavar="ID", help="For whom the figure is made; 'dafeng factors sets' lists the regimes."),
    ] = None,
    year: Annotated[int | None, typer.Option(help="Year the figure is for.")] = None,
    region: Annotated[str | None, typer.Option(metavar="ID", help="Region; that of the city by default.")] = None,
    sector: Annotated[str | None, typer.Option(metavar="NAME", help="Sector, where factors differ by sector.")] = None,
    parameter: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Kind of factor, such as ncv, co2_factor or tce; the usual one by default."),
    ] = None,
    set: Annotated[str | None, typer.Option("--set", metavar="ID", help="Read this set alone.")] = None,
    unconfirmed: Annotated[
        bool, typer.Option("--unconfirmed", help="Also figures that could not be confirmed.")
    ] = False,
    ranges: Annotated[bool, typer.Option("--ranges", help="Also ranges without a single value.")] = False,
    json: Json = False,
) -> int:
    """Choose the factor of a fuel or activity for a regime and a year. What no factor fits is refused: exit code 1."""
    from dafeng.factors import NoFactor
    from dafeng.report.records.factors import ChoiceRecord

    asked = context.of(ctx)
    store, home = _store(asked)
    try:
        choice = store.get(
            what,
            parameter,
            regime=regime,
            year=year,
            region=region or home,
            sector=sector,
            set=set,
            unconfirmed=unconfirmed,
            ranges=ranges,
        )
    except NoFactor as error:
        _refused(asked.output, store, error, json)
        return ExitCode.FAULTS
    if json:
        asked.output.json(ChoiceRecord.build(store, choice).as_json())
    else:
        _print(asked.output, store, choice)
    return ExitCode.FINE


@factors.command()
def search(ctx: typer.Context, text: Words = None, json: Json = False) -> None:
    """Search factors by words in id, name, set or document."""
    from dafeng.report.records.factors import FactorRecord

    asked = context.of(ctx)
    store, _ = _store(asked)
    found = store.search(" ".join(text or ()))
    if json:
        asked.output.json({"items": [FactorRecord.build(store, factor).as_json() for factor in found]})
    elif found:
        _table(asked.output, store, found)
    else:
        asked.output.line(asked.output.say("No factor holds these words."))


@factors.command()
def explain(
    ctx: typer.Context,
    id: Annotated[str, typer.Argument(metavar="ID", help="Id of a factor; 'dafeng factors search' lists them.")],
    json: Json = False,
) -> None:
    """Show where a factor comes from: steps, document, checks."""
    from dafeng.cli.commands.target import node_text
    from dafeng.facts.observation import words
    from dafeng.report.records import LineageRecord
    from dafeng.report.records.factors import FactorDetail

    asked = context.of(ctx)
    out = asked.output
    store, _ = _store(asked)
    tree = store.explain(id)
    if json:
        detail = FactorDetail.detail(store, store.factor(id))
        out.json({**detail.as_json(), "lineage": LineageRecord.of(tree).as_json()})
        return

    def text(node: Node) -> str:
        return node_text(out, replace(node, note=words(node.note, out.language)))

    out.tree(tree, text, lambda node: node.children)


@factors.command()
def sets(ctx: typer.Context, json: Json = False) -> None:
    """List the sets and the regimes that read them."""
    from dafeng.report.records.factors import FactorSetRecord, RegimeRecord

    asked = context.of(ctx)
    out = asked.output
    store, _ = _store(asked)
    regimes, listed = RegimeRecord.all(store), FactorSetRecord.all(store)
    if json:
        out.json({"regimes": [one.as_json() for one in regimes], "sets": [one.as_json() for one in listed]})
        return
    basis = {"published": "published rule", "reading": "our reading"}
    columns = (Column("regime"), Column("name"), Column("basis"), Column("reads", fold=True), Column("why", fold=True))
    out.table(
        columns,
        [
            [
                one.id,
                out.label(one.label),
                out.say(basis[one.basis]),
                "; ".join(f"{group}: {' > '.join(names)}" for group, names in one.reads.items()) or out.say("none"),
                out.label(one.note),
            ]
            for one in regimes
        ],
    )
    about = (
        Column("set"),
        Column("name", fold=True),
        Column("edition"),
        Column("years"),
        Column("factors", right=True),
        Column("unconfirmed", right=True),
        Column("not found", right=True),
    )
    out.table(
        about,
        [
            [
                one.id,
                out.label(one.label),
                one.edition,
                out.say(one.years),
                str(one.factors),
                str(one.unconfirmed or ""),
                str(one.not_found or ""),
            ]
            for one in listed
        ],
    )


@factors.command()
def benchmarks(ctx: typer.Context, text: Words = None, json: Json = False) -> None:
    """Search efficiency benchmarks by words in standard, product or grade."""
    from dafeng.report.records.factors import BenchmarkRecord

    asked = context.of(ctx)
    out = asked.output
    store, _ = _store(asked)
    held = store.library
    found = store.find_benchmarks(" ".join(text or ()))
    if json:
        out.json({"items": [BenchmarkRecord.build(store, one).as_json() for one in found]})
        return
    if not found:
        out.line(out.say("No benchmark holds these words."))
        return
    columns = (
        Column("standard"),
        Column("product", fold=True),
        Column("class", fold=True),
        Column("grade"),
        Column("measure"),
        Column("level", right=True),
        Column("from"),
        Column("confidence"),
    )
    out.table(
        columns,
        [
            [
                one.standard,
                out.label(one.object),
                out.label(one.kind),
                out.label(held.grades[one.grade].label) if one.grade else "",
                out.label(held.measures[one.measure].label) if one.measure else "",
                one.figure() if one.value is not None else out.say("not found"),
                one.valid_from,
                _confidence(out, one.confidence),
            ]
            for one in found
        ],
    )


def _store(asked: context.Context) -> tuple[Factors, str | None]:
    from dafeng.city.load import find_pack
    from dafeng.report.factors import of_pack

    return of_pack(find_pack(asked.settings().city))


def _confidence(out: Output, word: str) -> str:
    from dafeng.report.wording import CONFIDENCE

    return CONFIDENCE[word][out.language] if word in CONFIDENCE else out.say(word)


def _figure(out: Output, factor: Factor) -> str:
    return factor.figure() if factor.found else out.say("not found")


def _print(out: Output, store: Factors, choice: Choice) -> None:
    from dafeng.facts.observation import words

    factor = choice.factor
    held = store.library
    subject, document = held.subjects[factor.what], store.documents.get(factor.document)
    name = held.parameters[factor.parameter].label
    out.line(f"{subject.label[out.language]}  {name[out.language]}  {_figure(out, factor)}", "bold")
    title = (document.title if out.language == "zh" else document.title_en or document.title) if document else ""
    out.fields(
        [
            ("factor", factor.id),
            ("stated", factor.stated),
            ("why", choice.why[out.language]),
            ("set", held.sets[factor.set].label[out.language]),
            ("source", f"{title} {factor.locator}".strip()),
            ("published", factor.published or (document.date if document else "")),
            ("confidence", _confidence(out, factor.confidence)),
            ("note", words(factor.note, out.language)),
        ]
    )
    if choice.others:
        out.line(out.say("others that would fit"))
        _table(out, store, choice.others)
    if choice.passed:
        out.line(out.say("passed over"))
        _table(out, store, [passed.factor for passed in choice.passed])


def _table(out: Output, store: Factors, found: Iterable[Factor]) -> None:
    columns = (
        Column("fuel or activity"),
        Column("parameter"),
        Column("value", right=True),
        Column("sector"),
        Column("years"),
        Column("confidence"),
        Column("id"),
    )
    held = store.library
    out.table(
        columns,
        [
            [
                held.subjects[factor.what].label[out.language],
                held.parameters[factor.parameter].label[out.language],
                _figure(out, factor),
                out.label(held.sectors[factor.sector].label) if factor.sector else "",
                str(factor.years),
                out.say("superseded") if factor.id in store.superseded else _confidence(out, factor.confidence),
                factor.id,
            ]
            for factor in found
        ],
    )


def _refused(out: Output, store: Factors, error: NoFactor, json: bool) -> None:
    from dafeng.factors.asked import differs
    from dafeng.report.factors import refusal

    if json:
        sys.stderr.write(as_json({"error": refusal(store, error)}) + "\n")
        return
    sys.stderr.write(f"dafeng: {error.brief}\n")
    for one in error.candidates:
        sys.stderr.write(f"  {one.factor.id} = {_figure(out, one.factor)} ({differs(one)})\n")
