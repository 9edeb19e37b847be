"""The figures of one metric over time."""

from __future__ import annotations

from difflib import get_close_matches

from kg.engine.base import Engine
from kg.errors import NotFound
from kg.graph.names import concept_iri
from kg.query.ask import ask
from kg.query.rows import FigureRow
from kg.query.statements import MOST_STATEMENTS, read_statements
from kg.query.terms import entity, id_of, iri

__all__ = ["series"]

_FIGURES = "?statement bde:metric $metric"
_OF_SUBJECT = "?statement bde:metric $metric ; bde:subject $subject"
_METRICS = "SELECT ?metric WHERE { ?metric skos:inScheme scheme:metric } ORDER BY ?metric"


def series(
    engine: Engine, metric: str, subject: str | None = None, limit: int = MOST_STATEMENTS
) -> tuple[FigureRow, ...]:
    """The figures of a metric, of one subject or of all: by subject, and there from the oldest to the newest.

    Two round trips. Raises :class:`NotFound` with the nearest ids for a metric that the vocabulary does not have; a
    metric without figures is an empty series.
    """
    asked = {"metric": iri(concept_iri("metric", metric))} | ({"subject": entity(subject)} if subject else {})
    rows = read_statements(engine, _OF_SUBJECT if subject else _FIGURES, limit, **asked).figures()
    if not rows:
        known = [id_of(row["metric"].value) for row in ask(engine, _METRICS).records()]
        if metric not in known:
            raise NotFound("metric", metric, get_close_matches(metric, known, n=3, cutoff=0.4))
    return tuple(sorted(rows, key=lambda row: (row.subject.id, row.as_of.last, row.aim, row.evidence.source.date.last)))
