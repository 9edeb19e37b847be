"""Slips in IRIs and in the prefixes that stand for them."""

from __future__ import annotations

import difflib
import itertools
import re
from urllib.parse import quote

from kg.engine.faultwords import Both
from kg.engine.slips.scene import Fault, Scene, cure, fault
from kg.engine.tokens import Token
from kg.errors import Cure, Edit

__all__ = ["bare_iri", "broken_iri", "declarations", "undeclared"]

_SCHEME = re.compile(r"\s*(?:https?|urn|ftp|mailto):", re.IGNORECASE)
_RUN = re.compile(r"[^\s<>\"{}|^`\\]*")
_BAD_IN_IRI = re.compile(r"[\s\"{}|^`\\<]")
_FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
#: Prefixes that go by another name elsewhere.
_ALSO = {"dct": "dcterms", "dc": "dcterms", "dcterm": "dcterms", "sdmx": "sdmx-attribute", "sdo": "schema"}


def declarations(scene: Scene) -> Fault | None:
    """Slips in a PREFIX line itself."""
    bad, before = scene.bad, scene.before
    if bad.kind == "language" and bad.text.lower() in ("@prefix", "@base"):
        return fault("turtle_prefix", bad, _turtle(scene))
    if not _in_prologue(scene):
        return None
    if scene.upper(scene.at - 1) == "PREFIX" and bad.kind in ("word", "name") and not bad.text.endswith(":"):
        return _no_colon(scene)
    if bad.kind == "name" and bad.text.endswith(":") and scene.word(scene.at + 1).kind == "iri":
        return fault(
            "no_prefix_word",
            bad,
            cure("add_before", scene.before_word(scene.at, "PREFIX "), sign="PREFIX", what=bad.text),
            name=bad.text,
        )
    if bad.kind == "string" and before.kind == "name":
        mend = scene.replaced(scene.at, f"<{bad.text.strip(chr(34) + chr(39))}>")
        return fault("iri_in_quotes", bad, cure("angle_brackets", mend))
    if bad.text in (".", ";", ",") and before.kind == "iri":
        dots = [index for index in range(1, len(scene.words)) if scene.word(index).text == bad.text]
        declared = [
            index
            for index in dots
            if scene.word(index - 1).kind == "iri"
            and scene.word(index - 2).kind == "name"
            and scene.upper(index - 3) == "PREFIX"
        ]
        return fault("prefix_ends", bad, cure("delete", *map(scene.deleted, declared), what=bad.text), sign=bad.text)
    return None


def _in_prologue(scene: Scene) -> bool:
    return not any(scene.upper(index) in _FORMS or scene.upper(index) == "{" for index in range(scene.at))


def _turtle(scene: Scene) -> Cure:
    edits = []
    for index, word in enumerate(scene.words):
        if word.kind == "language" and word.text.lower() in ("@prefix", "@base"):
            edits.append(scene.replaced(index, word.text[1:].upper()))
            dot = next((each for each in range(index + 1, index + 4) if scene.upper(each) == "."), None)
            edits += [scene.deleted(dot)] if dot else []
    return cure("sparql_prefix", *edits)


def _no_colon(scene: Scene) -> Fault:
    bad, after = scene.bad, scene.word(scene.at + 1)
    name = bad.text.partition(":")[0]
    if after.text == ":":
        mend = cure("join", Edit(bad.end, after.offset, ""), what=f"{name}:")
    elif bad.kind == "name":
        mend = cure("replace", scene.replaced(scene.at, f"{name}:"), old=bad.text, new=f"{name}:")
    else:
        mend = cure("add_behind", scene.behind(scene.at, ":"), sign=":", what=name)
    return fault("prefix_colon", bad, mend, prefix=name)


def bare_iri(scene: Scene) -> Fault | None:
    """A web address that does not stand in ``<…>``."""
    bad = scene.bad
    if not (bad.kind in ("name", "word") and re.match(r"https?:|www\.", scene.query[bad.offset :])):
        return None
    end = _run_end(scene.query, bad.offset)
    close = "" if scene.query[end : end + 1] == ">" else ">"
    scheme = "https://" if scene.query.startswith("www.", bad.offset) else ""
    wrap = (
        [Edit(bad.offset, bad.offset, "<" + scheme), Edit(end, end, close)]
        if close
        else [Edit(bad.offset, bad.offset, "<" + scheme)]
    )
    return Fault("bare_iri", {}, bad.offset, end, (cure("angle_brackets", *wrap),))


def _run_end(query: str, offset: int) -> int:
    run = _RUN.match(query, offset)
    assert run is not None  # noqa: S101 (it may be empty)
    return offset + len(run[0].rstrip(".,;)]"))


def broken_iri(scene: Scene) -> Fault | None:
    """An IRI that is not closed, holds what no IRI can hold, or is no whole one."""
    less = scene.at if scene.at < len(scene.words) else scene.at - 1
    word = scene.word(less)
    start = next((index for index in range(less, -1, -1) if _opens_iri(scene, index)), None)
    if start is None and word.kind == "iri" and "IRI parsing failed" in scene.message:
        host = re.fullmatch(r"<(?://)?((?:www\.)?[\w-]+(?:\.[\w-]+)+(?:[/#].*)?)>", word.text)
        mend = (
            cure("whole_iri", scene.replaced(less, f"<https://{host[1]}>"), iri=f"https://{host[1]}") if host else None
        )
        return fault("relative_iri", word, mend, iri=word.text)
    if start is None:
        named = _half_named(scene)
        if named:
            return named
    if start is None and ("IRI parsing failed" in scene.message or word.text == "<"):
        start = next((index for index in range(less, -1, -1) if scene.word(index).text == "<"), less)
    if start is None:
        return None
    return _unclosed_iri(scene, scene.word(start))


def _opens_iri(scene: Scene, index: int) -> bool:
    word = scene.word(index)
    return word.text == "<" and _SCHEME.match(scene.query, word.end) is not None


def _half_named(scene: Scene) -> Fault | None:
    """``<bde:x``: a name with a prefix has no ``<``."""
    for index in scene.indices("<"):
        name = scene.word(index + 1)
        known = name.text.partition(":")[0] in scene.prefixes
        if index <= scene.at and name.kind == "name" and known and name.offset == scene.word(index).end:
            gone = Edit(scene.word(index).offset, name.offset, "")
            return fault("half_named", scene.word(index), cure("delete", gone, what="<"), name=name.text, sure=False)
    return None


def _unclosed_iri(scene: Scene, less: Token) -> Fault:
    line_end = scene.line_end(less.offset)
    greater = scene.query.find(">", less.end, line_end)
    inside = scene.query[less.end : greater] if greater > 0 else ""
    if greater > 0 and not re.search(r"<", inside):
        trimmed = inside.strip()
        fixed = _BAD_IN_IRI.sub(lambda found: quote(found[0]), trimmed)
        key, old = ("trim_iri", "") if fixed == trimmed else ("encode_iri", "")
        cures = [cure(key, Edit(less.end, greater, fixed), old=old)]
        if fixed != trimmed:
            cures.append(cure("trim_iri", Edit(less.end, greater, re.sub(r"\s+", "", inside))))
        return Fault("iri_signs", {}, less.offset, greater + 1, tuple(cures))
    end = _run_end(scene.query, less.end)
    return Fault("open_iri", {}, less.offset, end, (cure("close_iri", Edit(end, end, ">")),))


def undeclared(scene: Scene) -> Fault | None:
    """A prefix that no line declares."""
    bad = scene.bad
    if bad.kind != "name":
        return None
    declared = {
        after.text[:-1]
        for before, after in itertools.pairwise(scene.words[: scene.at])
        if before.text.upper() == "PREFIX" and after.kind == "name"
    }
    prefix = bad.text.partition(":")[0]
    if prefix in declared:
        return None
    if prefix in scene.prefixes:
        return fault("prefix_known", bad, _declare(scene, declared), prefix=prefix, iri=scene.prefixes[prefix])
    near = _near(prefix, sorted({*declared, *scene.prefixes}))
    if not near:
        return fault("prefix_unknown", bad, *_unprefixed(scene), prefix=prefix)
    lines = [f"{name}:" if name in declared else f"{name}: (PREFIX {name}: <{scene.prefixes[name]}>)" for name in near]
    cures = [_rename(scene, prefix, name, declared) for name in near]
    return fault("prefix_near", bad, *cures, prefix=prefix, meant=Both(" 或 ".join(lines), " or ".join(lines)))


def _near(prefix: str, names: list[str]) -> list[str]:
    near = [name for name in names if name.lower() == prefix.lower() or name == _ALSO.get(prefix.lower())]
    return list(dict.fromkeys([*near, *difflib.get_close_matches(prefix, names, 3, 0.5)]))[:3]


def _declare(scene: Scene, declared: set[str]) -> Cure:
    """Lines for every prefix that is used, known and not declared, above what is declared."""
    used = dict.fromkeys(word.text.partition(":")[0] for word in scene.words if word.kind == "name")
    missing = [name for name in used if name in scene.prefixes and name not in declared]
    lines = "".join(f"PREFIX {name}: <{scene.prefixes[name]}>\n" for name in missing)
    names = [f"{name}:" for name in missing]
    both = Both("、".join(names), " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names))
    return cure("declare", scene.before_word(0, lines), names=both)


def _rename(scene: Scene, prefix: str, name: str, declared: set[str]) -> Cure:
    """``name:`` wherever ``prefix:`` stands, and its line if there is none."""
    places = [word.offset for word in scene.words if word.kind == "name" and word.text.startswith(f"{prefix}:")]
    edits = [Edit(place, place + len(prefix), name) for place in places]
    if name not in declared:
        edits.append(scene.before_word(0, f"PREFIX {name}: <{scene.prefixes[name]}>\n"))
    return cure("replace", *edits, old=f"{prefix}:", new=f"{name}:")


def _unprefixed(scene: Scene) -> list[Cure]:
    """A name without any prefix is most likely one of the first, the graph's own."""
    if not scene.bad.text.startswith(":") or not scene.prefixes:
        return []
    name = next(iter(scene.prefixes))
    return [
        cure("declare_empty", scene.before_word(0, f"PREFIX : <{scene.prefixes[name]}>\n"), iri=scene.prefixes[name])
    ]
