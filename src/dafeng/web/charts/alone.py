"""A drawing as a file of its own: classes become attributes, in the colours of the light theme, on white."""

from __future__ import annotations

import re

from markupsafe import Markup

from dafeng.web.charts.plot import Plot

#: Tokens of the style sheet that drawings use, in the light theme.
_INK, _INK_2, _PAPER, _LINE, _BRAND, _PATH, _PROJ = (
    "#14201d", "#45524e", "#ffffff", "#d3dbd8", "#0d5c54", "#7d8a86", "#1c5c9c"
)  # fmt: skip
_FILLS = {
    "cf-s-power": "#3895d0", "cf-f-import": "#899096", "cf-s-steel": "#7b2219", "cf-s-petro": "#b8883d",
    "cf-s-industry": "#6e6c43", "cf-s-transport": "#004b40", "cf-s-building": "#ac6ba4", "cf-s-other": "#473c63",
    "cf-s-sink": "#6b966e", "band": "#e9f1f7", "band2": "#d9e9f4",
}  # fmt: skip
_LOOKS: dict[str, dict[str, str]] = {
    **{name: {"fill": colour} for name, colour in _FILLS.items()},
    "area": {"stroke": _PAPER, "stroke-width": ".6"},
    "grid": {"stroke": _LINE, "stroke-width": "1"},
    "axis": {"stroke": _PATH, "stroke-width": "1"},
    "lead-l": {"stroke": _PATH, "fill": "none"},
    "veil": {"fill": _PAPER, "fill-opacity": ".38"},
    "evidence": {"stroke": _INK, "stroke-width": "1.2"},
    "deadline": {"stroke": _BRAND, "stroke-width": "1.5"},
    "pinned": {"fill": "none", "stroke": _INK, "stroke-width": "2", "stroke-dasharray": "1.5 4"},
    "net": {"fill": "none", "stroke": _INK, "stroke-width": "2"},
    "proj": {"fill": "none", "stroke": _PROJ, "stroke-width": "2", "stroke-dasharray": "7 4"},
    "pt": {"fill": _INK, "stroke": _PAPER, "stroke-width": "2"},
    "end": {"text-anchor": "end"},
    "mid": {"text-anchor": "middle"},
    "s": {"font-size": "12", "fill": _INK_2},
    "b": {"font-weight": "700"},
    "halo": {"paint-order": "stroke", "stroke": _PAPER, "stroke-width": "4"},
    "deadline-t": {"fill": _BRAND},
    "projt": {"fill": _PROJ, "font-weight": "700"},
}  # fmt: skip
_CLASS = re.compile(r'<(\w+) class="([^"]*)"')


def alone(plot: Plot, title: str, description: str) -> str:
    """Write a drawing so that it needs no style sheet."""
    drawn = str(plot.svg("alone", plot_size(plot), title, description))
    body = _CLASS.sub(_attributes, drawn)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{plot.width:g}" height="{plot.height:g}" '
        'font-family="sans-serif" font-size="13" '
    )
    ground = str(Markup('<rect width="100%" height="100%" fill="{}"/>').format(_PAPER))
    start = body.index(">") + 1
    return head + body[len("<svg ") : start] + ground + body[start:]


def plot_size(plot: Plot) -> str:
    """Name the size of a drawing."""
    return "n" if plot.narrow else "x"


def _attributes(found: re.Match[str]) -> str:
    tag, names = found[1], found[2].split()
    looks: dict[str, str] = {"fill": _INK} if tag == "text" else {}
    for name in names:
        looks.update(_LOOKS.get(name, {}))
    said = "".join(f' {name}="{value}"' for name, value in looks.items())
    return f"<{tag}{said}" if tag != "svg" else "<svg "
