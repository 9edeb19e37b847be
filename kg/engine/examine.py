"""Says what is wrong with a query that is no SPARQL, by having a worker read it and what might mend it."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence

from kg.engine import wire
from kg.engine.guard import approve
from kg.engine.malformed import explain
from kg.engine.misplaced import misplaced_aggregate
from kg.engine.wire import Failure
from kg.errors import MalformedQuery, QueryError

__all__ = ["CHECK_SECONDS", "Examiner"]

CHECK_SECONDS = 1.0  # what a look at a query may take, and the search for a cure
_CHECK_BYTES = 128 << 20

Exchange = Callable[[wire.Request, wire.Patience], wire.Reply]


class Examiner:
    """Reads queries by ``exchange``, which puts a request to a worker; ``prefixes`` (to IRIs) can be proposed."""

    def __init__(self, exchange: Exchange, prefixes: Mapping[str, str]) -> None:
        self._exchange = exchange
        self._prefixes = prefixes

    def check(self, query: str, graphs: Collection[str], patience: wire.Patience) -> bool:
        """Raise what is wrong with ``query``, of which the guard has approved; ``graphs`` are those it may name.

        A query that cannot be read within ``patience`` passes; whether it was read.
        """
        found = self._read([query], patience)
        failure = (found[0] or misplaced_aggregate(query)) if found else None
        if failure is not None:
            raise self.explained(query, failure, graphs, patience)
        return bool(found)

    def explained(
        self, query: str, failure: Failure, graphs: Collection[str], patience: wire.Patience
    ) -> MalformedQuery:
        """The error for ``query``, which a worker could not read, with the cures that were tried."""
        return explain(query, *failure, self._prefixes, lambda texts: self._try(texts, graphs, patience))

    def _try(self, texts: Sequence[str], graphs: Collection[str], patience: wire.Patience) -> list[Failure | None]:
        """What is wrong with each of ``texts``, attempts to mend a query; nothing when that takes too long."""
        allowed = [text for text in texts if _allows(text, graphs)]
        known = dict(zip(allowed, self._read(allowed, patience), strict=False))
        return [known.get(text, Failure(0, "not tried")) for text in texts]

    def _read(self, texts: Sequence[str], patience: wire.Patience) -> list[Failure | None]:
        """Have a worker read ``texts``; an empty list when it cannot within ``patience`` and its memory."""
        request = wire.Request(json.dumps(texts), CHECK_SECONDS, 1, _CHECK_BYTES, check=True)
        try:
            reply = self._exchange(request, patience)
        except (wire.Overdue, wire.Cancelled, QueryError):
            return []
        if reply.kind != wire.CHECKED:
            return []
        return [each and Failure(*each) for each in json.loads(reply.body)]


def _allows(text: str, graphs: Collection[str]) -> bool:
    try:
        approve(text, graphs)
    except QueryError:
        return False
    return True
