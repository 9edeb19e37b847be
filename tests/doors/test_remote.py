"""The engine on a store elsewhere withstands what must not be answered, before anything of it is sent."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg.engine import remote
from kg.engine.base import Graphs
from kg.engine.remote import RemoteEngine
from kg.errors import QueryError, RefusedQuery
from tests.doors.attacks import HARMLESS, LEAN, Attack, each
from tests.doors.attacks_on_stores import BARE, BARRED_ON_STORES, COSTLY_TO_STORES, OWN_CODE_OF_STORES, STANDARD, UNREAD
from tests.doors.bait import Bait, StandIn, started
from tests.doors.kinds import PLAIN, ROOMY, Door, Withstand, of_engine
from tests.stores import Virtuoso

#: Seconds in which nothing can be read.
NO_TIME = 1e-6

#: An unguarded Virtuoso ends when it is asked for a document.
_ENDS_VIRTUOSO = ("xpath", "xpath functions")


@pytest.fixture(scope="module")
def stand_in() -> Iterator[StandIn]:
    with started(StandIn()) as store:
        yield store


@pytest.fixture(scope="module")
def engine_on_stand_in(stand_in: StandIn) -> Iterator[RemoteEngine]:
    with RemoteEngine(stand_in.address) as engine:
        yield engine


@pytest.fixture
def noted(stand_in: StandIn, engine_on_stand_in: RemoteEngine) -> Iterator[Door]:
    """A door to the endpoint that stands in; only the plain question may have been sent when the test is over."""
    stand_in.asked.clear()
    yield of_engine(engine_on_stand_in)
    assert stand_in.asked == [PLAIN]


@pytest.fixture(scope="module")
def on_virtuoso(virtuoso_with_sample: Virtuoso) -> Iterator[Door]:
    with RemoteEngine(virtuoso_with_sample.endpoint) as engine:
        yield of_engine(engine)


@pytest.mark.parametrize("attack", each([*BARRED_ON_STORES, *OWN_CODE_OF_STORES]))
def test_what_is_refused_or_malformed_is_never_sent(attack: Attack, noted: Door, withstand: Withstand) -> None:
    withstand(noted, attack)


@pytest.mark.parametrize("attack", each([*BARRED_ON_STORES, *OWN_CODE_OF_STORES]))
def test_a_look_at_what_is_not_allowed_sends_nothing(
    attack: Attack, noted: Door, engine_on_stand_in: RemoteEngine, bait: Bait
) -> None:
    with pytest.raises(QueryError):
        engine_on_stand_in.check(bait.put_into(attack.query))
    assert noted(PLAIN, ROOMY).yes


@pytest.mark.parametrize("attack", each([*BARE, *UNREAD]))
def test_what_is_not_standard_or_could_not_be_read_is_never_sent(attack: Attack, noted: Door, bait: Bait) -> None:
    verdict = noted(bait.put_into(attack.query), LEAN)
    assert noted(PLAIN, ROOMY).yes
    assert verdict.outcome in ("refused", "malformed", "too large", "timed out"), verdict.words
    assert verdict.words


def test_where_nobody_can_read_a_query_it_is_never_sent(stand_in: StandIn) -> None:
    stand_in.asked.clear()
    with RemoteEngine(stand_in.address) as engine:
        engine._examiner.close()
        with pytest.raises(QueryError):
            engine.ask('ASK { FILTER(bif:exec("x") = 1) }')
    assert stand_in.asked == []


def test_what_was_not_read_in_time_is_neither_sent_nor_known_the_next_time(
    noted: Door, bait: Bait, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = bait.put_into('ASK { FILTER(bif:http_get("@HTTP@") = 1) }')
    with monkeypatch.context() as patch:
        patch.setattr(remote, "CHECK_SECONDS", NO_TIME)
        first = noted(query, LEAN)
    second = noted(query, LEAN)
    assert noted(PLAIN, ROOMY).yes
    assert first.outcome != "answered"
    assert second.outcome in ("malformed", "refused")


@pytest.mark.parametrize("query", STANDARD)
def test_the_functions_of_the_standard_are_sent(
    query: str, stand_in: StandIn, engine_on_stand_in: RemoteEngine
) -> None:
    stand_in.asked.clear()
    assert of_engine(engine_on_stand_in)(query, ROOMY).yes
    assert stand_in.asked == [query]


@pytest.mark.parametrize("place", ["default", "named"])
@pytest.mark.parametrize("graph", ["@HTTP@", "@FILE@"])
def test_a_graph_beside_the_query_is_one_of_ours(
    graph: str, place: str, noted: Door, engine_on_stand_in: RemoteEngine, bait: Bait
) -> None:
    with pytest.raises(RefusedQuery, match="no other is ever fetched"):
        engine_on_stand_in.ask(PLAIN, graphs=Graphs(**{place: (bait.put_into(graph),)}))
    assert noted(PLAIN, ROOMY).yes


@pytest.mark.parametrize("attack", each(BARRED_ON_STORES))
def test_a_real_store_is_asked_nothing_that_is_not_allowed(
    attack: Attack, on_virtuoso: Door, withstand: Withstand
) -> None:
    withstand(on_virtuoso, attack)


@pytest.mark.parametrize("attack", each(attack for attack in OWN_CODE_OF_STORES if attack.name not in _ENDS_VIRTUOSO))
def test_a_real_store_runs_none_of_its_own_code(attack: Attack, on_virtuoso: Door, withstand: Withstand) -> None:
    withstand(on_virtuoso, attack)


def test_a_real_store_runs_no_code_that_was_not_read_in_time(
    on_virtuoso: Door, bait: Bait, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(remote, "CHECK_SECONDS", NO_TIME)
        verdict = on_virtuoso(bait.put_into('SELECT (bif:http_get("@HTTP@") AS ?x) {}'), LEAN)
    assert verdict.outcome != "answered", verdict.shown
    assert on_virtuoso(PLAIN, ROOMY).yes


@pytest.mark.parametrize("attack", each(COSTLY_TO_STORES))
def test_a_real_store_is_left_at_the_time_limit(attack: Attack, on_virtuoso: Door, withstand: Withstand) -> None:
    withstand(on_virtuoso, attack)


@pytest.mark.parametrize("attack", each(attack for attack in HARMLESS if "regular" not in attack.name))
def test_a_real_store_answers_what_only_looks_dangerous(
    attack: Attack, on_virtuoso: Door, withstand: Withstand
) -> None:
    withstand(on_virtuoso, attack)
