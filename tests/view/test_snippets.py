"""A query as code: run, it asks the endpoint exactly that query, whatever signs are in it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.view.snippets import LANGUAGES, Language, snippet

NASTY = [
    """SELECT * { ?s ?p "it's", 'a "b"', '''c''', \"\"\"d"\"\"\" }""",
    'SELECT * { ?s ?p "\\\\ \\n \\" \\u5317" }\\',
    "SELECT * { ?s ?p '$HOME ${x} $(id) `id` !! %s {0} \\${y}' }",
    'SELECT * { ?s ?p "长安链"@zh, "🚀", "　", "\u00a0" } # 注：“问”',
    "SELECT *\r\n{ ?s\t?p ?o }\n\n# \r end\r\n",
    'SELECT * { ?s ?p ")", ")-", ")--" }  # r"--(x)--" )"',
    "SELECT * { ?s ?p '</script>\u2028\u2029\x0b\x0c\x85\x1b\u202e' }",
    "\nSELECT * { ?s ?p ?o }\nSPARQL\nEOF\n'",
    "SELECT * { ?s ?p 'a&b=c+d%20e;f' }\"",
]

#: What the snippet imports, so that the test needs no package: it sends what the real one sends.
WRAPPER = """
import json, urllib.parse, urllib.request
JSON, TURTLE, POST = "json", "turtle", "POST"
class SPARQLWrapper:
    def __init__(self, endpoint): self.endpoint = endpoint
    def setMethod(self, method): assert method == POST
    def setReturnFormat(self, format): self.format = format
    def setQuery(self, query): self.text = query
    def query(self):
        accept = {"json": "application/sparql-results+json", "turtle": "text/turtle"}[self.format]
        body = urllib.parse.urlencode({"query": self.text}).encode()
        request = urllib.request.Request(self.endpoint, body, {"Accept": accept})
        with urllib.request.urlopen(request) as response: self.body = response.read()
        return self
    def convert(self): return json.loads(self.body) if self.format == "json" else self.body
"""


class Endpoint:
    """An endpoint on this machine that keeps what it was asked, and always gives the same answer."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                endpoint.asked += parse_qs(body, keep_blank_values=True, strict_parsing=True)["query"]
                answers = {
                    "text/csv": b"x\r\nreached\r\n",
                    "application/sparql-results+json": json.dumps(
                        {"boolean": True, "results": {"bindings": [{"x": {"type": "literal", "value": "reached"}}]}}
                    ).encode(),
                    "text/turtle": b"<http://e.x/reached> a <http://e.x/a> .",
                }
                kind = next(one for one in self.headers["Accept"].split(",") if one in answers)
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.end_headers()
                self.wfile.write(answers[kind])

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/sparql?a='b'&c=%22$d"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture(scope="module")
def endpoint() -> Iterator[Endpoint]:
    one = Endpoint()
    yield one
    one.server.shutdown()
    one.server.server_close()


def run(language: Language, script: str, folder: Path) -> str:
    """What the script prints, run as a reader would run it."""
    names = {"curl": "ask.sh", "sparqlwrapper": "ask.py", "kg": "ask.py", "javascript": "ask.mjs"}
    programs = {"curl": "sh", "javascript": "node"}
    file = folder / names[language]
    file.write_bytes(script.encode())
    (folder / "SPARQLWrapper.py").write_text(WRAPPER, encoding="utf-8")
    needed = {"curl": "curl", "javascript": "node"}.get(language, "")
    if needed and not shutil.which(needed):
        pytest.skip(f"{needed} is not installed")
    command = [programs.get(language, sys.executable), str(file)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("query", NASTY, ids=range(len(NASTY)))
@pytest.mark.parametrize("language", ["curl", "sparqlwrapper", "javascript"])
def test_the_query_arrives_sign_for_sign(language: Language, query: str, endpoint: Endpoint, tmp_path: Path) -> None:
    endpoint.asked.clear()
    printed = run(language, snippet(language, query, endpoint.url), tmp_path)
    assert endpoint.asked == [query]
    assert "reached" in printed


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("PREFIX select: <http://e.x/> ASK { ?s ?p ?o }", "true"),
        ("# SELECT\nCONSTRUCT WHERE { ?s ?p ?o }", "http://e.x/reached"),
        ("BASE <http://e.x/ask> describe <x>", "http://e.x/reached"),
    ],
)
@pytest.mark.parametrize("language", ["curl", "sparqlwrapper", "javascript"])
def test_each_form_of_a_query_is_asked_for_what_it_gives(
    language: Language, query: str, words: str, endpoint: Endpoint, tmp_path: Path
) -> None:
    assert words in run(language, snippet(language, query, endpoint.url), tmp_path).lower()


def test_the_script_for_this_package_answers(tmp_path: Path) -> None:
    query = 'SELECT ("it\'s \\\\ \\" 长安链 ${x}" AS ?words) (COUNT(*) AS ?n) { ?s ?p ?o }'
    printed = run("kg", snippet("kg", query, ""), tmp_path)
    assert "'words': 'it\\'s \\\\ \" 长安链 ${x}'" in printed


@pytest.mark.parametrize(
    ("query", "words"),
    [("ASK { ?s ?p ?o }", "True"), ("CONSTRUCT { <http://e.x/a> <http://e.x/b> 1 } {}", "http://e.x/a")],
)
def test_the_script_for_this_package_prints_every_form(query: str, words: str, tmp_path: Path) -> None:
    assert words in run("kg", snippet("kg", query, ""), tmp_path)


def r_string(script: str) -> str:
    """The query in a script of R, read by the rules of R's own manual (``?Quotes``)."""
    written = script.split("query <- ", 1)[1]
    raw = re.match(r'r"(-*)\(', written)
    if raw:
        return written[raw.end() :].split(f'){raw[1]}"', 1)[0]
    found = re.match(r'"((?:[^"\\]|\\(?:["\\nrt]|u[0-9a-f]{4}))*)"\n', written)
    assert found, written
    return re.sub(r"\\(u[0-9a-f]{4}|.)", r_escape, found[1])


def r_escape(sign: re.Match[str]) -> str:
    known = {"r": "\r", "n": "\n", "t": "\t", '"': '"', "\\": "\\"}
    return known.get(sign[1]) or chr(int(sign[1][1:], 16))


TEXT = st.text(
    st.one_of(st.sampled_from("\"'`\\$\\{}()-\r\n\t ur北x0"), st.characters(codec="utf-8", exclude_characters="\0"))
)


@given(TEXT)
def test_r_reads_the_query_back(query: str) -> None:
    assert r_string(snippet("r", query, "https://e.x/")) == query


@pytest.mark.parametrize("query", NASTY, ids=range(len(NASTY)))
def test_r_reads_a_nasty_query_back(query: str) -> None:
    assert r_string(snippet("r", query, "https://e.x/")) == query


def test_what_r_can_hold_as_it_is_is_not_escaped() -> None:
    assert 'query <- r"(ASK { ?s ?p "长安链" })"\n' in snippet("r", 'ASK { ?s ?p "长安链" }', "https://e.x/")


@given(TEXT)
def test_python_reads_the_query_back(query: str) -> None:
    names: dict[str, str] = {}
    assignment = snippet("kg", query, "").split("\n\n", 1)[1].rsplit("\n\nwith start_engine", 1)[0]
    exec(assignment, names)  # noqa: S102 (made here)
    assert names["query"] == query


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_script_shows_every_sign_of_what_it_runs(language: Language) -> None:
    script = snippet(language, "SELECT * { ?s ?p '\u202e\u200b\x1b' }", "https://e.x/")
    assert language == "curl" or not re.search("[\u202e\u200b\x1b]", script)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_character_that_cannot_be_sent_is_refused(language: Language) -> None:
    with pytest.raises(ValueError, match="U\\+D800 cannot be sent"):
        snippet(language, "ASK {} # \ud800", "https://e.x/")


def test_an_endpoint_that_is_no_web_address_is_refused() -> None:
    with pytest.raises(ValueError, match="no web address"):
        snippet("curl", "ASK {}", "--output=/etc/passwd")
