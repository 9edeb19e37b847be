"""What a store holds of ours: which data, in which graphs, as its own description says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from kg.engine.answer import Term
from kg.engine.base import Graphs
from kg.engine.iri_names import Names
from kg.engine.tokens import significant
from kg.graph.names import DATASET, GRAPH_DATASET, GRAPH_INDEX, GRAPH_UNION, PREFIXES, SD

__all__ = ["WHAT_IS_HELD", "Held", "read_held"]

#: Asked of the whole store. The description is the last that is loaded, so where it is, all is.
WHAT_IS_HELD = f"""
PREFIX dcat: <{PREFIXES["dcat"]}> PREFIX void: <{PREFIXES["void"]}> PREFIX sd: <{SD}>
SELECT ?version ?graph ?union WHERE {{
  {{ GRAPH <{GRAPH_DATASET}> {{ <{DATASET}> dcat:version ?version ; void:subset ?graph }} }}
  UNION {{ GRAPH <{GRAPH_INDEX}> {{ <{DATASET}> sd:defaultGraph ?union }} }}
}}
"""


_SPEAKS_OF_GRAPHS = re.compile("graph", re.IGNORECASE)


class Held(NamedTuple):
    """The data's ``version``, its named ``graphs``, and whether the store has them all merged in ``GRAPH_UNION``."""

    version: str
    graphs: frozenset[str]
    merged: bool

    @property
    def all_graphs(self) -> frozenset[str]:
        """The graphs that a query may name: those of the data, and the index where the store has one."""
        return self.graphs | {GRAPH_INDEX} if self.merged else self.graphs

    def dataset(self, query: str) -> Graphs:
        """What ``query`` is to be asked of: the merge of all graphs, and by name those that it can speak of.

        A merge that the store has is one graph. Else the store makes it: SPARQL 1.1 Protocol, section 2.1.4, has the
        default graph be the merge of all those named (Virtuoso's has a triple once for each graph that it stands in).
        """
        default = (GRAPH_UNION,) if self.merged else tuple(sorted(self.graphs))
        if not _SPEAKS_OF_GRAPHS.search(query):
            return Graphs(default)
        named = _graphs_in(query)
        return Graphs(default, tuple(sorted(self.graphs if named is None else named & self.all_graphs)))


def _graphs_in(query: str) -> set[str] | None:
    """The graphs that ``query`` speaks of by their names; None where a variable stands for any."""
    found = set()
    names = Names()
    words = significant(query)
    for index, word in enumerate(words):
        names.learn(words, index)
        if word.kind == "word" and word.text.upper() == "GRAPH" and index + 1 < len(words):
            following = words[index + 1]
            iri = names.resolve(following) if following.kind in ("iri", "name") else None
            if iri is None:
                return None
            found.add(iri)
    return found


def read_held(rows: Iterable[dict[str, Term]]) -> Held | None:
    """What the rows of :data:`WHAT_IS_HELD` say; None where there is no whole graph of ours."""
    versions, graphs, unions = set(), {GRAPH_DATASET}, set()
    for row in rows:
        versions |= {row["version"].value} if "version" in row else set()
        graphs |= {row["graph"].value} if "graph" in row else set()
        unions |= {row["union"].value} if "union" in row else set()
    return Held(versions.pop(), frozenset(graphs), GRAPH_UNION in unions) if len(versions) == 1 else None
