"""A question from beginning to end: a pack or a file, kept by content, with a user's hours, judged, cut."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from dafeng.city import City, load
from dafeng.dispatch import imported, kept, records
from dafeng.dispatch.pack import answers_of, check, spec_of
from dafeng.dispatch.profiles import HOURS
from dafeng.dispatch.run import Question, ask
from dafeng.dispatch.staged import Cancelled
from dafeng.errors import FaultsFound, NotFound, Refused

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "docs" / "examples" / "two-technologies.yaml"
FAST = Question(spec=EXAMPLE, step=3)
ANSWERS: dict[str, Any] = {
    "targets": {
        "power.pv_capacity": {"capacity": ["pv"]},
        "power.demand_response_share": {"share": "response"},
        "power.storage_hours": {"absent": {"zh": "没有数据", "en": "no data"}, "store": {"carrier": "gas"}},
    }
}


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> City:
    """The toy city with the example's power system."""
    folder = tmp_path_factory.mktemp("pack") / "toy"
    shutil.copytree(ROOT / "tests" / "cities" / "toy", folder)
    (folder / "power").mkdir()
    shutil.copy(EXAMPLE, folder / "power" / "spec.yaml")
    known = load(folder).indicators
    wanted = {name: what for name, what in ANSWERS["targets"].items() if name in known}
    (folder / "power" / "answers.yaml").write_text(yaml.safe_dump({"targets": wanted}, allow_unicode=True), "utf-8")
    return load(folder)


def test_a_pack_without_a_power_system_says_so() -> None:
    toy = load(ROOT / "tests" / "cities" / "toy")
    with pytest.raises(Refused, match=r"its pack has no power system\. Add power/spec.yaml"):
        spec_of(toy)
    assert answers_of(toy).targets == {}


def test_documents_of_the_pack_are_sources(city: City) -> None:
    spec, _ = spec_of(city, (2025, 2030))
    assert spec.periods == (2025, 2030)
    assert set(city.documents) | {"example"} == set(spec.sources)


def test_the_plan_s_targets_are_judged_in_their_year(city: City) -> None:
    found = ask(city, Question(years=(2030,), step=3))
    judged = {each["indicator"]: each for each in found.record["targets"]}
    pv = judged["power.pv_capacity"]
    value = found.record["capacities"]["2030"]["pv"]
    assert pv["value"] == pytest.approx(value / 10) and pv["unit"] == "万千瓦"
    assert pv["verdict"] == ("holds" if value / 10 >= pv["asked"] else "misses")
    assert pv["gap"] == pytest.approx(pv["value"] - pv["asked"])
    assert all(each["due"] in (2030, None) for each in judged.values())
    for each in judged.values():
        if each["verdict"] == "absent":
            assert each["value"] is None


def test_a_wrong_indicator_in_the_answers_is_named(city: City, tmp_path: Path) -> None:
    folder = tmp_path / "toy"
    shutil.copytree(city.folder, folder)
    (folder / "power" / "answers.yaml").write_text("targets:\n  power.gone: {capacity: [pv]}\n", "utf-8")
    with pytest.raises(FaultsFound, match=r"answers.yaml:2.*no indicator is called 'power.gone'"):
        answers_of(load(folder))


def test_the_check_of_a_pack_checks_its_power_system(city: City, tmp_path: Path) -> None:
    assert check(city) == [] and check(load(ROOT / "tests" / "cities" / "toy")) == []
    folder = tmp_path / "toy"
    shutil.copytree(city.folder, folder)
    (folder / "power" / "answers.yaml").write_text("targets:\n  power.pv_capacity: {capacity: [pw]}\n", "utf-8")
    (fault,) = check(load(folder))
    assert str(fault) == (
        "power/answers.yaml, targets.power.pv_capacity: the spec has no entry 'pw'. Choose from: gas, pv, battery, city"
    )
    spec = (folder / "power" / "spec.yaml").read_text("utf-8")
    (folder / "power" / "spec.yaml").write_text(spec.replace("carrier: gas,", "carrier: gaz,"), "utf-8")
    assert [fault.code for fault in check(load(folder))] == ["unknown-carrier"]


def test_an_answer_is_kept_by_its_content_and_found_again(tmp_path: Path) -> None:
    first = ask(None, FAST, tmp_path)
    files = sorted(path.name for path in tmp_path.iterdir())
    key = first.record["key"]
    assert files == [f"{key}.csv", f"{key}.json"] and first.answer is not None
    again = ask(None, FAST, tmp_path)
    assert again.answer is None and again.record == json.loads(json.dumps(first.record))
    other = ask(None, Question(spec=EXAMPLE, step=3, backend="highs"), tmp_path)
    assert other.record["key"] != key and other.answer is not None
    assert other.record["objective"] == pytest.approx(first.record["objective"], rel=1e-6)


def test_what_another_program_gave_is_solved_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = ask(None, FAST, tmp_path)
    (record,) = tmp_path.glob("*.json")
    assert json.loads(record.read_text(encoding="utf-8"))["program"] == kept.program()
    assert "program" not in first.record
    with monkeypatch.context() as changed:
        changed.setattr(kept, "program", lambda: "another")
        assert kept.find(tmp_path, first.record["key"]) is None
        again = ask(None, FAST, tmp_path)
    assert again.answer is not None and again.record["key"] == first.record["key"]
    assert json.loads(record.read_text(encoding="utf-8"))["program"] == "another"


def test_the_digest_of_the_program_follows_its_modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = kept.program()
    (tmp_path / "build").mkdir()
    (tmp_path / "kept.py").write_text("", encoding="utf-8")
    inner = tmp_path / "build" / "columns.py"
    inner.write_text("reach = 1\n", encoding="utf-8")
    monkeypatch.setattr(kept, "__file__", str(tmp_path / "kept.py"))
    before = kept.program.__wrapped__()
    assert before == kept.program.__wrapped__() != ours
    inner.write_text("reach = 2\n", encoding="utf-8")
    assert kept.program.__wrapped__() != before


def test_a_cancelled_solve_keeps_nothing(tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        ask(None, FAST, tmp_path, lambda iteration, gap, infeasible: iteration < 2)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_fails_half_way_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnicodeEncodeError):
        kept.write(tmp_path / "half.csv", "begins\n\ud800")
    assert list(tmp_path.iterdir()) == []


def test_the_hours_sum_to_the_year() -> None:
    found = ask(None, FAST)
    assert found.answer is not None
    head, *rows = list(records.table(found.spec, found.answer))
    assert head[:5] == ["year", "hour", "load_MW", "price", "factor_tCO2_per_MWh"] and len(rows) == 2920
    gas = sum(float(row[head.index("gas_MW")]) for row in rows) * 3 / 1e3
    assert gas == pytest.approx(found.record["energy"]["2030"]["gas"], rel=1e-6)
    load_energy = sum(float(row[2]) for row in rows) * 3 / 1e6
    assert load_energy == pytest.approx(20, rel=1e-6)
    co2 = sum(float(row[2]) * float(row[4]) for row in rows) * 3
    assert co2 == pytest.approx(found.record["emissions"]["2030"]["total"], rel=1e-3)


def test_the_hours_show_what_goes_into_stores_and_balance() -> None:
    found = ask(None, FAST)
    assert found.answer is not None
    head, *rows = list(records.table(found.spec, found.answer))
    values = np.array([[float(cell) for cell in row] for row in rows])
    at = {name: values[:, place] for place, name in enumerate(head)}
    outputs = sum(at[f"{name}_MW"] for name in ("gas", "pv", "battery", "lost"))
    assert outputs - at["battery.in_MW"] == pytest.approx(at["load_MW"], abs=0.02)
    store = found.spec.storages["battery"]
    change = np.diff(at["battery.content_MWh"])
    kept = -store.loss * at["battery.content_MWh"][:-1] * 3
    moved = 3 * (store.efficiency_in * at["battery.in_MW"] - at["battery_MW"] / store.efficiency_out)
    assert change == pytest.approx(kept + moved[1:], abs=0.1)
    assert at["battery.in_MW"].max() > 0


def test_a_record_says_what_is_synthetic_assumed_and_a_preview() -> None:
    record = ask(None, FAST).record
    assert record["preview"] is True and record["step"] == 3
    assert record["profiles"] == {"load": "synthetic", "sun": "synthetic"}
    assert record["sources"] == [{"id": "example", "title": "Illustrative numbers", "kind": "assumption"}]
    day = record["peak_day"]["2030"]
    assert len(day["load"]) == 8 and max(day["load"]) == pytest.approx(record["adequacy"]["2030"]["peak"], rel=1e-6)
    assert json.dumps(record, allow_nan=False)


def test_the_last_tonne_costs_more_the_deeper_the_cut() -> None:
    found = ask(None, Question(spec=EXAMPLE, step=3, cuts=(0.3, 0.1)))
    points = found.record["abatement"]
    assert [point["cut"] for point in points] == [0.1, 0.3]
    first, second = (point["price"]["2030"] for point in points)
    assert 0 < first <= second
    base = found.record["emissions"]["2030"]["total"]
    assert points[1]["emissions"]["2030"] == pytest.approx(0.7 * base, rel=1e-5)
    assert 0 < points[0]["cost_added"]["2030"] < points[1]["cost_added"]["2030"]
    with pytest.raises(Refused, match="each lies between 0 and 1"):
        ask(None, Question(spec=EXAMPLE, step=3, cuts=(1.2,)))


def hours(path: Path, values: Any) -> Path:
    path.write_text("mine\n" + "".join(f"{value}\n" for value in values), encoding="utf-8")
    return path


def test_a_user_s_hours_go_before_the_synthetic_ones(city: City, tmp_path: Path) -> None:
    spec, _ = spec_of(city)
    flat = np.full(HOURS, 500.0)
    imported.bring(hours(tmp_path / "h.csv", flat), spec, "load", tmp_path / "kept")
    given = imported.known(tmp_path / "kept", spec)
    record = ask(city, Question(step=3, given=given)).record
    assert record["profiles"] == {"load": "given", "sun": "synthetic"}
    assert record["adequacy"]["2030"]["peak"] == pytest.approx(20e6 / 8760, rel=1e-9)
    imported.remove(tmp_path / "kept", "load")
    assert imported.known(tmp_path / "kept", spec) == {}
    with pytest.raises(NotFound):
        imported.remove(tmp_path / "kept", "load")


BAD: list[tuple[str, Any, str]] = [
    ("load", [1.0] * 8759, "8,759 rows (expected 8,760, one an hour). Give every hour of a year of 365 days"),
    ("load", [*[1.0] * 8759, -3], "a load below 0 at row 8761 (got -3)"),
    ("sun", [*[0.5] * 8759, 1.01], "a capacity factor above 1 at row 8761 (got 1.01)"),
    ("load", [*["x"] * 3, *[1.0] * 8757], "no number at row 2 ('x'), row 3 ('x'), row 4 ('x')"),
    ("load", [0.0] * 8760, "every hour is 0"),
]


@pytest.mark.parametrize(("profile", "values", "message"), BAD, ids=[str(i) for i in range(len(BAD))])
def test_bad_hours_are_refused_with_their_rows(
    city: City, tmp_path: Path, profile: str, values: Any, message: str
) -> None:
    spec, _ = spec_of(city)
    with pytest.raises(FaultsFound) as caught:
        imported.bring(hours(tmp_path / "h.csv", values), spec, profile, tmp_path / "kept")
    assert message in str(caught.value)
    assert not (tmp_path / "kept").exists()


def test_hours_are_for_a_profile_of_the_spec(city: City, tmp_path: Path) -> None:
    spec, _ = spec_of(city)
    with pytest.raises(NotFound, match=r"no profile 'snu'. Did you mean 'sun'"):
        imported.bring(hours(tmp_path / "h.csv", [1] * HOURS), spec, "snu", tmp_path)
    with pytest.raises(NotFound):
        imported.bring(tmp_path / "gone.csv", spec, "load", tmp_path)
