"""The knowledge read back from a store, the whole and parts, is what was put there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from io import BytesIO

import pytest

from kg.engine.base import Engine, Limits
from kg.engine.remote import RemoteEngine
from kg.engine.start import start_engine
from kg.errors import AnswerTooLarge
from kg.export.loading import load_store
from kg.graph.build import build
from kg.graph.names import statement_hex
from kg.model.knowledge import Knowledge
from kg.model.statement import Relation
from kg.query.knowledge import read_knowledge, read_part, read_source
from tests.remote.kit import Scratch
from tests.remote.standard import Standard
from tests.stores import LOGIN

CASES = [(body, store) for body in ("sample", "generated", "knowledge") for store in ("embedded", "virtuoso")]
Read = tuple[Engine, Knowledge]


@pytest.fixture(scope="module", params=[*CASES, ("twice", "standard")], ids="-".join)
def read(request: pytest.FixtureRequest) -> Iterator[Read]:
    """Bodies of knowledge (``knowledge`` is the project's own), each on an engine here or on a store."""
    body, where = request.param
    known: Knowledge = request.getfixturevalue(body)
    with ExitStack() as ends:
        if where == "embedded":
            yield ends.enter_context(start_engine(known)), known
            return
        if where == "virtuoso":
            scratch: Scratch = request.getfixturevalue("scratch")
            url = scratch.hold(build(known).nquads).endpoint
        else:
            store = ends.enter_context(Standard())
            load_store(store.url, LOGIN, BytesIO(build(known).nquads))
            url = store.url
        yield ends.enter_context(RemoteEngine(url)), known


def test_what_is_read_back_makes_the_same_graph(read: Read) -> None:
    engine, known = read
    again, wanted = build(read_knowledge(engine, known)), build(known)
    assert again.data_version == wanted.data_version == engine.data_version
    assert again.nquads == wanted.nquads


def test_what_is_read_back_keeps_every_record(read: Read) -> None:
    engine, known = read
    again = read_knowledge(engine, known)
    assert again.type_of == known.type_of
    for entity, record in known.entities.items():
        themes = tuple(theme for theme in known.themes if theme in record.themes)
        assert again.entities[entity].model_copy(update={"aliases": record.aliases, "former": record.former}) == (
            record.model_copy(update={"themes": themes, "links": tuple(sorted(record.links))})
        )
    for source, record in known.sources.items():
        assert again.sources[source].model_copy(update={"statements": ()}) == record.model_copy(
            update={"statements": ()}
        )
        assert sorted(map(repr, again.sources[source].statements)) == sorted(map(repr, record.statements))


def test_one_source_is_read_without_its_statements(read: Read) -> None:
    engine, known = read
    for source, record in known.sources.items():
        assert read_source(engine, source) == record.model_copy(update={"statements": ()})
    assert read_source(engine, "2000-01-01-nobody") is None


def test_a_part_has_what_was_chosen_and_who_speaks_and_stands_in_it(read: Read) -> None:
    engine, known = read
    chosen = sorted(known.entities)[:5]
    part = read_part(engine, known, chosen, [])
    said = [one for source in part.sources.values() for one in source.statements]
    about = [
        one
        for source in known.sources.values()
        for one in source.statements
        if not isinstance(one, Relation) and one.subject in chosen
    ]
    assert sorted(map(repr, said)) == sorted(map(repr, about))
    assert set(part.entities) == {*chosen, *(one.speaker for one in about if one.speaker)}
    assert all(part.type_of[entity] == known.type_of[entity] for entity in part.entities)
    assert set(part.sources) <= set(known.sources)


def test_a_part_has_the_relations_that_were_chosen(read: Read) -> None:
    engine, known = read
    relations = {
        statement_hex(source, one): one
        for source in known.sources.values()
        for one in source.statements
        if isinstance(one, Relation)
    }
    digits = sorted(relations)[:4]
    part = read_part(engine, known, [], digits)
    said = [one for source in part.sources.values() for one in source.statements]
    assert sorted(map(repr, said)) == sorted(repr(relations[one]) for one in digits)
    ends = {end for one in said for end in (one.subject, getattr(one, "object", one.subject), one.speaker) if end}
    assert set(part.entities) == ends
    assert read_part(engine, known, ["nobody"], ["0" * 16]).entities == {}


def test_too_much_to_read_is_an_error_and_no_half(
    sample_engine: Engine, sample: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.query.ask._LIMITS", Limits(rows=3))
    with pytest.raises(AnswerTooLarge):
        read_knowledge(sample_engine, sample)
