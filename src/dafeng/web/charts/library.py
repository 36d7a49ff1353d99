"""The chart library (ECharts) run on the server, and its drawings cleaned for strict pages.

The library knows colours only as values, so each custom property of the style sheet gets a token colour; in the
drawing the tokens become classes. No style attribute, style element, script or literal colour is let through: what the
filter does not know it leaves out.
"""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from importlib.resources import files
from typing import Any
from xml.etree import ElementTree

import quickjs
from markupsafe import Markup, escape

#: Custom properties a chart may name.
COLOURS = (
    "met", "ontrack", "risk", "off", "overdue", "await", "none",
    "ink", "ink-2", "ink-3", "paper", "brand", "line", "line-strong", "c-grid", "q1", "q2", "q3", "q4", "q5",
)  # fmt: skip
_TOKEN = {name: f"#a1b2{number:02x}" for number, name in enumerate(COLOURS)}
_NAME = {token: name for name, token in _TOKEN.items()}
_VAR = re.compile(r"var\(--([a-z0-9-]+)\)")
_RGB = re.compile(r"rgba?\((\d+), ?(\d+), ?(\d+)(?:, ?1)?\)")
_TAGS = frozenset({"g", "path", "rect", "circle", "line", "polyline", "polygon", "ellipse", "text", "tspan"})
_KEPT = frozenset(
    "d x y x1 y1 x2 y2 cx cy r rx ry width height points transform stroke-width stroke-dasharray stroke-linecap "
    "stroke-linejoin text-anchor dominant-baseline opacity fill-opacity".split()
)
_MEMORY, _SECONDS = 256 * 2**20, 10
_PRELUDE = "var self = globalThis, window = globalThis; function setTimeout() { return 0; } function clearTimeout() {}"
_DRAW = """(function (option, width, height) {
  var chart = echarts.init(null, null, { renderer: "svg", ssr: true, width: width, height: height });
  chart.setOption(JSON.parse(option));
  var svg = chart.renderToSVGString();
  chart.dispose();
  return JSON.stringify(svg);
})"""
#: The engine belongs to the thread that made it.
_thread = ThreadPoolExecutor(1, thread_name_prefix="charts")


def _source() -> str | None:
    file = files("dafeng.web") / "static" / "vendor" / "echarts.min.js"
    return file.read_text(encoding="utf-8") if file.is_file() else None


@lru_cache
def available() -> bool:
    """Whether the library was installed with the pages."""
    return (files("dafeng.web") / "static" / "vendor" / "echarts.min.js").is_file()


@lru_cache
def _engine() -> quickjs.Context:
    context = quickjs.Context()
    context.set_memory_limit(_MEMORY)
    context.set_max_stack_size(4 * 2**20)
    context.eval(_PRELUDE)
    context.eval(_source() or "")
    return context


def _run(option: str, width: float, height: float) -> str:
    context = _engine()
    context.set_time_limit(_SECONDS)
    return str(json.loads(context.eval(f"{_DRAW}({json.dumps(option)}, {width}, {height})")))


def draw(
    option: dict[str, Any], width: float, height: float, uid: str, size: str, title: str, description: str
) -> Markup:
    """Draw an option as a clean SVG element; empty where the library is not installed."""
    if not available():
        return Markup("")
    concrete = _VAR.sub(lambda match: _TOKEN[match.group(1)], json.dumps(option, ensure_ascii=False))
    svg = _thread.submit(_run, concrete, width, height).result()
    return Markup(
        '<svg class="chart {size}" viewBox="0 0 {w:g} {h:g}" role="img" aria-labelledby="{uid}{size}-t" '
        'aria-describedby="{uid}{size}-d"><title id="{uid}{size}-t">{title}</title>'
        '<desc id="{uid}{size}-d">{description}</desc>{body}</svg>'
    ).format(size=size, w=width, h=height, uid=uid, title=title, description=description, body=clean(svg))


def clean(svg: str) -> Markup:
    """Rewrite the library's drawing: known elements and attributes only, token colours as classes."""
    root = ElementTree.fromstring(svg)  # noqa: S314  # our own engine wrote it
    return Markup("").join(_element(child) for child in root)


def _element(node: ElementTree.Element) -> Markup:
    tag = node.tag.rpartition("}")[2]
    if tag not in _TAGS:
        return Markup("")
    css = _classes(node, tag)
    if css is None:
        return Markup("")
    attributes = [(name, value) for name, value in node.attrib.items() if name in _KEPT]
    if css:
        attributes.insert(0, ("class", css))
    inside = (
        escape(node.text or "") + Markup("").join(_element(child) for child in node)
        if len(node)
        else escape((node.text or "").strip())
    )
    written = Markup("").join(Markup(' {}="{}"').format(Markup(name), value) for name, value in attributes)
    return Markup("<{0}{1}>{2}</{0}>").format(Markup(tag), written, inside)


def _classes(node: ElementTree.Element, tag: str) -> str | None:
    """Classes that stand for the fill and the stroke; None for a shape that shows nothing."""
    fill, stroke = (_name(node.get(kind, "")) for kind in ("fill", "stroke"))
    if tag in {"g", "tspan"}:
        return ""
    if tag == "text":
        return f"cf-{fill}" if fill else ""
    if fill is None and stroke is None:
        return None
    names = [f"cf-{fill}" if fill else "nofill", *([f"cs-{stroke}"] if stroke else [])]
    return " ".join(names)


def _name(colour: str) -> str | None:
    match = _RGB.fullmatch(colour)
    if match:
        colour = "#" + "".join(f"{int(part):02x}" for part in match.groups())
    return _NAME.get(colour.lower())
