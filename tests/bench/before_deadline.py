"""What is done with a query before it has a deadline: does it take time in step with the query's length?

    PYTHONPATH=. python tests/bench/before_deadline.py

To aim for: eight times the query costs about eight times as much, and not sixty-four times. It is the processor time of
this thread alone, which a busy machine makes no longer.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable

from kg.engine.guard import approve, approve_extensions
from kg.engine.malformed import explain
from kg.errors import QueryError
from kg.query.sparql.tidy import tidy

_TIMES = 8


def _approved(query: str) -> None:
    approve(query, ())
    approve_extensions(query)


def _explained(query: str) -> None:
    explain(query, query.index("\\") if "\\" in query else query.index("<>"), "expected", {})


#: What is done, the part that is repeated, what follows it as often, and how often at first.
_WORK: dict[str, tuple[Callable[[str], object], str, str, int]] = {
    "guard, backslashes": (_approved, "\\", "#" + 45 * "x", 2_500),
    "guard, words with dots": (_approved, "a.", "", 2_500),
    "guard, less-thans": (_approved, "1<'x>'", "", 1_000),
    "guard, prefixes": (_approved, "PREFIX a: <b:c> ", "ASK FROM a:x {}", 500),
    "reason, backslashes": (_explained, "\\", "", 250),
    "reason, signs": (_explained, "<>", "", 250),
    "format, unions": (tidy, "UNION {} ", "", 2_000),
}


def _seconds(work: Callable[[str], object], query: str) -> float:
    started = time.thread_time()
    with contextlib.suppress(QueryError, ValueError):
        work(query)
    return time.thread_time() - started


def main() -> None:
    for name, (work, unit, rest, size) in _WORK.items():
        once = min(_seconds(work, size * unit + size * rest) for _ in range(3))
        more = min(_seconds(work, _TIMES * size * unit + _TIMES * size * rest) for _ in range(2))
        print(f"{name:24} {more / once:5.1f} × for {_TIMES} × the query ({1000 * once:.1f} ms, {1000 * more:.1f} ms)")


if __name__ == "__main__":
    main()
