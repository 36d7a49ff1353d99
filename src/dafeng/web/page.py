"""What a page knows: whose city, which language, which address, and how to write a link, a number or a name."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from markupsafe import Markup

from dafeng import units
from dafeng.assess.hourly import HourlyVerdict, hourly_on
from dafeng.assess.outlook import Outlook, outlook_on
from dafeng.assess.result import Assessment, Evidence, TargetResult
from dafeng.facts.observation import Observation, Period
from dafeng.labels import LANGUAGES, Label, Language
from dafeng.lineage import Node
from dafeng.plan.schema import Target
from dafeng.report import wording
from dafeng.report.wording.steps import remark
from dafeng.web.i18n import Words, words
from dafeng.web.site import Site, Snapshot

#: HTML language of each interface language.
LANG: dict[Language, str] = {"zh": "zh-CN", "en": "en"}
#: Steps of a lineage whose number is a name, not a quantity.
_PLAIN_STEPS = frozenset({"seed", "baseline_year"})
_PUBLISHED = re.compile(r"^published (\S+)$")
THEMES = ("auto", "light", "dark")


def address(language: Language, *parts: str, **query: object) -> str:
    """Write the address of a page: its language, then the parts, quoted; empty query values are left out."""
    path = "/".join(quote(part, safe="") for part in parts if part)
    given = [(name, str(value)) for name, value in query.items() if value not in {None, ""}]
    return f"/{language}/{path}" + (f"?{urlencode(given)}" if given else "")


@dataclass(frozen=True)
class Page:
    """One request for a page. `path` is the address without its language, `query` the raw query text."""

    site: Site
    snapshot: Snapshot
    assessment: Assessment
    language: Language
    path: str
    query: str
    params: Mapping[str, tuple[str, ...]]
    theme: str = "auto"
    status: int = 200

    @property
    def outlook(self) -> Outlook | None:
        """What the plan-as-written scenario says; None for an earlier date, and where there is no pathway."""
        return outlook_on(self.snapshot.city, self.assessment.as_of)

    def hourly(self, target: str) -> Sequence[HourlyVerdict]:
        """What the certified answers of the hourly power system say of a target; nothing for an earlier date."""
        return hourly_on(self.snapshot.city, self.assessment.as_of).get(target, ())

    @property
    def lang(self) -> str:
        """The HTML language."""
        return LANG[self.language]

    @property
    def zh(self) -> bool:
        """Whether the page is Chinese."""
        return self.language == "zh"

    @property
    def other(self) -> Language:
        """The other language."""
        return LANGUAGES[1] if self.language == LANGUAGES[0] else LANGUAGES[0]

    @property
    def words(self) -> Words:
        """The interface words."""
        return words(self.language)

    def here(self, language: Language | None = None, without: str = "") -> str:
        """Address of this page, in this or the other language, with its query, less one name of it."""
        query = urlencode(self.kept(without)) if without else self.query
        return f"/{language or self.language}{self.path}" + (f"?{query}" if query else "")

    def path_here(self) -> str:
        """Address of this page without its query."""
        return f"/{self.language}{self.path}"

    def kept(self, without: str) -> list[tuple[str, str]]:
        """The query as pairs, less one name."""
        return [(name, value) for name, values in self.params.items() for value in values if name != without]

    def url(self, *parts: str, **query: object) -> str:
        """Address of another page in this language; a chosen date of assessment goes along."""
        chosen = self.params.get("as_of")
        if chosen and "as_of" not in query:
            query["as_of"] = chosen[-1]
        return address(self.language, *parts, **query)

    def label(self, label: Label | None) -> str:
        """A label in this language; "" for none."""
        return wording.subscripts(label[self.language]) if label is not None else ""

    def name(self, target: TargetResult | Target) -> str:
        """The name of a target: its own label, else that of its indicator."""
        return self.label(target.label or self.snapshot.city.indicators[target.indicator].label)

    def inside(self, label: Label) -> str:
        """A label written inside a sentence."""
        return wording.inside(self.label(label), self.language)

    def q(self, value: float | None, unit: str, *, exact: bool = False, sign: bool = False, to: str = "") -> str:
        """Write a quantity."""
        return wording.quantity(value, unit, self.language, exact=exact, sign=sign, to=to)

    def step(self, node: Node, to: str) -> str:
        """Write the figure of a step of a lineage: in the unit `to` where that fits, else in its indicator's."""
        if node.value is None or node.id in _PLAIN_STEPS:
            return str(int(node.value)) if node.value is not None else ""
        if not (to and units.same_dimension(node.unit, to)):
            to = self.display_for(self.indicator_of(node.id), node.unit)
        return self.q(node.value, node.unit, to=to)

    def show(self, value: float | None, indicator: str, unit: str = "", *, exact: bool = False) -> str:
        """Write a figure of an indicator, in the unit the indicator declares for this reader."""
        unit = unit or self.snapshot.city.indicators[indicator].unit
        return self.q(value, unit, exact=exact, to=self.display_for(indicator, unit))

    def display(self, indicator: str) -> str:
        """The unit an indicator declares for this reader; "" where it declares none."""
        declared = self.snapshot.city.indicators.get(indicator)
        if declared is None or declared.display is None:
            return ""
        return declared.display.zh if self.zh else declared.display.en

    def display_for(self, indicator: str, unit: str) -> str:
        """The unit an indicator declares for this reader, where `unit` can be turned into it; else ""."""
        declared = self.display(indicator)
        return declared if declared and units.same_dimension(declared, unit) else ""

    def value_in(self, observation: Observation, unit: str, to: str = "") -> float:
        """A figure in the reader's unit, by way of the unit of its series; NaN where it is absent."""
        value = observation.value
        if value is None:
            return math.nan
        if observation.unit != unit:
            value = units.convert(value, observation.unit, unit)
        return wording.written(value, unit, self.language, to).value

    def period(self, period: Period) -> str:
        """Write a period with the dash of the language."""
        return str(period).replace("/", "—" if self.zh else "\u2013")

    def note(self, text: str) -> str:
        """A remark on a step: of the kernel, or of the data files, where it is written as Chinese / English."""
        published = _PUBLISHED.match(text)
        if published and self.zh:
            return f"{published[1]} 发布"
        return remark(text, self.language, self.snapshot.city.axes)

    def to(self, result: TargetResult | Target) -> str:
        """The unit an English reader sees a target in; "" for the habit of the language.

        A change against a baseline keeps its own unit, whatever its indicator is measured in.
        """
        declared = self.display(result.indicator)
        if self.zh or not declared or not units.same_dimension(declared, result.unit):
            return ""
        return declared

    def amount(self, target: TargetResult | Target) -> str:
        """Write what a target asks."""
        return wording.amount(target, self.language, self.to(target))

    def gap(self, target: TargetResult) -> str:
        """Write how far a target's evidence is from it."""
        return wording.gap(target.gap, target.unit, self.language, self.to(target))

    def evidence(self, evidence: Evidence, to: str = "") -> str:
        """Write a piece of evidence with its bound: 不低于 50%, at most 3 t."""
        text = self.q(evidence.value, evidence.unit, to=to)
        if evidence.bound == "at_least":
            return ("不低于" if self.zh else "at least ") + text
        if evidence.bound == "at_most":
            return ("不超过" if self.zh else "at most ") + text
        return text

    def link(self, words: str, *parts: str) -> Markup:
        """Write a quiet link to another page."""
        return Markup('<a class="plain" href="{}">{}</a>').format(self.url(*parts), words)

    def has_rule(self, id: str) -> bool:
        """Whether the methods page prints a rule of this name."""
        rules = self.snapshot.city.rules
        return any(rule.id == id for rule in (*rules.targets, *rules.goals))

    def indicator_of(self, fact: str) -> str:
        """The indicator of a fact's id (indicator@place/period); "" where it is none of this city."""
        indicator = fact.split("@", maxsplit=1)[0]
        return indicator if indicator in self.snapshot.city.indicators else ""

    def fact_name(self, fact: str) -> str:
        """Name a fact by its indicator."""
        indicator = self.indicator_of(fact)
        return self.label(self.snapshot.city.indicators[indicator].label) if indicator else fact

    def fact(self, words: str, indicator: str, **query: object) -> Markup:
        """Write a number that opens its source."""
        return Markup('<a class="num" href="{}">{}</a>').format(self.url("facts", indicator, **query), words)
