"""Everything that a tree of the pathway shows has a name in both languages."""

from __future__ import annotations

import re
from pkgutil import iter_modules

import pytest

import dafeng.domains
from dafeng.city import load as load_city
from dafeng.city.names import formulas
from dafeng.domains import find
from dafeng.kernel import variables_of
from dafeng.pathway import Pathway, load
from dafeng.report.wording.steps import remark

HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def shanghai() -> Pathway:
    return load(load_city("shanghai"))


def test_no_quantity_of_the_model_lacks_a_name(shanghai: Pathway) -> None:
    city = shanghai.city
    ids = {*shanghai.model.graph.by_id, *shanghai.base.data}
    bare = {id for id in ids if id not in city.indicators and id not in city.labels}
    assert bare == set()


def test_every_formula_of_its_domains_has_a_name_in_chinese(shanghai: Pathway) -> None:
    ids = {each.id for name in shanghai.settings.domains for each in variables_of(find(name))}
    assert ids - set(formulas()) == set()
    # GDP and PUE stand in Chinese texts as they are.
    assert [id for id, label in formulas().items() if not HAN.search(label.zh) or HAN.search(label.en)] == []


def test_no_name_is_left_of_a_formula_that_is_gone(shanghai: Pathway) -> None:
    names = [module.name for module in iter_modules(dafeng.domains.__path__) if not module.ispkg]
    domains = [*names, *(name for name in shanghai.settings.domains if "." in name), "power.imports"]
    known = {each.id for name in domains for each in variables_of(find(name))} | set(shanghai.base.data)
    assert set(formulas()) - known == set()


def test_every_cell_has_a_name(shanghai: Pathway) -> None:
    axes = {axis: cells for axis, cells in shanghai.base.labels.items() if axis not in {"place", "year", "batch"}}
    bare = {
        (axis, str(cell))
        for axis, cells in axes.items()
        for cell in cells
        if not str(cell).isdecimal()
        and (axis not in shanghai.city.axes or str(cell) not in shanghai.city.axes[axis].labels)
    }
    assert bare == set()


@pytest.mark.parametrize("sector", ["steel", "power", "imports", "road", "buildings", "manufacturing", "waste-gases"])
def test_a_tree_reads_in_chinese(shanghai: Pathway, sector: str) -> None:
    variable = next(each.variable for each in shanghai.settings.sectors if each.id == sector)
    tree = shanghai.city.named(shanghai.state("plan").explain(variable, 2030))
    for node in tree.walk():
        if node.kind in {"formula", "fact", "parameter"}:
            assert node.label is not None and HAN.search(node.label.zh), node.id
        said = remark(node.note, "zh", shanghai.city.axes)
        assert not re.search(r"continues|explained|the step|cells|total over|in turn", said), node.note


@pytest.mark.parametrize(
    ("said", "zh", "en"),
    [
        (
            "continues observations to 2024; the step there is -1500 t",
            "接在 2024 年的观测之后；衔接处公式比观测低 1,500\u00a0吨",
            "continues observations to 2024; the step there is -1500 t",
        ),
        (
            "continues observations to 2024; the step there is +0 t",
            "接在 2024 年的观测之后",
            "continues observations to 2024; the step there is +0 t",
        ),
        ("explained above", "已在上文展开", "explained above"),
        (
            "between 2021 and 2030; 年降 4% / falls by 4 %",
            "2021 与 2030 年之间的直线；年降 4%",
            "between 2021 and 2030; falls by 4 %",
        ),
        ("of 1900; 换算 / worked out", "换算", "worked out"),
        ("", "", ""),
    ],
)
def test_remarks_are_said_in_both_languages(said: str, zh: str, en: str) -> None:
    assert (remark(said, "zh", {}), remark(said, "en", {})) == (zh, en)
