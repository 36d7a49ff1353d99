"""Taking a plan into a pack, with the documents, indicators and units it needs: all of it, or nothing."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from pydantic import BaseModel

from dafeng.city.load import check, find_pack
from dafeng.errors import FaultsFound, Refused
from dafeng.plan.loader import dump

if TYPE_CHECKING:
    from dafeng.review.declare import Declared

_ITEM = re.compile(r"^( *)- ", re.MULTILINE)


def admit(declared: Declared, folder: Path, comment: str = "") -> tuple[Path, ...]:
    """Write a plan and what it declares into the pack at `folder`; give the files written.

    `comment` is the head of the plan file. What the pack has already (a document of that id) is left as it is. The
    pack is checked as it would be before anything of it is changed.

    Raises:
        NotFound: there is no pack.
        Refused: the pack has a plan of that id.
        FaultsFound: the pack would have faults that it does not have now.
    """
    pack = find_pack(folder)
    own = pack / f"plan-{declared.plan.id}.yaml"
    if own.exists():
        raise Refused(
            f"{own.name}: the pack has this plan already. Give another --id, or take the file out first.",
            zh=f"{own.name}：数据包中已有该方案。请用 --id 另取标识，或先移走该文件。",
        )
    texts = {own: comment + dump(declared.plan)}
    documents = () if _has(pack / "documents.yaml", declared.document.id) else (declared.document,)
    parts: Mapping[str, Iterable[BaseModel]] = {
        "documents": documents,
        "indicators": declared.indicators,
        "organisations": declared.organisations,
    }
    for name, added in parts.items():
        if entries := [part.model_dump(mode="json", exclude_defaults=True) for part in added]:
            path = pack / f"{name}.yaml"
            texts[path] = _appended(path.read_text(encoding="utf-8"), entries)
    before = {(fault.code, fault.message) for fault in check(pack)}
    with tempfile.TemporaryDirectory() as place:
        trial = Path(shutil.copytree(pack, Path(place) / pack.name))
        for path, text in texts.items():
            (trial / path.name).write_text(text, encoding="utf-8")
        faults = [fault for fault in check(trial) if (fault.code, fault.message) not in before]
    if faults:
        raise FaultsFound(faults, own.name)
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")
    return tuple(texts)


def _has(path: Path, id: str) -> bool:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    return any(one.get("id") == id for one in data["documents"])


def _appended(text: str, entries: list[dict[str, Any]]) -> str:
    """Add entries to the one list of a file, indented as those before them; its comments stay."""
    first = _ITEM.search(text)
    indent = first.group(1) if first else "  "
    written = yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=120)
    return text.rstrip("\n") + "\n" + "".join(f"{indent}{line}\n" for line in written.splitlines())
