"""Why an answer is empty: the part that fails is as small as it can be, and every cure that is offered works."""

from __future__ import annotations

import time
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.engine.answer import Answer
from kg.engine.base import DEFAULT_LIMITS, Engine, Limits
from kg.errors import Edit, QueryError, QueryTimeout
from kg.query.advice import Advice, advise, mended
from kg.query.advice_edits import combined
from kg.query.ask import with_prefixes
from kg.query.questions import load_questions
from kg.query.sparql.read import Unread, read_query
from tests.query.advice_cases import CASES, CURES


def advice_on(engine: Engine, text: str, seconds: float = 3.0) -> Advice:
    return advise(engine, read_query(text), seconds)


def is_empty(answer: Answer) -> bool:
    return not answer.boolean if answer.form == "ask" else answer.empty


def lines_at(text: str, advice: Advice) -> list[str]:
    return [text[start:end] for start, end in advice.failing]


@pytest.mark.parametrize(("kind", "query"), CASES, ids=[f"{kind}: {query[:70]}" for kind, query in CASES])
def test_the_first_cause_is_the_right_one(sample_engine: Engine, kind: str, query: str) -> None:
    text = with_prefixes(query)
    assert is_empty(sample_engine.ask(text))
    advice = advice_on(sample_engine, text)
    assert [cause.kind for cause in advice.causes][:1] == [kind]


@pytest.mark.parametrize(("query", "cured"), CURES, ids=[query[:70] for query, _ in CURES])
def test_the_first_cure_is_the_right_one(sample_engine: Engine, query: str, cured: str) -> None:
    text = with_prefixes(query)
    assert mended(text, advice_on(sample_engine, text).causes[0].edits).splitlines()[-1] == cured


@pytest.mark.parametrize(("kind", "query"), CASES, ids=[f"{kind}: {query[:70]}" for kind, query in CASES])
def test_every_cure_has_the_rows_that_are_promised(sample_engine: Engine, kind: str, query: str) -> None:
    text = with_prefixes(query)
    for cause in advice_on(sample_engine, text).causes:
        answer = sample_engine.ask(mended(text, cause.edits), limits=Limits(rows=1000))
        assert not is_empty(answer)
        assert (answer.rows, answer.cut) == (cause.rows, cause.cut)


@pytest.mark.parametrize(("kind", "query"), CASES, ids=[f"{kind}: {query[:70]}" for kind, query in CASES])
def test_edits_do_not_overlap(sample_engine: Engine, kind: str, query: str) -> None:
    for cause in advice_on(sample_engine, with_prefixes(query)).causes:
        edits = sorted(cause.edits, key=lambda one: (one.start, one.end))
        assert all(before.end <= after.start for before, after in pairwise(edits))


@pytest.mark.parametrize(("kind", "query"), CASES, ids=[f"{kind}: {query[:70]}" for kind, query in CASES])
def test_forty_questions_are_enough(counted: Any, kind: str, query: str) -> None:
    advice_on(counted, with_prefixes(query))
    assert counted.asked <= 40


def test_an_entity_that_was_replaced_leads_to_the_last_one(retired: Engine) -> None:
    advice = advice_on(retired, with_prefixes("SELECT ?who WHERE { ?who bde:leads ent:old-chain }"))
    assert advice.causes[0].kind == "replaced"
    assert advice.causes[0].values["found"] == "ent:changan-chain"


def test_a_ring_of_replaced_entities_ends(retired: Engine) -> None:
    advice = advice_on(retired, with_prefixes("SELECT ?who WHERE { ?who bde:leads ent:ring-a }"))
    assert all(cause.kind != "replaced" for cause in advice.causes)


def test_values_name_things_by_their_labels(sample_engine: Engine) -> None:
    advice = advice_on(sample_engine, with_prefixes("SELECT ?o WHERE { ent:changan-chian bde:theme ?o }"))
    values = advice.causes[0].values
    assert (values["given"], values["found"]) == ("ent:changan-chian", "ent:changan-chain")
    assert (values["found_zh"], values["found_en"]) == ("长安链", "Chang'an Chain")


def test_a_prefix_that_the_cure_needs_is_declared(sample_engine: Engine) -> None:
    text = with_prefixes('SELECT ?e WHERE { ?e rdfs:label "市科委"@zh }')
    cause = advice_on(sample_engine, text).causes[0]
    assert "PREFIX bde: <https://w3id.org/beijing-digital-economy/ontology#>\nSELECT" in mended(text, cause.edits)


def test_two_faults_are_cured_together(sample_engine: Engine) -> None:
    text = with_prefixes('SELECT ?a ?b WHERE { ?a skos:prefLabel "长安链" . ?b bde:lead ?a }')
    cause = advice_on(sample_engine, text).causes[0]
    assert {cause.kind, *(one.kind for one in cause.also)} == {"untagged", "name"}
    assert cause.rows == 1


def test_what_was_mended_is_not_left_out(sample_engine: Engine) -> None:
    pattern = '?who bde:theme ?t . ?who bde:leads ?what . ?what skos:prefLabel "刘卫华"'
    text = with_prefixes(f"SELECT ?who WHERE {{ {pattern} }}")
    cause = advice_on(sample_engine, text).causes[0]
    assert [cause.kind, *(one.kind for one in cause.also)] == ["untagged", "left_out"]
    assert '?what skos:prefLabel "刘卫华"@zh' in mended(text, cause.edits)


def test_what_nothing_cures_can_be_left_out(sample_engine: Engine) -> None:
    text = with_prefixes("""SELECT ?e ?l WHERE {
  ?e skos:prefLabel ?l ;
     dcterms:identifier "no such thing at all" ;
     bde:theme ?t .
}""")
    cause = advice_on(sample_engine, text).causes[0]
    assert cause.kind == "left_out"
    assert mended(text, cause.edits).endswith("{\n  ?e skos:prefLabel ?l ;\n     bde:theme ?t .\n}")


def test_a_row_without_values_is_no_cure(sample_engine: Engine) -> None:
    assert (
        advice_on(sample_engine, with_prefixes("SELECT ?v WHERE { ent:isolated-technology bde:leads ?v }")).causes == ()
    )


def test_the_failing_part_is_one_line_of_many(sample_engine: Engine) -> None:
    text = with_prefixes("""SELECT ?f ?v WHERE {
  ?f a bde:Figure ;
     bde:metric ?m ;
     bde:value ?v ;
     bde:qualifier qualifier:exact ;
     bde:asOf ?d .
  OPTIONAL { ?m skos:prefLabel ?l }
  FILTER (?v > 0)
}""")
    assert lines_at(text, advice_on(sample_engine, text)) == ["bde:qualifier qualifier:exact"]


def test_a_filter_fails_with_what_binds_its_variable(sample_engine: Engine) -> None:
    text = with_prefixes("SELECT ?f WHERE { ?f a bde:Figure ; bde:asOf ?d ; bde:value ?v . FILTER (?v < 1) }")
    assert lines_at(text, advice_on(sample_engine, text)) == ["bde:value ?v", "FILTER (?v < 1)"]


def test_each_branch_of_a_union_is_at_fault(sample_engine: Engine) -> None:
    text = with_prefixes('SELECT ?e WHERE { { ?e skos:prefLabel "甲乙" } UNION { ?e skos:altLabel "甲乙" . ?e a ?t } }')
    assert lines_at(text, advice_on(sample_engine, text)) == ['skos:prefLabel "甲乙"', 'skos:altLabel "甲乙"']


def test_a_query_with_rows_has_nothing_wrong(sample_engine: Engine) -> None:
    assert advice_on(sample_engine, with_prefixes("SELECT ?e WHERE { ?e a bde:Technology }")) == Advice()


# Any triples of the sample, and others that mix their ends.
_ENDS = ("?a", "?b", "?c", "ent:changan-chain", "ent:trusted-data-space", "ent:liu-weihua")
_PREDICATES = ("a", "bde:leads", "bde:theme", "bde:subject", "plan:buildsOn", "bde:holdsPostAt", "rdf:subject", "?p")
_OBJECTS = (*_ENDS, "bde:Technology", "bde:Agency", "theme:core-technology")
_TRIPLES = st.tuples(st.sampled_from(_ENDS), st.sampled_from(_PREDICATES), st.sampled_from(_OBJECTS))


@settings(max_examples=60)
@given(st.lists(_TRIPLES.map(" ".join), min_size=1, max_size=6, unique=True))
def test_any_failing_part_is_minimal(sample_engine: Engine, triples: list[str]) -> None:
    text = with_prefixes("ASK {\n" + "".join(f"{one} .\n" for one in triples) + "}")
    advice = advice_on(sample_engine, text)
    if sample_engine.ask(text).boolean:
        assert advice == Advice()
        return
    failing = [text[text.rindex("\n", 0, start) + 1 : end] for start, end in advice.failing]

    def holds(lines: list[str]) -> bool:
        return sample_engine.ask(with_prefixes("ASK { " + " . ".join(lines) + " }")).boolean

    assert failing
    assert not holds(failing)
    assert all(holds([other for other in failing if other is not one]) for one in failing)


@settings(max_examples=60)
@given(st.lists(_TRIPLES.map(" ".join), min_size=1, max_size=6, unique=True), st.sampled_from((" .\n", " . ")))
def test_no_cure_of_any_query_is_empty(sample_engine: Engine, triples: list[str], joint: str) -> None:
    text = with_prefixes(f"SELECT * {{ {joint.join(triples)} }}")
    for cause in advice_on(sample_engine, text).causes:
        assert not sample_engine.ask(mended(text, cause.edits)).empty


_QUESTIONS = [question.text() for question in load_questions()]


def test_http_instead_of_https_is_found_in_every_stored_question(engine: Engine) -> None:
    slipped = {text: text.replace("bde: <https:", "bde: <http:") for text in _QUESTIONS}
    empty = {text: bad for text, bad in slipped.items() if text != bad and is_empty(engine.ask(bad))}
    cured = {text: mended(bad, advice_on(engine, bad).causes[0].edits) for text, bad in empty.items()}
    assert len(empty) > 20
    assert {text for text, cure in cured.items() if cure != text} == set()


@settings(max_examples=60)
@given(st.sampled_from(_QUESTIONS), st.data())
def test_no_cure_of_a_stored_question_with_a_slip_is_empty(engine: Engine, question: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(question.index("{"), len(question) - 1))
    text = question[:start] + data.draw(st.sampled_from(("", "x", '"', "1"))) + question[start + 1 :]
    try:
        read = read_query(text)
        if not is_empty(engine.ask(text)):
            return
    except (Unread, QueryError):
        return
    for cause in advise(engine, read).causes:
        assert not is_empty(engine.ask(mended(text, cause.edits)))


class Slow:
    """Answers some questions at once; then each takes all the time that it is given, by a clock of its own."""

    data_version = "0"

    def __init__(self, engine: Engine, quick: int) -> None:
        self.engine = engine
        self.quick = quick
        self.now = 0.0

    def ask(self, query: str, *, limits: Limits = DEFAULT_LIMITS, **options: Any) -> Answer:
        if self.quick > 0:
            self.quick -= 1
            return self.engine.ask(query, limits=limits, **options)
        self.now += limits.seconds
        raise QueryTimeout(limits.seconds)


@pytest.mark.parametrize("quick", [0, 1, 5, 9])
def test_the_deadline_holds_when_every_question_takes_its_time(
    sample_engine: Engine, monkeypatch: pytest.MonkeyPatch, quick: int
) -> None:
    slow = Slow(sample_engine, quick)
    monkeypatch.setattr(time, "monotonic", lambda: slow.now)
    text = with_prefixes("SELECT ?e ?m WHERE { ?e a bde:Technology . ?e bde:metric ?m ; bde:value 3 }")
    advise(slow, read_query(text), 3.0)  # type: ignore[arg-type]
    assert slow.now <= 3.0


@given(st.text("ab\n", max_size=12), st.data())
def test_edits_one_after_the_other_can_be_made_at_once(text: str, data: st.DataObject) -> None:
    def edit_of(words: str) -> Edit:
        start = data.draw(st.integers(0, len(words)))
        return Edit(start, data.draw(st.integers(start, len(words))), data.draw(st.text("xy", max_size=3)))

    first = edit_of(text)
    after = first.apply(text)
    then = edit_of(after)
    assert mended(text, combined(text, [first], [then])) == then.apply(after)
