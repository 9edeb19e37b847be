"""The commands that ask SPARQL: query, questions."""

from __future__ import annotations

import sys
from collections.abc import Collection, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import options
from kg.cli.output import write_json, write_table
from kg.cli.words import say
from kg.errors import NotFound

if TYPE_CHECKING:
    from kg.model.text import Lang

__all__ = ["COMMANDS"]

_FORMATS = ("table", "csv", "spreadsheet", "tsv", "json", "xml", "xlsx", "parquet", "html", "markdown", "latex", "text",
            "turtle", "ntriples", "jsonld", "rdfxml")  # fmt: skip
_BINARY = ("xlsx", "parquet")

# The endings of files by which a format is known. A graph's .json is JSON-LD, its .xml RDF/XML.
_ENDINGS = {"md": "markdown", "tex": "latex", "htm": "html", "txt": "text", "ttl": "turtle", "nt": "ntriples",
            "srj": "json", "srx": "xml", "rdf": "rdfxml",
            **{name: name for name in ("csv", "tsv", "json", "xml", "xlsx", "parquet", "html", "jsonld")}}  # fmt: skip
_OF_GRAPHS = {"json": "jsonld", "xml": "rdfxml"}

_EXAMPLES = """\b
Examples:
  kg query @plans_promised --format csv > plans.csv
  kg query @figures_of_entity --param entity=big-data-platform
  kg query @plans_promised --output plans.xlsx
  echo 'ASK { ?s ?p ?o }' | kg query -
"""


@click.command(epilog=_EXAMPLES)
@click.argument("question", metavar="FILE|-|@NAME")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(_FORMATS),
    help="[default: by the ending of FILE, else table, for a graph turtle]",
)
@click.option("-o", "--output", metavar="FILE", help="Where to write; - is stdout, which is the default.")
@click.option("--param", "values", multiple=True, metavar="NAME=VALUE", help="The value of $NAME; may be repeated.")
@click.option("--timeout", default=10.0, show_default=True, type=options.Seconds(0.01, 86_400), help="Seconds.")
@click.option(
    "--rows", default=100_000, show_default=True, type=click.IntRange(1, 10_000_000), help="The most rows to give."
)
@options.lang
@options.store
def query(
    question: str,
    format_name: str | None,
    output: str | None,
    values: Sequence[str],
    timeout: float,
    rows: int,
    lang: str,
    folder: Path | None,
) -> None:
    """Ask a question in SPARQL.

    It is read from a FILE, from stdin (-), or is a stored one (@NAME; see "kg questions"). In a file, $name is a
    parameter: give it with --param name=VALUE, where VALUE is ent:changan-chain, <IRI>, 42, 2025-03-20, "长安链"@zh or
    a plain text. A stored question takes ids: --param entity=changan-chain. A table shows one label for each thing, in
    the language of --lang, and so do xlsx, html, markdown and latex, which also tell the query, the version of the data
    and its sources. The other formats have every column; "spreadsheet" is CSV that Excel and WPS open safely.
    """
    from kg.cli.answers import about_answer, with_place, write_answer, write_file
    from kg.engine.base import Limits
    from kg.errors import MalformedQuery

    wanted = _wanted(format_name, output)
    given = _pairs(values)
    text = _text(question, given)
    with options.opened(folder) as opened:
        engine = opened.engine
        if question.startswith("@"):
            _hold(question, given, opened)
        try:
            with options.working("Asking"):
                answer = engine.ask(text, limits=Limits(seconds=timeout, rows=rows))
        except MalformedQuery as error:
            raise click.ClickException(with_place(error, text)) from error
        language = options.chosen_lang(lang)
        chosen = wanted or ("turtle" if answer.form == "graph" else "table")
        if chosen == "table":
            write_answer(answer, language)
        else:
            chosen = _OF_GRAPHS.get(chosen, chosen) if answer.form == "graph" and not format_name else chosen
            about = about_answer(answer, _title(question, language), text, opened.directory, language)
            write_file(answer, chosen, about, engine, output)
    if answer.cut:
        click.echo(f"Cut after {answer.rows:,} rows: there are more. Ask for them with --rows.", err=True)
    elif answer.empty:
        click.echo("No rows: the question is sound, and nothing in the graph fits it.", err=True)


def _wanted(format_name: str | None, output: str | None) -> str | None:
    """The format by its name or by the file's ending, None for the default; where it must not go, a usage error."""
    ending = Path(output).suffix[1:].lower() if output and output != "-" else ""
    name = format_name or _ENDINGS.get(ending)
    if name in _BINARY and output is None:
        raise click.UsageError(f"{name} is not text: say where it goes with --output FILE (- is stdout).")
    if output and output != "-" and name in (None, "table"):
        raise click.UsageError(f"“{output}” does not say in which format: end it in .xlsx, .csv …, or give --format.")
    return name


def _title(question: str, lang: Lang) -> str:
    """The title of a stored question; a query of one's own has none."""
    from kg.query.questions import get_question

    return get_question(question[1:]).title.say(lang) if question.startswith("@") else ""


def _pairs(values: Sequence[str]) -> dict[str, str]:
    pairs = {}
    for value in values:
        name, equals, given = value.partition("=")
        if not equals or not name:
            raise click.BadParameter(f"“{value}” is not of the form NAME=VALUE", param_hint="--param")
        name = name.lstrip("$?")
        if name in pairs:
            raise click.BadParameter(f"{name} is given twice: keep one of the two", param_hint="--param")
        pairs[name] = given
    return pairs


def _hold(question: str, given: dict[str, str], opened: options.Opened) -> None:
    """Refuse an id that names nothing (an answer without rows would not say so), and tell what is taken unasked."""
    from kg.query.questions import get_question
    from kg.query.search import suggestions

    glossary = opened.glossary
    ids: dict[str, Collection[str]] = {
        "type": glossary.types,
        "metric": glossary.metrics,
        "theme": glossary.themes,
        "status": glossary.statuses,
    }
    for one in get_question(question[1:]).parameters:
        value = given.get(one.name, one.default)
        if one.name not in given:
            click.echo(f"{one.name} is {value} unless you say --param {one.name}=…", err=True)
        elif one.kind == "entity" and opened.directory.entity(value) is None:
            raise NotFound("entity", value, suggestions(opened.engine, value))
        elif one.kind == "source" and value not in opened.directory.sources:
            raise NotFound("source", value, get_close_matches(value, opened.directory.sources, n=3, cutoff=0.5))
        elif one.kind in ids and value not in ids[one.kind]:
            raise NotFound(one.kind, value, get_close_matches(value, ids[one.kind], n=3, cutoff=0.5))


def _text(question: str, values: dict[str, str]) -> str:
    """The SPARQL to ask, its parameters bound."""
    from kg.load.text_file import decode, read_text
    from kg.query.bind import bind, parameters
    from kg.query.questions import get_question
    from kg.query.terms import read_value

    try:
        if question.startswith("@"):
            return get_question(question[1:]).text(**values)
        if question == "-":
            if sys.stdin.isatty():
                click.echo("Type the question, then Ctrl-D.", err=True)
            text = decode(sys.stdin.buffer.read(), "stdin").removeprefix("\ufeff")
        else:
            text = read_text(Path(question))
        if values:
            return bind(text, {name: read_value(value) for name, value in values.items()})
        for name in parameters(text):
            click.echo(f"${name} has no value, and is a variable: give it one with --param {name}=…", err=True)
        return text
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--param") from error


@click.command()
@click.argument("name", required=False)
@click.option("--check", is_flag=True, help="Ask each of them; exit status 1 if one has no answer.")
@options.as_json
@options.lang
@options.store
def questions(name: str | None, check: bool, as_json: bool, lang: str, folder: Path | None) -> None:
    """List the stored questions, or print one as SPARQL.

    With NAME the SPARQL is printed, to be changed and asked with "kg query -".
    """
    from kg.query.questions import get_question, groups, load_questions

    if check:
        if name is not None or as_json:
            raise click.UsageError("--check asks all questions: leave out NAME and --json.")
        _check(lang, folder)
        return
    if name is not None:
        question = get_question(name.removeprefix("@"))
        if as_json:
            write_json(question)
        else:
            click.echo(question.sparql, nl=False)
        return
    stored = load_questions()
    if as_json:
        write_json(stored)
        return
    titles = groups()
    language = options.chosen_lang(lang)
    headings = [say(word, lang) for word in ("question", "what", "name", "parameters")]
    rows = [
        (
            f"@{question.name}",
            titles[question.group].say(language),
            question.title.say(language),
            ", ".join(f"{parameter.name}={parameter.default}" for parameter in question.parameters),
        )
        for question in stored
    ]
    write_table(headings, rows)


def _check(lang: str, folder: Path | None) -> None:
    """Ask every stored question, print what came, and fail where nothing did."""
    from kg.query.proofs import prove

    with options.opened(folder) as (engine, _, _), options.working("Asking"):
        proofs = prove(engine)
    rows = [(f"@{one.question.name}", str(one.error or f"{one.rows:,}"), f"{1000 * one.seconds:.1f}") for one in proofs]
    write_table([say(word, lang) for word in ("question", "rows", "milliseconds")], rows)
    unsound = [f"@{one.question.name}" for one in proofs if not one.sound]
    if unsound:
        raise click.ClickException(f"{len(unsound)} of {len(proofs)} have no answer: {', '.join(unsound)}.")


COMMANDS = (query, questions)
