"""The network's nodes and edges as flat rows of attributes, as network formats want them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.graph.names import statement_hex
from kg.graph.network import latest_statuses
from kg.graph.relation_names import relation_name
from kg.model.knowledge import Knowledge
from kg.model.statement import Relation
from kg.model.text import Text

__all__ = ["Row", "Value", "edge_rows", "node_rows"]

Value = str | bool


@dataclass(frozen=True)
class Row:
    """A node, or an edge with its two ends. ``values`` has no empty ones."""

    id: str
    label: str
    values: Mapping[str, Value]
    source: str = ""
    target: str = ""


def node_rows(knowledge: Knowledge) -> list[Row]:
    """The entities, sorted by id, with their names, type, themes, latest status, colour and shape."""
    statuses = latest_statuses(knowledge)
    rows = []
    for entity in sorted(knowledge.entities.values(), key=lambda each: each.id):
        entity_type = knowledge.types[knowledge.type_of[entity.id]]
        status = statuses.get(entity.id)
        label = (entity.short or entity.name).say("zh")
        values: dict[str, Value] = {"label": label, **_both("label", entity.name), **_both("short", entity.short)}
        values |= {"type": entity_type.id, **_both("type", entity_type.name)}
        values |= {"themes": " ".join(entity.themes), "status": status.status if status else ""}
        values |= {"colour": entity_type.colour.light, "shape": entity_type.shape, "featured": entity.featured}
        rows.append(Row(entity.id, label, _given(values)))
    return rows


def edge_rows(knowledge: Knowledge) -> list[Row]:
    """The relations, sorted by their statement's digits, with name, status, phrase and source."""
    rows: dict[str, Row] = {}
    for source, statement in knowledge.statements():
        if not isinstance(statement, Relation):
            continue
        planned = knowledge.is_planned(statement)
        name = relation_name(knowledge.relations[statement.relation], planned)
        values: dict[str, Value] = {"label": name.say("zh"), **_both("label", name), **_both("role", statement.role)}
        values |= {"relation": statement.relation, "planned": planned, "status": statement.status or ""}
        values |= {"phrase": statement.phrase, "source": source.id, **_both("source", source.title), "url": source.url}
        key = statement_hex(source, statement)
        rows[key] = Row(key, name.say("zh"), _given(values), statement.subject, statement.object)
    return [rows[key] for key in sorted(rows)]


def _both(name: str, words: Text | None) -> dict[str, Value]:
    return {f"{name}_{lang}": said for lang, said in words.items()} if words else {}


def _given(values: Mapping[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in values.items() if value != ""}
