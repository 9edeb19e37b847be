"""Words that lack what tells what they are: the mark of a variable, the quotes of a text, the prefix of a name."""

from __future__ import annotations

import re

from kg.engine.keywords import KEYWORDS
from kg.engine.slips.scene import Scene, cure
from kg.errors import Cure, Edit

__all__ = ["without_mark"]

_KEYWORDS = frozenset(word.upper() for word in KEYWORDS)
_IS_A = frozenset({"A", "IS", "TYPE", "ISA", "INSTANCEOF", "RDFTYPE"})
#: The prefix of what is named by an id.
_IDS = "ent"
#: Where the usual names are at home that people write without a prefix.
_HOMES = {
    "skos": ("prefLabel", "altLabel", "hiddenLabel", "definition", "notation", "broader", "narrower", "inScheme"),
    "rdfs": ("label", "comment", "seeAlso", "subClassOf", "subPropertyOf", "domain", "range"),
    "dcterms": ("title", "creator", "source", "date", "issued", "modified", "license", "publisher", "description"),
    "rdf": ("type",),
}


def without_mark(scene: Scene) -> list[Cure]:
    """A word that is a variable without ``?``, a name without its prefix, or a text without its quotes."""
    word = scene.bad
    variable = _as_variable(scene)
    if scene.upper(scene.at - 1) in ("LIMIT", "OFFSET"):
        return [cure("delete", scene.deleted(scene.at - 1, scene.at), what=scene.text(scene.at - 1, scene.at))]
    if "-" in word.text and _IDS in scene.prefixes:
        return [*_prefixed(scene, [_IDS]), *_as_text(scene)]
    if scene.before.text == "a" and word.text[:1].isupper() and scene.prefixes and not _tongue(scene):
        return [*_prefixed(scene, list(scene.prefixes)[:1]), *variable]
    if scene.before.text in ("=", "!=") and scene.upper(scene.opening(scene.at - 2) - 1) == "LANG":
        return [*_as_text(scene), *variable]
    if word.text in scene.variables or scene.upper(scene.at - 1) == "AS" or scene.select >= 0:
        return [*variable, *_as_text(scene)]
    if _is_predicate(scene):
        return [*_as_predicate(scene), *variable]
    if word.text.isascii() and not _tongue(scene):
        return [*variable, *_as_text(scene)]
    return [*_as_text(scene), *variable]


def _as_variable(scene: Scene) -> list[Cure]:
    """``?`` before this word wherever it stands, and before all bare words."""
    bare = [
        index
        for index, each in enumerate(scene.words)
        if each.kind == "word" and each.text.upper() not in _KEYWORDS and scene.word(index + 1).kind != "language"
    ]
    same = [index for index in bare if scene.word(index).text == scene.bad.text]
    cures = [cure("question_mark", *(scene.before_word(index, "?") for index in same), what=f"?{scene.bad.text}")]
    if len(bare) > len(same):
        cures.append(cure("question_marks", *(scene.before_word(index, "?") for index in bare)))
    return cures


def _as_text(scene: Scene) -> list[Cure]:
    """Quotes around the word, or around all that comes before the language on its line."""
    word = scene.bad
    start, line_end = word.offset, scene.line_end(word.offset)
    tongue = _tongue(scene)
    end = tongue or word.end
    if not tongue:
        run = re.compile(r"[^\s(){}\[\],;.\"'<>?$|&=!]+").match(scene.query, start, line_end)
        end = max(end, run.end() if run else end)
    inside = scene.query[start:end].strip()
    return [cure("quotes", Edit(start, start + len(inside), f'"{inside}"'), text=f'"{inside}"')]


def _tongue(scene: Scene) -> int:
    """Where the language begins that follows on the line of the bad word with words between only; 0 for nowhere."""
    line_end = scene.line_end(scene.bad.offset)
    for each in scene.words[scene.at :]:
        if each.kind == "language" and each.offset < line_end:
            return each.offset
        if each.kind not in ("word", "number", "other") and each.text not in ("-", "."):
            break
    return 0


def _is_predicate(scene: Scene) -> bool:
    after = scene.word(scene.at + 1)
    return scene.position == 1 and after.kind in ("variable", "name", "iri", "string", "number", "word", "label")


def _as_predicate(scene: Scene) -> list[Cure]:
    word = scene.bad
    if word.text.upper() in _IS_A:
        cures = [cure("replace", scene.replaced(scene.at, "a"), old=word.text, new="a")]
        if scene.word(scene.at + 1).text == "a":
            cures.insert(0, cure("delete", scene.deleted(scene.at), what=word.text))
        return cures
    homes = [prefix for prefix, names in _HOMES.items() if word.text in names and prefix in scene.prefixes]
    return _prefixed(scene, [*homes, *list(scene.prefixes)[:1]])


def _prefixed(scene: Scene, prefixes: list[str]) -> list[Cure]:
    """The bad word with each of ``prefixes``, which are known, before it."""
    word = scene.bad
    declared = {each.text[:-1] for each in scene.words if each.kind == "name" and each.text.endswith(":")}
    cures = []
    for prefix in dict.fromkeys(prefixes):
        edits = [scene.before_word(scene.at, f"{prefix}:")]
        if prefix not in declared:
            edits.append(scene.before_word(0, f"PREFIX {prefix}: <{scene.prefixes[prefix]}>\n"))
        cures.append(cure("replace", *edits, old=word.text, new=f"{prefix}:{word.text}"))
    return cures
