"""Where in a query a word stands, and who is what around it: read token by token, so that broken text is read too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from kg.engine.tokens import Token
from kg.graph.names import PREFIXES
from kg.query.complete_place import TERMS, TYPE, Link, Place, Slot, Step, in_expression

__all__ = ["place_of"]

_AFTER_CLAUSE: dict[str, Slot] = {
    "": "start", "PREFIX": "prefix", "NAMESPACE": "namespace", "SELECT": "select", "ASK": "where", "DATASET": "where",
    "CONSTRUCT": "where", "DESCRIBE": "describe", "FROM": "from", "NAMED": "graph", "DONE": "modifier", "GROUP": "by",
    "ORDER": "by", "GROUP BY": "group", "ORDER BY": "order", "HAVING": "having", "VALUES": "variables",
    "FILTER": "filter", "GRAPH": "graph", "BASE": "nothing", "WHERE": "nothing", "LIMIT": "nothing",
    "OFFSET": "nothing",
}  # fmt: skip
_PATTERNS = frozenset({"OPTIONAL", "UNION", "MINUS", "WHERE", "GRAPH", "SERVICE", "FILTER", "BIND", "VALUES"})
_PAIRS = {"}": "{", ")": "(", "]": "["}


@dataclass
class _Frame:
    """What is open: the query itself, or something within brackets; ``at`` is the place of its bracket."""

    opener: str
    mode: Literal["clauses", "triples", "list", "names", "data", "expression"]
    at: int = 0
    slot: Literal["subject", "predicate", "object", "end"] = "subject"
    clause: str = ""
    subject: str = ""
    path: list[Step] = field(default_factory=list)
    base: tuple[Step, ...] = ()
    inverse: bool = False
    value: str = ""
    names: list[str] = field(default_factory=list)
    items: int = 0
    aggregates: bool = False


def place_of(before: list[Token], after: list[Token], declared: Mapping[str, str], *, same_line: bool) -> Place:
    """The place between two runs of significant tokens, the word that is being typed there left out.

    ``same_line`` says that the text goes on in the line of the word: only then is what follows read as its triple.
    """
    reader = _Reader({**PREFIXES, **declared})
    reader.read(before)
    found = reader.place()
    reader.hole(same_line)
    reader.read(after)
    variables = ("?" + token.text[1:] for token in reader.seen if token.kind == "variable")
    return replace(found, links=tuple(reader.links), variables=tuple(dict.fromkeys(variables)))


class _Reader:
    """Follows the brackets and the triples of a query."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self.prefixes = prefixes
        self.frames = [_Frame("", "clauses")]
        self.links: list[Link] = []
        self.seen: list[Token] = []

    def read(self, tokens: list[Token]) -> None:
        modes = {
            "clauses": self._clauses,
            "triples": self._triples,
            "list": self._list,
            "names": self._names,
            "data": self._data,
            "expression": self._expression,
        }
        for token in tokens:
            datatype = bool(self.seen) and self.seen[-1].text == "^^"
            self.seen.append(token)
            if token.text in _PAIRS:
                self._close(_PAIRS[token.text])
            elif token.kind != "language" and not datatype:  # a literal is a term by its string alone
                modes[self.frames[-1].mode](self.frames[-1], token, token.text.upper())

    def hole(self, same_line: bool) -> None:
        """Stand for the word that is being typed: some term, and where its line ends, the last of its triple."""
        frame = self.frames[-1]
        if frame.mode == "triples" and frame.clause in ("", "}"):
            self._term(frame, "")
            frame.slot = frame.slot if same_line else "end"

    def place(self) -> Place:
        """What may come next."""
        frame = self.frames[-1]
        found = Place("nothing", first=not frame.items, clause=frame.clause, aggregates=frame.aggregates)
        if self.seen and self.seen[-1].text == "^^":
            return replace(found, slot="datatype", path=tuple(frame.path))
        if frame.mode == "expression":
            return in_expression(self.seen, frame.at, found)
        if frame.mode == "data":
            at = frame.items if frame.opener == "(" else 0
            known = at < len(frame.names) and (frame.opener == "(" or len(frame.names) == 1)
            return replace(found, slot="data", compared=frame.names[at]) if known else found
        if frame.mode == "clauses" or frame.clause not in ("", "}"):
            return replace(found, slot=self._clause_slot(frame), subject=frame.subject)
        if frame.mode != "triples":
            return replace(found, slot="variables" if frame.mode == "names" else "object")
        slot = "nothing" if frame.opener != "{" and frame.slot in ("subject", "end") else frame.slot
        return replace(found, slot=slot, subject=frame.subject, path=tuple(frame.path), inverse=frame.inverse)

    def _clause_slot(self, frame: _Frame) -> Slot:
        last = self.seen[-1].text.upper() if self.seen else ""
        if frame.clause == "FILTER" and last != "FILTER":
            return "exists" if last == "NOT" else "nothing"
        if frame.clause == "PREFIX" and last != "PREFIX":
            return "nothing"
        if frame.clause in ("LIMIT", "OFFSET") and frame.items:
            return "modifier"
        return _AFTER_CLAUSE.get(frame.clause, "nothing")

    def _open(self, frame: _Frame, opened: _Frame) -> None:
        frame.items += 1
        opened.at = len(self.seen) - 1
        self.frames.append(opened)

    def _close(self, opener: str) -> None:
        for at in range(len(self.frames) - 1, 0, -1):
            if self.frames[at].opener == opener:
                closed = self.frames[at]
                del self.frames[at:]
                self._closed(self.frames[-1], closed)
                return
            if self.frames[at].opener == "{":
                return  # a stray bracket closes nothing around it

    def _closed(self, frame: _Frame, closed: _Frame) -> None:
        if frame.mode == "clauses" and closed.opener == "{":
            frame.clause = "DATASET" if frame.clause == "CONSTRUCT" else "DONE"
        if frame.mode != "triples":
            return
        if closed.opener == "{":
            _restart(frame, "}")
        elif closed.mode == "expression":
            _restart(frame, "")
        elif closed.opener == "[":
            self._term(frame, closed.subject)
        elif closed.mode == "triples":  # a path within parentheses
            frame.path.append(Step(""))
            frame.slot, frame.value = "object", ""
        elif closed.mode == "list":
            self._term(frame, "")

    def _clauses(self, frame: _Frame, token: Token, word: str) -> None:
        if token.kind == "word" and word in _AFTER_CLAUSE and word not in ("FILTER", "GRAPH"):
            frame.clause, frame.items = word, 0
            frame.aggregates = word in ("SELECT", "HAVING", "ORDER")
        elif word == "BY" and frame.clause in ("GROUP", "ORDER"):
            frame.clause += " BY"
        elif word == "{":
            self._open(frame, _Frame("{", "data" if frame.clause == "VALUES" else "triples", names=frame.names))
        elif word == "(":
            mode: Literal["names", "expression"] = "names" if frame.clause == "VALUES" else "expression"
            clause = "AS" if frame.clause in ("SELECT", "GROUP BY") else ""
            self._open(frame, _Frame("(", mode, clause=clause, names=frame.names, aggregates=frame.aggregates))
        elif frame.clause in ("PREFIX", "NAMESPACE", "BASE", "FROM", "NAMED") and token.kind in ("name", "iri"):
            after = {"PREFIX": "NAMESPACE" if token.kind == "name" else "", "FROM": "DATASET", "NAMED": "DATASET"}
            frame.clause, frame.subject = after.get(frame.clause, ""), token.text.removesuffix(":")
        else:
            frame.items += 1
            if frame.clause == "VALUES" and token.kind == "variable":
                frame.names = [self._node(token)]

    def _triples(self, frame: _Frame, token: Token, word: str) -> None:
        if token.kind == "word" and word in _PATTERNS:
            _restart(frame, word)
            frame.names, frame.items = [], frame.items + 1
        elif token.kind == "word" and word == "SELECT":
            frame.mode, frame.clause, frame.items, frame.aggregates = "clauses", "SELECT", 0, True
        elif word == "{":
            self._open(frame, _Frame("{", "data" if frame.clause == "VALUES" else "triples", names=frame.names))
        elif frame.clause not in ("", "}"):
            self._after_word(frame, token, word)
        elif word in (".", ";", ","):
            _restart(frame, "") if word == "." else _go_on(frame, word)
        elif frame.slot == "predicate" and self._predicate(frame, token):
            pass
        else:
            self._value(frame, token, word)

    def _value(self, frame: _Frame, token: Token, word: str) -> None:
        if frame.slot == "object" and word in ("/", "|", "*", "?"):
            _path_mark(frame, word)
        elif word == "[":
            self._open(frame, _Frame("[", "triples", subject=f"[{token.offset}", slot="predicate"))
        elif word == "(":
            self._open(frame, _Frame("(", "list"))
        elif token.kind in TERMS:
            frame.clause = ""
            self._term(frame, self._node(token), verb=token.text == "a")

    def _after_word(self, frame: _Frame, token: Token, word: str) -> None:
        """A token between a word like FILTER or GRAPH and what belongs to it."""
        if frame.clause == "VALUES" and token.kind == "variable":
            frame.names.append(self._node(token))
        elif frame.clause == "VALUES" and word == "(":
            self._open(frame, _Frame("(", "names", names=frame.names))
        elif frame.clause in ("FILTER", "BIND") and word == "(":
            self._open(frame, _Frame("(", "expression", clause="AS" if frame.clause == "BIND" else ""))
        elif frame.clause in ("GRAPH", "SERVICE") and token.kind in TERMS and word != "SILENT":
            frame.clause = "BRACE"
        elif word == "." or token.kind in ("variable", "iri"):
            _restart(frame, "")
            if word != ".":
                self._term(frame, self._node(token))

    def _predicate(self, frame: _Frame, token: Token) -> bool:
        if token.text in ("^", "!"):
            frame.inverse = token.text == "^"
        elif token.text == "(":
            way = tuple(frame.path)
            opened = _Frame("(", "triples", slot="predicate", subject=frame.subject, path=list(way), base=way)
            self._open(frame, opened)
        elif token.kind in ("name", "iri", "word", "variable"):
            name = TYPE if token.text == "a" else self._node(token)
            frame.path.append(Step("" if token.kind == "variable" else name, frame.inverse))
            frame.slot, frame.inverse, frame.value = "object", False, ""
        else:
            return False
        return True

    def _term(self, frame: _Frame, node: str, verb: bool = False) -> None:
        frame.items += 1
        if frame.slot == "end" and verb:  # no full stop before: what looked like the last object is a subject
            frame.subject, frame.path, frame.slot = frame.value, [Step(TYPE)], "object"
        elif frame.slot in ("subject", "end"):
            frame.subject, frame.slot, frame.path, frame.inverse = node, "predicate", [], False
        elif frame.slot == "predicate":
            frame.path.append(Step(""))
            frame.slot = "object"
        elif frame.opener == "(":
            frame.slot = "predicate"
        else:
            self.links.append(Link(frame.subject, tuple(frame.path), node))
            frame.slot, frame.value = "end", node

    def _list(self, frame: _Frame, token: Token, word: str) -> None:
        if word in ("(", "["):
            subject = f"[{token.offset}"
            self._open(frame, _Frame(word, "list" if word == "(" else "triples", subject=subject, slot="predicate"))

    def _names(self, frame: _Frame, token: Token, _word: str) -> None:
        if token.kind == "variable":
            frame.names.append(self._node(token))

    def _data(self, frame: _Frame, token: Token, word: str) -> None:
        if word == "(":
            self._open(frame, _Frame("(", "data", names=frame.names))
        elif token.kind in TERMS:
            frame.items += 1

    def _expression(self, frame: _Frame, _token: Token, word: str) -> None:
        if word in ("(", "{"):
            mode: Literal["expression", "triples"] = "expression" if word == "(" else "triples"
            self._open(frame, _Frame(word, mode, aggregates=frame.aggregates))

    def _node(self, token: Token) -> str:
        """A variable, a blank node or an IRI as one string; empty for anything else."""
        if token.kind == "variable":
            return "?" + token.text[1:]
        if token.kind in ("iri", "label"):
            return token.text.strip("<>")
        prefix, colon, local = token.text.partition(":") if token.kind == "name" else ("", "", "")
        return self.prefixes[prefix] + local if colon and prefix in self.prefixes else ""


def _restart(frame: _Frame, clause: str) -> None:
    frame.slot, frame.clause, frame.subject, frame.inverse, frame.path = "subject", clause, "", False, []


def _go_on(frame: _Frame, mark: str) -> None:
    if mark == ",":
        frame.slot = "object"
    else:
        frame.slot, frame.path, frame.inverse = "predicate", [], False


def _path_mark(frame: _Frame, mark: str) -> None:
    if mark in ("*", "?"):  # no step at all is a way too, so the ends may be anything
        frame.path[-1:] = [Step("")]
        return
    frame.slot = "predicate"
    if mark == "|":
        frame.path = list(frame.base)
