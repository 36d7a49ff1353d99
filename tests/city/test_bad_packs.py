"""Broken packs: the whole of what the check says of each, all faults of all files at once."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from dafeng.city import check, load
from dafeng.domains import known
from dafeng.errors import FaultsFound

TOY = Path(__file__).parents[1] / "cities" / "toy"
PACKS = yaml.safe_load((Path(__file__).parent / "bad" / "packs.yaml").read_text(encoding="utf-8"))


def broken(folder: Path, edits: dict[str, list[list[str]]]) -> Path:
    """Copy the toy pack and make the edits; each must find what it replaces."""
    pack = folder / "toy"
    shutil.copytree(TOY, pack)
    for name, pairs in edits.items():
        path = pack / name
        text = path.read_text(encoding="utf-8")
        for old, new in pairs:
            assert old in text, f"{name}: nothing to replace: {old!r}"
            text = text.replace(old, new, 1)
        path.write_text(text, encoding="utf-8")
    return pack


@pytest.mark.parametrize("pack", [pytest.param(pack, id=pack["name"]) for pack in PACKS])
def test_pack(pack: dict[str, Any], tmp_path: Path) -> None:
    folder = broken(tmp_path, pack["edits"])
    expected = [fault.replace("{domains}", ", ".join(known())) for fault in pack["faults"]]
    assert [f"[{fault.code}] {fault}" for fault in check(folder)] == expected
    with pytest.raises(FaultsFound, match=rf"^toy: {len(pack['faults'])} fault"):
        load(folder)


def test_a_missing_file_is_a_fault_of_its_own(tmp_path: Path) -> None:
    folder = broken(tmp_path, {})
    (folder / "indicators.yaml").unlink()
    faults = check(folder)
    assert [str(fault) for fault in faults] == [
        "indicators.yaml: the file is missing. Add indicators.yaml to the city pack"
    ]


def test_the_sound_pack_has_no_fault() -> None:
    assert check(TOY) == []
