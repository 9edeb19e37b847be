"""Says a query as one sentence, in Chinese or in English: a caption, an alternative text, a check of what was meant.

The sentence is made from the tree of the query and the labels of its terms by fixed rules; the same query has the same
sentence every time. Variables are called as the columns of the answer are headed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from kg.model.text import Lang, Text
from kg.query.shown import shown_places
from kg.query.sparql import tree
from kg.view.in_words_conditions import Conditions
from kg.view.in_words_terms import Names

__all__ = ["in_words", "iris_in", "sentence"]


def in_words(
    query: tree.Query,
    labels: Mapping[str, Text],
    relations: Collection[str],
    lang: Lang,
    own: Mapping[str, str] | None = None,
) -> str:
    """The query in words; ``labels`` are those of :func:`iris_in`, ``relations`` the ids of those that are verbs.

    The query's ``own`` words for its variables go before the usual ones.
    """
    variables = {part.name for part in tree.parts(query) if isinstance(part, tree.Variable)}
    names = Names(labels, relations, {name: (own or {}).get(name) for name in variables}, lang)
    words = sentence(query, names)
    if query.form == "ASK":
        return words[:1].upper() + words[1:]
    return names.say("end", sentence=words[:1].upper() + words[1:])


def sentence(query: tree.Query, names: Names) -> str:
    """The query without its full stop."""
    conditions = Conditions(names, query)
    where = conditions.group(query.where)
    if query.form == "ASK":
        return names.say("ask", conditions=where or names.say("nothing"))
    head = _head(query, names, conditions)
    parts = [names.say("where", head=head, conditions=where) if where else head, *_modifiers(query, names, conditions)]
    return names.join(parts, "join_parts")


def _head(query: tree.Query, names: Names, conditions: Conditions) -> str:
    if query.form == "DESCRIBE":
        return names.say("describe", things=names.join([names.node(one) for one in query.described]))
    if query.form == "CONSTRUCT":
        template = conditions.group(tree.Group(query.template)) or names.say("nothing")
        return names.say("construct", template=template)
    columns = _columns(query, names, conditions)
    key = "list_distinct" if query.distinct == "DISTINCT" else "list"
    return names.say(key, columns=names.join(columns) if columns else names.say("all_columns"))


def _columns(query: tree.Query, names: Names, conditions: Conditions) -> list[str]:
    """The columns in words, but those that are not shown, as they say in one language what another column says."""
    columns = [(column.variable, column.expression) for column in query.columns if column.variable]
    for variable, expression in columns:
        if expression is not None:
            conditions.know_label(variable, expression)
    found: list[str] = []
    for place in shown_places(tuple(variable.name for variable, _ in columns), names.lang):
        variable, expression = columns[place]
        words = names.node(variable)
        if expression is not None and variable.name not in names.owners:
            value = conditions.expression(expression)
            words = value if value == words else names.say("named", value=value, name=names.called(variable.name))
        if words not in found:
            found.append(words)
    return found


def _modifiers(query: tree.Query, names: Names, conditions: Conditions) -> Iterator[str]:
    grouped = {column.variable.name for column in query.group_by if column.variable}
    keys = [_key(column, grouped, conditions, names) for column in query.group_by]
    keys = [key for key in dict.fromkeys(keys) if key]
    if keys:
        yield names.say("group", keys=names.join(keys))
    if query.having:
        yield names.say("having", conditions=names.join([conditions.expression(one) for one in query.having]))
    if query.values:
        yield names.say("given", values=conditions.values(query.values))
    if query.datasets:
        yield names.say("from_graph", graphs=names.join([names.graph(one.iri) for one in query.datasets]))
    orders = []
    for order in query.order_by:
        key = conditions.expression(order.expression)
        orders.append(names.say("descending", key=key) if order.descending else key)
    if orders:
        yield names.say("order", keys=names.join(orders))
    if query.offset:
        yield names.say("offset", count=query.offset)
    if query.limit is not None:
        yield names.say("limit_one" if query.limit == 1 else "limit", count=query.limit)


def _key(column: tree.Column, grouped: Collection[str], conditions: Conditions, names: Names) -> str:
    """What is grouped by; the label of a thing adds nothing where the thing is ``grouped`` by, too."""
    if column.variable is not None:
        return "" if names.owners.get(column.variable.name) in grouped else names.node(column.variable)
    return conditions.expression(column.expression) if column.expression is not None else ""


def iris_in(query: tree.Query) -> list[str]:
    """The IRIs whose labels the sentence needs, each once."""
    terms = (part.term for part in tree.parts(query) if isinstance(part, tree.Constant))
    return list(dict.fromkeys(term.value for term in terms if term.kind == "iri"))
