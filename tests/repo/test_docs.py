"""Documents, decisions, change fragments and the glossary keep their own rules."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest
import yaml

from dafeng.assess.result import VERDICTS
from dafeng.facts.observation import STATUSES
from dafeng.lineage import Kind

LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(#[^)\s]*)?\)")
HEADINGS = ("Added", "Changed", "Fixed", "Removed", "Data")
MOST_POINTS = 5
#: Ids of the glossary that are no words of the code, only of the field.
WORDS_OF_CODE = {"plan", "action", "task", "target", "goal", "indicator", "organisation", "document", "chapter"}


@pytest.fixture(scope="module")
def glossary(root: Path) -> list[dict[str, object]]:
    """The terms of docs/glossary.yaml."""
    return list(yaml.safe_load((root / "docs/glossary.yaml").read_text(encoding="utf-8")))


def test_links_in_documents_lead_somewhere(texts: dict[str, str], root: Path) -> None:
    broken = [
        f"{name}: {target}"
        for name, text in texts.items()
        if name.endswith(".md")
        for target, _ in LINK.findall(text)
        if "://" not in target and not (root / name).parent.joinpath(target).exists()
    ]
    assert broken == []


def test_every_document_is_in_the_index(texts: dict[str, str]) -> None:
    index = texts["docs/README.md"]
    listed = [name.removeprefix("docs/") for name in texts if name.startswith("docs/")]
    missing = [name for name in listed if name.endswith((".md", ".yaml")) and f"({name})" not in index]
    own_index = ("README.md", "decisions/", "examples/")
    assert [name for name in missing if not name.startswith(own_index)] == [], "add it to docs/README.md"


def test_decisions_are_numbered_once_and_complete(texts: dict[str, str]) -> None:
    faults = []
    numbers = []
    for name, text in texts.items():
        if not name.startswith("docs/decisions/") or name.endswith(("README.md", "template.md")):
            continue
        match = re.fullmatch(r"docs/decisions/(\d{4})-[a-z0-9-]+\.md", name)
        if not match:
            faults.append(f"{name}: not named NNNN-short-title.md")
            continue
        numbers.append(match[1])
        if not text.startswith(f"# {match[1]}: "):
            faults.append(f"{name}: does not begin with '# {match[1]}: '")
        if not re.search(r"^Status: (proposed|accepted|replaced by \d{4})$", text, re.M):
            faults.append(f"{name}: no status line")
        headings = [line for line in text.splitlines() if line.startswith("## ")]
        if headings[:4] != ["## Context", "## Decision", "## Consequences", "## Alternatives"]:
            faults.append(f"{name}: headings are {headings}")
    assert faults == []
    assert [number for number, count in Counter(numbers).items() if count > 1] == []


def test_change_fragments_list_points_under_known_headings(texts: dict[str, str]) -> None:
    faults = []
    for name, text in texts.items():
        if not name.startswith("changes/") or name == "changes/README.md":
            continue
        if not re.fullmatch(r"changes/[a-z0-9-]+\.md", name):
            faults.append(f"{name}: not named short-name.md")
        headings = re.findall(r"^(?:### )(.*)$", text, re.M)
        if not text.startswith("### ") or set(headings) - set(HEADINGS) or len(set(headings)) < len(headings):
            faults.append(f"{name}: headings are {headings}, expected some of {HEADINGS}, each once")
        if any(not 1 <= part.count("\n- ") <= MOST_POINTS for part in text.split("### ")[1:]):
            faults.append(f"{name}: one to {MOST_POINTS} points stand under a heading")
    assert faults == []


def test_each_term_is_given_once_in_both_languages_with_a_source(glossary: list[dict[str, object]]) -> None:
    faults = []
    for term in glossary:
        if set(term) - {"avoid"} != {"id", "zh", "en", "definition", "source"}:
            faults.append(f"{term.get('id')}: has {sorted(term)}")
            continue
        definition = term["definition"]
        assert isinstance(definition, dict)
        if not (str(definition["zh"]).endswith("。") and str(definition["en"]).endswith(".")):
            faults.append(f"{term['id']}: a definition is a sentence")
        if re.search(r"[\u4e00-\u9fff][0-9A-Za-z]|[0-9A-Za-z][\u4e00-\u9fff]", str(definition["zh"])):
            faults.append(f"{term['id']}: a space stands between Chinese and digits or Latin letters")
    for field in ("id", "zh", "en"):
        counts = Counter(str(term[field]).lower() for term in glossary)
        faults += [f"{field} '{word}' stands {n} times" for word, n in counts.items() if n > 1]
    assert faults == []


def test_the_glossary_names_every_word_of_the_code_that_readers_meet(glossary: list[dict[str, object]]) -> None:
    ids = {str(term["id"]) for term in glossary}
    kinds = set(get_args(Kind)) - {"rule", "note"}
    assert (WORDS_OF_CODE | set(VERDICTS) | set(STATUSES) | kinds) - ids == set()


def test_labels_use_no_word_the_glossary_avoids(glossary: list[dict[str, object]], texts: dict[str, str]) -> None:
    avoided = [str(word) for term in glossary for word in list(term.get("avoid", []))]  # type: ignore[call-overload]
    pattern = re.compile("|".join(rf"\b{re.escape(word)}s?\b" for word in avoided), re.I)
    found = [
        f"{name}:{number}: {match[0]}"
        for name, text in texts.items()
        if name.endswith((".po", ".html", ".md")) or name.startswith("src/dafeng/cities/")
        for number, line in enumerate(text.splitlines(), 1)
        if (match := pattern.search(line))
    ]
    assert found == []


def test_verdicts_are_worded_as_in_the_glossary(glossary: list[dict[str, object]], texts: dict[str, str]) -> None:
    words = {str(term["id"]): (str(term["zh"]), str(term["en"])) for term in glossary}
    catalogues = [text for name, text in texts.items() if name.endswith(".po")]
    if not catalogues:
        pytest.skip("there is no catalogue of texts yet")
    everything = "\n".join(texts[name] for name in texts if name.startswith("src/dafeng/"))
    missing = [(v, word) for v in VERDICTS for word in words[v] if f'"{word}"' not in everything]
    assert missing == []


def test_every_command_of_dev_py_is_described(texts: dict[str, str]) -> None:
    commands = re.findall(r'command\("(\w+)", do_', texts["dev.py"])
    assert len(commands) >= 6
    guide = texts["CONTRIBUTING.md"]
    assert [name for name in commands if f"dev.py {name}" not in guide] == []


def test_both_readmes_have_the_same_parts_and_commands(texts: dict[str, str]) -> None:
    english, chinese = texts["README.md"], texts["README.zh-CN.md"]
    assert english.count("\n## ") == chinese.count("\n## ")

    def commands(text: str) -> list[str]:
        blocks = re.findall(r"```(?:sh|bash)\n(.*?)```", text, re.S)
        return [line.split("#")[0].strip() for block in blocks for line in block.splitlines() if line.strip()]

    assert commands(english) == commands(chinese)
    assert "python3 dev.py run" in commands(english)
    assert "python3 dev.py test" in commands(english)
