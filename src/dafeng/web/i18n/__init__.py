"""Interface words. The English text is the message id; `zh.po` holds the Chinese and is read when the server starts.

Words that describe data (names of targets, units, indicators) are not here: they are labels of the city pack.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from dafeng.labels import Language


@dataclass(frozen=True)
class Words:
    """The interface in one language; a message that is not in `messages` reads as its own id.

    Keys are (context, message id); Chinese has one plural form, English two.
    """

    language: Language
    messages: dict[tuple[str | None, str], str]

    def gettext(self, message: str) -> str:
        """Translate one message."""
        return self.messages.get((None, message), message)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """Translate a message that counts `n` things."""
        return self.messages.get((None, singular)) or (singular if n == 1 else plural)

    def pgettext(self, context: str, message: str) -> str:
        """Translate a message whose meaning depends on `context`."""
        return self.messages.get((context, message), message)

    def npgettext(self, context: str, singular: str, plural: str, n: int) -> str:
        """Translate a counting message whose meaning depends on `context`."""
        return self.messages.get((context, singular)) or (singular if n == 1 else plural)


def mark(message: str) -> str:
    """Mark a message that is translated later, where it is printed; gives it back unchanged."""
    return message


def catalog() -> Catalog:
    """Parse the Chinese catalogues of the package into one: zh.po, and zh-….po of parts of the site."""
    whole = Catalog(locale="zh_CN")
    folder = files("dafeng.web") / "i18n"
    for file in sorted((item for item in folder.iterdir() if item.name.endswith(".po")), key=lambda item: item.name):
        with file.open("rb") as stream:
            for message in read_po(stream, locale="zh_CN"):
                if message.id:
                    whole[message.id] = message
    return whole


@lru_cache
def words(language: Language) -> Words:
    """Give the interface words of one language."""
    if language == "en":
        return Words("en", {})
    messages: dict[tuple[str | None, str], str] = {}
    for message in catalog():
        if not message.id or message.fuzzy:
            continue
        id, text = _first(message.id), _first(message.string)
        if text:
            messages[message.context, id] = text
    return Words("zh", messages)


def _first(text: str | Sequence[str] | None) -> str:
    """The text itself, or the first of its plural forms."""
    return text if isinstance(text, str) else text[0] if text else ""
