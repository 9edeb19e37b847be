"""What came along when a query was copied: the page around it, the program that asked it, the signs of HTML."""

from __future__ import annotations

import html
import json
import re
from itertools import pairwise, takewhile

from kg.engine.keywords import KEYWORDS, QUERY_FORMS
from kg.engine.slips.scene import Fault, Scene, cure
from kg.engine.tokens import significant
from kg.errors import Cure, Edit

__all__ = ["entities", "fences", "line_marks", "markup", "program", "prose"]

_KEYWORDS = frozenset(word.upper() for word in KEYWORDS)
_SENTENCE_ENDS = (".", "!", ":", "。", "！", "：")
_BLOCK = re.compile(r"(?ms)^[ \t]*```[^\n]*\n(.*?)^[ \t]*```[^\n]*$")
_FENCE = re.compile(r"(?m)^[ \t]*```\w*[ \t]*(?:\r?\n|\Z)|```[ \t]*\Z")
_BEGINS = re.compile(rf"(?im)^[ \t]*(?:PREFIX\b|BASE\b|{'|'.join(sorted(QUERY_FORMS))})\b")
_ENTITY = re.compile(r"&(?:amp;)*(?:lt|gt|amp|quot|apos|nbsp|#[0-9]{1,6}|#x[0-9a-fA-F]{1,6});")
_NUMBERED = re.compile(r"[ \t]*([0-9]{1,4})(?:[.:|)]|\t|[ ](?=[ \t]*\S)|(?=[A-Za-z{}?]))[ ]?")
_QUOTED = re.compile(r"[ \t]*(?:>[ ]?)+")
_MARKUP = re.compile(
    r"""<?\[[^\[\]\n]*+\]\((?P<markdown>https?://[^)\s]*+)\)>?|<?<a\s[^<>\n]*+>(?P<html>[^<\n]*+)</a>>?"""
    r"""|\*\*(?P<bold>\w++(?:[ ]\w++)*+)\*\*|\\(?P<sign>[_*{}\[\]#<>])"""
)
# Nothing gives back what it took: a text of blanks or brackets is looked through once.
_WHOLE = re.compile(
    r"""(?s)\s*+(?:(?:\w++\s++)?\w++\s*+=\s*+)?[rf]{0,2}(?P<quote>\"{3}|'{3}|[`"'])(?P<inside>.*)(?P=quote)[\s;)]*+"""
)
_LINE = re.compile(
    r"""\s*+(?:(?:\w++\s++)?\w++\s*+\+?=\s*+)?[(+]?\s*+[rf]{0,2}(?P<quote>["'])(?P<inside>.*)(?P=quote)[\s+,;)\\]*+"""
)


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
    """Sentences before the query, or behind it; nothing that may be a clause with a slip in it."""
    begins = _BEGINS.search(scene.query)
    if begins is None:
        return None
    if scene.bad.offset < begins.start():
        start, end, gone = 0, begins.start(), Edit(0, begins.start(), "")
    else:
        start = scene.query.rfind("\n", 0, scene.bad.offset) + 1
        if scene.open or scene.query[start : scene.bad.offset].strip() or "{" not in scene.query[:start]:
            return None
        end, gone = len(scene.query), Edit(start, len(scene.query), "")
    if not _is_prose(scene.query[start:end]):
        return None
    return Fault("prose", {}, start, len(scene.query[:end].rstrip()), (cure("prose", gone),))


def _is_prose(text: str) -> bool:
    """Whether it is a sentence, by its length or its end, and nothing in it is SPARQL's."""
    words = significant(text)
    capitals = (word.text for word in words if word.kind == "word" and word.text.upper() in _KEYWORDS)
    if any(word.kind in ("variable", "iri") or word.text in ("{", "}") for word in words):
        return False
    if any(word.kind == "name" and not word.text.endswith(":") for word in words):  # “asked for:” is none
        return False
    ended = len(words) > 2 and text.rstrip()[-1:] in _SENTENCE_ENDS
    long = ended or len(words) >= 4 or any(len(word.text) >= 6 for word in words if not word.text.isascii())
    return long and not any(word.isupper() and len(word) > 1 for word in capitals)


def line_marks(scene: Scene) -> Fault | None:
    """A number before each line, as readers of code show them, or the mark of a quoted mail."""
    lines = list(re.finditer(r"(?m)^[^\n]*\S[^\n]*$", scene.query))
    marks = [_NUMBERED.match(line[0]) for line in lines]
    numbers = [int(mark[1]) for mark in marks if mark]
    if len(numbers) < len(lines) or any(two <= one for one, two in pairwise(numbers)):
        marks = [_QUOTED.match(line[0]) for line in lines]
    if len(lines) < 2 or not all(marks):
        return None
    ends = [(line.start(), line.start() + mark.end()) for line, mark in zip(lines, marks, strict=True) if mark]
    mend = cure("line_marks", *(Edit(start, end, "") for start, end in ends))
    return Fault("line_marks", {}, *ends[0], (mend,))


def markup(scene: Scene) -> Fault | None:
    """What Markdown and HTML make of a query: links, signs with a backslash before them, bold words."""
    edits = [Edit(found.start(), found.end(), _unmarked(found)) for found in _MARKUP.finditer(scene.query)]
    if not edits:
        return None
    texts = [word for word in scene.words if word.kind == "string" and not word.open]
    edits = [one for one in edits if not any(word.offset <= one.start < word.end for word in texts)]
    if not edits or _BEGINS.search(Cure("", "", tuple(edits)).apply(scene.query)) is None:
        return None
    return Fault("markup", {}, edits[0].start, edits[0].end, (cure("markup", *edits),), sure=False)


def _unmarked(found: re.Match[str]) -> str:
    link = found["markdown"] or found["html"]
    if link is not None:
        return f"<{html.unescape(link.strip())}>"
    return found["bold"] or found["sign"]


def entities(scene: Scene) -> Fault | None:
    """Signs as HTML writes them: ``&lt;`` for ``<``."""
    found = list(_ENTITY.finditer(scene.query))
    if not found or not any(scene.query[word.offset] == "&" for word in scene.words if word.kind in ("other", "mark")):
        return None
    first = found[0]
    edits = [Edit(one.start(), one.end(), _plain(one[0])) for one in found]
    values = {"entity": first[0], "plain": _plain(first[0])}
    here = first.start() <= scene.bad.end
    return Fault("entity", values, first.start(), first.end(), (cure("entities", *edits),), sure=here)


def _plain(entity: str) -> str:
    """The sign that is meant, also where it was written for HTML twice."""
    before = ""
    while before != entity:
        before, entity = entity, html.unescape(entity)
    return " " if entity == "\u00a0" else entity


def program(scene: Scene) -> Fault | None:
    """The text of a query as it stands in a program: in quotes, as a whole or line by line."""
    inside = _from_json(scene.query) or _unquoted(scene.query)
    if inside is None and not (scene.bad.text == "\\" and r"\n" in scene.query):
        return None
    text = (scene.query if inside is None else inside).replace(r"\n", "\n").replace(r"\t", "\t").strip("\n")
    if not _BEGINS.search(text):
        return None
    mend = cure("program", Edit(0, len(scene.query), text))
    return Fault("program", {}, scene.bad.offset, scene.bad.end, (mend,))


def _from_json(query: str) -> str | None:
    """The text that looks like a query in an object of JSON, as a request has it; None where it is no such object."""
    if not query.lstrip().startswith("{"):
        return None
    try:
        told = json.loads(query, strict=False)
    except (ValueError, RecursionError):
        return None
    return next((value for value in told.values() if isinstance(value, str) and _BEGINS.search(value)), None)


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
