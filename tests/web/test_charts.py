"""Charts: round axes, labels that do not overlap, gaps that stay gaps, and drawings without a literal colour."""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dafeng.web import charts
from dafeng.web.charts import bars, label, library, promise, record, small, ticks
from dafeng.web.charts.plot import Box, Pad, Plot, width_of

VALUES = st.floats(-1e6, 1e6).map(lambda v: round(v, 3))
SPANS = st.tuples(VALUES, VALUES).filter(lambda pair: pair[1] - pair[0] > 0.01)
YEARS = st.tuples(st.integers(1980, 2030), st.integers(1, 80)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(SPANS, st.integers(3, 8))
def test_ticks_are_round_few_and_cover_the_values(span: tuple[float, float], most: int) -> None:
    low, high = span
    marks = ticks.nice(low, high, most)
    assert 2 <= len(marks) <= most
    assert marks[0] <= low + 1e-6 * abs(low)
    assert marks[-1] >= high - 1e-6 * abs(high)
    steps = {round(b - a, 6) for a, b in pairwise(marks)}
    assert len(steps) == 1


def test_an_axis_starts_at_zero_unless_the_values_are_far_from_it() -> None:
    assert ticks.value_axis([103.2, 207.6], zero=False)[0] == 0
    assert ticks.value_axis([18.0, 19.5], zero=False)[0] > 0
    assert ticks.value_axis([18.0, 19.5], zero=True)[0] == 0
    assert ticks.value_axis([-5.0, -3.0], zero=True)[-1] == 0
    assert ticks.value_axis([5.0, float("nan")], zero=False)[0] < 5 < ticks.value_axis([5.0], zero=False)[-1]


@given(YEARS, st.integers(3, 12))
def test_years_on_an_axis_lie_within_it(span: tuple[int, int], most: int) -> None:
    marks = ticks.years(*span, most)
    assert marks == sorted(set(marks))
    assert all(span[0] <= mark <= span[1] for mark in marks)
    assert len(marks) <= max(most, 2)


@given(st.lists(st.floats(20, 380), min_size=1, max_size=12).map(sorted))
def test_labels_pushed_apart_do_not_overlap_and_keep_their_order(wanted: list[float]) -> None:
    places = label.spread(wanted, 18, 396)
    assert all(b - a >= 18 - 1e-6 for a, b in pairwise(places))
    assert places[-1] <= 396 + 1e-6


def test_labels_with_room_stay_where_they_point() -> None:
    assert label.spread([40, 100, 200], 18, 396) == [40, 100, 200]


def test_a_label_moves_to_the_side_with_room() -> None:
    plot = Plot(400, 300, (0, 10), (0, 10), Pad(20, 20, 20, 20))
    plot.line([(0, 5), (10, 5)], "ev")
    label.beside(plot, (5, 5), [("here", "")], ("right", "above"))
    written = re.findall(r'<text class="([^"]*)" x="([^"]*)" y="([^"]*)">here', plot.svg("u", "w", "t", "d"))
    assert written[0][0] == "mid halo"
    assert float(written[0][2]) < plot.py(5) - 5


def test_a_line_breaks_at_missing_years_and_at_a_changed_basis() -> None:
    points = [(2015.0, 1.0), (2016.0, 2.0), (2018.0, 3.0), (2019.0, 4.0), (2020.0, 5.0)]
    assert [[x for x, _ in piece] for piece in record.pieces(points, breaks=[2020])] == [
        [2015, 2016],
        [2018, 2019],
        [2020],
    ]
    assert record.usual_step([(2005, 1), (2010, 2), (2015, 3), (2016, 4)]) == 5


def test_overlap_is_measured() -> None:
    assert Box(0, 0, 10, 10).overlap(Box(5, 5, 20, 20)) == 25
    assert Box(0, 0, 10, 10).overlap(Box(10, 0, 20, 10)) == 0
    assert width_of("目标") > width_of("go")


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314  # drawn by the code under test


def drawings() -> list[str]:
    points = [(float(y), 100.0 + y % 7) for y in range(2010, 2020)]
    figure = {
        "record": record.headline(
            points, unit="Mt", say=str, tick=str,
            silence=record.Silence(2020, 2030, ("a", "b")), deadline=record.Deadline(2030, "long", "short"),
        ),
        "plain": record.plain([("", "ev", points)], unit="t", tick=str, say=str, since=(2015, "now"), breaks=[2013]),
        "several": record.plain([("one", "ev", points), ("two", "path", points[2:])], unit="t", tick=str, say=str),
        "promise": promise.promise(
            points, path=[(2010.0, 100.0), (2030.0, 150.0)], path_words="path",
            band=promise.Band([(2025, 90, 110, 130), (2030, 80, 120, 160)], ("m", "m"), ("l", "l"), ("h", "h")),
            main=promise.Promise(2030, 150, ("target 150", "2030: 150")),
            others=[promise.Promise(2025, 120, ("plan", "120")), promise.Promise(2027, 130, ("later",), later=True)],
            unit="t", tick=str, say=str, breaks=(2015,),
        ),
        "past": promise.promise(
            points[:1], path=[], path_words="", band=None, main=promise.Promise(2005, 90, ("target", "90")),
            others=[], unit="", tick=str, say=str,
        ),
    }  # fmt: skip
    drawn = [
        str(plot(width).svg("u", "w", "<t>", "d & d")) for plot in figure.values() for width in charts.SIZES.values()
    ]
    parts = [bars.Part("met", "met", [3, 0]), bars.Part("none", "line", [40, 1])]
    drawn += [
        str(bars.bars(w, ["a", "b"], parts, across=a).svg("u", "w", "t", "d"))
        for w in (1120, 358)
        for a in (True, False)
    ]
    drawn.append(str(small.spark(points, 120.0, 2030, "words")))
    drawn.append(
        str(
            small.tiles([small.Tile(0, 0, "<b>", "5", 1), small.Tile(1, 2, "c", "6", 4)], small=True).svg(
                "u", "w", "t", "d"
            )
        )
    )
    return drawn


@pytest.mark.parametrize("svg", drawings())
def test_a_drawing_is_well_formed_and_coloured_by_class_only(svg: str) -> None:
    root = parsed(svg)
    for element in root.iter():
        assert "style" not in element.attrib
        assert element.get("fill") in {None, "url(#hatch)"}
        assert element.get("stroke") is None
    assert "nan" not in svg.lower()
    assert "<t>" not in svg
    assert "<b>" not in svg


@pytest.mark.parametrize("svg", drawings())
def test_a_drawing_stays_within_its_frame(svg: str) -> None:
    root = parsed(svg)
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    for text in root.iter("text"):
        assert -1 <= float(text.attrib["x"]) <= width + 1
        assert -1 <= float(text.attrib["y"]) <= height + 1


HOSTILE = (
    '<svg xmlns="http://www.w3.org/2000/svg" onload="x()"><style>a{}</style><script>x()</script>'
    '<image href="http://x/"/><foreignObject/><path d="M0 0" fill="#a1b200" style="fill:red" '
    'onclick="x()" stroke="rgb(161,178,14)"/>'
    '<path d="M1 1" fill="red"/><text x="1" fill="#ff0000" style="font-size:9px">a &lt; b</text>'
    '<g fill="blue"><rect width="1" fill="#A1B201"/></g></svg>'
)


def test_the_filter_lets_through_only_what_it_knows() -> None:
    name = library.COLOURS
    assert library.clean(HOSTILE) == (
        f'<path class="cf-{name[0]} cs-{name[14]}" d="M0 0"></path><text x="1">a &lt; b</text>'
        f'<g><rect class="cf-{name[1]}" width="1"></rect></g>'
    )


def test_without_the_library_the_same_data_is_drawn_by_our_own_bars(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "available", lambda: False)
    assert library.draw({}, 10, 10, "u", "w", "t", "d") == ""


@pytest.mark.skipif(not library.available(), reason="the browser libraries of package.json are not installed")
@pytest.mark.parametrize("across", [True, False])
def test_a_drawing_of_the_library_is_clean_too(across: bool) -> None:
    parts = [bars.Part("已达标", "met", [3, 0]), bars.Part("无证据", "line", [40, 1])]
    option = bars.option(["甲", "乙 <b>"], parts, across=across)
    svg = str(library.draw(option, 700, 300, "u", "w", "t", "d"))
    root = parsed(svg)
    assert {element.get("fill") for element in root.iter()} == {None}
    assert {element.get("style") for element in root.iter()} == {None}
    assert 'class="cf-met cs-paper"' in svg
    assert "乙 &lt;b&gt;" in svg
    numbers = [
        text.text for text in root.iter("text") if "cf-paper" in text.get("class", "") or text.get("class") == "cf-ink"
    ]
    assert numbers == ["3", "40"]


def test_surveys_every_few_years_are_one_line_and_a_gap_in_a_yearly_series_is_not() -> None:
    surveys = [(float(year), 1.0) for year in (2000, 2005, 2010, 2013, 2015, 2017, 2018, 2019)]
    assert len(record.pieces(surveys, step=record.usual_step(surveys))) == 1
    yearly = [(float(year), 1.0) for year in (2015, 2017, 2020, 2021, 2022, 2023, 2025)]
    assert [len(piece) for piece in record.pieces(yearly, step=record.usual_step(yearly))] == [1, 1, 4, 1]
    assert record.usual_step([(2020.0, 1.0)]) == 1
