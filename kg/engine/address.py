"""Where a store is: the parts of the address of an endpoint."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import quote, urlsplit

from kg.errors import KgError

__all__ = ["Address", "web_address"]


class Address(NamedTuple):
    """Where a store is; ``target`` is the path with its query."""

    scheme: str
    host: str
    port: int | None
    target: str


def web_address(url: str) -> Address:
    """The parts of ``url``. Raises KgError for what is no address of a server."""
    if "@" in url:  # a password may hold any sign, and then nothing tells which part of the address it is
        raise KgError(
            "The address of an endpoint has no name and password in it, as addresses are shown and logged. "
            "Set KG_ENDPOINT_USER and KG_ENDPOINT_PASSWORD.",
            zh="端点网址会被显示和记录，不能写用户名和密码（例如 http://主机:端口/路径）。"
            "请设置 KG_ENDPOINT_USER 和 KG_ENDPOINT_PASSWORD。",
        )
    try:
        found = urlsplit(url)
        address = Address(found.scheme, found.hostname or "", found.port, found.path or "/")
    except ValueError as error:
        raise _no_address(url, str(error)) from None
    odd = any(sign <= " " or sign == "\x7f" for sign in url)
    if address.scheme not in ("http", "https") or not address.host or odd:
        raise _no_address(url, "")
    target = address.target + (f"?{found.query}" if found.query else "")
    return address._replace(target=quote(target, safe="/?&=%:;+,~!$'()*@-._"))


def _no_address(url: str, why: str) -> KgError:
    said = f" ({why})" if why else ""
    return KgError(
        f"“{url}” is no address of a SPARQL endpoint{said}. Write it as http://host:port/path.",
        zh=f"“{url}”不是 SPARQL 端点的网址{said}。请写成 http://主机:端口/路径。",
    )
