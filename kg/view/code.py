"""A picture as code that gives the same again: SPARQL for any endpoint, Python for this package."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping

from kg.query.scene import Filters

__all__ = ["as_python", "as_sparql"]

_LINE = 110

_SPARQL = """\
# {title}
PREFIX bde: <{bde}>
PREFIX plan: <{plan}>
PREFIX ent: <{ent}>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dcterms: <http://purl.org/dc/terms/>

SELECT DISTINCT ?subject ?subject_name ?relation ?object ?object_name ?phrase ?source WHERE {{
  VALUES ?subject {{
{ids}
  }}
  VALUES ?object {{
{ids}
  }}
  ?statement rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object ;
             bde:phrase ?phrase ; dcterms:source ?source .
  ?subject skos:prefLabel ?subject_name . FILTER (LANG(?subject_name) = "{lang}")
  ?object skos:prefLabel ?object_name . FILTER (LANG(?object_name) = "{lang}")
{filters}}}
ORDER BY ?subject ?relation ?object
"""

_PYTHON = """\
# {title}
from kg import load_knowledge, start_engine
from kg.query.compose import compose
from kg.query.overview import overview
from kg.query.scene import read_scene

knowledge = load_knowledge()
planned = [status.id for status in knowledge.statuses.values() if status.stage == "planned"]
scene, _ = read_scene({address})
with start_engine(knowledge) as engine:
    cast = compose(engine, scene, planned, most={most})
    picture = overview(engine, ids=cast.shown)
{sieve}for line in picture.relations:
    print(line.subject, line.relation, line.object, "(planned)" if line.planned else "")
"""

_SIEVE = """\
sources = {{one.id: SourceFact(one.official, one.date) for one in knowledge.sources.values()}}
stage = lambda status: knowledge.statuses[status].stage if status else "achieved"
picture = Sieve(scene.filters, sources, stage)(picture)
"""


def as_sparql(title: str, ids: Collection[str], filters: Filters, prefixes: Mapping[str, str], lang: str) -> str:
    """A query for the relations between the entities ``ids``, with their names in ``lang`` and the words behind them.

    ``prefixes`` has the namespaces of *bde*, *plan* and *ent*. Filters by type, theme and status are in the ids
    already; those by plan, source and date are conditions.
    """
    conditions = []
    if ("stage", "planned") in filters.off:
        conditions.append("FILTER (!STRSTARTS(STR(?relation), STR(plan:)))")
    for facet, value in sorted(filters.off):
        if facet == "source":
            conditions.append(f'FILTER (!STRENDS(STR(?source), "/{value}"))')
    if filters.official:
        conditions.append("?source bde:official true .")
    if filters.until:
        conditions.append("OPTIONAL { ?statement bde:since ?since } ?source dcterms:date ?dated .")
        last = filters.until.last.isoformat()
        conditions.append(f'FILTER (SUBSTR(CONCAT(STR(COALESCE(?since, ?dated)), "-01-01"), 1, 10) <= "{last}")')
    return _SPARQL.format(
        title=_comment(title),
        ids=_wrapped([f"ent:{one}" for one in ids]),
        filters="".join(f"  {condition}\n" for condition in conditions),
        lang=lang,
        **prefixes,
    )


def as_python(title: str, address: Mapping[str, str], most: int) -> str:
    """A script that makes the same picture from its address (see :mod:`kg.query.scene`)."""
    text = _PYTHON.format(
        title=_comment(title),
        address=json.dumps(dict(address), ensure_ascii=False),
        most=most,
        sieve=_SIEVE.format() if set(address) & {"off", "official", "least", "until"} else "",
    )
    if "Sieve(" in text:
        needed = "from kg.query.filters import Sieve, SourceFact\n"
        text = text.replace("from kg.query.overview", needed + "from kg.query.overview")
    return text


def _comment(title: str) -> str:
    """The title as one line of a comment."""
    return " ".join(title.split())


def _wrapped(words: Collection[str]) -> str:
    lines, line = [], "   "
    for word in words:
        if len(line) + 1 + len(word) > _LINE:
            lines.append(line)
            line = "   "
        line += f" {word}"
    return "\n".join([*lines, line])
