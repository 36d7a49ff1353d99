"""A plan rendered in any style, with any noise, compiles to the same plan."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dafeng.compiler import compile_text
from dafeng.compiler.blocks import fold

from .promises import Promise
from .render import NOISES, STYLES, disturb, document, expected_units, render


def found(text: str) -> list[Promise]:
    return [
        Promise(
            t.indicator,
            t.value,
            t.unit,
            t.comparator,
            t.year,
            t.period,
            t.value_max,
            t.strict,
            t.hedge,
            t.direction,
            t.baseline_year,
            t.kind,
        )
        for t in compile_text(text).targets
    ]


@pytest.mark.parametrize("style", STYLES)
@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_targets_come_back(style: str, seed: int) -> None:
    doc = document(seed)
    assert found(render(doc, style)) == doc.promises


@pytest.mark.parametrize("noise", NOISES)
@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6), style=st.sampled_from(STYLES))
def test_noise_changes_no_target(noise: str, seed: int, style: str) -> None:
    doc = document(seed)
    assert found(disturb(render(doc, style), noise, seed)) == doc.promises


@pytest.mark.parametrize("style", STYLES)
@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6), noise=st.sampled_from(("", "wrapped", "paged", "spaced", "crlf")))
def test_tasks_and_units_come_back(style: str, seed: int, noise: str) -> None:
    doc = document(seed)
    text = render(doc, style)
    got = compile_text(disturb(text, noise, seed) if noise else text)
    assert [t.title for t in got.tasks] == [m.title for m in doc.measures]
    assert [(list(t.units), list(t.lead)) for t in got.tasks] == [expected_units(m, style) for m in doc.measures]
    held = [work.title for work in doc.works]
    assert [a.title for a in got.actions if a.title in held] == held


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6), style=st.sampled_from(STYLES), noise=st.sampled_from(NOISES))
def test_every_offset_points_at_what_it_names(seed: int, style: str, noise: str) -> None:
    text = disturb(render(document(seed), style), noise, seed)
    got = compile_text(text)
    for target in got.targets:
        number = "".join(fold(text[target.value_start : target.value_end]).split())
        if noise != "broken":
            assert float(number) == target.value
        assert target.start <= target.value_start < target.value_end <= target.end
        assert text[target.start : target.end] == target.quote
    for drop in got.excluded:
        assert text[drop.start : drop.end] == drop.text
    for task in got.tasks:
        assert task.title[:2] in "".join(text[task.title_start : task.title_end].split())
