"""Templates and what they can call."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from importlib.metadata import version
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from dafeng.labels import LANGUAGES, Language
from dafeng.report import wording
from dafeng.web.i18n import mark, words
from dafeng.web.page import LANG, THEMES, Page

_NUMBER_UNIT = re.compile(r"(?<=[0-9]) (?=[年月日万亿项家个座公元天倍])")
_SCRIPT_SAFE = {ord(c): f"\\u{ord(c):04x}" for c in "<>&"}
#: Sections of the site, in the order of the navigation.
SECTIONS = (
    ("", mark("Overview")),
    ("targets", mark("Targets")),
    ("actions", mark("Actions")),
    ("units", mark("Units")),
    ("pathway", mark("Pathways")),
    ("power", mark("Power")),
    ("accounts", mark("Accounts")),
    ("facts", mark("Facts")),
    ("documents", mark("Documents")),
    ("methods", mark("Methods")),
)
_THEME_WORDS = {"auto": mark("System"), "light": mark("Light"), "dark": mark("Dark")}
#: Pages that belong to a section of another name.
_BELONGS = {
    "goals": "targets",
    "chapters": "actions",
    "versions": "targets",
    "compare": "targets",
    "districts": "accounts",
    "enterprises": "accounts",
    "factors": "accounts",
}


def phrases(text: str) -> Markup:
    """Let a headline break only where it is marked with |."""
    parts = text.split("|")
    if len(parts) == 1:
        return escape(text)
    if not any(ord(c) > 0x2E7F for c in text):
        return escape("".join(parts))
    kept = (part[:-1] + wording.NBSP if part.endswith(" ") else part for part in parts)
    return Markup("").join(Markup('<span class="nb">{}</span>').format(part) for part in kept)


def embedded(data: object) -> Markup:
    """Write data for a script of type application/json: nothing that could open or end an element is left in it."""
    return Markup(json.dumps(data, ensure_ascii=False).translate(_SCRIPT_SAFE))  # noqa: S704


def plain(text: str) -> str:
    """Take the break marks out of a headline."""
    return text.replace("|", "")


@lru_cache
def environment(language: Language) -> Environment:
    """Make the template environment of one language."""
    env = Environment(
        loader=PackageLoader("dafeng.web"),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    catalogue = words(language)
    env.install_gettext_callables(  # type: ignore[attr-defined]  # added by the i18n extension
        catalogue.gettext,
        catalogue.ngettext,
        newstyle=True,
        pgettext=catalogue.pgettext,
        npgettext=catalogue.npgettext,
    )

    env.filters.update(
        css=wording.VERDICT_CLASS.__getitem__,
        verdict=lambda id: wording.VERDICT[id][language],
        meaning=lambda id: wording.VERDICT_MEANING[id][language],
        fact_status=lambda id: wording.FACT_STATUS[id][language],
        confidence=lambda id: wording.CONFIDENCE[id][language],
        document_kind=lambda id: wording.DOCUMENT_KIND[id][language],
        organisation_type=lambda id: wording.ORGANISATION_TYPE[id][language],
        lineage_kind=lambda id: wording.LINEAGE_KIND[id][language],
        hedge=lambda id: wording.HEDGE[id][language],
        strength=lambda id: wording.STRENGTH[id][language],
        target_kind=lambda id: wording.TARGET_KIND[id][language],
        day=lambda text: wording.day(text, language),
        clause=lambda text: wording.clause(text, language),
        number=wording.number,
        embedded=embedded,
        phrases=phrases,
        plain=plain,
    )
    env.globals.update(
        version=version("dafeng"),
        known_statuses=frozenset(wording.FACT_STATUS) - set(wording.VERDICT),
        known_verdicts=frozenset(wording.VERDICT),
    )
    return env


def render(template: str, page: Page, values: dict[str, Any], static: Any) -> str:
    """Fill a template; in Chinese a number never parts from its unit at the end of a line."""
    _ = page.words.gettext
    first = page.path.strip("/").split("/")[0].removesuffix(".csv")
    section = _BELONGS.get(first, first) if page.status == 200 else None
    chosen = page.params.get("as_of")
    text = (
        environment(page.language)
        .get_template(template)
        .render(
            page=page,
            static=static,
            city_name=page.label(page.snapshot.city.label),
            navigation=[
                (slug, _(word))
                for slug, word in SECTIONS
                if (slug != "pathway" or page.snapshot.has_pathway) and (slug != "power" or page.snapshot.has_power)
            ],
            section=section,
            other_lang=LANG[LANGUAGES[1] if page.language == LANGUAGES[0] else LANGUAGES[0]],
            themes=[(theme, _(_THEME_WORDS[theme])) for theme in THEMES],
            live=getattr(values.get("chart"), "live", None) is not None,
            chosen_date=chosen[-1] if chosen and page.status == 200 else "",
            **values,
        )
    )
    return _NUMBER_UNIT.sub(wording.NBSP, text) if page.zh else text
