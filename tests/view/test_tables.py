"""An answer as a table."""

from __future__ import annotations

from kg.engine.answer import Answer
from kg.graph.names import PREFIXES
from kg.model.text import LANGS, Text
from kg.view.tables import iris_of, table

CHAIN = f"{PREFIXES['ent']}changan-chain"


def answer(*lines: str) -> Answer:
    return Answer("select", "\n".join(lines).encode() + b"\n", len(lines) - 1, False, 0.001, "abc")


def test_an_iri_is_shown_by_its_label_and_kept_behind_it() -> None:
    found = answer("?thing\t?value", f"<{CHAIN}>\t12")
    cell = table(found, {CHAIN: Text(zh="长安链", en="Chang'an Chain")}, "en", 10).rows[0][0]
    assert cell is not None
    assert (cell.text, cell.iri, cell.entity) == ("Chang'an Chain", CHAIN, "changan-chain")


def test_an_iri_without_a_label_is_shortened_not_dropped() -> None:
    cell = table(answer("?thing", f"<{CHAIN}>"), {}, "en", 10).rows[0][0]
    assert cell is not None
    assert cell.text == "ent:changan-chain"


def test_an_unbound_cell_stays_a_cell() -> None:
    assert table(answer("?a\t?b", f"\t<{CHAIN}>"), {}, "en", 10).rows[0][0] is None


def test_columns_of_numbers_are_known() -> None:
    assert table(answer("?a\t?b", '1\t"x"', '2.5\t"y"'), {}, "en", 10).numeric == {0}


def test_a_column_that_only_repeats_a_label_is_left_out() -> None:
    found = answer("?who\t?who_zh\t?who_en\t?say_zh\t?say_en", f'<{CHAIN}>\t"链"\t"chain"\t"是"\t"yes"')
    assert table(found, {}, "en", 10).columns == ("who", "say_en")


def test_a_column_that_says_it_in_the_reader_s_language_is_headed_without_the_language() -> None:
    found = answer("?say_zh\t?say_en\t?name_zh", '"是"\t"yes"\t"链"')
    assert table(found, {}, "en", 10).heads == ("say", "name_zh")
    assert table(found, {}, "zh", 10).heads == ("say", "name_zh")


def test_a_column_of_ill_typed_numbers_is_none_of_numbers() -> None:
    found = answer("?a", '"=1+1"^^<http://www.w3.org/2001/XMLSchema#decimal>')
    assert table(found, {}, "en", 10).numeric == frozenset()


def test_a_truth_value_is_said_in_the_reader_s_language() -> None:
    truth = f"^^<{PREFIXES['xsd']}boolean>"
    found = answer("?a\t?b\t?c\t?d", f'true\t"0"{truth}\t"true"\t"maybe"{truth}')
    said = {lang: [cell.text for cell in table(found, {}, lang, 10).rows[0] if cell] for lang in LANGS}
    assert said == {"zh": ["是", "否", "true", "maybe"], "en": ["yes", "no", "true", "maybe"]}


def test_only_the_rows_that_are_shown_are_read() -> None:
    found = answer("?thing", f"<{CHAIN}>", f"<{CHAIN}-2>", f"<{CHAIN}>")
    assert iris_of(found, 2) == [CHAIN, f"{CHAIN}-2"]
    assert len(table(found, {}, "en", 2).rows) == 2
