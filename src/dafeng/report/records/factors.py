"""Emission factors, sets, regimes, checks and benchmarks as records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dafeng.labels import Label
from dafeng.report.records.base import Number, Record
from dafeng.report.records.facts import DocumentRecord

if TYPE_CHECKING:
    from dafeng.factors import Benchmark, Choice, Factor, Factors, Passed, Verification


class FactorRecord(Record):
    """One factor. A range has `low` and `high`; `value` is null there and where no figure was found.

    `stated` is what the source prints where the value is given in another unit or computed at full precision.
    """

    id: str
    set: str
    what: str
    label: Label
    parameter: str
    parameter_label: Label
    value: Number
    low: Number
    high: Number
    unit: str
    stated: str
    sector: str
    region: str
    years: str
    source: str
    title: str
    locator: str
    published: str
    confidence: str
    found: bool
    supersedes: str
    superseded: bool
    derived_from: list[str]
    note: str

    @classmethod
    def build(cls, factors: Factors, factor: Factor) -> FactorRecord:
        """Make the record of one factor of a store."""
        held = factors.library
        document = held.documents.get(factor.document)
        taken = ("label", "parameter_label", "years", "source", "title", "superseded", "derived_from")
        return cls(
            **{name: getattr(factor, name) for name in cls.model_fields if name not in taken},
            label=held.subjects[factor.what].label,
            parameter_label=held.parameters[factor.parameter].label,
            years=str(factor.years),
            source=factor.document,
            title=document.title if document else "",
            superseded=factor.id in factors.superseded,
            derived_from=list(factor.derived_from),
        )


class PassedRecord(Record):
    """A factor that was not given out, and what speaks against it."""

    factor: FactorRecord
    reasons: list[str]

    @classmethod
    def build(cls, factors: Factors, passed: Passed) -> PassedRecord:
        """Make the record of a factor that was passed over, or is offered by a refusal."""
        return cls(factor=FactorRecord.build(factors, passed.factor), reasons=list(passed.reasons))


class VerificationRecord(Record):
    """One check of a figure: what it was, what was found, where, and the verdict."""

    factors: list[str]
    about: str
    old: str
    checked: str
    unit: str
    verdict: str
    source: str
    locator: str
    date: str
    confidence: str
    note: str

    @classmethod
    def build(cls, check: Verification) -> VerificationRecord:
        """Make the record of one check."""
        names = (name for name in cls.model_fields if name not in ("factors", "source"))
        return cls(**{name: getattr(check, name) for name in names}, factors=list(check.factors), source=check.document)


class AskedRecord(Record):
    """A request with its names resolved to ids; "" where nothing was named."""

    what: str
    parameter: str
    regime: str
    set: str
    year: int | None
    region: str
    sector: str
    unconfirmed: bool
    ranges: bool


class ChoiceRecord(Record):
    """The factor chosen for a request, why, what else would fit, and what was passed over."""

    asked: AskedRecord
    value: Number
    low: Number
    high: Number
    unit: str
    source: str
    confidence: str
    why: Label
    factor: FactorRecord
    document: DocumentRecord | None
    checks: list[VerificationRecord]
    others: list[FactorRecord]
    passed: list[PassedRecord]

    @classmethod
    def build(cls, factors: Factors, choice: Choice) -> ChoiceRecord:
        """Make the record of a choice, with the checks of the factor and of the steps it is computed from."""
        factor = choice.factor
        document = factors.documents.get(factor.document)
        checks = [check for id in (factor.id, *factor.derived_from) for check in factors.checks(id)]
        return cls(
            asked=AskedRecord.of(choice.asked),
            value=factor.value,
            low=factor.low,
            high=factor.high,
            unit=factor.unit,
            source=factor.document,
            confidence=factor.confidence,
            why=choice.why,
            factor=FactorRecord.build(factors, factor),
            document=DocumentRecord.of(document) if document else None,
            checks=[VerificationRecord.build(check) for check in checks],
            others=[FactorRecord.build(factors, other) for other in choice.others],
            passed=[PassedRecord.build(factors, passed) for passed in choice.passed],
        )


class FactorDetail(FactorRecord):
    """A factor with its document, its checks and the factors it is computed from."""

    document: DocumentRecord | None
    checks: list[VerificationRecord]
    steps: list[FactorRecord]

    @classmethod
    def detail(cls, factors: Factors, factor: Factor) -> FactorDetail:
        """Make the record of one factor with everything about it."""
        document = factors.documents.get(factor.document)
        return cls(
            **FactorRecord.build(factors, factor).model_dump(),
            document=DocumentRecord.of(document) if document else None,
            checks=[VerificationRecord.build(check) for check in factors.checks(factor.id)],
            steps=[FactorRecord.build(factors, factors.factor(id)) for id in factor.derived_from],
        )


class FactorSetRecord(Record):
    """A set of factors that one author published together, and how many it has."""

    id: str
    label: Label
    family: str
    edition: str
    years: str
    source: str
    note: Label | None
    factors: int
    unconfirmed: int
    not_found: int

    @classmethod
    def all(cls, factors: Factors) -> list[FactorSetRecord]:
        """Make the records of every set, in the order of the files."""
        found = list(factors.all.values())
        return [
            cls(
                id=part.id,
                label=part.label,
                family=part.family,
                edition=part.edition,
                years=part.years,
                source=part.document,
                note=part.note,
                factors=sum(factor.set == part.id for factor in found),
                unconfirmed=sum(factor.set == part.id and factor.found and not factor.confirmed for factor in found),
                not_found=sum(factor.set == part.id and not factor.found for factor in found),
            )
            for part in factors.library.sets.values()
        ]


class RegimeRecord(Record):
    """For whom a figure is made: the sets it reads, by group, in order; `basis` tells what the choice rests on."""

    id: str
    label: Label
    basis: str
    source: str
    gwp: str
    reads: dict[str, list[str]]
    note: Label

    @classmethod
    def all(cls, factors: Factors) -> list[RegimeRecord]:
        """Make the records of every regime, in the order of the files."""
        return [
            cls(
                id=regime.id,
                label=regime.label,
                basis=regime.basis,
                source=regime.document,
                gwp=regime.gwp,
                reads={group: list(sets) for group, sets in regime.reads.items()},
                note=regime.note,
            )
            for regime in factors.library.regimes.values()
        ]


class BenchmarkRecord(Record):
    """One level of one efficiency standard; `value` is null where it was looked for and not found."""

    standard: str
    object: Label
    kind: Label | None
    grade: str
    grade_label: Label | None
    comparator: str
    value: Number
    unit: str
    measure: str
    measure_label: Label | None
    valid_from: str
    source: str
    confidence: str
    note: str

    @classmethod
    def build(cls, factors: Factors, benchmark: Benchmark) -> BenchmarkRecord:
        """Make the record of one level."""
        grade = factors.library.grades.get(benchmark.grade)
        measure = factors.library.measures.get(benchmark.measure)
        taken = ("source", "grade_label", "measure_label")
        return cls(
            **{name: getattr(benchmark, name) for name in cls.model_fields if name not in taken},
            source=benchmark.document,
            grade_label=grade.label if grade else None,
            measure_label=measure.label if measure else None,
        )
