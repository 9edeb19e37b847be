"""Tells by its words which form of answer a query wants."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.engine.answer import Form
from kg.engine.tokens import tokenize

__all__ = ["form_at_a_glance", "form_of"]

_FORMS: Mapping[str, Form] = {"SELECT": "select", "ASK": "ask", "CONSTRUCT": "graph", "DESCRIBE": "graph"}

#: The usual beginning of a query: declarations, white space and comments, and the word.
_PLAIN = re.compile(
    r"(?:\s++|#[^\n]*+\n|PREFIX\s++[\w.-]*+:\s*+<[^>]*+>|BASE\s*+<[^>]*+>)*+(SELECT|ASK|CONSTRUCT|DESCRIBE)\b",
    re.IGNORECASE,
)


def form_at_a_glance(query: str) -> Form | None:
    """The form of a query that begins as most do, in microseconds; None says only that it does not."""
    plain = _PLAIN.match(query)
    return _FORMS[plain[1].upper()] if plain else None


def form_of(query: str) -> Form | None:
    """The form by the first word that names one; None where none does."""
    words = (token.text.upper() for token in tokenize(query) if token.kind == "word")
    return form_at_a_glance(query) or next((_FORMS[word] for word in words if word in _FORMS), None)
