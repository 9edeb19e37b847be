"""What a reader means by an id or a name."""

from __future__ import annotations

import re

import click

from kg.engine.base import Engine
from kg.errors import NotFound
from kg.query.card import entity_card, source_card, statement_card
from kg.query.directory import Directory
from kg.query.rows import Card, EntityRef, SourceCard, StatementCard
from kg.query.search import best, search, suggestions

__all__ = ["card_of", "entity_of"]

_STATEMENT = re.compile(r"[0-9a-f]{16}")


def card_of(engine: Engine, directory: Directory, what: str) -> Card | SourceCard | StatementCard:
    """The card of a source by its id, of a statement by its digits, or of the entity that an id or a name means."""
    if what in directory.sources:
        return source_card(engine, what)
    if directory.entity(what):
        return entity_card(engine, what)
    if _STATEMENT.fullmatch(what):
        return statement_card(engine, what)
    return entity_card(engine, entity_of(engine, what).id)


def entity_of(engine: Engine, name: str) -> EntityRef:
    """The entity that a name means; a guess is told on stderr.

    Raises :class:`NotFound` where there is none, and a list of candidates where there are several.
    """
    hits = search(engine, name, 8)
    found = best(hits)
    if found is not None:
        if found.match != "exact":
            click.echo(f"“{name}” is taken for {found.entity.id} ({found.matched}).", err=True)
        return found.entity
    if len(hits) < 2:
        raise NotFound("entity", name, [hit.entity.id for hit in hits] or suggestions(engine, name))
    listed = "\n".join(
        f"  {hit.entity.id}  {' · '.join(words for _, words in hit.entity.name.items())}" for hit in hits
    )
    raise click.ClickException(f"“{name}” may mean several entities. Give one of these ids:\n{listed}")
