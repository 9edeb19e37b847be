"""What stands around every page: the style, the top bar with pages, search and language, and the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from html import escape
from importlib.resources import files

import streamlit as st

from kg.errors import KgError
from kg.model.text import LANGS, Lang
from kg.model.vocabulary import Stage, Vocabulary
from kg.query.scene import Scene, write_scene
from kg.query.search import Hit, search
from kg.ui.links import quick_links
from kg.ui.markup import address, glyph, link, words
from kg.ui.showing import is_open, kept, now
from kg.ui.state import app
from kg.ui.words import say
from kg.view.look import LOOKS
from kg.view.shapes import mask_of
from kg.view.terms import say as said

__all__ = ["PAGES", "bare_style", "language", "top_bar", "within"]

#: The pages of the bar: key of the word, name in the address. The first is what opens.
PAGES = (("explore", ""), ("ask", "ask"), ("sources", "sources"), ("download", "download"))

_STAGES: tuple[Stage, ...] = ("achieved", "under-way", "planned")
_MOST_HITS = 8


def language() -> Lang:
    """The reader's language: as the address says, else as the browser says."""
    asked = st.query_params.get("lang")
    for lang in LANGS:
        if asked == lang:
            return lang
    return "zh" if (st.context.locale or "").lower().startswith("zh") else "en"


def within(lang: Lang, scene: Scene | None = None, /, **parameters: str) -> str:
    """The address of something on the opening page, seen as that is now, or after a step to another ``scene``.

    An entity that is not on the picture is added to it. While the reader chooses the other end of a way, or what to
    compare with, an entity's address completes the choice.
    """
    if not is_open():
        return address("", lang, **parameters)
    showing = now()
    entity = parameters.get("entity", "")
    if entity and (chosen := st.query_params.get("with")):
        act, _, first = chosen.partition("~")
        if act == "compare":
            return address("compare", lang, ids=f"{first}~{entity}")
        parameters = {"path": f"{first}~{entity}"}
    scene = scene or showing.scene
    if entity and entity not in showing.cast.shown and scene is showing.scene:
        scene = scene.then("add", entity)
    return address("", lang, **{**kept(), **write_scene(scene), **parameters})


def top_bar(lang: Lang, current: str) -> None:
    """The style and the top bar; ``current`` is the name of the page that is open."""
    st.html(_style(app().glossary.vocabulary))
    quick_links(lang)
    with st.container(key="bar", horizontal=True, gap=None, wrap=False):
        st.html(link(address("", lang), escape(say("title", lang)), css="brand"))
        st.html(_navigation(lang, current))
        with st.container(key="find"):
            _search(lang)
        with st.container(key="lang", horizontal=True, gap=None, wrap=False):
            _languages(lang, current)


def _navigation(lang: Lang, current: str) -> str:
    parts = []
    for key, page in PAGES:
        mark = ' aria-current="page"' if page == current else ""
        parts.append(f'<a href="{escape(address(page, lang))}" target="_self"{mark}>{say(key, lang)}</a>')
    return f'<nav class="pages" aria-label="{say("navigation", lang)}">{"".join(parts)}</nav>'


def bare_style() -> str:
    """The style without a vocabulary, for when the data could not be read."""
    return f"<style>{_tokens()}{_sheets()}</style>"


def _languages(lang: Lang, current: str) -> None:
    """The same page, with all that its address says, in the other language."""
    kept = {name: value for name, value in st.query_params.items() if name not in ("lang", "page")}
    parts = []
    for one in LANGS:
        mark = ' aria-current="true"' if one == lang else ""
        href = escape(address(current, one, **kept))
        tongue = "zh-Hans" if one == "zh" else "en"
        parts.append(f'<a href="{href}" target="_self" lang="{tongue}" hreflang="{tongue}"{mark}>{say(one, lang)}</a>')
    st.html(f'<nav class="lang" aria-label="{say("language", lang)}">{"".join(parts)}</nav>')


def _search(lang: Lang) -> None:
    here = st.query_params.to_dict()
    if st.session_state.get("here") != here:
        # The reader went somewhere: what was typed has served.
        st.session_state["here"], st.session_state["search"] = here, ""
    text = st.text_input(
        say("search", lang),
        key="search",
        type="search",
        live=True,
        placeholder=say("search_hint", lang),
        icon=":material/search:",
        label_visibility="collapsed",
    )
    if not text or not text.strip():
        return
    with st.container(key="hits"):
        try:
            hits = search(app().engine, text, _MOST_HITS)
        except KgError as error:
            st.html(f'<p class="no-hit">{escape(error.say(lang))}</p>')
            return
        if hits:
            st.html(f'<div class="hits" data-for="{escape(text.strip())}">{_by_type(hits, text, lang)}</div>')
        else:
            st.html(f'<p class="no-hit" role="status">{escape(say("no_hits", lang, text=text.strip()))}</p>')


def _by_type(hits: Sequence[Hit], text: str, lang: Lang) -> str:
    """The hits under the names of their types, the type of the best hit first."""
    groups: dict[str, list[Hit]] = {}
    for hit in hits:
        groups.setdefault(hit.entity.type, []).append(hit)
    parts = []
    for type_id, inside in groups.items():
        name = escape(app().terms.name("type", type_id, lang))
        found = "".join(_hit(hit, text, lang) for hit in inside)
        parts.append(f'<section aria-label="{name}"><h2 class="kind">{name}</h2>{found}</section>')
    return "".join(parts)


def _hit(hit: Hit, text: str, lang: Lang) -> str:
    name = said(hit.entity.name, lang)
    other = said(hit.entity.name, "en" if lang == "zh" else "zh")
    why = ""
    if hit.reason != "name":
        why = escape(say(f"hit_{hit.reason}", lang, name=hit.matched))
    elif other.lang != name.lang:
        why = words(other)
    tongue = "zh-Hans" if name.lang == "zh" else "en"
    label = f'<span class="name" lang="{tongue}">{_marked(name.words, text.strip())}</span>'
    inside = f'{glyph(hit.entity.type)}{label}<span class="why">{why}</span>'
    return link(within(lang, entity=hit.entity.id), inside, css="hit")


def _marked(name: str, text: str) -> str:
    """The name with the part that was typed marked."""
    start = name.casefold().find(text.casefold())
    if start < 0:
        return escape(name)
    end = start + len(text)
    return f"{escape(name[:start])}<mark>{escape(name[start:end])}</mark>{escape(name[end:])}"


@cache
def _sheets() -> str:
    """Our style sheets, nested in the app's root so that they weigh more than those of Streamlit's build."""
    sheets = sorted(files("kg.ui").joinpath("css").iterdir(), key=lambda one: one.name)
    rules = "".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
    return f'[data-testid="stApp"] {{\n{rules}}}\n'


def _tokens() -> str:
    pairs = zip(LOOKS["light"]._fields, LOOKS["light"], LOOKS["dark"], strict=True)
    colours = "".join(f"--kg-{name}: light-dark({light}, {dark});" for name, light, dark in pairs)
    return f":root {{ {colours} --kg-tint: light-dark(#E7EFF7, #182A3B); }}\n"


def _style(vocabulary: Vocabulary) -> str:
    """The style sheets with the tokens, the types' colours and the shapes, all from where they are defined."""
    glyphs = "".join(
        f".t-{type_.id} {{ background-color: light-dark({type_.colour.light}, {type_.colour.dark}); }}"
        + "".join(
            f'.t-{type_.id}.s-{stage} {{ mask-image: url("{mask_of(type_.shape, stage)}"); }}' for stage in _STAGES
        )
        for type_ in vocabulary.types
    )
    return f"<style>{_tokens()}{_sheets()}{glyphs}</style>"
