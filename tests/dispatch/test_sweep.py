"""Sweeps: every pool gives the same answers, what is kept is not solved again, and a stopped sweep goes on."""

from __future__ import annotations

import importlib.util
import json
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from dafeng.dispatch import parallel
from dafeng.dispatch import sweep as sweeping
from dafeng.dispatch.parallel import mapped, stopped
from dafeng.dispatch.run import Question, ask
from dafeng.dispatch.sweep import points, summary, sweep, with_value
from dafeng.errors import FaultsFound, NotFound, Refused

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "two-technologies.yaml"
PRICES = {"carriers.gas.price": ["x0.8", "x1", "x1.2"]}


def has(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


def square(number: int) -> int:
    if number == 3:
        raise Refused("three: not this one. Take another.")
    return number * number


#: Steps of 0.05 s that a call takes which nobody stops.
LONG = 2_000


def slow(number: int) -> int:
    for _ in range(LONG):
        if stopped():
            return -1
        time.sleep(0.05)
    return number


@pytest.mark.parametrize(
    "kind",
    [
        "here",
        "processes",
        pytest.param("dask", marks=pytest.mark.skipif(not has("distributed"), reason="dask is not installed")),
        pytest.param("ray", marks=pytest.mark.skipif(not has("ray"), reason="ray is not installed")),
    ],
)
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning", "ignore::FutureWarning")
def test_every_pool_gives_every_outcome_once(kind: Any) -> None:
    found = {each.index: each for each in mapped(square, [1, 2, 3, 4], kind, workers=2)}
    assert {index: each.value for index, each in found.items()} == {0: 1, 1: 4, 2: None, 3: 16}
    assert found[2].error == "three: not this one. Take another."


@pytest.mark.parametrize(("kind", "module"), [("dask", "distributed"), ("ray", "ray")])
def test_a_pool_that_is_not_installed_is_said(kind: Any, module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr(parallel.importlib, "import_module", gone)
    with pytest.raises(Refused, match=rf"{module} is not installed.*dafeng\[{kind}\]"):
        list(mapped(square, [1], kind))


@pytest.mark.parametrize("kind", ["dask", "ray"])
def test_a_cluster_that_does_not_answer_is_said(kind: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(*args: Any, **named: Any) -> Any:
        raise ConnectionError("timed out\nmore of it")

    library = SimpleNamespace(Client=unreachable, init=unreachable, is_initialized=lambda: False)
    monkeypatch.setattr(parallel, "_installed", lambda module, extra: library)
    with pytest.raises(Refused) as caught:
        list(mapped(square, [1], kind, address="tcp://host:1"))
    assert str(caught.value) == (
        f"sweep, pool {kind}: no cluster answers at 'tcp://host:1' (timed out). "
        "Give the --address of a cluster that runs, or use --pool processes."
    )


@pytest.mark.slow
def test_processes_stop_when_asked() -> None:
    began = time.monotonic()
    wish = iter([False, False, True])
    assert list(mapped(slow, [1, 2, 3, 4], "processes", 2, stop=lambda: next(wish, True))) == []
    # Four such calls on two processes take twice as long as one; a stop comes long before the first is done.
    assert time.monotonic() - began < LONG * 0.05


def test_a_sweep_gives_what_single_questions_give(tmp_path: Path) -> None:
    wanted = points(None, varied=PRICES, spec=EXAMPLE, step=3)
    assert [point.settings for point in wanted] == [
        {"carriers.gas.price": value} for value in PRICES["carriers.gas.price"]
    ]
    done = list(sweep(wanted, tmp_path, "here"))
    objectives = [each.record["objective"] for each in done if each.record]
    assert objectives == sorted(objectives) and len(set(objectives)) == 3
    alone = ask(None, Question(spec=EXAMPLE, step=3)).record
    assert objectives[1] == pytest.approx(alone["objective"], rel=1e-9)
    assert summary(done[0])["certificate"]["gap"] <= 1e-6 and summary(done[0])["preview"] is True


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param("dask", marks=pytest.mark.skipif(not has("distributed"), reason="dask is not installed")),
        pytest.param("ray", marks=pytest.mark.skipif(not has("ray"), reason="ray is not installed")),
    ],
)
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning", "ignore::FutureWarning")
def test_a_cluster_on_this_machine_gives_the_same_answers(kind: Any, tmp_path: Path) -> None:
    wanted = points(None, varied=PRICES, spec=EXAMPLE, days=3)
    there = {each.point.key: each.record for each in sweep(wanted, tmp_path / kind, kind, workers=2)}
    for point in wanted:
        record, here = there[point.key], sweeping.solve(point)
        assert record is not None and record["certificate"]["gap"] <= 1e-6
        assert record["objective"] == pytest.approx(here["objective"], rel=1e-9)
    assert all(each.found for each in sweep(wanted, tmp_path / kind, kind))


def test_a_sweep_that_was_stopped_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = points(None, varied=PRICES, spec=EXAMPLE, days=3)
    count = iter([False, True])
    first = list(sweep(wanted, tmp_path, "here", stop=lambda: next(count)))
    assert len(first) == 1 and len(list(tmp_path.iterdir())) == 1
    asked = []
    right = sweeping.solve

    def counted(point: Any) -> Any:
        asked.append(point.key)
        return right(point)

    monkeypatch.setattr(sweeping, "solve", counted)
    second = list(sweep(wanted, tmp_path, "here"))
    assert [each.found for each in second] == [True, False, False] and len(asked) == 2
    for path in tmp_path.iterdir():
        assert json.loads(path.read_text("utf-8"))["key"] == path.stem
    assert all(each.found for each in sweep(wanted, tmp_path, "here")) and len(asked) == 2


def test_a_point_without_answer_is_told_and_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = points(None, varied=PRICES, spec=EXAMPLE, days=3)

    def refuses(point: Any) -> Any:
        raise Refused("no certified answer")

    monkeypatch.setattr(sweeping, "solve", refuses)
    done = list(sweep(wanted, tmp_path, "here"))
    assert [each.error for each in done] == ["no certified answer"] * 3
    assert list(tmp_path.iterdir()) == []
    assert summary(done[0])["error"] == "no certified answer"


def test_the_key_of_a_point_follows_its_content() -> None:
    wanted = points(None, varied=PRICES, spec=EXAMPLE, step=3)
    again = points(None, varied=PRICES, spec=EXAMPLE, step=3)
    other = points(None, varied=PRICES, spec=EXAMPLE, step=2)
    assert [point.key for point in wanted] == [point.key for point in again]
    assert len({point.key for point in (*wanted, *other)}) == 6


def test_values_are_set_or_multiplied_and_become_assumptions() -> None:
    (point,) = points(None, spec=EXAMPLE)
    price = point.spec.carriers["gas"].price
    assert price is not None
    more = with_value(point.spec, "carriers.gas.price", "x1.5").carriers["gas"].price
    fixed = with_value(point.spec, "carriers.gas.price", "80").carriers["gas"].price
    assert more is not None and fixed is not None
    assert more.at(2030) == pytest.approx(1.5 * price.at(2030)) and fixed.at(2030) == 80
    assert (fixed.unit, fixed.source) == (price.unit, "sweep")
    made = with_value(point.spec, "storages.battery.efficiency_in", "0.8")
    assert made.storages["battery"].efficiency_in == 0.8
    assert made.sources["sweep"].kind == "assumption"


BAD: list[tuple[dict[str, list[str]], type[Exception], str]] = [
    ({"carriers.gaz.price": ["1"]}, NotFound, "gaz"),
    ({"carriers.gas.price": ["dear"]}, Refused, "no number"),
    ({"technologies.gas.node": ["1"]}, Refused, "what stands there is no figure"),
    ({"carriers.gas.price": ["-1"]}, FaultsFound, "carriers.gas.price=-1"),
    ({"carriers.gas.price": [str(n) for n in range(400)], "technologies.pv.capital": ["1"] * 400}, Refused, "160,000"),
]


@pytest.mark.parametrize(("varied", "error", "said"), BAD, ids=[str(i) for i in range(len(BAD))])
def test_bad_sweeps_are_refused_before_any_solve(
    varied: dict[str, list[str]], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        points(None, varied=varied, spec=EXAMPLE)
