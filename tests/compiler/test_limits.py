"""Twenty thousand characters: half a second of processor time, and a small part of the memory allowed."""

from __future__ import annotations

import time
import tracemalloc

from dafeng.compiler import compile_text

from .render import document, render


def long_plan() -> str:
    text = ""
    seed = 0
    while len(text) < 20_000:
        text += render(document(seed), "province")
        seed += 1
    return text[:20_000]


def test_time_and_memory_of_a_long_plan() -> None:
    text = long_plan()
    compile_text(text)
    start = time.process_time()
    first = compile_text(text)
    assert time.process_time() - start < 0.5
    tracemalloc.start()
    second = compile_text(text)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 50 * 1024 * 1024
    assert first == second
    assert len(first.targets) > 100
