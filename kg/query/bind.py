"""Puts values in the place of a question's parameters, token by token, so that no value can be read as SPARQL.

``$name`` is a parameter and ``?name`` a variable; SPARQL itself takes the two for the same, so a question keeps the
dollar for what is given from outside.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from kg.engine.answer import Term
from kg.engine.tokens import Token, place, tokenize
from kg.errors import MalformedQuery
from kg.query.terms import spelled

__all__ = ["Value", "bind", "parameters"]

#: One term; several, for ``VALUES ?x { $several }``; or rows of several, for ``VALUES (?x ?y) { $rows }``.
Value = Term | Sequence[Term] | Sequence[Sequence[Term]]

_OPEN = " \t\r\n(,{"
_CLOSE = " \t\r\n),.;}"


def bind(text: str, values: Mapping[str, Value]) -> str:
    """``text`` with each ``$name`` replaced by the spelling of its value, never inside a string, a comment or an IRI.

    Raises :class:`MalformedQuery` at a parameter without a value and for a value without a parameter, ValueError for a
    term that cannot be spelled (see :func:`kg.query.terms.spelled`).
    """
    wanted = [token for token in tokenize(text) if _is_parameter(token)]
    _refuse_strangers(text, wanted, values)
    spellings = {name: _spelled(value) for name, value in values.items()}
    pieces, done = [], 0
    for token in wanted:
        before = "" if text[token.offset - 1 : token.offset] in _OPEN else " "
        after = "" if text[token.end : token.end + 1] in _CLOSE else " "
        pieces += [text[done : token.offset], before, spellings[token.text[1:]], after]
        done = token.end
    return "".join([*pieces, text[done:]])


def parameters(text: str) -> tuple[str, ...]:
    """The names of the parameters of ``text``, in the order in which they first stand there."""
    return tuple(dict.fromkeys(token.text[1:] for token in tokenize(text) if _is_parameter(token)))


def _is_parameter(token: Token) -> bool:
    return token.kind == "variable" and token.text.startswith("$")


def _refuse_strangers(text: str, wanted: Sequence[Token], values: Mapping[str, Value]) -> None:
    names = [token.text[1:] for token in wanted]
    for token in wanted:
        if token.text[1:] not in values:
            raise MalformedQuery(
                f"the parameter {token.text} has no value",
                *place(text, token.offset),
                hint=f"Give it one, or write ?{token.text[1:]} if a variable is meant.",
            )
    for name in values:
        if name not in names:
            near = get_close_matches(name, names, n=1)
            known = f"Did you mean ${near[0]}?" if near else f"It has: {', '.join(names) or 'none'}."
            raise MalformedQuery(f"the question has no parameter ${name}", 1, 1, hint=known)


def _spelled(value: Value) -> str:
    if isinstance(value, Term):
        return spelled(value)
    return " ".join(spelled(one) if isinstance(one, Term) else f"({_spelled(one)})" for one in value)
