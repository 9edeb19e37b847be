"""What a pool needs of the thing that makes its workers, however it makes them."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator, Mapping
from typing import NamedTuple, Protocol

from kg.engine.wire import Patience, Reply, Request

__all__ = ["Ending", "Launcher", "Worker", "child_environment"]


class Ending(NamedTuple):
    """How a worker ended: its exit code (minus the signal that ended it), and the last of its error output."""

    code: int
    words: str


class Worker(Protocol):
    """A process that answers one question at a time."""

    def usable(self) -> bool:
        """Whether it can be asked, and killed: its own supervisor still stands."""

    def exchange(self, request: Request, patience: Patience) -> Generator[None, None, Reply]:
        """Send a question and wait for the reply; see :func:`kg.engine.wire.exchange`."""

    def slow_down(self) -> bool:
        """Have the process give way to others for as long as it lives; False where the system cannot do that."""

    def end(self) -> Ending:
        """Kill the process, wait until it is gone, and tell how it ended (if it had ended before)."""


class Launcher(Protocol):
    """Makes workers over one body of data, when that is loaded."""

    def load(self) -> frozenset[str]:
        """Wait until the data is loaded; the IRIs of the named graphs in it. Raises EngineUnavailable."""

    def launch(self) -> Worker:
        """A new worker; it can be asked at once, even while it starts. Raises EngineUnavailable."""

    def close(self) -> None:
        """End every process that was started, also while it loads. May be repeated."""


def child_environment() -> Mapping[str, str]:
    """The environment in which a child finds exactly the modules that this process finds."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path or os.getcwd() for path in sys.path)}  # noqa: PTH109
