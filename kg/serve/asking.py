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
Work = Callable[[threading.Event], T]


class Desk:
    """At most ``places`` requests are worked on, wait or are being read at once; one more is told to come again.

    So is a client with more than a quarter of them. Clients are told apart by their address.
    """

    def __init__(self, places: int) -> None:
        self._places = places
        self._share = max(1, places // 4)
        self._clients: Counter[str] = Counter()
        self._threads = ThreadPoolExecutor(places, thread_name_prefix="serve")

    async def work(self, request: Request, act: Work[T], soon: Work[T | None] | None = None) -> T:
        """Do ``act`` in a thread; the event that it is given is set when the client of ``request`` is gone.

        ``soon`` is the same for as long as nobody minds, a millisecond or so: where nobody else is here it is tried
        first and on the spot, as to hand something over to a thread and back takes longer than many an answer. Raises
        what they raise, and EngineUnavailable when there is no place.
        """
        client = _client(request)
        if self._clients.total() >= self._places or self._clients[client] >= self._share:
            raise unavailable("crowded", places=self._places, share=self._share)
        gone = threading.Event()
        leave = self.hold(request)
        try:
            if soon and self._clients.total() == 1 and (done := _as(client, soon, gone)) is not None:
                return done
            return await self._watched(request, lambda: _as(client, act, gone), gone)
        finally:
            leave()

    def hold(self, request: Request) -> Callable[[], None]:
        """Take a place, for an answer that its client has yet to read; what is given back leaves it."""
        client = _client(request)
        self._clients[client] += 1

        def leave() -> None:
            self._clients[client] -= 1
            if not self._clients[client]:
                del self._clients[client]

        return leave

    async def _watched(self, request: Request, act: Callable[[], T], gone: threading.Event) -> T:
        watcher = asyncio.create_task(_watch(request, gone))
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, act)
        except asyncio.CancelledError:  # a server that is told to end waits for nobody's question
            raise unavailable("closed") from None
        finally:
            gone.set()
            watcher.cancel()

    def close(self) -> None:
        """End the threads that have nothing to do."""
        self._threads.shutdown(wait=False)


def _client(request: Request) -> str:
    return request.client.host if request.client else ""


def _as(client: str, act: Work[T], gone: threading.Event) -> T:
    with asked_by(client):
        return act(gone)


async def _watch(request: Request, gone: threading.Event) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
    gone.set()
