"""The IRIs in the graph of what was worked out when a store was loaded (``GRAPH_INDEX``)."""

from __future__ import annotations

from urllib.parse import quote, unquote

from kg.graph.names import GRAPH_INDEX, ONTOLOGY, PREFIXES, expand

__all__ = ["KEPT", "LAST_SAID", "kept_iri", "kept_name", "whole"]

#: The property that leads from the name of an answer to the answer.
KEPT = f"{ONTOLOGY}kept"
#: The property that leads from an entity to the date of the newest source that speaks of it.
LAST_SAID = f"{ONTOLOGY}lastSaid"

_KEPT = f"{GRAPH_INDEX}/"


def kept_iri(name: str) -> str:
    """The IRI of the answer that is kept under this name; what no address may hold is percent-encoded.

    >>> kept_iri("gram/长安").removeprefix(GRAPH_INDEX)
    '/gram/%E9%95%BF%E5%AE%89'
    """
    return _KEPT + quote(name)


def kept_name(iri: str) -> str | None:
    """The name that :func:`kept_iri` made this IRI from; None for any other IRI."""
    name = iri.removeprefix(_KEPT)
    return unquote(name) if name != iri else None


def whole(short: str) -> str:
    """The IRI of which :func:`kg.graph.names.compact` made this; what it left as it was, and any other text, stays."""
    return expand(short) if short.partition(":")[0] in PREFIXES else short
