"""Each way in which a store gives no answer is one error of the right kind, which says what, where and what to do."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from kg.engine.login import Login
from kg.engine.remote import RemoteEngine
from kg.errors import EngineUnavailable, KgError, QueryError, QueryTimeout, RefusedQuery, UnanswerableQuery
from tests.remote.fakes import Asked, Fake, Talk, says
from tests.remote.kit import Connect, results, the_error
from tests.stores import Virtuoso

SELECT = "SELECT ?x { ?s ?p ?x }"
WHO = Login("reader", "s3cret-Passwort")
TOKEN = Login(token="t0ken-of-nobody")  # noqa: S106 (of a store that is gone soon)
#: The last is user and password, encoded.
SECRETS = (
    "s3cret-Passwort",
    "t0ken-of-nobody",
    "cmVhZGVyOnMzY3JldC1QYXNzd29ydA",
)


def spoken(error: KgError) -> tuple[str, str]:
    """What it says in both languages, and nothing secret in any of it, nor in what it came from."""
    said = error.say("zh"), error.say("en")
    chain: list[BaseException] = [error]
    while (before := chain[-1].__cause__ or chain[-1].__context__) is not None:
        chain.append(before)
    for secret in SECRETS:
        assert not any(secret in text for text in (*said, *(repr(each) for each in chain)))
    return said


@pytest.mark.parametrize("login", [WHO, TOKEN, Login()], ids=["password", "token", "nobody"])
@pytest.mark.parametrize(
    ("status", "kind", "zh", "en"),
    [
        (301, EngineUnavailable, "改用新网址", "Use that address instead"),
        (302, EngineUnavailable, "改用新网址", "Use that address instead"),
        (307, EngineUnavailable, "改用新网址", "Use that address instead"),
        (308, EngineUnavailable, "改用新网址", "Use that address instead"),
        (401, EngineUnavailable, "KG_ENDPOINT_PASSWORD", "KG_ENDPOINT_PASSWORD"),
        (403, EngineUnavailable, "KG_ENDPOINT_PASSWORD", "KG_ENDPOINT_PASSWORD"),
        (404, EngineUnavailable, "HTTP 404", "HTTP 404"),
        (405, EngineUnavailable, "HTTP 405", "HTTP 405"),
        (410, EngineUnavailable, "HTTP 410", "HTTP 410"),
        (429, EngineUnavailable, "稍后再试", "in a moment"),
        (502, EngineUnavailable, "稍后再试", "in a moment"),
        (503, EngineUnavailable, "稍后再试", "in a moment"),
    ],
)
def test_a_status_is_the_error_that_it_means(
    fake: Fake, connect: Connect, login: Login, status: int, kind: type[QueryError], zh: str, en: str
) -> None:
    fake.reply = says("<html><h1>No.</h1></html>", "text/html", status, Location="http://127.0.0.1:9/elsewhere")
    error = the_error(connect(fake, login), SELECT, kind)
    for said, wanted in zip(spoken(error), (zh, en), strict=True):
        assert wanted in said and fake.url in said
        assert status >= 400 or "http://127.0.0.1:9/elsewhere" in said


@pytest.mark.parametrize("login", [WHO, TOKEN, Login()], ids=["password", "token", "nobody"])
@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (504, "<html>Gateway Time-out</html>", QueryTimeout),
        (408, "", QueryTimeout),
        (500, "Query timed out after 30 s", QueryTimeout),
        (500, "Virtuoso S1T00 Error SR171: Transaction timed out", QueryTimeout),
        (
            500,
            "Virtuoso 42000 Error The execution time 99 (sec) exceeds the limit of 10 (sec).",
            QueryTimeout,
        ),
        (400, "Parse error: line 3, column 4", UnanswerableQuery),
        (400, "", UnanswerableQuery),
        (500, "Virtuoso 42001 Error SR185: Undefined procedure DB.DBA.http://x/f.", UnanswerableQuery),
        (500, "java.lang.IllegalStateException: no such index", QueryError),
        (500, "", QueryError),
        (418, "I am a teapot", QueryError),
        (206, "half", QueryError),
    ],
)
def test_what_a_store_says_is_told(
    fake: Fake, connect: Connect, login: Login, status: int, body: str, kind: type[QueryError]
) -> None:
    fake.reply = says(body, "text/plain", status)
    said = spoken(the_error(connect(fake, login), SELECT, kind))
    if kind is not QueryTimeout:
        assert all((body or f"HTTP {status}") in words for words in said)


def test_what_a_store_says_is_told_without_its_markup_and_not_at_length(fake: Fake, connect: Connect) -> None:
    fake.reply = says(f"<html><p class='x'>First\n\n words</p>{'<br/>more ' * 2000}</html>", "text/html", 500)
    said = str(the_error(connect(fake), SELECT, QueryError))
    assert "First words more" in said and "<" not in said
    assert len(said) < 500


@pytest.mark.parametrize("word", ["?timeout", '"timed out"', "<urn:time-out>"])
def test_a_query_that_speaks_of_timeouts_has_not_timed_out(fake: Fake, connect: Connect, word: str) -> None:
    """Virtuoso repeats the query behind what it says."""
    query = f"SELECT * {{ ?s ?p {word} }}"
    fake.reply = says(f"Virtuoso 37000 Error SP031: SPARQL compiler: No.\n\nSPARQL query:\n{query}", "text/plain", 500)
    error = the_error(connect(fake), query, QueryError)
    assert "SP031" in str(error) and word not in str(error)


def test_virtuosos_own_error_about_a_query_that_speaks_of_timeouts_is_told(
    real_virtuoso: Virtuoso, connect: Connect
) -> None:
    error = the_error(connect(real_virtuoso), "SELECT * { ?a (<urn:x>|<urn:y>)+ ?timeout }", QueryError)
    assert "transitive start not given" in str(error)


@pytest.mark.parametrize("call", ["foo('1')", "integer(1, 2)"])
def test_a_call_that_virtuoso_has_no_function_for_is_for_who_asks_to_mend(
    real_virtuoso: Virtuoso, connect: Connect, call: str
) -> None:
    query = f"PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> SELECT (xsd:{call} AS ?x) {{}}"
    error = the_error(connect(real_virtuoso), query, UnanswerableQuery)
    assert f"http://www.w3.org/2001/XMLSchema#{call.partition('(')[0]}" in str(error)


@pytest.mark.parametrize("login", [WHO, TOKEN], ids=["password", "token"])
def test_a_store_that_repeats_the_request_in_its_error_betrays_nobody(
    fake: Fake, connect: Connect, login: Login
) -> None:
    """As debugging pages do."""
    fake.reply = lambda asked, talk: says(
        "Trace: " + "; ".join(f"{name}={value}" for name, value in asked.headers.items()),
        "text/plain",
        500 if "authorization" in asked.headers else 401,
        WWW_Authenticate='Basic realm="x"',
    )(asked, talk)
    spoken(the_error(connect(fake, login), SELECT, QueryError))


@pytest.fixture
def closed_port() -> Iterator[int]:
    """A port at which nobody listens, and that nobody else takes meanwhile."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


def test_a_store_that_is_not_there_is_one_clear_error(connect: Connect, closed_port: int) -> None:
    url = f"http://127.0.0.1:{closed_port}/sparql"
    for said in spoken(the_error(connect(url, WHO), SELECT, EngineUnavailable)):
        assert url in said and "refused" in said
    with pytest.raises(EngineUnavailable, match="refused"):
        RemoteEngine(url)


def test_a_host_that_nobody_knows_is_one_clear_error(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*asked: object, **more: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    for said in spoken(the_error(connect("http://no.such.host.invalid/sparql", WHO), SELECT, EngineUnavailable)):
        assert "no.such.host.invalid" in said and "not known" in said


@pytest.mark.parametrize("host", ["a" * 64 + ".invalid", "xn--a.invalid", "bücher.invalid", "長安.invalid", ".invalid"])
def test_a_host_that_cannot_be_a_name_is_one_clear_error(
    connect: Connect, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    look_up = socket.getaddrinfo

    def offline(name: str, *asked: object, **more: object) -> object:
        name.encode("idna")
        return look_up("127.0.0.1.invalid.", 0, flags=socket.AI_NUMERICHOST)

    monkeypatch.setattr(socket, "getaddrinfo", offline)
    the_error(connect(f"http://{host}/sparql"), SELECT, EngineUnavailable)


def test_tls_to_a_plain_port_is_one_clear_error(fake: Fake, connect: Connect) -> None:
    url = fake.url.replace("http:", "https:")
    for said in spoken(the_error(connect(url, WHO), SELECT, EngineUnavailable)):
        assert url in said and "SSL" in said
    assert not fake.asked


def _alert(asked: Asked, talk: Talk) -> None:
    talk.raw(b"\x15\x03\x01\x00\x02\x02\x16")
    talk.hang_up()


def test_plain_http_to_a_port_that_speaks_something_else_is_one_clear_error(connect: Connect) -> None:
    with Fake(_alert) as store:
        for said in spoken(the_error(connect(store, WHO), SELECT, EngineUnavailable)):
            assert store.url in said


@pytest.mark.parametrize("path", ["/数据/sparql", "/a b", "/sparql?format=json&名=值", "/sparql#part"])
def test_an_address_with_any_signs_is_asked_or_refused_but_never_a_surprise(
    fake: Fake, connect: Connect, path: str
) -> None:
    fake.reply = says(results("x"))
    try:
        assert connect(fake.root + path).ask(SELECT).empty
    except KgError as error:
        assert all(fake.root in said for said in spoken(error))


def test_an_address_with_a_query_of_its_own_keeps_it(fake: Fake, connect: Connect) -> None:
    fake.reply = says(results("x"))
    connect(f"{fake.url}?db=one").ask(SELECT)
    assert fake.asked[0].target == "/sparql?db=one"


@pytest.mark.parametrize(
    "url",
    ["", "sparql", "/sparql", "ftp://127.0.0.1/sparql", "file:///etc/passwd", "http://", "http:///sparql", "//host/x",
     "http://[::1/sparql", "http://host:port/sparql", "http://host:99999/sparql", "http://a\x7fb/sparql",
     "http://127.0.0.1:1/a\nb"],
)  # fmt: skip
def test_what_is_no_address_is_refused_with_a_pattern_of_one(url: str) -> None:
    with pytest.raises(KgError) as caught:
        RemoteEngine(url)
    assert all("http://" in said for said in spoken(caught.value))


@pytest.mark.parametrize(
    "url",
    [
        "http://reader:s3cret-Passwort@127.0.0.1:1/sparql",
        "http://reader:s3cret-Passwort@x/y@127.0.0.1:1/sparql",
        "ftp://reader:s3cret-Passwort@127.0.0.1/sparql",
        "reader:s3cret-Passwort@127.0.0.1:1/sparql",
        "http//reader:s3cret-Passwort@127.0.0.1:1/sparql",
        "http://reader:s3cret-Passwort#x@127.0.0.1:1/sparql",
        "http://reader:s3cret-Passwort/x@127.0.0.1:1/sparql",
        "http://reader:1/s3cret-Passwort@127.0.0.1:1/sparql",
        "http://reader:s3cret-Passwort?x@127.0.0.1:1/sparql",
    ],
)
def test_a_password_in_an_address_is_refused_and_never_repeated(url: str) -> None:
    with pytest.raises(KgError) as caught:
        RemoteEngine(url)
    spoken(caught.value)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (<bif:upper>('a') AS ?x) {}",
        "PREFIX b: <sql:> SELECT (b:f('a') AS ?x) {}",
        "BASE <http://www.openlinksw.com/> SELECT (<schemas/bif#upper>('a') AS ?x) {}",
        "BASE <http://www.openlinksw.com/> PREFIX b: <schemas/bif#> SELECT (b:upper('a') AS ?x) {}",
        "PREFIX b: <http://www.openlinksw.com/> SELECT (b:schemas\\/bif\\#upper('a') AS ?x) {}",
    ],
)
def test_code_of_the_stores_own_is_not_called_however_it_is_named(fake: Fake, connect: Connect, query: str) -> None:
    fake.reply = says(results("x"))
    the_error(connect(fake), query, RefusedQuery)
    assert not fake.asked


@pytest.mark.parametrize(
    "padding",
    ["VALUES ?y { " + "1 " * 400_000 + "}", "FILTER (1" + "+1" * 400_000 + ")"],
    ids=["too long to be read soon", "too deep to be read"],
)
def test_what_could_not_be_read_here_is_not_sent(fake: Fake, connect: Connect, padding: str) -> None:
    """Or else what is no SPARQL 1.1, as a call of the store's own code by a prefix that it knows, would be."""
    fake.reply = says(results("x"))
    with pytest.raises(QueryError):
        connect(fake).ask(f"SELECT ?x {{ {padding} BIND (bif:upper('a') AS ?x) }}")
    assert not fake.asked
