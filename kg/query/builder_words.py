"""A build in the words of either language: the names of its parts, and the question as one sentence."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Protocol

from kg.engine.base import Engine
from kg.graph.names import entity_iri, source_iri
from kg.model.glossary import Glossary
from kg.model.text import LANGS, Lang, Text
from kg.query.builder import Build, Condition, Link, Marked, Measured, Related
from kg.query.labels import read_labels

__all__ = ["Naming", "iris_of", "measured", "read_naming", "sentence"]


class Labels(Protocol):
    """What things are called, by IRI."""

    def get(self, iri: str, /) -> Text | None:
        """The name of the thing, where it has one."""


@dataclass(frozen=True)
class Naming:
    """What things are called: the vocabulary's terms, and entities and sources by IRI; what has no name, by its id."""

    glossary: Glossary
    labels: Labels = field(default_factory=lambda: dict[str, Text]())

    def relation(self, link: Link, lang: Lang) -> str:
        """The relation read from the thing at hand; what is planned never reads as a fact."""
        if link.hold == "either":
            fact, plan = (self.relation(Link(link.relation, link.outgoing, one), lang) for one in ("fact", "planned"))
            return _fill("either", lang, fact=fact, plan=plan)
        term = self.glossary.relations.get(link.relation)
        if term is None:
            plain, given = Text(en=link.relation), None
        elif link.outgoing or term.symmetric:
            plain, given = term.name, term.planned
        else:
            plain, given = term.inverse, term.planned_inverse
        if link.hold == "fact":
            return plain.say(lang)
        return given.say(lang) if given else _fill("planned", lang, name=plain.say(lang))

    def term(self, family: str, term_id: str, lang: Lang) -> str:
        """What a type, metric, status or theme is called."""
        families = {
            "type": self.glossary.types,
            "metric": self.glossary.metrics,
            "status": self.glossary.statuses,
            "theme": self.glossary.themes,
        }
        term = families[family].get(term_id)
        return term.name.say(lang) if term else term_id

    def unit(self, metric: str, lang: Lang) -> str:
        """What the metric counts in."""
        found = self.glossary.metrics.get(metric)
        unit = found and self.glossary.units.get(found.unit)
        return unit.name.say(lang) if unit else ""

    def entity(self, entity_id: str, lang: Lang) -> str:
        """What an entity is called."""
        return self._label(entity_iri(entity_id), entity_id, lang)

    def source(self, source_id: str, lang: Lang) -> str:
        """The title of a source."""
        return self._label(source_iri(source_id), source_id, lang)

    def _label(self, iri: str, otherwise: str, lang: Lang) -> str:
        label = self.labels.get(iri)
        return label.say(lang) if label else otherwise


def iris_of(build: Build) -> Iterator[str]:
    """The entities and sources that the build names."""
    for one in build.conditions:
        if isinstance(one, Related):
            yield from (entity_iri(value) for value in (one.value, one.then_value) if value)
        elif isinstance(one, Marked) and one.mark == "source":
            yield source_iri(one.value)


def read_naming(engine: Engine, glossary: Glossary, build: Build) -> Naming:
    """The names of all that the build has; one round trip."""
    return Naming(glossary, read_labels(engine, iris_of(build)))


def sentence(build: Build, lang: Lang, naming: Naming) -> str:
    """The question in words, on one line: "Agency that leads Chang'an Chain and belongs to the theme “AI”"."""
    kind = naming.term("type", build.type, lang) if build.type else _fill("anything", lang)
    said = [_condition(one, lang, naming) for one in build.conditions]
    if said:
        *most, last = said
        joined = _fill("last", lang).join([_fill("between", lang).join(most), last]) if most else last
        kind = _fill("sentence", lang, conditions=joined, type=kind)
    return " ".join(kind.split())


def measured(one: Measured, lang: Lang, naming: Naming) -> str:
    """What a value is a value of; a target never reads as a value that was reached."""
    metric = naming.term("metric", one.metric, lang)
    return _fill("target", lang, metric=metric) if one.hold == "planned" else metric


def _condition(one: Condition, lang: Lang, naming: Naming) -> str:
    if isinstance(one, Related):
        return _fill("relation", lang, relation=naming.relation(one.link, lang), end=_end(one, lang, naming))
    if isinstance(one, Measured):
        key = (one.sign or "figure") + ("" if one.hold == "fact" else f"_{one.hold}")
        unit, metric = naming.unit(one.metric, lang), naming.term("metric", one.metric, lang)
        return _fill(key, lang, metric=metric, number=f"{one.number:,f}", unit=unit)
    if one.mark == "source":
        return _fill("source", lang, name=naming.source(one.value, lang))
    named = one.value if one.mark == "since" else naming.term(one.mark, one.value, lang)
    return _fill(one.mark, lang, name=named)


def _end(one: Related, lang: Lang, naming: Naming) -> str:
    if one.value:
        return naming.entity(one.value, lang)
    if not one.type:
        return _fill("some", lang)
    kind = naming.term("type", one.type, lang)
    kind = kind[:1].lower() + kind[1:]
    if one.then is None:
        return _fill("some_type", lang, type=kind)
    end = naming.entity(one.then_value, lang) if one.then_value else _fill("some", lang)
    return _fill("chained", lang, type=kind, relation=naming.relation(one.then, lang), end=end)


@cache
def _words() -> dict[str, dict[Lang, str]]:
    text = (files("kg.query") / "rq" / "builder.toml").read_text(encoding="utf-8")
    return {name: {lang: said[lang] for lang in LANGS} for name, said in tomllib.loads(text).items()}


def _fill(key: str, lang: Lang, **values: str) -> str:
    return _words()[key][lang].format(**values)
