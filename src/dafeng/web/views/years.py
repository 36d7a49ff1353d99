"""When targets fall due, and how they stand."""

from __future__ import annotations

from dafeng.assess.result import VERDICTS
from dafeng.report import wording
from dafeng.web import charts
from dafeng.web.charts.bars import Part
from dafeng.web.page import Page
from dafeng.web.views.standard import bar_colour, stacked_figure


def due_figure(page: Page) -> charts.Figure | None:
    """Draw the targets of each due year, stacked by verdict."""
    _ = page.words.gettext
    targets = page.assessment.targets
    years = sorted({t.due for t in targets if t.due is not None})
    if not years:
        return None
    names = [*(str(year) for year in years), *([_("standing")] if any(t.due is None for t in targets) else [])]
    keys = [*years, None][: len(names)]
    parts = [
        Part(
            wording.VERDICT[verdict][page.language],
            bar_colour(verdict),
            [float(sum(1 for t in targets if t.due == key and t.status == verdict)) for key in keys],
        )
        for verdict in VERDICTS
    ]
    most = max(keys, key=lambda key: sum(1 for t in targets if t.due == key))
    number = sum(1 for t in targets if t.due == most)
    return stacked_figure(
        page,
        "due",
        title=_("%(num)s of %(all)s numeric targets fall due in %(year)s")
        % {"num": number, "all": len(targets), "year": most or _("standing")},
        subtitle=_("numeric targets by due year and status"),
        names=names,
        parts=parts,
        across=False,
    )
