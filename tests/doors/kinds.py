"""The doors that several tests go through, and what comes back through a door in the same words for each of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from kg.cli.main import cli
from kg.engine.base import Engine, Limits
from kg.errors import AnswerTooLarge, MalformedQuery, QueryError, QueryTimeout, RefusedQuery
from tests.doors.attacks import Attack, Outcome

__all__ = ["PLAIN", "ROOMY", "Door", "Verdict", "Withstand", "of_command", "of_engine"]

#: What every door answers with a yes.
PLAIN = "ASK { ?s ?p ?o }"
ROOMY = Limits(seconds=60.0, rows=10_000, megabytes=512)


class Verdict(NamedTuple):
    """How a query ended, the reason that was given, and everything that was shown; ``yes`` is the answer to an ASK."""

    outcome: Outcome
    words: str
    shown: str
    yes: bool = False


Door = Callable[[str, Limits], Verdict]
#: That a door ends an attack as it must.
Withstand = Callable[[Door, Attack], None]

_ERRORS: tuple[tuple[type[QueryError], Outcome], ...] = (
    (MalformedQuery, "malformed"),
    (RefusedQuery, "refused"),
    (QueryTimeout, "timed out"),
    (AnswerTooLarge, "too large"),
)
_MESSAGES: tuple[tuple[str, Outcome], ...] = (
    (r"Line \d+, column \d+: ", "malformed"),
    (r"Refused at line \d+, column \d+: |Refused: |The query has .* more than the .* allowed", "refused"),
    (r"Stopped after .* its time limit", "timed out"),
    (r"Stopped: it", "too large"),
)


def of_engine(engine: Engine) -> Door:
    """Questions put to the engine itself."""

    def ask(query: str, limits: Limits) -> Verdict:
        try:
            answer = engine.ask(query, limits=limits)
        except QueryError as error:
            outcome = next((outcome for kind, outcome in _ERRORS if isinstance(error, kind)), "failed")
            return Verdict(outcome, str(error), str(error))
        return Verdict("answered", "", answer.body.decode(), answer.form == "ask" and answer.boolean)

    return ask


def of_command(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> Door:
    """Questions put to ``kg query -``; it has no option for memory, which is set for it as its default would be."""

    def ask(query: str, limits: Limits) -> Verdict:
        with monkeypatch.context() as patch:
            patch.setattr("kg.engine.base.Limits", partial(Limits, megabytes=limits.megabytes))
            told = ("query", "-", "--timeout", str(limits.seconds), "--rows", str(limits.rows), *arguments)
            done = CliRunner().invoke(cli, told, input=query, prog_name="kg")
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        if done.exit_code == 0:
            return Verdict("answered", "", done.output, done.stdout == "yes\n")
        assert (done.exit_code, done.stdout) == (1, "")
        assert re.findall("Error: |Traceback", done.stderr) == ["Error: "]
        words = done.stderr.removeprefix("Error: ")
        outcome = next((outcome for said, outcome in _MESSAGES if re.match(said, words)), "failed")
        return Verdict(outcome, words, done.output)

    return ask
