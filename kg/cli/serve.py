"""The command that serves: the graph as a SPARQL endpoint."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options

__all__ = ["COMMANDS"]

_EXAMPLES = """\b
Examples:
  kg serve
  kg serve --host 0.0.0.0 --port 8080 --timeout 60
  curl -H 'Accept: text/csv' --data-urlencode 'query=SELECT * { ?s ?p ?o } LIMIT 3' http://127.0.0.1:7878/sparql
"""


@click.command(epilog=_EXAMPLES)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 is every one.")
@click.option("--port", default=7878, show_default=True, type=click.IntRange(0, 65_535), help="0 is any free one.")
@click.option(
    "--timeout", default=30.0, show_default=True, type=options.Seconds(0.1, 3_600), help="Seconds for each query."
)
@click.option(
    "--rows",
    default=1_000_000,
    show_default=True,
    type=click.IntRange(1, 100_000_000),
    help="The most rows of an answer: one with more is an error, never cut.",
)
@click.option(
    "--memory", default=512, show_default=True, type=click.IntRange(16, 1_000_000), help="Megabytes for each query."
)
@click.option(
    "--workers", default=8, show_default=True, type=click.IntRange(1, 1_000), help="Queries worked on at once."
)
@click.option(
    "--origin",
    "origins",
    multiple=True,
    default=("*",),
    show_default=True,
    help="Whose pages may ask from a browser (CORS); may be repeated.",
)
@click.option("--log-queries", is_flag=True, help="Log whole queries; else their strings and numbers are left out.")
@options.store
def serve(
    host: str,
    port: int,
    timeout: float,
    rows: int,
    memory: int,
    workers: int,
    origins: tuple[str, ...],
    log_queries: bool,
    folder: Path | None,
) -> None:
    """Serve the graph as a SPARQL 1.1 endpoint.

    At /sparql it answers queries by GET and POST, in JSON, XML, CSV or TSV, and graphs in Turtle, N-Triples, JSON-LD,
    RDF/XML, N-Quads or TriG; without a query it describes itself. /.well-known/void describes the data set, /health
    says whether it answers, and every IRI of the graph answers under its own path. Each request is a line of JSON on
    stderr.
    """
    from kg.collector import keep_for_long
    from kg.engine.base import Limits
    from kg.engine.memory import RememberingEngine
    from kg.engine.start import connect_engine, start_engine
    from kg.serve.endpoint import make_app
    from kg.serve.logs import log_to_stderr
    from kg.serve.server import run
    from kg.serve.settings import Settings

    knowledge = options.loaded(folder).knowledge
    limits = Limits(seconds=timeout, rows=rows, megabytes=memory)
    settings = Settings(limits=limits, places=16 * workers, origins=tuple(origins), log_queries=log_queries)
    asked = options.endpoint()
    behind = connect_engine(asked, places=workers) if asked else start_engine(knowledge, max_workers=workers)
    with RememberingEngine(behind) as engine:
        log_to_stderr()
        keep_for_long()
        told = f"Serving data version {engine.data_version} at"
        run(make_app(engine, settings), host, port, lambda where: click.echo(f"{told} {where}", err=True))


COMMANDS = (serve,)
