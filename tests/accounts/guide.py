"""The tables of docs/guide/nowcast.md, made from the shipped city: `python -m tests.accounts.guide` writes them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from dafeng.accounts.nowcast import Nowcast, Score, nowcast
from dafeng.city import City, load

GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "nowcast.md"
BLOCK = re.compile(r"(<!-- (?P<name>hindcast|estimates) -->\n).*?(<!-- end -->)", re.S)
BOUNDARIES = ("ceads", "assessed", "enterprise", "ets")
#: The first year of the plateau: the highest account of Shanghai is that of the year before.
PLATEAU = 2014
NAMES = {"total": "total", "fuel": "fuel burnt", "imported_electricity": "imports"}


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Write a table."""
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows)) + "\n"


def rms(score: Score, way: str, first: int) -> str:
    """Write the error of one way over the years from `first` on."""
    off = [getattr(case, way) / case.actual - 1 for case in score.cases if case.year >= first]
    return f"{(sum(one**2 for one in off) / len(off)) ** 0.5 * 100:.1f} %" if off else "—"


def row(boundary: str, score: Score, first: int) -> list[str]:
    """Write the row of one score over the years from `first` on; the best of the three is set in bold."""
    years = [case.year for case in score.cases if case.year >= first]
    found = [rms(score, way, first) for way in ("estimate", "last", "trend")]
    best = min(found, key=lambda text: float(text.split()[0]))
    cells = [f"**{text}**" if text == best else text for text in found]
    return [boundary, NAMES[score.item], str(score.horizon), str(len(years)), f"{years[0]}–{years[-1]}", *cells]


def hindcast(made: dict[str, Nowcast]) -> str:
    """Write how estimates did, over all years and since the plateau began."""
    head = ["boundary", "of", "years ahead", "cases", "years", "proxies", "last value", "linear trend"]
    # A total of one item is that item.
    wanted = [
        (boundary, score)
        for boundary, one in made.items()
        for score in one.scores
        if len(score.cases) >= 3 and (score.item == "total" or boundary == "assessed")
    ]
    every = table(head, [row(boundary, score, 0) for boundary, score in wanted])
    late = [pair for pair in wanted if sum(case.year >= PLATEAU for case in pair[1].cases) >= 3]
    since = table(head, [row(boundary, score, PLATEAU) for boundary, score in late])
    return f"\n{every}\nThe same for the years from {PLATEAU} on:\n\n{since}\n"


def estimates(made: dict[str, Nowcast]) -> str:
    """Write the estimates of the shipped city."""
    rows = []
    for boundary, one in made.items():
        rows.append([boundary, str(one.last_year), "account", f"{one.last.value:.1f}", ""])
        for made_one in one.estimates:
            span = "none" if made_one.low is None else f"{made_one.low:.1f} – {made_one.high:.1f}"
            rows.append([boundary, str(made_one.year), "estimate", f"{made_one.value:.1f}", span])
    return f"\n{table(['boundary', 'year', 'status', 'Mt CO2e', '80 % interval'], rows)}\n"


def written(text: str, city: City) -> str:
    """Give the guide with its tables made anew."""
    made = {boundary: nowcast(city, boundary) for boundary in BOUNDARIES}
    blocks = {"hindcast": hindcast(made), "estimates": estimates(made)}
    return BLOCK.sub(lambda match: f"{match[1]}{blocks[match['name']]}{match[3]}", text)


def main() -> None:
    """Write the guide."""
    GUIDE.write_text(written(GUIDE.read_text(encoding="utf-8"), load("shanghai")), encoding="utf-8")


if __name__ == "__main__":
    main()
