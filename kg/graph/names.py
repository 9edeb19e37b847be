"""Every IRI and every prefix of the graph, made here and read back here.

Nothing else in the package writes an IRI by hand. This module is plain text work: importing it costs nothing.
"""

from __future__ import annotations

import hashlib
import json
import re
from decimal import Decimal
from difflib import get_close_matches
from types import MappingProxyType

from kg.errors import NotFound
from kg.model.source import Source
from kg.model.statement import Figure, Relation, Statement

__all__ = [
    "BASE",
    "DATASET",
    "FIGURES",
    "FIGURES_STRUCTURE",
    "GRAPH_DATASET",
    "GRAPH_ENTITIES",
    "GRAPH_INDEX",
    "GRAPH_LOADING",
    "GRAPH_ONTOLOGY",
    "GRAPH_UNION",
    "GRAPH_VOCABULARY",
    "LANG_INITIALS",
    "LANG_PINYIN",
    "LANG_TRADITIONAL",
    "ONTOLOGY",
    "ONTOLOGY_HEADER",
    "PLANNED",
    "PLANNED_HEADER",
    "PREFIXES",
    "SD",
    "class_iri",
    "compact",
    "concept_id",
    "concept_iri",
    "decimal_text",
    "distribution_iri",
    "entity_id",
    "entity_iri",
    "evidence_iri",
    "expand",
    "graph_iri",
    "graph_name",
    "property_iri",
    "relation_id",
    "scheme_iri",
    "source_id",
    "source_iri",
    "statement_hex",
    "statement_iri",
    "type_id",
]

BASE = "https://w3id.org/beijing-digital-economy/"
ONTOLOGY = f"{BASE}ontology#"
PLANNED = f"{BASE}planned#"
#: The ontology itself, and its planned half: their namespaces without the hash.
ONTOLOGY_HEADER = ONTOLOGY.removesuffix("#")
PLANNED_HEADER = PLANNED.removesuffix("#")

#: Prefix → namespace: our own first, then the standard ones under their usual names.
PREFIXES = MappingProxyType(
    {
        "bde": ONTOLOGY,
        "plan": PLANNED,
        "ent": f"{BASE}entity/",
        "stmt": f"{BASE}statement/",
        "ev": f"{BASE}evidence/",
        "src": f"{BASE}source/",
        "graph": f"{BASE}graph/",
        "theme": f"{BASE}theme/",
        "metric": f"{BASE}metric/",
        "unit": f"{BASE}unit/",
        "qualifier": f"{BASE}qualifier/",
        "status": f"{BASE}status/",
        "stage": f"{BASE}stage/",
        "kind": f"{BASE}kind/",
        "aim": f"{BASE}aim/",
        "scheme": f"{BASE}scheme/",
        "dist": f"{BASE}distribution/",
        "shape": f"{BASE}shape/",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "dcterms": "http://purl.org/dc/terms/",
        "prov": "http://www.w3.org/ns/prov#",
        "oa": "http://www.w3.org/ns/oa#",
        "org": "http://www.w3.org/ns/org#",
        "schema": "https://schema.org/",
        "qb": "http://purl.org/linked-data/cube#",
        "sdmx-attribute": "http://purl.org/linked-data/sdmx/2009/attribute#",
        "dcat": "http://www.w3.org/ns/dcat#",
        "void": "http://rdfs.org/ns/void#",
        "vann": "http://purl.org/vocab/vann/",
        "sh": "http://www.w3.org/ns/shacl#",
        "spdx": "http://spdx.org/rdf/terms#",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "time": "http://www.w3.org/2006/time#",
    }
)

#: SPARQL 1.1 Service Description, which speaks of stores and not of what they hold: no prefix of our data.
SD = "http://www.w3.org/ns/sparql-service-description#"

_PREFIX_OF = MappingProxyType({namespace: prefix for prefix, namespace in PREFIXES.items()})
# The part of Turtle's PN_LOCAL that needs no escape in any syntax; it may begin with a digit but not end in a dot.
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_CURIE = re.compile(r"([a-z][a-z0-9-]*):(.*)", re.DOTALL)

#: The description of the whole (DCAT, VoID), the data set of all figures, and its structure (RDF Data Cube).
DATASET = f"{BASE}dataset"
FIGURES = f"{BASE}dataset/figures"
FIGURES_STRUCTURE = f"{BASE}dataset/figures/structure"

GRAPH_ENTITIES = f"{BASE}graph/entities"
GRAPH_VOCABULARY = f"{BASE}graph/vocabulary"
GRAPH_ONTOLOGY = f"{BASE}graph/ontology"
GRAPH_DATASET = f"{BASE}graph/dataset"
#: In a store to which ``kg load`` sent the graph: all graphs merged, each triple once, as the default graph of queries.
GRAPH_UNION = f"{BASE}graph/union"
#: In such a store, too: what was worked out when it was loaded; no part of what queries see unless they name it.
GRAPH_INDEX = f"{BASE}graph/index"
#: In such a store, while it is being loaded: which data, and how far.
GRAPH_LOADING = f"{BASE}graph/loading"

#: Language tags of the search keys, lower case as some stores (Oxigraph) make them: LANG() is to say the same in all.
LANG_TRADITIONAL = "zh-hant"
LANG_PINYIN = "zh-latn-pinyin"
LANG_INITIALS = "zh-latn-x-initials"


def _local(term_id: str, capital: bool) -> str:
    """An id as a camel-case name. A digit has no capital: a part that begins with one is marked by ``_`` instead."""
    first, *rest = term_id.split("-")
    start = first.capitalize() if capital else first
    return "".join(f"_{part}" if part[0].isdigit() else part for part in (start, *(each.capitalize() for each in rest)))


def _id(local: str) -> str:
    return re.sub(r"[A-Z_]", lambda found: "-" + found[0].lower().replace("_", ""), local).lstrip("-")


def _after(iri: str, *namespaces: str) -> str | None:
    for namespace in namespaces:
        local = iri.removeprefix(namespace)
        if local != iri and local and "/" not in local:
            return local
    return None


def class_iri(type_id: str) -> str:
    """The class of an entity type: ``agency`` → ``bde:Agency``, ``data-space`` → ``bde:DataSpace``."""
    return ONTOLOGY + _local(type_id, capital=True)


def type_id(iri: str) -> str | None:
    """The type id that :func:`class_iri` makes this IRI from, in the vocabulary or not; None where none can."""
    local = _after(iri, ONTOLOGY)
    return _id(local) if local and (local[0].isupper() or local[0] == "_") else None


def property_iri(relation_id: str, planned: bool = False) -> str:
    """The property of a relation: ``holds-post-at`` → ``bde:holdsPostAt``, or ``plan:holdsPostAt`` where planned."""
    return (PLANNED if planned else ONTOLOGY) + _local(relation_id, capital=False)


def relation_id(iri: str) -> str | None:
    """The relation id that :func:`property_iri` makes this IRI from, planned or not; None where none can."""
    local = _after(iri, ONTOLOGY, PLANNED)
    return _id(local) if local and (local[0].islower() or local[0] == "_") else None


def entity_iri(entity_id: str) -> str:
    """The IRI of an entity: ``changan-chain`` → ``ent:changan-chain``."""
    return PREFIXES["ent"] + entity_id


def entity_id(iri: str) -> str | None:
    """The entity id within an entity's IRI; None for any other IRI."""
    return _after(iri, PREFIXES["ent"])


def source_iri(source_id: str) -> str:
    """The IRI of a source."""
    return PREFIXES["src"] + source_id


def source_id(iri: str) -> str | None:
    """The source id within a source's IRI; None for any other IRI."""
    return _after(iri, PREFIXES["src"])


def graph_iri(source_id: str) -> str:
    """The named graph that holds what a source says."""
    return PREFIXES["graph"] + source_id


def graph_name(iri: str) -> str | None:
    """The name of one of our graphs: a source id, ``entities``, ``vocabulary``, ``ontology`` or ``dataset``."""
    return _after(iri, PREFIXES["graph"])


def concept_iri(scheme: str, term_id: str) -> str:
    """The IRI of a term; ``scheme`` is its prefix: theme, metric, unit, qualifier, status, stage, kind or aim."""
    return PREFIXES[scheme] + term_id


def concept_id(iri: str) -> tuple[str, str] | None:
    """The scheme and the id that :func:`concept_iri` made this IRI from; None for any other IRI."""
    for scheme in ("theme", "metric", "unit", "qualifier", "status", "stage", "kind", "aim"):
        local = _after(iri, PREFIXES[scheme])
        if local is not None:
            return scheme, local
    return None


def scheme_iri(scheme: str) -> str:
    """The SKOS concept scheme whose concepts have this prefix."""
    return PREFIXES["scheme"] + scheme


def distribution_iri(format_name: str) -> str:
    """The DCAT distribution of an export format."""
    return PREFIXES["dist"] + format_name


def decimal_text(value: Decimal) -> str:
    """The canonical lexical form of an ``xsd:decimal``: no exponent, no trailing zeros ("2400000000000", "2.5").

    XML Schema Definition Language 1.1 Part 2, 3.3.3: a whole number has no decimal point.
    """
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def statement_hex(source: Source, statement: Statement) -> str:
    """16 hexadecimal digits that stand for what a source claims, whatever its words, position, speaker or note.

    They are the first of the SHA-256 of a JSON list, so that adding a statement never renames another one, and mending
    a phrase does not rename its statement.
    """
    if isinstance(statement, Relation):
        role = [statement.role.zh, statement.role.en] if statement.role else None
        claim = ["relation", statement.relation, statement.object, statement.status, role, _text(statement.since)]
    elif isinstance(statement, Figure):
        number = decimal_text(statement.value)
        claim = ["figure", statement.figure, number, statement.qualifier, _text(statement.as_of), statement.aim]
    else:
        claim = ["status", statement.status, _text(statement.as_of), _text(statement.since)]
    said = json.dumps([source.id, statement.subject, *claim], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def statement_iri(source: Source, statement: Statement) -> str:
    """The IRI of a statement, made from what it claims (:func:`statement_hex`)."""
    return PREFIXES["stmt"] + statement_hex(source, statement)


def evidence_iri(source: Source, statement: Statement, part: str = "") -> str:
    """The evidence of a statement, or one ``part`` of it ("quote", "position"). It has the statement's own digits."""
    iri = PREFIXES["ev"] + statement_hex(source, statement)
    return f"{iri}/{part}" if part else iri


def compact(iri: str) -> str:
    """The IRI as a CURIE where one of our prefixes fits it, else the IRI itself.

    >>> compact("https://w3id.org/beijing-digital-economy/entity/changan-chain")
    'ent:changan-chain'
    """
    cut = max(iri.rfind("#"), iri.rfind("/")) + 1
    prefix = _PREFIX_OF.get(iri[:cut])
    return f"{prefix}:{iri[cut:]}" if prefix and _LOCAL.fullmatch(iri, cut) else iri


def expand(curie: str) -> str:
    """The IRI of a CURIE; an IRI comes back as it is. Raises :class:`NotFound` for a prefix that is not ours."""
    found = _CURIE.fullmatch(curie)
    if found is None or found[2].startswith("//"):
        return curie
    prefix, local = found.groups()
    if prefix not in PREFIXES:
        raise NotFound("prefix", prefix, get_close_matches(prefix, PREFIXES, n=3, cutoff=0.5))
    return PREFIXES[prefix] + local
