"""Does the work of a request beside the event loop, and ends it when its client goes away."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from starlette.requests import Request

from kg.engine.faultwords import unavailable
from kg.engine.readers import asked_by

__all__ = ["Desk"]

T = TypeVar("T")


class Desk:
    """At most ``places`` requests are worked on or wait for the engine at once; one more is told to come again.

    So is a client with more than a quarter of them. Clients are told apart by their address.
    """

    def __init__(self, places: int) -> None:
        self._places = places
        self._share = max(1, places // 4)
        self._clients: Counter[str] = Counter()
        self._threads = ThreadPoolExecutor(places, thread_name_prefix="serve")

    async def work(self, request: Request, act: Callable[[threading.Event], T]) -> T:
        """Do ``act`` in a thread; the event that it is given is set when the client of ``request`` is gone.

        Raises what ``act`` raises, and EngineUnavailable when there is no place.
        """
        client = request.client.host if request.client else ""
        if self._clients.total() >= self._places or self._clients[client] >= self._share:
            raise unavailable("crowded", places=self._places, share=self._share)
        self._clients[client] += 1
        try:
            return await self._watched(request, lambda gone: _as(client, act, gone))
        finally:
            self._clients[client] -= 1
            if not self._clients[client]:
                del self._clients[client]

    async def _watched(self, request: Request, act: Callable[[threading.Event], T]) -> T:
        gone = threading.Event()
        watcher = asyncio.create_task(_watch(request, gone))
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, act, gone)
        except asyncio.CancelledError:  # a server that is told to end waits for nobody's question
            raise unavailable("closed") from None
        finally:
            gone.set()
            watcher.cancel()

    def close(self) -> None:
        """End the threads that have nothing to do."""
        self._threads.shutdown(wait=False)


def _as(client: str, act: Callable[[threading.Event], T], gone: threading.Event) -> T:
    with asked_by(client):
        return act(gone)


async def _watch(request: Request, gone: threading.Event) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
    gone.set()
