"""What a reviewer sees of each item: its words, what it asks, how sure the compiler is, and the fields to change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import ValidationError

from dafeng.compiler import Compiled
from dafeng.compiler.lexicon import reasons
from dafeng.compiler.result import GoalRecord, TargetRecord, TaskRecord
from dafeng.errors import UnitError
from dafeng.labels import Label, Language
from dafeng.plan.periods import PERIODS
from dafeng.report import wording
from dafeng.report.wording import DECISION, FIGURE, ITEM, TRUST
from dafeng.review import Decision, Item
from dafeng.review.figure import valueless
from dafeng.web.i18n import Words, mark

_COMPARATORS = {"=": "=", ">=": "≥", "<=": "≤", "~": "≈"}
_DIRECTIONS = {
    "": mark("a level"),
    "increase_to": mark("increase to"),
    "increase_by": mark("increase by"),
    "decrease_to": mark("decrease to"),
    "decrease_by": mark("decrease by"),
    "annual_growth": mark("growth a year"),
}
_NAMES = {
    "indicator": mark("What is measured"),
    "indicator_id": mark("Indicator"),
    "value": mark("Value"),
    "value_max": mark("Upper end of a range"),
    "unit": mark("Unit"),
    "year": mark("Due year"),
    "period": mark("Plan period"),
    "from_year": mark("Holds from"),
    "comparator": mark("Comparison"),
    "strict": mark("Strictly more or less"),
    "hedge": mark("Hedge"),
    "direction": mark("Change"),
    "baseline_year": mark("Baseline year"),
    "kind": mark("Kind"),
    "quote": mark("What is promised"),
    "title": mark("Title"),
    "units": mark("Responsible units"),
    "lead": mark("Leading units"),
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form: a line, a number, a choice, a tick, several lines, or a pick from a list shared by all."""

    name: str
    label: str
    shape: Literal["line", "number", "choice", "tick", "lines", "pick"]
    value: str
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """One item as a reviewer sees it. `verdict` is "" while nobody has decided."""

    id: str
    kind: str
    kind_label: str
    title: str
    asked: str
    when: str
    place: str
    quote: str
    trust: str
    trust_label: str
    score: str
    link: str
    link_label: str
    open_units: tuple[str, ...]
    fields: tuple[Field, ...]
    verdict: str
    verdict_label: str
    decision: Decision | None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One number that is not a target, and why."""

    id: str
    text: str
    reason: str


class Deck:
    """Makes the cards of one document in one language. `indicators` are the names of the city's indicators."""

    def __init__(self, compiled: Compiled, words: Words, indicators: Mapping[str, Label]) -> None:
        self.compiled, self.words, self.indicators = compiled, words, indicators
        self.language: Language = words.language

    def picks(self) -> tuple[tuple[str, str], ...]:
        """List the indicators that a target may be given, with their names."""
        return tuple((id, label[self.language]) for id, label in self.indicators.items())

    def cards(self, items: Sequence[Item], decisions: Mapping[str, Decision]) -> tuple[Card, ...]:
        """Make the cards, in the order of the text."""
        return tuple(self.card(item, decisions.get(item.id)) for item in items)

    def left_out(self) -> tuple[LeftOut, ...]:
        """List the numbers that are not targets, with the reason in the reader's language."""
        labels = reasons()
        return tuple(
            LeftOut(f"excluded-{x.start}", _one_line(x.text), labels.get(x.reason, {}).get(self.language, x.reason))
            for x in self.compiled.excluded
        )

    def card(self, item: Item, decision: Decision | None) -> Card:
        """Make the card of one item, with the changes a person made to it."""
        values = {**item.values(), **(decision.changes.given() if decision else {})}
        verdict = decision.verdict if decision else ""
        link = str(values.get("indicator_id") or "")
        record = item.record
        return Card(
            id=item.id,
            kind="target" if item.kind == "excluded" else item.kind,
            kind_label=ITEM[item.kind][self.language],
            title=_one_line(str(values.get("indicator") or values.get("title") or values.get("quote") or "")),
            asked=self._asked(values) if isinstance(record, TargetRecord) else self._units(values),
            when=self._when(values),
            place=self._place(item),
            quote=_one_line(record.quote) if isinstance(record, (TargetRecord, GoalRecord)) else "",
            trust=item.trust,
            trust_label=TRUST[item.trust][self.language] if item.trust else "",
            score=f"{item.confidence:.0%}" if item.confidence is not None else "",
            link=link,
            link_label=self._label(link),
            open_units=tuple(u for u in values.get("units") or () if u in self.compiled.unresolved),
            fields=tuple(self._field(name, value, item) for name, value in values.items()),
            verdict=verdict,
            verdict_label=(FIGURE if item.kind == "excluded" else DECISION)[verdict][self.language],
            decision=decision,
        )

    def faults(self, error: ValidationError) -> str:
        """Say which fields of a form cannot be used."""
        _ = self.words.gettext
        about = [item for item in error.errors(include_url=False) if item["loc"][:1] == ("changes",)]
        # What is wrong with a field that may not be empty is said of all changes, and begins with its name.
        named = dict.fromkeys(
            str(item["loc"][1]) if len(item["loc"]) > 1 else str(item.get("ctx", {}).get("error", "")).partition(" ")[0]
            for item in about
        )
        known = [_(_NAMES[name]) for name in named if name in _NAMES]
        if not known:
            return _("These changes do not fit together, or a field that is needed is empty.")
        return _("This cannot be used: %(fields)s.") % {"fields": wording.listed(known, self.language)}

    def unknown(self, item: Item, decision: Decision) -> str:
        """Say that the city has no such indicator, or that a target would have no value; "" where all fits."""
        if decision.verdict != "reject" and valueless(item, decision.changes.given()):
            return self.words.gettext("This cannot be used: %(fields)s.") % {"fields": self.words.gettext("Value")}
        chosen = decision.changes.indicator_id
        if not chosen or chosen in self.indicators:
            return ""
        return self.words.gettext("The city has no indicator %(id)s.") % {"id": chosen}

    def _label(self, id: str) -> str:
        return self.indicators[id][self.language] if id in self.indicators else id

    def _asked(self, values: Mapping[str, Any]) -> str:
        hedge = values.get("hedge")
        if values.get("value") is None:
            return ""
        try:
            text = wording.amount(_Asked(**{n: values[n] for n in _Asked.__slots__ if n in values}), self.language)
        except (UnitError, KeyError):
            text = f"{_COMPARATORS[values['comparator']]} {values['value']:g} {values['unit']}"
        if not hedge:
            return text
        return f"{wording.HEDGE[hedge][self.language]}{'' if self.language == 'zh' else ' '}{text}"

    def _units(self, values: Mapping[str, Any]) -> str:
        units = list(values.get("units") or ())
        return wording.listed(units, self.language) if units else ""

    def _when(self, values: Mapping[str, Any]) -> str:
        year, period, since = values.get("year"), values.get("period"), values.get("from_year")
        if year:
            return str(year)
        if period:
            first, last = PERIODS[period]
            return f"{period}" if self.language == "zh" else f"{first}\u2013{last}"
        if since:
            return f"{since} 年起" if self.language == "zh" else f"from {since}"
        return ""

    def _place(self, item: Item) -> str:
        record = item.record
        parts = [record.section or "", record.action if record.action != record.section else "", None]
        parts[2] = record.no if isinstance(record, TaskRecord) else record.task
        return wording.clause("".join(part for part in parts if part), self.language)

    def _field(self, name: str, value: Any, item: Item) -> Field:
        label = self.words.gettext(_NAMES[name])
        if name == "indicator_id":
            return Field(name, label, "pick", str(value or ""), tuple(self._likely(item)))
        choices = self._choices(name)
        if choices:
            return Field(name, label, "choice", str(value or ""), choices)
        if name == "strict":
            return Field(name, label, "tick", "1" if value else "")
        if name in ("units", "lead"):
            return Field(name, label, "lines", "\n".join(value or ()))
        if isinstance(value, float):
            return Field(name, label, "number", f"{value:.12g}")
        if name in ("value", "value_max", "year", "from_year", "baseline_year"):
            return Field(name, label, "number", "" if value is None else str(value))
        return Field(name, label, "line", _one_line(str(value or "")))

    def _likely(self, item: Item) -> list[tuple[str, str]]:
        return [(c.indicator, f"{self._label(c.indicator)} {c.score:.0%}") for c in item.candidates]

    def _choices(self, name: str) -> tuple[tuple[str, str], ...]:
        none = self.words.gettext("none")
        if name == "comparator":
            return tuple(_COMPARATORS.items())
        if name == "direction":
            return tuple((value, self.words.gettext(text)) for value, text in _DIRECTIONS.items())
        if name == "period":
            return (("", none), *((period, period) for period in PERIODS))
        if name == "hedge":
            return (("", none), *((word, label[self.language]) for word, label in wording.HEDGE.items()))
        if name == "kind":
            return tuple((kind, label[self.language]) for kind, label in wording.TARGET_KIND.items())
        return ()


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the wording of a target needs of it."""

    value: float
    value_max: float | None
    unit: str
    comparator: str
    strict: bool
    direction: str | None
    baseline_year: int | None
    hedge: str | None = None
    due: int | None = None


def _one_line(text: str) -> str:
    return " ".join(text.split())
