"""Search by kept lists: the same entities in the same order as search in all names, whatever one types."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model.text import Text
from kg.query.kept.grams import pieces_of, wanted_in, wanted_of_word
from kg.query.kept.postings import Postings, common, written
from kg.query.kept.records import Record
from kg.query.names import Key, Names, fold, names_of, words_of
from kg.query.rows import EntityRef
from kg.query.search import resolve, search, search_names, suggestions
from tests.indexed import Both

_TEXTS = (
    *(
        "a",
        "z",
        "北",
        "数",
        "数据",
        "平台",
        "ai",
        "AI+",
        "zh",
        "cal",
        "4.0",
        "2",
        "智慧",
        "智慧交通",
        "智慧交痛",
        "長安鏈",
    ),
    *("changanlian", "chang'an", "Changan Chian", "smart", "Smart Transport", "smrat tranpsort", "transport smart"),
    *(
        "data sp",
        "北京 技术",
        "数据 平台",
        "AI平台",
        "programme",
        "programme-20",
        "programme-2o",
        "xyzzy",
        "量子",
        "beijing",
    ),
    *("zhihuijiaotong", "zhjt", "市科委", "Beijing STC", "wu ada", "ВГ", "é", "一二三四五六七八九十", "a b", "", "——"),
)


def typed(names: Names, seed: int) -> Iterator[str]:
    """Names as people type them: whole, begun, a part, with a slip, in another order."""
    chance = random.Random(seed)  # noqa: S311 (the same texts each time)
    for key in chance.sample(list(names.keys), min(25, len(names.keys))):
        text = key.text
        yield text
        place, end = chance.randrange(len(text)), 1 + chance.randrange(len(text))
        yield text[:end]
        yield text[place : place + end]
        yield text[:place] + text[place + 1 :]
        yield text[:place] + text[place + 1 : place + 2] + text[place : place + 1] + text[place + 2 :]
        yield text[:place] + chance.choice("aehnux数京") + text[place + 1 :]
        words = text.split()
        yield " ".join(chance.sample(words, len(words)))


def told(hits: list[object]) -> list[str]:
    return [repr(hit) for hit in hits]


@pytest.mark.parametrize("pair", ["sample_both", "real_both", "invented_both", "retired_both"])
@pytest.mark.parametrize("types", [None, ["technology", "company"], []])
def test_what_is_found_is_the_same(pair: str, types: list[str] | None, request: pytest.FixtureRequest) -> None:
    plain, kept = request.getfixturevalue(pair)
    full = names_of(plain)
    for text in (*_TEXTS, *(typed(full, seed=len(full.keys)) if types is None else ())):
        assert told(search(kept, text, 8, types)) == told(search_names(full, text, 8, types)), text


@pytest.mark.parametrize("limit", [0, 1, 50])
def test_any_number_of_hits_is_the_same(real_both: Both, limit: int) -> None:
    for text in _TEXTS:
        assert told(search(real_both.kept, text, limit)) == told(search(real_both.plain, text, limit)), text


@given(st.text())
def test_any_text_can_be_searched(sample_both: Both, text: str) -> None:
    assert told(search(sample_both.kept, text)) == told(search(sample_both.plain, text))


def test_a_name_is_resolved_and_a_wrong_id_mended(sample_both: Both) -> None:
    assert resolve(sample_both.kept, "长按链").id == "changan-chain"
    assert suggestions(sample_both.kept, "trusted-data-spaces") == ["trusted-data-space"]


def test_a_retired_entity_is_found_as_its_successor(retired_both: Both) -> None:
    hit = search(retired_both.kept, "Old old-chain")[0]
    assert (hit.entity.id, hit.reason, hit.match) == ("changan-chain", "former", "exact")


def test_a_search_takes_two_round_trips_and_one_with_a_slip_four(real_both: Both, counting: type) -> None:
    engine = counting(real_both.kept)
    search(engine, "数据")  # looks up which data are kept, too
    for text, most in (("chain", 2), ("changanlain", 4)):
        asked = engine.asked
        assert search(engine, text)
        assert engine.asked - asked <= most


@given(st.lists(st.integers(0, 10_000), unique=True, max_size=50).map(sorted), st.integers(0, 9))
def test_a_list_is_read_back(numbers: list[int], more: int) -> None:
    total = len(numbers) + (more if numbers else 0)
    found = Postings.read(written(total, numbers))
    assert (found.total, list(found.numbers), found.complete) == (total, numbers, total == len(numbers))


_LISTS = st.lists(st.lists(st.integers(0, 30), unique=True, min_size=1).map(sorted), min_size=1, max_size=4)


@given(_LISTS)
def test_whole_lists_have_in_common_what_is_on_each(lists: list[list[int]]) -> None:
    assert common(Postings(len(one), tuple(one)) for one in lists) == sorted(set.intersection(*map(set, lists)))


@given(_LISTS, st.integers(1, 4))
def test_nothing_is_lost_where_one_list_is_whole(lists: list[list[int]], size: int) -> None:
    first, *others = lists
    cut = [Postings(len(one), tuple(one[:size])) for one in others]
    found = common([Postings(len(first), tuple(first)), *cut])
    assert set(found) >= set.intersection(*map(set, lists))
    assert found == sorted(found)


def test_no_lists_have_nothing_in_common() -> None:
    assert common([]) == []


def key(text: str, kind: str = "name") -> Key:
    starts, place = [], 0
    for word in words_of(text):
        starts.append(place)
        place += len(word)
    return Key(fold(text), "one", kind, text, "", tuple(starts))  # type: ignore[arg-type] # a kind by its word


@given(st.text(alphabet="abcxyz 数据智慧é1", min_size=1, max_size=12), st.data())
def test_a_name_has_every_piece_of_its_beginnings_parts_and_words(text: str, data: st.DataObject) -> None:
    named = key(text)
    if not named.folded:
        return
    pieces = set(pieces_of(named))
    end = data.draw(st.integers(1, len(named.folded)))
    assert set(wanted_in(named.folded[:end]).begin) <= pieces
    start = data.draw(st.sampled_from(named.starts))
    assert set(wanted_in(named.folded[start:]).inside) <= pieces
    for word in words_of(text):
        assert set(wanted_of_word(word)) <= pieces


def test_a_short_name_is_told_apart_from_a_long_one() -> None:
    assert "~数据" in set(pieces_of(key("数据平台")))
    assert "~数据" not in set(pieces_of(key("数据大平台")))


def test_an_entity_is_read_back_from_its_record() -> None:
    entity = EntityRef("one", "agency", Text(zh="长安链"), Text(en="Chain"))
    record = Record(entity, 7, (key("长安链"), key("Chang'an Chain"), key("cal", "initials")))
    assert Record.read(record.written()) == record
