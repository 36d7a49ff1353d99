"""What the address of a page on the power system asks: which answer, which year of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException

from dafeng.dispatch.pack import has_power
from dafeng.dispatch.spec import Spec
from dafeng.errors import DafengError, NotFound
from dafeng.report import wording
from dafeng.web import query
from dafeng.web.page import Page
from dafeng.web.views.power.families import FAMILIES
from dafeng.web.views.power.kept import Floats, Held, all_held, specs


@dataclass(frozen=True)
class Asked:
    """One address: the answers there are, the one shown, the year."""

    page: Page
    spec: Spec
    series: dict[str, Floats]
    all: list[Held]
    held: Held | None
    chosen: str
    year: int
    instead: bool = False
    """Whether the answer named in the address does not tell what the page is about, so that another one is shown."""
    choices: tuple[Held, ...] = ()
    """The answers a reader may choose from."""

    def url(self, *parts: str, **more: object) -> str:
        """Give the address of a page on the same answer."""
        return self.page.url("power", *parts, **{"a": self.chosen, "as_of": None, **more})

    def name(self, entry: str) -> str:
        """Name an entry of the system."""
        label = (self.held.record["labels"] if self.held else {}).get(entry)
        return wording.subscripts(label[self.page.language]) if label else entry

    def family(self, id: str) -> str:
        """Name a family of sources."""
        return self.page.words.gettext(FAMILIES[id][1])

    def title(self, held: Held) -> str:
        """Name an answer: its years, its scenario, its steps."""
        _ = self.page.words.gettext
        years = wording.listed([str(year) for year in held.years], self.page.language)
        scenario = held.record["scenario"]
        parts = [years, self.scenario(scenario) if scenario else _("the pack’s own figures")]
        parts += said_of(page=self.page, record=held.record)
        if held.shipped:
            parts.append(_("comes with the pack"))
        if not held.fresh:
            parts.append(_("earlier data"))
        return wording.join(parts, self.page.language)

    def scenario(self, id: str) -> str:
        """Name a scenario of the pathway; its id where there is none of it any more."""
        if not self.page.snapshot.has_pathway:
            return id
        from dafeng.pathway import load  # noqa: PLC0415 - heavy, and not every answer has a scenario

        try:
            found = load(self.page.snapshot.city).scenarios.get(id)
        except DafengError:
            return id
        return self.page.label(found.label) if found else id


def said_of(page: Page, record: Mapping[str, Any]) -> list[str]:
    """Say what an answer is beside its years and its scenario: coupled, a preview, with ranges."""
    _ = page.words.gettext
    parts = []
    if "coupling" in record:
        parts.append(_("coupled with the pathway"))
    if record.get("alternatives"):
        parts.append(_("with ranges near least cost"))
    if record.get("abatement"):
        parts.append(_("with the curve of abatement"))
    if record.get("days"):
        parts.append(_("preview, %(days)s typical days") % {"days": record["days"]})
    elif record["preview"]:
        parts.append(_("preview, steps of %(hours)s hours") % {"hours": int(record["step"])})
    return parts


def read(page: Page, tells: Callable[[Held], bool] | None = None) -> Asked:
    """Read an address; where its answer does not tell what a page is about, the first that does stands in.

    `tells` picks the answers that do.

    Raises:
        NotFound: the city has no power system, or there is no such answer.
        BadQuery: the answer has no such year.
        HTTPException: 409, the files of the power system have become faulty.
    """
    city = page.snapshot.city
    if not has_power(city):
        raise NotFound("power system", city.id)
    held = all_held(page.site, city)
    chosen = query.text(page.params, "a")
    found = next((one for one in held if one.id == chosen), None) if chosen else next(iter(held), None)
    if chosen and found is None:
        raise NotFound("answer", chosen[:64], [one.id for one in held])
    choices = tuple(one for one in held if tells is None or tells(one))
    instead = False
    if tells is not None and found is not None and not tells(found):
        instead = bool(chosen) and bool(choices)
        scenario = found.record["scenario"] if chosen else ""
        near = [one for one in choices if chosen and one.record["scenario"] == scenario]
        found = next(iter([*near, *choices]), None)
    years = [str(year) for year in found.years] if found else []
    # A link from another answer may name a year that the one that stands in does not model.
    named = query.text(page.params, "year")
    year = named if named in years else "" if instead else query.one(page.params, "year", years)
    try:
        spec, series = specs.of(city)
    except DafengError:
        # Its files changed on disk since the pack was loaded, and are faulty now.
        raise HTTPException(409) from None
    return Asked(
        page, spec, series, held, found, chosen, int(year) if year else found.years[len(years) // 2] if found else 0,
        instead, choices,
    )  # fmt: skip
