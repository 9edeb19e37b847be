"""What the operating system holds a worker to: memory, processor time, and no file or connection whatever it is asked.

After loading, a worker needs no descriptor but those it has, so the number it may have is lowered to nothing: opening a
file, a socket or a directory then fails, in Rust as in Python, whatever a query was able to ask for. Memory is limited
as address space above what the worker has at that moment. Where a system lacks one of these (Windows has no
``resource``, macOS no ``/proc``), that limit is left out: the guard and the deadline hold everywhere.
"""

from __future__ import annotations

import faulthandler
import math
import os
import sys
import time
from pathlib import Path

if sys.platform != "win32":
    import resource

__all__ = ["Confinement", "no_core_dumps"]

_GRACE = 0.5  # seconds after its deadline, until a worker that was not killed ends by itself
_LONGEST = 1e9  # seconds, thirty years: as much as every system can count


def no_core_dumps() -> None:
    """A worker that is stopped is nothing to examine, and its memory may fill a disk."""
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


class Confinement:
    """The limits of this process, from now on for ever (descriptors) and anew for each query (memory, time)."""

    def __init__(self) -> None:
        self._memory = os.open("/proc/self/statm", os.O_RDONLY) if Path("/proc/self/statm").exists() else -1
        self._page = os.sysconf("SC_PAGE_SIZE") if self._memory >= 0 else 0
        if sys.platform != "win32":
            resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
        self._base = self._space()

    def begin(self, seconds: float, size: int) -> None:
        """Allow ``size`` bytes more than there are now, and end this process if it lives on after its deadline.

        The second is for the worker whose supervisor was itself killed; everyone else's is killed by its supervisor.
        """
        if sys.platform == "win32":
            faulthandler.dump_traceback_later(seconds + _GRACE, exit=True)
            return
        if self._memory >= 0:
            _limit(resource.RLIMIT_AS, self._space() + size)
        _limit(resource.RLIMIT_CPU, math.ceil(time.process_time() + min(seconds, _LONGEST) + _GRACE))

    def end(self) -> int:
        """Allow everything again, so that the answer can be handed over; the bytes that this process has grown by."""
        if sys.platform == "win32":
            faulthandler.cancel_dump_traceback_later()
            return 0
        if self._memory < 0:
            return 0
        _limit(resource.RLIMIT_AS, resource.RLIM_INFINITY)
        return max(0, self._space() - self._base)

    def _space(self) -> int:
        """The address space of this process in bytes; 0 where it is not known."""
        if self._memory < 0:
            return 0
        return int(os.pread(self._memory, 64, 0).split(maxsplit=1)[0]) * self._page


if sys.platform != "win32":

    def _limit(what: int, amount: int) -> None:
        """Set a limit that may be changed again, as far as whoever started us allows."""
        _, most = resource.getrlimit(what)
        above = most != resource.RLIM_INFINITY and (amount == resource.RLIM_INFINITY or amount > most)
        resource.setrlimit(what, (most if above else amount, most))
