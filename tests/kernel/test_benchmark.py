"""The benchmark's two sides do the same arithmetic, so that their times may be compared."""

from __future__ import annotations

import numpy as np
from benchmarks.kernel import graph


def test_the_kernel_and_the_bare_loop_give_the_same_bits() -> None:
    model, data = graph.model(), graph.data()
    state = model.run(data, graph.YEARS, keep="outputs")
    assert len(model.variables()) == 301 and state.array("bench.v0_0").size == 39_360
    ends = {f"bench.v{branch}_{graph.LENGTH - 1}": None for branch in range(graph.BRANCHES)}
    arrays = {id: state.array(id) for id in (*data, *ends)}
    run, _ = graph.bare(arrays, graph.BRANCHES, keep=False)
    np.testing.assert_array_equal(run(), state.array("graph.everything"))
    changed = state.change(graph.LEVER, {2025: 15.0, 2030: 40.0}, why="bench")
    run, _ = graph.bare({**arrays, graph.LEVER: changed.array(graph.LEVER)}, 1, keep=False)
    np.testing.assert_array_equal(run(), changed.array("graph.everything"))
