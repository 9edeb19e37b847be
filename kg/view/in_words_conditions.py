"""Says the conditions of a query in words: its triples, grouped by what they are about, and all that stands beside."""

from __future__ import annotations

from collections import Counter

from kg.graph.names import PLANNED, compact, expand
from kg.model.text import LANGS
from kg.query.sparql import tree
from kg.view.in_words_terms import LABELS, Names
from kg.view.in_words_uses import named_in, used_in

__all__ = ["Conditions"]

_Subject = list[tree.Triple]

#: What a statement node says of the statement that it stands for.
_SUBJECT, _PREDICATE, _OBJECT = map(expand, ("rdf:subject", "rdf:predicate", "rdf:object"))


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
        if len(found) == 1 and used & set(owners) and variable.name not in found and _only_picks(expression):
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
        return [part for part in (*told, *parts) if part]

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
            return say("in_graph", graph=self._names.node(element.name), conditions=groups[0])
        key = {tree.Optional: "optional", tree.Minus: "minus"}.get(type(element))
        return say(key, conditions=groups[0]) if key else groups[0]

    def _picks_language(self, expression: tree.Expression) -> bool:
        """Whether a filter does nothing but choose among the languages of a label."""
        if not isinstance(expression, tree.Call):
            return False
        tested = expression.arguments[0] if expression.arguments else None
        if expression.function in ("=", "LANGMATCHES") and isinstance(tested, tree.Call) and tested.function == "LANG":
            return {one.name for one in tree.variables_of(tested)} <= set(self._names.owners)
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
        claim, triples = self._claim(triples)
        types = [one for one in triples if names.is_type(one.predicate) and isinstance(one.object, tree.Constant)]
        rest = [one for one in triples if one not in types]
        if len(triples) == 1 and not claim and not self._is_hidden(subject, 1):
            return self._type(subject, types[0]) if types else self._triple(rest[0])
        clauses = self._clauses(rest)
        if claim:
            return names.join([claim, *clauses], "join_clauses")
        if self._is_hidden(subject, len(triples)):
            kind = names.node(types[0].object) if types else ""
            head = names.say("there_is", type=kind, article=names.article(kind)) if kind else names.say("there_is_one")
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
        names, found, fetched = self._names, [], []
        for one in triples:
            thing, what = names.node(one.object), names.path(one.predicate)
            if names.is_verb(one.predicate):
                found.append(names.say("that_verb", relation=what, object=thing))
            elif isinstance(one.predicate, tree.Variable):
                found.append(names.say("that_unknown", relation=what, object=thing))
            elif isinstance(one.object, tree.Variable) and self._uses[one.object.name] == 1:
                fetched.append(names.say("pair", property=what, object=thing))
            else:
                found.append(names.say("whose_noun", property=what, object=thing))
        if fetched:
            found.append(names.say("with_nouns", pairs=names.join(fetched)))
        return found

    def _type(self, subject: tree.Node, triple: tree.Triple) -> str:
        kind = self._names.node(triple.object)
        return self._names.say("type", thing=self._names.node(subject), type=kind, article=self._names.article(kind))

    def _triple(self, triple: tree.Triple) -> str:
        names = self._names
        subject, thing, what = names.node(triple.subject), names.node(triple.object), names.path(triple.predicate)
        if names.is_verb(triple.predicate):
            return names.say("verb", subject=subject, relation=what, object=thing)
        if isinstance(triple.predicate, tree.Variable):
            return names.say("unknown", subject=subject, relation=what, object=thing)
        if isinstance(triple.predicate, (tree.Constant, tree.Alternative, tree.Sequence)):
            return names.say("noun", subject=subject, property=what, object=thing)
        return names.say("noun_several", subject=subject, property=what, object=thing)

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
        names, function = self._names, call.function
        tongue, tested = _language_of(call)
        if tested is not None:
            return names.say(f"in_{tongue}", thing=self.expression(tested))
        if function == "!" and isinstance(call.arguments[0], tree.Exists):
            inner = call.arguments[0]
            return self.expression(tree.Exists(inner.group, not inner.negated))
        if function == "COUNT":
            function = "COUNT_DISTINCT" if call.distinct and parts else "COUNT" if parts else "COUNT_ALL"
        if function in ("-", "+") and len(parts) == 1:
            return names.fill("minus_sign", parts, {}) if function == "-" else parts[0]
        if function in ("COALESCE", "CONCAT"):
            parts = [part for part, one in zip(parts, call.arguments, strict=True) if not _is_blank(one)] or parts
            parts = list(dict.fromkeys(parts))
            if len(parts) == 1:
                return parts[0]
        special = _special(call)
        if special:
            tested = _tested(call)
            words = self.expression(tested)
            bare = isinstance(tested, tree.Variable) and special != "is_planned"
            return names.fill(special, [names.fill("holds", [words], {}) if bare else words], {})
        everything = names.join(parts, "join_between")
        key = f"{compact(function)}()" if ":" in function else function
        if not names.has(key):
            name = names.iri(function) if ":" in function else function
            return names.say("call", name=name, all=everything)
        return _filled(names, key, parts, everything)


def _filled(names: Names, key: str, parts: list[str], everything: str) -> str:
    """The words of ``key`` with the arguments by their places: ``{0}``, ``{1}`` …, all of them, all but the first."""
    values: dict[str, object] = {"all": everything, "rest": names.join(parts[1:], "join_or")}
    return names.fill(key, (*parts, "", "", ""), values)


def _is_blank(expression: tree.Expression) -> bool:
    """Whether an expression is a text of nothing but white space."""
    return isinstance(expression, tree.Constant) and not expression.term.value.strip()


def _special(call: tree.Call) -> str:
    """Turns of phrase that are said shorter: a sum of ones, the test for the namespace of what is planned."""
    first, *rest = call.arguments or (None,)
    if call.function == "SUM" and isinstance(first, tree.Call) and first.function == "IF":
        values = [one.term.value if isinstance(one, tree.Constant) else "" for one in first.arguments[1:]]
        return {("1", "0"): "times", ("0", "1"): "times_not"}.get((values[0], values[1]), "")
    if call.function == "STRSTARTS" and isinstance(first, tree.Call) and first.function == "STR":
        other = rest[0].arguments[0] if isinstance(rest[0], tree.Call) and rest[0].arguments else None
        return "is_planned" if isinstance(other, tree.Constant) and other.term.value == PLANNED else ""
    return ""


def _tested(call: tree.Call) -> tree.Expression:
    """What such a turn is about: the first argument of its first argument."""
    first = call.arguments[0]
    assert isinstance(first, tree.Call)  # noqa: S101 (`_special` looked)
    return first.arguments[0]


def _language_of(call: tree.Call) -> tuple[str, tree.Expression | None]:
    """What ``LANG(?text) = "zh"`` asks for, and of what; nothing for any other call."""
    if call.function == "=" and isinstance(call.arguments[1], tree.Constant):
        tested, tongue = call.arguments[0], call.arguments[1].term.value
        if isinstance(tested, tree.Call) and tested.function == "LANG" and tongue in LANGS:
            return tongue, tested.arguments[0]
    return "", None


def _is_label(triple: tree.Triple) -> bool:
    return isinstance(triple.predicate, tree.Constant) and triple.predicate.term.value in LABELS


def _only_picks(expression: tree.Expression) -> bool:
    """Whether an expression changes nothing in what it is given: ``COALESCE(?zh, ?en, STR(?x))``."""
    if isinstance(expression, tree.Call):
        return expression.function in ("COALESCE", "STR", "SAMPLE", "MIN", "MAX") and all(
            map(_only_picks, expression.arguments)
        )
    return not isinstance(expression, tree.Exists)
