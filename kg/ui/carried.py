"""Queries that are too long for a query string: the address carries them packed behind its #, which no server cuts.

Browsers do not send what stands behind the #, so the page hands it over once (see ``editor/carry.js``), and it is kept
here under the first digits of its SHA-256.
"""

from __future__ import annotations

import base64
import hashlib
import threading
import zlib
from collections import OrderedDict
from urllib.parse import quote

import streamlit as st

from kg.model.text import Lang
from kg.ui.markup import address

__all__ = ["MOST_CHARACTERS", "asked_text", "carry", "missing", "query_address"]

#: Servers and proxies cut an address at some 8,000 characters.
_LONGEST = 4000

#: So many long queries are remembered for all readers together, and none that is longer.
_MOST = 200
MOST_CHARACTERS = 200_000


class _Carried:
    """The latest long queries by their digits."""

    def __init__(self) -> None:
        self.texts: OrderedDict[str, str] = OrderedDict()
        self.lock = threading.Lock()


@st.cache_resource(show_spinner=False)
def _carried() -> _Carried:
    return _Carried()


def carry(text: str) -> str:
    """Remember a long query; the digits that it is asked for by, none where it is too long to be kept."""
    if len(text) > MOST_CHARACTERS:
        return ""
    digits = hashlib.sha256(text.encode(errors="replace")).hexdigest()[:16]
    kept = _carried()
    with kept.lock:
        kept.texts[digits] = text
        kept.texts.move_to_end(digits)
        while len(kept.texts) > _MOST:
            kept.texts.popitem(last=False)
    return digits


def query_address(text: str, lang: Lang) -> str:
    """The address on which a query is asked; that of the empty page where it is too long to be kept."""
    if len(quote(text, safe="")) <= _LONGEST:
        return address("ask", lang, query=text)
    packer = zlib.compressobj(9, wbits=-15)
    packed = packer.compress(text.encode(errors="replace")) + packer.flush()
    behind = base64.urlsafe_b64encode(packed).decode().rstrip("=")
    return f"{address('ask', lang, long=carry(text))}#z={behind}"


def asked_text() -> str:
    """The query that the address asks; empty where it asks none, or one that is not known yet."""
    digits = st.query_params.get("long", "")
    return _carried().texts.get(digits, "") if digits else st.query_params.get("query", "")


def missing() -> str:
    """The digits of a long query that the page must hand over first; empty where there is none."""
    digits = st.query_params.get("long", "")
    return digits if digits and digits not in _carried().texts else ""
