"""Results as records: the one shape in which the command line and the API hand them to programs.

A record is declared once; `Record.of(result)` fills it, `as_json()` gives plain data, and the API's description is
made from the same declaration. A number that is absent is null. Ids stand for actions, tasks, units and documents.
"""

from __future__ import annotations

from dafeng.report.records.assessment import (
    AssessmentRecord,
    ChangeRecord,
    CountRecord,
    EvidenceRecord,
    GoalRecord,
    NoteRecord,
    OutlookList,
    OutlookRecord,
    ProjectionRecord,
    TallyRecord,
    TargetDetail,
    TargetLineage,
    TargetRecord,
    TotalsRecord,
    YearBand,
    YearValue,
)
from dafeng.report.records.base import Number, Record
from dafeng.report.records.city import (
    CityRecord,
    HealthRecord,
    HoldingsRecord,
    MethodsRecord,
    PlaceRecord,
    ProjectionMethod,
    RuleRecord,
    ThresholdRecord,
    TileRecord,
)
from dafeng.report.records.facts import (
    BreakRecord,
    DocumentDetail,
    DocumentRecord,
    FactRecord,
    IndicatorDetail,
    IndicatorRecord,
    IndicatorSummary,
)
from dafeng.report.records.lineage import LineageRecord
from dafeng.report.records.plan import (
    ActionRecord,
    ChapterRecord,
    PlanGoalRecord,
    PlanRecord,
    PlanSummary,
    PlanTargetRecord,
    TaskRecord,
    UnitDetail,
    UnitRecord,
)

__all__ = [
    "ActionRecord",
    "AssessmentRecord",
    "BreakRecord",
    "ChangeRecord",
    "ChapterRecord",
    "CityRecord",
    "CountRecord",
    "DocumentDetail",
    "DocumentRecord",
    "EvidenceRecord",
    "FactRecord",
    "GoalRecord",
    "HealthRecord",
    "HoldingsRecord",
    "IndicatorDetail",
    "IndicatorRecord",
    "IndicatorSummary",
    "LineageRecord",
    "MethodsRecord",
    "NoteRecord",
    "Number",
    "OutlookList",
    "OutlookRecord",
    "PlaceRecord",
    "PlanGoalRecord",
    "PlanRecord",
    "PlanSummary",
    "PlanTargetRecord",
    "ProjectionMethod",
    "ProjectionRecord",
    "Record",
    "RuleRecord",
    "TallyRecord",
    "TargetDetail",
    "TargetLineage",
    "TargetRecord",
    "TaskRecord",
    "ThresholdRecord",
    "TileRecord",
    "TotalsRecord",
    "UnitDetail",
    "UnitRecord",
    "YearBand",
    "YearValue",
]
