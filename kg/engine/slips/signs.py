"""Slips in single signs: quotes left open, signs of the Chinese keyboard, escapes."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.engine.keywords import QUERY_FORMS
from kg.engine.slips.scene import Fault, Scene, cure, fault
from kg.engine.tokens import Token, tokenize
from kg.errors import Cure, Edit

__all__ = ["escapes", "full_width", "inner_quotes", "nothing", "open_string"]

_FULL_WIDTH = dict(
    zip(
        "｛｝（）［］＜＞，。；：？！＝＆｜＊、“”‘’＂＇－＋／＠＃％～＾＿－＄【】《》〈〉「」　\u00a0",
        '{}()[]<>,.;:?!=&|*,""\'\'"\'-+/@#%~^_-$[]<><>""  ',
        strict=True,
    )
) | {"．": ".", "≤": "<=", "≥": ">=", "≠": "!=", "\u200b": "", "\ufeff": "", "\u2013": "-", "\u2212": "-"}
_PAIRS = {"“": "”", "‘": "’", "「": "」", "＂": "＂"}
_ANGLES = {"《": "》", "〈": "〉", "＜": "＞"}
_LISTS = frozenset({"SELECT", "BY"})  # in which a blank stands between variables
_LIST_ENDS = frozenset({"{", "｛", "WHERE", "FROM", "HAVING", "ORDER", "LIMIT", "OFFSET", "}", "｝"})
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_TAIL = re.compile(r"[\s)}\].;,]*\Z")
_ENDING = re.compile(r"@[A-Za-z]+[A-Za-z0-9-]*|\^\^\S+")


def nothing(scene: Scene) -> Fault | None:
    """No query at all."""
    if scene.words:
        return None
    end = len(scene.query)
    line = "" if not scene.query or scene.query.endswith("\n") else "\n"
    start = cure("begin", Edit(end, end, line + "SELECT * WHERE { ?s ?p ?o } LIMIT 100"))
    return Fault("nothing", {}, 0, 0, (start,))


def full_width(scene: Scene) -> Fault | None:
    """A sign of the Chinese keyboard; the grammar takes most of them for letters of the word that they touch."""
    edits = _narrow(scene.query)
    if not edits:
        return None
    first = edits[0]
    sign = scene.query[first.start]
    mend = cure("full_width_all", *edits) if len(edits) > 1 else cure("replace", *edits, old=sign, new=first.text)
    key = "full_width" if sign.strip() and first.text else "blank_sign"
    begun = any(scene.upper(index) in QUERY_FORMS for index in range(len(scene.words)))
    near = begun and scene.before.offset <= first.start <= scene.bad.end
    values = {"sign": sign, "plain": first.text, "code": f"U+{ord(sign):04X}"}
    return Fault(key, values, first.start, first.start + 1, (mend,), sure=near)


def _narrow(query: str) -> list[Edit]:
    """What makes every such sign an ordinary one, outside strings, IRIs and comments, and not inside curly quotes."""
    edits: list[Edit] = []
    start = 0
    while start < len(query):
        start = _narrow_from(query, start, edits)
    return _listed(query, edits)


def _listed(query: str, edits: list[Edit]) -> list[Edit]:
    """The same edits, but with a blank for a comma between the variables of SELECT, GROUP BY and ORDER BY."""
    listing, depth, blanks = False, 0, set()
    for token in tokenize(query):
        word = token.text.upper()
        if token.kind == "word" and word in _LISTS:
            listing = True
        elif word in _LIST_ENDS:
            listing = False
        depth += token.text.count("(") + token.text.count("（") - token.text.count(")") - token.text.count("）")
        if listing and depth == 0 and token.kind not in ("string", "iri", "comment"):
            blanks |= set(range(token.offset, token.end))
    return [replace(edit, text=" ") if edit.text == "," and edit.start in blanks else edit for edit in edits]


def _narrow_from(query: str, start: int, edits: list[Edit]) -> int:
    """Go on from ``start`` to the end of the query, or of the next text in curly quotes, where the words begin anew."""
    for token in tokenize(query[start:]):
        if token.kind in ("string", "iri", "comment"):
            continue
        for offset in range(start + token.offset, start + token.end):
            sign = query[offset]
            if sign not in _FULL_WIDTH:
                continue
            edits.append(Edit(offset, offset + 1, _FULL_WIDTH[sign]))
            closing = _angle(query, offset)
            if closing > 0:
                edits.append(Edit(closing, closing + 1, ">"))
                return closing + 1
            end = _pair(query, offset) if sign in _PAIRS else -1
            if end > 0:
                inside = query[offset + 1 : end]
                edits += [
                    Edit(offset + 1 + found.start(), offset + 1 + found.start(), "\\")
                    for found in re.finditer(re.escape(_FULL_WIDTH[sign]), inside)
                ]
                edits.append(Edit(end, end + 1, _FULL_WIDTH[sign]))
                return end + 1
    return len(query)


def _angle(query: str, offset: int) -> int:
    """Where the IRI ends that the angle bracket at ``offset`` opens; -1 when it opens none."""
    opening = query[offset]
    closing = _ANGLES.get(opening)
    if closing is None:
        return -1
    scheme = r"\s*+[A-Za-z][A-Za-z0-9+.-]*+:"
    found = re.compile(rf"{scheme}[^\s{opening}{closing}>]*+({closing}|>)").match(query, offset + 1)
    return found.start(1) if found else -1


def _pair(query: str, offset: int) -> int:
    """Where the quote at ``offset`` is closed on its line; -1 when it is not."""
    ends = [end for end in (query.find("\n", offset), query.find("\r", offset)) if end >= 0]
    return query.find(_PAIRS[query[offset]], offset + 1, min(ends, default=len(query)))


def open_string(scene: Scene) -> Fault | None:
    """A text without its closing quote."""
    index = next((index for index, word in enumerate(scene.words) if word.open), None)
    if index is None:
        return None
    word = scene.words[index]
    quote = word.text[:3] if word.text[:3] in ('"""', "'''") else word.text[0]
    key = "open_string" if len(quote) < 3 else "open_long_string"
    cures = [
        *_closed_early(scene, index, quote),
        *_opening(scene, index, quote),
        *_other_quotes(scene, index, quote),
        *_closing(word, quote),
    ]
    return fault(key, word, *cures, quote=quote)


def _other_quotes(scene: Scene, index: int, quote: str) -> list[Cure]:
    """The text is closed by a quote of another kind, holds one that is its own, or goes over more than one line."""
    word = scene.words[index]
    cures = []
    if len(quote) == 1:
        others = list(re.finditer(r"[\"'”’“‘＂＇](?=[\s)}\].;,@^]|\Z)", word.text[1:]))
        for each in others[:2]:
            offset = word.offset + 1 + each.start()
            cures.append(cure("replace", Edit(offset, offset + 1, quote), old=each[0], new=quote))
        before = re.search(r"[“”‘’＂＇](?=[^“”‘’＂＇\"'\n]*\Z)", scene.query[: word.offset])
        if before and "\n" not in scene.query[before.start() : word.offset]:
            edit = Edit(before.start(), before.end(), quote)
            cures.append(cure("replace", edit, old=before[0], new=quote))
        cures += _inner(scene, index, quote)
        later = next((each for each in scene.words[index + 1 :] if each.open and each.text[0] == quote), None)
        if later is not None:
            both = [Edit(each.offset, each.offset + 1, quote * 3) for each in (word, later)]
            cures.append(cure("long_string", *both, quote=quote * 3))
    return cures


def _inner(scene: Scene, index: int, quote: str) -> list[Cure]:
    """The quote that opens the text is the last of three: the one in the middle belongs to what they enclose."""
    text, end = scene.query, scene.words[index].offset
    start = max(text.rfind("\n", 0, end), text.rfind("\r", 0, end)) + 1
    inner = [start + each.start() for each in re.finditer(re.escape(quote), text[start:end])]
    if not inner or not (inner[-1] and text[inner[-1] - 1].isalnum()):
        return []
    return [cure("escape_quote", Edit(inner[-1], inner[-1], "\\"), quote=quote)]


def inner_quotes(scene: Scene) -> Fault | None:
    """A text in quotes that holds such quotes itself."""
    before, bad = scene.before, scene.bad
    if (
        before.kind != "string"
        or before.end != bad.offset
        or bad.kind not in ("word", "number", "other")
        or bad.text == "@"
    ):
        return None
    quote = before.text[-1]
    later = next((each for each in scene.words[scene.at :] if each.kind == "string" and each.text[0] == quote), None)
    if later is None or "\n" in scene.query[before.end : later.offset]:
        return None
    edits = [Edit(place, place, "\\") for place in (before.end - 1, later.offset)]
    return fault("inner_quotes", before, cure("escape_quote", *edits, quote=quote), quote=quote)


def _closed_early(scene: Scene, index: int, quote: str) -> list[Cure]:
    """Behind ``"a, "i"``: it is the text before that was not closed, and the next one has closed it."""
    text, between = scene.word(index - 2), scene.word(index - 1)
    found = re.search(rf",\s*{quote}\Z", text.text) if text.kind == "string" else None
    if found is None or between.offset != text.end or between.end != scene.word(index).offset:
        return []
    place = text.offset + found.start()
    return [cure("close_quote", Edit(place, place, quote), quote=quote)]


def _opening(scene: Scene, index: int, quote: str) -> list[Cure]:
    """The quote closes a text that nothing has opened."""
    word, before = scene.words[index], scene.word(index - 1)
    if before.kind == "language" and before.end == word.offset:
        return [cure("delete", Edit(word.offset, word.offset + len(quote), ""), what=quote)]
    if before.end != word.offset or before.kind not in ("word", "other", "number"):
        return []
    return [cure("add_before", Edit(before.offset, before.offset, quote), sign=quote, what=before.text)]


def _closing(word: Token, quote: str) -> list[Cure]:
    """Where the missing quote may stand: before a language, before the brackets at the end, at the end."""
    text = word.text if len(quote) == 1 else word.text.split("\n", 1)[0]
    places = [found.start() for found in list(_ENDING.finditer(text, len(quote)))[:1]]
    tail = _TAIL.search(text, len(quote))
    stop = tail.start() if tail else len(text)
    places += [stop + found for found in range(len(text) - stop + 1)][:3]
    places += [found.start() for found in list(re.finditer(r"\s*[)}]|\s+[.;]\s", text))[:3]]
    if len(quote) == 3:
        places.append(len(word.text.rstrip().rstrip("}").rstrip()))
    found = dict.fromkeys(word.offset + place for place in places)
    return [cure("close_quote", Edit(place, place, quote), quote=quote) for place in found]


def escapes(scene: Scene) -> Fault | None:
    """A text with an escape that there is not."""
    word = scene.bad
    if word.kind != "string":
        return None
    bad = [found for found in _ESCAPE.finditer(word.text) if found[1] not in "tbnrf\"'\\uU"]
    if not bad:
        return None
    edits = [Edit(word.offset + found.start(), word.offset + found.start(), "\\") for found in bad]
    start = word.offset + bad[0].start()
    return Fault("escape", {"escape": bad[0][0]}, start, start + 2, (cure("double_backslash", *edits),))
