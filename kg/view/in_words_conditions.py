"""Says the conditions of a query in words: its triples, grouped by what they are about, and all that stands beside."""

from __future__ import annotations

from collections import Counter

from kg.graph.names import expand
from kg.query.sparql import tree
from kg.view.in_words_calls import language_of, only_picks, say_call, tested_in, turn_of
from kg.view.in_words_paths import clause, fetches, link, pairs
from kg.view.in_words_terms import LABELS, Names
from kg.view.in_words_uses import named_in, used_in

__all__ = ["Conditions"]

_Subject = list[tree.Triple]

#: What a statement node says of the statement that it stands for.
_SUBJECT, _PREDICATE, _OBJECT = map(expand, ("rdf:subject", "rdf:predicate", "rdf:object"))


#: The classes of what sources state.
_STATEMENTS = frozenset(map(expand, ("bde:Statement", "bde:Relation", "bde:Figure", "bde:Status")))


class Conditions:
    """Says groups and expressions; ``shown`` are the variables that the reader sees in the answer."""

    def __init__(self, names: Names, query: tree.Query) -> None:
        self._names = names
        self._shown = {one.name for one in named_in(query)}
        self._uses = Counter(one.name for one in used_in(query))
        self._know_labels(query.where)

    def _know_labels(self, group: tree.Group) -> None:
        """Variables that hold the label of another one are called by it: “the name of x”."""
        for element in tree.walk(group):
            if isinstance(element, tree.Triple) and _is_label(element):
                subject, label = element.subject, element.object
                if isinstance(subject, tree.Variable) and isinstance(label, tree.Variable):
                    self._names.owners[label.name] = subject.name
            elif isinstance(element, tree.Bind):
                self.know_label(element.variable, element.expression)

    def know_label(self, variable: tree.Variable, expression: tree.Expression) -> None:
        """A variable that is computed from the labels of one other is its label, too."""
        owners = self._names.owners
        used = {one.name for one in tree.variables_of(expression)}
        found = {owners.get(name, name) for name in used}
        if len(found) == 1 and used & set(owners) and variable.name not in found and only_picks(expression):
            owners[variable.name] = found.pop()

    def group(self, group: tree.Group, *, inner: bool = False) -> str:
        """All conditions of a group, which may stand within another; empty where it only fetches labels."""
        return self._names.join(self._parts(group), "join_inner" if inner else "join_parts")

    def _parts(self, group: tree.Group) -> list[str]:
        parts: list[str] = []
        by_subject: dict[tree.Node, _Subject] = {}
        for element in group.elements:
            if isinstance(element, tree.Triple):
                if not (_is_label(element) and isinstance(element.object, tree.Variable)):
                    by_subject.setdefault(element.subject, []).append(element)
            else:
                parts.append(self._element(element))
        told = [self._about(subject, triples) for subject, triples in by_subject.items()]
        return list(dict.fromkeys(part for part in (*told, *parts) if part))

    def _element(self, element: tree.Element) -> str:
        say = self._names.say
        if isinstance(element, tree.Filter):
            return "" if self._picks_language(element.expression) else self.expression(element.expression)
        if isinstance(element, tree.Bind):
            if element.variable.name in self._names.owners:
                return ""
            return say("bind", variable=self._names.node(element.variable), value=self.expression(element.expression))
        if isinstance(element, tree.Values):
            return self.values(element)
        if isinstance(element, tree.SubSelect):
            from kg.view.in_words import sentence

            return say("sub_select", sentence=sentence(element.query, self._names))
        groups = [self.group(one, inner=True) for one in tree.groups_of(element)]
        if not any(groups):
            return ""
        if isinstance(element, tree.Union):
            more = self._names.join(groups[1:], "union_more")
            return say("union", first=groups[0] or say("nothing"), others=more)
        if isinstance(element, tree.InGraph):
            return say("in_graph", graph=self._names.graph(element.name), conditions=groups[0])
        key = {tree.Optional: "optional", tree.Minus: "minus"}.get(type(element))
        return say(key, conditions=groups[0]) if key else groups[0]

    def _picks_language(self, expression: tree.Expression) -> bool:
        """Whether a filter does nothing but choose among the languages of a label."""
        if not isinstance(expression, tree.Call):
            return False
        tested = expression.arguments[0] if expression.arguments else None
        if expression.function in ("=", "LANGMATCHES") and isinstance(tested, tree.Call) and tested.function == "LANG":
            names = self._names
            used = {one.name for one in tree.variables_of(tested)}
            return all(name in names.owners or names.in_both_languages(name) for name in used)
        return expression.function in ("||", "&&") and all(map(self._picks_language, expression.arguments))

    def values(self, element: tree.Values) -> str:
        """What VALUES gives: a variable, or several together, and what they may be."""
        names = self._names
        variables = names.join([names.node(one) for one in element.variables])
        rows = [names.join([names.node(one) if one else "…" for one in row], "join_between") for row in element.rows]
        if len(element.variables) > 1:
            rows = [f"({row})" if names.lang == "en" else f"（{row}）" for row in rows]
        key = "values_several" if len(element.variables) > 1 else "values"
        return names.say(key, variables=variables, rows=names.some(rows))

    def _about(self, subject: tree.Node, triples: _Subject) -> str:
        """One thing with all that is said of it."""
        names = self._names
        hidden = self._is_hidden(subject, len(triples))
        claim, triples = self._claim(triples)
        if claim and isinstance(subject, tree.Variable) and not hidden:
            claim = names.say("claim", claim=claim, statement=names.node(subject))
        types = [one for one in triples if names.is_type(one.predicate) and isinstance(one.object, tree.Constant)]
        rest = [one for one in triples if one not in types]
        if len(triples) == 1 and not claim and not hidden:
            return self._type(subject, types[0]) if types else self._triple(rest[0])
        clauses = self._clauses(rest)
        if claim:
            return names.join([claim, *clauses], "join_clauses")
        if hidden:
            kind = names.node(types[0].object) if types else ""
            key = "there_is_stated" if types and _is_statement(types[0].object) else "there_is"
            head = names.say(key, type=kind, article=names.article(kind)) if kind else names.say("there_is_one")
        else:
            head = self._type(subject, types[0]) if types else names.say("there_is_this", thing=names.node(subject))
        first = names.join([head, *clauses[:1]], "join_first")
        return names.join([first, *clauses[1:]], "join_clauses")

    def _claim(self, triples: _Subject) -> tuple[str, _Subject]:
        """What a statement node stands for, said as the relation itself, and the triples that are left."""
        parts = {
            one.predicate.term.value: one
            for one in triples
            if isinstance(one.predicate, tree.Constant) and one.predicate.term.value in (_SUBJECT, _PREDICATE, _OBJECT)
        }
        if len(parts) < 3 or isinstance(parts[_PREDICATE].object, tree.Blank):
            return "", triples
        subject, predicate, thing = (parts[part].object for part in (_SUBJECT, _PREDICATE, _OBJECT))
        assert not isinstance(predicate, tree.Blank)  # noqa: S101 (said above)
        rest = [one for one in triples if one not in parts.values()]
        return self._triple(tree.Triple(subject, predicate, thing)), rest

    def _is_hidden(self, subject: tree.Node, triples: int) -> bool:
        """Whether a thing needs no name: it is not shown, and nothing else in the pattern speaks of it."""
        if isinstance(subject, tree.Variable):
            return subject.name not in self._shown and self._uses[subject.name] <= triples
        return isinstance(subject, tree.Blank)

    def _clauses(self, triples: _Subject) -> list[str]:
        """What is said of a thing, each as a clause; properties that are only fetched stand together at the end."""
        names = self._names
        found: list[str] = []
        fetched: list[tuple[tree.Path, str]] = []
        for one in triples:
            thing = names.node(one.object)
            used_once = isinstance(one.object, tree.Variable) and self._uses[one.object.name] == 1
            if used_once and fetches(names, one.predicate):
                fetched.append((one.predicate, thing))
            else:
                found.append(clause(names, one.predicate, thing))
        if fetched:
            found.append(names.say("with_nouns", pairs=pairs(names, fetched)))
        return found

    def _type(self, subject: tree.Node, triple: tree.Triple) -> str:
        names, kind = self._names, self._names.node(triple.object)
        if isinstance(subject, tree.Variable) and names.called(subject.name) == kind:
            return names.say("there_is_this", thing=names.node(subject))  # not: “figure” is a figure
        return names.say("type", thing=names.node(subject), type=kind, article=names.article(kind))

    def _triple(self, triple: tree.Triple) -> str:
        names = self._names
        return link(names, names.node(triple.subject), triple.predicate, names.node(triple.object))

    def expression(self, expression: tree.Expression) -> str:
        """An expression, as a noun or as a condition."""
        names = self._names
        if isinstance(expression, tree.Exists):
            key = "not_exists" if expression.negated else "exists"
            return names.say(key, conditions=self.group(expression.group, inner=True) or names.say("nothing"))
        if not isinstance(expression, tree.Call):
            return names.node(expression)
        parts = [self.expression(one) for one in expression.arguments]
        return self._call(expression, parts)

    def _call(self, call: tree.Call, parts: list[str]) -> str:
        names = self._names
        tongue, tested = language_of(call)
        if tested is not None:
            return names.say(f"in_{tongue}", thing=self.expression(tested))
        if call.function == "!" and isinstance(call.arguments[0], tree.Exists):
            inner = call.arguments[0]
            return self.expression(tree.Exists(inner.group, not inner.negated))
        turn = turn_of(call)
        if turn:
            tested = tested_in(call)
            words = self.expression(tested)
            bare = isinstance(tested, tree.Variable) and turn != "is_planned"
            return names.fill(turn, [names.fill("holds", [words], {}) if bare else words], {})
        return say_call(names, call, parts)


def _is_statement(kind: tree.Node) -> bool:
    """Whether a class is one of statements, which Chinese counts otherwise than things."""
    return isinstance(kind, tree.Constant) and kind.term.value in _STATEMENTS


def _is_label(triple: tree.Triple) -> bool:
    return isinstance(triple.predicate, tree.Constant) and triple.predicate.term.value in LABELS
