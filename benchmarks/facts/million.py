"""A synthetic table of facts of any length: one hourly-like series of invented figures, in the columns of an import."""

from __future__ import annotations

from pathlib import Path

from dafeng.facts.indicator import Axis, Indicator
from dafeng.facts.vocabulary import Vocabulary
from dafeng.labels import Label

#: Labels of the invented axis; with 12 months and 100 years each they give a million different figures.
METERS = tuple(f"meter{i:04d}" for i in range(1000))


def vocabulary() -> Vocabulary:
    """Give the names that the table uses."""
    name = Label(zh="示例用电量", en="Synthetic electricity use")
    indicator = Indicator(id="power.synthetic_use", label=name, unit="万千瓦时", kind="flow", dims=("meter",))
    axis = Axis(label=name, labels={meter: Label(zh=meter, en=meter) for meter in METERS})
    return Vocabulary({indicator.id: indicator}, {"toyville": "toyville"}, {"synthetic-2026"}, {"meter": axis})


def write(path: Path, rows: int) -> None:
    """Write a table of `rows` different figures."""
    header = "indicator,place,period,dims,value,unit,source,locator,vintage,status,confidence,bound,basis,note"
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(f"{header}\n")
        for i in range(rows):
            meter, month, year = METERS[i % 1000], i // 1000 % 12 + 1, 1950 + i // 12000
            file.write(
                f"power.synthetic_use,toyville,{year}-{month:02d},meter={meter},{i * 7919 % 100003 / 100},万千瓦时,"
                f"synthetic-2026,行 {i},2026-01,synthetic,high,,,演示数据 / demonstration\n"
            )
