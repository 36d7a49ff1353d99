"""What is no plan: a message that says what was found and what was not, and never an invented target."""

from __future__ import annotations

import random
import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from dafeng.compiler import Compiled, compile_bytes, compile_file, compile_text
from dafeng.compiler.readers import files
from dafeng.errors import Refused

from .files import docx, paragraph, pdf

PROSE = [
    "为进一步规范全市公文处理工作，现就有关事项通知如下。",
    "2021年3月12日，市政府召开第14次常务会议，研究部署安全生产工作，参会人员120人。",
    "全市现有中小学校356所，在校学生48.6万人，专任教师3.1万人，生均校舍面积达到12平方米。",
    "各单位要于每月5日前报送上月工作情况，逾期不报的予以通报。",
    "依据国办发〔2020〕15号文件和《关于加强基层治理的意见》，结合实际，制定本办法。",
    "对符合条件的企业，按照实际投资额的10%给予补助，最高不超过200万元。",
    "上半年，全市实现一般公共预算收入126.5亿元，同比增长6.8%。",
    "参加考试人员须年满18周岁、具有3年以上工作经历。",
    "窗口单位应当自受理之日起15个工作日内办结，情况复杂的可延长10个工作日。",
    "到2025年，每千人口拥有执业医师数达到3.2人，公办幼儿园在园幼儿占比达到55%以上。",
    "居民医保参保率保持在95%以上，门诊报销比例不低于50%。",
    "新建图书馆12座，培育文化企业100家，举办群众性活动500场以上。",
]
NOVEL = "那年冬天，雪下了三尺深。老人坐在门前，想起二十年前的事，一句话也没有说。他今年七十三岁，种了四亩地。" * 200
OFF_TOPIC = "the document is not a plan about carbon or energy: too few words of the field. No target was read from it."


def said(got: Compiled) -> list[str]:
    """Give what was said, in English; it is said in Chinese as well, and with the same figures."""
    for message in got.messages:
        assert re.search(r"[\u4e00-\u9fff]{4}", message.zh)
        assert sorted(re.findall(r"\d+", message.zh)) == sorted(re.findall(r"\d+", message.en))
    return [message.en for message in got.messages]


def prose(pages: int) -> str:
    draw = random.Random(7)
    out: list[str] = []
    for page in range(pages):
        out.append(f"{'一二三四五六七八九十'[page % 10]}、加强管理服务")
        out += [f"（{mark}）明确职责分工。" + "".join(draw.sample(PROSE, 7)) for mark in "一二三"]
    return "\n\n".join(out)


def test_a_hundred_pages_of_other_official_prose_set_no_target() -> None:
    text = prose(100)
    assert len(text) > 50_000
    got = compile_text(text)
    assert got.targets == () and got.goals == ()
    assert OFF_TOPIC in said(got)


def test_a_novel_sets_no_target() -> None:
    got = compile_text(NOVEL)
    assert got.targets == () and got.goals == () and got.tasks == ()
    assert said(got) == [
        OFF_TOPIC,
        "no numbered or titled chapter was found. Number the headings, or give them a Markdown level.",
        "no task was found under the headings.",
    ]


def test_an_english_text_is_told_so() -> None:
    got = compile_text("The city will reach 20% of non-fossil energy by 2025. " * 50)
    assert got.targets == ()
    assert said(got) == [
        "the document is not in Chinese (0 of 2500 characters are). The compiler reads Chinese official plans."
    ]


@pytest.mark.parametrize("text", ["", "   \n\n\t\n", "<!-- 2025 -->\n"])
def test_an_empty_text(text: str) -> None:
    got = compile_text(text)
    assert (got.targets, got.tasks, got.sections) == ((), (), ())
    assert said(got) == ["the document holds no text. Give a plan as Markdown, text, DOCX, HTML or a PDF with text."]


def test_a_plan_without_units_and_numbers_says_both() -> None:
    body = "推进节能降碳，发展可再生能源，减少二氧化碳排放，建设新能源体系。"
    got = compile_text(f"碳达峰实施方案\n\n一、重点任务\n\n（一）优化能源结构。{body}\n\n（二）增加碳汇。{body}")
    assert [t.title for t in got.tasks] == ["优化能源结构", "增加碳汇"]
    assert said(got) == [
        "2 tasks name no responsible unit.",
        "no target with a number was found: the document holds no figure.",
        "no goal without a number was found.",
    ]


def test_some_tasks_without_units_are_counted() -> None:
    body = "推进节能降碳，发展可再生能源，减少二氧化碳排放。"
    body += "到2025年，森林覆盖率达到30%。完善设施。新能源汽车占比达到50%。"
    got = compile_text(
        f"一、重点任务\n\n（一）优化结构。{body}（责任单位：市发展改革委）\n\n（二）增加碳汇。节能降碳。"
    )
    assert said(got) == [
        "1 of 2 tasks name no responsible unit.",
        "1 of 2 targets name no year; a person should say when they fall due.",
        "no goal without a number was found.",
    ]


def zipped(**parts: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


MIXED = "到二〇二五年，完成目标。\n".encode() * 3 + "推进节能降碳工作。\n".encode("gb18030") * 2
REFUSED = {
    "scan": (
        pdf([" "], [""]),
        "x.pdf",
        "x.pdf: 2 page(s) with 0 letters of text: this is a scan. Run text recognition first, or give the text.",
    ),
    "broken pdf": (
        b"%PDF-1.4 nothing",
        "x.pdf",
        "x.pdf: the file cannot be read as a PDF. Give an open copy, or the text alone.",
    ),
    "pdf bomb": (
        pdf(["a"], bomb=files.MAX_BYTES * 14),
        "x.pdf",
        "x.pdf: its compressed parts unfold to over 256 MB. The file is not a plan, or is made to do harm.",
    ),
    "entities": (
        docx(paragraph("a"), head='<!DOCTYPE x [<!ENTITY a "b">]>'),
        "x.docx",
        "x.docx: a part of the archive is larger than it says or defines entities. The file is made to do harm.",
    ),
    "other archive": (
        zipped(a="b"),
        "x.zip",
        "x.zip: the file is an archive without a Word document. Give Markdown, text, HTML, DOCX or a PDF with text.",
    ),
    "broken archive": (
        b"PK\x03\x04 nothing",
        "x.docx",
        "x.docx: the file is a broken archive. Save the document again.",
    ),
    "old word": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(9),
        "x.doc",
        "x.doc: this is the old Word format. Save it as DOCX and give that.",
    ),
    "rich text": (b"{\\rtf1 a}", "x.rtf", "x.rtf: this is rich text (RTF). Save it as DOCX and give that."),
    "binary": (
        b"abc\x00def",
        "x.md",
        "x.md: the file is binary, not a text. Give Markdown, text, HTML, DOCX or a PDF with text.",
    ),
    "mixed": (
        MIXED,
        "x.txt",
        "x.txt: the file mixes encodings: 3 lines are UTF-8 and 2 are not (lines 4, 5). Save the whole file as UTF-8.",
    ),
    "no encoding": (
        b"abc\n\xff\xff\xff",
        "x.txt",
        "x.txt: line 2 is neither UTF-8 nor GB18030. Save the file as UTF-8.",
    ),
    "large": (
        b"a" * (files.MAX_BYTES + 1),
        "x.md",
        "x.md: the file has 20 MB; plans up to 20 MB are read. Give the text alone.",
    ),
    "long": (
        ("节能" * 600_000).encode(),
        "x.md",
        "x.md: the text has 1,200,000 characters; plans up to 1,000,000 are read. "
        "Give the plan alone, without annexes.",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    data, file, message = REFUSED[name]
    with pytest.raises(Refused) as error:
        compile_bytes(data, file)
    assert str(error.value) == message
    assert error.value.text("en") == message
    assert re.match(rf"{re.escape(file)}：[^a-z]*[\u4e00-\u9fff]{{2}}", error.value.text("zh"))


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    place = tmp_path / "plan.txt"
    with place.open("wb") as stream:
        stream.truncate(50 * 1024 * 1024)
    with pytest.raises(Refused) as error:
        compile_file(place)
    assert str(error.value) == (
        "plan.txt: the file has 50 MB; plans up to 20 MB are read. "
        "Cut out pictures and annexes, or give the text alone."
    )


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(Refused) as error:
        compile_file(tmp_path / "no.md")
    assert str(error.value) == "no.md: there is no such file. Check the path."


def test_a_short_plan_whose_title_names_the_field_is_read() -> None:
    got = compile_text("# 示例市碳达峰方案\n\n一、目标\n\n到2025年，森林覆盖率达到30%。\n")
    assert [(target.indicator, target.value) for target in got.targets] == [("森林覆盖率", 30)]
