"""Import of units and activity from CSV and XLSX files: checked whole, taken whole or not at all, undone by batch."""

from dafeng.accounts.enterprise.importer.load import Options, run
from dafeng.accounts.enterprise.importer.names import Names
from dafeng.accounts.enterprise.importer.unit_table import read_units

__all__ = ["Names", "Options", "read_units", "run"]
