"""Slips in the marks of words: the language of a text, the question mark of a variable."""

from __future__ import annotations

import re

from kg.engine.slips.scene import Fault, Scene, cure, fault
from kg.errors import Edit

__all__ = ["language_marks", "variable_marks"]


_TONGUES = frozenset({"zh", "en", "zh-hans", "zh-cn", "zh-hant", "zh-tw", "ja", "ko", "fr", "de", "es", "ru"})


def language_marks(scene: Scene) -> Fault | None:
    """A language that does not follow its text."""
    word, before, after = scene.bad, scene.before, scene.word(scene.at + 1)
    if word.kind == "language":
        if after.kind == "string":
            mend = cure(
                "language_behind", Edit(word.offset, after.end, after.text + word.text), text=after.text + word.text
            )
            return fault("language_first", word, mend, language=word.text)
        if before.kind == "variable":
            return _variable_language(scene)
    if before.kind == "string" and word.text == "^" and after.kind in ("name", "iri"):
        return fault("datatype_sign", word, cure("replace", scene.replaced(scene.at, "^^"), old="^", new="^^"))
    if before.kind == "string" and word.text in ("^", "^^") and re.fullmatch(r"[a-z]{2}(?:-[a-z]+)?", after.text):
        mend = cure("replace", Edit(word.offset, after.end, f"@{after.text}"), old=word.text, new="@")
        return fault("language_sign", word, mend, text=before.text, language=f"@{after.text}")
    if word.text == "@":
        return _split_language(scene)
    if before.kind == "string" and before.end == word.offset and word.text.lower() in _TONGUES:
        mend = cure("add_before", scene.before_word(scene.at, "@"), sign="@", what=word.text)
        return fault("language_tag", word, mend, language=f"@{word.text}")
    if before.text == "^^" and re.fullmatch(r"[a-z]{2}(?:-[a-z]+)?", word.text):
        mend = cure("replace", Edit(before.offset, word.end, f"@{word.text}"), old="^^", new="@")
        return fault("language_sign", before, mend, text=scene.word(scene.at - 2).text, language=f"@{word.text}")
    return None


def _variable_language(scene: Scene) -> Fault:
    """``?name@zh``: what is meant is a condition."""
    word, variable = scene.bad, scene.before.text
    condition = f'FILTER(LANG({variable}) = "{word.text[1:]}")'
    gone = Edit(scene.before.end, word.end, "")
    cures = [cure("delete", gone, what=word.text)]
    if scene.inside == "{":
        close = scene.closing(scene.open[-1])
        cures.insert(0, cure("language_filter", gone, scene.before_word(close, f"{condition} "), text=condition))
    return fault("language_of_variable", word, *cures, variable=variable, condition=condition)


def _split_language(scene: Scene) -> Fault | None:
    """``@ zh``, ``@"zh"``, ``@中文``."""
    word, after = scene.bad, scene.word(scene.at + 1)
    spoken = {"中文": "zh", "汉语": "zh", "英文": "en", "英语": "en"}
    tag = after.text.strip("\"'")
    tag = spoken.get(tag, tag)
    if scene.before.kind != "string" or not re.fullmatch(r"[A-Za-z]+(?:-[A-Za-z0-9]+)*", tag):
        return None
    mend = cure(
        "replace", Edit(word.offset, after.end, f"@{tag}"), old=scene.text(scene.at, scene.at + 1), new=f"@{tag}"
    )
    return fault("language_tag", word, mend, language=f"@{tag}")


def variable_marks(scene: Scene) -> Fault | None:
    """A variable with a hyphen in its name, with a blank behind its mark, or with the mark behind its name."""
    word, before, after = scene.bad, scene.before, scene.word(scene.at + 1)
    if word.text == "-" and before.kind == "variable" and before.end == word.offset and after.offset == word.end:
        name = re.compile(r"[\w-]+").match(scene.query, before.offset + 1)
        old = name[0] if name else ""
        edits = [
            Edit(found.start() + 1, found.end(), old.replace("-", "_"))
            for found in re.finditer(rf"[?$]{re.escape(old)}(?![\w-])", scene.query)
        ]
        new = "?" + old.replace("-", "_")
        return fault("variable_hyphen", before, cure("replace", *edits, old=f"?{old}", new=new), name=f"?{old}")
    if word.text == ":" and before.kind == "variable" and before.end == word.offset:
        return fault("colon_behind", word, cure("delete", scene.deleted(scene.at), what=":"), name=before.text)
    if word.text == "?" and after.kind == "word":
        edits = [
            Edit(scene.word(index).end, scene.word(index + 1).offset, "")
            for index in scene.indices("?")
            if scene.word(index + 1).kind == "word"
        ]
        return fault("variable_blank", word, cure("join", *edits, what=f"?{after.text}"))
    if word.kind == "word" and after.text == "?" and after.offset == word.end:
        edits = [
            Edit(each.offset, each.end + 1, f"?{each.text}")
            for index, each in enumerate(scene.words)
            if each.text == word.text and scene.word(index + 1).text == "?" and scene.word(index + 1).offset == each.end
        ]
        return fault("variable_behind", word, cure("replace", *edits, old=f"{word.text}?", new=f"?{word.text}"))
    return None
