"""Substitution: arrays put in the place of quantities, computed ones too, and what follows from them calculated again.

A change of an input gives a state whose cells are those of the model. Here an array may be longer than the state along
an axis on which the state has one label, so that the same formulas run once for many places; and a quantity that was
summed over places may be handed back to the formulas that read the sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from dafeng.errors import NotFound
from dafeng.kernel.evaluate import evaluate
from dafeng.kernel.words import Array

if TYPE_CHECKING:
    from dafeng.kernel.state import State


def substitute(state: State, arrays: Mapping[str, Array], want: Iterable[str]) -> dict[str, Array]:
    """Calculate `want` with `arrays` in the place of inputs or computed quantities, by id.

    Arrays have all axes in model order and coherent units, as `State.array` gives them; along an axis they have as many
    cells as the state, one, or, where the state has one, any number. A quantity that is given is not calculated again,
    even where it follows from another. The answer is in the same form, read-only.

    Raises:
        NotFound: an id is none of the model.
    """
    graph = state.model.graph
    given = {graph.resolve(id): array for id, array in arrays.items()}
    wanted = [graph.resolve(id) for id in dict.fromkeys(want)]
    for id in (*given, *wanted):
        if id not in graph.by_id and id not in state.data:
            raise NotFound("quantity", id, [*graph.by_id, *state.data])
    gone = {entry.id for entry in graph.downstream(given)}
    known = {id: array for id, array in state.arrays.items() if id not in gone}
    known.update(given)
    entries = graph.upstream([id for id in wanted if id not in known], known)
    results = evaluate(entries, known, state.frame, wanted)
    return {id: results.arrays[id] if id in results.arrays else known[id] for id in wanted}
