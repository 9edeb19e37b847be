"""The network of entities and relations as GraphML and GEXF."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.export.network_rows import Row, Value, edge_rows, node_rows
from kg.export.xml_text import attribute, content
from kg.model.knowledge import Knowledge
from kg.model.vocabulary import EntityType

__all__ = ["write_gexf", "write_graphml"]

_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_GEXF = "http://www.gexf.net/1.2draft"
#: The shapes that GEXF knows; every other shape of ours is drawn as a disc there, and kept as an attribute.
_GEXF_SHAPES = {"square": "square", "triangle": "triangle", "diamond": "diamond"}


def write_graphml(knowledge: Knowledge) -> bytes:
    """GraphML (graphml.graphdrawing.org): every attribute is a ``data`` element whose key is the attribute's name."""
    nodes, edges = node_rows(knowledge), edge_rows(knowledge)
    return "".join(_graphml(nodes, edges)).encode()


def _graphml(nodes: list[Row], edges: list[Row]) -> Iterator[str]:
    yield f'{_XML}<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for kind, rows in (("node", nodes), ("edge", edges)):
        for name, value in _keys(rows):
            yield f'  <key id="{kind}_{name}" for="{kind}" attr.name="{name}" attr.type="{_type(value)}"/>\n'
    yield '  <graph id="knowledge" edgedefault="directed">\n'
    for row in nodes:
        yield f'    <node id="{attribute(row.id)}">\n{_data("node", row.values)}    </node>\n'
    for row in edges:
        ends = f'source="{attribute(row.source)}" target="{attribute(row.target)}"'
        yield f'    <edge id="{row.id}" {ends}>\n{_data("edge", row.values)}    </edge>\n'
    yield "  </graph>\n</graphml>\n"


def _data(kind: str, values: Mapping[str, Value]) -> str:
    lines = (f'<data key="{kind}_{name}">{content(_text(value))}</data>' for name, value in values.items())
    return "".join(f"      {line}\n" for line in lines)


def write_gexf(knowledge: Knowledge) -> bytes:
    """GEXF 1.2 (gexf.net), the version that most programs read, with colours and shapes, and without a date."""
    nodes, edges = node_rows(knowledge), edge_rows(knowledge)
    return "".join(_gexf(knowledge.types, nodes, edges)).encode()


def _gexf(types: Mapping[str, EntityType], nodes: list[Row], edges: list[Row]) -> Iterator[str]:
    yield f'{_XML}<gexf xmlns="{_GEXF}" xmlns:viz="{_GEXF}/viz" version="1.2">\n'
    yield '  <graph mode="static" defaultedgetype="directed">\n'
    for kind, rows in (("node", nodes), ("edge", edges)):
        yield f'    <attributes class="{kind}" mode="static">\n'
        for name, value in _keys(rows):
            yield f'      <attribute id="{name}" title="{name}" type="{_type(value)}"/>\n'
        yield "    </attributes>\n"
    yield "    <nodes>\n"
    for row in nodes:
        yield f'      <node id="{attribute(row.id)}" label="{attribute(row.label)}">\n{_attvalues(row)}'
        yield f"{_look(types[str(row.values['type'])])}      </node>\n"
    yield "    </nodes>\n    <edges>\n"
    for row in edges:
        ends = f'source="{attribute(row.source)}" target="{attribute(row.target)}"'
        yield f'      <edge id="{row.id}" {ends} label="{attribute(row.label)}">\n{_attvalues(row)}      </edge>\n'
    yield "    </edges>\n  </graph>\n</gexf>\n"


def _attvalues(row: Row) -> str:
    values = (f'<attvalue for="{name}" value="{attribute(_text(value))}"/>' for name, value in row.values.items())
    return f"        <attvalues>\n{''.join(f'          {value}{chr(10)}' for value in values)}        </attvalues>\n"


def _look(entity_type: EntityType) -> str:
    red, green, blue = bytes.fromhex(entity_type.colour.light[1:])
    shape = _GEXF_SHAPES.get(entity_type.shape, "disc")
    return f'        <viz:color r="{red}" g="{green}" b="{blue}"/>\n        <viz:shape value="{shape}"/>\n'


def _keys(rows: list[Row]) -> list[tuple[str, Value]]:
    """Each attribute with one of its values, in the order in which they first come up."""
    found: dict[str, Value] = {}
    for row in rows:
        for name, value in row.values.items():
            found.setdefault(name, value)
    return list(found.items())


def _type(value: Value) -> str:
    return "boolean" if isinstance(value, bool) else "string"


def _text(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else value
