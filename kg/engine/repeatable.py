"""Whether a query gives the same answer each time that it is asked of the same data."""

from __future__ import annotations

import re

__all__ = ["repeatable"]

#: What gives another answer at every asking. Whatever ends in such a word is taken for it, too, which costs little: in
#: ``BYRAND()`` Oxigraph reads two.
_FICKLE = re.compile(r"(?:RAND|NOW|UUID|BNODE)\b", re.IGNORECASE)


def repeatable(query: str) -> bool:
    """Whether an answer to ``query`` can be kept for as long as the data is the same."""
    return _FICKLE.search(query) is None
