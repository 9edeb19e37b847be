"""The endpoint over the sample on a true server, and what its log says."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from kg.engine.base import Engine
from tests.serve.clients import Place, serving


@pytest.fixture(scope="session")
def place(sample_engine: Engine) -> Iterator[Place]:
    """The endpoint over the sample, with its usual settings."""
    with serving(sample_engine) as started:
        yield started


@pytest.fixture
def lines(place: Place) -> Iterator[Callable[..., list[dict[str, Any]]]]:
    """What the log says: a function that waits for so many lines with these facts in them, and gives them.

    A line is written when its client may have gone on already, so the last one of the test before is waited for.
    """
    kept: list[dict[str, Any]] = []
    arrived = threading.Condition()

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            with arrived:
                kept.append(json.loads(record.getMessage()))
                arrived.notify_all()

    def wait(count: int, **facts: object) -> list[dict[str, Any]]:
        def found() -> list[dict[str, Any]]:
            return [line for line in kept if all(line.get(name) == value for name, value in facts.items())]

        with arrived:
            assert arrived.wait_for(lambda: len(found()) >= count, timeout=60), f"not {count} lines: {kept}"
            return found()

    logger, handler = logging.getLogger("kg.serve"), Keep()
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        place.get("/health")
        wait(1, path="/health")
        kept.clear()
        yield wait
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)
