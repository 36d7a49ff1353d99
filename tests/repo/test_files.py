"""What may and may not stand in a committed file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

# Written in parts, so that this file does not break its own rule.
REGISTRIES = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("npmmirror", "com"),
        ("yarnpkg", "com"),
        ("pypi", "tuna", "tsinghua"),
        ("deb", "debian", "org"),
        ("unpkg", "com"),
        ("jsdelivr", "net"),
    )
]
MACHINE_PATH = re.compile(r"(?<![\w./~-])/(?:" + "|".join(["work", "root", "home", "tmp", "opt", "Users"]) + r")/")
LOCKS = ["package-lock.json", *(f"requirements/{name}.txt" for name in ("runtime", "dev", "build", "uv", "node"))]

MOST_BYTES = 200_000
#: Larger files, and why each may be.
LARGE: dict[str, str] = {}

MOST_LINES = 400
#: Longer modules, and why each may be.
LONG: dict[str, str] = {}

EXECUTABLE = {"dev.py", ".ci/run"}


def test_no_file_names_a_package_registry(texts: dict[str, str]) -> None:
    named = [f"{name}: {host}" for name, text in texts.items() for host in REGISTRIES if host in text]
    assert named == [], "a clone must install from whatever registry its machine is set to"


def test_no_file_names_a_path_of_one_machine(texts: dict[str, str]) -> None:
    found = [
        f"{name}:{number}: {line.strip()[:100]}"
        for name, text in texts.items()
        for number, line in enumerate(text.splitlines(), 1)
        if MACHINE_PATH.search(line)
    ]
    assert found == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_file_holds_names_versions_and_hashes_only(name: str, texts: dict[str, str]) -> None:
    text = texts[name]
    assert "://" not in text
    assert "--index" not in text and "--extra" not in text and "--find-links" not in text
    assert re.search(r"sha(256:|512-)", text)


def test_uv_lock_is_not_committed(texts: dict[str, str]) -> None:
    assert [name for name in texts if name.endswith(("uv.lock", "pylock.toml"))] == []


def test_files_are_small(files: list[Path], root: Path) -> None:
    sizes = {path.relative_to(root).as_posix(): path.stat().st_size for path in files}
    large = {name: size for name, size in sizes.items() if size > MOST_BYTES and name not in LARGE}
    assert large == {}, f"over {MOST_BYTES} bytes; split it, or give the reason in LARGE"


def test_modules_are_short(texts: dict[str, str]) -> None:
    lines = {name: len(text.splitlines()) for name, text in texts.items() if name.endswith(".py")}
    long = {name: count for name, count in lines.items() if count > MOST_LINES and name not in LONG}
    assert long == {}, f"over {MOST_LINES} lines; split it along its nouns"


def test_text_files_end_with_one_newline_and_have_unix_line_ends(texts: dict[str, str]) -> None:
    kinds = (".md", ".toml", ".yaml", ".yml", ".html", ".css", ".js", ".json", ".txt")
    crooked = [
        name
        for name, text in texts.items()
        if name.endswith(kinds) and text and ("\r" in text or not text.endswith("\n") or text.endswith("\n\n"))
    ]
    assert crooked == []


def test_only_the_two_entry_points_are_executable(files: list[Path], root: Path) -> None:
    executable = {path.relative_to(root).as_posix() for path in files if path.stat().st_mode & 0o111}
    assert executable == EXECUTABLE


def test_no_third_party_browser_code_is_committed(texts: dict[str, str]) -> None:
    assert [name for name in texts if "/vendor/" in name or name.endswith(".min.js")] == []


def test_no_open_ends_are_left_in_code(texts: dict[str, str]) -> None:
    marks = re.compile(r"\b(?:" + "|".join(["TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK"]) + r")\b")
    found = [
        f"{name}:{number}"
        for name, text in texts.items()
        if name.endswith((".py", ".html", ".css", ".js", ".sh", ".md"))
        for number, line in enumerate(text.splitlines(), 1)
        if marks.search(line)
    ]
    assert found == [], "finish it, or write the reason as a sentence"
