"""The smallest parts of a query's tree: places in the text, terms, property paths."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from kg.engine.answer import Term

__all__ = [
    "NOWHERE",
    "Alternative",
    "Blank",
    "Constant",
    "Inverse",
    "Negated",
    "Node",
    "Path",
    "Repeat",
    "Sequence",
    "Span",
    "Variable",
]


class Span(NamedTuple):
    """Characters ``start`` to before ``end`` of the query's text."""

    start: int
    end: int


#: The place of a part that stands in no text.
NOWHERE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Variable:
    """``?name``; the name has no question mark."""

    name: str
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Constant:
    """An IRI (its prefix resolved) or a literal."""

    term: Term
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Blank:
    """A blank node, which is a variable without a name; ``label`` is unique in the query (``[]`` has one, too)."""

    label: str
    span: Span = field(default=NOWHERE, compare=False)


Node = Variable | Constant | Blank


@dataclass(frozen=True, slots=True)
class Inverse:
    """``^path``."""

    path: Path
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Sequence:
    """``path/path``: two parts or more."""

    parts: tuple[Path, ...]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Alternative:
    """``path|path``: two parts or more."""

    parts: tuple[Path, ...]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Repeat:
    """``path?`` (0 to 1), ``path*`` (0 and more) or ``path+`` (1 and more); ``most`` is None where there is no end."""

    path: Path
    least: int
    most: int | None
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Negated:
    """``!(one|^other)``: any predicate but these; a part is an IRI or the inverse of one."""

    parts: tuple[Path, ...]
    span: Span = field(default=NOWHERE, compare=False)


#: A constant is always an IRI here; a variable never stands within another path.
Path = Variable | Constant | Inverse | Sequence | Alternative | Repeat | Negated
