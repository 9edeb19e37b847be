"""What came along when a query was copied: the page around it, the program that asked it, the signs of HTML."""

from __future__ import annotations

import html
import re
from itertools import takewhile

from kg.engine.keywords import QUERY_FORMS
from kg.engine.slips.scene import Fault, Scene, cure
from kg.errors import Edit

__all__ = ["entities", "fences", "program", "prose"]

_BLOCK = re.compile(r"(?ms)^[ \t]*```[^\n]*\n(.*?)^[ \t]*```[^\n]*$")
_FENCE = re.compile(r"(?m)^[ \t]*```\w*[ \t]*(?:\r?\n|\Z)|```[ \t]*\Z")
_BEGINS = re.compile(rf"(?im)^[ \t]*(?:PREFIX\b|BASE\b|{'|'.join(sorted(QUERY_FORMS))})\b")
_ENTITY = re.compile(r"&(?:amp;)*(?:lt|gt|amp|quot|apos|nbsp|#[0-9]{1,6}|#x[0-9a-fA-F]{1,6});")
_WHOLE = re.compile(
    r"""(?s)\s*(?:\w+\s*=\s*)?[rf]{0,2}(?P<quote>\"{3}|'{3}|[`"'])(?P<inside>.*)(?P=quote)\s*[;)]*\s*"""
)
_LINE = re.compile(r"""\s*(?:\w+\s*\+?=\s*)?[(+]?\s*[rf]{0,2}(?P<quote>["'])(?P<inside>.*)(?P=quote)\s*[+,;)\\]*\s*""")


def fences(scene: Scene) -> Fault | None:
    """A block of code of a Markdown page, with its fences, and with what stands around it."""
    block = next((found for found in _BLOCK.finditer(scene.query) if _BEGINS.search(found[1])), None)
    if block is not None:
        edits = [Edit(0, block.start(1), ""), Edit(block.end(1), len(scene.query), "")]
        return Fault("fences", {}, block.start(), block.start(1), (cure("fences", *edits),))
    lines = list(_FENCE.finditer(scene.query))
    if not lines or scene.words[0].text != "`":
        return None
    edits = [Edit(line.start(), line.end(), "") for line in lines]
    return Fault("fences", {}, lines[0].start(), lines[0].end(), (cure("fences", *edits),))


def prose(scene: Scene) -> Fault | None:
    """Sentences before the query, or behind it."""
    begins = _BEGINS.search(scene.query)
    if begins is None:
        return None
    if scene.bad.offset < begins.start():
        gone = Edit(0, begins.start(), "")
        return Fault("prose", {}, 0, len(scene.query[: begins.start()].rstrip()), (cure("prose", gone),), sure=False)
    start = scene.query.rfind("\n", 0, scene.bad.offset) + 1
    own_line = scene.query[start : scene.bad.offset].isspace() or start == scene.bad.offset
    if scene.open or not own_line or scene.bad.kind not in ("word", "other") or scene.is_keyword(scene.at):
        return None
    mend = cure("prose", Edit(start, len(scene.query), ""))
    return Fault("prose", {}, start, len(scene.query.rstrip()), (mend,), sure=False)


def entities(scene: Scene) -> Fault | None:
    """Signs as HTML writes them: ``&lt;`` for ``<``."""
    found = list(_ENTITY.finditer(scene.query))
    if not found or not any(scene.query[word.offset] == "&" for word in scene.words if word.kind in ("other", "mark")):
        return None
    first = found[0]
    edits = [Edit(one.start(), one.end(), _plain(one[0])) for one in found]
    values = {"entity": first[0], "plain": _plain(first[0])}
    return Fault("entity", values, first.start(), first.end(), (cure("entities", *edits),))


def _plain(entity: str) -> str:
    """The sign that is meant, also where it was written for HTML twice."""
    before = ""
    while before != entity:
        before, entity = entity, html.unescape(entity)
    return " " if entity == "\u00a0" else entity


def program(scene: Scene) -> Fault | None:
    """The text of a query as it stands in a program: in quotes, as a whole or line by line."""
    inside = _unquoted(scene.query)
    if inside is None and not (scene.bad.text == "\\" and r"\n" in scene.query):
        return None
    text = (scene.query if inside is None else inside).replace(r"\n", "\n").replace(r"\t", "\t").strip("\n")
    if not _BEGINS.search(text):
        return None
    mend = cure("program", Edit(0, len(scene.query), text))
    return Fault("program", {}, scene.bad.offset, scene.bad.end, (mend,))


def _unquoted(query: str) -> str | None:
    """What is between the quotes of one text, or of one for each line; None where nothing, or not all, is quoted."""
    lines = [line for line in query.splitlines() if line.strip()]
    quoted = [found for found in takewhile(bool, map(_LINE.fullmatch, lines)) if found]
    if len(quoted) == len(lines) > 1:
        return "\n".join(_unescaped(found["inside"], found["quote"]).removesuffix(r"\n") for found in quoted)
    whole = _WHOLE.fullmatch(query)
    return _unescaped(whole["inside"], whole["quote"]) if whole else None


def _unescaped(inside: str, quote: str) -> str:
    return inside.replace(f"\\{quote}", quote)
