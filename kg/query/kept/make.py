"""Works out what a store keeps, from all that it holds: done once, when the data was loaded."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from kg.engine.base import Engine
from kg.graph.index_names import KEPT, kept_iri
from kg.graph.terms import Literal, Triple
from kg.query.kept.census import take_census
from kg.query.kept.make_counts import count_answers
from kg.query.kept.make_hubs import hub_answers
from kg.query.kept.make_last_said import last_said
from kg.query.kept.make_search import search_answers, shards_for
from kg.query.kept.make_sources import source_answers
from kg.query.kept.make_starts import start_answers
from kg.query.kept.shelf import ABOUT, FORMAT

__all__ = ["keep"]


def keep(engine: Engine) -> Iterator[Triple]:
    """The triples of the graph ``GRAPH_INDEX`` for the data that ``engine`` answers from.

    They hold each answer as one literal of JSON, and of each entity when it was last spoken of; the last says of which
    data they are, and without it none counts. It asks some ten questions for each 400 entities, some of which take as
    long as the whole graph is great. Raises QueryError.
    """
    version = engine.data_version
    census = take_census(engine)
    for answers in (
        start_answers(engine, census),
        count_answers(engine, census),
        source_answers(engine, census),
        hub_answers(engine, census),
        search_answers(engine, census),
    ):
        yield from (_triple(name, answer) for name, answer in answers)
    yield from last_said(engine, census)
    about = {"format": FORMAT, "version": version, "entities": len(census.weights), "shards": shards_for(census)}
    yield _triple(ABOUT, about)


def _triple(name: str, answer: Any) -> Triple:
    return kept_iri(name), KEPT, Literal(json.dumps(answer, ensure_ascii=False, separators=(",", ":")))
