"""Asks a SPARQL 1.1 endpoint one query, and reads its answer: the protocol's part of a remote store."""

from __future__ import annotations

import time
from urllib.parse import urlencode

from kg.engine.answer import Answer, Form
from kg.engine.base import Graphs, Limits
from kg.engine.dialect import accept, cut_by_store, stopped_by_store, time_limit
from kg.engine.faultwords import unavailable
from kg.engine.forms import form_of
from kg.engine.http import Broken, Exchange, Http, Unreachable
from kg.engine.login import Login
from kg.engine.remote_faults import failure_of
from kg.engine.replies import NotAnAnswer, Read, read_answer
from kg.engine.wire import Overdue, Patience
from kg.errors import QueryTimeout

__all__ = ["Store"]

_FORM = "application/x-www-form-urlencoded"
_LONG = Limits(seconds=3_600.0, rows=1_000_000, megabytes=512)
_EVERYTHING = Graphs()


class Store:
    """The endpoint at ``url``; safe to share between threads. Raises KgError for what is no address.

    ``server`` is what the store calls itself, once it has answered.
    """

    def __init__(self, url: str, login: Login) -> None:
        self.url = url
        self.server = ""
        self._http = Http(url, login)
        self._closed = False

    def ask(self, query: str, form: Form, limits: Limits, patience: Patience, graphs: Graphs = _EVERYTHING) -> Read:
        """Send ``query``, whose answer has this form, to be asked of ``graphs`` (none: of what the store pleases).

        A query changes nothing, so it is sent once more where a kept connection had ended. Raises QueryError, TooLong,
        and Overdue and Cancelled of its question.
        """
        self.check_open()
        started = time.perf_counter()
        fields = [("query", query), *(("default-graph-uri", each) for each in graphs.default)]
        fields += [*(("named-graph-uri", each) for each in graphs.named), *time_limit(limits.seconds, self.server)]
        headers = {"Content-Type": _FORM, "Accept": accept(form, self.server), "User-Agent": "beijing-digital-economy"}
        try:
            with self._http.send("POST", urlencode(fields).encode(), headers, patience) as exchange:
                self.server = exchange.headers.get("server", "")
                if exchange.status != 200:
                    raise failure_of(exchange, self.url, time.perf_counter() - started, self._http.secrets)
                return self._read(exchange, form, limits, started)
        except Unreachable as error:
            raise unavailable("unreachable", url=self.url, why=error) from None
        except Broken as error:
            self.check_open()
            raise unavailable("broken_off", url=self.url, why=error) from None

    def answer(self, query: str) -> Answer:
        """What the whole store answers to a query of our own that may take long. Raises QueryError."""
        form, patience = form_of(query) or "select", Patience(_LONG.seconds)
        try:
            read = self.ask(query, form, _LONG, patience)
        except Overdue:
            raise QueryTimeout(_LONG.seconds) from None
        return Answer(form, read.body, read.rows, read.cut, _LONG.seconds - patience.left, "")

    def _read(self, exchange: Exchange, form: Form, limits: Limits, started: float) -> Read:
        if stopped_by_store(exchange.headers):
            raise QueryTimeout(round(time.perf_counter() - started, 1))
        try:
            read = read_answer(form, exchange, limits)
        except NotAnAnswer as error:
            raise unavailable("no_answer_format", url=self.url, what=error) from None
        if not read.cut:
            exchange.finish()
        return read._replace(cut=read.cut or cut_by_store(exchange.headers, read.rows))

    def check_open(self) -> None:
        """Raises EngineUnavailable after :meth:`close`."""
        if self._closed:
            raise unavailable("closed")

    def close(self) -> None:
        """Close every connection. May be repeated."""
        self._closed = True
        self._http.close()
