"""The command `kg`: its commands, and how its errors end."""

from __future__ import annotations

import os
import sys
from typing import Any, NoReturn

import click

from kg.cli import ask, curate, look, take
from kg.errors import KgError

__all__ = ["cli", "main"]


class _Commands(click.Group):
    """Ends every error that this package raises on purpose as one clear message and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KgError as error:
            raise click.ClickException(str(error)) from error
        except BrokenPipeError:
            raise  # the reader of a pipe has seen enough: click ends quietly
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            raise click.ClickException(f"{where}{error.strerror or error}") from error

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name in self.commands if self.get_command(ctx, name)]  # in the order in which one needs them


_EPILOG = """\b
Exit codes: 0 fine, 1 the data or the question is wrong, 2 the command is.
The data is the folder that --data names, else KG_DATA, else the project's own.
"""


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]}, epilog=_EPILOG)
@click.version_option(package_name="beijing-digital-economy", message="%(package)s %(version)s")
def cli() -> None:
    """Beijing's digital economy as a knowledge graph: find, read, ask, take along, and curate."""


for _command in (*look.COMMANDS, *ask.COMMANDS, *take.COMMANDS, *curate.COMMANDS):
    cli.add_command(_command)


def main() -> NoReturn:
    """Run the command line."""
    _speak_utf8()
    cli(prog_name="kg")
    raise AssertionError("click ends the process")


def _speak_utf8() -> None:
    """Write UTF-8 whatever the locale: with C or GBK, Python would fail at the first character that these lack.

    A pipe or a file then holds the same bytes on every machine. ``PYTHONIOENCODING`` still overrules this.
    """
    if "PYTHONIOENCODING" not in os.environ:
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
