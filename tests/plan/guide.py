"""The field tables of docs/guide/city-pack.md, made from the models: `python -m tests.plan.guide` writes them."""

from __future__ import annotations

import re
import sys
from importlib import import_module
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "city-pack.md"
BLOCK = re.compile(r"(<!-- fields: (?P<module>[\w.]+) (?P<model>\w+) -->\n).*?(<!-- end -->)", re.S)
WORDS = {str: "text", int: "whole number", float: "number", bool: "true or false"}


def kind(annotation: Any) -> str:
    """Say what a field takes, in plain words."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in {Union, UnionType}:
        return " or ".join(kind(argument) for argument in arguments if argument is not NoneType)
    if origin is Literal:
        return ", ".join(f"`{argument}`" for argument in arguments)
    if origin is tuple and arguments[-1] is ...:
        return f"list of {kind(arguments[0])}"
    if origin is tuple:
        return f"[{', '.join(kind(argument) for argument in arguments)}]"
    if origin is not None and arguments:
        return kind(arguments[0])
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return "{zh, en}" if annotation.__name__ == "Label" else annotation.__name__
    return WORDS.get(annotation, str(annotation))


def default(field: FieldInfo) -> str:
    """Say what holds where a field is left out."""
    if field.is_required():
        return "**required**"
    if field.default in (None, "", ()):
        return ""
    return f"`{str(field.default).lower()}`"


def table(model: type[BaseModel]) -> str:
    """Write the fields of a model as a table; the last column is left out where no field is described."""
    fields = model.model_fields
    described = any(field.description for field in fields.values())
    head = ["field", "takes", "left out", *(["meaning"] if described else [])]
    rows = [head, ["---"] * len(head)]
    for name, field in fields.items():
        meaning = " ".join((field.description or "").split())
        rows.append([f"`{name}`", kind(field.annotation), default(field), *([meaning] if described else [])])
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in rows) + "\n"


def written(text: str) -> str:
    """Give the guide with every table made anew."""

    def fill(match: re.Match[str]) -> str:
        model = getattr(import_module(match["module"]), match["model"])
        return f"{match[1]}\n{table(model)}\n{match[4]}"

    return BLOCK.sub(fill, text)


if __name__ == "__main__":
    GUIDE.write_text(written(GUIDE.read_text(encoding="utf-8")), encoding="utf-8")
    sys.stdout.write(f"{GUIDE.name} written\n")
