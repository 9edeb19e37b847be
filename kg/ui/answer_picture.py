"""An answer as a picture: a chart drawn, or a graph on the canvas; on the page, or as SVG for a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from typing import Any

import streamlit as st

from kg.engine.answer import Answer
from kg.graph.names import entity_id
from kg.model.text import Lang, Text
from kg.model.vocabulary import Vocabulary
from kg.query.refs import read_entities
from kg.ui.asked import Asked
from kg.ui.canvas import Done, canvas, preload
from kg.ui.figure import figure
from kg.ui.in_words import words_of
from kg.ui.legend import STAGES
from kg.ui.markup import address, glyph
from kg.ui.state import app, shown
from kg.ui.words import say
from kg.view.answer_graph import graph_of, left_out, picture_of, with_plain
from kg.view.answer_metric import metrics_named
from kg.view.answer_shape import Fitting
from kg.view.chart import Chart, draw
from kg.view.directives import View
from kg.view.look import LookName
from kg.view.network import Network
from kg.view.svg import Key, legend_of, svg
from kg.view.tables import iris_of

__all__ = ["FILE_WIDTHS", "Pictured"]

#: Pixels across of a picture in a file: of a chart, and of a graph, whose names need more room.
FILE_WIDTHS = (920, 1600)


@dataclass(frozen=True)
class Pictured:
    """An answer to be seen in one of its views, which is no table."""

    answer: Answer
    labels: Mapping[str, Text]
    fitting: Fitting
    view: View
    asked: Asked

    def show(self) -> None:
        """Put the picture on the page."""
        if self.view == "graph":
            self._show_graph()
        else:
            chart = self._chart()
            figure(lambda width: draw(chart, width))

    def svg(self, look: LookName) -> str:
        """The picture as a file of its own: its title above it, the query in words and the data version below."""
        chart_width, graph_width = FILE_WIDTHS
        if self.view != "graph":
            return draw(self._chart(), chart_width, look=look)
        lang = self.asked.lang
        network, vocabulary = self._network()
        data = picture_of(network, vocabulary, lang, for_file=True)
        return svg(
            data,
            width=graph_width,
            look=look,
            title=self.asked.title,
            lang=lang,
            caption=f"{words_of(self.asked, lang)} {say('version', lang, version=self.answer.data_version)}",
            legend=self._keys(data, vocabulary),
            metadata=self.asked.text,
        )

    def _chart(self) -> Chart:
        """What is drawn, with the query in words for those who do not see it."""
        lang = self.asked.lang

        def to(iri: str) -> str:
            entity = entity_id(iri)
            return address("", lang, entity=entity) if entity else ""

        alt = words_of(self.asked, lang)
        return Chart(self.answer, self.labels, self.fitting, self.view, lang, self.asked.title, alt, to, self._metric())

    def _metric(self) -> str:
        """What the one metric that the query asks for is called, where the answer does not say it."""
        named = metrics_named(self.asked.text)
        if len(named) != 1 or "metric" in self.answer.columns:
            return ""
        return app().terms.name("metric", named.pop(), self.asked.lang)

    def _network(self) -> tuple[Network[str], Vocabulary]:
        one = app()
        named = filter(None, map(entity_id, iris_of(self.answer, self.answer.rows)))
        types = {entity: ref.type for entity, ref in read_entities(one.engine, named).items()}
        stages = {entity.id: one.terms.stage(entity.status) for entity in shown().overview.entities}
        network = graph_of(self.answer, self.labels, types, self.fitting.parts.get("graph"), stages)
        return network, with_plain(one.glossary.vocabulary)

    def _keys(self, data: Mapping[str, Any], vocabulary: Vocabulary) -> tuple[Key, ...]:
        """The types and stages that occur in a graph."""
        lang = self.asked.lang
        return legend_of(data, vocabulary, lang, {stage: say(stage, lang) for stage in STAGES})

    def _show_graph(self) -> None:
        lang = self.asked.lang
        network, vocabulary = self._network()
        name = sha256(self.answer.body + lang.encode()).hexdigest()[:16]
        spoken = {key: say(key, lang) for key in ("zoom_in", "zoom_out", "zoom_fit")}
        spoken["graph"] = words_of(self.asked, lang) or say("answer", lang)
        state = {"version": name, "base": name, "at": None, "focus": None, "words": spoken}
        data = picture_of(network, vocabulary, lang)
        preload()
        with st.container(key="answer-graph"):
            canvas({**data, **state}, _opened(lang))
        below = _legend(self._keys(data, vocabulary), data, lang)
        if missing := left_out(network):
            below += f'<p class="lead">{escape(say("graph_left_out", lang, count=missing))}</p>'
        st.html(below)


def _legend(keys: Sequence[Key], data: Mapping[str, Any], lang: Lang) -> str:
    """The legend of a graph, below it: the types and stages that occur in it, and the dashed line if there is one."""
    rows = [(glyph(key.type) if key.type else f'<span class="round {key.stage}"></span>', key.words) for key in keys]
    if any(edge["dashes"] for edge in data["edges"]):
        rows.append(('<span class="dash"></span>', say("dashed_line", lang)))
    items = "".join(f"<li>{mark}{escape(name)}</li>" for mark, name in rows)
    return f'<ul class="keys legend" aria-label="{escape(say("legend", lang))}">{items}</ul>'


def _opened(lang: Lang) -> Callable[[Done], None]:
    def done(act: Done) -> None:
        """An entity that is picked opens on the explore page."""
        if act.act in ("pick", "open") and act.kind == "entity" and app().directory.entity(act.id):
            st.query_params.from_dict({"entity": act.id, "lang": lang})

    return done
