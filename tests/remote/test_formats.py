"""The formats that stores answer in, and the ways in which HTTP carries them."""

from __future__ import annotations

import json

import pytest

from kg.engine.answer import Answer, Term
from kg.errors import EngineUnavailable
from tests.remote.fakes import JSON, NTRIPLES, TURTLE, XML, Asked, Fake, Talk, says
from tests.remote.kit import Connect, results, the_error

FRAMINGS = ["length", "chunked", "close"]
SELECT, ASK, CONSTRUCT = "SELECT ?x { ?s ?p ?x }", "ASK { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"
XSD = "http://www.w3.org/2001/XMLSchema#"
TEXTS = [
    "",
    " ",
    "长安链",
    "🚀\U0001d4b3",
    "a\rb\r\nc\nd",
    "a\tb",
    "quote \" and \\ and '",
    "</script>&amp;",
    "\u0085\u2028",
]
CONTROLS = "".join(map(chr, range(1, 32)))


def literals(answer: Answer) -> list[str]:
    return [row["x"].value for row in answer.records()]


def xml(*texts: str) -> str:
    """Results in XML; every sign outside ASCII or that XML would take for another is written by its number."""
    signs = [
        "".join(sign if sign.isalnum() and sign.isascii() else f"&#{ord(sign)};" for sign in text) for text in texts
    ]
    rows = "".join(f'<result><binding name="x"><literal>{text}</literal></binding></result>' for text in signs)
    return (
        '<?xml version="1.0" encoding="utf-8"?><sparql xmlns="http://www.w3.org/2005/sparql-results#">'
        f'<head><variable name="x"/></head><results>{rows}</results></sparql>'
    )


@pytest.mark.parametrize("framing", FRAMINGS)
def test_texts_come_through_json_as_they_are(fake: Fake, connect: Connect, framing: str) -> None:
    texts = [*TEXTS, CONTROLS]
    fake.reply = says(results("x", of=[{"x": text} for text in texts]), JSON, framing=framing)
    assert literals(connect(fake).ask(SELECT)) == texts


@pytest.mark.parametrize("framing", FRAMINGS)
@pytest.mark.parametrize("media", [XML, "application/xml", "text/xml; charset=utf-8"])
def test_texts_come_through_xml_as_they_are(fake: Fake, connect: Connect, framing: str, media: str) -> None:
    fake.reply = says(xml(*TEXTS), media, framing=framing)
    assert literals(connect(fake).ask(SELECT)) == TEXTS


@pytest.mark.parametrize("media", [JSON, "application/json", "Application/SPARQL-Results+JSON; charset=UTF-8"])
def test_every_kind_of_term_is_read(fake: Fake, connect: Connect, media: str) -> None:
    values = [
        {"type": "uri", "value": "https://example.org/长"},
        {"type": "bnode", "value": "b0"},
        {"type": "literal", "value": "链", "xml:lang": "zh"},
        {"type": "literal", "value": "1.50", "datatype": f"{XSD}decimal"},
        {"type": "typed-literal", "value": "2025-03", "datatype": f"{XSD}gYearMonth"},
    ]
    said = {"head": {"vars": ["x", "y"]}, "results": {"bindings": [{"x": value} for value in values] + [{}]}}
    fake.reply = says(json.dumps(said, ensure_ascii=False), media)
    rows = connect(fake).ask("SELECT ?x ?y { ?s ?p ?x }").records()
    assert [row.get("x") for row in rows] == [
        Term("iri", "https://example.org/长"),
        Term("blank", "b0"),
        Term("literal", "链", "zh", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"),
        Term("literal", "1.50", "", f"{XSD}decimal"),
        Term("literal", "2025-03", "", f"{XSD}gYearMonth"),
        None,
    ]


@pytest.mark.parametrize("framing", FRAMINGS)
@pytest.mark.parametrize(
    ("media", "body"),
    [
        (NTRIPLES, '<urn:a> <urn:p> "长\\r\\n🚀"@zh .\n<urn:a> <urn:p> <urn:b> .\n<urn:a> <urn:p> <urn:b> .\n'),
        ("text/plain", '<urn:a> <urn:p> "长\\r\\n🚀"@zh .\n<urn:a> <urn:p> <urn:b> .\n'),
        (TURTLE, '@prefix u: <urn:> .\nu:a u:p """长\\r\n🚀"""@zh , u:b .\n'),
    ],
)
def test_graphs_are_read_in_every_framing(fake: Fake, connect: Connect, media: str, body: str, framing: str) -> None:
    fake.reply = says(body, media, framing=framing)
    answer = connect(fake).ask(CONSTRUCT)
    assert {thing.value for _, _, thing in answer.triples()} == {"长\r\n🚀", "urn:b"}
    assert (answer.rows, answer.cut) == (2, False)


@pytest.mark.parametrize("framing", FRAMINGS)
def test_an_answer_longer_than_any_buffer_is_read_whole(fake: Fake, connect: Connect, framing: str) -> None:
    lines = [f"<urn:s> <urn:p> <urn:o{number}> .\n" for number in range(20_000)]
    fake.reply = says("".join(lines), NTRIPLES, framing=framing)
    assert connect(fake).ask(CONSTRUCT).rows == 20_000


@pytest.mark.parametrize("framing", FRAMINGS)
@pytest.mark.parametrize("verdict", [True, False])
@pytest.mark.parametrize("media", [JSON, XML, "text/plain"])
def test_a_yes_or_no_is_read_in_every_form(
    fake: Fake, connect: Connect, media: str, verdict: bool, framing: str
) -> None:
    word = json.dumps(verdict)
    body = {JSON: f'{{"head":{{}}, "boolean": {word}}}\n', "text/plain": word}.get(
        media, f'<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head/><boolean>{word}</boolean></sparql>'
    )
    fake.reply = says(body, media, framing=framing)
    assert connect(fake).ask(ASK).boolean is verdict


@pytest.mark.parametrize("form", [SELECT, CONSTRUCT])
def test_an_answer_in_trickled_chunks_is_put_together(fake: Fake, connect: Connect, form: str) -> None:
    media = JSON if form == SELECT else NTRIPLES
    body = results("x", of=[{"x": "长安链"}]) if form == SELECT else '<urn:a> <urn:p> "长安链" .\n'

    def reply(asked: Asked, talk: Talk) -> None:
        talk.head(200, media, Transfer_Encoding="chunked")
        for byte in body.encode():
            talk.chunk(bytes([byte]))
        talk.raw(b"0\r\n\r\n")

    fake.reply = reply
    assert "长安链".encode() in connect(fake).ask(form).body


@pytest.mark.parametrize(
    ("query", "media", "body"),
    [
        (SELECT, "text/html; charset=utf-8", "<html><body>Welcome</body></html>"),
        (ASK, "text/html", "<html><body>Welcome</body></html>"),
        (CONSTRUCT, "text/html", "<html><body>Welcome</body></html>"),
        (SELECT, "", ""),
        (SELECT, JSON, ""),
        (SELECT, JSON, '{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"lite'),
        (SELECT, JSON, '{"boolean":true,"head":{}}'),
        (SELECT, JSON, "[]"),
        (SELECT, JSON, b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"\xff"}}]}}'),
        (SELECT, XML, '<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="x"/></he'),
        (SELECT, NTRIPLES, "<urn:a> <urn:p> <urn:b> ."),
        (ASK, JSON, results("x")),
        (ASK, JSON, ""),
        (ASK, JSON, "[true]"),
        (ASK, JSON, '"true"'),
        (ASK, JSON, '{"boolean": "yes"}'),
        (ASK, JSON, "[" * 9_000),
        (ASK, XML, "<boolean>true"),
        (ASK, XML, xml("a")),
        (ASK, TURTLE, "true"),
        (CONSTRUCT, NTRIPLES, "<urn:a> <urn:p>"),
        (CONSTRUCT, NTRIPLES, b'<urn:a> <urn:p> "\xff" .\n'),
        (CONSTRUCT, TURTLE, "<urn:a> <urn:p> <urn:b> ; nonsense"),
        (CONSTRUCT, JSON, results("x")),
    ],
)
def test_what_is_no_answer_is_one_clear_error(
    fake: Fake, connect: Connect, query: str, media: str, body: str | bytes
) -> None:
    fake.reply = says(body, media)
    error = the_error(connect(fake), query, EngineUnavailable)
    for lang in ("zh", "en"):
        assert fake.url in error.say(lang)
        assert "SPARQL" in error.say(lang)


def test_json_whose_rows_come_before_its_variables_is_read(fake: Fake, connect: Connect) -> None:
    body = '{"results":{"bindings":[{"x":{"type":"literal","value":"1"}}]},"head":{"vars":["x"]}}'
    fake.reply = says(body)
    assert literals(connect(fake).ask(SELECT)) == ["1"]


def test_a_select_without_rows_is_an_answer(fake: Fake, connect: Connect) -> None:
    fake.reply = says(results("x"))
    answer = connect(fake).ask(SELECT)
    assert (answer.empty, answer.columns, answer.cut) == (True, ("x",), False)
