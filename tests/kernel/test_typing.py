"""Annotated formulas pass the strict type checker without an ignore."""

from __future__ import annotations

from pathlib import Path

import pytest

FORMULAS = ("balance", "forest", "road")


@pytest.mark.slow
def test_formulas_are_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from mypy import api

    root = Path(__file__).parents[2]
    monkeypatch.chdir(root)
    modules = [argument for name in FORMULAS for argument in ("-m", f"tests.kernel.toy.{name}")]
    out, err, status = api.run(["--strict", "--config-file=", "--cache-dir", str(tmp_path), *modules])
    assert (status, err) == (0, ""), out
