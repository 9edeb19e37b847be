"""The commands that look something up: find, show, path, stats."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

import click

from kg.cli import options
from kg.cli.output import write_json, write_table
from kg.cli.words import say

__all__ = ["COMMANDS"]


_FIND_EXAMPLES = """\b
Examples:
  kg find changanlian
  kg find "Chang'an Chain" --json
  kg find 数据 --type platform
"""


@click.command(epilog=_FIND_EXAMPLES)
@click.argument("text", nargs=-1, required=True)
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1), help="The most hits to list.")
@click.option("--type", "types", multiple=True, metavar="TYPE", help="Only entities of this type; may be repeated.")
@options.as_json
@options.lang
@options.store
def find(text: Sequence[str], limit: int, types: Sequence[str], as_json: bool, lang: str, folder: Path | None) -> None:
    """Find entities by any name, in any form.

    Chinese, English, short or former, in pinyin, by initials, in traditional characters, a part, some words, a slip.
    """
    from kg.query.search import search

    if not "".join(text).strip():
        raise click.UsageError("give a name, or a part of one, to find")
    with options.opened(folder) as (engine, glossary, _):
        unknown = [name for name in types if name not in glossary.types]
        if unknown:
            choices = ", ".join(glossary.types)
            near = get_close_matches(unknown[0].lower(), glossary.types, n=1)
            hint = f". Did you mean {near[0]}?" if near else ""
            raise click.BadParameter(f"no type “{unknown[0]}”: choose from {choices}{hint}", param_hint="--type")
        hits = search(engine, " ".join(text), limit, types or None)
    if as_json:
        write_json(hits)
    elif hits:
        headings = [say(word, lang) for word in ("id", "name", "type", "matched", "reason")]
        rows = [
            (
                hit.entity.id,
                hit.entity.name.say(options.chosen_lang(lang)),
                glossary.types[hit.entity.type].name.say(options.chosen_lang(lang)),
                hit.matched,
                f"{say(hit.reason, lang)} · {say(hit.match, lang)}",
            )
            for hit in hits
        ]
        write_table(headings, rows)
    if not hits:
        raise click.ClickException(
            f"Nothing is called “{' '.join(text)}”. Try a shorter part of the name, or its pinyin."
        )


@click.command()
@click.argument("what", nargs=-1, required=True)
@options.as_json
@options.lang
@options.store
def show(what: Sequence[str], as_json: bool, lang: str, folder: Path | None) -> None:
    """Show what is known of an entity.

    Every statement comes with the source's own words. WHAT is an id or any name of an entity, the id of a source, or
    the sixteen digits of a statement.
    """
    from kg.cli import cards
    from kg.cli.pick import card_of

    _named(what)
    with options.opened(folder) as (engine, glossary, directory):
        card = card_of(engine, directory, " ".join(what))
    if as_json:
        write_json(card)
    else:
        for line in cards.lines(card, glossary.vocabulary, options.chosen_lang(lang)):
            click.echo(line)


@click.command()
@click.argument("start")
@click.argument("end")
@click.option("--ways", default=3, show_default=True, type=click.IntRange(1, 100), help="How many ways to list.")
@click.option("--longest", default=6, show_default=True, type=click.IntRange(1, 12), help="The most steps of a way.")
@click.option("--avoid", multiple=True, metavar="NAME", help="An entity that no way may pass; may be repeated.")
@options.as_json
@options.lang
@options.store
def path(
    start: str, end: str, ways: int, longest: int, avoid: Sequence[str], as_json: bool, lang: str, folder: Path | None
) -> None:
    """Show how two entities are connected.

    The shortest ways along relations in either direction, each step with its evidence; of ways about as short, those
    past hubs come first. START and END are ids or names.
    """
    from kg.cli import cards
    from kg.cli.pick import entity_of
    from kg.query.paths import paths

    _named([start], [end], *([name] for name in avoid))
    with options.opened(folder) as (engine, glossary, _):
        ends = [entity_of(engine, name) for name in (start, end)]
        if ends[0] == ends[1]:
            raise click.UsageError(f"both names mean {ends[0].id}: name two different entities")
        avoided = [entity_of(engine, name).id for name in avoid]
        for end_id in (one.id for one in ends if one.id in avoided):
            raise click.UsageError(f"a way cannot avoid {end_id}, where it begins or ends: name another with --avoid")
        with options.working("Looking for ways"):
            found = paths(engine, ends[0].id, ends[1].id, ways, longest, avoided)
    if as_json:
        write_json(found)
        return
    for line in cards.way_lines(found, glossary.vocabulary, options.chosen_lang(lang)):
        click.echo(line)
    if not found:
        names = " — ".join(end.name.say(options.chosen_lang(lang)) for end in ends)
        click.echo(f"{names}: {say('no way', lang)}", err=True)


@click.command()
@options.as_json
@options.lang
@options.store
def stats(as_json: bool, lang: str, folder: Path | None) -> None:
    """Count entities, statements, relations and sources."""
    from kg.cli import cards
    from kg.query.stats import stats as count

    with options.opened(folder) as (engine, glossary, directory):
        counts = count(engine)
        titles = {key: source.title for key, source in directory.sources.items()}
    if as_json:
        write_json(counts)
    else:
        headings = [say(word, lang) for word in ("what", "name", "how many")]
        write_table(headings, cards.stats_rows(counts, glossary, titles, options.chosen_lang(lang)))


def _named(*names: Sequence[str]) -> None:
    if not all("".join(words).strip() for words in names):
        raise click.UsageError("a name is empty: give an id, or any name of an entity")


COMMANDS = (find, show, path, stats)
