"""Lint formulas: python -m tools.lint [path ...]; without a path, the domains of this repository.

A line that must break a rule says so and why, at its end or on the line above:

    hours = total_hours * 24  # lint: allow number: the clause counts days of 24 hours

`--rules` prints every rule with its reason.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tools.lint.rules import RULES, Finding, findings

ROOT = Path(__file__).parents[2]
DOMAINS = ROOT / "src" / "dafeng" / "domains"
_ESCAPE = re.compile(r"#\s*lint:\s*allow\s+(?P<rule>[a-z]+)\s*(?::\s*(?P<reason>.*))?$")
LEAST_REASON = 10


def main(arguments: Sequence[str] | None = None) -> int:
    """Print every finding and give the exit code: 0 clean, 1 not."""
    parser = argparse.ArgumentParser(prog="python -m tools.lint", description="Lint formulas.")
    parser.add_argument("paths", nargs="*", type=Path, help="files or folders (default: src/dafeng/domains)")
    parser.add_argument("--rules", action="store_true", help="print the rules and their reasons")
    options = parser.parse_args(arguments)
    if options.rules:
        for rule in RULES.values():
            print(f"{rule.name}: no {rule.forbids.removeprefix('a ').removeprefix('an ')}, because {rule.because}.")
        return 0
    lines = [line for path in options.paths or [DOMAINS] for file in _files(path) for line in _report(file)]
    print("\n".join(lines) if lines else "formulas: nothing to say")
    return 1 if lines else 0


def check(text: str) -> list[Finding]:
    """Give what breaks a rule in a module's text and is not allowed where it stands, by line."""
    found: list[Finding] = []
    escapes = dict(_escapes(text))
    used: set[int] = set()
    for finding in findings(ast.parse(text)):
        at = next(
            (line for line in (finding.line, finding.line - 1) if escapes.get(line, ("", ""))[0] == finding.rule), 0
        )
        if at:
            used.add(at)
        else:
            found.append(finding)
    for line, (rule, reason) in escapes.items():
        if rule not in RULES:
            found.append(Finding(line, "escape", f"there is no rule '{rule}' to allow"))
        elif line not in used:
            found.append(Finding(line, "escape", f"nothing here breaks the rule '{rule}'"))
        elif len(reason) < LEAST_REASON:
            found.append(Finding(line, "escape", f"the rule '{rule}' is allowed without a reason"))
    return sorted(found, key=lambda finding: (finding.line, finding.rule))


def _escapes(text: str) -> Iterator[tuple[int, tuple[str, str]]]:
    for number, line in enumerate(text.splitlines(), 1):
        match = _ESCAPE.search(line)
        if match:
            yield number, (match["rule"], (match["reason"] or "").strip())


def _files(path: Path) -> list[Path]:
    return sorted(path.rglob("*.py")) if path.is_dir() else [path]


def _report(file: Path) -> Iterator[str]:
    name = file.resolve()
    shown = name.relative_to(ROOT) if name.is_relative_to(ROOT) else file
    try:
        found = check(file.read_text(encoding="utf-8"))
    except (OSError, SyntaxError, UnicodeDecodeError) as error:
        yield f"{shown}: [unreadable] {error}. Give a Python file."
        return
    for finding in found:
        rule = RULES.get(finding.rule)
        why = f"{rule.because[0].upper()}{rule.because[1:]}" if rule else "An escape names one rule it needs, and why"
        remedy = f"Or end the line with '# lint: allow {finding.rule}: <reason>'." if rule else ""
        yield f"{shown}:{finding.line}: [{finding.rule}] {finding.what}. {why}. {remedy}".rstrip()


if __name__ == "__main__":
    sys.exit(main())
