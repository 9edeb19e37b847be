"""What a query came to: answered, empty, malformed, refused, or stopped; each in its own look."""

from __future__ import annotations

from html import escape

import streamlit as st

from kg.errors import AnswerTooLarge, EngineUnavailable, KgError, MalformedQuery, QueryTimeout, RefusedQuery
from kg.model.text import Lang
from kg.ui.answer_view import answered
from kg.ui.asked import Asked
from kg.ui.asking import ask_beside
from kg.ui.empty import empty
from kg.ui.markup import link
from kg.ui.words import say

__all__ = ["show"]


def show(asked: Asked) -> None:
    """Ask the query and show what it came to; nothing but its own words reaches the reader, no traceback."""
    lang = asked.lang
    if st.query_params.get("stop"):
        again = link(asked.here(), escape(say("run_again", lang)))
        _box("stopped", say("was_stopped", lang), f"{escape(say('was_stopped_hint', lang))} {again}")
        return
    try:
        answer = ask_beside(asked.text, asked.here(stop="1"), lang)
    except MalformedQuery as error:
        _malformed(error, asked)
    except RefusedQuery as error:
        _box("refused", say("refused", lang), f"{escape(say('refused_hint', lang))} {_own_words(error, lang)}")
    except QueryTimeout as error:
        _box("stopped", say("timed_out", lang, seconds=f"{error.seconds:g}"), escape(say("timed_out_hint", lang)))
    except AnswerTooLarge as error:
        _box("stopped", say("too_large", lang), f"{_own_words(error, lang)} {escape(say('too_large_hint', lang))}")
    except EngineUnavailable as error:
        again = link(asked.here(), escape(say("run_again", lang)))
        _box("stopped", say("engine_down", lang), f"{_own_words(error, lang)} {again}")
    except KgError as error:
        _box("stopped", say("failed", lang), _own_words(error, lang))
    else:
        if answer.empty:
            empty(asked)
        else:
            answered(answer, asked)


def _box(kind: str, title: str, inside: str) -> None:
    st.html(f'<div class="outcome {kind}" role="alert"><h2>{escape(title)}</h2><p>{inside}</p></div>')


def _own_words(error: KgError, lang: Lang) -> str:
    return f"<span>{escape(error.say(lang))}</span>"


def _malformed(error: MalformedQuery, asked: Asked) -> None:
    """The place of the fault, its line with a caret under the column, and what would mend it."""
    lang = asked.lang
    lines = asked.text.splitlines() or [""]
    line = lines[min(error.line, len(lines)) - 1].expandtabs(1)
    before, at = line[: error.column - 1], line[error.column - 1 : error.column] or " "
    caret = f"{escape(before)}<b>{escape(at)}</b>{escape(line[error.column :])}\n{_blank(before)}<b>^</b>"
    reason, hint = error.words(lang)
    title = say("malformed", lang, line=error.line, column=error.column)
    stop = "。" if lang == "zh" else "."
    words = f"{escape(reason[:1].upper() + reason[1:])}{stop} {escape(hint)}"
    cures = "".join(
        f"<li>{link(asked.to(cure.apply(asked.text)), escape(cure.label(lang)), css='cure')}</li>"
        for cure in error.cures
    )
    st.html(
        f'<div class="outcome malformed" role="alert"><h2>{escape(title)}</h2><p>{words}</p>'
        f'<pre class="caret">{caret}</pre>{f"<ul class=cures>{cures}</ul>" if cures else ""}</div>'
    )


def _blank(text: str) -> str:
    """White space as wide as ``text`` in a font where Chinese signs take two columns."""
    return "".join("　" if ord(sign) > 0x2E7F else " " for sign in text)
