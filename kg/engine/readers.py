"""Who asks: so that one reader's questions stand in nobody else's way.

It goes with the context and not as a parameter: a page asks through many hands, and none of them cares who reads it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

__all__ = ["asked_by", "reader_now"]

_READER: ContextVar[str] = ContextVar("reader", default="")


def reader_now() -> str:
    """Who asks in this context; empty for a program that has no readers but itself, and is not held to a share."""
    return _READER.get()


@contextmanager
def asked_by(reader: str) -> Iterator[None]:
    """Within this, questions are asked by ``reader``: an address, a session, any name that tells readers apart."""
    token = _READER.set(reader)
    try:
        yield
    finally:
        _READER.reset(token)
