"""The command that loads a store: what it says, how it ends, and what it never says."""

from __future__ import annotations

import logging
import re
import signal
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli.main import cli
from kg.graph.build import Rdf, build
from kg.graph.names import GRAPH_LOADING, GRAPH_UNION
from kg.model.knowledge import Knowledge
from tests.remote.kit import Scratch
from tests.remote.standard import PASSWORD, TOKEN, USER, Standard
from tests.stores import LOGIN

pytestmark = pytest.mark.usefixtures("no_lists")

Load = Callable[..., Result]
WRONG = "wr0ng-Passwort"


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, sample_dir: Path) -> Load:
    """Run the command on the sample; no secret may be in anything that it says."""
    monkeypatch.setenv("KG_DATA", str(sample_dir))
    caplog.set_level(logging.DEBUG)

    def run(*arguments: str) -> Result:
        result = CliRunner().invoke(cli, ["load", *arguments], prog_name="kg")
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        said = (result.output, result.stdout, result.stderr, repr(result.exception), caplog.text)
        assert not any(secret in text for secret in (PASSWORD, TOKEN, WRONG) for text in said)
        assert result.stdout == ""
        assert "\x1b" not in result.stderr and "\r" not in result.stderr
        return result

    return run


def login(monkeypatch: pytest.MonkeyPatch, user: str = "", password: str = "", token: str = "") -> None:
    for name, value in (("USER", user), ("PASSWORD", password), ("TOKEN", token)):
        monkeypatch.setenv(f"KG_ENDPOINT_{name}", value)


def test_it_loads_a_store_and_says_what_it_holds(load: Load, standard: Standard, sample_rdf: Rdf) -> None:
    result = load(standard.url)
    assert result.exit_code == 0
    assert result.stderr.splitlines()[-1].startswith(f"Loaded data version {sample_rdf.data_version}: ")
    assert standard.count(GRAPH_UNION) == len({tuple(quad)[:3] for quad in sample_rdf.quads})


def test_without_a_terminal_it_says_how_far_it_is_in_a_few_lines(
    load: Load, standard: Standard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.export.to_store._WINDOW", 5_000)
    *progress, last = load(standard.url).stderr.splitlines()
    shares = [re.fullmatch(r"Sent [\d,]+ triples \((\d+) %\), [\d,]+ a second", line) for line in progress]
    assert all(shares), progress
    assert [int(share[1]) // 10 for share in shares if share] == list(range(1, 11))
    assert last.startswith("Loaded")


@pytest.mark.parametrize("way", ["graph_store", "update"])
def test_it_is_told_where_a_store_takes_graphs(load: Load, standard: Standard, way: str) -> None:
    assert load(standard.url, f"--{way.replace('_', '-')}", getattr(standard, way)).exit_code == 0
    assert any(asked.path == getattr(standard, way).removeprefix(standard.root) for asked in standard.asked)


def test_two_ways_are_a_usage_error_and_touch_nothing(load: Load, standard: Standard) -> None:
    result = load(standard.url, "--graph-store", standard.graph_store, "--update", standard.update)
    assert result.exit_code == 2
    assert "--graph-store" in result.stderr and "--update" in result.stderr
    assert not standard.asked


def test_a_file_is_loaded_in_place_of_the_data(load: Load, standard: Standard, twice_rdf: Rdf, tmp_path: Path) -> None:
    path = tmp_path / "graph.nq"
    path.write_bytes(twice_rdf.nquads)
    assert twice_rdf.data_version in load(standard.url, "--nquads", str(path)).stderr


@pytest.mark.parametrize("content", [b"", b"\x00\xff", b"not an export\n", b"<urn:s> <urn:p> <urn:o> .\n"])
def test_a_file_that_is_no_export_is_one_clear_error(
    load: Load, standard: Standard, content: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "graph.nq"
    path.write_bytes(content)
    result = load(standard.url, "--nquads", str(path))
    assert result.exit_code == 1
    assert re.fullmatch(r"Error: .*kg export nquads.*\n", result.stderr)
    assert not standard.asked


def test_a_file_that_is_not_there_is_a_usage_error(load: Load, standard: Standard, tmp_path: Path) -> None:
    for path in (tmp_path / "none.nq", tmp_path):
        assert load(standard.url, "--nquads", str(path)).exit_code == 2


def test_a_load_that_went_on_says_where(load: Load, standard: Standard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.export.to_store._WINDOW", 90_000)
    sent: list[str] = []

    def lose(graph: str, lines: list[bytes]) -> list[bytes]:
        sent.append(graph)
        if sent.count(GRAPH_LOADING) == 3 and graph == GRAPH_UNION:  # the second window
            raise ValueError("the disk is full")
        return lines

    standard.lose = lose
    result = load(standard.url)
    assert result.exit_code == 1
    assert re.search(r"Error: .*the disk is full", result.stderr) and standard.url in result.stderr
    sent.clear()
    result = load(standard.url)
    assert result.exit_code == 0
    assert re.search(r"Went on at byte [\d,]+, ", result.stderr)
    assert "Went on" not in load(standard.url, "--anew").stderr


@pytest.mark.parametrize("auth", ["basic", "digest", "bearer"])
def test_the_login_comes_from_the_environment(load: Load, auth: str, monkeypatch: pytest.MonkeyPatch) -> None:
    login(monkeypatch, token=TOKEN) if auth == "bearer" else login(monkeypatch, USER, PASSWORD)
    with Standard(auth) as store:
        assert load(store.url).exit_code == 0


@pytest.mark.parametrize("auth", ["basic", "digest", "bearer"])
@pytest.mark.parametrize("only_writing", [True, False])
@pytest.mark.parametrize("who", [{}, {"user": USER, "password": WRONG}, {"token": WRONG}])
def test_a_wrong_login_and_none_are_one_clear_error(
    load: Load, auth: str, only_writing: bool, who: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    login(monkeypatch, **who)
    with Standard(auth, guarded=lambda asked: not only_writing or bool(asked.all("update"))) as store:
        result = load(store.url)
        assert result.exit_code == 1
        assert re.fullmatch(r"Error: .*KG_ENDPOINT_USER.*\n", result.stderr)
        assert store.url in result.stderr
        assert not store.quads()


def test_half_a_login_is_one_clear_error(load: Load, standard: Standard, monkeypatch: pytest.MonkeyPatch) -> None:
    login(monkeypatch, user=USER)
    result = load(standard.url)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "KG_ENDPOINT_PASSWORD" in result.stderr
    assert not standard.asked


def test_a_store_that_is_down_is_one_clear_error(load: Load) -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{held.getsockname()[1]}/sparql"
        result = load(url)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert url in result.stderr and "refused" in result.stderr


@pytest.mark.parametrize("url", ["sparql", "ftp://127.0.0.1/", f"http://{USER}:{PASSWORD}@127.0.0.1:1/sparql"])
def test_what_is_no_address_is_one_clear_error(load: Load, standard: Standard, url: str) -> None:
    for arguments in ([url], [standard.url, "--update", url], [standard.url, "--graph-store", url]):
        result = load(*arguments)
        assert (result.exit_code, result.stderr.count("\n")) == (1, 1), arguments


def test_virtuoso_is_loaded_with_its_login(
    load: Load, scratch: Scratch, sample_rdf: Rdf, monkeypatch: pytest.MonkeyPatch
) -> None:
    login(monkeypatch, LOGIN.user, LOGIN.password)
    result = load(scratch.changed().endpoint, "--anew")
    assert result.exit_code == 0
    assert sample_rdf.data_version in result.stderr


@pytest.mark.parametrize("who", [{}, {"user": "dba", "password": WRONG}, {"token": WRONG}])
def test_virtuoso_lets_nobody_else_write(
    load: Load, scratch: Scratch, sample_rdf: Rdf, who: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = scratch.hold(sample_rdf.nquads)
    login(monkeypatch, **who)
    result = load(store.endpoint)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "KG_ENDPOINT_USER" in result.stderr
    assert load(store.endpoint).exit_code != 0


def test_a_load_of_virtuoso_that_breaks_off_goes_on_when_it_is_up_again(
    load: Load, scratch: Scratch, knowledge: Knowledge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It crashes in the midst of a load, and what it had taken is kept."""
    monkeypatch.setattr("kg.export.to_store._WINDOW", 300_000)
    login(monkeypatch, LOGIN.user, LOGIN.password)
    rdf, path, store = build(knowledge), tmp_path / "graph.nq", scratch.changed()
    path.write_bytes(rdf.nquads)
    shown: list[int] = []

    def show(bar: object, progress: object) -> None:
        shown.append(1)
        if len(shown) == 5:
            store.end(signal.SIGKILL)

    monkeypatch.setattr("kg.cli.store._Bar.show", show)
    result = load(store.endpoint, "--nquads", str(path), "--anew")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "Run the same command again to go on" in result.stderr
    store.start()
    result = load(store.endpoint, "--nquads", str(path))
    assert result.exit_code == 0
    assert "Went on at byte" in result.stderr and rdf.data_version in result.stderr
