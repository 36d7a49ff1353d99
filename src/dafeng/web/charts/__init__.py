"""Charts drawn on the server as SVG, coloured by class, once for each width they are shown at."""

from __future__ import annotations

from markupsafe import Markup

from dafeng.web.charts.figure import Column, Drawing, Figure, draw
from dafeng.web.charts.plot import SIZES, Plot

__all__ = ["SIZES", "Column", "Drawing", "Figure", "Markup", "Plot", "draw"]
