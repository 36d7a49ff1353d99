"""The rules, each with its reason, found in the syntax tree of one module."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

#: What a formula may import of dafeng: the kernel, its leaves and other formulas.
BELOW = frozenset({"kernel", "domains", "axes", "units", "errors", "labels", "documents", "lineage"})
MAKERS = frozenset({"variable", "stock"})
ADDERS = frozenset({"since", "edition"})
INPUT_OUTPUT = frozenset(
    "csv io json logging os pathlib pickle random requests shutil socket sqlite3 subprocess sys tempfile time urllib "
    "yaml httpx sqlalchemy openpyxl".split()
)
DOERS = frozenset({"open", "print", "input", "exec", "eval", "compile", "__import__"})
WRITTEN_IN = (int, float, complex)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what it forbids, and why."""

    name: str
    forbids: str
    because: str


RULES = {
    rule.name: rule
    for rule in (
        Rule(
            "number",
            "a number other than 0 and 1",
            "a constant is a parameter with a source and a unit; a number in a formula has neither and cannot be moved",
        ),
        Rule(
            "numpy",
            "NumPy",
            "a formula also runs on units, on coverage and on linear expressions; the closed vocabulary serves all",
        ),
        Rule(
            "io",
            "input and output",
            "a formula is a function of its arguments: the same values must come out wherever and whenever it runs",
        ),
        Rule(
            "layer",
            "an import from a layer above",
            "formulas know the kernel and each other; whoever uses them imports them, never the other way round",
        ),
        Rule(
            "clause",
            "a formula without a clause",
            "every formula follows a document, and a lineage ends there: ref='document#clause'",
        ),
        Rule(
            "words",
            "a formula that does not say in words what it calculates",
            "the first line of the docstring is the formula in words, for those who do not read code",
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One place that breaks a rule."""

    line: int
    rule: str
    what: str


def findings(tree: ast.Module) -> Iterator[Finding]:
    """Yield what breaks a rule in one module."""
    dated = {id(node) for call in _calls(tree, ADDERS) if call.args for node in ast.walk(call.args[0])}
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=value) if _is_number(value) and value not in {0, 1} and id(node) not in dated:
                yield Finding(node.lineno, "number", f"the number {value!r}")
            case ast.Import(names=names):
                for alias in names:
                    yield from _imported(node.lineno, alias.name)
            case ast.ImportFrom(module=str(module), level=0):
                yield from _imported(node.lineno, module)
            case ast.ImportFrom(level=level) if level > 1:
                yield Finding(node.lineno, "layer", "a relative import that leaves the package")
            case ast.Call(func=ast.Name(id=name)) if name in DOERS:
                yield Finding(node.lineno, "io", f"{name}()")
            case ast.FunctionDef():
                yield from _formula(node)


def _is_number(value: object) -> bool:
    return isinstance(value, WRITTEN_IN) and not isinstance(value, bool)


def _calls(tree: ast.AST, methods: frozenset[str]) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in methods:
            yield node


def _imported(line: int, module: str) -> Iterator[Finding]:
    root, _, rest = module.partition(".")
    if root == "numpy":
        yield Finding(line, "numpy", f"import of {module}")
    elif root in INPUT_OUTPUT:
        yield Finding(line, "io", f"import of {module}")
    elif root == "dafeng" and rest and rest.partition(".")[0] not in BELOW:
        yield Finding(line, "layer", f"import of {module}")


def _formula(function: ast.FunctionDef) -> Iterator[Finding]:
    for decorator in function.decorator_list:
        if not isinstance(decorator, ast.Call):
            continue
        name = decorator.func.attr if isinstance(decorator.func, ast.Attribute) else getattr(decorator.func, "id", "")
        if name not in MAKERS | ADDERS:
            continue
        ref = next((word.value for word in decorator.keywords if word.arg == "ref"), None)
        if ref is None or (isinstance(ref, ast.Constant) and "#" not in str(ref.value)):
            got = "no ref" if ref is None else f"the ref {ast.unparse(ref)}"
            yield Finding(function.lineno, "clause", f"{function.name} has {got}")
        if not ast.get_docstring(function):
            yield Finding(function.lineno, "words", f"{function.name} has no docstring")
