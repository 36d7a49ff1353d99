"""Two plans beside each other, and district plans against that of their city, as records."""

from __future__ import annotations

from dafeng.compare import Comparison, Consistency, Finding
from dafeng.plan.schema import Target
from dafeng.report.records.base import Number, Record
from dafeng.report.records.plan import PlanSummary, PlanTargetRecord


class DifferenceRecord(Record):
    """One target in two plans; `old` or `new` is null where it stands in one plan only. `kinds` say how it differs."""

    indicator: str
    kinds: list[str]
    old: PlanTargetRecord | None
    new: PlanTargetRecord | None


class ComparisonRecord(Record):
    """What sets two plans apart.

    `same` are the targets that stand unchanged in the newer plan; `kept` those of the older one that a newer plan,
    which amends it, leaves in force.
    """

    old: PlanSummary
    new: PlanSummary
    counts: dict[str, int]
    differences: list[DifferenceRecord]
    same: list[str]
    kept: list[str]

    @classmethod
    def build(cls, comparison: Comparison) -> ComparisonRecord:
        """Make the record of a comparison."""
        return cls(
            old=PlanSummary.of(comparison.old),
            new=PlanSummary.of(comparison.new),
            counts=comparison.counts,
            differences=[
                DifferenceRecord(
                    indicator=item.indicator, kinds=list(item.kinds), old=_target(item.old), new=_target(item.new)
                )
                for item in comparison.differences
            ],
            same=[item.id for item in comparison.same],
            kept=[item.id for item in comparison.kept],
        )


class PartRecord(Record):
    """The clause of one district."""

    place: str
    target: PlanTargetRecord


class FindingRecord(Record):
    """One thing in which district plans do not carry the city's, with the clauses of both.

    `total` is the sum of `parts` in the unit of the city's target.
    """

    check: str
    code: str
    place: str
    city: PlanTargetRecord
    district: PlanTargetRecord | None
    parts: list[PartRecord]
    total: Number

    @classmethod
    def build(cls, finding: Finding) -> FindingRecord:
        """Make the record of a finding."""
        return cls(
            check=finding.check,
            code=finding.code,
            place=finding.place,
            city=PlanTargetRecord.of(finding.city),
            district=_target(finding.district),
            parts=[PartRecord(place=place, target=PlanTargetRecord.of(item)) for place, item in finding.parts],
            total=finding.total,
        )


class CoverageRecord(Record):
    """One target of the city: the districts that take it up, those that do not, and those that it obliges.

    `total` is what the amounts of districts for the same year come to, in the unit of the city; null where amounts do
    not add up.
    """

    target: str
    indicator: str
    covered: list[str]
    missing: list[str]
    asked: list[str]
    total: Number


class DistrictRecord(Record):
    """One district and its plan."""

    place: str
    plan: PlanSummary


class ConsistencyRecord(Record):
    """District plans held against that of their city; `own` are targets of districts that the city does not have."""

    city: PlanSummary
    districts: list[DistrictRecord]
    counts: dict[str, int]
    findings: list[FindingRecord]
    coverage: list[CoverageRecord]
    own: list[PartRecord]

    @classmethod
    def build(cls, result: Consistency) -> ConsistencyRecord:
        """Make the record of what was found."""
        return cls(
            city=PlanSummary.of(result.city),
            districts=[DistrictRecord(place=d.place, plan=PlanSummary.of(d.plan)) for d in result.districts],
            counts=result.counts,
            findings=[FindingRecord.build(item) for item in result.findings],
            coverage=[
                CoverageRecord(
                    target=item.target.id,
                    indicator=item.target.indicator,
                    covered=list(item.covered),
                    missing=list(item.missing),
                    asked=list(item.asked),
                    total=item.total,
                )
                for item in result.coverage
            ],
            own=[PartRecord(place=place, target=PlanTargetRecord.of(item)) for place, item in result.own],
        )


def _target(target: Target | None) -> PlanTargetRecord | None:
    return None if target is None else PlanTargetRecord.of(target)
