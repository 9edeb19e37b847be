"""One way to put a question of this package's own to an engine: prefixes added, parameters bound."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.engine.answer import Answer
from kg.engine.base import Engine, Limits
from kg.errors import AnswerTooLarge
from kg.graph.names import PREFIXES
from kg.query.bind import Value, bind

__all__ = ["ask", "with_prefixes"]

_PREFIX = re.compile(r"(?<![\w?$:])([a-z][a-z0-9-]*):(?!//)")


#: Roomier than a reader's: the index of names reads some rows for every entity.
_LIMITS = Limits(seconds=30, rows=1_000_000)


@lru_cache(maxsize=256)
def with_prefixes(text: str) -> str:
    """``text`` under the PREFIX lines that it needs: for this package's own questions, which hold no IRI in full."""
    used = {found for found in _PREFIX.findall(text) if found in PREFIXES}
    lines = [f"PREFIX {prefix}: <{namespace}>" for prefix, namespace in PREFIXES.items() if prefix in used]
    return "\n".join([*lines, text])


def ask(engine: Engine, text: str, limits: Limits | None = None, /, **parameters: Value) -> Answer:
    """The engine's answer to one of this package's own questions, with its ``$parameters`` bound.

    Raises :class:`AnswerTooLarge` where not all of it came back: half an answer would be taken for the whole.
    """
    limits = limits or _LIMITS
    answer = engine.ask(bind(with_prefixes(text), parameters), limits=limits)
    if answer.cut:
        raise AnswerTooLarge(f"The answer has more than {limits.rows:,} rows: ask about fewer things at a time.")
    return answer
