"""The command that takes the whole graph along: export."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli import options

__all__ = ["COMMANDS"]


_FORMATS = """\b
FORMAT is one of
  turtle trig nquads ntriples jsonld rdfxml   RDF
  graphml gexf                                graph tools
  csv xlsx                                    spreadsheets
  ontology shapes                             the vocabulary as OWL, its rules as SHACL
"""


@click.command(epilog=_FORMATS)
@click.argument("format_name", metavar="FORMAT")
@click.option("-o", "--output", metavar="FILE", help="Where to write; - is stdout.  [default: a file in this folder]")
@options.data
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
        raise click.BadParameter(f"no format “{format_name}”: choose from {', '.join(error.suggestions)}") from error
    knowledge = options.loaded(folder).knowledge
    with options.working(f"Writing {chosen.name}"):
        content = chosen.write(knowledge)
    if output == "-":
        sys.stdout.buffer.write(content)
        return
    path = Path(output or chosen.file_name)
    write_atomic(path, content)
    click.echo(f"Wrote {path} ({len(content):,} bytes)", err=True)


COMMANDS = (export,)
