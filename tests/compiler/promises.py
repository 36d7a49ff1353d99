"""Sentences that set targets, drawn from parts, with what they set; no published plan is quoted."""

from __future__ import annotations

import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Promise:
    """One expected target."""

    indicator: str
    value: float
    unit: str
    comparator: str = "="
    year: int | None = None
    period: str | None = None
    value_max: float | None = None
    strict: bool = False
    hedge: str | None = None
    direction: str | None = None
    baseline_year: int | None = None
    kind: str = "target"


SHARES = (
    "非化石能源消费比重 绿色建筑面积占比 生活垃圾资源化利用率 城市再生水利用率 新能源公交车占比 森林覆盖率 "
    "秸秆综合利用率 铁路货运量占比 集装箱码头岸电使用率 装配式建筑占比 大宗固废综合利用率 绿色出行比例 "
    "电能占终端能源消费比重 废旧农膜回收率"
).split()
LEVELS = [
    ("光伏装机容量", "万千瓦"),
    ("天然气年供应能力", "亿立方米"),
    ("生活垃圾焚烧能力", "万吨/日"),
    ("森林蓄积量", "万立方米"),
    ("轨道交通运营里程", "公里"),
    ("原油一次加工能力", "万吨"),
    ("新型储能装机规模", "万千瓦"),
    ("大宗固废年利用量", "亿吨"),
    ("外送电量", "亿千瓦时"),
    ("公园绿地面积", "万平方米"),
]
FALLS = [
    "单位地区生产总值能耗",
    "单位地区生产总值二氧化碳排放",
    "规模以上工业单位增加值能耗",
    "万元工业增加值用水量",
    "营运车辆单位运输周转量碳排放",
]
THINGS = [
    ("绿色工厂", "家"),
    ("低碳示范园区", "个"),
    ("充电桩", "万个"),
    ("加氢站", "座"),
    ("近零碳社区", "个"),
    ("节能技术改造项目", "项"),
    ("新能源公交车", "辆"),
]
AMOUNTS = [("既有建筑节能改造", "万平方米"), ("煤电机组灵活性改造", "万千瓦"), ("老旧供热管网改造", "公里")]


def _value(draw: random.Random, *, share: bool) -> float:
    if share:
        return draw.choice([draw.randint(5, 98), round(draw.uniform(5, 98), 1)])
    return draw.choice([draw.randint(2, 999), round(draw.uniform(1, 99), 1), draw.randint(1000, 9000)])


def _text(value: float) -> str:
    return f"{value:g}" if value == int(value) else f"{value}"


def _bound(draw: random.Random) -> tuple[str, str]:
    return draw.choice([("", "="), ("以上", ">="), ("左右", "~"), ("以下", "<="), ("以内", "<=")])


def _when(draw: random.Random) -> tuple[str, dict[str, object]]:
    year = draw.choice([2025, 2027, 2030])
    return draw.choice(
        [
            (f"到{year}年，", {"year": year}),
            (f"到{year}年", {"year": year}),
            (f"{year}年底前，", {"year": year}),
            ("“十四五”期间，", {"period": "十四五"}),
            ("“十五五”期间，", {"period": "十五五"}),
        ]
    )


def sentence(draw: random.Random) -> tuple[str, list[Promise]]:
    """Make one sentence and the targets it sets."""
    lead, when = _when(draw)
    form = draw.randrange(12)
    tail, comparator = _bound(draw)
    if form == 0:
        name, value = draw.choice(SHARES), _value(draw, share=True)
        hedge = draw.choice([None, "力争"])
        return f"{lead}{name}{hedge or ''}达到{_text(value)}%{tail}。", [
            Promise(name, value, "%", comparator, hedge=hedge, **when)
        ]
    if form == 1:
        (name, unit), value = draw.choice(LEVELS), _value(draw, share=False)
        return f"{lead}全市{name}达到{_text(value)}{unit}{tail}。", [Promise(name, value, unit, comparator, **when)]
    if form == 2:
        name, value, base = draw.choice(FALLS), _value(draw, share=True), draw.choice([2005, 2020])
        tail, comparator = draw.choice([("", "="), ("以上", ">="), ("左右", "~")])
        verb = draw.choice(["下降", "降低"])
        promise = Promise(name, value, "%", comparator, direction="decrease_by", baseline_year=base, **when)
        return f"{lead}{name}{draw.choice(['比', '较'])}{base}年{verb}{_text(value)}%{tail}。", [promise]
    if form == 3:
        name, value = draw.choice(SHARES), _value(draw, share=True)
        word, comparator, strict = draw.choice(
            [("不低于", ">=", False), ("超过", ">=", True), ("不高于", "<=", False), ("控制在", "<=", False)]
        )
        return f"{lead}{name}{word}{_text(value)}%。", [Promise(name, value, "%", comparator, strict=strict, **when)]
    if form == 4:
        (name, unit), count = draw.choice(THINGS), draw.randint(2, 300)
        tail, comparator = draw.choice([("", "="), ("以上", ">="), ("左右", "~")])
        return f"{lead}培育{count}{unit}{tail}{name}。", [Promise(name, count, unit, comparator, **when)]
    if form == 5:
        (name, unit), count = draw.choice(THINGS), draw.randint(2, 300)
        return f"{lead}新增{name}{count}{unit}。", [
            Promise(f"新增{name}", count, unit, direction="increase_by", **when)
        ]
    if form == 6:
        (name, unit), value = draw.choice(AMOUNTS), draw.randint(10, 5000)
        tail, comparator = draw.choice([("", "="), ("以上", ">=")])
        return f"{lead}累计完成{name}{value}{unit}{tail}。", [Promise(name, value, unit, comparator, **when)]
    if form == 7:
        one, two = draw.sample(SHARES, 2)
        a, b = _value(draw, share=True), _value(draw, share=True)
        tail, comparator = draw.choice([("", "="), ("以上", ">=")])
        return f"{lead}{one}、{two}分别达到{_text(a)}%、{_text(b)}%{tail}。", [
            Promise(one, a, "%", comparator, **when),
            Promise(two, b, "%", comparator, **when),
        ]
    if form == 8:
        (name, unit), a, b = draw.choice(LEVELS), draw.randint(10, 400), draw.randint(401, 900)
        return f"到2025年，{name}达到{a}{unit}；到2030年，力争达到{b}{unit}。", [
            Promise(name, a, unit, year=2025),
            Promise(name, b, unit, year=2030, hedge="力争"),
        ]
    if form == 9:
        (name, unit), low = draw.choice(THINGS), draw.randint(2, 20)
        high = low + draw.randint(1, 9)
        return f"{lead}打造{low}{draw.choice(['-', '—', '至'])}{high}{unit}{name}。", [
            Promise(name, low, unit, value_max=high, **when)
        ]
    if form == 10:
        name, value = draw.choice(SHARES), _value(draw, share=True)
        word, direction = draw.choice(
            [("提高到", "increase_to"), ("提升至", "increase_to"), ("下降到", "decrease_to"), ("降至", "decrease_to")]
        )
        return f"{lead}{name}{word}{_text(value)}%{tail}。", [
            Promise(name, value, "%", comparator, direction=direction, **when)
        ]
    name, value = draw.choice(SHARES), _value(draw, share=True)
    return f"新建项目{name}原则上不低于{_text(value)}%。", [
        Promise(f"新建项目{name}", value, "%", ">=", hedge="原则上", kind="standard")
    ]
