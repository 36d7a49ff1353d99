"""HTML to Markdown-like text: headings, paragraphs, table rows."""

from __future__ import annotations

from html.parser import HTMLParser

_SKIPPED = {
    "script",
    "style",
    "nav",
    "header",
    "footer",
    "aside",
    "noscript",
    "template",
    "svg",
    "form",
    "button",
    "select",
    "title",
    "iframe",
}
_BLOCKS = {
    "p",
    "div",
    "section",
    "article",
    "li",
    "ul",
    "ol",
    "br",
    "tr",
    "table",
    "blockquote",
    "dd",
    "dt",
    "dl",
    "main",
    "figure",
    "hr",
    "center",
}
_HEADINGS = {f"h{n}": n for n in range(1, 7)}


def read_html(text: str) -> str:
    """Give the readable text of a page; offsets of a compilation refer to this text."""
    parser = _Page()
    parser.feed(text)
    parser.close()
    return parser.text()


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.line: list[str] = []
        self.skipped: list[str] = []
        self.level = 0
        self.cells: list[list[str]] = []
        self.in_cell = 0
        self.bold = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a tag."""
        if self.skipped or tag in _SKIPPED:
            if tag in _SKIPPED:
                self.skipped.append(tag)
            return
        if tag in ("td", "th"):
            if self.in_cell == 0:
                self.cells.append([])
            self.in_cell += 1
        elif self.in_cell:
            return
        elif tag == "tr":
            self.flush()
            self.cells = []
        elif tag in _HEADINGS:
            self.flush()
            self.level = _HEADINGS[tag]
        elif tag in _BLOCKS:
            self.flush()
        elif tag in ("b", "strong") and not "".join(self.line).strip():
            self.bold = True
            self.line.append("**")

    def handle_endtag(self, tag: str) -> None:
        """Close a tag."""
        if self.skipped:
            if tag == self.skipped[-1]:
                self.skipped.pop()
            return
        if tag in ("td", "th"):
            self.in_cell = max(0, self.in_cell - 1)
        elif tag == "tr":
            row = [" ".join("".join(cell).split()).replace("|", "／") for cell in self.cells]
            if any(row):
                self.lines.append("| " + " | ".join(row) + " |")
            self.cells = []
        elif self.in_cell:
            return
        elif tag in _HEADINGS or tag in _BLOCKS:
            self.flush()
        elif tag in ("b", "strong") and self.bold:
            self.line.append("**")
            self.bold = False

    def handle_data(self, data: str) -> None:
        """Take text."""
        if self.skipped:
            return
        if self.in_cell and self.cells:
            self.cells[-1].append(data)
        else:
            self.line.append(data.replace("\n", " ") if data.strip() else " ")

    def flush(self) -> None:
        """End the paragraph."""
        if self.bold:
            self.line.append("**")
            self.bold = False
        text = "".join(self.line).strip(" \t\r\n\xa0")
        self.line = []
        if text.replace("*", ""):
            text = text.replace("****", "")
            self.lines += [("#" * self.level + " " + text.replace("**", "")) if self.level else text, ""]
        self.level = 0

    def text(self) -> str:
        """Give the text of the page."""
        self.flush()
        return "\n".join(self.lines).strip() + "\n"
