"""`dafeng dispatch` and `dafeng import profile`, as their users call them."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.running import ROOT, TOY, Ran, command, plain

EXAMPLE = ROOT / "docs" / "examples" / "two-technologies.yaml"
CONTRACT = ["status", "certificate", "objective", "capacities", "energy", "emissions", "prices", "targets", "seconds"]


@pytest.fixture
def pack(tmp_path: Path) -> str:
    """The toy city with the example as its power system."""
    folder = tmp_path / "toy"
    shutil.copytree(TOY, folder)
    (folder / "power").mkdir()
    shutil.copy(EXAMPLE, folder / "power" / "spec.yaml")
    (folder / "power" / "answers.yaml").write_text("targets:\n  power.pv_capacity: {capacity: [pv]}\n", "utf-8")
    return str(folder)


def test_an_answer_has_what_programs_rely_on(dafeng: Callable[..., Ran], pack: str) -> None:
    found = dafeng("dispatch", "--years", "2030", "--step", "3", "--json", city=pack)
    assert found.code == 0, found.err
    record = found.json()
    assert set(CONTRACT) <= set(record)
    assert record["status"] == "optimal" and set(record["certificate"]) == {"violation", "gap"}
    assert record["certificate"]["gap"] <= 1e-6 and record["preview"]
    assert [each["target"] for each in record["targets"]] == ["pv-capacity-2030"]
    assert found.err == ""


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_table_tells_certificate_preview_and_verdicts(dafeng: Callable[..., Ran], pack: str, lang: str) -> None:
    found = dafeng("dispatch", "--years", "2030", "--step", "3", "--lang", lang, city=pack)
    assert found.code == 0
    wanted = {
        "en": ["certified: violation", "preview in steps of 3", "synthetic hourly"],
        "zh": ["已验证", "预览", "合成"],
    }
    assert all(text in found.out for text in wanted[lang])
    assert "pv-capacity-2030" in found.out


def test_a_spec_is_solved_by_either_back_end(dafeng: Callable[..., Ran]) -> None:
    one, two = (
        dafeng("dispatch", "--spec", str(EXAMPLE), "--step", "3", "--backend", name, "--json").json()
        for name in ("staged", "highs")
    )
    assert (one["backend"], two["backend"]) == ("staged", "highs")
    assert one["objective"] == pytest.approx(two["objective"], rel=1e-6)


def test_hours_and_answers_are_written(dafeng: Callable[..., Ran], tmp_path: Path) -> None:
    call = ("dispatch", "--spec", str(EXAMPLE), "--step", "3", "--keep", str(tmp_path / "kept"), "--json")
    first = dafeng(*call, "--hourly", str(tmp_path / "first.csv"))
    again = dafeng(*call, "--hourly", str(tmp_path / "again.csv"))
    assert first.json() == again.json()
    assert (tmp_path / "first.csv").read_bytes() == (tmp_path / "again.csv").read_bytes()
    assert len((tmp_path / "first.csv").read_text("utf-8").splitlines()) == 2921


WRONG: list[tuple[list[str], int, str]] = [
    (["--years", "soon"], 2, "'soon' is no list of years; write 2025,2030,2035"),
    (["--years", "2030,2025"], 2, "list each year from 2000 to 2100 once, in order"),
    (["--step", "4"], 2, "'4' is none of the words known here; write one of 1, 2, 3"),
    (["--backend", "stagd"], 2, "did you mean staged?"),
    (["--spec", "gone.yaml"], 3, "no spec 'gone.yaml'"),
    (["--spec", str(EXAMPLE), "--scenario", "plan"], 2, "a scenario belongs to a city"),
    (["--abatement", "much"], 2, "'much' is no list of parts"),
    ([], 4, "its pack has no power system"),
]


@pytest.mark.parametrize(("arguments", "code", "message"), WRONG, ids=[str(i) for i in range(len(WRONG))])
def test_what_is_wrong_is_told(dafeng: Callable[..., Ran], arguments: list[str], code: int, message: str) -> None:
    found = dafeng("dispatch", *arguments)
    assert found.code == code and message in found.err
    assert found.out == ""


def test_faults_of_a_spec_come_at_once(dafeng: Callable[..., Ran], tmp_path: Path) -> None:
    text = (
        EXAMPLE.read_text("utf-8")
        .replace("carrier: gas,", "carrier: gaz,")
        .replace("load_factor: 0.6", "load_factor: 0.6, file: x.csv")
    )
    text = text.replace("solar", "soler").replace("at_most: 4 MtCO2", "at_most: 0 MtCO2")
    path = tmp_path / "spec.yaml"
    path.write_text(text, "utf-8")
    found = dafeng("dispatch", "--spec", str(path), "--json")
    assert found.code == 1
    codes = [fault["code"] for fault in found.error()["faults"]]
    assert codes == ["unknown-shape", "unknown-carrier"]


def test_a_profile_is_taken_in_used_and_taken_back(dafeng: Callable[..., Ran], pack: str, tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("megawatt\n" + "2000\n" * 8760, "utf-8")
    told = dafeng("import", "profile", str(file), "--as", "load", "--json", city=pack)
    assert told.json() == {
        "city": "toyville",
        "profile": "load",
        "kind": "load",
        "hours": 8760,
        "mean": 2000,
        "highest": 2000,
    }
    record = dafeng("dispatch", "--step", "3", "--json", city=pack).json()
    assert record["profiles"] == {"load": "given", "sun": "synthetic"}
    assert dafeng("import", "profile", "--as", "load", "--remove", city=pack).code == 0
    again = dafeng("import", "profile", "--as", "load", "--remove", city=pack)
    assert again.code == 3


def test_a_profile_with_faults_is_refused(dafeng: Callable[..., Ran], pack: str, tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("megawatt\n" + "2000\n" * 8759, "utf-8")
    short = dafeng("import", "profile", str(file), "--json", city=pack)
    assert short.code == 1
    (fault,) = short.error()["faults"]
    assert fault["code"] == "profile-length" and fault["message"].startswith("8,759 rows")
    assert fault["remedy"].startswith("Give every hour")
    assert not (tmp_path / "profiles").exists()


def test_ctrl_c_leaves_no_half_answer(tmp_path: Path) -> None:
    data = EXAMPLE.read_text("utf-8").replace("periods: [2030]", "periods: [2025, 2030, 2035, 2040]")
    (tmp_path / "spec.yaml").write_text(data, "utf-8")
    call = [*command(), "dispatch", "--spec", "spec.yaml", "--keep", "kept", "--hourly", "hours.csv", "--json"]
    # On a busy machine the interpreter may still be starting when the signal comes; then it is given longer.
    for wait in (1.2, 4, 12):
        running = subprocess.Popen(call, cwd=tmp_path, env=plain(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        time.sleep(wait)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=120)
        if running.returncode == 130 and b"interrupted" in err:
            break
    assert running.returncode == 130, err
    assert out == b"" and b"interrupted" in err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["spec.yaml"]


def test_json_is_json(dafeng: Callable[..., Ran]) -> None:
    text = dafeng("dispatch", "--spec", str(EXAMPLE), "--step", "3", "--json").out
    assert "NaN" not in text and json.loads(text)["years"] == [2030]
