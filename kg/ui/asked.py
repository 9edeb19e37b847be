"""What the page Ask is about now: the query, where it comes from, and the addresses of what can be done with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Literal

import streamlit as st

from kg.engine.tokens import tokenize
from kg.model.text import Lang, Text
from kg.ui.carried import query_address
from kg.ui.markup import address
from kg.view.directives import directives

__all__ = ["BY_ITSELF", "Asked", "here", "highlighted"]

#: The view of the address that leaves the choice to the answer, whatever the stored query says.
BY_ITSELF = "auto"

Mode = Literal["query", "question", "build"]

#: What a word of a query is shown as, by the kind of the token.
_INK = {
    "comment": "quiet",
    "iri": "iri",
    "variable": "variable",
    "word": "keyword",
    "string": "value",
    "number": "value",
    "language": "value",
}


@dataclass(frozen=True)
class Asked:
    """A query of a reader: written, or made from a stored question or by the builder; ``title`` may be empty.

    ``headings`` are words for the columns that the usual ones do not fit, by variable.
    """

    text: str
    mode: Mode
    lang: Lang
    title: str = ""
    headings: Mapping[str, Text] = field(default_factory=dict, hash=False)

    def here(self, **changes: str) -> str:
        """The address of this page with some parameters changed; an empty one goes."""
        return here(self.lang, **changes)

    def to(self, text: str) -> str:
        """The address of another query."""
        return query_address(text, self.lang)

    def viewed(self, text: str) -> str:
        """The address of the same answer in the view that ``text``, this query but for its directive, asks for."""
        if self.mode == "query":
            return self.to(text)
        return self.here(view=directives(text).view or BY_ITSELF)


def here(lang: Lang, **changes: str) -> str:
    """The address of this page for a reader of ``lang``, with some parameters changed; an empty one goes."""
    kept = {name: value for name, value in st.query_params.items() if name not in ("page", "lang", "stop")}
    return address("ask", lang, **{name: value for name, value in {**kept, **changes}.items() if value})


def highlighted(sparql: str) -> str:
    """A query as markup, its words told apart by colour as in the editor."""
    parts = []
    for token in tokenize(sparql):
        css = _INK.get(token.kind, "")
        inside = escape(token.text)
        parts.append(f'<span class="{css}">{inside}</span>' if css else inside)
    return f'<pre class="sparql" tabindex="0">{"".join(parts)}</pre>'
