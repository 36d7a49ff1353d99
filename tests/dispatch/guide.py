"""Write docs/guide/dispatch-spec.md from the spec itself: `python -m tests.dispatch.guide`."""

from __future__ import annotations

import ast
from pathlib import Path

from dafeng.dispatch import figure, spec

GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "dispatch-spec.md"
HEAD = """\
# The schema of a power system

Every key that a spec of [the power model](dispatch.md) may have. A key without a default must be stated. *figure* is a
number with unit and source, `3400 CNY/kW @2020 [studies]`, or a mapping (below); *share* a number from 0 to 1 or the
name of a profile; *name* lower-case letters, digits, `.`, `_`, `-`. A key that is not listed is a fault.
[two-technologies.yaml](../examples/two-technologies.yaml) is the smallest useful spec.
"""
#: Parts in the order of the guide, with the key of the spec they stand under.
PARTS = {
    "Spec": "The spec",
    "Source": "`sources`",
    "Carrier": "`carriers`",
    "Profile": "`profiles`",
    "Demand": "`demands`",
    "Investment": "Whatever has a capacity: technologies, storages, lines, responses",
    "Technology": "`technologies`, besides",
    "Storage": "`storages`, besides",
    "Line": "`lines`, besides",
    "Response": "`responses`, besides",
    "Flexible": "`flexible`",
    "Reserve": "`reserves`",
    "Budget": "`budgets`",
    "Figure": "A figure as a mapping",
    "Entry": "Every part, besides",
}
WORDS = {
    "Figure | None": "figure", "Figure": "figure", "Name": "name", "str": "text", "bool": "true, false",
    "float | None": "number", "int | None": "year", "float": "number", "int": "number", "Share": "share",
    "Label": "label", "Label | None": "label", "Values": "number, or numbers by year", "Kind": "kind",
    "dict[str, Figure]": "figures by name", "dict[int, float]": "numbers by year", "tuple[int, ...]": "list of years",
    "tuple[Name, ...]": "list of names", "tuple[str, ...]": "list of names",
}  # fmt: skip


def guide() -> str:
    """Write the guide."""
    classes: dict[str, ast.ClassDef] = {}
    for module in (spec, figure):
        tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
        classes |= {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
    parts = [HEAD]
    for name, heading in PARTS.items():
        rows = "\n".join(_rows(classes[name]))
        about = (ast.get_docstring(classes[name]) or "").split("\n")[0]
        parts.append(f"## {heading}\n\n{about}\n\n| key | is | default | meaning |\n|---|---|---|---|\n{rows}\n")
    return "\n".join(parts)


def _rows(node: ast.ClassDef) -> list[str]:
    rows = []
    for here, after in zip(node.body, [*node.body[1:], None], strict=True):
        if not isinstance(here, ast.AnnAssign) or not isinstance(here.target, ast.Name):
            continue
        said = after.value if isinstance(after, ast.Expr) else None
        assert isinstance(said, ast.Constant), f"{node.name}.{here.target.id} has no docstring"
        kind = ast.unparse(here.annotation)
        kind = WORDS.get(kind, kind.replace("dict[Name, ", "by name: ").replace("]", "").replace("tuple[", "list of "))
        kind = kind.replace("Literal[", "").replace(", ...", "").replace("'", "").replace("|", "or")
        rows.append(f"| `{here.target.id}` | {kind} | {_default(here.value)} | {' '.join(str(said.value).split())} |")
    return rows


def _default(value: ast.expr | None) -> str:
    if value is None:
        return ""
    if isinstance(value, ast.Call):
        given = {keyword.arg: keyword.value for keyword in value.keywords}
        if "default" not in given:
            return ""
        value = given["default"]
    text = ast.unparse(value).strip("'")
    return "none" if text in ("None", "", "{}", "()") else f"`{text.lower() if text in ('True', 'False') else text}`"


if __name__ == "__main__":
    GUIDE.write_text(guide(), encoding="utf-8")
