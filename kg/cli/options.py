"""The options that many commands share, and what they open."""

from __future__ import annotations

import locale
import math
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

import click

if TYPE_CHECKING:
    from kg.engine.base import Engine
    from kg.load.files import Loaded
    from kg.model.glossary import Glossary
    from kg.model.knowledge import Knowledge
    from kg.model.text import Lang
    from kg.query.directory import Directory

__all__ = ["Opened", "Seconds", "as_json", "as_written", "data", "known", "lang", "loaded", "opened", "store",
           "working"]  # fmt: skip

F = TypeVar("F", bound=Callable[..., Any])


_ENDPOINT = "kg.endpoint"


class _Folder(click.Path):
    """A path that is not empty: an empty one would be this very folder, and is a variable that was never set."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == "":
            self.fail("it is empty: name a folder, or leave --data out", param, ctx)
        return super().convert(value, param, ctx)


class Seconds(click.FloatRange):
    """A range that "nan", which is neither below nor above any number, is not in."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        seconds = super().convert(value, param, ctx)
        if math.isnan(seconds):
            self.fail(f"“{value}” is no number of seconds", param, ctx)
        return seconds


def data(command: F) -> F:
    """``--data DIR``."""
    return click.option(
        "--data",
        "folder",
        metavar="DIR",
        type=_Folder(path_type=Path),
        help="Folder of the data files.  [default: $KG_DATA, else the project's own]",
    )(command)


def store(command: F) -> F:
    """``--data DIR`` and ``--endpoint URL``; the second is for :func:`opened`, and no argument of the command."""
    endpoint = click.option(
        "--endpoint",
        metavar="URL",
        expose_value=False,
        callback=_keep_endpoint,
        help="SPARQL endpoint of a store that holds the graph.  [default: $KG_ENDPOINT, else none]",
    )
    return endpoint(data(command))


def _keep_endpoint(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    if value == "":
        raise click.BadParameter("it is empty: name an endpoint, or leave --endpoint out", ctx, param)
    ctx.meta[_ENDPOINT] = value


def endpoint() -> str:
    """The endpoint that the command was given, else that of the environment; empty for none."""
    from kg.engine.start import endpoint_named

    return click.get_current_context().meta.get(_ENDPOINT) or endpoint_named()


def as_json(command: F) -> F:
    """``--json``."""
    return click.option("--json", "as_json", is_flag=True, help="Write JSON, for programs.")(command)


def lang(command: F) -> F:
    """``--lang zh|en``."""
    return click.option(
        "--lang",
        type=click.Choice(["zh", "en"]),
        default=_lang_of_locale,
        show_default="zh in a Chinese locale, else en",
        help="Language of names and headings.",
    )(command)


def _lang_of_locale() -> Lang:
    """The language that messages are wanted in: POSIX's variables in their order, else what the system says."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return "zh" if os.environ[name].lower().startswith("zh") else "en"
    system = (locale.getlocale()[0] or "").lower()
    return "zh" if system.startswith(("zh", "chinese")) else "en"


def as_written(folder: Path | None) -> Loaded:
    """The data for those who mend it: whatever can be read, its rules broken or not."""
    from kg.load.files import load
    from kg.load.folder import data_folder

    with working("Reading the data"):
        return load(folder or data_folder())


def loaded(folder: Path | None) -> Loaded:
    """The data, read anew; raises DataError where a graph cannot be made of it."""
    from kg.check.sound import load_sound

    with working("Reading the data"):
        return load_sound(folder)


def known(folder: Path | None) -> Knowledge:
    """Everything that there is: what the data files say, or what a store holds, in the words of the files."""
    from kg.engine.start import connect_engine
    from kg.query.knowledge import read_knowledge

    knowledge, asked = loaded(folder).knowledge, endpoint()
    if not asked:
        return knowledge
    with connect_engine(asked) as engine, working("Reading the store"):
        return read_knowledge(engine, knowledge)


class Opened(NamedTuple):
    """An engine that answers, what terms are called, and who and what is in the store."""

    engine: Engine
    glossary: Glossary
    directory: Directory


@contextmanager
def opened(folder: Path | None) -> Iterator[Opened]:
    """The graph, ready to be asked."""
    from kg.engine.start import connect_engine, start_engine
    from kg.query.directory import Directory

    knowledge = loaded(folder).knowledge
    asked = endpoint()
    with connect_engine(asked) if asked else start_engine(knowledge) as engine:
        yield Opened(engine, knowledge, Directory(engine))


@contextmanager
def working(on: str) -> Iterator[None]:
    """Say on a terminal what takes so long, once it takes more than a second; the words vanish when it is done."""
    if not sys.stderr.isatty():
        yield
        return
    said = threading.Event()

    def say() -> None:
        said.set()
        click.echo(f"{on} …", err=True, nl=False)

    timer = threading.Timer(1.0, say)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        if said.is_set():
            click.echo("\r\x1b[K", err=True, nl=False)


def chosen_lang(value: str) -> Lang:
    """What click checked to be a language."""
    return cast("Lang", value)
