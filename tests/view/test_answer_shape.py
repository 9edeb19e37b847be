"""An answer opens as the picture that tells most, and every other one that fits is offered."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from kg.engine.answer import Answer
from kg.graph.names import PREFIXES, compact
from kg.model.text import Text
from kg.view.answer_shape import Fitting, fitting

ENT, STMT, BDE, XSD = (PREFIXES[name] for name in ("ent", "stmt", "bde", "xsd"))


def answer(columns: str, *rows: str) -> Answer:
    """Columns and cells between bars; the cells are in the syntax of SPARQL's TSV."""
    lines = ["\t".join(f"?{name}" for name in columns.split()), *("\t".join(row.split("|")) for row in rows)]
    return Answer("select", "\n".join(lines).encode(), len(rows), False, 0.0, "v")


def graph(*triples: str) -> Answer:
    return Answer("graph", "\n".join(f"{triple} ." for triple in triples).encode(), len(triples), False, 0.0, "v")


def day(text: str) -> str:
    kind = {4: "gYear", 7: "gYearMonth", 10: "date"}[len(text)]
    return f'"{text}"^^<{XSD}{kind}>'


def fit(found: Answer) -> Fitting:
    return fitting(found, {})


def names(found: Fitting, view: str, part: str) -> list[str]:
    columns = getattr(found.parts[view], part)  # type: ignore[index]
    columns = columns if isinstance(columns, Sequence) else [columns]
    return [column.name for column in columns]


def test_named_counts_open_as_bars() -> None:
    found = fit(answer("type type_zh type_en n", f'<{BDE}A>|"甲"@zh|"A"@en|3', f'<{BDE}B>|"乙"@zh|"B"@en|1'))
    assert (found.chosen, found.views) == ("bars", ("bars", "table"))


def test_columns_that_say_another_one_in_a_language_are_part_of_it() -> None:
    found = fit(answer("who who_zh who_en n", f'<{ENT}a>|"甲"@zh|"A"@en|3', f'<{ENT}b>|"乙"@zh|"B"@en|1'))
    assert names(found, "bars", "names") == ["who"]


def test_bars_that_would_hide_a_column_are_only_offered() -> None:
    found = fit(answer("who n phrase", f'<{ENT}a>|3|"x"', f'<{ENT}b>|1|"y"'))
    assert found.chosen == "table"
    assert "bars" in found.views


def test_more_bars_than_can_be_seen_are_only_offered() -> None:
    found = fit(answer("who n", *(f'"name {place}"|{place}' for place in range(61))))
    assert (found.chosen, found.views) == ("table", ("table", "bars"))


def test_one_row_is_no_comparison() -> None:
    assert "bars" not in fit(answer("who n", '"a"|1')).views


def test_numbers_in_several_units_share_no_axis() -> None:
    found = fit(answer("who n unit_zh unit_en", '"a"|1|"家"@zh|"firms"@en', '"b"|2|"次"@zh|"times"@en'))
    assert "bars" not in found.views


def test_figures_of_several_metrics_share_no_axis() -> None:
    metric = PREFIXES["metric"]
    found = fit(answer("who metric value", f'"a"|<{metric}share>|1.5', f'"b"|<{metric}firms>|2.0'))
    assert found.views == ("table",)


def test_figures_of_several_metrics_in_one_unit_share_an_axis() -> None:
    metric, unit = PREFIXES["metric"], PREFIXES["unit"]
    rows = [f'"{name}"|<{metric}{name}>|1.5|<{unit}percent>' for name in "ab"]
    assert "bars" in fit(answer("who metric value unit", *rows)).views


def test_counts_by_metric_are_amounts() -> None:
    metric = PREFIXES["metric"]
    assert fit(answer("metric n", f"<{metric}share>|3", f"<{metric}firms>|2")).chosen == "bars"


def test_a_unit_is_known_by_its_iri_under_any_name() -> None:
    unit = PREFIXES["unit"]
    assert "bars" not in fit(answer("who n u", f'"a"|1|<{unit}percent>', f'"b"|2|<{unit}day>')).views


@pytest.mark.parametrize(
    "name", ["start", "position", "startOffset", "end", "line", "column", "row_id", "number", "原文位置"]
)
def test_where_something_stands_is_no_amount(name: str) -> None:
    assert fit(answer(f"who {name}", '"a"|31', '"b"|7')).views == ("table",)
    assert fit(answer(f"who {name}", '"a"|31')).views == ("table",)


@pytest.mark.parametrize("name", ["n", "count", "value", "trend", "deadline", "paid", "casino"])
def test_a_name_that_only_ends_like_a_place_is_an_amount(name: str) -> None:
    assert "bars" in fit(answer(f"who {name}", '"a"|31', '"b"|7')).views


def test_statements_name_no_bars() -> None:
    found = fit(answer("statement start", f"<{STMT}0123456789abcdef>|3", f"<{STMT}0123456789abcdee>|1"))
    assert found.views == ("table",)


def test_numbers_over_dates_open_as_a_line() -> None:
    assert fit(answer("as_of value", f"{day('2023')}|3", f"{day('2024')}|4")).chosen == "line"


def test_a_year_that_was_worked_out_is_a_date() -> None:
    assert fit(answer("year value", "2023|3", "2024|4")).chosen == "line"


def test_a_number_of_another_name_is_no_year() -> None:
    assert "line" not in fit(answer("firms value", "2023|3", "2024|4")).views


def test_a_column_that_repeats_the_dates_tells_the_lines_apart() -> None:
    rows = [f'{day(year)}|"{name}"|3' for year in ("2023", "2024") for name in "ab"]
    found = fit(answer("as_of who value", *rows))
    assert (found.chosen, names(found, "line", "series")) == ("line", ["who"])


def test_named_dates_open_as_a_timeline() -> None:
    rows = [f'{day(date)}|"{date}"' for date in ("2023", "2024-05", "2025-03-20")]
    assert fit(answer("date what", *rows)).chosen == "timeline"


def test_things_of_one_date_make_no_timeline() -> None:
    assert fit(answer("date what", f'{day("2024")}|"a"', f'{day("2024")}|"b"')).views == ("table",)


def test_the_date_that_never_comes_first_is_the_end() -> None:
    found = fit(answer("until since what", f'{day("2025")}|{day("2024")}|"a"', f'{day("2025-03")}|{day("2023")}|"b"'))
    assert (names(found, "timeline", "date"), names(found, "timeline", "until")) == (["since"], ["until"])


def test_a_single_number_is_set_large() -> None:
    assert fit(answer("n", "42")).chosen == "number"


@pytest.mark.parametrize(
    ("columns", "row"),
    [
        ("place lat long", '"a"|39.9|116.4'),
        ("place latitude longitude", '"a"|39.9|116.4'),
        ("place where", '"a"|"Point(116.4 39.9)"^^<http://www.opengis.net/ont/geosparql#wktLiteral>'),
    ],
)
def test_places_open_as_a_map(columns: str, row: str) -> None:
    assert fit(answer(columns, row, row)).chosen == "map"


def test_two_columns_of_entities_can_be_a_graph() -> None:
    found = fit(answer("who relation what planned", f"<{ENT}a>|<{BDE}leads>|<{ENT}b>|true"))
    assert (found.chosen, names(found, "graph", "ends")) == ("table", ["who", "what"])
    assert (names(found, "graph", "relation"), names(found, "graph", "aim")) == (["relation"], ["planned"])


def test_joined_triples_open_as_a_graph() -> None:
    assert fit(graph(f"<{ENT}a> <{BDE}leads> <{ENT}b>")).views == ("graph", "table")


def test_triples_with_nothing_to_join_are_a_table() -> None:
    found = fit(graph(f'<{ENT}a> <{PREFIXES["skos"]}prefLabel> "A"@en', f"<{ENT}a> <{PREFIXES['rdf']}type> <{BDE}A>"))
    assert found.views == ("table",)


def test_a_yes_or_no_is_said() -> None:
    assert fit(Answer("ask", b"true", 1, False, 0.0, "v")).chosen == "verdict"


@pytest.mark.parametrize("found", [answer("n"), answer(""), graph()])
def test_an_empty_answer_is_a_table(found: Answer) -> None:
    assert fit(found).views == ("table",)


def test_our_qualifiers_are_the_signs_of_numbers() -> None:
    sign = PREFIXES["qualifier"]
    found = fit(answer("who qualifier n", f'"a"|<{sign}about>|1', f'"b"|<{sign}exact>|2'))
    assert (found.chosen, names(found, "bars", "sign")) == ("bars", ["qualifier"])


def test_a_statement_with_a_name_names_its_bar() -> None:
    iri = f"{STMT}0123456789abcdef"
    found = fitting(answer("what n", f"<{iri}>|3", f"<{iri}>|1"), {iri: Text(en=compact(iri))})
    assert "bars" in found.views
