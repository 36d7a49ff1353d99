"""pyproject.toml, the lock files and the layers agree with each other and with the code."""

from __future__ import annotations

import ast
import json
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

import dafeng

LEAVES = {"axes", "units", "errors", "labels", "lineage", "documents", "settings", "store"}


@pytest.fixture(scope="module")
def project(root: Path) -> dict[str, Any]:
    """The content of pyproject.toml."""
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


def locked(root: Path, name: str) -> dict[str, str]:
    """Package -> version of one lock file."""
    text = (root / f"requirements/{name}.txt").read_text(encoding="utf-8")
    return {m[1]: m[2] for m in re.finditer(r"^([a-z0-9.-]+)==(\S+)", text, re.M)}


def names(requirements: list[str]) -> set[str]:
    """The normalised package names of a list of requirements."""
    return {re.split(r"[\s\[<>=!~;]", text)[0].lower().replace("_", "-") for text in requirements}


def test_the_version_is_the_same_everywhere(project: dict[str, Any]) -> None:
    assert project["project"]["version"] == dafeng.__version__


def test_every_dependency_has_a_range_with_both_ends(project: dict[str, Any]) -> None:
    extras = [text for extra in project["project"]["optional-dependencies"].values() for text in extra]
    listed = project["project"]["dependencies"] + extras
    assert [text for text in listed if not re.search(r">=[\d.]+,<[\d.]+$", text)] == []


def test_every_dependency_is_locked(project: dict[str, Any], root: Path) -> None:
    groups = project["dependency-groups"]
    runtime = names(project["project"]["dependencies"] + project["project"]["optional-dependencies"]["power"])
    wanted = {
        "runtime": runtime,
        "dev": runtime | names(groups["dev"]),
        **{name: names(groups[name]) for name in ("build", "uv", "node")},
    }
    missing = {name: sorted(packages - set(locked(root, name))) for name, packages in wanted.items()}
    assert {name: gone for name, gone in missing.items() if gone} == {}


def test_two_lock_files_never_hold_two_versions(root: Path) -> None:
    runtime, dev, build = (locked(root, name) for name in ("runtime", "dev", "build"))
    assert set(runtime) <= set(dev)
    assert {name: (version, dev[name]) for name, version in runtime.items() if dev[name] != version} == {}
    shared = set(build) & set(dev)
    assert {name for name in shared if build[name] != dev[name]} == set()


def test_browser_libraries_are_locked_and_copied(root: Path) -> None:
    manifest = json.loads((root / "package.json").read_text(encoding="utf-8"))
    packages = json.loads((root / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for name, version in manifest["dependencies"].items():
        assert packages[f"node_modules/{name}"]["version"] == version
    copied = manifest["dafeng"]["vendor"]
    for name in manifest["dependencies"]:
        sources = [source for source in copied.values() if source.startswith(f"node_modules/{name}/")]
        assert any(source.endswith("LICENSE") for source in sources), f"{name} is copied without its licence"


def imports(path: Path) -> set[str]:
    """The top names a module imports; of dafeng, "dafeng.<room>"."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            modules = [node.module] if node.module != "dafeng" else [f"dafeng.{alias.name}" for alias in node.names]
        else:
            continue
        found |= {".".join(module.split(".")[: 2 if module.startswith("dafeng") else 1]) for module in modules}
    return found


def test_the_kernel_needs_numpy_and_leaves_only(root: Path) -> None:
    allowed = {"numpy", "dafeng.kernel", *(f"dafeng.{leaf}" for leaf in LEAVES - {"store", "settings"})}
    faults = {
        path.name: sorted(extra)
        for path in sorted((root / "src/dafeng/kernel").rglob("*.py"))
        if (extra := imports(path) - allowed - set(sys.stdlib_module_names))
    }
    assert faults == {}


def test_every_import_is_a_declared_dependency(project: dict[str, Any], root: Path) -> None:
    extras = [text for extra in project["project"]["optional-dependencies"].values() for text in extra]
    declared = names(project["project"]["dependencies"] + extras) | {"yaml", "quickjs", "starlette", "dafeng"}
    known = declared | {"pydantic-core", "click", "markupsafe"} | set(sys.stdlib_module_names)
    faults = {
        path.relative_to(root).as_posix(): sorted(extra)
        for path in sorted((root / "src").rglob("*.py"))
        if (
            extra := {name.split(".")[0].replace("_", "-") for name in imports(path)}
            - {n.replace("_", "-") for n in known}
        )
    }
    assert faults == {}


def test_no_code_names_the_shipped_city(root: Path) -> None:
    shipped = [path.name for path in (root / "src/dafeng/cities").iterdir() if path.is_dir()]
    allowed = {"src/dafeng/settings.py"}  # the default of `city`
    faults = [
        f"{name}:{number}"
        for path in sorted((root / "src/dafeng").rglob("*"))
        if path.suffix in {".py", ".html", ".js", ".css"} and "cities" not in path.parts and "vendor" not in path.parts
        if (name := path.relative_to(root).as_posix()) not in allowed
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if any(re.search(rf"\b{city}\b", line, re.I) for city in shipped)
    ]
    assert faults == []


def test_city_packs_hold_no_code(root: Path) -> None:
    kinds = {".yaml", ".csv", ".md", ".json"}
    packs = root / "src/dafeng/cities"
    assert [path.name for path in packs.rglob("*") if path.is_file() and path.suffix not in kinds] == []
