"""The command as a true process: it says where it is, answers, and ends when it is told to."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner

from kg.cli.main import cli
from kg.errors import KgError
from kg.serve.endpoint import make_app
from kg.serve.server import run as open_and_run
from tests.serve.clients import Held, Place, send_on

SAMPLE = Path(__file__).resolve().parents[1] / "sample"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o }"
ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))},
    "KG_DATA": str(SAMPLE),
    "LC_ALL": "C",
}


class Served:
    """A process that serves: where, and what it said before."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stderr is not None
        self.process = process
        self.said = process.stderr.readline()
        where = re.search(r"http://([\d.]+|\[[\w:]+\]):(\d+)/sparql$", self.said.strip())
        assert where, self.said + process.stderr.read()
        self.place = Place(where[1].strip("[]"), int(where[2]))

    def end(self, number: signal.Signals) -> tuple[int, list[str]]:
        """Send the signal: the exit code, and the lines on standard error since the first."""
        self.process.send_signal(number)
        out, rest = self.process.communicate(timeout=60)
        assert out == ""
        return self.process.returncode, rest.splitlines()


@contextmanager
def started(*arguments: str) -> Iterator[Served]:
    command = [sys.executable, "-m", "kg", "serve", "--port", "0", *arguments]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT, text=True, encoding="utf-8"
    ) as process:
        try:
            yield Served(process)
        finally:
            process.kill()


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg", "serve", *arguments]
    return subprocess.run(
        command, capture_output=True, check=False, env=ENVIRONMENT, text=True, encoding="utf-8", timeout=120
    )


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_says_where_it_is_answers_and_ends_when_it_is_told_to(number: signal.Signals) -> None:
    with started() as served:
        assert re.fullmatch(r"Serving data version \w+ at http://127\.0\.0\.1:[1-9]\d*/sparql\n", served.said)
        kept = served.place.connect()
        assert send_on(kept, "GET", "/sparql?" + urlencode({"query": "ASK { ?s ?p '长安链' }"})).status == 200
        code, lines = served.end(number)
        kept.close()
    assert code == 0
    (line,) = (json.loads(line) for line in lines)
    assert (line["path"], line["status"]) == ("/sparql", 200)
    assert "长安链" not in line["query"]


def test_it_ends_in_the_middle_of_a_question() -> None:
    with started("--timeout", "3600") as served:
        asker = served.place.connect()
        asker.request("GET", "/sparql?" + urlencode({"query": ENDLESS}))
        assert served.place.get("/health").status == 200  # who came later was answered: the question is at work
        code, lines = served.end(signal.SIGTERM)
        assert asker.getresponse().status == 503
        asker.close()
    told = [json.loads(line) for line in lines]
    assert code == 0
    assert [line["failed"] for line in told if "failed" in line] == ["unavailable"]
    assert not [line for line in told if "traceback" in line]


def test_what_it_is_told_is_what_it_does() -> None:
    with started("--rows", "5", "--log-queries", "--origin", "https://a.example", "--timeout", "0.3") as served:
        place = served.place
        assert place.ask("SELECT * { ?s ?p ?o }").status == 507
        assert place.ask(ENDLESS).status == 504
        assert "access-control-allow-origin" not in place.ask("ASK {}", headers={"Origin": "https://b.example"}).headers
        allowed = place.ask("ASK { ?s ?p '长安链' }", headers={"Origin": "https://a.example"})
        assert allowed.headers["access-control-allow-origin"] == "https://a.example"
        _, lines = served.end(signal.SIGTERM)
    assert json.loads(lines[-1])["query"] == "ASK { ?s ?p '长安链' }"


def test_what_is_sent_beside_is_one_json_line_too() -> None:
    with started() as served:
        served.place.raw(b"nonsense\r\n\r\n")
        served.place.send("GET", "/sparql?" + urlencode({"query": "ASK {"}))
        _, lines = served.end(signal.SIGTERM)
    first, second = (json.loads(line) for line in lines)
    assert (first["level"], second["failed"]) == ("warning", "malformed")


def test_a_port_that_is_taken_is_told_in_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        process = run("--port", str(port))
    assert process.returncode == 1
    assert process.stderr == (
        f"Error: The port {port} of 127.0.0.1 cannot be opened (Address already in use). "
        "Choose another with --port, or --host.\n"
    )


@pytest.mark.parametrize("host", ["a" * 70, "a..b", "192.0.2.1"])
def test_a_host_that_is_none_of_ours_is_told_in_one_sentence(host: str) -> None:
    with pytest.raises(KgError, match=r"The port 0 of .* cannot be opened \(.+\)\. Choose another .*\.") as caught:
        open_and_run(make_app(Held()), host, 0, lambda where: pytest.fail(f"it is open at {where}"))
    assert caught.value.say("zh").startswith("无法打开")


@pytest.mark.parametrize(
    "arguments",
    ["--port 65536", "--port -1", "--port x", "--timeout 0", "--timeout nan", "--timeout inf", "--rows 0",
     "--workers 0", "--memory 1", "--no-such-option", "somewhere", "--data="],
)  # fmt: skip
def test_an_option_that_is_wrong_is_a_wrong_command(arguments: str) -> None:
    result = CliRunner().invoke(cli, ["serve", *arguments.split()])
    assert result.exit_code == 2
    assert result.output.startswith("Usage: cli serve")
