"""Who one is to a store: a name and a password, or a token, and the header that a store wants to see of them.

Basic (RFC 7617) and Digest (RFC 7616, which Virtuoso wants) answer a server that asks; a token is offered to any. They
come from the environment, so that they stand in no command and in no log.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from kg.errors import KgError

__all__ = ["Answering", "Login", "login_from"]

_USER, _PASSWORD, _TOKEN = "KG_ENDPOINT_USER", "KG_ENDPOINT_PASSWORD", "KG_ENDPOINT_TOKEN"


@dataclass(frozen=True, slots=True, repr=False)
class Login:
    """A ``user`` with a ``password``, or a bearer ``token`` (RFC 6750); never shown, not even by its ``repr``."""

    user: str = ""
    password: str = ""
    token: str = ""

    def __bool__(self) -> bool:
        return bool(self.user or self.token)


class Answering:
    """Makes the header Authorization for one server; safe to share between threads.

    A token is offered from the start, a password only when the server asks for it, in the way that it asks for:
    Virtuoso tells nobody how it wants to be asked who has offered a password in another way.
    """

    def __init__(self, login: Login) -> None:
        if not all("!" <= sign <= "~" for sign in login.token):
            raise KgError(
                f"{_TOKEN} holds a sign that no token has: a blank, a line end, or one outside ASCII. Set it anew.",
                zh=f"{_TOKEN} 含有令牌中不能有的字符（空格、换行或非 ASCII 字符）。请重新设置。",
            )
        self._login = login
        self._challenge: dict[str, str] = {}
        self._scheme = "bearer" if login.token else ""
        self._count = 0
        self._lock = threading.Lock()  # the digest counts its requests

    def header(self, method: str, target: str) -> str:
        """The value of Authorization for a request; empty for nobody."""
        with self._lock:
            scheme, challenge = self._scheme, self._challenge
            self._count += 1
            count = self._count
        if scheme == "bearer":
            return f"Bearer {self._login.token}"
        if scheme == "basic":
            return "Basic " + base64.b64encode(f"{self._login.user}:{self._login.password}".encode()).decode()
        return self._digest(method, target, challenge, count) if scheme == "digest" else ""

    def take(self, challenge: str, offered: str) -> bool:
        """Learn from the header WWW-Authenticate of a refusal of ``offered``; whether asking again may now succeed."""
        if not self._login.user or self._scheme == "bearer":
            return False
        scheme, _, rest = challenge.partition(" ")
        if scheme.lower() == "digest":
            read = dict(_PARAMETER.findall(rest))
            read = {name.lower(): value.strip('"') for name, value in read.items()}
            if read.get("algorithm", "MD5").upper() not in _HASHES or not _offers_auth(read) or "nonce" not in read:
                return False
            with self._lock:
                self._scheme, self._challenge = "digest", read
            return f'nonce="{read["nonce"]}"' not in offered
        if not re.search(r"\bbasic\b", challenge, re.IGNORECASE):
            return False
        with self._lock:
            self._scheme = "basic"
        return not offered.startswith("Basic ")

    def _digest(self, method: str, target: str, challenge: Mapping[str, str], count: int) -> str:
        algorithm = challenge.get("algorithm", "MD5")
        realm, nonce = challenge.get("realm", ""), challenge["nonce"]

        def digest(text: str) -> str:
            return hashlib.new(_HASHES[algorithm.upper()], text.encode(), usedforsecurity=False).hexdigest()

        who, what = digest(f"{self._login.user}:{realm}:{self._login.password}"), digest(f"{method}:{target}")
        fields = [("realm", realm), ("nonce", nonce), ("uri", target)]
        user = self._login.user.replace("\\", "\\\\").replace('"', '\\"')
        said = f'Digest username="{user}"'
        if not user.isascii():
            said = f"Digest username*=UTF-8''{quote(self._login.user, safe='')}"
        if "qop" in challenge:
            own = secrets.token_hex(8)
            response = digest(f"{who}:{nonce}:{count:08x}:{own}:auth:{what}")
            tail = f', qop=auth, nc={count:08x}, cnonce="{own}"'
        else:
            response, tail = digest(f"{who}:{nonce}:{what}"), ""
        said += "".join(f', {name}="{value}"' for name, value in [*fields, ("response", response)])
        said += f', opaque="{challenge["opaque"]}"' if "opaque" in challenge else ""
        return said + (f", algorithm={algorithm}" if "algorithm" in challenge else "") + tail


_PARAMETER = re.compile(r'([\w-]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^\s,]+)')
_HASHES = {"MD5": "md5", "SHA": "sha1", "SHA-256": "sha256"}


def _offers_auth(challenge: Mapping[str, str]) -> bool:
    return "qop" not in challenge or "auth" in re.split(r"[\s,]+", challenge["qop"])


def login_from(environment: Mapping[str, str] | None = None) -> Login:
    """The login that the environment names. Raises KgError where it names half of one."""
    known = os.environ if environment is None else environment
    user, password, token = (known.get(name, "") for name in (_USER, _PASSWORD, _TOKEN))
    if bool(user) != bool(password):
        missing, there = (_USER, _PASSWORD) if password else (_PASSWORD, _USER)
        raise KgError(
            f"{there} is set and {missing} is not. Set both, or neither.",
            zh=f"设置了 {there}，但没有设置 {missing}。请同时设置，或都不设置。",
        )
    return Login(user, password, token)
