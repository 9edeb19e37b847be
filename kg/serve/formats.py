"""Which format an answer is given in: the client's wish by ``?format=``, else by Accept with its q-values."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

import mimeparse

from kg.engine.answer import Form
from kg.engine.convert import MEDIA_TYPES
from kg.serve.faults import ProtocolError

__all__ = ["Chosen", "choose", "formats_of"]


class Chosen(NamedTuple):
    """A format by its name, and the media type under which it is given."""

    name: str
    media_type: str


#: Other names under which clients ask for a format: media types that are older, or shared with other things.
_ALSO: Mapping[str, tuple[str, ...]] = {
    "json": ("application/json",),
    "xml": ("application/xml", "text/xml"),
    "turtle": ("application/x-turtle", "text/n3", "text/rdf+n3"),
    "ntriples": ("text/plain",),
    "nquads": ("text/x-nquads",),
    "trig": ("application/x-trig",),
    "jsonld": ("application/json",),
    "rdfxml": ("application/xml", "text/xml"),
}

#: The best first: what is given where the client likes several equally, or does not say.
_RESULTS = ("json", "xml", "csv", "tsv", "html")
_GRAPHS = ("turtle", "ntriples", "jsonld", "rdfxml", "nquads", "trig", "html")
_BY_FORM: Mapping[Form, tuple[str, ...]] = {"select": _RESULTS, "ask": _RESULTS, "graph": _GRAPHS}

#: What a person, or SPARQLWrapper, writes behind ``format=`` beside the names themselves.
_SHORT = {
    "ttl": "turtle", "n3": "turtle", "nt": "ntriples", "n-triples": "ntriples", "nq": "nquads", "n-quads": "nquads",
    "json-ld": "jsonld", "rdf": "rdfxml", "rdf+xml": "rdfxml", "srj": "json", "srx": "xml", "htm": "html",
}  # fmt: skip
_MOST_ACCEPTED = 4_000  # characters of Accept: each type in it is held against each of ours
_OF_GRAPHS = {"json": "jsonld", "xml": "rdfxml"}


def formats_of(form: Form) -> tuple[str, ...]:
    """The names of the formats for answers of this form."""
    return _BY_FORM[form]


def choose(form: Form, accept: str, wanted: str = "") -> Chosen:
    """The format for an answer of ``form``: ``wanted`` is a name or a media type, ``accept`` what Accept says.

    Raises ProtocolError: 400 for no format of it, 406 for no common type.
    """
    return _named(form, wanted) if wanted else _liked(form, accept)


def _named(form: Form, wanted: str) -> Chosen:
    if "/" in wanted:  # a media type, whose plus sign reads as a space where it was not encoded
        return _liked(form, wanted.replace(" ", "+"))
    name = _SHORT.get(wanted.lower(), wanted.lower())
    name = _OF_GRAPHS.get(name, name) if form == "graph" else name
    if name not in _BY_FORM[form]:
        raise ProtocolError(400, "no_format", wanted=wanted[:40], names=", ".join(_BY_FORM[form]))
    return Chosen(name, _media_type(name))


@lru_cache(maxsize=512)
def _liked(form: Form, accept: str) -> Chosen:
    types = _types(form)
    try:
        if len(accept) > _MOST_ACCEPTED:
            raise mimeparse.MimeTypeParseException(f"{len(accept):,} > {_MOST_ACCEPTED:,}")
        asked = accept.strip(" ,").lower() or "*/*"
        found = mimeparse.best_match(list(reversed(types)), asked)  # it likes the last best
    except mimeparse.MimeTypeParseException as error:
        raise ProtocolError(400, "bad_accept", why=error) from None
    if not found:
        raise ProtocolError(406, "no_common_type", types=", ".join(_media_type(name) for name in _BY_FORM[form]))
    return Chosen(types[found], found)


def _types(form: Form) -> dict[str, str]:
    """Media type → format, the best first: the formats' own types before their other names."""
    names = _BY_FORM[form]
    own = {_media_type(name): name for name in names}
    return own | {other: name for name in names for other in _ALSO.get(name, ()) if other not in own}


def _media_type(name: str) -> str:
    return MEDIA_TYPES.get(name, "text/html")
