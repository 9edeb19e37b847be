"""Slips in bare words: misspelt keywords, and words of other languages."""

from __future__ import annotations

import difflib

from kg.engine.keywords import KEYWORDS, QUERY_FORMS
from kg.engine.slips.scene import Fault, Scene, cure, fault
from kg.engine.slips.unmarked import without_mark
from kg.errors import Edit

__all__ = ["misspelt", "near", "negation", "other_words"]

_COLLATED = {name.upper(): name for name in KEYWORDS}
_FUNCTIONS = {
    "LOWER": "LCASE", "UPPER": "UCASE", "LEN": "STRLEN", "LENGTH": "STRLEN", "SUBSTRING": "SUBSTR", "AVERAGE": "AVG",
    "MEAN": "AVG", "TOTAL": "SUM", "STARTSWITH": "STRSTARTS", "ENDSWITH": "STRENDS", "STARTS_WITH": "STRSTARTS",
    "ENDS_WITH": "STRENDS", "TOSTRING": "STR", "STRING": "STR", "TEXT": "STR", "LANGUAGE": "LANG", "CEILING": "CEIL",
    "TRUNC": "FLOOR", "IFNULL": "COALESCE", "NVL": "COALESCE", "ISNULL": "!BOUND", "MATCHES": "REGEX",
    "INSTR": "CONTAINS", "INCLUDES": "CONTAINS", "UNIQUE": "DISTINCT", "MATCH": "WHERE", "RETURN": "SELECT",
    "JOIN": "OPTIONAL", "STRING_AGG": "GROUP_CONCAT", "EXCEPT": "MINUS", "SUBSTRACT": "MINUS", "SORT": "ORDER",
    "HAS": "HAVING",
}  # fmt: skip


def misspelt(scene: Scene) -> Fault | None:
    """A bare word that SPARQL does not know."""
    word = scene.bad
    if word.kind != "word" or (word.text.upper() in _COLLATED and word.text != "A"):
        return None
    upper = word.text.upper()
    joined = _joined(scene)
    if joined:
        return joined
    if upper == "AND" and not scene.open:  # a condition behind the braces
        return None
    if upper in ("AND", "OR"):
        return _and_or(scene, "&&" if upper == "AND" else "||")
    meant = [] if word.text == "A" else near(upper, scene.at == 0)
    spelt = [
        cure("replace", scene.replaced(scene.at, _cased(word.text, name)), old=word.text, new=name) for name in meant
    ]
    marked = without_mark(scene)
    if upper in _FUNCTIONS:
        new = _FUNCTIONS[upper]
        return fault(
            "foreign_word",
            word,
            cure("replace", scene.replaced(scene.at, new), old=word.text, new=new),
            word=word.text,
            new=new,
        )
    if not meant and not any(scene.upper(index) in QUERY_FORMS for index in range(scene.at)):
        return fault("no_form", word)
    if meant:
        first = (
            marked
            if word.text in scene.variables
            or (word.text.islower() and scene.upper(scene.at - 1) in ("AS", "SELECT", "BY"))
            else []
        )
        cures = [*first, *spelt, *(each for each in marked if each not in first)]
        return fault("misspelt", word, *cures, word=word.text, meant=_COLLATED[meant[0]])
    return fault("no_word", word, *marked, word=word.text)


def _joined(scene: Scene) -> Fault | None:
    """A prefix and a name with something else than a colon between, or with a blank."""
    word, before, after, last = scene.bad, scene.before, scene.word(scene.at + 1), scene.word(scene.at + 2)
    if before.kind == "name" and before.text.endswith(":") and scene.position >= 1 and _can_join(scene):
        new = before.text + word.text
        return fault("name_parts", word, cure("join", Edit(before.end, word.offset, ""), what=new), name=new)
    known = word.text in scene.prefixes or any(each.text == f"{word.text}:" for each in scene.words)
    if known and after.kind == "name" and after.text.startswith(":"):
        new = word.text + after.text
        return fault("name_parts", word, cure("join", Edit(word.end, after.offset, ""), what=new), name=new)
    if known and after.text in (";", ".", "/", ",", "-") and after.offset == word.end and last.offset == after.end:
        new = f"{word.text}:{last.text}"
        mend = cure("replace", scene.replaced(scene.at + 1, ":"), old=scene.text(scene.at, scene.at + 2), new=new)
        return fault("name_parts", word, mend, name=new)
    return None


def _can_join(scene: Scene) -> bool:
    """Whether a prefix and the word behind it are one name: the triple has a part too many."""
    return scene.position in (1, 2) or scene.upper(scene.at + 1) in (".", ";", ",", "}", ")")


def near(word: str, first: bool = False) -> list[str]:
    """The keywords most like ``word``, in capitals; of those that a query may begin with, if it is the ``first``."""
    known = sorted(QUERY_FORMS | {"BASE", "PREFIX"}) if first else list(_COLLATED)
    return difflib.get_close_matches(word.upper(), known, 3, 0.6)


def _cased(written: str, name: str) -> str:
    """A keyword as it was meant to be written: small letters stay small."""
    name = _COLLATED[name]
    return name.lower() if written.islower() and name.isupper() else name


def _and_or(scene: Scene, sign: str) -> Fault:
    word = scene.bad
    same = [
        index
        for index, each in enumerate(scene.words)
        if each.kind == "word" and each.text.upper() == word.text.upper()
    ]
    if sign == "||" and scene.before.text == "}":
        sign = "UNION"
    cures = [cure("replace", *(scene.replaced(index, sign) for index in same), old=word.text, new=sign)]
    if sign == "||":
        cures.append(cure("replace", scene.replaced(scene.at, "UNION"), old=word.text, new="UNION"))
    elif scene.inside == "{":
        cures.append(cure("replace", scene.replaced(scene.at, "."), old=word.text, new="."))
    return fault("and_or", word, *cures, word=word.text, sign=sign)


def negation(scene: Scene) -> Fault | None:
    """``NOT`` where SPARQL writes ``!``."""
    at = next((index for index in (scene.at, scene.at - 1, scene.at - 2) if scene.upper(index) == "NOT"), -1)
    follows = scene.word(at + 1)
    if at < 0 or not (follows.kind == "variable" or follows.text == "(" or scene.is_keyword(at + 1)):
        return None
    if scene.upper(at + 1) in ("EXISTS", "IN"):
        return None
    first, round_ = at + 1, scene.word(at + 1).text == "("
    last = scene.closing(first) if round_ else scene.closing(scene.open[-1]) - 1 if scene.inside == "(" else first
    inside = scene.text(first, last) if round_ else f"({scene.text(first, last)})"
    text = f"(!{inside})" if scene.upper(at - 1) == "FILTER" else f"!{inside}"
    return fault(
        "negation", scene.word(at), cure("write", Edit(scene.word(at).offset, scene.word(last).end, text), text=text)
    )


def other_words(scene: Scene) -> Fault | None:
    """``a`` where it cannot stand, and keywords where something else belongs."""
    word, before = scene.bad, scene.before
    if word.text == "a" and before.text == "a":
        return fault("a_misused", word, cure("delete", scene.deleted(scene.at), what="a"))
    if word.text == "a" and (
        before.kind in ("iri", "name") and scene.word(scene.at - 2).kind in ("variable", "name", "iri")
    ):
        delete = cure("delete", scene.deleted(scene.at), what="a")
        return fault("a_misused", word, delete, cure("replace", scene.replaced(scene.at, "; a"), old="a", new="; a"))
    if word.text == "a" and scene.position == 0 and scene.upper(scene.open[-1] - 2) != "VALUES":
        return fault(
            "a_misused",
            word,
            cure(
                "add_before",
                scene.before_word(scene.at, f"?{scene.fresh('thing')} "),
                sign=f"?{scene.fresh('thing')}",
                what="a",
            ),
        )
    if word.text in ("a:", "A:") and word.kind == "name":
        return fault("a_misused", word, cure("replace", scene.replaced(scene.at, "a"), old=word.text, new="a"))
    return None
