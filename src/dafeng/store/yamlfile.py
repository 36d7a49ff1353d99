"""YAML files read with the line of every value, so that a fault can name its place."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from dafeng.errors import Collector

Key = tuple[str | int, ...]
T = TypeVar("T", bound=BaseModel)


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reads scalars by YAML 1.2: only true and false are booleans, and a date stays text.

    PyYAML follows YAML 1.1, where the key `no` is False and 2022-07-08 is a date object.
    """


_TIMESTAMP, _BOOL = "tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool"
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in pairs if tag not in {_TIMESTAMP, _BOOL}]
    for first, pairs in _Loader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(_BOOL, re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF"))


@dataclass(frozen=True)
class YamlFile:
    """The content of one file and the line (from 1) of every key path in it."""

    path: Path
    data: Any
    lines: dict[Key, int]

    def place(self, *key: str | int) -> str:
        """Name the place of a key path as "file:line"; the nearest parent that has a line stands in."""
        while key and key not in self.lines:
            key = key[:-1]
        return f"{self.path.name}:{self.lines.get(key, 1)}"


def read(path: Path, faults: Collector) -> YamlFile | None:
    """Read one YAML file; what cannot be read is noted in `faults` and gives None.

    Duplicate keys of a mapping are faults: YAML would silently keep the last one.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        faults.add("no-file", path.name, "the file is missing", f"Add {path.name} to the city pack")
        return None
    except UnicodeDecodeError as error:
        faults.add("encoding", path.name, f"the file is not UTF-8 (byte {error.start})", "Save it as UTF-8")
        return None
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        lines: dict[Key, int] = {}
        data = None if node is None else _build(loader, node, (), lines, path, faults)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark is not None else 1
        problem = getattr(error, "problem", None) or "not valid YAML"
        faults.add(
            "yaml", f"{path.name}:{line}", f"not valid YAML: {problem}", "Correct the indentation or quoting there"
        )
        return None
    finally:
        loader.dispose()
    return YamlFile(path, data, lines)


def _build(loader: Any, node: Any, key: Key, lines: dict[Key, int], path: Path, faults: Collector) -> Any:
    lines[key] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        out: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            name = loader.construct_object(key_node, deep=True)
            if name in out:
                faults.add(
                    "duplicate-key",
                    f"{path.name}:{key_node.start_mark.line + 1}",
                    f"the key '{name}' stands twice in one mapping",
                    "Keep one of the two",
                )
            out[name] = _build(loader, value_node, (*key, name), lines, path, faults)
            lines[(*key, name)] = key_node.start_mark.line + 1
        return out
    if isinstance(node, yaml.SequenceNode):
        return [_build(loader, item, (*key, i), lines, path, faults) for i, item in enumerate(node.value)]
    return loader.construct_object(node, deep=True)


def whole(model: type[T], path: Path, check: Callable[[T, Collector], None] | None = None) -> T:
    """Read a file that is one model, and let `check` note what the model cannot.

    Raises:
        FaultsFound: with the line of every fault.
    """
    faults = Collector(path.name)
    file = read(path, faults)
    found = parse(model, file, faults) if file else None
    if found is not None and check is not None:
        check(found, faults)
    faults.done()
    assert found is not None  # noqa: S101 - a file without faults was read
    return found


def parse(model: type[T], file: YamlFile, faults: Collector, *key: str | int) -> T | None:
    """Turn the data at `key` of a file into a model; every violation is noted with its line."""
    data = file.data
    for part in key:
        data = data[part]
    try:
        return model.model_validate(data)
    except ValidationError as error:
        for item in error.errors(include_url=False):
            where = (*key, *item["loc"])
            name = ".".join(str(part) for part in item["loc"]) or "the entry"
            got = "" if item["type"] == "missing" else f" (got {str(item['input'])[:60]!r})"
            faults.add(
                f"schema-{item['type'].replace('_', '-')}",
                file.place(*where),
                f"{name}: {item['msg'][:1].lower()}{item['msg'][1:]}{got}",
                "Correct the value; the schema is in docs/guide/city-pack.md",
            )
        return None
