"""Write docs/guide/cli.md from the command line itself: `python -m tests.cli.guide`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from dafeng.cli.app import app
from dafeng.cli.exits import MEANING
from dafeng.settings import Settings

GUIDE = Path(__file__).parent.parent.parent / "docs" / "guide" / "cli.md"
HEAD = """\
# The command line

```console
$ dafeng assess --status overdue --unit 市交通委
$ dafeng target pv-capacity-2030
$ dafeng explain pv-capacity-2030
$ dafeng facts power.pv_capacity --known-on 2024-06-30 --json
$ dafeng check path/to/a/pack
$ dafeng serve
```

- `--city` and `--lang` may stand before or after the command.
- Tables and messages are Chinese in a Chinese locale, else English; `--lang` decides otherwise.
- `--json` prints data for programs, in UTF-8 or, where the output cannot carry it, escaped. An error is then an object
  `{"error": {"code": ..., "message": ...}}` on the error stream, with `candidates` or `faults` where there are any.
- `dafeng assess --json` prints `city`, `plan`, `as_of`, `targets` and further keys; the keys of a target are those of
  `TargetRecord` in [the API](api.md). The API gives the same records.
- Output that does not go to a terminal has one line a row, no colour and no folded cell. On a terminal some cells stand
  under others; `NO_COLOR` takes the colour away.
- The exit code tells whether the command worked, not whether the plan is on course: `assess` ends with 0 whatever the
  verdicts.
- Commands that read create nothing. `import` creates the database. A database of an older version is refused until
  `dafeng database migrate` has brought it up; an SQLite file is copied first.
- Ctrl-C during an import leaves nothing of it behind.
"""


def commands() -> Iterator[tuple[str, Any]]:
    """Give every command with its full name, groups left out."""

    def below(name: str, command: Any) -> Iterator[tuple[str, Any]]:
        inner = getattr(command, "commands", {})
        if not inner or getattr(command, "invoke_without_command", False):
            yield name, command
        for part, found in inner.items():
            yield from below(f"{name} {part}", found)

    yield from below("dafeng", typer.main.get_command(app))


def guide() -> str:
    """Write the guide."""
    root = typer.main.get_command(app)
    parts = [HEAD, "## Options of every command\n", _table(root)]
    for name, command in commands():
        usage = " ".join([name, *_arguments(command), "[options]"])
        parts += [f"## `{usage}`\n", " ".join(command.help.split()) + "\n", _table(command)]
    codes = "\n".join(f"| {code.value} | {meaning} |" for code, meaning in MEANING.items())
    parts.append(f"## Exit codes\n\n| code | meaning |\n|---|---|\n{codes}\n")
    rows = "\n".join(
        f"| `DAFENG_{name.upper()}` | {_default(field.default)} | {field.description} |"
        for name, field in Settings.model_fields.items()
    )
    parts.append(
        "## Settings\n\nEnvironment variables; an option of the command line goes before its variable.\n\n"
        f"| variable | default | meaning |\n|---|---|---|\n{rows}\n"
    )
    return "\n".join(parts)


def _arguments(command: Any) -> list[str]:
    return [param.metavar or param.name for param in command.params if param.param_type_name == "argument"]


def _table(command: Any) -> str:
    rows = []
    for param in command.params:
        option = param.param_type_name == "option"
        names = ", ".join(f"`{name}`" for name in param.opts) if option else f"`{param.metavar}`"
        value = "" if not option or param.is_flag else f" `{param.metavar or _kind(param)}`"
        required = " (required)" if param.required else ""
        rows.append(f"| {names}{value}{required} | {param.help} |")
    if not rows:
        return ""
    return "| option | meaning |\n|---|---|\n" + "\n".join(_escaped(row) for row in rows) + "\n"


def _kind(param: Any) -> str:
    kind = param.type_descriptor.annotation
    return "NUMBER" if kind is int else "TEXT"


def _escaped(row: str) -> str:
    """Escape the bars inside code, which a table would take for columns."""
    inside = False
    out = []
    for letter in row:
        inside = inside != (letter == "`")
        out.append("\\|" if letter == "|" and inside else letter)
    return "".join(out)


def _default(value: object) -> str:
    return f"`{value}`" if value not in ("", ()) else "none"


if __name__ == "__main__":
    GUIDE.write_text(guide(), encoding="utf-8")
