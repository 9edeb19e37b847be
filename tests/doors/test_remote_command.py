"""The command “kg query - --endpoint” withstands what must not be answered, before anything of it is sent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.doors.attacks import LEAN, Attack, each
from tests.doors.attacks_on_stores import BARE, COSTLY_TO_STORES, OF_EACH_KIND, OWN_CODE_OF_STORES, UNREAD
from tests.doors.bait import Bait, StandIn, started
from tests.doors.kinds import PLAIN, ROOMY, Door, Withstand, of_command
from tests.stores import Virtuoso


@pytest.fixture(scope="module")
def stand_in() -> Iterator[StandIn]:
    with started(StandIn()) as store:
        yield store


@pytest.fixture
def noted(stand_in: StandIn, sample_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    """The command on the endpoint that stands in; only the plain question may have been sent in the end."""
    stand_in.asked.clear()
    yield of_command(monkeypatch, "--data", str(sample_dir), "--endpoint", stand_in.address)
    assert stand_in.asked == [PLAIN]


@pytest.fixture
def on_virtuoso(virtuoso_with_sample: Virtuoso, sample_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Door:
    return of_command(monkeypatch, "--data", str(sample_dir), "--endpoint", virtuoso_with_sample.endpoint)


@pytest.mark.parametrize("attack", each([*OF_EACH_KIND, *OWN_CODE_OF_STORES[::3]]))
def test_what_is_refused_or_malformed_is_never_sent(attack: Attack, noted: Door, withstand: Withstand) -> None:
    withstand(noted, attack)


@pytest.mark.parametrize("attack", each([*BARE, *UNREAD[-2:]]))
def test_what_is_not_standard_or_could_not_be_read_is_never_sent(attack: Attack, noted: Door, bait: Bait) -> None:
    verdict = noted(bait.put_into(attack.query), LEAN)
    assert noted(PLAIN, ROOMY).yes
    assert verdict.outcome != "answered"
    assert verdict.words


@pytest.mark.parametrize("attack", each([*OF_EACH_KIND, *COSTLY_TO_STORES[:2]]))
def test_a_real_store_is_asked_nothing_that_is_not_allowed_and_left_at_the_time_limit(
    attack: Attack, on_virtuoso: Door, withstand: Withstand
) -> None:
    withstand(on_virtuoso, attack)
