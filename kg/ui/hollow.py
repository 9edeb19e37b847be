"""Says at an answer which of its columns can have no value, with what was meant as a link."""

from __future__ import annotations

from html import escape

from kg.errors import Edit
from kg.query.sparql.read import Unread, read_query
from kg.query.unbound import Unbound, unbound_columns
from kg.ui.asked import Asked
from kg.ui.markup import link
from kg.ui.words import say

__all__ = ["hollow_columns"]


def hollow_columns(asked: Asked) -> str:
    """A note for each such column; empty where there is none, and where the query cannot be read as SPARQL 1.1."""
    try:
        found = unbound_columns(read_query(asked.text))
    except Unread:
        return ""
    return "".join(_note(one, asked) for one in found)


def _note(one: Unbound, asked: Asked) -> str:
    words = escape(say("hollow_column", asked.lang, name=f"?{one.name}"))
    if not one.meant:
        return f'<p class="note hollow" role="status">{words}</p>'
    cured = Edit(one.span.start, one.span.end, f"?{one.meant}").apply(asked.text)
    cure = link(asked.to(cured), escape(say("hollow_cure", asked.lang, name=f"?{one.meant}")))
    return f'<p class="note hollow" role="status">{words} {cure}</p>'
