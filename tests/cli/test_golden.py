"""What the toy city gives, word for word and number for number.

`python -m tests.cli.test_golden` writes the files again; read the difference before committing it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.cli.running import DAY, TOY, Ran

GOLDEN = Path(__file__).parent / "golden"
COMMANDS = {
    "assess": ("assess", "--as-of", DAY),
    "target": ("target", "pv-capacity-2030", "--as-of", DAY),
    "explain": ("explain", "demand-response-share-2024", "--as-of", DAY),
    "facts": ("facts", "power.pv_capacity", "--all-sources", "--known-on", DAY),
    "changes": ("changes", "--since", "2024-12-31", "--as-of", DAY),
}


def differences(here: Any, there: Any, at: str = "") -> list[str]:
    """Name every place where two JSON values differ; floats may differ in the tenth digit."""
    if isinstance(here, dict) and isinstance(there, dict):
        if list(here) != list(there):
            return [f"{at}: keys {list(here)} and {list(there)}"]
        return [found for key in here for found in differences(here[key], there[key], f"{at}/{key}")]
    if isinstance(here, list) and isinstance(there, list):
        if len(here) != len(there):
            return [f"{at}: {len(here)} and {len(there)} entries"]
        pairs = enumerate(zip(here, there, strict=True))
        return [found for no, (one, other) in pairs for found in differences(one, other, f"{at}/{no}")]
    if isinstance(here, float) and isinstance(there, float):
        return [] if math.isclose(here, there, rel_tol=1e-9, abs_tol=1e-12) else [f"{at}: {here} and {there}"]
    return [] if here == there and type(here) is type(there) else [f"{at}: {here!r} and {there!r}"]


@pytest.mark.parametrize("name", COMMANDS)
def test_the_toy_city_gives_what_it_gave(dafeng: Callable[..., Ran], name: str) -> None:
    expected = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))
    assert differences(dafeng(*COMMANDS[name], "--json").json(), expected) == []


def test_a_difference_is_found_wherever_it_is() -> None:
    assert differences({"a": [1.0, {"b": None}]}, {"a": [1.0, {"b": 0.0}]}) == ["/a/1/b: None and 0.0"]
    assert differences({"a": 1.0}, {"a": 1.0 + 1e-6}) == ["/a: 1.0 and 1.000001"]
    assert differences({"a": 1, "b": 2}, {"b": 2, "a": 1}) == [": keys ['a', 'b'] and ['b', 'a']"]
    assert differences([1], [1, 2]) == [": 1 and 2 entries"]


def main() -> None:
    from typer.testing import CliRunner

    from dafeng.cli.app import app

    for name, words in COMMANDS.items():
        out = CliRunner().invoke(app, [*words, "--json", "--city", str(TOY), "--lang", "en"]).stdout
        (GOLDEN / f"{name}.json").write_text(
            json.dumps(json.loads(out), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )


if __name__ == "__main__":
    main()
