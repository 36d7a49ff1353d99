"""Write docs/guide/shanghai-pathway.md from the pack itself: `python -m tests.pathway.guide`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from dafeng.city import load as load_city
from dafeng.kernel import Array
from dafeng.pathway import Pathway, load, project
from dafeng.pathway.abatement import curve
from dafeng.pathway.cost import cost
from dafeng.pathway.hindcast import FORECASTS, of_starts
from dafeng.pathway.places import by_place

GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "shanghai-pathway.md"
SHOWN = (2005, 2010, 2015, 2019, 2021, 2024, 2030, 2035, 2045, 2060)
DRAWS = 500
HEAD = """\
# Shanghai's pathway: what comes out

Made from the pack by `python -m tests.pathway.guide`; [pathways.md](pathways.md) says what it rests on. MtCO2, other
gases as CO2e.

## The city by scenario

Imported electricity included, fuel taken on abroad left out. `before 2030` is the part of {draws} draws (seed 1) whose
highest year is before 2030; `confirmed` that in which the peak test, judging the series in {judged}, calls it peaked.

"""
DISTRICTS = """\
## Districts

Allocated, not measured: the city's figures divided by keys, as [pathways.md](pathways.md#places) says; no district
publishes its own. Fuel burnt there, electricity and heat used there at the city's factors. Boundary as above.

"""
COST = """\
## Cost

Billion CNY of {money} a year against current policies; [pathways.md](pathways.md#what-is-priced) says what is priced.
`a tonne` is the present value of the cost over that of the CO2 avoided, from {since} on.

"""
ALONE = """\
What each lever costs alone in {year}, from current policies as far as its range goes; without {idle}, which lower no
CO2 in that year. The power mix decides it: a heat pump or an electric truck saves little while coal makes its power.

"""
HINDCAST = """\
## Hindcast

Mean absolute error over the mean account of the years after the start, to {until}. `known`: drivers from outside stay
known. `unknown`: nothing after the start is known. `last` and `line` are the naive forecasts. In both runs what was
fitted to accounts stands as it stood at the start, or goes on at its change of the five years before, as `hindcast` of
pathway.yaml lists; a sector is levelled to the account of the start. Known are {known}.

"""
LOSES = """\
Where the model loses:

- The city as a whole hardly moved between 2010 and 2021, so the last value beats any model on the sum.
- Roads and services: the accounts move petrol and diesel between books in 2018.
- Refining and chemicals, manufacturing: the accounts jump (gas and coking products of chemicals in 2011 and 2012, gas
  of furnaces in 2013), and no driver explains it.
- Steel from 2010: the accounts book a fifth more for a tonne of iron from 2013 on.
- With nothing known, power is worst: GDP grew by more than ten per cent a year before 2010, and then by seven.
"""


def guide(pathway: Pathway) -> str:
    """Write the guide."""
    judged = pathway.settings.judged_in
    parts = [HEAD.format(draws=DRAWS, judged=judged), _scenarios(pathway), "\n## Sectors\n\n"]
    for id in ("current", "plan", "neutral-2060"):
        parts += [f"### {pathway.scenarios[id].label.en}\n\n", _sectors(pathway, id), "\n"]
    parts += [DISTRICTS, _districts(pathway), "\n"]
    parts += [*_costs(pathway), "\n"]
    settings = pathway.settings.hindcast
    assert settings is not None
    parts.append(HINDCAST.format(until=settings.until, known=", ".join(f"`{id}`" for id in settings.known)))
    for each in of_starts(pathway):
        rows = [
            [_named(pathway, past.id), len(past.truth), *(_percent(past.error[name]) for name in FORECASTS), past.best]
            for past in (*each.sectors, each.total)
        ]
        parts += [f"### From {each.start}\n\n", _table(["sector", "years", *FORECASTS, "best"], rows), "\n"]
    return "".join([*parts, LOSES])


def _scenarios(pathway: Pathway) -> str:
    rows = []
    for id, scenario in pathway.scenarios.items():
        found = project(pathway, id, draws=DRAWS, seed=1).boundaries[pathway.settings.boundaries[0].id]
        peak = found.peak
        assert peak is not None
        rows.append(
            [
                scenario.label.en,
                *_at(pathway, found.values),
                peak.year,
                _percent(peak.p_before),
                _percent(peak.p_confirmed),
            ]
        )
    return _table(["scenario", *SHOWN, "highest", "before 2030", "confirmed"], rows)


def _sectors(pathway: Pathway, scenario: str) -> str:
    found = project(pathway, scenario)
    rows = [[_named(pathway, id), *_at(pathway, line.values, 1)] for id, line in found.sectors.items()]
    rows += [
        [each.label.en, *_at(pathway, found.boundaries[each.id].values, 1)] for each in pathway.settings.boundaries
    ]
    return _table(["sector or boundary", *SHOWN], rows)


def _districts(pathway: Pathway) -> str:
    shown = (2021, 2025, 2030, 2035, 2060)
    plan, neutral = by_place(pathway, "plan"), by_place(pathway, "neutral-2060")
    at = [plan.at(year) for year in shown]
    names = {place.id: place.label.en for place in pathway.city.places}

    def row(name: str, values: Array, other: Array, highest: object) -> list[object]:
        share = f"{values[at[1]] / plan.whole[at[1]]:.1%}"
        return [name, *(f"{values[n] / 1e6:.1f}" for n in at), f"{other[at[-1]] / 1e6:.1f}", highest, share]

    order = sorted(range(len(plan.places)), key=lambda n: -plan.totals[n, at[1]])
    rows = [
        row(names[plan.places[n]], plan.totals[n], neutral.totals[n], peak.year if (peak := plan.peaks[n]) else "")
        for n in order
    ]
    rows.append(row("not divided", plan.rest, neutral.rest, ""))
    rows.append(row("the city", plan.whole, neutral.whole, plan.top.year))
    return _table(["plan as written", *shown, "2060, towards neutrality", "highest", "share in 2025"], rows)


def _costs(pathway: Pathway) -> list[str]:
    costs = pathway.settings.costs
    assert costs is not None
    shown = (2030, 2045, 2060)
    rows = []
    for id in ("plan", "faster", "neutral-2060"):
        found = cost(pathway, id, "current")
        at = [found.years.index(year) for year in shown]
        by_sector = [sum(found.parts[part] for part in each.parts) for each in costs.sectors]
        for place, year in zip(at, shown, strict=True):
            more = float((found.annual - found.annual_against)[place])
            price = f"{found.per_tonne:.0f}" if year == shown[0] and found.per_tonne is not None else ""
            values = [float(np.asarray(each)[place]) for each in by_sector]
            rows.append(
                [
                    pathway.scenarios[id].label.en if year == shown[0] else "",
                    year,
                    *(f"{value / 1e9 + 0.0:+.1f}" for value in [*values, more]),
                    price,
                ]
            )
    head = ["scenario", "year", *(each.label.en for each in costs.sectors), "all", "a tonne, CNY"]
    parts = [COST.format(money=costs.price_year, since=costs.since), _table(head, rows)]
    for year in (2030, 2045):
        way = curve(pathway, year, "current", steps=1)
        parts += ["\n", ALONE.format(year=year, idle=", ".join(f"`{id}`" for id in way.idle))]
        parts.append(
            _table(
                ["lever", "MtCO2 avoided", "CNY a tonne"],
                [
                    [
                        pathway.levers[each.lever].label.en,
                        f"{each.avoided / 1e6:.2f}",
                        f"{round(each.per_tonne, -1) + 0.0:.0f}",
                    ]
                    for each in way.alone
                ],
            )
        )
    return parts


def _named(pathway: Pathway, id: str) -> str:
    return next((each.label.en for each in pathway.settings.sectors if each.id == id), "all")


def _at(pathway: Pathway, values: Array, digits: int = 0) -> list[str]:
    shown = [values[pathway.years.index(year)] / 1e6 for year in SHOWN]
    return ["" if np.isnan(value) else f"{value + 0.0:.{digits}f}" for value in shown]


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share:.0%}".replace("%", " %")


def _table(head: Sequence[object], rows: Iterable[Sequence[object]]) -> str:
    lines: list[Sequence[object]] = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(map(str, line))} |\n" for line in lines)


if __name__ == "__main__":
    GUIDE.write_text(guide(load(load_city("shanghai"))), encoding="utf-8")
