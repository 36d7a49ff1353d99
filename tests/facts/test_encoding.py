from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dafeng.errors import Fault
from dafeng.facts.importer.encoding import scan

Table = Callable[..., Path]
UTF8, GB = "光伏装机容量,411\n".encode(), "风电装机容量,107\n".encode("gb18030")
ASCII = b"plain,1\n"


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (b"", "utf-8"),
        (ASCII, "utf-8"),
        (UTF8 + ASCII, "utf-8"),
        (b"\xef\xbb\xbf" + UTF8, "utf-8-sig"),
        (ASCII + GB + GB, "gb18030"),
        ("联通\n".encode("gb18030") + GB, "gb18030"),
        ("𠮷〇㐀\n".encode("gb18030"), "gb18030"),
        ("café\n".encode(), "utf-8"),
    ],
)
def test_an_encoding_is_recognised(table: Table, content: bytes, encoding: str) -> None:
    found = scan(table(content))
    assert (found.encoding, found.fault) == (encoding, None)


SAVE = "Save the whole file as UTF-8"


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (
            ASCII + UTF8 + GB,
            Fault("mixed-encoding", "line 3", "the line is GB18030, the lines before it are UTF-8", SAVE),
        ),
        (
            GB + ASCII + UTF8,
            Fault("mixed-encoding", "line 3", "the line is UTF-8, line 1 before it is GB18030", SAVE),
        ),
        (
            b"\xef\xbb\xbf" + ASCII + GB,
            Fault("mixed-encoding", "line 2", "the line is GB18030, the lines before it are UTF-8", SAVE),
        ),
        (
            UTF8 + b"\xff\xff\n",
            Fault("mixed-encoding", "line 2", "the line is of no known encoding, the lines before it are UTF-8", SAVE),
        ),
        (
            GB + b"\xff\xff\n",
            Fault("encoding", "line 2", "the line is neither UTF-8 nor GB18030", "Save the file as UTF-8"),
        ),
        ("光伏".encode("utf-16"), Fault("encoding", "line 1", "the file is UTF-16", "Save it as UTF-8")),
        (
            ASCII + b"a\0b\n",
            Fault("encoding", "line 2", "the file holds zero bytes and is not text", "Save it as UTF-8"),
        ),
    ],
)
def test_a_file_that_cannot_be_read_one_way_is_refused_with_its_line(
    table: Table, content: bytes, fault: Fault
) -> None:
    assert scan(table(content)).fault == fault


def test_lines_are_counted_across_blocks(table: Table) -> None:
    lines = 200_000
    content = UTF8 * 3 + ASCII * lines + GB
    fault = scan(table(content)).fault
    assert fault is not None
    assert fault.place == f"line {3 + lines + 1}"


CHINESE = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=30)


@given(st.lists(CHINESE, min_size=1, max_size=10))
def test_chinese_text_in_utf8_is_taken_for_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str]
) -> None:
    path = tmp_path_factory.getbasetemp() / "text.csv"
    path.write_bytes("\n".join(lines).encode())
    assert scan(path).encoding == "utf-8"
