"""The endpoint withstands what must not be answered, by GET and by both kinds of POST, with a status that says so."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import urlencode

import pytest

from kg.engine.base import Engine, Limits
from kg.serve.settings import Settings
from tests.doors.attacks import BARRED, COSTLY, HARMLESS, LARGE, LEAN, OWN_CODE, QUICK, Attack, Outcome
from tests.doors.bait import SESAME, Bait
from tests.doors.kinds import PLAIN, Door, Verdict, Withstand
from tests.serve.clients import Place, Reply, serving

FORM, QUERY = "application/x-www-form-urlencoded", "application/sparql-query"
JSON = {"Accept": "application/sparql-results+json, application/json;q=0.9, text/turtle;q=0.5"}

#: The longest address that the server reads; a longer one is no request.
LONGEST = 60_000

_STATUS: dict[int, dict[str, Outcome]] = {
    400: {"malformed": "malformed", "refused": "refused", "unanswerable": "failed"},
    504: {"timeout": "timed out"},
    507: {"too-large": "too large"},
}


def send(place: Place, way: str, query: str) -> Reply:
    if way == "get":
        return place.ask(query, headers=JSON)
    body, kind = (urlencode({"query": query}), FORM) if way == "form" else (query, QUERY)
    return place.post(body, kind, headers=JSON)


def fits(way: str, attack: Attack) -> bool:
    return way != "get" or len(urlencode({"query": attack.query})) < LONGEST


def by_each_way(attacks: list[Attack]) -> list[object]:
    return [
        pytest.param(way, attack, id=f"{way}-{attack.name.replace(' ', '-')}")
        for attack in attacks
        for way in ("get", "form", "body")
        if fits(way, attack)
    ]


@pytest.fixture(scope="module")
def places(sample_engine: Engine) -> Iterator[dict[Limits, Place]]:
    """A server with little time, and one with little memory."""
    with serving(sample_engine, Settings(limits=QUICK)) as quick, serving(sample_engine, Settings(limits=LEAN)) as lean:
        yield {QUICK: quick, LEAN: lean}


@pytest.fixture
def endpoint(places: dict[Limits, Place]) -> Endpoint:
    return Endpoint(places)


class Endpoint:
    """Both servers; a query is asked in the way that is chosen."""

    def __init__(self, places: dict[Limits, Place]) -> None:
        self.places = places

    def by(self, way: str) -> Door:
        def ask(query: str, limits: Limits) -> Verdict:
            return verdict_of(send(self.places.get(limits, self.places[LEAN]), way, query))

        return ask


def verdict_of(reply: Reply) -> Verdict:
    if reply.status == 200:
        return Verdict("answered", "", reply.text, '"boolean":true' in reply.text)
    assert reply.type == "application/problem+json"
    told = json.loads(reply.body)
    assert told["status"] == reply.status
    return Verdict(_STATUS[reply.status][told["title"]], told["detail"], reply.text)


@pytest.mark.parametrize(("way", "attack"), by_each_way(BARRED))
def test_the_endpoint_says_why_it_does_not_ask(
    way: str, attack: Attack, endpoint: Endpoint, withstand: Withstand
) -> None:
    withstand(endpoint.by(way), attack)


@pytest.mark.parametrize(("way", "attack"), by_each_way(OWN_CODE))
def test_the_endpoint_runs_no_code_of_a_store(
    way: str, attack: Attack, endpoint: Endpoint, withstand: Withstand
) -> None:
    withstand(endpoint.by(way), attack)


@pytest.mark.parametrize(("way", "attack"), by_each_way(COSTLY))
def test_the_endpoint_stops_at_its_time_limit(
    way: str, attack: Attack, endpoint: Endpoint, withstand: Withstand
) -> None:
    withstand(endpoint.by(way), attack)


@pytest.mark.parametrize(("way", "attack"), by_each_way(LARGE))
def test_the_endpoint_stops_at_its_memory_limit(
    way: str, attack: Attack, endpoint: Endpoint, withstand: Withstand
) -> None:
    withstand(endpoint.by(way), attack)


@pytest.mark.parametrize(("way", "attack"), by_each_way(HARMLESS))
def test_the_endpoint_answers_what_only_looks_dangerous(
    way: str, attack: Attack, endpoint: Endpoint, withstand: Withstand
) -> None:
    withstand(endpoint.by(way), attack)


def test_an_address_of_a_megabyte_is_no_request(places: dict[Limits, Place]) -> None:
    with suppress(ConnectionError):  # the server reads none of what is too much, which may break the connection
        assert places[LEAN].ask(PLAIN + 1_000_000 * " ").status in (400, 414, 431)
    assert places[LEAN].ask(PLAIN).status == 200


@pytest.mark.parametrize("parameter", ["default-graph-uri", "named-graph-uri"])
@pytest.mark.parametrize("graph", ["@HTTP@", "@FILE@"])
@pytest.mark.parametrize("way", ["get", "form", "body"])
def test_a_graph_beside_the_query_is_one_of_ours(
    way: str, graph: str, parameter: str, places: dict[Limits, Place], bait: Bait
) -> None:
    beside = urlencode({parameter: bait.put_into(graph)})
    query = urlencode({"query": "SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"})
    if way == "get":
        reply = places[LEAN].send("GET", f"/sparql?{query}&{beside}", None, JSON)
    elif way == "form":
        reply = places[LEAN].post(f"{query}&{beside}", FORM, headers=JSON)
    else:
        reply = places[LEAN].post("SELECT * { ?s ?p ?o }", QUERY, path=f"/sparql?{beside}", headers=JSON)
    assert (reply.status, reply.json()["title"]) == (400, "refused")
    assert "no other is ever fetched" in reply.json()["detail"]
    assert SESAME not in reply.text
    assert places[LEAN].ask(PLAIN).status == 200


@pytest.mark.parametrize("way", ["get", "form", "body"])
def test_an_update_that_is_sent_as_one_is_turned_away(way: str, places: dict[Limits, Place], bait: Bait) -> None:
    update = bait.put_into("LOAD <@HTTP@>")
    if way == "get":
        reply = places[LEAN].get("/sparql?" + urlencode({"update": update}))
    elif way == "form":
        reply = places[LEAN].post(urlencode({"update": update}), FORM)
    else:
        reply = places[LEAN].post(update, "application/sparql-update")
    assert reply.status == 400
    assert "only answers queries" in reply.text
    assert places[LEAN].ask(PLAIN).status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/entity/x%3E%20?p%20?o%20%7D%20SERVICE%20%3C@HTTP@%3E%20%7B%20?s%20?p%20%3Cy",
        "/graph/@HTTP@",
        "/@FILE@",
        "/entity/..%2f..%2f..%2fetc%2fhostname",
    ],
)
def test_no_address_of_a_thing_breaks_out_of_its_question(path: str, places: dict[Limits, Place], bait: Bait) -> None:
    reply = places[LEAN].get(bait.put_into(path), "text/turtle")
    assert reply.status in (400, 404)
    assert SESAME not in reply.text
    assert places[LEAN].ask(PLAIN).status == 200
