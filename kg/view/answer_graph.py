"""The things of an answer and what joins them, as the network that the canvas draws, and the picture of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any, NamedTuple

from kg.engine.answer import Answer, Term
from kg.graph.names import PLANNED, PREFIXES, compact, entity_id, type_id
from kg.model.text import Lang, Text
from kg.model.vocabulary import Colour, EntityType, Stage, Vocabulary
from kg.query.rows import EntityRef
from kg.query.terms import is_true
from kg.view.answer_layout import chief, lay_out_wide
from kg.view.answer_shape import Parts
from kg.view.chart_sheet import Column, Row, Sheet, read_sheet
from kg.view.network import Dot, Line, Network, make_network
from kg.view.picture import draw

__all__ = ["MOST_THINGS", "PLAIN", "graph_of", "left_out", "picture_of", "with_plain"]

#: The type of what is no entity of ours: a small circle in grey.
PLAIN = "thing"

#: So many things are drawn; :func:`left_out` says what is not.
MOST_THINGS = 300

#: So many lines can all be seen at full strength.
_MOST_STRONG = 150

_TYPE = PREFIXES["rdf"] + "type"
_LABELS = (PREFIXES["skos"] + "prefLabel", PREFIXES["rdfs"] + "label", PREFIXES["dcterms"] + "title")


class _Joint(NamedTuple):
    """Two terms with what joins them."""

    subject: Term
    name: Text
    object: Term
    planned: bool


def with_plain(vocabulary: Vocabulary) -> Vocabulary:
    """The vocabulary with one more type, for things that are no entities: a picture of a network asks for it."""
    if any(one.id == PLAIN for one in vocabulary.types):
        return vocabulary
    plain = EntityType(
        id=PLAIN,
        name=Text(zh="其他", en="Other"),
        description=Text(zh="不是实体的节点。", en="A node that is no entity."),
        shape="circle",
        colour=Colour(light="#8A9099", dark="#9BA2AB"),
    )
    return vocabulary.model_copy(update={"types": (*vocabulary.types, plain)})


def graph_of(
    answer: Answer,
    labels: Mapping[str, Text],
    types: Mapping[str, str],
    parts: Parts | None = None,
    stages: Mapping[str, Stage] | None = None,
) -> Network[str]:
    """The network of a CONSTRUCT or DESCRIBE, or of a SELECT whose graph has these ``parts``.

    Entities are nodes by their id, with the type that ``types`` gives (by entity id) or the answer itself; other IRIs
    and blank nodes are nodes of the type :data:`PLAIN`, by IRI. Literals are no nodes, but labels are read from them. A
    line has the name of the predicate or, in a SELECT, of the relation's cell or the column; planned ones are dashed.
    """
    triples = answer.triples() if answer.form == "graph" else []
    joints = list(_from_triples(triples, labels) if answer.form == "graph" else _from_rows(answer, labels, parts))
    called = {**_own_labels(triples), **labels}
    classes = {s.value: found for s, p, o in triples if p.value == _TYPE and (found := type_id(o.value))}
    known = {*types.values()}
    dots: dict[str, Dot] = {}
    lines: dict[str, Line] = {}
    missing = 0
    for joint in joints:
        ends = {_key(term): term for term in (joint.subject, joint.object)}
        if len(ends.keys() | dots.keys()) > MOST_THINGS:
            missing += 1
            continue
        for key, term in ends.items():
            if key not in dots:
                found = types.get(key) or classes.get(term.value, "")
                dots[key] = _dot(key, term, called, found if found in known else PLAIN, stages or {})
        line = _line(joint)
        lines.setdefault(line.statement, line)
    network = make_network(dots.values(), lines.values())
    network.graph["left_out"] = missing
    return network


def left_out(network: Network[str]) -> int:
    """How many lines of the answer the network has no room for."""
    return int(network.graph.get("left_out", 0))


def picture_of(network: Network[str], vocabulary: Vocabulary, lang: Lang, *, for_file: bool = False) -> dict[str, Any]:
    """The network as the data of a canvas, or of an SVG file; ``vocabulary`` is one :func:`with_plain`.

    On the explore page lines are a quiet ground until something is in focus. Here they are what was asked for: all are
    to be seen, the hubs' too, with arrows.
    """
    data = draw(network, lay_out_wide(network, for_file=for_file), vocabulary, lang).data(vocabulary)
    named = chief(network)
    for node in data["nodes"]:
        node["rank"] = int(node["id"] in named)
    if len(data["edges"]) <= _MOST_STRONG:
        for edge in data["edges"]:
            edge["faint"] = False
    # There are no themes here, and so no islands: all stands on one ground.
    looks = {
        name: {**look, "line": look["quiet"], "island": look["paper"], "border": look["paper"]}
        for name, look in data["look"].items()
    }
    return {**data, "look": looks, "arrows": True}


def _from_triples(triples: list[tuple[Term, Term, Term]], labels: Mapping[str, Text]) -> Iterator[_Joint]:
    """The triples between two things. Of what type an entity is its shape says."""
    for subject, predicate, thing in triples:
        if thing.kind not in ("iri", "blank") or subject == thing:
            continue
        if predicate.value == _TYPE and entity_id(subject.value):
            continue
        name = labels.get(predicate.value) or _plain(compact(predicate.value))
        yield _Joint(subject, name, thing, predicate.value.startswith(PLANNED))


def _from_rows(answer: Answer, labels: Mapping[str, Text], parts: Parts | None) -> Iterator[_Joint]:
    """The first thing of each row joined to each other one."""
    if parts is None or len(parts.ends) < 2:
        return
    sheet = read_sheet(answer, labels)
    first, *others = parts.ends
    for row in sheet.rows:
        subject = row[first.place]
        for column in others:
            thing = row[column.place]
            if subject is None or thing is None or subject == thing or "literal" in (subject.kind, thing.kind):
                continue
            relation = sheet.iri(row, parts.relation) if parts.relation and column is others[0] else ""
            name = _relation_name(sheet, row, parts) if relation else _both(column)
            yield _Joint(subject, name, thing, relation.startswith(PLANNED) or _is_planned(row, parts))


def _relation_name(sheet: Sheet, row: Row, parts: Parts) -> Text:
    assert parts.relation is not None  # noqa: S101 (asked before)
    langs: tuple[Lang, Lang] = ("zh", "en")
    zh, en = (sheet.say(row, parts.relation, lang).words for lang in langs)
    return Text.model_construct(zh=zh or None, en=en or None)


def _is_planned(row: Row, parts: Parts) -> bool:
    term = row[parts.aim.place] if parts.aim else None
    return term is not None and is_true(term)


def _own_labels(triples: list[tuple[Term, Term, Term]]) -> dict[str, Text]:
    """The labels that the triples themselves give."""
    found: dict[str, dict[str, str]] = {}
    for subject, predicate, thing in triples:
        if predicate.value in _LABELS and thing.value.strip():
            found.setdefault(subject.value, {}).setdefault(thing.lang if thing.lang == "zh" else "en", thing.value)
    return {iri: Text.model_construct(zh=words.get("zh"), en=words.get("en")) for iri, words in found.items()}


def _key(term: Term) -> str:
    if term.kind == "blank":
        return f"_:{term.value}"
    return entity_id(term.value) or term.value


def _dot(key: str, term: Term, called: Mapping[str, Text], kind: str, stages: Mapping[str, Stage]) -> Dot:
    name = called.get(term.value) or _plain(key if term.kind == "blank" else compact(term.value))
    return Dot(EntityRef(key, kind, name), stage=stages.get(key, "achieved"))


def _line(joint: _Joint) -> Line:
    subject, thing = _key(joint.subject), _key(joint.object)
    said = "\n".join((subject, joint.name.zh or "", joint.name.en or "", thing, str(joint.planned)))
    # A name of its own, which is no statement's: those have sixteen digits.
    return Line("a" + sha256(said.encode()).hexdigest()[:20], subject, thing, joint.name, joint.planned)


def _both(column: Column) -> Text:
    return Text.model_construct(zh=column.called("zh"), en=column.called("en"))


def _plain(words: str) -> Text:
    return Text.model_construct(zh=None, en=words or "–")
