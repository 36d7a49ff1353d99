"""The tree from a verdict down to documents: rule, gap, required path, projection, figures, formulas, sources."""

from __future__ import annotations

from collections.abc import Iterable

from dafeng.assess.evidence import Figure
from dafeng.assess.findings import Findings
from dafeng.city.rules import Rule
from dafeng.labels import Label
from dafeng.lineage import Node
from dafeng.plan.schema import Target

RULES_FILE = "rules.yaml"
_ROLE = {
    "gap": Label(zh="差距 = 最新 − 目标", en="gap = latest − target"),
    "lag": Label(zh="与应达之差 = 最新 − 应达", en="lead or lag = latest − required"),
    "straight": Label(zh="应达 = 节点之间取直线", en="required = straight line between the nodes"),
    "geometric": Label(zh="应达 = 节点之间取等比", en="required = constant rate between the nodes"),
    "baseline": Label(zh="基年", en="baseline"),
    "zero": Label(zh="累计量从期初起算", en="a total over a period starts from nothing"),
    "milestone": Label(zh="节点", en="milestone"),
    "target": Label(zh="目标", en="target"),
    "latest": Label(zh="最新", en="latest"),
    "change": Label(zh="与基年相比的变化", en="change since the baseline"),
    "projection": Label(zh="外推 = 平均漂移 + 重抽的残差", en="projection = mean drift + resampled residuals"),
    "draws": Label(zh="抽样次数", en="draws"),
    "interval": Label(zh="区间", en="interval"),
    "seed": Label(zh="随机种子", en="seed"),
    "awaited": Label(zh="待公布或待核定的官方数据", en="official figure pending"),
    "absent": Label(zh="查找过，没有找到", en="looked for and not found"),
}


def lineage(found: Findings, rule: Rule) -> Node:
    """Build the tree of one verdict; every leaf is a document, a parameter or a rule."""
    children: list[Node] = []
    if found.latest is None:
        children.extend(_without_figure(found))
    else:
        children.append(_gap(found, found.latest))
        if found.path is not None and found.behind is not None:
            children.append(_lag(found, found.latest))
        if found.projection is not None:
            children.append(_projection(found))
        if found.awaited:
            children.append(_awaited(found))
        if found.low is not None:
            children.append(_figure(found, found.low, _ROLE["latest"]))
    children.extend(thresholds(found, rule.when))
    tree = Node(
        "rule", rule.id, rule.text, ref=f"{RULES_FILE}#{rule.id}", status=rule.verdict, children=tuple(children)
    )
    return found.city.named(tree)


def document(id: str, locator: str = "") -> Node:
    """Give the leaf for a document."""
    return Node("document", id, ref=locator)


def thresholds(found: Findings, conditions: Iterable[str]) -> Iterable[Node]:
    """Give the leaves for the thresholds that a rule's conditions name."""
    rules = found.city.rules
    words = {word for condition in conditions for word in condition.split()}
    if "stale" in words:
        words.add("max_age_years")
    for name, threshold in rules.thresholds.items():
        if name in words or (name == "about_tolerance" and found.demand.comparator == "~" and found.latest):
            yield Node("parameter", name, threshold.label, threshold.value, ref=f"{RULES_FILE}#{name}")


def _without_figure(found: Findings) -> Iterable[Node]:
    yield _target(found, found.target)
    if found.low is not None:
        yield _figure(found, found.low, _ROLE["latest"])
    if found.awaited:
        yield _awaited(found)
    absent = found.city.facts.absent(found.indicator.id, found.city.id)
    for observation in absent:
        if not observation.source:
            continue
        yield Node(
            "fact",
            observation.id,
            _ROLE["absent"],
            year=observation.period.year,
            unit=observation.unit,
            ref=observation.source,
            status=observation.status,
            confidence=observation.confidence,
            note=observation.note,
            children=(document(observation.source, observation.locator),),
        )
    if found.measured.missing is not None and found.measured.base_year is not None:
        yield Node(
            "parameter",
            "baseline_year",
            _ROLE["baseline"],
            float(found.measured.base_year),
            ref=found.plan.document,
            note=found.target.clause,
        )


def _gap(found: Findings, latest: Figure) -> Node:
    return Node(
        "formula",
        "gap",
        _ROLE["gap"],
        found.demand.gap(latest.value),
        found.target.unit,
        latest.year,
        children=(_figure(found, latest, _ROLE["latest"]), _target(found, found.target)),
    )


def _lag(found: Findings, latest: Figure) -> Node:
    assert found.path is not None  # noqa: S101 - the caller has asked
    required = found.path.at(latest.year)
    children = [_baseline(found)]
    children.extend(_target(found, milestone, _ROLE["milestone"]) for milestone in found.milestones)
    children.append(_target(found, found.target))
    shape = Node(
        "formula",
        "required",
        _ROLE["geometric" if found.path.geometric else "straight"],
        required,
        found.target.unit,
        latest.year,
        children=tuple(children),
    )
    lead = None if required is None else latest.value - required
    return Node("formula", "lag", _ROLE["lag"], lead, found.target.unit, latest.year, children=(shape,))


def _baseline(found: Findings) -> Node:
    known = found.measured
    unit, year, note = found.target.unit, known.base_year, ""
    if known.zero:
        return Node(
            "rule", "period-total", _ROLE["zero"], 0.0, unit, year, ref=f"{found.plan.document}#{found.target.clause}"
        )
    if known.declared is not None and year != known.declared:
        note = (
            f"{known.declared} 年没有同口径数据，从 {year} 年起算 / "
            f"{known.declared} has no figure on the present basis; counted from {year}"
        )
    if found.target.baseline_assumed is not None:
        note = f"{found.target.baseline_assumed.zh} / {found.target.baseline_assumed.en}"
    if known.base is None or found.measure == "chain":
        return Node(
            "parameter",
            "baseline_year",
            _ROLE["baseline"],
            known.base_value,
            unit,
            year,
            found.plan.document,
            note=note,
        )
    fact = _figure(found, known.base, _ROLE["baseline"])
    if not note:
        return fact
    return Node("formula", "baseline", _ROLE["baseline"], known.base_value, unit, year, note=note, children=(fact,))


def _projection(found: Findings) -> Node:
    assert found.projection is not None  # noqa: S101 - the caller has asked
    rule = found.city.rules.projection
    facts = tuple(_fact(found, figure) for figure in found.measured.levels if figure.decides)
    settings = (("draws", float(rule.draws)), ("interval", rule.interval), ("seed", float(rule.seed)))
    parameters = tuple(
        Node("parameter", name, _ROLE[name], value, ref=f"{RULES_FILE}#projection") for name, value in settings
    )
    return Node(
        "formula",
        "projection",
        _ROLE["projection"],
        found.projection.value,
        found.target.unit,
        found.due,
        ref=f"{RULES_FILE}#projection",
        children=(*facts, *parameters),
    )


def _awaited(found: Findings) -> Node:
    return Node(
        "fact",
        found.indicator.id,
        found.awaited.why or _ROLE["awaited"],
        year=found.awaited.years[-1],
        unit=found.indicator.unit,
        ref=found.awaited.source,
        status="awaiting_verification",
        confidence="none",
        children=(document(found.awaited.source or found.plan.document),),
    )


def _target(found: Findings, target: Target, role: Label | None = None) -> Node:
    own = target is found.target
    return Node(
        "parameter",
        target.id,
        role or _ROLE["target"],
        found.demand.goal if own else target.value,
        target.unit,
        target.due,
        ref=found.plan.document,
        note=target.clause,
        children=(document(found.plan.document, target.clause),),
    )


def _figure(found: Findings, figure: Figure, role: Label) -> Node:
    """Give a figure in the target's terms; a change stands over the two figures it was counted from."""
    known = found.measured
    if figure.trail is not None and found.measure in ("level", "chain"):
        return figure.trail
    if found.measure in ("level", "chain") or figure is known.base:
        return _fact(found, figure, role)
    level = next((item for item in known.levels if item.year == figure.year), None)
    parts = [_fact(found, item) for item in (level, known.base) if item is not None]
    if not parts:
        return _fact(found, figure, role)
    return Node(
        "formula", found.measure, _ROLE["change"], figure.value, figure.unit, figure.year, children=tuple(parts)
    )


def _fact(found: Findings, figure: Figure, role: Label | None = None) -> Node:
    if figure.trail is not None:
        return figure.trail
    note = figure.note
    if figure.bound:
        note = f"{figure.bound}; {note}" if note else figure.bound
    return Node(
        "fact",
        figure.observation,
        role,
        figure.value,
        figure.unit,
        figure.year,
        figure.source,
        figure.status,
        figure.confidence,
        note,
        (document(figure.source, figure.locator),),
    )
