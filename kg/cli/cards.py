"""Cards, ways and counts as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kg.cli.output import clean
from kg.cli.words import say
from kg.model.glossary import Glossary
from kg.model.text import Lang, Text
from kg.model.vocabulary import Vocabulary
from kg.query.paths import Hop, Way
from kg.query.rows import Card, EvidenceRow, RelationRow, SourceCard, SourceRef, StatementCard
from kg.query.stats import Stats
from kg.view.cards import (
    Badge,
    EntityView,
    Reader,
    RelationGroup,
    RelationLine,
    StatementView,
    entity_view,
    statement_view,
)
from kg.view.terms import Terms

__all__ = ["lines", "stats_rows", "way_lines"]


def lines(card: Card | SourceCard | StatementCard, vocabulary: Vocabulary, lang: Lang) -> Iterator[str]:
    """Any card, a line at a time."""
    reader = Reader(Terms(vocabulary), lang)
    if isinstance(card, Card):
        found = _entity_lines(entity_view(card, reader), lang)
    elif isinstance(card, SourceCard):
        found = _source_lines(card, reader)
    else:
        found = _statement_lines(statement_view(card, reader), lang)
    yield from map(clean, found)


def _entity_lines(view: EntityView, lang: Lang) -> Iterator[str]:
    other = f" · {view.chip.other_name.words}" if view.chip.other_name else ""
    yield f"{view.chip.name.words}{other}"
    yield " · ".join([view.chip.id, view.chip.type_name, *view.themes])
    if view.badge:
        yield f"{say('status', lang)}: {_badge(view.badge, lang)}"
    if view.description:
        yield view.description.words
    for word, names in (("also", view.aliases), ("former", view.former)):
        if names:
            yield f"{say(word, lang)}: {' · '.join(name.words for name in names)}"
    for word, told in (("replaces", view.replaces), ("note", view.note)):
        if told:
            yield f"{say(word, lang)}: {told}"
    yield from _figures(view, lang)
    yield from _relations(view.relations, lang)
    yield from _history(view.history, lang)
    said = [line for statement in view.spoke for line in _statement_lines(statement, lang)]
    yield from _list(say("said", lang), said)
    yield from _list(say("sources", lang), [_source(source, lang) for source in view.sources])
    yield from _list(say("links", lang), view.links)
    if view.cut:
        yield from ("", f"… {say('more', lang)}")


def _figures(view: EntityView, lang: Lang) -> Iterator[str]:
    if view.figures:
        yield from ("", say("figures", lang))
    for figure in view.figures:
        aim = f" ({say('target', lang)})" if figure.aim == "target" else ""
        yield f"  {figure.metric}: {figure.amount.text}{aim}, {say('as of', lang)} {figure.as_of}"
        yield _evidence(figure.evidence, lang)


def _relations(groups: Sequence[RelationGroup], lang: Lang) -> Iterator[str]:
    for group in groups:
        yield from ("", group.heading)
        for line in group.lines:
            yield f"  {_relation(line, lang)}"
            yield _evidence(line.evidence, lang)


def _history(history: Sequence[Badge], lang: Lang) -> Iterator[str]:
    for badge in history:
        if badge.row:
            yield from ("", f"{say('status', lang)}: {_badge(badge, lang)}", _evidence(badge.row.evidence, lang))


def _list(heading: str, items: Sequence[str]) -> Iterator[str]:
    if items:
        yield from ("", heading)
        yield from (f"  {item}" for item in items)


def _source_lines(card: SourceCard, reader: Reader) -> Iterator[str]:
    lang = reader.lang
    yield card.source.title.say(lang)
    official = say("official" if card.source.official else "not official", lang)
    yield " · ".join([card.source.id, reader.terms.name("kind", card.source.kind, lang), official])
    yield f"{card.source.publisher.say(lang)}, {card.source.date}"
    if card.published:
        yield f"{say('published', lang)}: {card.published}"
    yield card.source.url
    yield ""
    yield f"{say('statements', lang)}: {len(card.statements)}"
    for statement in card.statements:
        yield from (f"  {line}" for line in _statement_lines(statement_view(statement, reader), lang))
    if card.cut:
        yield f"… {say('more', lang)}"


def _statement_lines(view: StatementView, lang: Lang) -> Iterator[str]:
    subject = view.subject.name.words
    if view.relation:
        yield f"{subject} — {view.verb} → {_relation(view.relation, lang)}"
    elif view.figure:
        aim = f" ({say('target', lang)})" if view.figure.aim == "target" else ""
        figure = f"{view.figure.metric}: {view.figure.amount.text}{aim}"
        yield f"{subject} — {figure}, {say('as of', lang)} {view.figure.as_of}"
    elif view.badge:
        yield f"{subject} — {say('status', lang)}: {_badge(view.badge, lang)}"
    yield f"{_evidence(view.evidence, lang)} · {view.id}"


def _relation(line: RelationLine, lang: Lang) -> str:
    details = [line.role.words] if line.role else []
    if line.planned:
        details.append(say("planned", lang))
    if line.badge:
        details.append(line.badge.name)
    if line.since:
        details.append(f"{say('since', lang)} {line.since}")
    return f"{line.other.name.words} [{line.other.id}]" + (f" ({', '.join(details)})" if details else "")


def _badge(badge: Badge, lang: Lang) -> str:
    dates = [f"{say(word, lang)} {date}" for word, date in (("since", badge.since), ("as of", badge.as_of)) if date]
    return ", ".join([badge.name, *dates])


def _evidence(evidence: EvidenceRow, lang: Lang) -> str:
    quoted = f"“{evidence.phrase}”" if evidence.source.language == "zh" else f'"{evidence.phrase}"'
    speaker = f" — {evidence.speaker.name.say(lang)}" if evidence.speaker else ""
    return f"    {quoted}{speaker} · {evidence.source.id}"


def _source(source: SourceRef, lang: Lang) -> str:
    official = say("official" if source.official else "not official", lang)
    return f"{source.title.say(lang)} · {source.publisher.say(lang)} ({official}) · {source.date} · {source.url}"


def way_lines(ways: Sequence[Way], vocabulary: Vocabulary, lang: Lang) -> Iterator[str]:
    """Each way with its steps, and the evidence of the strongest relation of each step."""
    terms = Terms(vocabulary)
    for count, way in enumerate(ways, 1):
        planned = f", {say('partly planned', lang)}" if way.planned else ""
        names = " → ".join(entity.label.say(lang) for entity in way.entities)
        yield clean(f"{count}. {names} ({len(way.hops)} {say('steps', lang)}{planned})")
        for hop in way.hops:
            yield clean(f"   {_hop(hop, hop.row, terms, lang)}")
            yield clean(_evidence(hop.row.evidence, lang))


def _hop(hop: Hop, row: RelationRow, terms: Terms, lang: Lang) -> str:
    verb = terms.relation(row.relation, planned=row.planned, outgoing=row.outgoing).say(lang)
    mark = f" ({say('planned', lang)})" if row.planned else ""
    more = f" +{len(hop.rows) - 1}" if len(hop.rows) > 1 else ""
    return f"{hop.start.name.say(lang)} — {verb} — {hop.end.name.say(lang)}{mark}{more}"


def stats_rows(counts: Stats, glossary: Glossary, titles: Mapping[str, Text], lang: Lang) -> list[tuple[str, str, str]]:
    """What is counted, of what, and how many; ``titles`` are those of the sources by id."""
    terms = Terms(glossary.vocabulary)
    planned, relations = sum(counts.planned.values()), sum(counts.relations.values())
    rows = [
        (say("entities", lang), "", counts.entities),
        (say("statements", lang), "", counts.statements),
        (say("relations", lang), "", relations + planned),
        (say("relations", lang), say("planned", lang), planned),
        (say("figures", lang), "", sum(counts.metrics.values())),
        (say("statuses", lang), "", sum(counts.statuses.values())),
        (say("sources", lang), "", len(counts.sources)),
    ]
    parts: tuple[tuple[str, str, Mapping[str, int]], ...] = (
        ("type", "type", counts.types),
        ("theme", "theme", counts.themes),
        ("status", "status", counts.statuses),
        ("metric", "metric", counts.metrics),
    )
    for word, family, found in parts:
        rows += [(say(word, lang), terms.name(family, key, lang), count) for key, count in found.items()]
    for found, is_planned in ((counts.relations, False), (counts.planned, True)):
        named = [(terms.relation(key, planned=is_planned).say(lang), count) for key, count in found.items()]
        rows += [(say("relation", lang), name, count) for name, count in named]
    for key, count in counts.sources.items():
        rows.append((say("source", lang), titles[key].say(lang) if key in titles else key, count))
    return [(what, name, f"{count:,}") for what, name, count in rows]
