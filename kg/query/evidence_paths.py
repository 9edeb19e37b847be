"""Opens property paths into triple patterns, so that a statement can stand behind each step of a path."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from kg.engine.tokens import tokenize
from kg.graph.names import GRAPH_DATASET, GRAPH_ENTITIES, GRAPH_ONTOLOGY, GRAPH_VOCABULARY
from kg.query.evidence_parts import Part, Reason, Untraced, is_silent, of_statement_only
from kg.query.sparql.nodes import (
    Alternative,
    Blank,
    Constant,
    Inverse,
    Negated,
    Node,
    Path,
    Repeat,
    Sequence,
    Span,
    Variable,
)
from kg.query.terms import spelled

__all__ = ["Paths", "Scope", "spell"]

#: The graphs in which no source states anything.
_SILENT_GRAPHS = frozenset({GRAPH_DATASET, GRAPH_ENTITIES, GRAPH_ONTOLOGY, GRAPH_VOCABULARY})


@dataclass(frozen=True)
class Scope:
    """What holds around a part: its graph, the branches that it is in, and what its variables are renamed to."""

    graph: Node | None = None
    when: tuple[str, ...] = ()
    renames: Mapping[str, str] = field(default_factory=dict)
    absent: Reason = "optional"

    def within(self, marker: str) -> Scope:
        """The same within a branch that binds ``marker``."""
        return replace(self, when=(*self.when, marker))


class Paths:
    """Writes triple patterns for paths in the names of the second query, and notes the parts as it goes.

    With ``deep``, the steps of a path of unknown length are followed, too: all those on any way between its two ends.
    """

    def __init__(self, text: str, deep: bool) -> None:
        self.parts: list[Part] = []
        self.untraced: list[Untraced] = []
        self.followed = False
        self._text = text
        self._deep = deep
        self._blanks: dict[str, str] = {}
        self._made = 0
        self._own = "ev"
        while f"?{self._own}" in text or f"${self._own}" in text:
            self._own += "v"

    def fresh(self) -> str:
        """A name that no variable of the query has."""
        self._made += 1
        return f"{self._own}{self._made}"

    def is_fresh(self, name: str) -> bool:
        """Whether :meth:`fresh` made this name."""
        return name.startswith(self._own)

    def node(self, node: Node, scope: Scope) -> Node:
        """The node in the names of the second query, a blank node as the variable that it is."""
        if isinstance(node, Blank):
            if node.label not in self._blanks:
                self._blanks[node.label] = self.fresh()
            return Variable(self._blanks[node.label])
        if isinstance(node, Variable):
            return Variable(scope.renames.get(node.name, node.name))
        return node

    def words(self, span: Span, scope: Scope) -> str:
        """The text that stands at ``span``, in the names of the second query."""
        text = self._text[span.start : span.end]
        if not scope.renames:
            return text
        tokens = tokenize(text, less_than=True)
        return "".join(
            f"?{scope.renames.get(token.text[1:], token.text[1:])}" if token.kind == "variable" else token.text
            for token in tokens
        )

    def plain(self, subject: Node, path: Path, thing: Node, scope: Scope) -> str:
        """A pattern as it stands in the query."""
        middle = spell(path) if isinstance(path, Variable | Constant) else f"({self.words(path.span, scope)})"
        return f"{spell(subject)} {middle} {spell(thing)} ."

    def open(self, subject: Node, path: Path, thing: Node, scope: Scope, span: Span) -> str:
        """The patterns that a path stands for, with a part for each; ``subject`` and ``thing`` are no blank nodes."""
        if is_silent(path) or _is_silent_graph(scope.graph):
            self.untraced.append(Untraced("schema", span))
            return self.plain(subject, path, thing, scope)
        if isinstance(path, Variable | Constant):
            self.parts.append(Part(subject, path, thing, span, scope.graph, scope.when, scope.absent))
            return self.plain(subject, path, thing, scope)
        if isinstance(path, Inverse):
            return self.open(thing, path.path, subject, scope, span)
        if isinstance(path, Sequence):
            return self._sequence(subject, path, thing, scope)
        if isinstance(path, Alternative):
            return self._alternative(subject, path, thing, scope)
        if isinstance(path, Negated):
            return self._negated(subject, path, thing, scope)
        return self._repeat(subject, path, thing, scope)

    def branch(self, write: Callable[[Scope], str], scope: Scope, witness: str | None = None) -> str:
        """What ``write`` writes as a group that says whether it held, if a part is in it that wants to know.

        ``witness`` is a variable that this group binds, and nothing else: then no other sign is needed.
        """
        marker, before = witness or self.fresh(), len(self.parts)
        text = write(scope.within(marker))
        if len(self.parts) > before and witness is None:
            text += f"\nBIND (1 AS ?{marker})"
        return f"{{ {text}\n}}"

    def _sequence(self, subject: Node, path: Sequence, thing: Node, scope: Scope) -> str:
        ends: list[Node] = [subject, *(Variable(self.fresh()) for _ in path.parts[1:]), thing]
        steps = zip(ends, path.parts, ends[1:], strict=False)
        return "\n".join(self.open(start, step, end, scope, step.span) for start, step, end in steps)

    def _alternative(self, subject: Node, path: Alternative, thing: Node, scope: Scope) -> str:
        choices = [part for part in path.parts if isinstance(part, Constant)]
        if len(choices) < len(path.parts):

            def choice(part: Path) -> Callable[[Scope], str]:
                return lambda inside: self.open(subject, part, thing, inside, part.span)

            return " UNION ".join(self.branch(choice(part), scope) for part in path.parts)
        chosen = Variable(self.fresh())
        told = choices[0] if all(map(of_statement_only, choices)) else chosen
        self.parts.append(Part(subject, told, thing, path.span, scope.graph, scope.when, scope.absent))
        listed = " ".join(map(spell, choices))
        return f"VALUES {spell(chosen)} {{ {listed} }} {self.plain(subject, chosen, thing, scope)}"

    def _negated(self, subject: Node, path: Negated, thing: Node, scope: Scope) -> str:
        """Any property but those named, forwards, backwards or both, by which of the two are named."""
        inverse = [part.path for part in path.parts if isinstance(part, Inverse)]
        forward = [part for part in path.parts if isinstance(part, Constant)]

        def edge(start: Node, end: Node, without: list[Path]) -> Callable[[Scope], str]:
            chosen = Variable(self.fresh())
            listed = ", ".join(spell(part) for part in without if isinstance(part, Constant))
            test = f" FILTER ({spell(chosen)} NOT IN ({listed}))"
            return lambda inside: self.open(start, chosen, end, inside, path.span) + test

        ways = [edge(subject, thing, list(forward))] if forward or not inverse else []
        ways += [edge(thing, subject, inverse)] if inverse else []
        return " UNION ".join(self.branch(way, scope) for way in ways)

    def _repeat(self, subject: Node, path: Repeat, thing: Node, scope: Scope) -> str:
        """The path as it is, which may be of no step at all, and beside it the steps on the ways between its ends."""
        whole = self.plain(subject, path, thing, scope)
        if path.most is None and not self._deep:
            self.untraced.append(Untraced("path", path.span))
            return whole
        self.followed |= path.most is None

        def steps(inside: Scope) -> str:
            if path.most == 1:
                return self.open(subject, path.path, thing, inside, path.span)
            start, end = Variable(self.fresh()), Variable(self.fresh())
            any_way = f"({self.words(path.path.span, scope)})*"
            step = self.open(start, path.path, end, inside, path.span)
            return f"{spell(subject)} {any_way} {spell(start)} .\n{step}\n{spell(end)} {any_way} {spell(thing)} ."

        return f"{whole}\nOPTIONAL {self.branch(steps, scope)}"


def spell(node: Node | Path) -> str:
    """A variable or a constant as SPARQL writes it; ValueError for a term that cannot be written."""
    if isinstance(node, Variable):
        return f"?{node.name}"
    if isinstance(node, Constant):
        return spelled(node.term)
    raise ValueError(f"a {type(node).__name__} is no term")


def _is_silent_graph(graph: Node | None) -> bool:
    return isinstance(graph, Constant) and graph.term.value in _SILENT_GRAPHS
