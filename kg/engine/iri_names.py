"""Which IRIs the words of a query stand for: what BASE and PREFIX declare, and escapes."""

from __future__ import annotations

import re
import urllib.parse

from kg.engine.tokens import Token

__all__ = ["ESCAPE", "Names", "decode"]

ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|.)", re.DOTALL)


def decode(escape: re.Match[str]) -> str:
    """The character that an escape stands for."""
    code = escape[1] or escape[2]
    return chr(min(int(code, 16), 0x10FFFF)) if code else escape[0]


class Names:
    """What BASE and PREFIX have declared so far."""

    def __init__(self) -> None:
        self._base = ""
        self._prefixes: dict[str, str] = {}

    def learn(self, words: list[Token], index: int) -> None:
        """Take in the declaration that begins at ``index``, if one does."""
        keyword = words[index].text.upper() if words[index].kind == "word" else ""
        following = words[index + 1 : index + 3]
        if keyword == "BASE" and following and following[0].kind == "iri":
            self._base = self._absolute(following[0].text)
        elif keyword == "PREFIX" and len(following) == 2 and following[1].kind == "iri":
            self._prefixes[following[0].text] = self._absolute(following[1].text)

    def resolve(self, token: Token) -> str | None:
        """The IRI that ``token`` stands for; None for a prefix that was not declared."""
        if token.kind == "iri":
            return self._absolute(token.text)
        prefix, colon, local = token.text.partition(":")
        start = self._prefixes.get(prefix + colon)
        return None if start is None else start + re.sub(r"\\(.)", r"\1", local)

    def _absolute(self, text: str) -> str:
        iri = ESCAPE.sub(decode, text[1:-1])
        return urllib.parse.urljoin(self._base, iri) if self._base else iri
