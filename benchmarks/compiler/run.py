"""Precision, recall and field accuracy of the plan compiler on annotated plans.

Run `python -m benchmarks.compiler.run [FOLDER] [--only NAME] [--errors]`. The annotated plans are looked for in
`../shared/plans` (with `../shared/seed`), beside the repository; without them the run says so and measures nothing.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import statistics
import sys
import time
from pathlib import Path

from benchmarks.compiler.scoring import FIELDS, Score, score

from dafeng.compiler import compile_text

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "plans"


def documents(folder: Path, only: str | None) -> list[tuple[str, str, dict[str, object]]]:
    """Load the annotated plans of a folder: name, text, annotation."""
    out = []
    for path in sorted(folder.glob("*.gold.json")):
        name = path.name.removesuffix(".gold.json")
        if only and only != name:
            continue
        gold = json.loads(path.read_text(encoding="utf-8"))
        seeds = folder.parent / "seed"
        places = [
            folder / f"{name}.md",
            folder / f"{name}.txt",
            *(sorted(seeds.glob("*.md")) if seeds.is_dir() else []),
        ]
        for place in places:
            if place.exists():
                text = place.read_text(encoding="utf-8")
                if hashlib.sha256(text.encode()).hexdigest() == gold["text_sha256"]:
                    out.append((name, text, gold))
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


def speed(text: str) -> tuple[int, float]:
    """Time the compilation of 20,000 characters: how many, and the median of five runs in seconds."""
    body = (text * (20_000 // len(text) + 1))[:20_000]
    times = []
    for _ in range(5):
        start = time.perf_counter()
        compile_text(body)
        times.append(time.perf_counter() - start)
    return len(body), statistics.median(times)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--only", help="measure one document")
    parser.add_argument("--errors", action="store_true", help="print every error with its cause")
    args = parser.parse_args()
    if not args.folder.is_dir():
        print(f"no annotated plans at {args.folder.name}: nothing measured")
        return 0
    found = documents(args.folder, args.only)
    scores = [score(name, compile_text(text).as_json(), gold) for name, text, gold in found]
    print(table(scores))
    if args.errors:
        for item in scores:
            for cause, what in item.errors:
                print(f"{item.document}: {cause}: {what}")
    if found:
        length, seconds = speed(max((text for _, text, _ in found), key=len))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"\n{length} characters: {seconds:.3f} s (median of 5); peak memory of the whole run {peak:.0f} MB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
