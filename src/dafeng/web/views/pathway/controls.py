"""The levers as a form shows them: by action, each with its range, what stands now, what the plan asks."""

from __future__ import annotations

from dataclasses import dataclass

from dafeng.pathway.bounds import setting
from dafeng.pathway.lever import Level, Lever
from dafeng.report import wording
from dafeng.web.page import Page
from dafeng.web.views.pathway.asked import FIELD, Asked


@dataclass(frozen=True, slots=True)
class Mark:
    """A value on the scale: how far along the range, in percent, its words, and the same without a unit."""

    at: str
    words: str
    short: str


@dataclass(frozen=True, slots=True)
class Control:
    """One lever: `value` and `start` as numbers of the form, `shown` as words, `unit` as the reader's."""

    id: str
    name: str
    label: str
    low: str
    high: str
    value: str
    start: str
    shown: str
    changed: bool
    now: Mark | None
    plan: Mark | None
    about: str
    places: str


@dataclass(frozen=True, slots=True)
class Group:
    """The levers of one action; `waiting` names those that no formula reads yet."""

    id: str
    no: str
    label: str
    controls: tuple[Control, ...]
    waiting: tuple[str, ...]
    changed: int


def groups(asked: Asked) -> list[Group]:
    """Give every action with its levers, in the order of the plan, the drivers last."""
    page, pathway = asked.page, asked.pathway
    actions = {action.id: action for action in page.snapshot.city.plan().actions}
    found = []
    for number, id in enumerate(pathway.groups, 1):
        levers = [each for each in pathway.levers.values() if pathway.group(each) == id]
        if not levers:
            continue
        controls = tuple(_control(asked, each) for each in levers if each.works)
        waiting = tuple(page.label(each.label) for each in levers if not each.works)
        label = page.label(actions[id].short) if id in actions else page.words.gettext("Drivers")
        no = str(number) if id in actions else ""
        found.append(Group(id, no, label, controls, waiting, sum(each.changed for each in controls)))
    return found


def _control(asked: Asked, lever: Lever) -> Control:
    page, pathway = asked.page, asked.pathway
    start = setting(pathway, pathway.scenario(asked.base), lever)
    value = asked.moved.get(lever.id, start)
    low, high = lever.range

    _ = page.words.gettext

    def mark(level: Level, words: str) -> Mark | None:
        value = level.value
        if value is None:
            return None
        said = {"value": page.q(value, lever.unit), "year": level.year}
        plain = {"value": wording.number(value), "year": level.year}
        return Mark(f"{(value - low) / (high - low) * 100:.1f}%", words % said, words % plain)

    now = mark(lever.now, _("now %(value)s (%(year)s)"))
    asks = [each for each in lever.plan if each.value is not None]
    plan = mark(asks[-1], _("plan %(value)s (%(year)s)")) if asks else None
    schedule = asked.scenario.settings[lever.id][1] if lever.id in asked.scenario.settings else lever.schedule
    span = f"{schedule.start}{'—' if page.zh else '–'}{schedule.end}"
    lead = _("acts from %(span)s; half of the effect %(lead)s years after a decision") % {
        "span": span,
        "lead": f"{lever.lead:g}",
    }
    words = [mark.words for mark in (now, plan) if mark]
    return Control(
        id=lever.id,
        name=FIELD + lever.id,
        label=page.label(lever.label),
        low=f"{low:g}",
        high=f"{high:g}",
        value=f"{value:.6g}",
        start=f"{start:.6g}",
        shown=_amount(page, value, lever),
        changed=lever.id in asked.moved,
        now=now,
        plan=plan,
        about=("；" if page.zh else "; ").join([*(words or [_("present value not found")]), lead]),
        places="1" if high - low < 10 else "0",
    )


def _amount(page: Page, value: float, lever: Lever) -> str:
    return page.q(float(f"{value:.6g}"), lever.unit)
