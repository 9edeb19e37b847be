"""The few words between an engine and the processes that it starts, beside questions and answers.

Kept apart from both sides, so that the engine's own process need not import what the others import.
"""

from __future__ import annotations

import struct

__all__ = ["COMMAND", "ENDED", "FORK", "KILL", "LENGTH", "SECRET_BYTES", "SLOW"]

COMMAND = struct.Struct("!cQ")  # what to do, to which worker
ENDED = struct.Struct("!iI")  # exit code, minus the signal; the length of the last words that follow
LENGTH = struct.Struct("!Q")  # of the JSON object that follows
FORK, KILL, SLOW = b"f", b"k", b"n"
SECRET_BYTES = 32  # by which a worker that was not forked proves that it is ours
