"""The command that sends the graph to a store: load."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from kg.cli import options

if TYPE_CHECKING:
    from kg.export.to_store import Progress

__all__ = ["COMMANDS"]

_EXAMPLES = """\b
Examples:
  KG_ENDPOINT_USER=dba KG_ENDPOINT_PASSWORD=… kg load http://127.0.0.1:8890/sparql
  kg load http://127.0.0.1:3030/bde/sparql --graph-store http://127.0.0.1:3030/bde/data
  kg load http://127.0.0.1:9999/sparql --update http://127.0.0.1:9999/update
  kg query @plans_promised --endpoint http://127.0.0.1:8890/sparql
"""


@click.command(epilog=_EXAMPLES)
@click.argument("endpoint", metavar="ENDPOINT")
@click.option("--graph-store", metavar="URL", help="Where the store takes graphs (Graph Store HTTP Protocol).")
@click.option("--update", metavar="URL", help="Where the store takes SPARQL updates.")
@click.option(
    "--nquads",
    metavar="FILE",
    type=click.Path(dir_okay=False, exists=True, path_type=Path),
    help="What to send: a file that “kg export nquads” wrote.  [default: the data files]",
)
@click.option("--anew", is_flag=True, help="Begin from the start, whatever an earlier load has done.")
@options.data
def load(
    endpoint: str, graph_store: str | None, update: str | None, nquads: Path | None, anew: bool, folder: Path | None
) -> None:
    """Send the graph to a SPARQL store, and verify what arrived.

    ENDPOINT is the address of the store's queries; where it takes graphs is guessed from that unless it is said. What
    the store has under this graph's own IRIs is replaced, everything else is left alone. A load that was cut off goes
    on where it stopped when the command is run again. The login is KG_ENDPOINT_USER and KG_ENDPOINT_PASSWORD, or
    KG_ENDPOINT_TOKEN.
    """
    from kg.engine.login import login_from
    from kg.export.loading import Telling, Ways, load_store

    if graph_store and update:
        raise click.UsageError("give --graph-store or --update, not both: one way is enough")
    ways = Ways(graph_store or "", update or "")
    with _opened(nquads, folder) as content, _Bar() as bar:
        telling = Telling(bar.show, options.working)
        done = load_store(endpoint, login_from(), content, ways=ways, anew=anew, telling=telling)
    if done.begun:
        click.echo(f"Went on at byte {done.begun:,}, where the load before had stopped.", err=True)
    said = f"{sum(done.graphs.values()):,} triples in {len(done.graphs)} graphs"
    click.echo(f"Loaded data version {done.version}: {said}.", err=True)


@contextmanager
def _opened(nquads: Path | None, folder: Path | None) -> Iterator[BinaryIO]:
    """The N-Quads to send: of the file, else of the data files."""
    if nquads is not None:
        with nquads.open("rb") as content:
            yield content
        return
    from kg.graph.build import build

    yield BytesIO(build(options.loaded(folder).knowledge).nquads)


class _Bar:
    """How far a load is, on one line of a terminal; in a log, a line for each tenth."""

    def __init__(self) -> None:
        self._started = time.monotonic()
        self._told = 0
        self._terminal = sys.stderr.isatty()

    def show(self, progress: Progress) -> None:
        """Say how far it is."""
        tenth = 10 * progress.done // max(1, progress.total)
        if not self._terminal and tenth == self._told:
            return
        self._told = tenth
        speed = progress.quads / max(0.001, time.monotonic() - self._started)
        share = 100 * progress.done // max(1, progress.total)
        said = f"Sent {progress.quads:,} triples ({share} %), {speed:,.0f} a second"
        click.echo(f"\r{said}\x1b[K" if self._terminal else said, err=True, nl=not self._terminal)

    def __enter__(self) -> _Bar:
        return self

    def __exit__(self, *_: object) -> None:
        if self._terminal and self._told:
            click.echo("", err=True)


COMMANDS = (load,)
