"""Text that XML 1.0 can carry."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

__all__ = ["attribute", "content", "legal"]

# Everything outside the Char production: XML 1.0, fifth edition, 2.2.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(text: str) -> str:
    """The text with U+FFFD, the replacement character, for what XML cannot carry even as an escape (U+0008 …)."""
    return _ILLEGAL.sub("\ufffd", text)


def content(text: str) -> str:
    """The text as the content of an element. A carriage return is escaped, as parsers would read it as a line feed."""
    return escape(legal(text), {"\r": "&#13;"})


def attribute(text: str) -> str:
    """The text as an attribute's value, between double quotes, white space kept."""
    return escape(legal(text), {'"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"})
