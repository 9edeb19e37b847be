"""What the parts of a query are called in words: variables, things, properties, paths."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from importlib.resources import files

from kg.graph.names import PREFIXES, compact, expand, relation_id
from kg.model.text import LANGS, Lang, Text
from kg.query.headings import called
from kg.query.sparql import tree

__all__ = ["LABELS", "Names"]

_RDF_TYPE = expand("rdf:type")
_PLANNED_FORM = expand("bde:plannedFormOf")
_SPACES = {namespace: prefix for prefix, namespace in PREFIXES.items()}

#: What says how a thing is called.
LABELS = frozenset(map(expand, ("skos:prefLabel", "rdfs:label", "dcterms:title", "bde:shortName")))

#: Of a long list so many are named.
_MOST_NAMED = 6


class Names:
    """Calls things by their labels in ``lang``; ``relations`` are the ids of those properties that read as verbs.

    ``variables`` has the names of all variables of the query, none of which is called by the name of another, each
    with the query's own words for it, if any.
    ``owners`` has, for each variable that only holds a label, the variable whose label it is.
    """

    def __init__(
        self, labels: Mapping[str, Text], relations: Collection[str], variables: Mapping[str, str | None], lang: Lang
    ) -> None:
        self.lang = lang
        self._labels = labels
        self._relations = frozenset(relations)
        self._variables = variables
        self.owners: dict[str, str] = {}

    def say(self, key: str, /, **values: object) -> str:
        """The words of ``key`` with ``values`` filled in."""
        zh, en = _words()[key]
        return (zh if self.lang == "zh" else en).format(**values)

    def fill(self, key: str, places: Sequence[str], values: Mapping[str, object]) -> str:
        """The words of ``key`` with ``places`` for ``{0}``, ``{1}`` …, and ``values`` by name."""
        zh, en = _words()[key]
        return (zh if self.lang == "zh" else en).format(*places, **values)

    def has(self, key: str) -> bool:
        """Whether there are words of that key."""
        return key in _words()

    def join(self, parts: Sequence[str], key: str = "join_list") -> str:
        """The parts after each other; the last two by “and”, where the list is one of things."""
        if key == "join_list" and len(parts) > 1:
            return self.join(parts[:-1], "join_between") + self.say("join_and") + parts[-1]
        return self.say("join_list" if key == "join_between" else key).join(parts)

    def some(self, parts: Sequence[str]) -> str:
        """The first of many, and how many there are."""
        if len(parts) <= _MOST_NAMED:
            return self.join(parts, "join_or")
        return self.say("many", some=self.join(parts[:_MOST_NAMED], "join_between"), count=len(parts))

    def called(self, variable: str) -> str:
        """What a variable is called, as the column that it heads."""
        words = self._variables.get(variable) or called(self._base(variable) or variable, self.lang)
        return variable if words in self._variables else words

    def in_both_languages(self, variable: str) -> bool:
        """Whether a variable says in one language what another says in the other: ``role_zh`` beside ``role_en``.

        Those that are in no column may be written ``roleZh`` and ``roleEn``.
        """
        return bool(self._base(variable))

    def _base(self, variable: str) -> str:
        """What two such variables share; empty where it is the name of a third, or there is no other."""
        for endings in (tuple(f"_{each}" for each in LANGS), tuple(each.title() for each in LANGS)):
            base = variable[: -len(endings[0])]
            named = {base + ending for ending in endings}
            if variable in named and named <= self._variables.keys() and base not in self._variables:
                return base
        return ""

    def variable(self, name: str) -> str:
        """A variable, set apart from the other words."""
        return self.say("variable", name=self.called(name))

    def node(self, node: tree.Node) -> str:
        """A thing, a text or a number; a variable, or as the name of what it names."""
        if isinstance(node, tree.Blank):
            return self.say("something")
        if isinstance(node, tree.Variable):
            owner = self.owners.get(node.name)
            if owner is not None:
                return self.say("name_of", thing=self.variable(owner))
            return self.variable(node.name)
        term = node.term
        if term.kind == "iri":
            return self.iri(term.value)
        if term.lang:
            return self.say("text_lang", text=term.value, lang=term.lang)
        if term.value in ("true", "false") and term.datatype.endswith("#boolean"):
            return self.say(term.value)
        if term.datatype.endswith("#string"):
            return self.say("text", text=term.value)
        return term.value

    def iri(self, iri: str) -> str:
        """What an IRI is called: by its label, else by a word of ours for a standard term, else by its short name."""
        short = compact(iri)
        if ":" in short and self.has(short):
            return self.say(short)
        label = self._labels.get(iri)
        if label is not None:
            words = label.say(self.lang)
            if short.startswith("qualifier:"):
                return self.say("text", text=words)  # “exactly” is no noun
            named = re.fullmatch(r"[A-Z][a-z]+( [a-z]+)*", words) and iri == _class_of(iri)
            return words.lower() if named else words
        return f"{_SPACES[iri]}:" if iri in _SPACES else short

    def graph(self, node: tree.Node) -> str:
        """A named graph, by a word of ours if there is one."""
        if isinstance(node, tree.Constant) and self.has(compact(node.term.value)):
            return self.iri(node.term.value)
        return self.say("graph", graph=self.node(node))

    def has_verb(self, path: tree.Path) -> bool:
        """Whether a predicate, or a step of the path that it is, reads as a verb."""
        return self.is_verb(path) or (isinstance(path, tree.Sequence) and any(map(self.has_verb, path.parts)))

    def doing(self, path: tree.Path, thing: str) -> str:
        """A verb and its object; Chinese may have words after the object, which then stands for “……”."""
        if isinstance(path, tree.Repeat):
            return self.say(_often(path), path=self.doing(path.path, thing))
        words = self.verb(path)
        return words.replace("……", thing) if "……" in words else self.say("doing", relation=words, object=thing)

    def verb(self, path: tree.Path) -> str:
        """A predicate as a verb without its object."""
        if isinstance(path, tree.Alternative):
            return self.join(list(dict.fromkeys(map(self.verb, path.parts))), "join_or")
        return self.iri(path.term.value) if isinstance(path, tree.Constant) else self.path(path)

    def is_verb(self, path: tree.Path) -> bool:
        """Whether a predicate reads as a verb between two things ("is part of") and not as a noun ("phrase")."""
        if isinstance(path, tree.Alternative):
            return all(map(self.is_verb, path.parts))
        if isinstance(path, tree.Repeat):
            return self.is_verb(path.path)
        return isinstance(path, tree.Constant) and (
            path.term.value == _PLANNED_FORM or relation_id(path.term.value) in self._relations
        )

    def is_type(self, path: tree.Path) -> bool:
        """Whether a predicate says of what type a thing is."""
        return isinstance(path, tree.Constant) and path.term.value == _RDF_TYPE

    def path(self, path: tree.Path) -> str:
        """A predicate as a noun, or the way that a property path goes."""
        if isinstance(path, tree.Variable):
            return self.node(path)
        if isinstance(path, tree.Constant):
            return self.say("planned_form") if path.term.value == _PLANNED_FORM else self.iri(path.term.value)
        if isinstance(path, tree.Inverse):
            return self.say("path_inverse", path=self.path(path.path))
        if isinstance(path, tree.Alternative):
            return self.join(list(dict.fromkeys(map(self.path, path.parts))), "join_or")
        if isinstance(path, tree.Sequence):
            words = self.path(path.parts[0])
            for part in path.parts[1:]:
                words = self.say("path_sequence", first=words, then=self.path(part))
            return words
        if isinstance(path, tree.Repeat):
            return self.say(_often(path), path=self.path(path.path))
        return self.say("path_not", path=self.join([self.path(part) for part in path.parts], "join_or"))

    def article(self, noun: str) -> str:
        """The English indefinite article before a noun; Chinese has none."""
        return "an" if noun[:1].lower() in tuple("aeiou") else "a"


def _often(path: tree.Repeat) -> str:
    """The words for how often a path repeats."""
    return "path_maybe" if path.most else "path_many" if path.least else "path_any"


def _class_of(iri: str) -> str:
    """The IRI itself where it is one of a class: the words of a class are no proper name."""
    local = re.split(r"[/#]", iri)[-1]
    return iri if local[:1].isupper() and "#" in iri else ""


@cache
def _words() -> Mapping[str, tuple[str, str]]:
    content = files("kg.view").joinpath("in_words.toml").read_text(encoding="utf-8")
    return {key: (zh, en) for key, (zh, en) in tomllib.loads(content).items()}
