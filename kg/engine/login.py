"""Who one is to a store: a name and a password, or a token, and the header that a store wants to see of them.

Basic (RFC 7617) and Digest (RFC 7616, which Virtuoso wants) answer a server that asks; a token is offered to any. They
come from the environment, so that they stand in no command and in no log.
"""

from __future__ import annotations

import base64
import os
import threading
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.request import AbstractDigestAuthHandler, HTTPPasswordMgrWithDefaultRealm

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
    """Makes the header Authorization for one server, whose address is ``base``; safe to share between threads.

    A token is offered from the start, a password only when the server asks for it, in the way that it asks for:
    Virtuoso tells nobody how it wants to be asked who has offered a password in another way.
    """

    def __init__(self, login: Login, base: str) -> None:
        self._login = login
        self._base = base
        known = HTTPPasswordMgrWithDefaultRealm()
        known.add_password(None, base, login.user, login.password)
        self._digest = AbstractDigestAuthHandler(known)
        self._challenge: dict[str, str] = {}
        self._scheme = "bearer" if login.token else ""
        self._lock = threading.Lock()  # the digest counts its requests

    def header(self, method: str, target: str) -> str:
        """The value of Authorization for a request; empty for nobody."""
        if self._scheme == "bearer":
            return f"Bearer {self._login.token}"
        if self._scheme == "basic":
            return "Basic " + base64.b64encode(f"{self._login.user}:{self._login.password}".encode()).decode()
        if self._scheme == "digest":
            request = urllib.request.Request(self._base + target, method=method)  # noqa: S310 (it is never opened)
            with self._lock:
                return f"Digest {self._digest.get_authorization(request, self._challenge)}"
        return ""

    def take(self, challenge: str) -> bool:
        """Learn from the header WWW-Authenticate of a refusal; whether asking again may now succeed."""
        if not self._login.user or self._scheme == "bearer":
            return False
        scheme, _, rest = challenge.partition(" ")
        if scheme.lower() != "digest":
            offered, self._scheme = self._scheme, "basic"
            return offered != "basic"
        read = urllib.request.parse_keqv_list(list(filter(None, urllib.request.parse_http_list(rest))))
        with self._lock:
            offered, self._scheme = self._scheme, "digest"
            known, self._challenge = self._challenge, read
        return offered != "digest" or read.get("nonce") != known.get("nonce")


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
