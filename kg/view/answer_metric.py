"""What an answer is about that only its query says: the metrics that it asks for by name."""

from __future__ import annotations

from itertools import pairwise

from kg.engine.tokens import SPACE, tokenize
from kg.graph.names import PREFIXES, concept_id

__all__ = ["metrics_named"]

#: The property whose value is the metric of a figure, in the ways in which a query may write it.
_ASKED = frozenset({"bde:metric", f"<{PREFIXES['bde']}metric>"})


def metrics_named(query: str) -> set[str]:
    """The ids of the metrics that a query gives as the metric of a figure, with the usual prefixes or without.

    >>> metrics_named("SELECT * { ?f bde:metric metric:patents ; bde:value ?n FILTER (?m != metric:firms) }")
    {'patents'}
    """
    words = [token.text for token in tokenize(query) if token.kind not in SPACE]
    return {found for before, word in pairwise(words) if before in _ASKED and (found := _metric(word))}


def _metric(word: str) -> str:
    prefix, _, local = word.partition(":")
    scheme, found = concept_id(PREFIXES["metric"] + local if prefix == "metric" else word.strip("<>")) or ("", "")
    return found if scheme == "metric" else ""
