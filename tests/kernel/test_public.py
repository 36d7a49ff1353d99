"""The public names are exactly these."""

from __future__ import annotations

import ast
import doctest
import subprocess
import sys
from pathlib import Path

from dafeng import axes, kernel


def test_public_names_are_sorted_and_exist() -> None:
    assert kernel.__all__ == sorted(kernel.__all__)
    assert all(hasattr(kernel, name) for name in kernel.__all__)


def test_the_kernel_knows_numpy_the_leaves_and_nothing_else() -> None:
    allowed = {"numpy", "dafeng.axes", "dafeng.units", "dafeng.errors", "dafeng.labels", "dafeng.lineage", "dafeng"}
    for path in Path(kernel.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            else:
                continue
            for name in names:
                known = name in allowed or name.startswith(("dafeng.kernel", "numpy."))
                assert known or name.split(".")[0] in sys.stdlib_module_names, f"{path.name} imports {name}"


def test_importing_the_kernel_does_not_load_pint() -> None:
    code = "import sys, dafeng.kernel; sys.exit('pint' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_examples_in_docstrings_run() -> None:
    assert doctest.testmod(axes) == doctest.TestResults(failed=0, attempted=3)
