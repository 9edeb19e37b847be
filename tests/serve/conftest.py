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
def lines() -> Iterator[Callable[[int], list[dict[str, Any]]]]:
    """What the log says: a function that waits for so many lines, and gives them."""
    kept: list[str] = []
    arrived = threading.Condition()

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            with arrived:
                kept.append(record.getMessage())
                arrived.notify_all()

    def wait(count: int) -> list[dict[str, Any]]:
        with arrived:
            assert arrived.wait_for(lambda: len(kept) >= count, timeout=60), f"{len(kept)} lines, not {count}: {kept}"
            return [json.loads(line) for line in kept]

    logger, handler = logging.getLogger("kg.serve"), Keep()
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield wait
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)
