"""A city: one pack loaded, cross-checked, and bound to the model."""

from __future__ import annotations

from dafeng.city.city import City
from dafeng.city.load import check, find_pack, load

__all__ = ["City", "check", "find_pack", "load"]
