"""Write docs/guide/api.md from the description of the API: `python -m tests.api.guide`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

GUIDE = Path(__file__).parent.parent.parent / "docs" / "guide" / "api.md"
HEAD = """\
# The API

`dafeng serve` answers under `/api/v1`; `GET /api/v1/openapi.json` describes it (OpenAPI 3.1) with an example of every
answer. It gives the numbers of the pages and of the command line: `GET /api/v1/assessment` is what
`dafeng assess --json` prints.

```console
$ curl -s 'http://127.0.0.1:8000/api/v1/targets?status=overdue&unit=市交通委'
$ curl -s 'http://127.0.0.1:8000/api/v1/facts?indicator=power.pv_capacity&known_on=2024-06-30'
$ curl -sO 'http://127.0.0.1:8000/api/v1/targets.csv'
```

## Rules

- **Reading.** GET and HEAD; any other method is 405. Only solves of the power system are asked for with POST (a JSON
  body) and stopped with DELETE; they run one after another, a few may wait, and a long one is stopped.
- **Absence** is `null`, never 0. Every figure carries `source` (a document id), `status` and `confidence`.
- **`as_of`** is the day an answer speaks of: the one asked for, else today. An assessment uses what was known then.
- **Text** is given as `{"zh": ..., "en": ...}`. Ids stand for actions, tasks, units, indicators and documents.
- **Pages.** `limit` (100, at most 1000) and `offset`; the answer has `total`, and `Link` names the pages around it.
- **Parameters** that are not declared, or have a value that cannot be used, are refused with 422, all at once. An id
  that names nothing is 404, also in a filter; `candidates` are the nearest.
- **Errors** are problem documents (`application/problem+json`, RFC 9457) with a stable `code`; `type` is
  `urn:dafeng:problem:` and the code.
- **Caches.** Every answer but `/health` has an `ETag`; sent back as `If-None-Match`, an unchanged answer is 304
  without a body. Answers are kept by the server until the pack, the database or the day changes.
- **Spreadsheets.** `/targets.csv` and `/reports/accounts.csv` are written as [CSV files](reports.md#csv-files) are:
  text that a spreadsheet would run as a formula begins with an apostrophe.
- **Other sites.** No page of another site may read the API unless `DAFENG_CORS_ORIGINS` lists it.

## Verdicts

`met`, `on_track`, `at_risk`, `off_track`, `overdue`, `awaiting_verification`, `no_evidence`. `rule` names the rule that
decided, `reason` says why; `/methods` lists all rules.

## Addresses

Every address is under `/api/v1`. Parameters in the path are ids.
"""


def guide(description: Any) -> str:
    """Write the guide."""
    parts = [HEAD]
    for path, item in description["paths"].items():
        for method, operation in item.items():
            answer = next(operation["responses"][code] for code in ("200", "202") if code in operation["responses"])
            kind, schema = next((name, body["schema"]) for name, body in answer["content"].items())
            record = schema.get("$ref", kind).rsplit("/", 1)[-1]
            about = f"{operation['summary']}. {operation['description'].replace('Give ', 'Gives ')}"
            heading = path if method == "get" else f"{method.upper()} {path}"
            parts.append(f"### `{heading}`\n\n{about} Record: `{record}`.\n")
            rows = [_row(parameter) for parameter in operation.get("parameters", ()) if parameter["in"] == "query"]
            rows += _body(operation, description["components"]["schemas"])
            if rows:
                parts.append("| parameter | value | meaning |\n|---|---|---|\n" + "\n".join(rows) + "\n")
    parts.append("## Records\n")
    for name, schema in sorted(description["components"]["schemas"].items()):
        if name.endswith("Page") or name.startswith("Page_"):
            continue
        about = " ".join(schema.get("description", "").split())
        fields = ", ".join(f"`{field}`" for field in schema.get("properties", ()))
        parts.append(f"**{name}**: {about} Keys: {fields}.\n")
    return "\n".join(parts)


def _body(operation: Any, schemas: Any) -> list[str]:
    """Give the fields of the body an operation takes, as rows."""
    content = operation.get("requestBody", {}).get("content", {})
    names = [body["schema"]["$ref"].rsplit("/", 1)[-1] for body in content.values()]
    return [
        f"| `{field}` in the body | {_value(schema)} | {schema['description']} |"
        for name in names
        for field, schema in schemas[name]["properties"].items()
    ]


def _row(parameter: Any) -> str:
    required = " (required)" if parameter.get("required") else ""
    return f"| `{parameter['name']}`{required} | {_value(parameter['schema'])} | {parameter['description']} |"


def _value(schema: Any) -> str:
    kinds = [one for one in schema.get("anyOf", [schema]) if one.get("type") != "null"]
    inner = kinds[0].get("items", kinds[0])
    if "enum" in inner:
        text = ", ".join(f"`{word}`" for word in inner["enum"])
    elif inner.get("format") == "date":
        text = "day (`2026-11-25`)"
    elif "minimum" in inner:
        text = f"{inner['minimum']} to {inner['maximum']}"
    else:
        text = {"string": "text", "boolean": "`true`, `false`", "number": "number"}[inner["type"]]
    default = schema.get("default")
    known = default not in (None, "", [], False)
    return f"{text}; `{default}` by default" if known else text


def main() -> None:
    from tests.api.asgi import Client
    from tests.api.conftest import TODAY, TOY

    from dafeng.api import build
    from dafeng.web.site import Site

    description = Client(build(Site(str(TOY), None, today=lambda: TODAY))).get("/openapi.json").json()
    GUIDE.write_text(guide(description), encoding="utf-8")


if __name__ == "__main__":
    main()
