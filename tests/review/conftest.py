"""A document with one of everything, compiled for the toy city, and decisions on it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.fixtures.postgres import postgres_server, postgres_url  # noqa: F401 - fixtures

from dafeng.city import City, load
from dafeng.compiler import Compiled, compile_text
from dafeng.review import Decision, Decisions, HeaderGuess, items, read_header
from dafeng.review.decision import Verdict, digest

TOY = Path(__file__).parents[1] / "cities" / "toy"
TEXT = """\
# 示例市碳达峰实施方案

## 一、主要目标

到2025年，单位生产总值能源消耗比2021年下降10%。到2030年，非化石能源占能源消费总量比重力争达到25%，确保2030年前实现碳达峰。

## 二、重点任务

### （一）能源绿色低碳转型行动

1．大力发展新能源。到2030年，光伏装机容量不低于90万千瓦。煤炭消费总量只减不增。（责任单位：市计划委、市建设局，各区政府）

2．推进节能改造。新建建筑单体面积超过2万平方米的，优先采用可再生能源。到2025年，累计完成建筑节能改造100万平方米以上。（责任单位：市建设局、市气象局）

示例市人民政府

2021年6月30日
"""
Decide = Callable[..., Decisions]


@pytest.fixture(scope="session")
def toy() -> City:
    return load(str(TOY))


@pytest.fixture(scope="session")
def compiled(toy: City) -> Compiled:
    return compile_text(TEXT, organisations=toy.organisations, indicators=tuple(toy.indicators.values()))


@pytest.fixture(scope="session")
def head(compiled: Compiled) -> HeaderGuess:
    return read_header(compiled, "plan")


@pytest.fixture
def decided(compiled: Compiled) -> Decide:
    """Decide on every item in the same way, but for the decisions given."""

    def make(*others: Decision, verdict: Verdict = "accept") -> Decisions:
        made = {item.id: Decision(item=item.id, verdict=verdict) for item in items(compiled)}
        made |= {decision.item: decision for decision in others}
        return Decisions(document="plan.md", sha256=digest(compiled.text), decisions=tuple(made.values()))

    return make


def ids(compiled: Compiled, kind: str) -> list[str]:
    """List the items of one kind."""
    return [item.id for item in items(compiled) if item.kind == kind]
