"""Settings of levers as people write them: a number, and behind it when it is done and how it goes."""

from __future__ import annotations

import re
from typing import get_args

from dafeng.pathway.scenario import Setting
from dafeng.pathway.schedule import Shape

#: What a setting looks like, for a message.
FORM = "lever=value or lever=value,start-end,shape"

_YEARS = re.compile(r"^\s*(\d{4})\s*-\s*(\d{4})\s*$")


def setting_of(text: str) -> float | Setting:
    """Read `900`, `900,2026-2032` or `900,2026-2032,s-curve`: a value in the lever's unit, years, and a shape.

    Whether the lever can be set so, `Pathway.scenario` says.

    Raises:
        ValueError: it is written otherwise.
    """
    value, *more = text.split(",")
    number = float(value)
    if not more:
        return number
    years = _YEARS.match(more[0])
    shape = more[1].strip() if len(more) > 1 else None
    if years is None or len(more) > 2 or shape not in (None, *get_args(Shape)):
        raise ValueError(text)
    return Setting(to=number, start=int(years[1]), end=int(years[2]), shape=shape)
