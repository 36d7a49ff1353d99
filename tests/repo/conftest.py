"""The repository as tests see it: its root and the files that git knows or would take."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def files(root: Path) -> list[Path]:
    """Every file that is committed or could be: what .gitignore names is not among them."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout
    return [path for name in sorted(set(listed.split("\0")) - {""}) if (path := root / name).is_file()]


@pytest.fixture(scope="session")
def texts(files: list[Path], root: Path) -> dict[str, str]:
    """The content of every file, by its path in the repository; a file that is not UTF-8 text fails here by name."""
    out = {}
    for path in files:
        try:
            out[path.relative_to(root).as_posix()] = path.read_bytes().decode("utf-8")
        except UnicodeDecodeError as error:
            if path.suffix not in {".png", ".ico", ".woff2", ".xlsx", ".gb18030"}:
                pytest.fail(f"{path.relative_to(root)} is not UTF-8 text (byte {error.start})")
    return out
