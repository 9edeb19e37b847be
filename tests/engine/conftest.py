"""A small graph of our shape and an engine on it, for the tests of this floor."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg.engine.embedded import EmbeddedEngine

EX = "https://example.org/"


def make_nquads(entities: int) -> bytes:
    """Entities in two graphs, each with a type, a name in two languages and a number."""
    lines = []
    for number in range(entities):
        graph = f"<{EX}graph/{number % 2}>"
        entity = f"<{EX}entity/{number}>"
        lines += [
            f"{entity} <{EX}type> <{EX}Type{number % 3}> {graph} .",
            f'{entity} <{EX}name> "实体{number}"@zh {graph} .',
            f'{entity} <{EX}name> "entity {number}"@en {graph} .',
            f'{entity} <{EX}value> "{number}"^^<http://www.w3.org/2001/XMLSchema#integer> {graph} .',
        ]
    return "\n".join(lines).encode()


@pytest.fixture(scope="session")
def nquads() -> bytes:
    """200 entities."""
    return make_nquads(200)


@pytest.fixture(scope="session")
def tiny(nquads: bytes) -> Iterator[EmbeddedEngine]:
    """An engine on those, shared by tests that leave it as it was."""
    with EmbeddedEngine(nquads, "v1", prefixes={"ex": EX, "skos": "http://www.w3.org/2004/02/skos/core#"}) as engine:
        yield engine
