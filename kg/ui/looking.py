"""Looks at a query while it is written: what is wrong in it and how to mend it, and how a word could go on."""

from __future__ import annotations

from typing import Any

from kg.errors import Cure, Edit, KgError, MalformedQuery, RefusedQuery
from kg.model.text import Lang
from kg.query.complete import Completion, complete
from kg.ui.state import app
from kg.ui.words import say

__all__ = ["look"]


def look(text: str, caret: int, wants: bool, lang: Lang) -> dict[str, Any]:
    """What the editor shows: ``marks`` with their cures, and, where it ``wants`` them, ``items`` to go on with.

    An engine that is too busy to look says nothing: the reader is writing, and will ask it anyway.
    """
    found: dict[str, Any] = {"marks": _marks(text, lang), "from": caret, "to": caret, "items": []}
    if wants:
        completions = complete(app().engine, text, caret, lang)
        items = [_item(one, lang) for one in completions.items]
        found |= {"from": completions.start, "to": completions.end, "items": items}
    return found


def _marks(text: str, lang: Lang) -> list[dict[str, Any]]:
    if not text.strip():
        return []
    try:
        app().engine.check(text)
    except MalformedQuery as error:
        reason, hint = error.words(lang)
        start, end = error.span
        message = f"{reason}{'。' if lang == 'zh' else '.'} {hint}".strip()
        return [{"start": start, "end": end, "message": message, "cures": [_cure(one, lang) for one in error.cures]}]
    except RefusedQuery as error:
        start, end = error.span
        return [{"start": start, "end": end, "message": error.say(lang), "cures": []}]
    except KgError:
        return []
    return []


def _cure(cure: Cure, lang: Lang) -> dict[str, Any]:
    return {"label": cure.label(lang), "edits": [_edit(one) for one in cure.edits]}


def _item(one: Completion, lang: Lang) -> dict[str, Any]:
    return {
        "text": one.text,
        "label": one.detail,
        "detail": "",
        "kind": say(f"complete_{one.kind}", lang),
        "count": one.count,
        "edits": [_edit(edit) for edit in one.edits],
    }


def _edit(edit: Edit) -> dict[str, Any]:
    return {"start": edit.start, "end": edit.end, "text": edit.text}
