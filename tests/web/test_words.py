"""The interface words: all translated, none left over, none unsure."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract

from dafeng.web.i18n import catalog, mark, words

WEB = Path(str(files("dafeng.web")))
HOW = {".py": "python", ".html": "jinja2.ext:babel_extract"}
OPTIONS = {"extensions": "jinja2.ext.i18n", "trim_blocks": "true", "lstrip_blocks": "true", "newstyle_gettext": "true"}


def used() -> Catalog:
    found = Catalog(locale="zh_CN")
    for path in sorted(WEB.rglob("*")):
        if path.suffix in HOW and "i18n" not in path.parts:
            with path.open("rb") as stream:
                keywords = {**DEFAULT_KEYWORDS, "mark": None}
                for _, message, _, context in extract(HOW[path.suffix], stream, keywords=keywords, options=OPTIONS):
                    found.add(message, context=context)
    return found


def first(text: object) -> str:
    return str(text if isinstance(text, str) else text[0]) if text else ""  # type: ignore[index]


def test_every_message_is_translated_and_none_is_left_over() -> None:
    asked = {(m.context, first(m.id)) for m in used() if m.id}
    there = {(m.context, first(m.id)) for m in catalog() if m.id}
    empty = {first(m.id) for m in catalog() if m.id and not first(m.string).strip()}
    unsure = {first(m.id) for m in catalog() if m.fuzzy and m.id}
    assert asked - there == set()
    assert there - asked == set()
    assert empty == set()
    assert unsure == set()
    assert len(asked) > 250


def test_a_translation_names_no_blank_that_the_message_lacks() -> None:
    def blanks(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text.replace("%(", "{").replace(")s", "}")) if name}

    for message in catalog():
        if message.id:
            known = blanks(first(message.id)) | ({"all"} if first(message.id) == "+%(others)s" else set())
            if not isinstance(message.id, str):
                known |= blanks(message.id[1])
            assert blanks(first(message.string)) <= known, message.id


def test_chinese_interface_words_use_chinese_punctuation() -> None:
    for message in catalog():
        text = first(message.string)
        if message.id and any("\u4e00" <= c <= "\u9fff" for c in text):
            assert not set(text.replace("%(", "").replace(")s", "")) & set(",;:?!"), text


def test_a_message_is_given_in_its_language() -> None:
    zh, en = words("zh"), words("en")
    assert (zh.gettext("Targets"), en.gettext("Targets")) == ("目标", "Targets")
    assert zh.ngettext("%(num)s task", "%(num)s tasks", 1) == zh.ngettext("%(num)s task", "%(num)s tasks", 2)
    assert en.ngettext("%(num)s task", "%(num)s tasks", 1) == "%(num)s task"
    assert en.ngettext("%(num)s task", "%(num)s tasks", 2) == "%(num)s tasks"
    assert zh.pgettext("nowhere", "Targets") == en.npgettext("nowhere", "Targets", "x", 1) == mark("Targets")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_message_unknown_to_the_catalogue_stays_itself(language: str) -> None:
    assert words(language).gettext("never written") == "never written"  # type: ignore[arg-type]
