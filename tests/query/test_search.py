"""Search: any name, in any form, and the likeliest entity first."""

from __future__ import annotations

import copy
import gc
import weakref
from itertools import accumulate
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.engine.base import Engine
from kg.errors import NotFound
from kg.model.knowledge import Knowledge
from kg.query.match import allowed_slips
from kg.query.names import Key, fold, names_of, words_of
from kg.query.search import best, resolve, search, suggestions


def first(engine: Engine, text: str) -> tuple[str, str, str]:
    hit = search(engine, text)[0]
    return hit.entity.id, hit.reason, hit.match


@pytest.mark.parametrize(
    ("text", "reason", "match"),
    [
        ("长安链", "name", "exact"),
        ("Chang'an Chain", "name", "exact"),
        ("Chang’an Chain", "name", "exact"),
        ("ＣＨＡＮＧ＇ＡＮ　ＣＨＡＩＮ", "name", "exact"),
        ("chang'ān  chain", "name", "exact"),
        ("changan-chain", "name", "exact"),
        ("ChainMaker", "alias", "exact"),
        ("chain maker", "alias", "exact"),
        ("長安鏈", "traditional", "exact"),
        ("changanlian", "pinyin", "exact"),
        ("chang an lian", "pinyin", "exact"),
        ("cal", "initials", "exact"),
        ("chang'an", "name", "prefix"),
        ("changan", "name", "prefix"),
        ("长安", "name", "prefix"),
        ("安链", "name", "part"),
        ("chain chang'an", "name", "words"),
        ("changanlain", "pinyin", "typo"),
        ("Changan Chian", "name", "typo"),
        ("长按链", "name", "typo"),
        ("chiannmaker", "alias", "typo"),
    ],
)
def test_changan_chain_is_found_by(sample_engine: Engine, text: str, reason: str, match: str) -> None:
    assert first(sample_engine, text) == ("changan-chain", reason, match)


@pytest.mark.parametrize(
    ("text", "entity", "reason"),
    [
        ("市科委", "science-commission", "short"),
        ("Beijing STC", "science-commission", "short"),
        ("数据空间试点", "trusted-data-space", "former"),
        ("space trusted", "trusted-data-space", "name"),
        ("Trusted Dta Spcae", "trusted-data-space", "name"),
        ("北京 技术", "science-commission", "name"),
        ("wu ada", "only-english", "name"),
    ],
)
def test_other_names_are_found(sample_engine: Engine, text: str, entity: str, reason: str) -> None:
    assert first(sample_engine, text)[:2] == (entity, reason)


@pytest.mark.parametrize(
    "text", ["changanlian", "cal", "Chang'an Chain", "長安鏈", "长安链", "chang'an", "chain maker", "长按链", "changan"]
)
def test_changan_chain_is_first_in_the_real_data(engine: Engine, text: str) -> None:
    assert search(engine, text)[0].entity.id == "changan-chain"


def test_every_entity_of_the_real_data_is_found_by_each_of_its_names(engine: Engine, knowledge: Knowledge) -> None:
    missed = [
        (entity.id, words)
        for entity in knowledge.entities.values()
        for names in (entity.name, entity.short, entity.aliases, entity.former)
        if names is not None
        for _, words in names.items()
        if entity.id not in [hit.entity.id for hit in search(engine, words, limit=5) if hit.match == "exact"]
    ]
    assert not missed


@pytest.mark.parametrize("text", ["", "   ", "　", "'", "—!?", "\u200b"])
def test_nothing_is_found_by_nothing(sample_engine: Engine, text: str) -> None:
    assert search(sample_engine, text) == []


@pytest.mark.parametrize("text", ["xyzzy", "量子", "zq", "ai", "ain"])
def test_what_is_in_no_name_finds_nothing(sample_engine: Engine, text: str) -> None:
    assert search(sample_engine, text) == []


def test_hits_can_be_narrowed_to_types(sample_engine: Engine) -> None:
    assert [hit.entity.id for hit in search(sample_engine, "技术")] == ["isolated-technology", "science-commission"]
    assert [hit.entity.id for hit in search(sample_engine, "技术", types=["agency"])] == ["science-commission"]
    assert search(sample_engine, "技术", types=[]) == []


def test_there_are_at_most_so_many_hits(engine: Engine) -> None:
    assert len(search(engine, "北京", limit=3)) == 3


def test_scores_fall(engine: Engine) -> None:
    scores = [hit.score for hit in search(engine, "数据", limit=50)]
    assert len(scores) > 5
    assert scores == sorted(scores, reverse=True)


def test_a_slip_is_looked_for_only_where_nothing_else_is_found(sample_engine: Engine) -> None:
    assert {hit.match for hit in search(sample_engine, "chain")} == {"prefix"}


def test_the_index_is_read_once(counted: Any) -> None:
    for text in ("cal", "长安链", "trusted"):
        search(counted, text)
    assert counted.asked == 1


def test_a_new_data_version_reads_the_index_anew(counted: Any) -> None:
    search(counted, "cal")
    counted.data_version = "another"
    search(counted, "cal")
    assert counted.asked == 2


def test_the_index_goes_with_its_engine(counted: Any) -> None:
    engine = copy.copy(counted)
    names = weakref.ref(names_of(engine))
    del engine
    gc.collect()
    assert names() is None


def test_a_retired_entity_is_found_as_its_successor(retired: Engine) -> None:
    assert first(retired, "Old old-chain") == ("changan-chain", "former", "exact")
    assert first(retired, "older-chain") == ("changan-chain", "id", "exact")


def test_a_single_exact_name_is_taken_without_asking_back(sample_engine: Engine) -> None:
    assert resolve(sample_engine, "cal").id == "changan-chain"
    assert resolve(sample_engine, "长按链").id == "changan-chain"


def test_a_name_that_may_mean_several_is_refused_with_candidates(sample_engine: Engine) -> None:
    with pytest.raises(NotFound) as caught:
        resolve(sample_engine, "技术")
    assert set(caught.value.suggestions) == {"isolated-technology", "science-commission"}


def test_no_hit_is_no_best() -> None:
    assert best([]) is None


def test_suggestions_are_ids(sample_engine: Engine) -> None:
    assert suggestions(sample_engine, "trusted-data-spaces") == ["trusted-data-space"]


@pytest.mark.parametrize(
    ("text", "slips"), [("ai", 0), ("cal", 0), ("chain", 1), ("changanlian", 2), ("长安", 0), ("长安链", 1)]
)
def test_short_texts_must_be_right(text: str, slips: int) -> None:
    assert allowed_slips(text) == slips


@given(st.text())
@example("长\U0002ebe1链")
@example("易䷀经")
def test_the_words_of_a_key_are_those_of_its_name(text: str) -> None:
    sizes = [len(word) for word in words_of(text)]
    starts = tuple(accumulate(sizes[:-1], initial=0))
    assert Key(fold(text), "one", "name", text, "", starts).words == (words_of(text) or [""])


def test_words_part_where_the_script_changes() -> None:
    assert words_of("高级别自动驾驶示范区4.0 AI+ Zone's") == ["高级别自动驾驶示范区", "40", "ai", "zones"]


@given(st.text())
def test_any_text_can_be_searched(sample_engine: Engine, text: str) -> None:
    hits = search(sample_engine, text)
    assert (not hits) or fold(text)


@pytest.mark.parametrize("text", ["nope", "inope", "enso"])
def test_letters_from_two_words_are_no_part_of_a_name(engine: Engine, text: str) -> None:
    assert "changan-chain-community" not in {hit.entity.id for hit in search(engine, text) if hit.match == "part"}


@pytest.mark.parametrize("text", ["chain open", "source comm", "mmunit"])
def test_a_part_that_begins_with_a_word_or_lies_in_one_is_found(engine: Engine, text: str) -> None:
    assert "changan-chain-community" in {hit.entity.id for hit in search(engine, text, 50)}


def test_a_part_of_a_name_alone_is_offered_and_never_taken(engine: Engine) -> None:
    (hit,) = search(engine, "chain open")
    assert (hit.match, best([hit])) == ("part", None)
    with pytest.raises(NotFound, match=r"No entity “chain open”. Did you mean changan-chain-community\?"):
        resolve(engine, "chain open")


def test_an_id_with_a_slip_is_the_nearest_one(engine: Engine) -> None:
    assert len(search(engine, "changan-chian")) > 1
    assert resolve(engine, "changan-chian").id == "changan-chain"
