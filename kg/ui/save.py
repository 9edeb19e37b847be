"""The panel that saves exactly what is shown, in the formats that reports and other programs take."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from html import escape
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from kg.export.excerpt import excerpt
from kg.export.network_files import write_gexf, write_graphml
from kg.export.table import write_spreadsheet_csv
from kg.export.turtle import write_turtle
from kg.model.knowledge import Knowledge
from kg.model.text import Lang
from kg.query.scene import write_scene
from kg.ui.frame import within
from kg.ui.legend import STAGES
from kg.ui.markup import link
from kg.ui.showing import Showing, focus_now, picture_data
from kg.ui.state import app, part, saved_page
from kg.ui.words import say
from kg.view.look import LookName
from kg.view.png import png
from kg.view.svg import legend_of, svg

__all__ = ["save"]

_NAME = "beijing-digital-economy-view"

#: Widths in pixels that a picture may be saved at. Below the first some names would find no room.
_WIDTHS = (1600, 2400, 3200)

#: Format → file ending, media type, how it is made, and whether those who speak in it belong to it.
_FILES: dict[str, tuple[str, str, Callable[[Knowledge], bytes], bool]] = {
    "graphml": (".graphml", "application/graphml+xml", write_graphml, False),
    "gexf": (".gexf", "application/gexf+xml", write_gexf, False),
    "csv": (".csv", "text/csv", write_spreadsheet_csv, True),
    "turtle": (".ttl", "text/turtle", write_turtle, True),
}


def save(showing: Showing, lang: Lang) -> None:
    """A line for each format; a file is made when its button is pressed."""
    close = link(within(lang), "×", css="x", label=say("close", lang))
    count = say("shown", lang, entities=len(showing.found.entities), relations=len(showing.found.relations))
    st.html(
        f'<div class="kicker"><span>{escape(say("save_view", lang))}</span>{close}</div>'
        f'<h1 class="title">{escape(count)}</h1><p class="lead">{escape(say("save_lead", lang))}</p>'
    )
    with st.container(key="files"):
        page = partial(saved_page, showing.network, showing.layout, lang, link=_link(), focus=_one_focus(showing))
        _file("html", ".html", "text/html", page, lang)
        look, width = _choices(lang)
        drawing = _drawing(showing, look, lang)
        _file("svg", ".svg", "image/svg+xml", lambda: drawing().encode(), lang)
        _file("png", ".png", "image/png", lambda: png(drawing(), width=width), lang)
        for name, (suffix, media_type, write, speakers) in _FILES.items():
            _file(name, suffix, media_type, _maker(showing, write, speakers), lang)


def _link() -> str:
    """The address of this picture, where it is one that others can open too."""
    base = urlsplit(st.context.url or "")
    if base.scheme not in ("http", "https") or base.hostname in ("localhost", "127.0.0.1", "::1"):
        return ""
    query = urlencode({name: value for name, value in st.query_params.items() if name != "panel"})
    return urlunsplit((base.scheme, base.netloc, base.path, query, ""))


def _one_focus(showing: Showing) -> dict[str, object] | None:
    """What a card can be opened for: an entity or a statement."""
    focus = focus_now(showing)
    return focus if focus and focus["kind"] in ("entity", "statement") else None


def _choices(lang: Lang) -> tuple[LookName, int]:
    """On which ground, and how wide, pictures are saved."""
    with st.container(key="choices", horizontal=True):
        looks: tuple[LookName, ...] = ("light", "dark")
        look = st.segmented_control(
            say("save_look", lang), looks, default="light", required=True, format_func=lambda one: say(one, lang)
        )
        width = st.segmented_control(
            say("save_width", lang), _WIDTHS, default=_WIDTHS[0], required=True, format_func="{} px".format
        )
    return look or "light", width or _WIDTHS[0]


def _drawing(showing: Showing, look: LookName, lang: Lang) -> Callable[[], str]:
    """What makes the picture as SVG, with what a reader of the report must know below it."""
    one = app()
    data, focus = picture_data(showing, lang), focus_now(showing)
    stages = {stage: say(stage, lang) for stage in STAGES}
    sources = {source for entity in showing.found.entities for source in [one.source for one in entity.mentions]}
    titles = [source.title.say(lang) for key, source in one.directory.sources.items() if key in sources]
    version = one.engine.data_version
    caption = say("save_caption", lang, sources=("、" if lang == "zh" else "; ").join(titles), version=version)
    about = json.dumps({"version": version, "view": write_scene(showing.scene), "sources": sorted(sources)})
    return lambda: svg(
        data,
        width=_WIDTHS[0],
        look=look,
        title=say("title", lang),
        lang=lang,
        caption=caption,
        legend=legend_of(data, one.glossary.vocabulary, lang, stages),
        focus=focus,
        metadata=about,
    )


def _file(name: str, suffix: str, media_type: str, make: Callable[[], bytes], lang: Lang) -> None:
    with st.container(key=f"file-{name}", horizontal=True, gap=None, wrap=False):
        st.html(f'<div class="format"><b>{escape(suffix)}</b><span>{escape(say(f"save_{name}", lang))}</span></div>')
        label = say("save_as", lang)
        st.download_button(label, make, f"{_NAME}{suffix}", media_type, key=f"save-{name}", on_click="ignore")


def _maker(showing: Showing, write: Callable[[Knowledge], bytes], speakers: bool) -> Callable[[], bytes]:
    entities = [one.id for one in showing.found.entities]
    lines = [statement for line in showing.found.relations for statement in line.statements]
    hidden = {value for facet, value in showing.scene.filters.off if facet == "source"}
    sources = [one for one in app().directory.sources if one not in hidden]
    return lambda: write(excerpt(part(entities, lines), entities, lines, sources, speakers))
