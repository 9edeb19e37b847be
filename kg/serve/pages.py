"""The endpoint's pages for people: what this place is with a field to ask in, and what is said of one thing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from importlib.resources import files

from kg.engine.answer import Answer, Term
from kg.engine.base import Engine
from kg.graph.names import BASE, compact
from kg.model.text import Lang, Text
from kg.query.labels import read_labels
from kg.query.shown import yes_or_no
from kg.serve.words import say

__all__ = ["ask_page", "graph_page", "thing_page", "verdict_page"]

#: Subject → predicates with objects.
_Said = dict[str, list[tuple[Term, Term]]]

_TONGUES = {"zh": "zh-Hans", "en": "en"}
_NAMES = {"zh": "中文", "en": "English"}
_FORMATS = (("turtle", "Turtle"), ("jsonld", "JSON-LD"), ("ntriples", "N-Triples"), ("rdfxml", "RDF/XML"))
_MOST_TRIPLES = 5_000  # on a page; all of them are in the other formats
_MOST_VALUES = 200  # of one property on a page
_EXAMPLE = """\
PREFIX bde: <https://w3id.org/beijing-digital-economy/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?programme ?name WHERE {
  ?programme a bde:Programme ; skos:prefLabel ?name .
  FILTER (LANG(?name) = "%s")
}
LIMIT 20
"""

_PAGE = """<!doctype html>
<html lang="{tongue}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
<main>
{switch}<h1>{title}</h1>
{body}
</main>
</body>
</html>
"""


def ask_page(engine: Engine, endpoint: str, lang: Lang) -> bytes:
    """What the endpoint is, at which address, over which version of the data, and a form that asks it."""
    known = {"endpoint": endpoint, "version": engine.data_version, "graphs": f"{len(engine.graphs):,}"}
    facts = "".join(f"<dt>{_say(key, lang)}</dt><dd>{escape(value)}</dd>" for key, value in known.items())
    links = (("service", "?format=turtle"), ("dataset", "/.well-known/void?format=turtle"), ("health", "/health"))
    listed = "".join(f'<li><a href="{escape(href)}">{_say(key, lang)}</a></li>' for key, href in links)
    body = (
        f"<p>{_say('lead', lang)}</p><dl>{facts}</dl>"
        f'<form action="/sparql" method="get"><label for="query">{_say("query", lang)}</label>'
        f'<textarea id="query" name="query" rows="9" spellcheck="false">{escape(_EXAMPLE % lang)}</textarea>'
        f'<input type="hidden" name="format" value="html"><input type="hidden" name="lang" value="{lang}">'
        f'<button type="submit">{_say("run", lang)}</button></form><ul>{listed}</ul>'
    )
    return _page(_say("title", lang), body, lang)


def verdict_page(boolean: bool, query: str, lang: Lang) -> bytes:
    """What an ASK gave, with the ``query``; the other answers have the page that they are taken along in."""
    title = yes_or_no(boolean, lang).capitalize()
    return _page(title, f"<pre>{escape(query.strip())}</pre>", lang, switch=False)


def graph_page(engine: Engine, query: str, answer: Answer, lang: Lang) -> bytes:
    """The triples that a CONSTRUCT or DESCRIBE gave, by their subjects, with the ``query``."""
    title = say("triples", lang, count=answer.rows)
    by_subject, labels = _read(engine, answer, ())
    shown = _sections(by_subject, labels, lang) + _more(answer)
    return _page(escape(title), f"{shown}<pre>{escape(query.strip())}</pre>", lang, switch=False)


def thing_page(engine: Engine, iri: str, answer: Answer, lang: Lang) -> bytes:
    """All that ``answer`` says of ``iri``: its own properties, then what stands in a statement with it."""
    by_subject, labels = _read(engine, answer, (iri,))
    title = labels[iri].say(lang) if iri in labels else compact(iri)
    own = by_subject.pop(iri, [])
    body = f'<p class="iri">{escape(iri)}</p>{_properties(own, labels, lang)}'
    if by_subject:
        items = _sections(by_subject, labels, lang) + _more(answer)
        body += f"<details><summary>{_say('said', lang)} ({len(by_subject):,})</summary>{items}</details>"
    formats = "".join(f'<li><a href="?format={name}">{shown}</a></li>' for name, shown in _FORMATS)
    return _page(escape(title), f'{body}<ul class="row">{formats}</ul>', lang)


def _read(engine: Engine, answer: Answer, first: Iterable[str]) -> tuple[_Said, Mapping[str, Text]]:
    """What is said by subject, ``first`` before all others and no more than a page shows; what its terms are called."""
    triples = answer.triples()
    triples.sort(key=lambda triple: triple[0].value not in first)
    del triples[_MOST_TRIPLES:]
    used = {term.value for triple in triples for term in triple if term.kind == "iri"} | set(first)
    by_subject: _Said = {}
    for about, predicate, thing in triples:
        name = about.value if about.kind == "iri" else f"_:{about.value}"
        by_subject.setdefault(name, []).append((predicate, thing))
    return by_subject, read_labels(engine, sorted(used))


def _sections(by_subject: _Said, labels: Mapping[str, Text], lang: Lang) -> str:
    return "".join(
        f"<section><h3>{_link(each, labels, lang)}</h3>{_properties(said, labels, lang)}</section>"
        for each, said in sorted(by_subject.items())
    )


def _more(answer: Answer) -> str:
    left = answer.rows - _MOST_TRIPLES
    return f"<p>… {left:,}</p>" if left > 0 else ""


def _properties(said: Iterable[tuple[Term, Term]], labels: Mapping[str, Text], lang: Lang) -> str:
    values: dict[str, list[Term]] = {}
    for predicate, thing in sorted(said):
        values.setdefault(predicate.value, []).append(thing)
    rows = []
    for name, things in values.items():
        shown = "".join(f"<li>{_value(thing, labels, lang)}</li>" for thing in things[:_MOST_VALUES])
        more = f"<li>… {len(things) - _MOST_VALUES:,}</li>" if len(things) > _MOST_VALUES else ""
        rows.append(f"<dt>{_link(name, labels, lang)}</dt><dd><ul>{shown}{more}</ul></dd>")
    return f'<dl class="properties">{"".join(rows)}</dl>'


def _value(term: Term, labels: Mapping[str, Text], lang: Lang) -> str:
    if term.kind == "iri":
        return _link(term.value, labels, lang)
    tongue = f' lang="{escape(term.lang)}"' if term.lang else ""
    return f"<span{tongue}>{escape(term.value)}</span>"


def _link(iri: str, labels: Mapping[str, Text], lang: Lang) -> str:
    """To this server for an IRI of ours, to the web for another; what is no web address is plain text."""
    shown = escape(labels[iri].say(lang) if iri in labels else compact(iri))
    if iri.startswith(BASE):
        return f'<a href="/{escape(iri.removeprefix(BASE).lstrip("/"))}">{shown}</a>'
    if iri.startswith(("http://", "https://")):
        return f'<a href="{escape(iri)}" rel="noreferrer">{shown}</a>'
    return shown


def _page(title: str, body: str, lang: Lang, *, switch: bool = True) -> bytes:
    """The page; without ``switch`` it has no link to itself in the other language."""
    other: Lang = "en" if lang == "zh" else "zh"
    style = files("kg.serve").joinpath("pages.css").read_text(encoding="utf-8")
    link = f'<p class="langs"><a href="?lang={other}" lang="{_TONGUES[other]}">{_NAMES[other]}</a></p>\n'
    shown = link if switch else ""
    return _PAGE.format(tongue=_TONGUES[lang], title=title, style=style, switch=shown, body=body).encode()


def _say(key: str, lang: Lang) -> str:
    return escape(say(key, lang))
