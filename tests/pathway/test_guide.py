"""The published results of Shanghai's pathway are those the pack gives."""

from __future__ import annotations

from tests.pathway.guide import GUIDE, guide

from dafeng.city import load as load_city
from dafeng.pathway import load


def test_the_guide_says_what_the_pack_gives() -> None:
    assert GUIDE.read_text(encoding="utf-8") == guide(load(load_city("shanghai"))), "run: python -m tests.pathway.guide"
