"""Who a query can name: the same with what a store keeps as with all names."""

from __future__ import annotations

import pytest

from kg.query.advice import advise
from kg.query.ask import with_prefixes
from kg.query.complete import complete
from kg.query.everyone import Everyone, names_for
from kg.query.names import names_of
from kg.query.sparql.read import read_query
from tests.indexed import Both

QUERIES = [
    "SELECT * { ?x bde:leads ent:‸ }",
    "SELECT * { ?x bde:leads ent:changan‸ }",
    "SELECT * { ?x bde:leads 长安‸ }",
    "ASK { ent:changan-chain ‸ }",
    "ASK { ent:changan-chain bde:theme ‸ }",
    "ASK { ?x a bde:Agency VALUES ?x { ‸ } }",
    "ASK { ?x ?p changanlain‸ }",
    "DESCRIBE <https://w3id.org/beijing-digital-economy/entity/trusted‸",
    "DESCRIBE ‸",
    "SELECT * { ?x a bde:Technology FILTER (?x = ‸) }",
    "PREFIX ‸",
    "‸",
]


@pytest.mark.parametrize("pair", ["sample_both", "retired_both"])
@pytest.mark.parametrize("marked", QUERIES)
def test_the_same_is_offered_at_the_caret(pair: str, marked: str, request: pytest.FixtureRequest) -> None:
    plain, kept = request.getfixturevalue(pair)
    asked = with_prefixes(marked.replace("‸", "")), len(with_prefixes(marked.partition("‸")[0]))
    assert complete(kept, *asked) == complete(plain, *asked)


def test_completion_does_not_read_all_names(invented_both: Both, counting: type) -> None:
    engine = counting(invented_both.kept)
    for marked in QUERIES:
        complete(engine, marked.replace("‸", ""), marked.index("‸"))
    assert max(engine.rows) < 2_000


@pytest.mark.parametrize("wanted", ["changan-chian", "chang-an-chain", "trusted-space", "nothing-like-it"])
def test_the_same_is_advised_for_an_id_that_names_nothing(sample_both: Both, wanted: str) -> None:
    query = read_query(with_prefixes(f"SELECT ?p ?o WHERE {{ ent:{wanted} ?p ?o }}"))
    plain, kept = (advise(one, query) for one in sample_both)
    assert [one.values for one in kept.causes] == [one.values for one in plain.causes]


@pytest.mark.parametrize("pair", ["sample_both", "real_both", "retired_both"])
def test_the_names_of_some_are_those_among_all(pair: str, request: pytest.FixtureRequest) -> None:
    plain, kept = request.getfixturevalue(pair)
    full = names_of(plain)
    found = names_for(kept, [*full.entities, "nobody"])
    assert set(found.entities) | {"ring-a"} == set(full.entities) | {"ring-a"}
    for one in found.entities:
        assert found.keys_of[one] == full.keys_of[one]
        assert found.statements[one] == full.statements.get(one, 0)


def test_a_retired_entity_has_no_names_of_its_own(retired_both: Both) -> None:
    assert names_for(retired_both.kept, ["old-chain"]).keys == ()


@pytest.mark.parametrize("types", [None, {"technology"}, {"technology", "agency"}, set()])
def test_the_best_known_are_the_same(sample_both: Both, types: set[str] | None) -> None:
    plain, kept = map(Everyone, sample_both)
    assert kept.best_known(types) == plain.best_known(types)
    assert kept.is_there() is plain.is_there() is True


def test_who_was_asked_for_is_remembered(sample_both: Both, counting: type) -> None:
    engine = counting(sample_both.kept)
    assert set(Everyone(engine).refs(["changan-chain", "nobody", "No Id"])) == {"changan-chain"}
    asked = engine.asked
    assert set(Everyone(engine).refs(["nobody", "changan-chain"])) == {"changan-chain"}
    assert engine.asked == asked
