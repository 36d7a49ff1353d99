"""The kernel: variables joined by formulas, checked once, run over arrays, changed and explained.

It knows no domain. See docs/convention.md for the rules every formula and every datum follows.
"""

from dafeng.kernel.changes import Change
from dafeng.kernel.data import Data, Datum, Source
from dafeng.kernel.model import Model
from dafeng.kernel.seams import Seam
from dafeng.kernel.state import Difference, State
from dafeng.kernel.substitute import substitute
from dafeng.kernel.variable import Variable, fact, param, stock, variable, variables_of
from dafeng.kernel.words import Array, greatest, least, share, shift, total, where

__all__ = [
    "Array",
    "Change",
    "Data",
    "Datum",
    "Difference",
    "Model",
    "Seam",
    "Source",
    "State",
    "Variable",
    "fact",
    "greatest",
    "least",
    "param",
    "share",
    "shift",
    "stock",
    "substitute",
    "total",
    "variable",
    "variables_of",
    "where",
]
