"""A strict reading of a page: what a browser would forgive is a fault here."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise

VOID = {"meta", "link", "br", "input", "hr", "img"}
INTERACTIVE = {"a", "button", "select", "input"}


@dataclass
class Markup(HTMLParser):
    """Links, ids, texts and faults of one page."""

    faults: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    refers: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    lang: str = ""
    stack: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    @classmethod
    def of(cls, html: str) -> Markup:
        page = cls()
        page.feed(html)
        page.close()
        if page.stack:
            page.faults.append(f"not closed: {page.stack}")
        page.faults += [f"id twice: {id}" for id in sorted({id for id in page.ids if page.ids.count(id) > 1})]
        page.faults += [f"refers to no id: {id}" for id in page.refers if id not in page.ids]
        if page.headings.count("h1") != 1:
            page.faults.append(f"h1 stands {page.headings.count('h1')} times")
        levels = [int(name[1]) for name in page.headings]
        page.faults += [f"heading jumps from h{a} to h{b}" for a, b in pairwise(levels) if b > a + 1]
        return page

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if len(given) < len(attrs):
            self.faults.append(f"attribute twice on {tag}")
        if tag in INTERACTIVE and set(self.stack) & {"a", "button"}:
            self.faults.append(f"{tag} inside {self.stack}")
        self.faults += [f"inline {name} on {tag}" for name in given if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in given and given.get("type") != "application/json"):
            self.faults.append(f"inline {tag}")
        if "id" in given:
            self.ids.append(given["id"])
        for name in ("aria-labelledby", "aria-describedby", "for"):
            self.refers += given.get(name, "").split()
        for name in ("href", "src", "action"):
            if given.get(name) and tag != "use":
                self.links.append(given[name])
        if tag in {"h1", "h2", "h3", "h4"}:
            self.headings.append(tag)
        if tag == "html":
            self.lang = given.get("lang", "")
        if tag not in VOID:
            self.stack.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.stack or self.stack[-1] != tag:
            self.faults.append(f"</{tag}> closes {self.stack[-3:]}")
        else:
            self.stack.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and not set(self.stack) & {"script", "style"}:
            self.texts.append(" ".join(data.split()))
