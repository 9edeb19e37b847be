"""Small changes of a query's text: a part cut out, a term written in the query's own prefixes, changes put together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile

from kg.engine.answer import Term
from kg.engine.tokens import significant
from kg.errors import Edit
from kg.graph.names import PREFIXES, compact
from kg.query.advice_parts import node_text, path_text
from kg.query.sparql.tree import Query, Span, Triple, walk
from kg.query.terms import curie, spelled

__all__ = [
    "column_of",
    "combined",
    "cut",
    "cut_clause",
    "fresh",
    "mended",
    "quoted",
    "rebuilt",
    "replaced",
    "said",
    "without_triples",
    "written",
]

# What may stand behind a prefix without an escape, whatever the letters.
_LOCAL = re.compile(r"\w(?:[\w.-]*[\w-])?")
_BARE = {"integer": r"[0-9]+", "decimal": r"[0-9]+\.[0-9]+", "boolean": "true|false"}


def replaced(span: Span, text: str) -> Edit:
    """The edit that puts ``text`` in the place of ``span``."""
    return Edit(span.start, span.end, text)


def mended(text: str, edits: Iterable[Edit]) -> str:
    """``text`` after all ``edits``, which count in it as it is and do not overlap."""
    for edit in sorted(dict.fromkeys(edits), key=lambda one: (one.start, one.end), reverse=True):
        text = edit.apply(text)
    return text


def combined(text: str, edits: Sequence[Edit], then: Sequence[Edit]) -> tuple[Edit, ...]:
    """``edits`` of ``text``, and what ``then`` changes in their outcome, as edits of ``text``."""
    after = mended(text, edits)
    late = []
    for edit in then:
        moved = _moved_back(edit, edits)
        if moved is None:  # it changes what was changed: one edit for all
            return (_difference(text, mended(after, then)),)
        late.append(moved)
    return (*dict.fromkeys([*edits, *late]),)


def _moved_back(edit: Edit, before: Sequence[Edit]) -> Edit | None:
    shift = 0
    for one in sorted(dict.fromkeys(before), key=lambda each: (each.start, each.end)):
        start, grown = one.start + shift, len(one.text) - (one.end - one.start)
        if edit.end < start:
            break
        if edit.start <= start + len(one.text):
            return None
        shift += grown
    return Edit(edit.start - shift, edit.end - shift, edit.text)


def _difference(old: str, new: str) -> Edit:
    """One edit that makes ``old`` into ``new``, as short as whole words allow."""
    start = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    backwards = zip(reversed(old[start:]), reversed(new[start:]), strict=False)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], backwards))
    while start and not old[start - 1].isspace():  # whole words, which a reader can read
        start -= 1
    while same and not old[-same].isspace():
        same -= 1
    return Edit(start, len(old) - same, new[start : len(new) - same])


def written(query: Query, term: Term) -> tuple[str, tuple[Edit, ...]]:
    """``term`` in the query's own prefixes, and the PREFIX line that it needs where one of ours is not declared."""
    if term.kind == "literal":
        return _literal(query, term)
    fitting = [
        (namespace, prefix)
        for prefix, namespace in query.prefixes.items()
        if term.value.startswith(namespace) and _LOCAL.fullmatch(term.value[len(namespace) :])
    ]
    if fitting:
        namespace, prefix = max(fitting)
        return f"{prefix}:{term.value[len(namespace) :]}", ()
    short = compact(term.value)
    prefix = short.partition(":")[0]
    if short == term.value or prefix in query.prefixes:
        return spelled(term), ()
    start = query.span.start
    return short, (Edit(start, start, f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n"),)


def _literal(query: Query, term: Term) -> tuple[str, tuple[Edit, ...]]:
    if term.lang or term.datatype == curie("xsd:string"):
        return spelled(Term("literal", term.value, term.lang, "" if not term.lang else term.datatype)), ()
    for name, pattern in _BARE.items():
        if term.datatype == curie(f"xsd:{name}") and re.fullmatch(pattern, term.value):
            return term.value, ()
    datatype, edits = written(query, Term("iri", term.datatype))
    return f"{quoted(term.value)}^^{datatype}", edits


def quoted(words: str) -> str:
    """A text without a language, as SPARQL writes it."""
    return spelled(Term("literal", words))


def fresh(query: Query, name: str) -> str:
    """``name``, or with a number where the query already has such a variable."""
    used = {token.text[1:] for token in significant(query.text) if token.kind == "variable"}
    return next(one for one in (name, *(f"{name}{number}" for number in range(2, 10_000))) if one not in used)


def cut(query: Query, span: Span) -> Edit:
    """Take an element of a pattern out, with the dot and the line that nothing needs any more."""
    tokens = significant(query.text)
    before = [token.text for token in tokens if token.end <= span.start]
    after = [token for token in tokens if token.offset >= span.end]
    start, end = span
    if after and after[0].text == ".":
        end = after.pop(0).end
    if before and before[-1] not in ("{", ".", "}") and after and after[0].text != "}":
        return Edit(start, end, ".")  # it stood between two others
    return _with_its_line(query.text, start, end)


def cut_clause(query: Query, span: Span) -> Edit:
    """Take out what stands outside the pattern, such as a LIMIT."""
    return _with_its_line(query.text, span.start, span.end)


def _with_its_line(text: str, start: int, end: int) -> Edit:
    line = text.rfind("\n", 0, start) + 1
    rest = text.find("\n", end) + 1 or len(text)
    if text[line:start].strip() or text[end:rest].strip():
        return Edit(start, end, "")
    return Edit(line, rest, "")


def rebuilt(query: Query, triples: Sequence[Triple], subject: str = "", first: str = "") -> str:
    """Triples as text, ``;`` between those of one subject, in the layout of the block of the first.

    ``subject`` stands in the place of theirs; ``first`` is a predicate with its object, said of it before all others.
    """
    block = triples[0].block
    lines = [(subject or node_text(query, one.subject), said(query, one)) for one in triples]
    if first:
        lines.insert(0, (lines[0][0], first))
    column = column_of(query, block)
    several = "\n" in query.words(block)
    found = ""
    for place, (own, words) in enumerate(lines):
        indent = "\n" + " " * (column + len(own) + 1) if several else " "
        same = place > 0 and lines[place - 1][0] == own
        found += f" ;{indent}{words}" if same else f"{' . ' if found else ''}{own} {words}"
    return found


def column_of(query: Query, span: Span) -> int:
    """How many characters stand before ``span`` in its line."""
    return span.start - query.text.rfind("\n", 0, span.start) - 1


def said(query: Query, triple: Triple) -> str:
    """The predicate and the object of a triple."""
    return f"{path_text(query, triple.predicate)} {node_text(query, triple.object)}"


def without_triples(query: Query, block: Span, out: Iterable[Triple]) -> Edit:
    """Take some triples out of their ``block``, which is written anew from those that stay."""
    gone = {id(triple) for triple in out}
    kept = [one for one in walk(query.where) if isinstance(one, Triple) and one.block == block and id(one) not in gone]
    return replaced(block, rebuilt(query, kept)) if kept else cut(query, block)
