"""An answer sorted by a column is the same answer in another order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.engine.answer import Answer
from kg.model.text import Text
from kg.query.sorting import first_rows, sorted_answer

LABELS = {"http://e/z": Text(zh="安徽", en="Zeta"), "http://e/a": Text(zh="重庆", en="Alpha")}


def answer(*cells: str, name: str = "x") -> Answer:
    body = "\n".join([f"?{name}\t?n", *(f"{cell}\t{place}" for place, cell in enumerate(cells)), ""])
    return Answer("select", body.encode(), len(cells), False, 0.0, "v")


def column(found: Answer) -> list[str]:
    return [row[0].value if row[0] else "" for row in found.terms()]


def places(found: Answer) -> list[str]:
    return [row[1].value for row in found.terms() if row[1]]


def test_numbers_are_sorted_by_value() -> None:
    found = sorted_answer(answer("10", "9.5", "1e2", "-3"), "x", {}, "en", down=False)
    assert column(found) == ["-3", "9.5", "10", "1e2"]


def test_empty_cells_come_last_both_ways() -> None:
    one = answer("2", "", "1")
    assert column(sorted_answer(one, "x", {}, "en", down=False)) == ["1", "2", ""]
    assert column(sorted_answer(one, "x", {}, "en", down=True)) == ["2", "1", ""]


@pytest.mark.parametrize(("lang", "order"), [("en", ["a", "z"]), ("zh", ["z", "a"])])
def test_things_are_sorted_by_what_the_reader_sees(lang: str, order: list[str]) -> None:
    found = sorted_answer(answer("<http://e/z>", "<http://e/a>"), "x", LABELS, lang, down=False)  # type: ignore[arg-type]
    assert [cell.removeprefix("http://e/") for cell in column(found)] == order


@given(st.lists(st.sampled_from(["1", "2", '"a"', '"b"@zh', "", "<http://e/a>"]), max_size=12), st.booleans())
def test_equal_rows_keep_their_order_and_none_is_lost(cells: list[str], down: bool) -> None:
    one = answer(*cells)
    found = sorted_answer(one, "x", LABELS, "en", down=down)
    assert sorted(found.terms(), key=repr) == sorted(one.terms(), key=repr)
    for cell in set(cells):
        same = [int(row[1].value) for row in found.terms() if row[1] and row[0] == one.terms()[cells.index(cell)][0]]
        assert same == sorted(same)


def test_a_column_that_there_is_not_changes_nothing() -> None:
    assert sorted_answer(answer("2", "1"), "y", {}, "en", down=False) == answer("2", "1")


def test_triples_are_sorted_by_their_part() -> None:
    body = b'<http://e/b> <http://e/p> "2" .\n<http://e/a> <http://e/p> "3" .\n'
    found = sorted_answer(Answer("graph", body, 2, False, 0.0, "v"), "subject", {}, "en", down=False)
    assert [subject.value for subject, _, _ in found.triples()] == ["http://e/a", "http://e/b"]


def test_the_first_rows_are_an_answer_too() -> None:
    assert column(first_rows(answer("1", "2", "3"), 2)) == ["1", "2"]


def test_an_answer_with_fewer_rows_stays_whole() -> None:
    assert first_rows(answer("1"), 2) == answer("1")
