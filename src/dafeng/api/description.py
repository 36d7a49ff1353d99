"""The OpenAPI description: what is said in words, the errors any address may give, an example of each answer."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from dafeng.api.problems import MEDIA_TYPE, Problem

DESCRIPTION = """\
What a city's carbon-peaking plan promised, what the published evidence says about each promise, and where every number
comes from. GET and HEAD; only solves of the power system are asked for with POST and stopped with DELETE.

* Absence is `null`, never 0. Every figure names its source (a document id), its status and its confidence.
* `as_of` is the day the answer speaks of: today where the request names none.
* Every answer carries an `ETag`; send it back as `If-None-Match` and an unchanged answer is 304 without a body.
* Lists come in pages: `limit`, `offset`, `total`, and a `Link` header with `first`, `prev`, `next`, `last`.
* Every error is a problem document (RFC 9457). A parameter that is not declared is refused, not ignored.
* Text is given in Chinese and English side by side: `{"zh": ..., "en": ...}`.
"""
TAGS: list[dict[str, Any]] = [
    {"name": "results", "description": "Verdicts on targets and goals, and what is new."},
    {"name": "plan", "description": "What was promised, and by whom."},
    {"name": "pathways", "description": "Where the city goes, and what closes the gap."},
    {"name": "power", "description": "The power system hour by hour, solved as jobs."},
    {"name": "facts", "description": "What the numbers rest on."},
    {"name": "service", "description": "The city, the methods, health."},
]
_CONTENT = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
ERRORS: dict[int | str, dict[str, Any]] = {
    404: {
        "description": "The address, or an id in it, names nothing; `candidates` are the nearest.",
        "content": _CONTENT,
    },
    406: {"description": "The client takes no media type the resource has.", "content": _CONTENT},
    422: {"description": "A parameter cannot be used; `errors` names each.", "content": _CONTENT},
}
_NOT_MODIFIED = {"description": "The answer is still the one named by `If-None-Match`."}
_HEADERS: dict[str, Any] = {
    "ETag": {"description": "Names this content.", "schema": {"type": "string"}},
    "Cache-Control": {"description": "Whether the answer may be kept.", "schema": {"type": "string"}},
}
_LINK = {"description": "Addresses of the first, previous, next and last page.", "schema": {"type": "string"}}


@cache
def examples() -> dict[str, Any]:
    """Read one example of the answer of each path."""
    found: dict[str, Any] = json.loads((files("dafeng.api") / "examples.json").read_text(encoding="utf-8"))
    return found


def complete(schema: dict[str, Any]) -> dict[str, Any]:
    """Add to the generated description what FastAPI does not know: problem documents, headers, examples, 304."""
    schemas = schema["components"]["schemas"]
    found = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(found.pop("$defs", {}))
    schemas["Problem"] = found
    for path, item in schema["paths"].items():
        for method, operation in item.items():
            if method == "get":
                _complete(operation, examples().get(path))
    return schema


def _complete(operation: dict[str, Any], example: Any) -> None:
    responses = operation["responses"]
    answer = responses["200"]
    names = {parameter["name"] for parameter in operation.get("parameters", ())}
    answer["headers"] = {**_HEADERS, **({"Link": _LINK} if "offset" in names else {})}
    responses["304"] = _NOT_MODIFIED
    for body in answer["content"].values():
        if example is not None:
            body["example"] = example
