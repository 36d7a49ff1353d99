"""Compare: two versions of a plan beside each other, and the plans of districts against that of their city."""

from dafeng.compare.consistency import Consistency, Coverage, DistrictPlan, Finding, consistency
from dafeng.compare.differences import Comparison, Difference, compare
from dafeng.compare.source import Given, read

__all__ = [
    "Comparison",
    "Consistency",
    "Coverage",
    "Difference",
    "DistrictPlan",
    "Finding",
    "Given",
    "compare",
    "consistency",
    "read",
]
