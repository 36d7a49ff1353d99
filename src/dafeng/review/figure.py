"""Numbers that the compiler left out: a person may make a target of one, and what that target would be at first."""

from __future__ import annotations

import math
import re
from dataclasses import replace

from dafeng.compiler import Compiled
from dafeng.compiler.result import ExcludedRecord, TargetRecord
from dafeng.review.item import Item

#: Brackets, quotes and joining signs that a cut leaves at the ends of a name.
_EDGES = re.compile(r"^[“”\"（）()+\-—]+|[“”\"（）()+\-—]+$")


def figures(compiled: Compiled) -> tuple[Item, ...]:
    """List the figures that were left out, in the order of the text, each as the target it would be.

    The value of a figure that is no number is NaN: a person has to give it. Nothing of it enters a plan unless a
    person makes it a target.
    """
    return tuple(
        Item(f"excluded-{one.start}", "excluded", n, one.start, one.end, _draft(compiled, one), None)
        for n, one in enumerate(compiled.excluded)
    )


def valueless(item: Item, changes: dict[str, object]) -> bool:
    """Tell whether a figure made a target would still have no value."""
    record = item.record
    return isinstance(record, TargetRecord) and math.isnan(record.value) and changes.get("value") is None


def _draft(compiled: Compiled, one: ExcludedRecord) -> TargetRecord:
    target = one.as_target(compiled.text)
    name = _EDGES.sub("", target.indicator) or target.indicator
    return replace(target, indicator=name, value=math.nan if one.value is None else one.value)
