"""A user's own copy of the inventory: read whole or refused row by row, and accounted from its cells."""

from __future__ import annotations

from pathlib import Path

import pytest

from dafeng.accounts.account import account, accounts
from dafeng.accounts.ceads import facts_of, years_with
from dafeng.city import City, load
from dafeng.errors import FaultsFound
from dafeng.facts.importer import Options, run
from dafeng.facts.vocabulary import Vocabulary
from dafeng.store import database as databases

MATRIX = Path(__file__).parents[2].parent / "shared" / "data" / "ceads_shanghai_sector_fuel.csv"
TABLE = """year,sector,fuel,value_mt,source
2019,Production and Supply of Gas,Raw Coal,1.5,made up
2019,Urban,Diesel Oil,0.25,made up
2019,Nonmetal Mineral Products,Process,0.75,made up
"""


def _written(folder: Path, text: str) -> Path:
    path = folder / "matrix.csv"
    path.write_text(text, encoding="utf-8")
    return path


def _imported(matrix: Path, shanghai: City, folder: Path, rows: int) -> City:
    table = folder / "facts.csv"
    table.write_text(facts_of(matrix, shanghai), encoding="utf-8")
    url = f"sqlite:///{folder / 'x.sqlite'}"
    names = {place.id: place.id for place in shanghai.places}
    vocabulary = Vocabulary(shanghai.indicators, names, shanghai.documents, shanghai.axes)
    with databases.open(url, create=True) as opened:
        report = run(table, opened, "shanghai", vocabulary, (), Options(who="tester"))
    assert (report.state, report.imported, report.refused) == ("imported", rows, 0)
    return load("shanghai", url)


def test_cells_are_imported_and_accounted(shanghai: City, tmp_path: Path) -> None:
    city = _imported(_written(tmp_path, TABLE), shanghai, tmp_path, 3)
    assert years_with(city, "shanghai") == (2019,)
    found = account(city, "ceads", 2019, table="imported")
    assert found.total is not None
    assert found.total.value == pytest.approx(2.5)
    assert dict(found.by_sector) == pytest.approx({"gas_supply": 1.5, "urban": 0.25, "non_metal_minerals": 0.75})
    assert account(city, "ceads", 2018, table="imported").total is None
    held = {one.indicator: one.value for one in account(city, "ceads", 2019).held}
    assert held["emissions.ceads_cells"] == pytest.approx(2.5)


def test_every_fault_names_its_row(shanghai: City, tmp_path: Path) -> None:
    text = "year,sector,fuel,value_mt\n2019,Urbam,Raw Coal,1\n19,Urban,Gasolene,-1\nx,Urban,Coke,y\n"
    with pytest.raises(FaultsFound) as caught:
        facts_of(_written(tmp_path, text), shanghai)
    assert [str(fault) for fault in caught.value.faults] == [
        "row 2: no sector is called 'Urbam'. Did you mean 'urban' or 'rural'?",
        "row 3: no fuel is called 'Gasolene'. Did you mean 'gasoline'?",
        "row 3: the emissions are -1. Emissions are at least 0",
        "row 4: 'y' is no number. Write the emissions in Mt",
        "row 4: 'x' is no year. Write a year such as 2019",
    ]


def test_a_table_without_its_columns_is_refused(shanghai: City, tmp_path: Path) -> None:
    with pytest.raises(FaultsFound, match="the table has no column fuel, value_mt"):
        facts_of(_written(tmp_path, "year,sector\n2019,Urban\n"), shanghai)


def test_every_year_of_the_inventory_gives_its_published_total(shanghai: City, tmp_path: Path) -> None:
    if not MATRIX.is_file():
        pytest.skip("the optional folder beside the repository is not there")
    city = _imported(MATRIX, shanghai, tmp_path, 7209)
    published = {p.period.year: p.value for p in city.facts.series("emissions.ceads_total", "shanghai").points}
    cells, activity = (accounts(city, "ceads", table=table).totals() for table in ("imported", "derived"))
    assert list(cells) == list(published) == list(range(1997, 2020))
    for year, value in published.items():
        assert cells[year] == pytest.approx(value, abs=0.01)
        assert activity[year] == pytest.approx(cells[year], abs=0.1)
    # What is derived is told apart by 16 sectors and the fuels: it meets the cells fuel by fuel too.
    for year in published:
        of_cells, derived = (account(city, "ceads", year, table=table).by_fuel for table in ("imported", "derived"))
        assert {fuel: derived.get(fuel, 0.0) for fuel in of_cells} == pytest.approx(of_cells, abs=0.02)
