"""Puts one question to a worker of a pool, and says what became of the worker."""

from __future__ import annotations

import signal
from collections.abc import Generator

from kg.engine import wire
from kg.engine.faultwords import too_large, unavailable
from kg.engine.launcher import Ending
from kg.engine.pool import Pool
from kg.errors import QueryError

__all__ = ["MEGABYTE", "ask_pool"]

MEGABYTE = 1 << 20
_GROWN_TOO_MUCH = 64 * MEGABYTE  # a worker that keeps more than this after an answer is replaced


def ask_pool(pool: Pool, request: wire.Request, patience: wire.Patience) -> Generator[None, None, wire.Reply]:
    """The reply to ``request`` of a worker of ``pool``, with a step wherever ``patience`` says that there is a pause.

    Raises Overdue, Cancelled, and QueryError where there is no worker or it ended.
    """
    try:
        return (yield from _lend(pool, request, patience))
    except BrokenPipeError:  # the worker had ended before it could be asked: another has not
        pass
    try:
        return (yield from _lend(pool, request, patience))
    except BrokenPipeError as error:
        pool.check_open()
        raise unavailable("workers_end") from error


def _lend(pool: Pool, request: wire.Request, patience: wire.Patience) -> Generator[None, None, wire.Reply]:
    patience.step()  # whoever went away meanwhile costs no worker
    lease = pool.take(patience)
    try:
        reply = yield from lease.worker.exchange(request, patience)
    except BaseException as error:
        patience.sleep_on()
        ending = pool.lose(lease)
        if isinstance(error, (EOFError, OSError)) and not isinstance(error, BrokenPipeError):
            pool.check_open()
            raise _explain_ending(ending, request.size // MEGABYTE) from None
        raise
    patience.sleep_on()
    if reply.kind == wire.NO_MEMORY or reply.grown > _GROWN_TOO_MUCH:
        pool.lose(lease)
    else:
        pool.give_back(lease)
    return reply


def _explain_ending(ending: Ending, megabytes: int) -> QueryError:
    """Why a worker ended on its own in the middle of a question."""
    if "memory allocation of" in ending.words or "MemoryError" in ending.words:
        return too_large("memory", megabytes)
    if ending.code == -signal.SIGSEGV:
        return too_large("deep", megabytes)
    how = ending.words.strip().splitlines()[-1:] or [f"exit code {ending.code}"]
    return unavailable("worker_ended", how=how[0])
