"""Import of facts from CSV and XLSX files: checked whole, taken whole or not at all, undone by batch."""

from dafeng.facts.importer.batches import batches, undo
from dafeng.facts.importer.load import Options, run
from dafeng.facts.importer.report import Progress, Report

__all__ = ["Options", "Progress", "Report", "batches", "run", "undo"]
