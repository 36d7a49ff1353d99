"""What a reviewed plan needs of a pack that the pack does not have yet: its document, indicators, units.

A target that no indicator of the city answers gets one of its own, named as the plan names it; so does a unit that no
organisation matches. They state no figure: they say what is to be observed and who answers. What the plan leaves open
stands in a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from dafeng.compiler import Compiled
from dafeng.documents import Document
from dafeng.errors import Refused
from dafeng.facts.indicator import Indicator
from dafeng.labels import Label
from dafeng.plan.organisation import Organisation, by_name
from dafeng.plan.schema import UNLINKED, Plan, Target
from dafeng.review.decision import Decisions
from dafeng.review.header import HeaderGuess
from dafeng.review.outcome import accepted
from dafeng.units import dimension_text, parse

_CHANGES = ("increase_by", "decrease_by")
_UNKNOWN = Label(
    zh="方案只写变化幅度，没有写计量单位；暂按基年为 100% 的指数登记，待核。",
    en="The plan states a change and no unit; kept as an index, 100% in the base year, to be checked.",
)
_OF_PLAN = Label(
    zh="随方案登记，类型按名称判断，待核。", en="Declared with the plan; its type follows its name, to be checked."
)
_OPEN = Label(zh="方案没有列出成员。", en="The plan leaves the members open.")
#: Stand for the dimension of a quantity whose unit the plan does not write, and for that of its yearly growth.
_INDEX, _GROWTH = "index", "growth"
OrganisationType = Literal[
    "department", "district", "party", "enterprise", "agency", "group", "association", "committee"
]
#: What the name of a unit tells of its type, the first that fits.
_TYPES: tuple[tuple[OrganisationType, str], ...] = (
    ("group", r"各|有关|相关|所属|成员单位"),
    ("committee", r"领导小组|双碳办"),
    ("party", r"组织部|宣传部|党委|纪委|团[省市县区]?委|妇联|总工会"),
    ("enterprise", r"公司|集团|国网|南网|电网|企业"),
    ("association", r"协会|学会|商会|联合会|工商联|供销"),
    ("agency", r"管委会|管理委员会|中心$|研究院|科学院|大学"),
    ("district", r"(?:区|县|市|州|盟|镇|乡)(?:人民)?政府$"),
)


@dataclass(frozen=True, slots=True)
class Declared:
    """A reviewed plan and what it adds to a pack."""

    plan: Plan
    document: Document
    indicators: tuple[Indicator, ...]
    organisations: tuple[Organisation, ...]


def declare(
    compiled: Compiled, decisions: Decisions, head: HeaderGuess, organisations: Iterable[Organisation] = ()
) -> Declared:
    """Make the plan of the accepted items so that a pack can take it, with what the pack has to declare for it.

    Targets of one name and one dimension share an indicator, whose id is `<plan>.quantity_<n>`.

    Raises:
        Conflict, FaultsFound: as for `accepted`.
        Refused: as for `accepted`, or the document does not say who issued it or when.
    """
    if head.missing:
        named = {"issuer": ("发布机关", "--issuer"), "issued": ("发布日期", "--issued")}
        asked = " ".join(named[name][1] for name in head.missing)
        raise Refused(
            f"{head.header.id}: the document does not say {' and '.join(head.missing)}, and a pack takes no stand-in. "
            f"Give it with {asked}.",
            zh=f"{head.header.id}：文件没有写明{'和'.join(named[name][0] for name in head.missing)}，"
            f"数据包不接受替代值。请用 {asked} 给出。",
        )
    known = tuple(organisations)
    new = _units(compiled, decisions, known, head.header.id)
    plan = accepted(compiled, decisions, head, (*known, *new))
    answering = {unit for task in plan.tasks for unit in (*task.units, *task.lead)}
    linked, indicators = _linked(plan)
    return Declared(linked, _document(linked), indicators, tuple(unit for unit in new if unit.id in answering))


def _units(
    compiled: Compiled, decisions: Decisions, known: tuple[Organisation, ...], plan: str
) -> tuple[Organisation, ...]:
    """Make an organisation of every name of a unit that none matches."""
    spelled = by_name(known)
    ids = {unit.id for unit in known}
    names = [*compiled.unresolved]
    for decision in decisions.decisions:
        changes = decision.changes
        names += [*(changes.units or ()), *(changes.lead or ())]
    out: list[Organisation] = []
    for name in dict.fromkeys("".join(name.split()) for name in names):
        if not name or name in spelled or name in ids:
            continue
        sort = next((sort for sort, form in _TYPES if re.search(form, name)), "department")
        note = _OPEN if sort == "group" else _OF_PLAN
        label = Label(zh=name, en=name)
        out.append(Organisation(id=f"{plan}-unit-{len(out) + 1}", label=label, short=label, type=sort, note=note))
    return tuple(out)


def _linked(plan: Plan) -> tuple[Plan, tuple[Indicator, ...]]:
    made: dict[tuple[str, str], Indicator] = {}
    targets = []
    for target in plan.targets:
        if target.indicator != UNLINKED:
            targets.append(target)
            continue
        name = target.label.zh if target.label else target.id
        key = (name, _sort(target))
        if key not in made:
            made[key] = _indicator(target, f"{_domain(plan.id)}.quantity_{len(made) + 1}")
        relative = "ratio" if target.direction in _CHANGES and target.unit == "%" else "multiple"
        measure = target.measure or (relative if key[1] == _INDEX and target.baseline_year else None)
        targets.append(target.model_copy(update={"indicator": made[key].id, "measure": measure}))
    return plan.model_copy(update={"targets": tuple(targets)}), tuple(made.values())


def _domain(plan: str) -> str:
    plain = re.sub(r"[^a-z0-9]+", "_", plan).strip("_")
    return plain if plain[:1].isalpha() else f"plan_{plain}"


def _sort(target: Target) -> str:
    """Tell apart what one indicator cannot answer: an index, and levels of different dimension."""
    if target.direction == "annual_growth":
        return _GROWTH
    return _INDEX if _relative(target) else dimension_text(parse(target.unit).dimension)


def _relative(target: Target) -> bool:
    """Tell whether a target states a change in percent or a multiple of a quantity whose unit it does not name."""
    plain = not parse(target.unit).dimension
    multiple = target.unit == "倍"
    change = target.direction in _CHANGES and not target.unit.endswith("百分点")
    return plain and (change or multiple)


def _indicator(target: Target, id: str) -> Indicator:
    label = target.label or Label(zh=target.id, en=target.id)
    if target.direction == "annual_growth":
        growth = (
            label
            if label.zh.endswith(("率", "幅", "增速"))
            else Label(zh=f"{label.zh}年增长率", en=f"{label.en}年增长率")
        )
        return Indicator(id=id, label=growth, unit="%", kind="change")
    if _relative(target):
        return Indicator(id=id, label=label, unit="%", kind="ratio", definition=_UNKNOWN)
    unit = "%" if target.unit.endswith("百分点") else target.unit
    total = target.direction == "increase_by" or target.period is not None
    kind: Literal["ratio", "flow", "stock"] = "ratio" if not parse(unit).dimension else "flow" if total else "stock"
    return Indicator(id=id, label=label, unit=unit, kind=kind)


def _document(plan: Plan) -> Document:
    return Document(
        id=plan.document,
        title=plan.title.zh,
        title_en="" if plan.title.en == plan.title.zh else plan.title.en,
        publisher=plan.issuer.zh,
        date=plan.issued,
        number=plan.number,
        kind="plan",
    )
