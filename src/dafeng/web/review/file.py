"""The review of one document as one file: text, items and script in it, nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from dafeng.compiler import Compiled
from dafeng.labels import Label, Language
from dafeng.report.wording import DECISION, FIGURE
from dafeng.review import Decisions, figures, items
from dafeng.review.decision import digest
from dafeng.review.passage import lines
from dafeng.web.i18n import words
from dafeng.web.page import LANG
from dafeng.web.render import environment
from dafeng.web.review.cards import Deck
from dafeng.web.static_files import StaticFiles


def page(
    compiled: Compiled,
    name: str,
    language: Language,
    indicators: Mapping[str, Label],
    decisions: Decisions | None = None,
) -> str:
    """Write the page on which a document is reviewed without a server.

    Style and script stand in the file, and its policy names both by their hash: nothing else runs, nothing is loaded.
    """
    proposed = items(compiled)
    made = decisions.by_item() if decisions and decisions.sha256 == digest(compiled.text) else {}
    deck = Deck(compiled, words(language), indicators)
    left = deck.left_out()
    others = figures(compiled)
    every = sorted((*proposed, *others), key=lambda item: item.start)
    hidden = {item.id for item in others if item.id not in made}
    static = StaticFiles()
    css = static.text("dafeng.css") + static.text("review.css")
    js = static.text("review.js")
    data: dict[str, Any] = {
        "document": name,
        "sha256": digest(compiled.text),
        "words": {verdict: label[language] for verdict, label in DECISION.items()},
        "figure_words": {verdict: label[language] for verdict, label in FIGURE.items()},
        "decisions": [
            {
                **one.model_dump(mode="json", exclude_defaults=True, exclude={"changes"}),
                **({"changes": one.changes.model_dump(mode="json", exclude_unset=True)} if one.changes.given() else {}),
            }
            for one in made.values()
        ],
    }
    return (
        environment(language)
        .get_template("review_file.html")
        .render(
            lang=LANG[language],
            page_zh=language == "zh",
            policy=policy(css, js),
            css=Markup(css),  # noqa: S704 - the style sheets of the package
            js=Markup(js),  # noqa: S704 - the script of the package
            title=compiled.title or name,
            name=name,
            counts={n: len(getattr(compiled, n)) for n in ("targets", "goals", "tasks", "excluded")},
            messages=[message[language] for message in compiled.messages],
            cards=deck.cards(every, made),
            hidden=hidden,
            left_out=[x for x in left if x.id in hidden],
            why={x.id: x.reason for x in left},
            picks=deck.picks(),
            lines=list(lines(compiled, [item for item in every if item.id not in hidden])),
            decided=sum(item.id in made for item in every),
            total=len(every) - len(hidden),
            data=data,
        )
    )


def policy(css: str, js: str) -> str:
    """Write the content security policy of the file."""

    def named(text: str) -> str:
        return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

    return f"default-src 'none'; style-src {named(css)}; script-src {named(js)}; base-uri 'none'; form-action 'none'"
