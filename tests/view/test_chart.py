"""Charts say what the answer says: well-formed, escaped, without words upon words, the same every time."""

from __future__ import annotations

import itertools
import re
import xml.etree.ElementTree as ET
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.engine.answer import Answer
from kg.graph.names import PREFIXES
from kg.model.text import LANGS, Text
from kg.view.answer_shape import fitting
from kg.view.chart import DRAWN, Chart, draw
from kg.view.chart_numbers import say_ticks, say_value, ticks
from kg.view.directives import View
from kg.view.svg_text import text_width

SVG = "{http://www.w3.org/2000/svg}"
ENT, XSD = PREFIXES["ent"], PREFIXES["xsd"]

#: What tries to break out of its place, and names of all lengths in both languages.
names = st.one_of(
    st.sampled_from(
        ["</text><script>", "&amp;", "\"'", "\u0000\ud7ff", "", "  ", "长" * 90, "word " * 40, "x" * 300, "北京"]
    ),
    st.text(max_size=30),
)
numbers = st.one_of(
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=2),
    st.sampled_from([Decimal(0), Decimal("1e-9"), Decimal("2400000000000"), Decimal("-7e299"), Decimal("1e400")]),
)
days = st.dates().map(lambda day: day.isoformat())
dates = st.one_of(days, days.map(lambda day: day[:7]), days.map(lambda day: day[:4]))
widths = st.sampled_from([240, 340, 480, 720, 1200])


def quoted(text: str) -> str:
    for mark, escape in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t")):
        text = text.replace(mark, escape)
    return f'"{text}"'


def day(text: str) -> str:
    return f'"{text}"^^<{XSD}{ {4: "gYear", 7: "gYearMonth", 10: "date"}[len(text)] }>'


def decimal(value: Decimal) -> str:
    return f'"{value:f}"^^<{XSD}decimal>'


def answer(columns: str, rows: list[list[str]]) -> Answer:
    lines = ["\t".join(f"?{name}" for name in columns.split()), *("\t".join(row) for row in rows)]
    return Answer("select", "\n".join(lines).encode("utf-8", "replace"), len(rows), False, 0.0, "v")


def chart(found: Answer, view: View, **more: object) -> Chart:
    return Chart(found, {}, fitting(found, {}), view, **{"lang": "zh", **more})  # type: ignore[arg-type]


def read(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 (text of our own making)


def texts(svg: str) -> list[ET.Element]:
    return list(read(svg).iter(f"{SVG}text"))


def words(svg: str) -> list[str]:
    return [one.text or "" for one in texts(svg)]


def boxes(svg: str) -> list[tuple[float, float, float, float, str]]:
    found = []
    for one in texts(svg):
        said, size = one.text or "", float(one.get("font-size", 0))
        width = text_width(said, size, bold=one.get("font-weight") == "600")
        shift = {"start": 0.0, "middle": 0.5, "end": 1.0}[one.get("text-anchor", "start")]
        left, base = float(one.get("x", 0)) - shift * width, float(one.get("y", 0))
        found.append((left, base - 0.7 * size, left + width, base + 0.15 * size, said))
    return found


def overlaps(svg: str) -> list[tuple[str, str]]:
    return [
        (one[4], other[4])
        for one, other in itertools.combinations(boxes(svg), 2)
        if min(one[2], other[2]) - max(one[0], other[0]) > 0.3 and min(one[3], other[3]) - max(one[1], other[1]) > 0.3
    ]


def outside(svg: str) -> list[str]:
    width = float(read(svg).get("width", 0))
    return [said for left, _, right, _, said in boxes(svg) if left < -0.5 or right > width + 0.5]


BARS = [[quoted("甲"), "3"], [quoted("乙"), "-1"]]
TIMES = [[day("2023"), quoted("a")], [day("2024-05"), quoted("b")], [day("2025-03-20"), quoted("c")]]
SHAPES: dict[View, Answer] = {
    "bars": answer("who n", BARS),
    "line": answer("date n", [[day("2023"), "3"], [day("2024"), "4"]]),
    "timeline": answer("date what", TIMES),
    "map": answer("what lat long", [[quoted("a"), "39.9", "116.4"], [quoted("b"), "40.1", "116.1"]]),
    "number": answer("n", [["42"]]),
}


def test_every_drawn_view_is_tried_here() -> None:
    assert set(SHAPES) == DRAWN


@pytest.mark.parametrize("view", SHAPES)
@pytest.mark.parametrize("lang", LANGS)
def test_a_chart_says_what_it_is_to_who_cannot_see_it(view: View, lang: str) -> None:
    root = read(draw(chart(SHAPES[view], view, lang=lang, title='A "title"', alt="An <alt> text")))
    assert root.get("role") == "img"
    assert root.get("aria-label") == root.findtext(f"{SVG}desc") == "An <alt> text"
    assert root.findtext(f"{SVG}title") == 'A "title"'


@pytest.mark.parametrize("view", SHAPES)
def test_the_same_chart_is_the_same_text(view: View) -> None:
    assert draw(chart(SHAPES[view], view)) == draw(chart(SHAPES[view], view))


@pytest.mark.parametrize("view", SHAPES)
def test_a_file_of_its_own_asks_the_page_for_no_colour(view: View) -> None:
    svg = draw(chart(SHAPES[view], view), look="dark")
    assert "var(" not in svg
    assert "light-dark(" not in svg
    assert "font-family" in svg


@pytest.mark.parametrize("view", SHAPES)
def test_a_chart_in_a_page_takes_the_colours_of_the_page(view: View) -> None:
    assert not re.search(r'(fill|stroke)="#', draw(chart(SHAPES[view], view)))


def test_what_does_not_fit_is_refused_with_what_does() -> None:
    with pytest.raises(ValueError, match="It can be drawn as: bars"):
        draw(chart(SHAPES["bars"], "map"))


@settings(max_examples=30)
@given(st.lists(st.tuples(names, numbers, numbers), min_size=2, max_size=12), widths, st.sampled_from(LANGS))
def test_words_of_bars_never_overlap(rows: list[tuple[str, Decimal, Decimal]], width: int, lang: str) -> None:
    found = answer("who n m", [[quoted(name), decimal(one), decimal(other)] for name, one, other in rows])
    svg = draw(chart(found, "bars", lang=lang), width)
    assert not overlaps(svg)
    assert not outside(svg)


@settings(max_examples=30)
@given(st.lists(st.tuples(dates, names, numbers), min_size=2, max_size=14), widths, st.sampled_from(LANGS))
def test_words_of_lines_never_overlap(rows: list[tuple[str, str, Decimal]], width: int, lang: str) -> None:
    one_each = {(date, name): value for date, name, value in rows}
    found = answer("date who n", [[day(on), quoted(name), decimal(value)] for (on, name), value in one_each.items()])
    if "line" in fitting(found, {}).views:
        svg = draw(chart(found, "line", lang=lang), width)
        assert not overlaps(svg)
        assert not outside(svg)


@settings(max_examples=30)
@given(st.lists(st.tuples(dates, dates, names), min_size=2, max_size=14), widths)
def test_words_of_timelines_never_overlap(rows: list[tuple[str, str, str]], width: int) -> None:
    found = answer("a b what", [[day(min(one, two)), day(max(one, two)), quoted(name)] for one, two, name in rows])
    if "timeline" in fitting(found, {}).views:
        svg = draw(chart(found, "timeline"), width)
        assert not overlaps(svg)
        assert not outside(svg)


@settings(max_examples=30)
@given(
    st.lists(
        st.tuples(
            names, st.floats(-90, 90).map(lambda x: round(x, 4)), st.floats(-180, 180).map(lambda x: round(x, 4))
        ),
        min_size=1,
        max_size=14,
    ),
    widths,
)
def test_words_of_maps_never_overlap(rows: list[tuple[str, float, float]], width: int) -> None:
    found = answer(
        "what lat long", [[quoted(name), decimal(Decimal(str(y))), decimal(Decimal(str(x)))] for name, y, x in rows]
    )
    svg = draw(chart(found, "map"), width)
    assert not overlaps(svg)
    assert not outside(svg)


@settings(max_examples=30)
@given(names, numbers, widths)
def test_a_large_number_stays_on_its_page(name: str, value: Decimal, width: int) -> None:
    svg = draw(chart(answer("what n", [[quoted(name), decimal(value)]]), "number"), width)
    assert not outside(svg)


def test_markup_in_a_name_is_text() -> None:
    svg = draw(chart(answer("who n", [[quoted("<b onclick='x'>&"), "1"], [quoted("b"), "2"]]), "bars"))
    assert "<b" not in svg
    assert "<b onclick='x'>&" in words(svg)


def test_a_long_name_is_cut_and_its_whole_is_there() -> None:
    svg = draw(chart(answer("who n", [[quoted("长" * 200), "1"], [quoted("b"), "2"]]), "bars"))
    assert any(one.endswith("…") for one in words(svg))
    assert "长" * 200 in [one.text for one in read(svg).iter(f"{SVG}title")]


def test_a_name_says_its_language() -> None:
    found = answer("who n", [[f"<{ENT}a>", "1"], [f"<{ENT}b>", "2"]])
    labels = {f"{ENT}a": Text(zh="甲"), f"{ENT}b": Text(zh="乙", en="Two")}
    svg = draw(Chart(found, labels, fitting(found, labels), "bars", "en"))
    assert {one.text: one.get("lang") for one in texts(svg) if one.get("lang")} == {"甲": "zh-Hans", "Two": "en"}


def test_a_name_leads_to_what_it_names_on_a_page_only() -> None:
    found = answer("who n", [[f"<{ENT}a>", "1"], [f"<{ENT}b>", "2"]])
    made = chart(found, "bars", to=lambda iri: "./?id=" + iri.rpartition("/")[2])
    assert 'href="./?id=a"' in draw(made)
    assert "href" not in draw(made, look="light")


def test_how_exactly_a_value_is_meant_stands_before_it() -> None:
    rows = [[quoted("a"), quoted("≈"), "50"], [quoted("b"), quoted("="), "7"]]
    said = words(draw(chart(answer("who sign n", rows), "bars")))
    assert {"≈50", "7"} <= set(said)


def test_a_target_is_hollow_and_the_chart_says_what_that_means() -> None:
    found = answer("date n target", [[day("2024"), "1", "false"], [day("2025"), "2", "true"]])
    svg = draw(chart(found, "line"))
    assert svg.count('fill="var(--kg-ground)" stroke="light-dark(') == 1
    assert "空心：计划或目标" in words(svg)


def test_rows_beyond_the_limit_are_owned_up_to() -> None:
    svg = draw(chart(answer("who n", [[quoted(f"n{place}"), str(place)] for place in range(812)]), "bars", lang="en"))
    assert "The first 60 of 812 rows are drawn." in words(svg)


def test_five_thousand_points_are_a_line() -> None:
    rows = [[day(f"{1000 + place // 12}-{place % 12 + 1:02}"), str(place % 97)] for place in range(5000)]
    svg = draw(chart(answer("date n", rows), "line"))
    assert svg.count("<circle") == 0
    assert not overlaps(svg)


def test_a_cell_without_a_value_is_no_bar_of_nought() -> None:
    svg = draw(chart(answer("who n m", [[quoted("a"), "", "1"], [quoted("b"), "2", "3"]]), "bars"))
    assert "–" in words(svg)


def test_two_series_have_a_legend() -> None:
    svg = draw(chart(answer("who planned under_way", [[quoted("a"), "1", "2"], [quoted("b"), "3", "4"]]), "bars"))
    assert {"计划中", "under way"} <= set(words(svg))


def test_what_has_nothing_to_draw_says_so() -> None:
    rows = [[quoted("a"), f'"INF"^^<{XSD}double>', f'"NaN"^^<{XSD}double>']]
    assert "没有可画的内容。" in words(draw(chart(answer("what lat long", rows), "map")))


@given(numbers, numbers, st.integers(2, 9))
def test_the_marks_of_an_axis_hold_all_that_it_shows(one: Decimal, other: Decimal, most: int) -> None:
    low, high = sorted((one, other))
    marks = ticks(low, high, most)
    near = (high - low) * Decimal("1e-6") + max(abs(low), abs(high)) * Decimal("1e-9")
    assert marks == sorted(set(marks))
    assert 2 <= len(marks) <= most + 2
    assert marks[0] <= low + near
    assert marks[-1] >= high - near


@pytest.mark.parametrize(("lang", "said"), [("zh", ["0", "0.5万亿", "1万亿"]), ("en", ["0", "0.5T", "1T"])])
def test_the_marks_of_an_axis_have_one_scale(lang: str, said: list[str]) -> None:
    assert say_ticks([Decimal(0), Decimal(5 * 10**11), Decimal(10**12)], lang) == said  # type: ignore[arg-type]


def test_a_number_of_many_digits_is_rounded() -> None:
    assert say_value(Decimal("0.333333333333333333"), "en") == "0.3333"


def marks_of_axis(svg: str) -> set[str]:
    return {one.text or "" for one in texts(svg) if one.get("text-anchor") == "middle"}


@pytest.mark.parametrize(("counts", "marks"), [("1", {"0", "1"}), ("2", {"0", "1", "2"})])
def test_there_is_no_half_of_what_is_counted(counts: str, marks: set[str]) -> None:
    svg = draw(chart(answer("who n", [[quoted("a"), counts], [quoted("b"), "1"]]), "bars"), 920)
    assert marks_of_axis(svg) == marks


def test_what_is_measured_has_halves() -> None:
    svg = draw(chart(answer("who n", [[quoted("a"), "1.5"], [quoted("b"), "0.4"]]), "bars"), 920)
    assert "0.5" in marks_of_axis(svg)


HOLLOW, SOLID = 'fill="var(--kg-ground)" stroke="light-dark(#155E96', 'fill="light-dark(#155E96'


@pytest.mark.parametrize("columns", ["who standing planned", "who planned standing"])
def test_what_is_planned_looks_the_same_wherever_its_column_is(columns: str) -> None:
    svg = draw(chart(answer(columns, [[quoted("a"), "1", "2"], [quoted("b"), "3", "4"]]), "bars"))
    assert svg.count(HOLLOW) == svg.count(SOLID) == 3  # two bars and the legend's mark
    assert "#D98200" not in svg


def test_what_stands_is_hollow_in_no_series() -> None:
    svg = draw(chart(answer("who one two", [[quoted("a"), "1", "2"], [quoted("b"), "3", "4"]]), "bars"))
    assert HOLLOW not in svg


def test_one_series_of_plans_says_why_it_is_hollow() -> None:
    svg = draw(chart(answer("who planned", [[quoted("a"), "1"], [quoted("b"), "3"]]), "bars"))
    assert svg.count(HOLLOW) == 2
    assert "空心：计划或目标" in words(svg)


def test_a_planned_line_has_hollow_points() -> None:
    rows = [[day("2024"), "1", "2"], [day("2025"), "3", "4"]]
    assert draw(chart(answer("date standing planned", rows), "line")).count('stroke-dasharray="2 5"') == 1


AIM, METRIC, UNIT = (PREFIXES[name] for name in ("aim", "metric", "unit"))
FIGURE = [f"<{METRIC}m>", f"<{ENT}a>", "2.4", f"<{UNIT}u>", day("2025-03-20"), f"<{AIM}target>"]
CALLED = {
    f"{METRIC}m": Text(zh="指标甲", en="Metric A"),
    f"{ENT}a": Text(zh="平台", en="Platform"),
    f"{UNIT}u": Text(zh="条", en="records"),
    f"{AIM}target": Text(zh="目标", en="target"),
}


def test_a_large_number_says_what_it_is_whose_and_when_and_whether_it_is_so() -> None:
    found = answer("metric who value unit as_of aim", [FIGURE])
    svg = draw(Chart(found, CALLED, fitting(found, CALLED), "number", "en"))
    assert words(svg)[1:] == ["Metric A · Platform", "2025-03-20 · target"]


def test_the_unit_of_a_large_number_follows_it_in_the_same_line() -> None:
    found = answer("metric who value unit as_of aim", [FIGURE])
    svg = draw(Chart(found, CALLED, fitting(found, CALLED), "number", "en"))
    assert [one.text for one in read(svg).iter(f"{SVG}tspan")] == ["records"]


def test_what_a_number_is_about_is_said_where_only_the_query_says_it() -> None:
    assert words(draw(chart(answer("n date", [["42", day("2025")]]), "number", about="专利")))[1:] == ["专利", "2025"]


def test_a_count_with_a_date_says_what_is_counted() -> None:
    assert words(draw(chart(answer("figures date", [["42", day("2025")]]), "number")))[1:] == ["数据条数", "2025"]


@pytest.mark.parametrize(("flag", "said"), [("true", "计划或目标"), ("false", "已实现")])
def test_a_large_number_says_whether_it_is_planned(flag: str, said: str) -> None:
    assert words(draw(chart(answer("n planned", [["42", flag]]), "number")))[-1] == said


VAGUE = "空心圆：只知道在虚线所示的时间之内"


def test_a_year_in_which_something_began_is_no_span() -> None:
    svg = draw(chart(answer("since what", [[day("2024"), quoted("a")], [day("2025-03-20"), quoted("b")]]), "timeline"))
    assert svg.count("<circle") == 2
    assert "<rect" not in svg
    assert 'stroke-dasharray="2 4"' in svg
    assert VAGUE in words(svg)


def test_a_span_of_time_is_a_bar() -> None:
    rows = [[day("2024"), day("2025"), quoted("a")], [day("2025"), day("2026"), quoted("b")]]
    svg = draw(chart(answer("since until what", rows), "timeline"))
    assert (svg.count("<rect"), svg.count("<circle"), VAGUE in words(svg)) == (2, 0, False)


@pytest.mark.parametrize("width", [320, 480, 920])
def test_no_line_of_a_timeline_goes_through_its_words(width: int) -> None:
    rows = [[day("2024"), quoted("北京市推动人工智能行动计划" * 3)], [day("2025-03-20"), quoted("b" * 60)]]
    svg = draw(chart(answer("since what", rows), "timeline"), width)
    upright = [
        tuple(map(float, line))
        for one in read(svg).iter(f"{SVG}path")
        for line in re.findall(r"M([\d.]+) ([\d.]+)V([\d.]+)", one.get("d", ""))
    ]
    assert upright
    for left, top, right, bottom, said in boxes(svg):
        assert not [x for x, y, end in upright if left < x < right and y < bottom and end > top], said


def test_an_event_is_named_by_the_words_that_say_what_began() -> None:
    rows = [[day("2024"), f"<{ENT}a>", quoted("2024年印发实施")], [day("2025"), f"<{ENT}a>", quoted("举行")]]
    labels = {f"{ENT}a": Text(zh="计划")}
    found = answer("since subject phrase", rows)
    svg = draw(Chart(found, labels, fitting(found, labels), "timeline", "zh"), 920)
    assert {"计划 · 2024年印发实施", "计划 · 举行"} <= set(words(svg))
