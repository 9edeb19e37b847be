"""The SHACL shapes of the graph: the fixed ones of ``shapes.ttl`` and those made from the vocabulary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

from kg.graph.names import PREFIXES, class_iri, concept_iri, property_iri
from kg.graph.terms import Literal as Words
from kg.graph.terms import spell
from kg.graph.wording import wording
from kg.model.text import LANGS
from kg.model.vocabulary import RelationType, Vocabulary

if TYPE_CHECKING:
    import rdflib

__all__ = ["shapes", "shapes_turtle"]

SHAPE = PREFIXES["shape"]

End = Literal["domain", "range"]


def shapes(vocabulary: Vocabulary) -> rdflib.Graph:
    """The shapes as an rdflib Graph for a SHACL processor. Each shape has a readable IRI (``shape:Figure-unit``)."""
    import rdflib  # late: it is slow to import, and only validation wants it

    return rdflib.Graph().parse(data=shapes_turtle(vocabulary), format="turtle")


def shapes_turtle(vocabulary: Vocabulary) -> bytes:
    """The shapes as Turtle (W3C, Shapes Constraint Language), identical from run to run."""
    fixed = files("kg.graph").joinpath("shapes.ttl").read_text(encoding="utf-8")
    made = [
        "# " + "-" * 97 + " made from the vocabulary",
        *_targets(vocabulary),
        *_choices(vocabulary),
        *(line for relation in vocabulary.relations for line in _ends(vocabulary, relation)),
    ]
    return (fixed + "\n" + "\n".join(made) + "\n").encode()


def _targets(vocabulary: Vocabulary) -> Iterator[str]:
    for entity_type in vocabulary.types:
        yield f"{_iri(SHAPE + 'Entity')} sh:targetClass {_iri(class_iri(entity_type.id))} ."


def _choices(vocabulary: Vocabulary) -> Iterator[str]:
    """The terms that may stand in each place."""
    words = wording()
    types = [class_iri(each.id) for each in vocabulary.types]
    statuses = [concept_iri("status", each.id) for each in vocabulary.statuses]
    choices: dict[str, Iterable[str]] = {
        "Entity-type": types,
        "SomeEntity-type": types,
        "Entity-theme": (concept_iri("theme", each.id) for each in vocabulary.themes),
        "Relation-predicate": (
            property_iri(each.id, planned) for each in vocabulary.relations for planned in (False, True)
        ),
        "Relation-status": statuses,
        "Status-status": statuses,
        "Figure-metric": (concept_iri("metric", each.id) for each in vocabulary.metrics),
        "Figure-unit": (concept_iri("unit", each.id) for each in vocabulary.units),
        "Figure-qualifier": (concept_iri("qualifier", each.id) for each in vocabulary.qualifiers),
        "Figure-aim": (concept_iri("aim", each) for each in words.aims),
        "Source-kind": (concept_iri("kind", each.id) for each in vocabulary.source_kinds),
    }
    for name, terms in choices.items():
        yield f"{_iri(SHAPE + name)} sh:in {_list(terms)} ."


def _ends(vocabulary: Vocabulary, relation: RelationType) -> Iterator[str]:
    """The shapes of a relation's subject (``shape:leads-domain``) and object (``shape:leads-range``), planned too."""
    ends: tuple[tuple[End, str, tuple[str, ...]], ...] = (
        ("domain", "targetSubjectsOf", relation.domain),
        ("range", "targetObjectsOf", relation.range),
    )
    for end, target, allowed in ends:
        types = allowed or tuple(each.id for each in vocabulary.types)
        yield f"{_iri(f'{SHAPE}{relation.id}-{end}')} a sh:PropertyShape ;"
        yield f"    sh:{target} {_iri(property_iri(relation.id))} , {_iri(property_iri(relation.id, planned=True))} ;"
        yield f"    sh:path rdf:type ; sh:minCount 1 ; sh:in {_list(class_iri(each) for each in types)} ;"
        yield f"    sh:message {_message(vocabulary, relation, end, types)} ."


def _message(vocabulary: Vocabulary, relation: RelationType, end: End, types: Iterable[str]) -> str:
    words = wording().ends
    names = {each.id: each.name for each in vocabulary.types}
    template = words.domain if end == "domain" else words.range
    said = []
    for lang in LANGS:
        listed = words.separator[lang].join(names[each].say(lang) for each in types)
        said.append(spell(Words(template.say(lang).format(relation=relation.name.say(lang), types=listed), lang)))
    return " , ".join(said)


def _iri(iri: str) -> str:
    return f"<{iri}>"


def _list(iris: Iterable[str]) -> str:
    return f"( {' '.join(map(_iri, iris))} )"
