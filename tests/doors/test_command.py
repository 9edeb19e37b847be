"""The command “kg query -” withstands what must not be answered, and ends with exit code 1 and one message."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.doors.attacks import BARRED, COSTLY, HARMLESS, LARGE, OWN_CODE, Attack, each
from tests.doors.kinds import Door, Withstand, of_command


@pytest.fixture
def command(sample_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Door:
    return of_command(monkeypatch, "--data", str(sample_dir))


@pytest.mark.parametrize("attack", each(BARRED))
def test_the_command_says_why_it_does_not_ask(attack: Attack, command: Door, withstand: Withstand) -> None:
    withstand(command, attack)


@pytest.mark.parametrize("attack", each(OWN_CODE))
def test_the_command_runs_no_code_of_a_store(attack: Attack, command: Door, withstand: Withstand) -> None:
    withstand(command, attack)


@pytest.mark.parametrize("attack", each(COSTLY))
def test_the_command_stops_at_its_time_limit(attack: Attack, command: Door, withstand: Withstand) -> None:
    withstand(command, attack)


@pytest.mark.parametrize("attack", each(LARGE))
def test_the_command_stops_at_its_memory_limit(attack: Attack, command: Door, withstand: Withstand) -> None:
    withstand(command, attack)


@pytest.mark.parametrize("attack", each(HARMLESS))
def test_the_command_answers_what_only_looks_dangerous(attack: Attack, command: Door, withstand: Withstand) -> None:
    withstand(command, attack)
