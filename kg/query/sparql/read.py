"""Reads the text of a query into its tree; the engine has accepted it, so here nobody is told what is wrong with it."""

from __future__ import annotations

from dataclasses import replace

from kg.query.sparql.cursor import Cursor, Unread
from kg.query.sparql.patterns import Patterns
from kg.query.sparql.tree import Column, Dataset, Expression, Group, Node, Order, Query, Span, Triple

__all__ = ["Unread", "read_query"]

#: Nobody writes a longer query by hand, and a tree of one would only cost time.
MOST_CHARACTERS = 100_000


def read_query(text: str) -> Query:
    """The tree of a SPARQL 1.1 query. Raises :class:`Unread` for anything else, or what is too long or too deep."""
    if len(text) > MOST_CHARACTERS:
        raise Unread(f"the query has more than {MOST_CHARACTERS:,} characters")
    try:
        return _Reader(Cursor(text)).query()
    except RecursionError:
        raise Unread("the query is nested too deep") from None


class _Reader(Patterns):
    """Reads a whole query (SPARQL 1.1 grammar, productions 1 to 28)."""

    def query(self) -> Query:
        cursor = self.cursor
        self._prologue()
        prologue = Span(0, cursor.start)
        form = cursor.expect("SELECT", "ASK", "CONSTRUCT", "DESCRIBE").text.upper()
        read = {"SELECT": self._select, "ASK": self._ask, "CONSTRUCT": self._construct, "DESCRIBE": self._describe}
        found = read[form](prologue.end)
        if not cursor.ended():
            raise Unread(f"the query goes on at {cursor.start}")
        return replace(found, span=cursor.since(prologue.end), prologue=prologue, prefixes=dict(cursor.prefixes))

    def sub_select(self) -> Query:
        cursor, start = self.cursor, self.cursor.start
        cursor.expect("SELECT")
        found = self._select(start)
        return replace(found, span=cursor.since(start), prologue=Span(start, start), prefixes=dict(cursor.prefixes))

    def _prologue(self) -> None:
        cursor = self.cursor
        while cursor.sees("BASE", "PREFIX"):
            if cursor.take().text.upper() == "BASE":
                cursor.base = cursor.iri().term.value
                continue
            name = cursor.take()
            if name.kind != "name" or not name.text.endswith(":"):
                raise Unread(f"expected a prefix at {name.offset}")
            cursor.prefixes[name.text[:-1]] = cursor.iri().term.value

    def _select(self, start: int) -> Query:
        cursor = self.cursor
        distinct = cursor.take().text.upper() if cursor.sees("DISTINCT", "REDUCED") else ""
        columns = []
        if not cursor.takes("*"):
            while cursor.token.kind == "variable" or cursor.sees("("):
                columns.append(self._column())
        found = Query("SELECT", cursor.text, distinct=distinct, columns=tuple(columns))  # type: ignore[arg-type]
        return self._rest(found, start)

    def _ask(self, start: int) -> Query:
        return self._rest(Query("ASK", self.cursor.text), start)

    def _construct(self, start: int) -> Query:
        cursor = self.cursor
        template: tuple[Triple, ...] = ()
        short = not cursor.sees("{")
        if not short:
            template = self._template()
        found = self._rest(Query("CONSTRUCT", cursor.text, template=template), start)
        if short:  # CONSTRUCT WHERE { … }: the pattern is the template
            template = tuple(one for one in found.where.elements if isinstance(one, Triple))
        return replace(found, template=template)

    def _template(self) -> tuple[Triple, ...]:
        cursor = self.cursor
        cursor.expect("{")
        found: list[Triple] = []
        while not cursor.takes("}"):
            if not cursor.takes("."):
                found += self.triples()
        return tuple(found)

    def _describe(self, start: int) -> Query:
        cursor = self.cursor
        described: list[Node] = []
        if not cursor.takes("*"):
            while cursor.token.kind == "variable" or cursor.sees_iri():
                described.append(cursor.node())
        return self._rest(Query("DESCRIBE", cursor.text, described=tuple(described)), start)

    def _rest(self, found: Query, start: int) -> Query:
        """The dataset, the pattern, the modifiers and the VALUES of a query whose head has been read."""
        cursor = self.cursor
        datasets = []
        while cursor.sees("FROM"):
            begin = cursor.take().offset
            named = cursor.takes("NAMED")
            datasets.append(Dataset(cursor.iri(), named, cursor.since(begin)))
        head = Span(start, cursor.start)
        where = Group((), Span(cursor.start, cursor.start))
        if cursor.takes("WHERE") or cursor.sees("{"):
            where = self.group()
        elif found.form != "DESCRIBE":
            raise Unread(f"expected a pattern at {cursor.start}")
        found = replace(found, head=head, datasets=tuple(datasets), where=where)
        found = self._modifiers(found)
        return replace(found, values=self.values()) if cursor.sees("VALUES") else found

    def _modifiers(self, found: Query) -> Query:
        cursor = self.cursor
        if cursor.takes("GROUP"):
            cursor.expect("BY")
            grouped = [self._column()]
            while self._sees_condition():
                grouped.append(self._column())
            found = replace(found, group_by=tuple(grouped))
        if cursor.takes("HAVING"):
            having = [self.constraint()]
            while self._sees_condition():
                having.append(self.constraint())
            found = replace(found, having=tuple(having))
        if cursor.takes("ORDER"):
            cursor.expect("BY")
            orders = [self._order()]
            while self._sees_condition() or cursor.sees("ASC", "DESC"):
                orders.append(self._order())
            found = replace(found, order_by=tuple(orders))
        while cursor.sees("LIMIT", "OFFSET"):
            name, count = cursor.take().text.lower(), cursor.take()
            if not count.text.isdecimal():
                raise Unread(f"expected a whole number at {count.offset}")
            found = replace(found, **{name: int(count.text)})  # type: ignore[arg-type]
        return found

    def _sees_condition(self) -> bool:
        cursor = self.cursor
        if cursor.token.kind == "variable" or cursor.sees("(") or cursor.sees_iri():
            return True
        call = cursor.sees("(", ahead=1) or cursor.sees("EXISTS") or cursor.sees("EXISTS", ahead=1)
        return cursor.token.kind == "word" and call and not cursor.sees("HAVING", "VALUES", "ASC", "DESC")

    def _column(self) -> Column:
        """A variable, ``(expression AS ?variable)``, or what GROUP BY takes besides: an expression without a name."""
        cursor, start = self.cursor, self.cursor.start
        if cursor.token.kind == "variable":
            variable = cursor.variable()
            return Column(variable, None, variable.span)
        if not cursor.sees("("):
            return Column(None, self.call(), cursor.since(start))
        cursor.take()
        expression = self.expression()
        named = cursor.variable() if cursor.takes("AS") else None
        cursor.expect(")")
        return Column(named, expression, cursor.since(start))

    def _order(self) -> Order:
        cursor, start = self.cursor, self.cursor.start
        descending = cursor.sees("DESC")
        if cursor.takes("ASC", "DESC"):
            expression: Expression = self.bracketed()
        else:
            expression = cursor.variable() if cursor.token.kind == "variable" else self.constraint()
        return Order(expression, descending, cursor.since(start))
