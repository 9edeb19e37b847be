"""What a query's comments say about how its answer is to be shown: ``#view: bars``, ``#defaultView:…``, ``#title:…``.

A directive takes a line of its own. ``#view:`` is ours; the other two are those of the Wikidata Query Service, so that
a query from there opens as it does there. A query without our line is shown as its answer suggests.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from kg.engine.tokens import SPACE, Token, tokenize

__all__ = ["VIEWS", "Directives", "View", "directives", "with_view"]

#: The ways in which an answer can be shown; ``verdict`` is the yes or no of an ASK.
View = Literal["table", "bars", "line", "timeline", "graph", "map", "number", "verdict"]
VIEWS: tuple[View, ...] = get_args(View)

_OURS = re.compile(r"#[ \t]*view[ \t]*:[ \t]*([a-z]+)[ \t]*", re.IGNORECASE)
_THEIRS = re.compile(r"#[ \t]*defaultView[ \t]*:[ \t]*([a-z]+)[ \t]*(?:\{.*)?", re.IGNORECASE)
_TITLE = re.compile(r"#[ \t]*title[ \t]*:(.*)", re.IGNORECASE)

#: What the views of the Wikidata Query Service are here; those that are missing have no like.
_LIKE: dict[str, View] = {
    "table": "table",
    "barchart": "bars",
    "bubblechart": "bars",
    "treemap": "bars",
    "linechart": "line",
    "areachart": "line",
    "scatterchart": "line",
    "timeline": "timeline",
    "graph": "graph",
    "tree": "graph",
    "map": "map",
}


@dataclass(frozen=True, slots=True)
class Directives:
    """``view`` is None where none is asked for, ``title`` empty where none is given."""

    view: View | None = None
    title: str = ""


def directives(text: str) -> Directives:
    r"""What the comments of a query ask for: of several lines the first counts, ours before any other.

    >>> directives('#defaultView:BarChart{"hide": "?x"}\nSELECT ?x WHERE { ?x ?y "#view: map" }')
    Directives(view='bars', title='')
    """
    comments = [token.text for token in _comments(text)]
    ours = (view for found in map(_OURS.fullmatch, comments) if found and (view := _view(found[1])))
    theirs = (like for found in map(_THEIRS.fullmatch, comments) if found and (like := _LIKE.get(found[1].lower())))
    titles = (found[1].strip() for found in map(_TITLE.fullmatch, comments) if found and found[1].strip())
    return Directives(next(ours, None) or next(theirs, None), next(titles, ""))


def with_view(text: str, view: View | None) -> str:
    r"""The query with our line saying ``view``, or without our line; nothing else in it changes.

    A line that is there is changed in its place; a new one stands below the comments that the query begins with.

    >>> with_view("# Who leads?\nASK {}", "table")
    '# Who leads?\n#view: table\nASK {}'
    """
    ours = [token for token in _comments(text) if _OURS.fullmatch(token.text)]
    line = f"#view: {view}"
    keep = bool(ours) and view is not None
    for token in reversed(ours[1:] if keep else ours):
        start, end = _line(text, token)
        text = text[:start] + text[end:]
    if keep:
        return text[: ours[0].offset] + line + text[ours[0].end :]
    return text if view is None else _inserted(text, line)


def _view(name: str) -> View | None:
    return next((view for view in VIEWS if view == name.lower()), None)


def _comments(text: str) -> Iterator[Token]:
    """The comments that have a line to themselves."""
    fresh = True
    for token in tokenize(text):
        if token.kind == "comment" and fresh:
            yield token
        elif token.kind == "space":
            fresh = fresh or "\n" in token.text or "\r" in token.text
            continue
        fresh = False


def _line(text: str, token: Token) -> tuple[int, int]:
    """Where the line of a comment begins, and where the next one does."""
    start = max(text.rfind("\n", 0, token.offset), text.rfind("\r", 0, token.offset)) + 1
    end = token.end + (text[token.end : token.end + 2] == "\r\n")
    return start, min(end + 1, len(text))


def _inserted(text: str, line: str) -> str:
    """``line`` below the comments that ``text`` begins with."""
    place = 0
    for token in tokenize(text):
        if token.kind not in SPACE:
            break
        if token.kind == "comment":
            place = _line(text, token)[1]
    brk = "\r\n" if "\r\n" in text else "\n"
    before = text[:place]
    if before and before[-1] not in "\r\n":
        return f"{before}{brk}{line}{text[place:]}"
    return f"{before}{line}{brk}{text[place:]}"
