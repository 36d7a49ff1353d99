"""Synthetic plans: what a plan says as data, written out in five styles of official text, with noise.

The sentences are put together from parts; no published plan is quoted. A test renders a plan, compiles the text and
compares the result with the data.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field

from dafeng.compiler.lexicon import words

from .promises import Promise, sentence

STYLES = ("province", "through", "markdown", "chapters", "two-places")
NOISES = ("wrapped", "paged", "broken", "full-width", "spaced", "traditional", "crlf")


@dataclass
class Measure:
    """One task: its title, sentences with the targets they set, and its units."""

    title: str
    sentences: list[tuple[str, list[Promise]]]
    units: list[str] = field(default_factory=list)
    lead: list[str] = field(default_factory=list)


@dataclass
class Work:
    """One action and its tasks."""

    title: str
    measures: list[Measure]


@dataclass
class Document:
    """A whole plan."""

    title: str
    aims: list[tuple[str, list[Promise]]]
    works: list[Work]
    guarantees: list[Measure]

    @property
    def promises(self) -> list[Promise]:
        """All expected targets in the order of the text."""
        parts = [
            self.aims,
            *(m.sentences for w in self.works for m in w.measures),
            *(m.sentences for m in self.guarantees),
        ]
        return [promise for part in parts for _, promises in part for promise in promises]

    @property
    def measures(self) -> list[Measure]:
        """All tasks in the order of the text."""
        return [m for w in self.works for m in w.measures] + self.guarantees


TITLES = [
    "优化能源供给结构",
    "推进建筑绿色发展",
    "打造绿色交通体系",
    "提升资源利用水平",
    "强化科技支撑作用",
    "增强生态碳汇能力",
    "引导绿色消费风尚",
    "推动产业转型升级",
    "加强用能管理",
]
WORKS = ["能源绿色转型行动", "城乡建设降碳行动", "交通绿色低碳行动", "循环经济助力行动"]
GUARANTEES = ["加强统筹协调", "完善价格政策", "强化监督考核", "加大宣传力度"]
UNITS = [
    "发展改革委",
    "经济和信息化局",
    "生态环境局",
    "住房城乡建设局",
    "交通运输局",
    "农业农村局",
    "科技局",
    "财政局",
    "水务局",
    "商务局",
    "机关事务局",
    "统计局",
]
FILLERS = [
    "坚持因地制宜，加强规划引领，健全长效机制。",
    "对年综合能耗5000吨标准煤以上的用能单位实行在线监测。",
    "打造“1+3+5”空间格局，建设15分钟社区生活圈。",
    "按照国发〔2021〕23号文件要求，于每年11月底前报送进展情况。",
    "新建建筑面积2万平方米以上的公共建筑执行更高标准。",
    "推广5G、人工智能等技术应用，深化第三方服务。",
    "2020年，全市已建成监测点120个。",
    "对符合条件的项目给予最高500万元补助。",
    "鼓励前20位企业开展对标，建设220千伏变电站。",
]


def _sentences(draw: random.Random, count: int) -> list[tuple[str, list[Promise]]]:
    out: list[tuple[str, list[Promise]]] = []
    for _ in range(count):
        out.append((draw.choice(FILLERS), []) if draw.random() < 0.4 else sentence(draw))
    return out


def document(seed: int) -> Document:
    """Draw a plan."""
    draw = random.Random(seed)
    place = draw.choice(["示例市", "青河市", "白石市"])
    titles = draw.sample(TITLES, 8)
    guarantees = draw.sample(GUARANTEES, 2)

    def measure(title: str, most: int) -> Measure:
        units = draw.sample(UNITS, draw.randint(1, 5))
        return Measure(
            title,
            [("加快推进节能降碳工作。", []), *_sentences(draw, draw.randint(0, most))],
            ["市" + unit for unit in units],
        )

    works = [Work(WORKS[n], [measure(titles[2 * n + k], 4) for k in range(2)]) for n in range(draw.randint(2, 4))]
    return Document(
        title=f"{place}碳达峰实施方案",
        aims=[("绿色低碳发展水平明显提升。", []), *(sentence(draw) for _ in range(2))],
        works=works,
        guarantees=[measure(title, 0) for title in guarantees],
    )


def render(doc: Document, style: str) -> str:
    """Write a plan in one of the styles."""
    return {
        "province": _province,
        "through": _through,
        "markdown": _markdown,
        "chapters": _chapters,
        "two-places": _two_places,
    }[style](doc)


_HAN = "零一二三四五六七八九十"


def _number(n: int) -> str:
    if n <= 10:
        return _HAN[n]
    return ("" if n < 20 else _HAN[n // 10]) + "十" + (_HAN[n % 10] if n % 10 else "")


def _body(measure: Measure) -> str:
    return "".join(text for text, _ in measure.sentences)


def _aims(doc: Document) -> str:
    return "\n\n".join(text for text, _ in doc.aims)


def _province(doc: Document) -> str:
    out = [
        doc.title,
        "为深入贯彻落实碳达峰、碳中和重大决策部署，节约能源，减少碳排放，制定本方案。",
        "一、主要目标",
        _aims(doc),
        "二、重点任务",
    ]
    for n, work in enumerate(doc.works, 1):
        out.append(f"（{_number(n)}）{work.title}")
        out.append("坚持节能优先，推动绿色低碳转型。")
        for k, measure in enumerate(work.measures, 1):
            out.append(f"{k}．{measure.title}。{_body(measure)}（责任单位：{'、'.join(measure.units)}）")
    out.append("三、保障措施")
    for n, measure in enumerate(doc.guarantees, 1):
        out.append(f"（{_number(n)}）{measure.title}。{_body(measure)}（责任单位：{'、'.join(measure.units)}）")
    return "\n\n".join(out) + "\n"


def _through(doc: Document) -> str:
    """Tasks numbered through the document under chapters that are the actions; no units."""
    out = [doc.title, "为做好碳达峰、碳中和工作，推进节能减排和绿色低碳发展，制定本方案。", "一、总体要求"]
    count = 1
    out.append(f"（{_number(count)}）指导思想。坚持节能降碳协同增效。")
    count += 1
    out.append(f"（{_number(count)}）主要目标。{_aims(doc)}")
    for n, work in enumerate([*doc.works, Work("强化保障措施", doc.guarantees)], 2):
        out.append(f"{_number(n)}、{work.title}")
        for measure in work.measures:
            count += 1
            out.append(f"（{_number(count)}）{measure.title}。{_body(measure)}")
    return "\n\n".join(out) + "\n"


def _markdown(doc: Document) -> str:
    """Unnumbered Markdown headings, bold lead-ins, units on lines of their own."""
    out = [
        f"# {doc.title}",
        "为推进节能降碳、发展可再生能源、提高碳汇能力，制定本方案。",
        "## 主要目标",
        _aims(doc),
        "## 重点任务",
    ]
    for work in doc.works:
        out.append(f"### {work.title}")
        for measure in work.measures:
            out.append(f"**{measure.title}。**{_body(measure)}")
            out.append(f"牵头单位：{measure.units[0]}")
            if measure.units[1:]:
                out.append(f"配合单位：{'、'.join(measure.units[1:])}")
    out.append("## 保障措施")
    for measure in doc.guarantees:
        out.append(f"**{measure.title}。**{_body(measure)}")
        out.append(f"牵头单位：{measure.units[0]}")
        if measure.units[1:]:
            out.append(f"配合单位：{'、'.join(measure.units[1:])}")
    return "\n\n".join(out) + "\n"


def _chapters(doc: Document) -> str:
    """Chapters and sections by 章 and 节, tasks by Chinese numerals, units 按职责分工负责."""
    out = [doc.title, "第一章 总体要求", "第一节 主要目标", _aims(doc)]
    for n, work in enumerate([*doc.works, Work("保障措施", doc.guarantees)], 2):
        out.append(f"第{_number(n)}章 {work.title}")
        for k, measure in enumerate(work.measures, 1):
            units = "、".join(measure.units)
            tail = f"（{units}按职责分工负责）" if len(measure.units) > 1 else f"（{units}负责）"
            out.append(f"第{_number(k)}节 {measure.title}")
            out.append(f"{_body(measure)}{tail}")
    out.append("大力推进节能降碳、可再生能源发展和碳汇建设。")
    return "\n\n".join(out) + "\n"


def _two_places(doc: Document) -> str:
    """Two jurisdictions answer for each task; the first of each leads, as the plan says."""
    out = [
        doc.title,
        "为推动两地节能降碳协同，发展可再生能源，提升碳汇能力，制定本方案。",
        "一、总体要求",
        "（一）主要目标",
        _aims(doc),
        "二、重点任务",
    ]
    for n, work in enumerate(doc.works, 1):
        out.append(f"（{_number(n)}）{work.title}")
        for k, measure in enumerate(work.measures, 1):
            out.append(f"{k}.{measure.title}。{_body(measure)}（责任单位：{'、'.join(_both(measure))}）")
    out.append("三、组织实施")
    for n, measure in enumerate(doc.guarantees, 1):
        out.append(f"（{_number(n)}）{measure.title}。{_body(measure)}（责任单位：{'、'.join(_both(measure))}）")
    out.append("责任单位中列第一位的为牵头单位。")
    return "\n\n".join(out) + "\n"


def _both(measure: Measure) -> list[str]:
    bare = [unit.removeprefix("市") for unit in measure.units]
    return [("青河市" if n == 0 else "市") + unit for n, unit in enumerate(bare)] + [
        ("白石市" if n == 0 else "市") + unit.replace("局", "委") for n, unit in enumerate(bare)
    ]


def expected_units(measure: Measure, style: str) -> tuple[list[str], list[str]]:
    """Give the units and the leading units a style writes for a task."""
    if style == "through":
        return [], []
    if style == "markdown":
        return measure.units, measure.units[:1]
    if style == "two-places":
        units = list(dict.fromkeys(_both(measure)))
        return units, [name for name in units if name.startswith(("青河市", "白石市"))]
    return measure.units, []


def disturb(text: str, noise: str, seed: int) -> str:
    """Spoil the form of a text, not what it says."""
    draw = random.Random(seed)
    if noise == "wrapped":
        return "\n\n".join(_wrap(paragraph, draw.randint(28, 40)) for paragraph in text.split("\n\n"))
    if noise == "paged":
        return _paged(text, draw)
    if noise == "broken":
        return _broken(disturb(text, "wrapped", seed), draw)
    if noise == "full-width":
        return "".join(chr(ord(c) + 0xFEE0) if c.isascii() and (c.isdigit() or c in "%") else c for c in text)
    if noise == "spaced":
        return re.sub(r"(?<=[\u4e00-\u9fff])(?=\d)|(?<=\d)(?=[\u4e00-\u9fff])", " ", text).replace(
            "发展改革委", "发展 改革委"
        )
    if noise == "traditional":
        table = {pair[1]: pair[0] for pair in reversed(words("variants")["pairs"].split()) if pair[0] != pair[1]}
        return text.translate(
            {ord(a): b for a, b in table.items() if a not in "台干后里面云制征复发尽占只系周采布游于并"}
        )
    return text.replace("\n", "\r\n")


def _wrap(paragraph: str, width: int) -> str:
    if paragraph.startswith(("#", "**")) or len(paragraph) <= width:
        return paragraph
    return "\n".join(paragraph[i : i + width] for i in range(0, len(paragraph), width))


def _paged(text: str, draw: random.Random) -> str:
    out: list[str] = []
    for page, paragraph in enumerate(text.split("\n\n"), 1):
        out.append(paragraph)
        if draw.random() < 0.3:
            out.append(f"— {page} —\n\n示例市碳达峰实施方案汇编")
    return "\n\n".join(out)


def _broken(text: str, draw: random.Random) -> str:
    """Break pages between any two lines of a paragraph, with a page number and, on later pages, a running head."""
    lines = text.split("\n")
    breaks = [n for n, line in enumerate(lines) if len(line) > 26 and draw.random() < 0.2]
    for page, n in reversed(list(enumerate(breaks, 1))):
        head = ["示例市碳达峰实施方案汇编", ""] if len(breaks) > 1 else []
        lines[n + 1 : n + 1] = ["", f"— {page} —", "", *head]
    return "\n".join(lines)
