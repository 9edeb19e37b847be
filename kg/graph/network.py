"""The knowledge as a networkx graph: entities are nodes, relations are edges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.graph.names import statement_hex
from kg.model.knowledge import Knowledge
from kg.model.statement import Relation, Status

if TYPE_CHECKING:
    import networkx

__all__ = ["latest_statuses", "to_network"]


def to_network(knowledge: Knowledge) -> networkx.MultiDiGraph[str]:
    """The entities and the relations between them.

    A node is an entity id with ``name`` and ``short`` (:class:`kg.model.text.Text`), ``type``, ``themes``, ``status``
    (the latest that a source gives, or None) and ``featured``. An edge has the statement's 16 digits for its key, and
    ``relation``, ``planned``, ``status``, ``phrase`` and ``source`` (an id). Both stand in the order of the files.
    """
    import networkx  # late: it is slow to import

    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    statuses = latest_statuses(knowledge)
    for entity in knowledge.entities.values():
        status = statuses.get(entity.id)
        graph.add_node(
            entity.id,
            name=entity.name,
            short=entity.short,
            type=knowledge.type_of[entity.id],
            themes=entity.themes,
            status=status.status if status else None,
            featured=entity.featured,
        )
    for source, statement in knowledge.statements():
        if isinstance(statement, Relation):
            graph.add_edge(
                statement.subject,
                statement.object,
                key=statement_hex(source, statement),
                relation=statement.relation,
                planned=knowledge.is_planned(statement),
                status=statement.status,
                phrase=statement.phrase,
                source=source.id,
            )
    return graph


def latest_statuses(knowledge: Knowledge) -> dict[str, Status]:
    """Entity id → its status with the latest *as of*; among equals the one said last, in the order of the files."""
    latest: dict[str, Status] = {}
    for _, statement in knowledge.statements():
        if isinstance(statement, Status):
            known = latest.get(statement.subject)
            if known is None or statement.as_of.last >= known.as_of.last:
                latest[statement.subject] = statement
    return latest
