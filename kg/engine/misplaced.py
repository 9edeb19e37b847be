"""Finds an aggregate in the FILTER or BIND of a pattern where Oxigraph lets it pass, and has no value for it.

SPARQL 1.1 has aggregates in SELECT, HAVING and ORDER BY (section 11). In a query with groups Oxigraph reads one in the
pattern, too, and then drops every row, so that a wrong query would look like one without an answer.
"""

from __future__ import annotations

import re

from kg.engine.keywords import AGGREGATES
from kg.engine.mending import MOST_CHARACTERS
from kg.engine.slips.aggregates import place_of, select_around
from kg.engine.slips.scene import Scene
from kg.engine.tokens import significant
from kg.engine.wire import Failure

__all__ = ["misplaced_aggregate"]

_PLACE = re.compile(r"\b(?:FILTER|BIND)\b", re.IGNORECASE)
_AGGREGATE = re.compile(rf"\b(?:{'|'.join(sorted(AGGREGATES))})\b", re.IGNORECASE)


def misplaced_aggregate(query: str) -> Failure | None:
    """Where the SELECT ends that has an aggregate in its pattern, as Oxigraph tells it without groups; else None.

    ``query`` is one that Oxigraph could read.
    """
    if len(query) > MOST_CHARACTERS or not (_PLACE.search(query) and _AGGREGATE.search(query)):
        return None
    words = significant(query)
    scene = Scene(query, words, len(words), "", {})
    for index in scene.indices(*AGGREGATES):
        if scene.upper(index + 1) == "(" and place_of(scene, index) >= 0:
            around = next(iter(scene.around(select_around(scene, index))), None)
            end = len(query) if around is None else scene.word(scene.closing(around)).offset
            return Failure(end, "SELECT contains an aggregate in its pattern")
    return None
