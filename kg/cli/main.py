"""The command `kg`: its commands, and how its errors end."""

from __future__ import annotations

import os
import sys
from typing import Any, NoReturn

import click

from kg.cli import ask, curate, look, serve, store, take
from kg.errors import KgError, NotFound

__all__ = ["cli", "main"]


# What to do about a name that is like none that there is.
_ELSEWHERE = {
    "stored question": " “kg questions” lists them.",
    "parameter": " The question takes none.",
    "source": " The id of a source is the name of its file in the folder sources, without .yaml.",
}


class _Commands(click.Group):
    """Ends every error that this package raises on purpose as one clear message and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except NotFound as error:
            hint = "" if error.suggestions else _ELSEWHERE.get(error.what, "")
            raise click.ClickException(f"{error}{hint}") from error
        except KgError as error:
            raise click.ClickException(str(error)) from error
        except BrokenPipeError:
            _leave_pipe()
            ctx.exit(0)
        except OSError as error:
            raise click.ClickException(_told(error)) from error

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


for _command in (*look.COMMANDS, *ask.COMMANDS, *take.COMMANDS, *serve.COMMANDS, *store.COMMANDS, *curate.COMMANDS):
    cli.add_command(_command)


def main() -> NoReturn:
    """Run the command line."""
    _open_closed_streams()
    _speak_utf8()
    try:
        cli(prog_name="kg")
    except OSError as error:  # of --help and --version, which click prints before any command is invoked
        click.echo(f"Error: {_told(error)}", err=True)
        sys.exit(1)
    raise AssertionError("click ends the process")


def _told(error: OSError) -> str:
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{error.strerror or error}"


def _leave_pipe() -> None:
    """Send the rest nowhere: the reader of the pipe has seen enough, and Python would complain when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _open_closed_streams() -> None:
    """Give a process that was started without some of its streams (``>&-``) empty ones.

    Otherwise Python has None in their place, and the next file that is opened gets the stream's number, here and in
    the engine's processes.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_RDWR)
            if nowhere == number:
                os.set_inheritable(number, True)
            else:
                os.dup2(nowhere, number)
                os.close(nowhere)
            setattr(sys, name, os.fdopen(number, "r" if name == "stdin" else "w", encoding="utf-8"))


def _speak_utf8() -> None:
    """Write UTF-8 whatever the locale: with C or GBK, Python would fail at the first character that these lack.

    A pipe or a file then holds the same bytes on every machine. ``PYTHONIOENCODING`` still overrules this.
    """
    if "PYTHONIOENCODING" not in os.environ:
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
