"""How a command is run in a test, and how it ended."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
TOY = ROOT / "tests" / "cities" / "toy"
DAY = "2026-11-25"


@dataclass(frozen=True)
class Ran:
    """How one command ended."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        return json.loads(self.out)

    def error(self) -> Any:
        return json.loads(self.err)["error"]


def command() -> list[str]:
    return [sys.executable, "-c", "from dafeng.cli.app import main; main()"]


def plain(**environment: str) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT / "src"),
        "HOME": os.environ.get("HOME", ""),
        "LANG": "C.UTF-8",
        "DAFENG_CITY": str(TOY),
        **environment,
    }
