"""A place in a query: what may stand there, and what that depends on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from kg.engine.tokens import Token
from kg.graph.names import PREFIXES

__all__ = ["TERMS", "TYPE", "Link", "Place", "Slot", "Step", "in_expression"]

TYPE = PREFIXES["rdf"] + "type"

#: The kinds of token that can be a term.
TERMS = frozenset({"variable", "name", "iri", "word", "string", "number", "label"})

#: What may come at a place. “end” is after a whole triple, “operator” after an operand, “modifier” after the pattern.
Slot = Literal[
    "start", "prefix", "namespace", "select", "where", "describe", "from", "graph", "modifier", "by", "group", "order",
    "having", "subject", "predicate", "object", "end", "filter", "exists", "expression", "operator", "variables",
    "data", "datatype", "language", "nothing",
]  # fmt: skip


class Step(NamedTuple):
    """One step of a path: the property's IRI, empty where it is unknown, and whether it is walked backwards."""

    name: str
    inverse: bool = False


class Link(NamedTuple):
    """What a triple says: its two ends (``?x``, ``_:b``, ``[7`` or an IRI; empty if unknown) and the way between."""

    subject: str
    path: tuple[Step, ...]
    value: str


@dataclass(frozen=True)
class Place:
    """What may stand at a place (``slot``) and what that depends on.

    ``subject``, ``path`` and ``inverse`` (after ``^``) belong to the triple at hand; after PREFIX, ``subject`` is the
    prefix. ``compared`` is what a value is held against ("?x", "LANG ?x"), ``first`` that nothing stands before it in
    its clause or group, ``clause`` the word that rules there (“AS” where an expression can get a name), ``aggregates``
    that they may be used. ``links`` and ``variables`` are those of the whole text.
    """

    slot: Slot
    subject: str = ""
    path: tuple[Step, ...] = ()
    inverse: bool = False
    compared: str = ""
    first: bool = True
    clause: str = ""
    aggregates: bool = False
    links: tuple[Link, ...] = ()
    variables: tuple[str, ...] = ()


def in_expression(seen: list[Token], at: int, found: Place) -> Place:
    """The place after ``seen`` within the parenthesis at ``at``: by the tokens that stand just before it."""
    words = [token.text.upper() for token in seen]
    last, head = words[-1], words[at - 1] if at else ""
    compared = ""
    if last in ("=", "!=") or (last == "," and head == "LANGMATCHES"):
        compared = _operand(seen, len(seen) - 1)
    elif head == "IN" and last in ("(", ","):
        compared = _operand(seen, at - 2 if words[at - 2] == "NOT" else at - 1)
    if last in ("AS", "EXISTS", "IN", ";", "SEPARATOR") or "AS" in words[-2:]:
        return found
    if last == "NOT":
        return replace(found, slot="exists")
    star = last == "*" and words[-2] == "("
    if last == ")" or last == "}" or star or (seen[-1].kind in TERMS and last != "DISTINCT"):
        return replace(found, slot="operator")
    return replace(found, slot="expression", compared=compared, clause=head, first=last == "(")


def _operand(seen: list[Token], end: int) -> str:
    """What stands before ``end``: a variable, or the language or the datatype of one."""
    before = [token.text for token in seen[max(end - 4, 0) : end]]
    if before and before[-1][:1] in ("?", "$") and len(before[-1]) > 1:
        return "?" + before[-1][1:]
    if len(before) == 4 and before[1] == "(" and before[3] == ")" and before[2][:1] in ("?", "$"):
        return f"{before[0].upper()} ?{before[2][1:]}"
    return ""
