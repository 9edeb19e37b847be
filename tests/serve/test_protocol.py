"""What the SPARQL 1.1 Protocol and HTTP let a client send, and what each mistake is answered with."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest

from kg.engine.base import Engine, Limits
from kg.errors import EngineUnavailable, QueryError, QueryTimeout
from kg.graph.names import BASE, GRAPH_ENTITIES, GRAPH_VOCABULARY, entity_iri
from kg.serve.settings import Settings
from tests.serve.clients import Failing, Held, Place, Reply, send_on, serving

FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
COUNT_IN = "SELECT (COUNT(*) AS ?n) FROM <%s> { ?s ?p ?o }"
ALL = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o }"
CHINESE = re.compile(r"[\u4e00-\u9fff]")

Lines = Callable[..., list[dict[str, Any]]]


def number(reply: Reply) -> int:
    """The one number of an answer in CSV."""
    assert reply.status == 200, reply.text
    return int(reply.text.split()[1])


def assert_says_why(
    place: Place, status: int, method: str, path: str, body: bytes | None = None, kind: str = ""
) -> None:
    """A sentence in plain text in both languages, and the same as problem details."""
    sent = {"Content-Type": kind} if kind else {}
    plain = place.send(method, path, body, {**sent, "Accept": "*/*"})
    assert (plain.status, plain.type, plain.headers["content-language"]) == (status, "text/plain", "en"), plain.text
    assert re.fullmatch(r"[A-Z“].*\.\n", plain.text, re.DOTALL)
    assert not CHINESE.search(plain.text)
    told = place.send(method, path, body, {**sent, "Accept": "application/json"})
    assert (told.status, told.type) == (status, "application/problem+json")
    problem = told.json()
    assert (problem["status"], problem["detail"] + "\n") == (status, plain.text)
    assert problem["type"].startswith("urn:")
    chinese = place.send(method, path, body, {**sent, "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8"})
    assert (chinese.status, chinese.headers["content-language"]) == (status, "zh")
    assert CHINESE.search(chinese.text)
    for reply in (plain, told, chinese):
        assert reply.headers["cache-control"] == "no-store"
        assert int(reply.headers["content-length"]) == len(reply.body)


# ---- Ways to ask -----------------------------------------------------------------------------------------------------


def test_a_query_is_the_same_however_it_is_sent(place: Place, sample_engine: Engine) -> None:
    query = 'SELECT ?s { ?s ?p "长安链"@zh } ORDER BY ?s # 100 % + 1 & 2'
    form = urlencode({"query": query})
    replies = [
        place.ask(query, "text/csv"),
        place.post(form, FORM, headers={"Accept": "text/csv"}),
        place.post(form, FORM + "; charset=UTF-8", headers={"Accept": "text/csv"}),
        place.post(query, QUERY, headers={"Accept": "text/csv"}),
        place.post(query, f'{QUERY.upper()};profile=x; Charset="utf-8"; a=b', headers={"Accept": "text/csv"}),
        place.post(query, QUERY, path="/sparql?format=csv"),
        place.post(urlencode({"query": query, "format": "csv"}), FORM),
    ]
    assert [reply.status for reply in replies] == [200] * len(replies)
    assert len({reply.body for reply in replies}) == 1
    assert replies[0].text.split()[1:] == [row[0].value for row in sample_engine.ask(query).terms() if row[0]]
    assert len(replies[0].text.split()) > 1


def test_a_body_may_come_in_chunks(place: Place) -> None:
    head = f"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: {QUERY}\r\nTransfer-Encoding: chunked\r\n"
    said = place.raw(f"{head}Connection: close\r\n\r\n5\r\nASK {{\r\n2\r\n }}\r\n0\r\n\r\n".encode())
    assert said.startswith(b"HTTP/1.1 200 ")
    assert b'"boolean":true' in said


@pytest.mark.parametrize("path", ["/sparql?query=ASK%7B%7D", "/sparql", "/", "/health", "/entity/changan-chain"])
def test_head_says_what_get_says_and_has_no_body(place: Place, path: str) -> None:
    got = place.get(path)
    said = place.raw(f"HEAD {path} HTTP/1.1\r\nHost: {place.host}:{place.port}\r\nConnection: close\r\n\r\n".encode())
    head, _, body = said.partition(b"\r\n\r\n")
    assert (head.split(b" ")[1], body) == (str(got.status).encode(), b"")
    assert f"content-length: {len(got.body)}".encode() in head
    assert got.status == 200


def test_any_page_may_ask_from_a_browser(place: Place) -> None:
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    allowed = place.send("OPTIONS", "/sparql", None, {**asked, "Access-Control-Request-Headers": "content-type,accept"})
    assert (allowed.status, allowed.headers["access-control-allow-origin"]) == (200, "*")
    assert "POST" in allowed.headers["access-control-allow-methods"]
    assert "content-type" in allowed.headers["access-control-allow-headers"].lower()
    for query in ("ASK {}", "ASK {"):
        reply = place.ask(query, headers={"Origin": "https://example.org"})
        assert reply.headers["access-control-allow-origin"] == "*"
        assert "etag" in reply.headers["access-control-expose-headers"].lower()


def test_only_the_origins_that_are_named_may_ask_from_a_browser(sample_engine: Engine) -> None:
    with serving(sample_engine, Settings(origins=("https://good.example",))) as place:
        good, bad = (
            place.ask("ASK {}", headers={"Origin": origin})
            for origin in ("https://good.example", "https://bad.example")
        )
    assert good.headers["access-control-allow-origin"] == "https://good.example"
    assert "origin" in good.headers["vary"].lower()
    assert "access-control-allow-origin" not in bad.headers


# ---- Mistakes --------------------------------------------------------------------------------------------------------

TWO = urlencode([("query", "ASK {}"), ("query", "ASK {}")])


@pytest.mark.parametrize(
    ("status", "method", "path", "body", "kind"),
    [
        pytest.param(400, "GET", "/sparql?" + TWO, None, "", id="two queries"),
        pytest.param(400, "POST", "/sparql", TWO.encode(), FORM, id="two queries in a form"),
        pytest.param(400, "POST", "/sparql?query=ASK%7B%7D", b"ASK {}", QUERY, id="a query in both places"),
        pytest.param(400, "POST", "/sparql", b"", FORM, id="no query in a form"),
        pytest.param(400, "POST", "/sparql", b"", QUERY, id="an empty body"),
        pytest.param(400, "GET", "/sparql?query=", None, "", id="an empty query"),
        pytest.param(400, "GET", "/sparql?update=CLEAR%20ALL", None, "", id="an update"),
        pytest.param(400, "POST", "/sparql", b"update=CLEAR+ALL", FORM, id="an update in a form"),
        pytest.param(400, "POST", "/sparql", b"update=CLEAR+ALL&query=ASK{}", FORM, id="an update beside a query"),
        pytest.param(400, "POST", "/sparql", b"CLEAR ALL", UPDATE, id="an update by its type"),
        pytest.param(400, "POST", "/sparql", b"INSERT DATA { <a:b> <a:b> 1 }", QUERY, id="an update as a query"),
        pytest.param(415, "POST", "/sparql", b"ASK {}", "", id="no content type"),
        pytest.param(415, "POST", "/sparql", b'{"query": "ASK {}"}', "application/json", id="an unknown content type"),
        pytest.param(415, "POST", "/sparql", b"ASK {}", "multipart/form-data; boundary=x", id="multipart"),
        pytest.param(415, "POST", "/sparql", b"ASK {}", QUERY + ";charset=gb18030", id="another charset"),
        pytest.param(415, "POST", "/sparql", b"query=ASK{}", FORM + '; charset="iso-8859-1"', id="a form's charset"),
        pytest.param(400, "POST", "/sparql", "ASK { ?s ?p '长' }".encode("gbk"), QUERY, id="no UTF-8"),
        pytest.param(400, "POST", "/sparql", b"query=ASK%7B%FF%7D", FORM, id="no UTF-8 in a form"),
        pytest.param(400, "GET", "/sparql?query=ASK%7B%C3%28%7D", None, "", id="no UTF-8 in the address"),
        pytest.param(400, "GET", "/sparql?query=%zz", None, "", id="bad percent-encoding"),
        pytest.param(400, "POST", "/sparql", b"a&" * 20_000, FORM, id="too many fields"),
        pytest.param(413, "POST", "/sparql", b"#" * 3_200_000, QUERY, id="a body that is too long"),
        pytest.param(400, "POST", "/sparql", b"ASK {}" + b" " * 1_000_000, QUERY, id="a query over 1 MB"),
        pytest.param(400, "POST", "/sparql", b"(" * 3_000_000, QUERY, id="3 MB of no query"),
        pytest.param(400, "POST", "/sparql", b"ASK " + b"{" * 10_000 + b"}" * 10_000, QUERY, id="10,000 brackets"),
        pytest.param(507, "POST", "/sparql", b"ASK { FILTER(" + b"!" * 30_000 + b"1) }", QUERY, id="30,000 signs"),
        pytest.param(400, "GET", "/sparql?query=ASK%7B%7D%00", None, "", id="a NUL"),
        pytest.param(400, "GET", "/sparql?query=ASK%7B%7D&format=docx", None, "", id="an unknown format"),
        pytest.param(405, "PUT", "/sparql", b"ASK {}", QUERY, id="PUT"),
        pytest.param(405, "DELETE", "/sparql", None, "", id="DELETE"),
        pytest.param(405, "PATCH", "/sparql", b"ASK {}", QUERY, id="PATCH"),
        pytest.param(405, "OPTIONS", "/sparql", None, "", id="OPTIONS of no browser"),
        pytest.param(405, "POST", "/entity/changan-chain", b"", FORM, id="POST to a thing"),
        pytest.param(404, "GET", "/sparql/", None, "", id="another path"),
        pytest.param(404, "GET", "/entity/nothing-of-the-kind", None, "", id="an unknown thing"),
    ],
)
def test_a_mistake_is_answered_by_what_is_wrong(
    place: Place, status: int, method: str, path: str, body: bytes | None, kind: str
) -> None:
    assert_says_why(place, status, method, path, body, kind)


def test_a_method_that_is_not_allowed_is_told_which_are(place: Place) -> None:
    reply = place.send("DELETE", "/sparql")
    assert set(reply.headers["allow"].split(", ")) == {"GET", "HEAD", "POST"}
    assert reply.text == "This address takes no DELETE. Use GET, HEAD, POST.\n"


def test_a_query_of_a_megabyte_is_answered(place: Place) -> None:
    query = "ASK {}" + " " * 999_994
    assert place.post(query, QUERY).json()["boolean"] is True
    assert place.post(urlencode({"query": query}), FORM).json()["boolean"] is True


def test_the_language_of_a_form_is_that_of_its_faults(place: Place) -> None:
    reply = place.post(urlencode({"query": "ASK {", "lang": "zh"}), FORM)
    assert (reply.status, reply.headers["content-language"]) == (400, "zh")
    assert CHINESE.search(reply.text)


def test_a_malformed_query_is_told_where_and_how_to_mend_it(place: Place) -> None:
    problem = place.ask("SELECT *\n{ ?s ?p ?o", "application/json").json()
    assert (problem["line"], problem["column"]) == (2, 1)
    assert problem["cures"] == [{"label": "Add “}” after “?o”"}]


def test_what_is_no_query_is_told_so_whatever_the_client_accepts(place: Place) -> None:
    reply = place.ask("CONSTRUC { ?s ?p ?o } WHERE { ?s ?p ?o }", "text/turtle")
    assert reply.status == 400
    assert "CONSTRUCT" in reply.text


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (<http://example.org/f>(1) AS ?x) {}",
        "PREFIX ex: <http://example.org/> SELECT * { ?s ?p ?o FILTER(ex:f(?o)) }",
        "PREFIX ex: <http://example.org/> SELECT ?p (SUM(ex:f(?o)) AS ?x) { ?s ?p ?o } GROUP BY ?p",
        "PREFIX ex: <http://example.org/> SELECT * { ?s ?p ?o } ORDER BY ex:f(?o)",
        "PREFIX ex: <http://example.org/> ASK { FILTER EXISTS { ?s ?p ?o BIND(ex:f(?o) AS ?x) } }",
        "PREFIX ex: <http://example.org/> CONSTRUCT { ?s ?p ?x } { ?s ?p ?o BIND(ex:f(?o) AS ?x) }",
    ],
)
def test_a_function_that_nobody_knows_is_for_the_client_to_mend(place: Place, query: str) -> None:
    assert_says_why(place, 400, "GET", "/sparql?" + urlencode({"query": query}))
    problem = place.ask(query, "application/json").json()
    assert problem["type"] == "urn:bde:unanswerable"
    assert "<http://example.org/f>" in problem["detail"]


def test_too_many_arguments_are_for_the_client_to_mend(place: Place) -> None:
    query = "SELECT (<http://www.w3.org/2001/XMLSchema#integer>(1, 2) AS ?x) {}"
    assert_says_why(place, 400, "GET", "/sparql?" + urlencode({"query": query}))


def test_a_host_that_is_none_is_refused(place: Place) -> None:
    for host in ('x"y', "x/y", "[::1", "a b", "x@y", ""):
        said = place.raw(f"GET /sparql HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        assert said.startswith(b"HTTP/1.1 400 "), host
    for host in ("x", "x:1", "my_service:7878", "[::1]:7878", "127.0.0.1"):
        said = place.raw(f"GET /sparql HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        assert said.startswith(b"HTTP/1.1 200 "), host
        assert f"<http://{host}/sparql>".encode() in said


@pytest.mark.parametrize(
    "request_line",
    [b"GET /\xe4\xbd\xa0 HTTP/1.1", b"nonsense", b"GET /sparql HTTP/9", b"GET / HTTP/1.1\r\nBad Name: x"],
)
def test_what_is_no_http_ends_the_connection_and_not_the_server(place: Place, request_line: bytes) -> None:
    said = place.raw(request_line + b"\r\nHost: x\r\n\r\n")
    assert said.startswith(b"HTTP/1.1 400 ")
    assert place.ask("ASK {}").status == 200


def test_a_connection_lives_on_after_mistakes(place: Place) -> None:
    connection = place.connect()
    try:
        connection.connect()
        opened = connection.sock
        long = b"#" * 4_000_000
        statuses = [
            send_on(connection, method, path, body, {"Content-Type": kind} if kind else {}).status
            for method, path, body, kind in (
                ("GET", "/sparql?query=nonsense", None, ""),
                ("POST", "/sparql", b"CLEAR ALL", UPDATE),
                ("POST", "/sparql", long, QUERY),
                ("PUT", "/sparql", None, ""),
                ("GET", "/nothing", None, ""),
                ("HEAD", "/nothing", None, ""),
                ("GET", "/sparql?query=ASK%7B%7D", None, ""),
            )
        ]
        assert connection.sock is opened
    finally:
        connection.close()
    assert statuses == [400, 400, 413, 405, 404, 404, 200]


def test_a_client_that_goes_away_while_it_speaks_is_no_failure(
    place: Place, lines: Lines, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.create_connection(place) as connection:
        head = f"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: {QUERY}\r\nContent-Length: 100\r\n\r\n"
        connection.sendall(head.encode() + b"ASK {")
    assert lines(1, failed="stopped")[0]["status"] == 503
    assert [record for record in caplog.records if record.name == "uvicorn.error"] == []


# ---- Graphs beside the query -----------------------------------------------------------------------------------------


def test_graphs_beside_the_query_are_what_it_is_asked_of(place: Place, sample_engine: Engine) -> None:
    own = [number(place.ask(COUNT_IN % graph, "text/csv")) for graph in (GRAPH_ENTITIES, GRAPH_VOCABULARY)]
    one = place.ask(COUNT, "text/csv", **{"default-graph-uri": GRAPH_ENTITIES})
    both = urlencode([("default-graph-uri", GRAPH_ENTITIES), ("default-graph-uri", GRAPH_VOCABULARY)])
    two = place.post(COUNT, QUERY, path=f"/sparql?{both}&format=csv")
    form = place.post(urlencode({"query": COUNT, "default-graph-uri": GRAPH_ENTITIES, "format": "csv"}), FORM)
    assert (number(one), number(two), number(form)) == (own[0], sum(own), own[0])
    assert 0 < own[0] < number(place.ask(COUNT, "text/csv"))


def test_graphs_beside_the_query_take_the_place_of_its_own(place: Place) -> None:
    query = COUNT_IN % GRAPH_VOCABULARY
    beside = number(place.ask(query, "text/csv", **{"default-graph-uri": GRAPH_ENTITIES}))
    assert beside == number(place.ask(COUNT, "text/csv", **{"default-graph-uri": GRAPH_ENTITIES}))
    assert beside != number(place.ask(query, "text/csv"))


def test_graphs_named_beside_the_query_are_those_for_graph(place: Place) -> None:
    query = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert number(place.ask(query, "text/csv", **{"named-graph-uri": GRAPH_ENTITIES})) == 1
    assert number(place.ask(query, "text/csv")) > 1
    assert number(place.ask(COUNT, "text/csv", **{"named-graph-uri": GRAPH_ENTITIES})) == 0
    both = {"default-graph-uri": GRAPH_VOCABULARY, "named-graph-uri": GRAPH_ENTITIES}
    assert number(place.ask(query, "text/csv", **both)) == 1
    assert number(place.ask(COUNT, "text/csv", **both)) > 0


def test_an_empty_field_for_a_graph_is_none(place: Place) -> None:
    everything = number(place.ask(COUNT, "text/csv"))
    assert number(place.ask(COUNT, "text/csv", **{"default-graph-uri": "", "named-graph-uri": ""})) == everything


@pytest.mark.parametrize("parameter", ["default-graph-uri", "named-graph-uri"])
@pytest.mark.parametrize("graph", ["file:///etc/passwd", "http://127.0.0.1/x", "entities", " ", "<" + GRAPH_ENTITIES])
def test_a_graph_that_is_not_here_is_refused(place: Place, parameter: str, graph: str) -> None:
    path = "/sparql?" + urlencode({"query": "ASK {}", parameter: graph})
    assert_says_why(place, 400, "GET", path)


# ---- Limits ----------------------------------------------------------------------------------------------------------


def test_who_finds_no_place_is_told_to_come_again() -> None:
    engine = Held()
    with serving(engine, Settings(places=1)) as place:
        first = place.connect()
        first.request("GET", "/sparql?query=ASK%7B%7D")
        assert engine.asked.wait(60)
        assert_says_why(place, 503, "GET", "/sparql?query=ASK%7B%7D")
        assert int(place.ask("ASK {}").headers["retry-after"]) > 0
        assert place.get("/health").status == 503
        first.close()
        assert engine.cancelled.wait(60)


def test_who_does_not_read_a_long_answer_keeps_a_place_till_he_is_gone(sample_engine: Engine, lines: Lines) -> None:
    with serving(sample_engine, Settings(places=1)) as place:
        slow = place.connect()
        slow.request("GET", "/sparql?" + urlencode({"query": ALL + " LIMIT 200000", "format": "json"}))
        answer = slow.getresponse()
        refused = place.ask("ASK {}")
        answer.close()
        slow.close()
        assert lines(1, rows=200_000)[0]["status"] == 200
        assert answer.status == 200
        assert (refused.status, place.ask("ASK {}").status) == (503, 200)


def test_a_short_question_is_answered_beside_a_long_one(sample_engine: Engine, lines: Lines) -> None:
    with serving(sample_engine, Settings(limits=Limits(seconds=60))) as place:
        long = place.connect()
        long.request("GET", "/sparql?" + urlencode({"query": ENDLESS}))
        short = place.ask("ASK {}")
        long.close()
        assert short.status == 200
        assert lines(1, failed="stopped", method="GET")


def test_a_deadline_is_never_an_empty_answer(sample_engine: Engine) -> None:
    with serving(sample_engine, Settings(limits=Limits(seconds=0.2))) as place:
        assert_says_why(place, 504, "GET", "/sparql?" + urlencode({"query": ENDLESS}))
    with serving(Failing(QueryTimeout(1.0))) as place:
        assert place.ask("ASK {}").status == 504
        assert "etag" not in place.ask("ASK {}").headers


def test_an_answer_with_too_many_rows_is_an_error_and_never_cut(sample_engine: Engine) -> None:
    with serving(sample_engine, Settings(limits=Limits(rows=10))) as place:
        assert_says_why(place, 507, "GET", "/sparql?" + urlencode({"query": "SELECT * { ?s ?p ?o }"}))
        assert_says_why(place, 507, "GET", "/sparql?" + urlencode({"query": "CONSTRUCT WHERE { ?s ?p ?o }"}))
        exactly = place.ask("SELECT * { ?s ?p ?o } LIMIT 10", "text/csv")
    assert (exactly.status, len(exactly.body.splitlines())) == (200, 11)


def test_an_answer_that_needs_too_much_memory_is_an_error(sample_engine: Engine) -> None:
    with serving(sample_engine, Settings(limits=Limits(megabytes=1))) as place:
        assert_says_why(place, 507, "GET", "/sparql?" + urlencode({"query": ALL}))


def test_the_question_of_a_client_that_goes_away_is_stopped(lines: Lines) -> None:
    engine = Held()
    with serving(engine) as place:
        client = place.connect()
        client.request("POST", "/sparql", b"ASK {}", {"Content-Type": QUERY})
        assert engine.asked.wait(60)
        client.close()
        assert engine.cancelled.wait(60)
        assert lines(1, failed="stopped", method="POST")


def test_an_engine_that_is_not_there_is_told_as_that() -> None:
    with serving(Failing(EngineUnavailable("It is gone.", zh="它不在了。"))) as place:
        assert_says_why(place, 503, "GET", "/sparql?query=ASK%7B%7D")


def test_an_engine_that_fails_is_not_laid_to_the_client() -> None:
    with serving(Failing(QueryError("It failed.", zh="它出错了。"))) as place:
        assert_says_why(place, 500, "GET", "/sparql?query=ASK%7B%7D")


def test_what_nobody_foresaw_is_told_without_its_inside(lines: Lines) -> None:
    with serving(Failing(RuntimeError("a secret"))) as place:
        assert_says_why(place, 500, "GET", "/sparql?query=ASK%7B%7D")
        reply = place.ask("ASK {}")
        assert "secret" not in reply.text + repr(reply.headers)
    assert {line["status"] for line in lines(4, failed="crashed")} == {500}


# ---- Validators ------------------------------------------------------------------------------------------------------


def test_an_answer_that_the_client_has_is_not_sent_again(place: Place) -> None:
    path = "/sparql?" + urlencode({"query": COUNT})
    reply = place.get(path, "text/csv")
    etag = reply.headers["etag"]
    for sent in (etag, f'"other", {etag}', etag.removeprefix("W/")):
        again = place.send("GET", path, None, {"Accept": "text/csv", "If-None-Match": sent})
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", etag)
        assert again.headers["vary"] == reply.headers["vary"]
    posted = place.post(COUNT, QUERY, headers={"Accept": "text/csv", "If-None-Match": etag})
    assert (posted.status, posted.body) == (304, b"")


@pytest.mark.parametrize(
    ("query", "accept", "graph"),
    [(COUNT, "text/csv", GRAPH_ENTITIES), (COUNT + " ", "text/csv", ""), (COUNT, "application/json", "")],
)
def test_another_question_or_format_has_another_validator(place: Place, query: str, accept: str, graph: str) -> None:
    etag = place.ask(COUNT, "text/csv").headers["etag"]
    again = place.ask(query, accept, headers={"If-None-Match": etag}, **{"default-graph-uri": graph})
    assert again.status == 200
    assert again.headers["etag"] != etag


@pytest.mark.parametrize("function", ["RAND()", "NOW()", "UUID()", "struuid()", "BNODE()"])
def test_what_differs_at_each_asking_has_no_validator(place: Place, function: str) -> None:
    reply = place.ask(f"SELECT ({function} AS ?x) {{}}", headers={"If-None-Match": 'W/"x", *'})
    assert (reply.status, "etag" in reply.headers) == (200, False)


def test_answers_are_kept_apart_by_what_they_depend_on(place: Place) -> None:
    assert "accept" in {each.strip() for each in place.ask(COUNT).headers["vary"].lower().split(",")}
    page = place.ask(COUNT, "text/html").headers["vary"].lower()
    assert {"accept", "accept-language"} <= {each.strip() for each in page.split(",")}


def test_a_long_answer_is_whole(place: Place, sample_engine: Engine) -> None:
    query = ALL + " LIMIT 45000"
    reply = place.ask(query, "application/json")
    assert reply.headers["transfer-encoding"] == "chunked"
    assert len(json.loads(reply.body)["results"]["bindings"]) == 45_000
    lines = place.ask(query, "text/csv").body.splitlines()
    assert len(lines) == 45_001
    assert lines[-1].count(b",") == 5


def test_the_name_of_a_thing_in_the_address_is_the_same_encoded(place: Place) -> None:
    path = "/" + entity_iri("changan-chain").removeprefix(BASE)
    assert place.get(path.replace("-", "%2D")).body == place.get(path).body
