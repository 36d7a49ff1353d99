"""Precision, recall and field accuracy of the plan compiler on annotated plans, and its time beside that of its lexer.

Run `python -m benchmarks.compiler [FOLDER ...] [--only NAME] [--errors]`. Without a folder two are measured: the plans
of `../shared/plans` (with `../shared/seed`) beside the repository, where they are there, and the documents of
`tests/compiler/cases/plans`, which are invented for testing and were written after the grammar.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.compiler.scoring import FIELDS, Score, score
from dafeng.compiler import Compiled, compile_file, compile_text
from dafeng.compiler.lexer import lex

ROOT = Path(__file__).resolve().parents[2]
#: The plans beside the repository, and the invented ones in it.
FOLDERS = (ROOT.parent / "shared" / "plans", ROOT / "tests" / "compiler" / "cases" / "plans")
ENDINGS = (".md", ".txt", ".html")


def documents(folder: Path, only: str | None = None) -> list[tuple[str, Compiled, dict[str, Any]]]:
    """Compile the annotated plans of a folder: name, compilation, annotation."""
    out = []
    for path in sorted(folder.glob("*.gold.json")):
        name = path.name.removesuffix(".gold.json")
        if only and only != name:
            continue
        gold = json.loads(path.read_text(encoding="utf-8"))
        seeds = folder.parent / "seed"
        places = [folder / f"{name}{ending}" for ending in ENDINGS]
        places += sorted(seeds.glob("*.md")) if seeds.is_dir() else []
        for place in places:
            got = compile_file(place) if place.exists() else None
            if got and hashlib.sha256(got.text.encode()).hexdigest() == gold["text_sha256"]:
                out.append((name, got, gold))
                break
        else:
            print(f"{name}: no text beside the annotation has its checksum; left out", file=sys.stderr)
    return out


def table(scores: list[Score]) -> str:
    """Lay the scores out as a Markdown table."""
    head = ["document", "targets", "precision", "recall", *FIELDS, "all fields", "tasks", "units", "lead", "goals"]
    rows = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    for item in scores:
        hits, got, want = item.tasks
        unit_hits, unit_got, unit_want = item.units
        whole = sum(item.whole) / max(len(item.whole), 1)
        cells = [
            item.document,
            str(item.wanted),
            f"{item.precision:.3f}",
            f"{item.recall:.3f}",
            *(f"{item.share(name):.3f}" for name in FIELDS),
            f"{whole:.3f}",
            f"{hits}/{want} (+{got - hits})",
            f"{unit_hits}/{unit_want} (+{unit_got - unit_hits})",
            f"{item.leads[0]}/{item.leads[1]}",
            f"{item.goals[0]}/{item.goals[1]}",
        ]
        rows.append("| " + " | ".join(cells) + " |")
    return "\n".join(rows)


def speed(text: str) -> tuple[int, float, float]:
    """Time the compilation of 20,000 characters: how many, and the medians of it and of the bare lexer."""
    body = (text * (20_000 // len(text) + 1))[:20_000]
    return len(body), _median(lambda: compile_text(body)), _median(lambda: [lex(line) for line in body.splitlines()])


def _median(work: Callable[[], object]) -> float:
    times = []
    for _ in range(5):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, default=FOLDERS)
    parser.add_argument("--only", help="measure one document")
    parser.add_argument("--errors", action="store_true", help="print every error with its cause")
    args = parser.parse_args()
    texts: list[str] = []
    for folder in args.folders:
        if not folder.is_dir():
            print(f"no annotated plans at {folder.name}: not measured\n")
            continue
        found = documents(folder, args.only)
        texts += [got.text for _, got, _ in found]
        scores = [score(name, got.as_json(), gold) for name, got, gold in found]
        print(f"{folder.parent.name}/{folder.name}\n\n{table(scores)}\n")
        if args.errors:
            for item in scores:
                for cause, what in item.errors:
                    print(f"{item.document}: {cause}: {what}")
    if texts:
        length, seconds, bare = speed(max(texts, key=len))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{length} characters: {seconds:.3f} s, {seconds / bare:.1f} times its bare lexer ({bare:.3f} s)")
        print(f"peak memory of the whole run: {peak:.0f} MB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
