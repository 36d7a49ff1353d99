"""A city pack is data from elsewhere: whatever its labels say, pages print it and never run it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

from tests.web.conftest import TOY, Client
from tests.web.test_site import crawl

EVIL = "<script>alert(1)</script>\\\"'&<img src=x onerror=alert(2)>"


def poison(folder: Path) -> None:
    """Put markup into every label, title and note of a pack."""
    for path in folder.glob("*.yaml"):
        if path.name in {"rules.yaml", "city.yaml"}:
            continue
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"(?<!display: )\{zh: ([^,}\"]+), en: ([^,}\"]+)\}", rf'{{zh: "\1{EVIL}", en: "\2{EVIL}"}}', text)
        text = re.sub(
            r"^(\s+(?:title|title_en|publisher|note): )([^{\"\n]+)$", rf'\1"\2{EVIL}"', text, flags=re.MULTILINE
        )
        path.write_text(text, encoding="utf-8")


def test_hostile_labels_are_printed_and_never_run(make: Callable[..., Client], tmp_path: Path) -> None:
    folder = tmp_path / "toy"
    shutil.copytree(TOY, folder)
    poison(folder)
    client = make(folder, date(2025, 6, 1))
    pages, faults = crawl(client, "/en/", re.compile(r"/(en|zh)/[a-z]*(/[^/?]*)?$"))
    assert faults == []
    assert len(pages) > 40
    seen = 0
    for address in pages:
        text = client.get(address).text
        assert "<script>alert" not in text, address
        assert "<img src=x" not in text, address
        seen += text.count("&lt;script&gt;alert(1)&lt;/script&gt;")
    assert seen > 500
    rows = client.get("/en/targets.csv").text.splitlines()
    assert any("<script>alert(1)</script>" in row for row in rows)


def test_what_a_reader_types_is_printed_and_never_run(toy_site: Client) -> None:
    for path in ("/en/targets?q=", "/en/facts?q=", "/en/documents?q=", "/en/targets?status=", "/en/units/"):
        text = toy_site.get(path + "%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E").text
        assert "<script>alert" not in text
        assert "&lt;script&gt;" in text or "%3Cscript%3E" in text


def test_csv_cells_are_not_run_as_formulas() -> None:
    from dafeng.web.csv_file import csv_response

    answer = csv_response("a.csv", ["h"], [["=x"], ['a,"b"']])
    assert bytes(answer.body).decode() == '\ufeffh\r\n\'=x\r\n"a,""b"""\r\n'
