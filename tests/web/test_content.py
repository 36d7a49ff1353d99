"""Pages say what the assessment says: counts, filters, vintages, versions, owners."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from dafeng.assess import VERDICTS
from dafeng.report import wording

if TYPE_CHECKING:
    from tests.web.conftest import Client

    from dafeng.assess import Assessment
    from dafeng.city import City


def rows(client: Client, query: str) -> list[dict[str, str]]:
    text = client.get(f"/zh/targets.csv?{query}").text
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_the_overview_counts_what_the_assessment_counts(shanghai_site: Client, shanghai_assessment: Assessment) -> None:
    page = shanghai_site.get("/en/").text
    counts = Counter(t.status for t in shanghai_assessment.targets)
    for verdict in VERDICTS:
        word = wording.VERDICT[verdict].en
        assert re.search(rf"<li><b>{counts[verdict]}</b><span[^>]*><svg.*?</svg>{word}</span></li>", page), verdict
    assert f"69 numeric targets: {counts['met']} met, {counts['no_evidence']} without published evidence" in page
    for target in shanghai_assessment.targets:
        assert f'href="/en/targets/{target.id}" title="' in page
    for goal in shanghai_assessment.goals:
        assert f'href="/en/goals/{goal.id}" title="' in page
    late = [
        r for r in (*shanghai_assessment.targets, *shanghai_assessment.goals) if r.status in {"overdue", "off_track"}
    ]
    due = page.split('class="due"')[1].split("</ul>")[0]
    assert sum(f"/{r.id}" in due for r in late) == len(late)


def test_the_headline_is_computed_from_the_record(shanghai_site: Client) -> None:
    page = shanghai_site.get("/zh/").text
    assert "还不能下结论。" in page
    assert "2013" in page.split('class="answer"')[1].split("</p>")[0]
    assert "2019\u00a0年后断档" in page
    assert 'fill="url(#hatch)"' in page


def test_a_city_without_emissions_districts_or_peak_still_has_an_overview(toy_site: Client) -> None:
    page = toy_site.get("/en/").text
    assert "Toyville" in page
    assert "上海" not in page
    assert "Shanghai" not in page


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ("status=met", lambda r: r["status"] == "met"),
        ("status=met&status=overdue", lambda r: r["status"] in {"met", "overdue"}),
        ("status=met,overdue", lambda r: r["status"] in {"met", "overdue"}),
        ("action=transport", lambda r: r["action"] == "transport"),
        ("action=overall", lambda r: r["action"] == ""),
        ("year=2030", lambda r: r["due"] == "2030"),
        ("year=standing", lambda r: r["due"] == ""),
        ("kind=goal", lambda r: r["kind"] == "goal"),
        ("kind=standard", lambda r: r["kind"] == "standard"),
        ("unit=transport", lambda r: "transport" in {r["owner"], *r["lead"].split(), *r["joint"].split()}),
        ("q=%E5%85%89%E4%BC%8F", lambda r: "光伏" in r["label_zh"]),
        ("q=Wind+Capacity", lambda r: "wind" in r["label_en"].lower() and "capacity" in r["label_en"].lower()),
    ],
)
def test_a_filter_keeps_exactly_what_fits(shanghai_site: Client, query: str, fits: object) -> None:
    everything = rows(shanghai_site, "")
    assert len(everything) == 69 + 17
    kept = rows(shanghai_site, query)
    assert {r["id"] for r in kept} == {r["id"] for r in everything if fits(r)}  # type: ignore[operator]
    assert kept
    page = shanghai_site.get(f"/zh/targets?{query}").text
    assert len(re.findall(r'<tr id="t-', page)) == sum(r["kind"] != "goal" for r in kept)
    assert len(re.findall(r'<tr id="g-', page)) == sum(r["kind"] == "goal" for r in kept)


def test_sorting_orders_and_ungroups(shanghai_site: Client) -> None:
    by_due = [r["due"] or "9999" for r in rows(shanghai_site, "sort=due&kind=target")]
    assert by_due == sorted(by_due)
    by_status = [VERDICTS.index(r["status"]) for r in rows(shanghai_site, "sort=status&kind=target")]  # type: ignore[arg-type]
    assert by_status == sorted(by_status)
    assert "rowgroup" in shanghai_site.get("/en/targets").text
    assert "rowgroup" not in shanghai_site.get("/en/targets?sort=gap").text


def test_a_filter_that_finds_nothing_says_so(shanghai_site: Client) -> None:
    page = shanghai_site.get("/zh/targets?q=nothing").text
    assert "没有符合的目标。" in page
    assert '<a href="/zh/targets">清除筛选</a>' in page


def test_a_target_shows_figure_path_projection_lineage_versions_and_sources(shanghai_site: Client) -> None:
    page = shanghai_site.get("/en/targets/pv-capacity-2030").text
    for css in ('class="ev"', 'class="path"', 'class="proj"', 'class="band2"', 'class="goal"', 'class="goal v2"'):
        assert css in page, css
    assert 'href="/en/targets/pv-capacity-2027"' in page
    assert 'href="/en/documents/nea-solar-capacity-2024"' in page
    assert "Development and Reform" in page
    assert "strive for" in page


def test_a_target_without_evidence_draws_nothing(shanghai_site: Client) -> None:
    page = shanghai_site.get("/zh/targets/green-travel-share-2025").text
    assert "fig-target" not in page
    assert "没有找到公开数据" in page


def test_a_target_of_a_later_plan_is_judged_once_it_is_issued(shanghai_site: Client) -> None:
    now = shanghai_site.get("/en/targets/pv-capacity-2027").text
    assert 'class="chip' in now.split('class="answer"')[1].split("</p>")[0]
    before = shanghai_site.get("/en/targets/pv-capacity-2027?as_of=2024-01-01").text
    assert "had not been issued on the date of assessment" in before


def test_an_earlier_date_shows_what_was_known_then(shanghai_site: Client) -> None:
    page = shanghai_site.get("/en/?as_of=2023-06-30").text
    assert "Only what was known on 2023-06-30 counts here." in page
    assert '<a href="/en/">Show today</a>' in page
    assert "published by 2023-06-30" in page
    assert 'href="/en/targets/pv-capacity-2025?as_of=2023-06-30"' in page
    assert shanghai_site.get("/en/").text != page


def test_facts_show_every_vintage_and_what_was_known_on_a_day(shanghai_site: Client, shanghai: City) -> None:
    series = shanghai.facts.series("economy.population", "shanghai")
    assert series.others
    page = shanghai_site.get("/en/facts/economy.population").text
    table = page.split('id="evidence"')[1].split("</table>")[0]
    assert table.count("<tr") == 1 + len(series.points) + len(series.others)
    assert table.count("not used") == len(series.others)
    text = shanghai_site.get("/en/facts/economy.population.csv").text.removeprefix("\ufeff")
    found = list(csv.DictReader(io.StringIO(text)))
    assert {r["chosen"] for r in found if float(r["value"] or "nan") > 0} >= {"yes", "no"}
    day = series.points[0].known_from
    early = shanghai_site.get(f"/en/facts/economy.population?known_on={day}").text
    assert f"Only what was known on {day} is shown." in early


def test_a_series_of_an_indicator_with_axes_can_be_chosen(shanghai_site: Client) -> None:
    listed = shanghai_site.get("/zh/facts/energy.balance").text
    assert "可供本地区消费的能源量，煤合计" in listed
    one = shanghai_site.get("/zh/facts/energy.balance?flow=tpes&fuel=coal_total").text
    assert "fig-series" in one
    assert "selected>煤合计</option>" in one


def test_documents_list_what_rests_on_them(shanghai_site: Client, shanghai: City) -> None:
    page = shanghai_site.get("/en/documents/sh-action-plan-2024").text
    for target in shanghai.plan("transition-2024").targets:
        assert f'href="/en/targets/{target.id}"' in page
    cited = Counter(o.source for o in shanghai.facts)
    source, number = cited.most_common(1)[0]
    assert f"{number} figures" in shanghai_site.get(f"/en/documents/{source}").text


def test_versions_show_what_was_redated_and_added(shanghai_site: Client) -> None:
    page = shanghai_site.get("/en/versions").text
    assert "3 added, 1 re-dated, 3 re-dated and changed, 1 kept" in page


def test_units_count_what_they_lead_apart_from_what_they_join(
    shanghai_site: Client, shanghai_assessment: Assessment
) -> None:
    page = shanghai_site.get("/en/units/transport").text
    lead, joint = shanghai_assessment.by_lead["transport"], shanghai_assessment.by_joint["transport"]
    assert f"<dt>Targets and goals it leads</dt><dd>{len(lead.targets) + len(lead.goals)}<small>" in page
    listed = shanghai_site.get("/en/units").text.split('href="/en/units/transport"')[1].split("</tr>")[0]
    assert sum(map(int, re.findall(r"</svg>(\d+) ", listed))) == len(lead.targets) + len(lead.goals)
    assert f"<dt>Targets and goals it takes part in</dt><dd>{len(joint.targets) + len(joint.goals)}<small>" in page


def test_methods_print_every_rule_and_threshold(shanghai_site: Client, shanghai: City) -> None:
    for language in ("zh", "en"):
        page = shanghai_site.get(f"/{language}/methods").text.replace("&#34;", '"').replace("\u00a0", " ")
        for rule in (*shanghai.rules.targets, *shanghai.rules.goals):
            assert rule.text[language] in page  # type: ignore[index]
            for condition in rule.when:
                assert f"<code>{condition.replace('<', '&lt;')}</code>" in page
        for name in shanghai.rules.thresholds:
            assert f"<code>{name}</code>" in page


def test_nothing_about_the_shipped_city_is_in_the_code() -> None:
    from pathlib import Path

    import dafeng.web

    for path in Path(dafeng.web.__file__).parent.rglob("*"):
        if path.suffix in {".py", ".html", ".po", ".css"} or path.name == "dafeng.js":
            text = path.read_text(encoding="utf-8").lower()
            assert "shanghai" not in text, path
            assert "上海" not in text, path
