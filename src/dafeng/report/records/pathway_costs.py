"""Records of what a pathway costs, and of the cheapest way down."""

from __future__ import annotations

from typing import Self

from dafeng.labels import Label
from dafeng.pathway.abatement import Curve
from dafeng.pathway.cost import Cost, sources_of
from dafeng.pathway.pathway import Pathway
from dafeng.report.records.base import Number, Record
from dafeng.report.records.pathways import UNIT, Amounts


class CostSectorRecord(Record):
    """Parts of the cost that belong together, the documents of their prices, and what is not in them."""

    id: str
    label: Label
    parts: list[str]
    sources: list[str]
    missing: Label | None


class CostRecord(Record):
    """Cost of a scenario against another, in the money of `price_year`; lists follow `years`, null before `since`."""

    scenario: str
    against: str
    boundary: str
    currency: str
    price_year: int
    since: int
    discount: Number
    years: list[int]
    annual: list[Number]
    annual_against: list[Number]
    parts: dict[str, list[Number]]
    investment: list[Number]
    co2: list[Number]
    per_tonne: Number
    sectors: list[CostSectorRecord]
    lacking: Label | None

    @classmethod
    def build(cls, pathway: Pathway, of: Cost) -> Self:
        """Make the record of a cost."""
        costs = pathway.settings.costs
        return cls(
            scenario=of.scenario,
            against=of.against,
            boundary=of.boundary,
            currency=of.currency,
            price_year=of.price_year,
            since=of.since,
            discount=of.discount,
            years=list(of.years),
            annual=of.annual.tolist(),
            annual_against=of.annual_against.tolist(),
            parts={id: values.tolist() for id, values in of.parts.items()},
            investment=of.investment.tolist(),
            co2=of.co2.tolist(),
            per_tonne=of.per_tonne,
            sectors=[
                CostSectorRecord(
                    id=each.id,
                    label=each.label,
                    parts=list(each.parts),
                    sources=list(dict.fromkeys(id for part in each.parts for id in sources_of(pathway, part))),
                    missing=each.missing,
                )
                for each in (costs.sectors if costs else ())
            ],
            lacking=costs.lacking if costs else None,
        )


class CurveStepRecord(Record):
    """One point of the curve; `marginal` is the cost of a tonne since the point before."""

    co2: Number
    avoided: Number
    cost: Number
    marginal: Number
    settings: Amounts


class AloneRecord(Record):
    """One lever by itself, moved to `setting`: CO2 avoided in the year, yearly cost, cost of each tonne."""

    lever: str
    setting: Number
    avoided: Number
    cost: Number
    per_tonne: Number


class CurveRecord(Record):
    """The cheapest way down in one year, and each lever alone.

    `idle` are levers with a cost that lower no CO2 in the year, `left_out` those without a cost, `reasons` why not.
    """

    scenario: str
    boundary: str
    year: int
    currency: str
    price_year: int
    unit: str
    co2: Number
    cost: Number
    steps: list[CurveStepRecord]
    alone: list[AloneRecord]
    idle: list[str]
    left_out: list[str]
    reasons: dict[str, Label]
    lacking: Label | None

    @classmethod
    def build(cls, pathway: Pathway, of: Curve) -> Self:
        """Make the record of a curve."""
        costs = pathway.settings.costs
        return cls(
            scenario=of.scenario,
            boundary=of.boundary,
            year=of.year,
            currency=of.currency,
            price_year=of.price_year,
            unit=UNIT,
            co2=of.co2,
            cost=of.cost,
            steps=[CurveStepRecord.of(each) for each in of.steps],
            alone=[AloneRecord.of(each) for each in of.alone],
            idle=list(of.idle),
            left_out=list(of.left_out),
            reasons={id: why for id in of.left_out if costs and (why := costs.reason(id)) is not None},
            lacking=costs.lacking if costs else None,
        )
