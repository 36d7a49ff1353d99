"""`dafeng enterprise`, `district`, `demo` and `import activity`, from empty database to locked report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from tests.cli.running import Ran


@pytest.fixture
def shown(dafeng: Callable[..., Ran], tmp_path: Path) -> Callable[..., Ran]:
    """Run on the shipped city, with made-up enterprises registered and their activity imported."""

    def run(*args: str, **how: str) -> Ran:
        return dafeng(*args, city="shanghai", **how)

    assert run("demo", "enterprises", str(tmp_path), "--year", "2022", "--count", "5").code == 0
    assert run("enterprise", "register", str(tmp_path / "units.csv"), "--who", "admin").code == 0
    return run


def test_an_import_is_checked_taken_once_and_undone(shown: Callable[..., Ran], tmp_path: Path) -> None:
    file = str(tmp_path / "activity.csv")
    dry = shown("import", "activity", file, "--place", "shanghai", "--dry-run", "--json").json()
    assert (dry["state"], dry["imported"], dry["batch"]) == ("checked", 144, None)
    done = shown("import", "activity", file, "--place", "shanghai", "--json").json()
    assert (done["state"], done["imported"]) == ("imported", 144)
    assert shown("import", "activity", file, "--place", "shanghai", "--json").json()["state"] == "already-imported"
    (listed,) = shown("import", "list", "--json").json()["items"]
    assert (listed["kind"], listed["place"], listed["id"]) == ("activity", "shanghai", done["batch"])
    undone = shown("import", "undo", done["batch"][:8], "--json").json()
    assert (undone["kind"], undone["withdrawn"]) == ("activity", 144)
    assert shown("import", "undo", "zz", "--json").code == 3
    wrong = shown("import", "activity", file, "--place", "huangpu", "--json")
    assert (wrong.code, wrong.json()["counts"]) == (1, {"other-place": 84})


def test_a_report_is_handed_in_verified_and_locked_by_those_who_may(shown: Callable[..., Ran], tmp_path: Path) -> None:
    shown("import", "activity", str(tmp_path / "activity.csv"), "--place", "shanghai")
    year = ("--year", "2022")
    refused = shown("enterprise", "report", "demo-0001", *year, "--who", "Li", "--json")
    assert (refused.code, refused.error()["code"]) == (4, "refused")
    for person, role in (("Li", "reporter"), ("Wu", "verifier"), ("Xu", "authority")):
        assert shown("enterprise", "grant", person, role, "--enterprise", "demo-0001").code == 0
    for word, person in (("report", "Li"), ("verify", "Wu"), ("lock", "Xu")):
        assert shown("enterprise", word, "demo-0001", *year, "--who", person).code == 0
    record = shown("enterprise", "show", "demo-0001", *year, "--json").json()
    assert (record["report"]["state"], record["status"]) == ("locked", "synthetic")
    assert shown("enterprise", "unlock", "demo-0001", *year, "--who", "Xu").code == 4
    assert shown("enterprise", "unlock", "demo-0001", *year, "--who", "Xu", "--reason", "meter").code == 0


def test_accounts_say_that_their_data_are_synthetic_and_keep_both_markets(
    shown: Callable[..., Ran], tmp_path: Path
) -> None:
    shown("import", "activity", str(tmp_path / "activity.csv"), "--place", "shanghai")
    one = shown("enterprise", "account", "demo-0002", "--year", "2022", "--json").json()
    assert (one["flags"], one["statuses"]) == (["penalty"], ["synthetic"])
    assert set(one["if_counted_by"]) == {"local", "national"}
    assert one["total"]["value"] == pytest.approx(sum(one["by_market"].values()))
    assert "Synthetic data, for demonstration only." in shown("enterprise", "account", "--year", "2022").out
    assert len(shown("enterprise", "list", "--json").json()["items"]) == 5
    told = shown("--lang", "zh", "enterprise", "account", "demo-0002", "--year", "2022").out
    assert f"{one['total']['value']:,.0f} tCO2" in told
    for word in ("95% 区间", "范围一（直接）", "化石燃料燃烧", "全国碳市场", "若按此市场计", "未实测含碳量"):
        assert word in told


def test_districts_are_compared_and_rolled_up(shown: Callable[..., Ran], tmp_path: Path) -> None:
    shown("demo", "districts", str(tmp_path), "--year", "2021")
    assert shown("import", "activity", str(tmp_path / "districts.csv"), "--place", "shanghai").code == 0
    lines = shown("district", "compare", "--year", "2021", "--json").json()["items"]
    assert len(lines) == 16
    total = shown("district", "roll-up", "--year", "2021", "--imported-share", "0.5", "--json").json()
    assert total["gross"] == pytest.approx(sum(line["total"] for line in lines))
    assert total["net"] == pytest.approx(total["gross"] - total["double_electricity"] - total["double_heat"])
    assert total["remainder"] == pytest.approx(total["city"] - total["net"])
    assert total["city"] > 1e8
    assert total["imported"] == {"year": 2021, "share": 0.5, "sources": [], "how": None}
    own = shown("district", "roll-up", "--year", "2021", "--json").json()
    assert own["imported"]["share"] == pytest.approx(74.29 / 175.0)
    assert own["double_electricity"] == pytest.approx(own["electricity"] * (1 - 74.29 / 175.0))
    assert own["imported"]["sources"]
    assert "42.5 %" in shown("district", "roll-up", "--year", "2021").out
    none = shown("district", "roll-up", "--year", "2024", "--json").json()
    assert (none["imported"], none["net"], none["remainder"]) == (None, None, None)
    assert "No share of imports was published" in shown("district", "roll-up", "--year", "2024").out
    judged = shown("peak", "--place", "pudong", "--json").json()
    assert (judged["boundary"], judged["place"], judged["state"]) == ("district", "pudong", "too_short")


@pytest.mark.parametrize(
    ("lang", "sheet", "use"), [("zh", "活动数据", "化石燃料燃烧"), ("en", "activity", "fuel burnt")]
)
def test_a_template_that_was_filled_in_is_read_back(
    shown: Callable[..., Ran], tmp_path: Path, lang: str, sheet: str, use: str
) -> None:
    path = tmp_path / "form.xlsx"
    assert shown("enterprise", "template", str(path), "--lang", lang).code == 0
    book = load_workbook(path)
    assert len(book[sheet].data_validations.dataValidation) >= 4
    columns = [cell.value for cell in book[sheet][1]]
    words = ("facility", "use", "what", "period", "quantity", "unit")
    if lang == "zh":
        words = ("设施", "活动类别", "品种", "时期", "数量", "计量单位")
    for word, value in zip(words, ("demo-0001-f1", use, "natural_gas", "2022-01", 12.5, "万立方米"), strict=True):
        book[sheet].cell(2, columns.index(word) + 1, value)
    book.save(path)
    assert shown("import", "activity", str(path), "--place", "shanghai", "--json").json()["imported"] == 1
    book[sheet].cell(2, columns.index(words[4]) + 1, "=6+6")
    book.save(path)
    refused = shown("import", "activity", str(path), "--place", "shanghai", "--json").json()
    assert list(refused["counts"]) == ["formula"]


def test_a_facility_in_two_parents_is_told_with_its_row(dafeng: Callable[..., Ran], tmp_path: Path) -> None:
    file = tmp_path / "units.csv"
    lines = ["kind,id,parent,zh,place,method", "enterprise,a,,甲,huangpu,", "enterprise,b,,乙,huangpu,"]
    lines += ["facility,f,a,锅炉房,,general", "facility,f,b,锅炉房,,genera1", "facility,f,b,锅炉房,,general"]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    refused = dafeng("enterprise", "register", str(file), "--json", city="shanghai")
    assert refused.code == 1
    assert [(fault["place"], fault["message"], fault["remedy"]) for fault in refused.error()["faults"]] == [
        ("row 5, column method", "no method is called 'genera1'", "Did you mean 'general'?"),
        (
            "row 6, column parent",
            "the facility 'f' would have two parents: 'a' and 'b'",
            "Keep one, or give the second facility an id of its own",
        ),
    ]
