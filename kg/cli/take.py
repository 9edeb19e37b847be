"""The command that takes the whole graph along: export."""

from __future__ import annotations

import re
import sys
from difflib import get_close_matches
from pathlib import Path

import click

from kg.cli import options

__all__ = ["COMMANDS"]


# Endings of files and names of programs, by which formats are also known.
_OTHER_NAMES = {"ttl": "turtle", "nq": "nquads", "nt": "ntriples", "rdf": "rdfxml", "xml": "rdfxml", "json": "jsonld",
                "excel": "xlsx", "xls": "xlsx", "owl": "ontology", "shacl": "shapes"}  # fmt: skip

_FORMATS = """\b
FORMAT is one of
  turtle trig nquads ntriples jsonld rdfxml   RDF
  graphml gexf                                graph tools
  csv xlsx                                    spreadsheets (csv keeps each text as it is: a spreadsheet
                                              takes one that begins with = for a formula, in xlsx never)
  ontology shapes                             the vocabulary as OWL, its rules as SHACL
"""


@click.command(epilog=_FORMATS)
@click.argument("format_name", metavar="FORMAT")
@click.option("-o", "--output", metavar="FILE", help="Where to write; - is stdout.  [default: a file in this folder]")
@options.store
def export(format_name: str, output: str | None, folder: Path | None) -> None:
    """Write the whole graph in one of many formats.

    Equal data gives equal bytes, on every machine.
    """
    from kg.errors import NotFound
    from kg.export.files import write_atomic
    from kg.export.formats import get_format

    try:
        chosen = get_format(format_name)
    except NotFound as error:
        choices = ", ".join(error.suggestions)
        meant = _meant(format_name)
        hint = f" Did you mean {meant}?" if meant else ""
        raise click.BadParameter(f"no format “{format_name}”: choose from {choices}.{hint}") from error
    knowledge = options.known(folder)
    with options.working(f"Writing {chosen.name}"):
        content = chosen.write(knowledge)
    if output == "-":
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()  # here, where a full disk or a closed pipe is still told
        return
    path = Path(output or chosen.file_name)
    write_atomic(path, content)
    click.echo(f"Wrote {path} ({len(content):,} bytes)", err=True)


def _meant(written: str) -> str:
    """The format that goes by another name, or is written another way; empty where none is near."""
    from kg.export.formats import FORMATS

    plain = re.sub(r"[^a-z]", "", written.lower())
    if plain in _OTHER_NAMES:
        return _OTHER_NAMES[plain]
    return next(iter(get_close_matches(plain, FORMATS, n=1)), "")


COMMANDS = (export,)
