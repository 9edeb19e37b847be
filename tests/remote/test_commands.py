"""The commands on a store say what they say on the files, word for word."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from click.testing import CliRunner

from kg.cli.main import cli
from kg.engine.answer import Answer
from kg.engine.base import Engine
from kg.engine.remote import RemoteEngine
from kg.load.files import Loaded
from kg.model.knowledge import Knowledge
from kg.query.questions import get_question, load_questions
from tests.stores import Virtuoso

Said = tuple[int, str, str]

#: Whose rows have no order: the triples of a graph.
GRAPHS = {each.name for each in load_questions() if each.group == "graph"}
#: Ordered by a Chinese phrase: Virtuoso does not order long texts as it does short ones.
ORDERED_BY_LONG_TEXT = {"sources_of_speaker", "sources_same_words"}
#: Of which the standard says nothing: what a DESCRIBE tells.
DESCRIBE = "graph_described"


def say(*arguments: str) -> Said:
    result = CliRunner().invoke(cli, list(arguments), prog_name="kg")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture(autouse=True)
def files(loaded: Loaded, monkeypatch: pytest.MonkeyPatch) -> None:
    """The data files are read once, not by each command."""
    monkeypatch.setattr("kg.check.sound.load_sound", lambda _: loaded)


@pytest.fixture
def on_files(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Said]:
    """What a command says on the files; the engine on them is started once."""

    def started(knowledge: Knowledge, **settings: int) -> AbstractContextManager[Engine]:
        return nullcontext(engine)

    def ask(*arguments: str) -> Said:
        with monkeypatch.context() as patched:
            patched.setattr("kg.engine.start.start_engine", started)
            return say(*arguments)

    return ask


@pytest.mark.parametrize(
    "arguments",
    [
        ("find", "cal", "--lang", "zh"),
        ("find", "shuju", "--limit", "50", "--json"),
        ("find", "chagnan"),
        ("find", "nobody-at-all"),
        ("show", "trusted-data-space", "--lang", "en"),
        ("show", "长安链", "--json"),
        ("show", "2025-03-20-benchmark-city-press-conference"),
        ("show", "87185828dd161fb3"),
        ("show", "nobody-at-all"),
        ("path", "samsung", "cyberspace-administration", "--ways", "3", "--lang", "en"),
        ("path", "三星", "beijing", "--json"),
        ("path", "samsung", "samsung"),
        ("stats", "--lang", "zh"),
        ("stats", "--json"),
        ("export", "nquads", "-o", "-"),
        ("query", "@plans_by_speaker"),
        ("query", "@figures_of_entity", "--param", "entity=nobody-at-all"),
    ],
)
def test_a_command_says_the_same(
    on_files: Callable[..., Said], real_virtuoso: Virtuoso, arguments: tuple[str, ...]
) -> None:
    assert say(*arguments, "--endpoint", real_virtuoso.endpoint) == on_files(*arguments)


@pytest.mark.parametrize(
    "arguments",
    [
        ("find", "数据", "--type", "platform"),
        ("show", "beijing", "--lang", "zh"),
        ("path", "samsung", "changan-chain", "--avoid", "beijing"),
        ("query", "@plans_promised", "--format", "csv"),
        ("questions", "plans_promised"),
        ("stats",),
        ("export", "nquads", "-o", "-"),
    ],
)
def test_the_environment_names_a_store_as_the_option_does(
    on_files: Callable[..., Said], real_virtuoso: Virtuoso, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    here = on_files(*arguments)
    monkeypatch.setenv("KG_ENDPOINT", real_virtuoso.endpoint)
    assert say(*arguments) == here


def test_the_option_goes_before_the_environment(real_virtuoso: Virtuoso, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_ENDPOINT", "http://127.0.0.1:1/nobody")
    assert say("stats", "--endpoint", real_virtuoso.endpoint)[0] == 0
    for command in ("stats", "serve", "export nquads -o -", "find x", "query @plans_promised"):
        code, out, err = say(*command.split())
        assert (code, out, err.count("\n")) == (1, "", 1), command
        assert "http://127.0.0.1:1/nobody" in err
    assert say("stats", "--endpoint", "")[0] == 2


def test_all_stored_questions_are_sound_on_a_store(real_virtuoso: Virtuoso) -> None:
    code, out, err = say("questions", "--check", "--endpoint", real_virtuoso.endpoint)
    assert (code, err) == (0, "")
    assert out.count("@") == len(load_questions())


@pytest.fixture(scope="module")
def remote(real_virtuoso: Virtuoso) -> Iterator[RemoteEngine]:
    with RemoteEngine(real_virtuoso.endpoint) as engine:
        yield engine


def shown(answer: Answer) -> list[tuple[str, ...]]:
    """What tables show of an answer: the words of each cell, with their language."""
    rows = answer.triples() if answer.form == "graph" else answer.terms()
    return [tuple(f"{term.value}@{term.lang}" if term else "" for term in row) for row in rows]


@pytest.mark.parametrize("name", [each.name for each in load_questions() if each.name != DESCRIBE])
def test_a_stored_question_has_the_same_answer(engine: Engine, remote: RemoteEngine, name: str) -> None:
    text = get_question(name).text()
    here, there = engine.ask(text), remote.ask(text)
    assert (there.form, there.columns, there.rows, there.cut) == (here.form, here.columns, here.rows, here.cut)
    if here.form == "ask":
        assert there.boolean == here.boolean
    elif name in GRAPHS | ORDERED_BY_LONG_TEXT:
        assert Counter(shown(there)) == Counter(shown(here))
    else:
        assert shown(there) == shown(here)


@contextmanager
def serving(data: Path, *arguments: str, **environment: str) -> Iterator[str]:
    """The address of the graph that a process serves."""
    command = [sys.executable, "-m", "kg", "serve", "--port", "0", *arguments]
    known = {**os.environ, "KG_DATA": str(data), **environment}
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, env=known, text=True) as process:
        assert process.stderr is not None
        try:
            where = re.search(r"http://[\d.]+:\d+(?=/sparql$)", process.stderr.readline().strip())
            assert where, process.stderr.read()
            yield where[0]
        finally:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=30)


def told(address: str, path: str, media: str) -> tuple[int, list[str]]:
    with urlopen(Request(address + path, headers={"Accept": media}), timeout=60) as answer:  # noqa: S310 (our own)
        return answer.status, sorted(answer.read().decode().replace(address, "http://here").splitlines())


def test_what_is_served_from_a_store_is_what_is_served_from_the_files(real_virtuoso: Virtuoso, data_dir: Path) -> None:
    places = [
        ("/sparql?" + urlencode({"query": get_question("plans_promised").text()}), "text/csv"),
        ("/entity/changan-chain", "application/n-triples"),
        ("/.well-known/void", "application/n-triples"),
        ("/graph/ontology", "application/n-triples"),
        ("/health", "*/*"),
    ]
    with (
        serving(data_dir) as files,
        serving(data_dir, "--endpoint", real_virtuoso.endpoint) as by_option,
        serving(data_dir, KG_ENDPOINT=real_virtuoso.endpoint) as by_environment,
    ):
        for path, media in places:
            wanted = told(files, path, media)
            assert told(by_option, path, media) == wanted, path
            assert told(by_environment, path, media) == wanted, path
