"""Every format gives text that compiles to the same plan, and offsets that point into it."""

from __future__ import annotations

from pathlib import Path

import pytest

from dafeng.compiler import compile_bytes, compile_file
from dafeng.compiler.readers import read_bytes

from .files import docx, paragraph, pdf, table

LINES = [
    "示例市碳达峰实施方案",
    "一、主要目标",
    "到2025年，非化石能源占比达到21%左右，二氧化碳排放下降18%。",
    "二、重点任务",
    "（一）能源绿色低碳行动",
    "1.大力发展新能源。到2030年，光伏装机容量达到400万千瓦以上。（责任单位：市发展改革委、市能源局）",
    "三、组织实施",
    "（一）加强统筹协调。做好节能降碳工作。（责任单位：市发展改革委）",
]
HTML = (
    "<!DOCTYPE html><html><head><title>x</title><style>p{}</style></head><body>"
    "<nav>导航 到2025年，比重达到99%。</nav><h1>"
    + LINES[0]
    + "</h1>"
    + "".join(f"<p>{line}</p>" for line in LINES[1:])
    + "<script>var a = '到2025年达到77%';</script></body></html>"
)
WORD = docx(
    paragraph(LINES[0], style="H1"), *(paragraph(line) for line in LINES[1:4]),
    paragraph("能源绿色低碳行动", level=0),
    paragraph("大力发展新能源。" + LINES[5].partition("。")[2], level=1, bold=8),
    *(paragraph(line) for line in LINES[6:]),
)  # fmt: skip
FILES = {
    "a.md": "\n\n".join(LINES).encode(),
    "utf8.txt": "\n".join(LINES).encode("utf-8-sig"),
    "gb.txt": "\r\n".join(LINES).encode("gb18030"),
    "utf16.txt": "\n".join(LINES).encode("utf-16"),
    "a.html": HTML.encode(),
    "a.docx": WORD,
    "a.pdf": pdf(LINES[:4], ["— 2 —", *LINES[4:]]),
}


@pytest.mark.parametrize("name", FILES)
def test_every_format_gives_the_same_plan(name: str) -> None:
    got = compile_bytes(FILES[name], name)
    assert [(t.indicator, t.value, t.unit, t.year, t.comparator) for t in got.targets] == [
        ("非化石能源占比", 21, "%", 2025, "~"),
        ("二氧化碳排放", 18, "%", 2025, "="),
        ("光伏装机容量", 400, "万千瓦", 2030, ">="),
    ]
    assert [(t.title, t.units) for t in got.tasks] == [
        ("大力发展新能源", ("市发展改革委", "市能源局")),
        ("加强统筹协调", ("市发展改革委",)),
    ]
    assert got.title.strip("\ufeff") == LINES[0]
    for target in got.targets:
        assert float(got.text[target.value_start : target.value_end]) == target.value
    assert (got.as_json()["text"] is None) == (name.endswith((".md", ".txt")))


def test_a_table_gives_targets_in_years_to_come() -> None:
    word = docx(
        paragraph("一、主要目标"),
        paragraph("坚持节能降碳，发展可再生能源，增加碳汇。"),
        table(
            [
                ["指标", "单位", "2020年", "2025年"],
                ["森林覆盖率", "%", "20", "25以上"],
                ["光伏装机", "万千瓦", "50", "≥120"],
            ]
        ),
    )
    got = compile_bytes(word, "t.docx")
    assert [(t.indicator, t.value, t.unit, t.year, t.comparator) for t in got.targets] == [
        ("森林覆盖率", 25, "%", 2025, ">="),
        ("光伏装机", 120, "万千瓦", 2025, ">="),
    ]
    assert [(e.text, e.reason) for e in got.excluded] == [("20", "table-base"), ("50", "table-base")]


def test_a_file_is_read_from_its_place(tmp_path: Path) -> None:
    place = tmp_path / "plan.txt"
    place.write_bytes(FILES["gb.txt"])
    assert [t.value for t in compile_file(place).targets] == [21, 18, 400]


def test_word_numbers_are_counted_again() -> None:
    text = read_bytes(WORD, "a.docx").text
    assert "（一）能源绿色低碳行动" in text
    assert "**1.大力发展新能源。**" in text


def test_names_and_titles_keep_the_letters_of_the_source() -> None:
    text = "一、重點任務\n\n(一)發展供冷(熱)設施。推進節能降碳。（責任單位：市發展改革委、市委黨校(行政學院)）\n"
    (task,) = compile_bytes(text.encode(), "a.md").tasks
    assert (task.title, task.units) == ("發展供冷(熱)設施", ("市發展改革委", "市委黨校(行政學院)"))
