"""The commands of a curator: check, format, verify."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import options
from kg.cli.output import clean, write_json

if TYPE_CHECKING:
    from kg.check.verify import Verification
    from kg.errors import Problem

__all__ = ["COMMANDS"]


@click.command()
@options.as_json
@options.data
@click.pass_context
def check(ctx: click.Context, as_json: bool, folder: Path | None) -> None:
    """Hold the data files to the rules.

    Every problem is named with its file, its line and its cure.
    """
    from kg.check.rules import check as find_problems
    from kg.errors import DataError

    summary = ""
    try:
        data = options.as_written(folder)
        with options.working("Checking"):
            problems: Sequence[Problem] = find_problems(data)
        statements = sum(1 for _ in data.knowledge.statements())
        summary = f"No problems: {len(data.knowledge.entities)} entities, {statements} statements."
    except DataError as error:
        problems = error.problems
    _report(problems, summary, as_json)
    ctx.exit(1 if problems else 0)


def _report(problems: Sequence[Problem], summary: str, as_json: bool) -> None:
    if as_json:
        write_json(problems)
        return
    for problem in problems:
        click.echo(clean(str(problem)))
    count = f"{len(problems)} problem{'s' * (len(problems) != 1)}."
    unread = "" if summary else " What the files say was not checked: mend these first, and check again."
    click.echo(f"{count}{unread}" if problems else summary, err=True)


@click.command("format")
@click.option("--check", "only_check", is_flag=True, help="Change nothing; exit 1 if a file would be changed.")
@options.data
@click.pass_context
def format_files(ctx: click.Context, only_check: bool, folder: Path | None) -> None:
    """Put the data files into their one spelling."""
    from kg.load.folder import data_folder
    from kg.load.save import format_folder

    place = folder or data_folder()
    with options.working("Formatting"):
        changed = format_folder(place, write=not only_check)
    for path in changed:
        click.echo(f"{'To be formatted' if only_check else 'Formatted'}: {path.relative_to(place).as_posix()}")
    if not changed:
        click.echo("Every file has its one spelling.", err=True)
    elif only_check:
        click.echo(f"Run: kg format{f' --data {shlex.quote(str(folder))}' if folder else ''}", err=True)
    ctx.exit(1 if changed and only_check else 0)


@click.command()
@click.argument("source")
@click.argument("textfile", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--record", "recording", is_flag=True, help="Write the text's hash and every phrase's position.")
@options.as_json
@options.data
@click.pass_context
def verify(
    ctx: click.Context, source: str, textfile: Path, recording: bool, as_json: bool, folder: Path | None
) -> None:
    """Prove every phrase of a source against its text.

    SOURCE is the id of a source, TEXTFILE a file that holds its text.
    """
    from kg.check.verify import record
    from kg.check.verify import verify as prove
    from kg.load.save import save_source
    from kg.load.text_file import read_text

    data = options.as_written(folder)
    known = data.knowledge.get_source(source)
    text = read_text(textfile)
    if recording:
        known = record(known, text, data.origin)
        path = save_source(data.folder, known)
        click.echo(f"Recorded in {path}", err=True)
    proof = prove(known, text, data.origin)
    if as_json:
        write_json(proof)
    else:
        _report_proof(proof)
    ctx.exit(0 if proof.holds else 1)


def _report_proof(proof: Verification) -> None:
    for problem in proof.problems:
        click.echo(clean(str(problem)))
    total = len(proof.proofs) + sum(problem.record.startswith("statement") for problem in proof.problems)
    other = any(problem.record == "text" for problem in proof.problems)
    tail = ", in a text that is not the recorded one" if other else ""
    click.echo(f"{proof.source}: {len(proof.proofs)} of {total} phrases proved{tail}.")
    if not proof.recorded and proof.holds:
        click.echo("The source has no record of its text yet. Run again with --record to keep it.", err=True)


COMMANDS = (check, format_files, verify)
