"""Scalars of pack files are read by YAML 1.2."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dafeng.errors import Collector
from dafeng.store import yamlfile


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("no: 一", {"no": "一"}),
        ("yes: on", {"yes": "on"}),
        ("issued: 2022-07-08", {"issued": "2022-07-08"}),
        ("open: true", {"open": True}),
        ("open: False", {"open": False}),
        ("value: 0.5", {"value": 0.5}),
        ("value: 12", {"value": 12}),
        ("value:", {"value": None}),
        ("title: twenty", {"title": "twenty"}),
    ],
)
def test_only_true_and_false_are_truth_values_and_dates_are_text(written: str, read: Any, tmp_path: Path) -> None:
    path = tmp_path / "file.yaml"
    path.write_text(written, encoding="utf-8")
    faults = Collector("file")
    file = yamlfile.read(path, faults)
    faults.done()
    assert file is not None
    assert file.data == read


def test_a_value_written_by_an_alias_has_the_line_of_its_anchor(tmp_path: Path) -> None:
    path = tmp_path / "file.yaml"
    path.write_text("first:\n  note: &same {zh: 甲, en: a}\nsecond:\n  note: *same\n", encoding="utf-8")
    file = yamlfile.read(path, Collector("file"))
    assert file is not None
    assert file.data["second"]["note"] == {"zh": "甲", "en": "a"}
    assert file.place("second", "note") == "file.yaml:4"
    assert file.place("second", "note", "en") == "file.yaml:2"
