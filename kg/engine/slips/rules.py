"""What is spelt well and yet against a rule of the language: what is shown beside groups, and rows of VALUES."""

from __future__ import annotations

from kg.engine.keywords import AGGREGATES
from kg.engine.scoping import ungrouped
from kg.engine.slips.scene import Fault, Scene, cure, fault
from kg.engine.slips.scope import tail_of
from kg.errors import Cure, Edit

__all__ = ["groups", "values"]


def groups(scene: Scene) -> Fault | None:
    """A variable shown beside groups, and SELECT * with groups."""
    if scene.ended >= 0 and scene.upper(scene.head_end(scene.ended) - 1) == "*":
        return _star(scene)
    told = "variable that is unbound" in scene.message
    return _ungrouped(scene) if told or scene.bad.text == "}" else None


def _ungrouped(scene: Scene) -> Fault | None:
    found = ungrouped(scene.words)
    if found is None:
        return None
    names = " ".join(word.text for word in found.variables)
    group = scene.behind(found.behind, f" {names}" if found.grouped else f" GROUP BY {names}")
    sampled = []
    for word in found.variables:
        offset = word.offset
        before = next(index for index in range(len(scene.words)) if scene.word(index).offset == offset) - 1
        plain = scene.word(before).text != "(" and scene.word(before).text != ","
        text = f"(SAMPLE({word.text}) AS ?{scene.fresh('one_' + word.text[1:])})" if plain else f"SAMPLE({word.text})"
        sampled.append(Edit(word.offset, word.end, text))
    first = found.variables[0]
    return fault(
        "ungrouped", first, cure("group", group, names=names), cure("sample", *sampled, names=names), name=first.text
    )


def _star(scene: Scene) -> Fault | None:
    """``SELECT *`` with a GROUP BY: its variables and a count are what can be shown."""
    star, tail = scene.head_end(scene.ended) - 1, tail_of(scene, scene.ended)
    if scene.upper(tail.start) != "GROUP":
        sums = any(scene.upper(index) in AGGREGATES for index in tail)
        return fault("star_grouped", scene.word(tail.start)) if sums else None
    end = scene.clause_end(tail.start)
    cures: list[Cure] = []
    grouped = [scene.word(index).text for index in range(tail.start + 2, end) if scene.word(index).kind == "variable"]
    if grouped and "(" not in scene.text(tail.start, end - 1):
        shows = " ".join([*dict.fromkeys(grouped), f"(COUNT(*) AS ?{scene.fresh('count')})"])
        cures.append(cure("replace", scene.replaced(star, shows), old="*", new=shows))
    gone = scene.text(tail.start, end - 1)
    cures.append(cure("delete", scene.deleted(tail.start, end - 1), what=gone))
    return fault("star_grouped", scene.word(tail.start), *cures)


def values(scene: Scene) -> Fault | None:
    """Rows of VALUES that do not fit its variables, and brackets in wrong places."""
    keyword = next(
        (index for index in range(scene.at, -1, -1) if scene.upper(index) in ("VALUES", "FILTER", "BIND")), -1
    )
    if keyword < 0 or scene.upper(keyword) != "VALUES":
        return None
    opening = next((index for index in range(keyword, len(scene.words)) if scene.upper(index) == "{"), len(scene.words))
    variables = [index for index in range(keyword + 1, opening) if scene.word(index).kind == "variable"]
    if "VALUES clause rows" in scene.message:
        return _row(scene, opening, len(variables))
    if scene.at <= opening:
        return _values_head(scene, keyword, [index for index in variables if index < scene.at])
    close = scene.closing(opening)
    if scene.at > close:
        return None
    if scene.bad.text == ",":
        commas = [index for index in range(opening, close) if scene.word(index).text == ","]
        return fault("values_comma", scene.bad, cure("delete_commas", *map(scene.deleted, commas)))
    return _values_rows(scene, keyword, opening, close)


def _row(scene: Scene, opening: int, wanted: int) -> Fault | None:
    """The first row with too few or too many values."""
    for first in range(opening + 1, scene.closing(opening)):
        close = scene.closing(first)
        starts = _value_starts(scene, first, close)
        if scene.word(first).text != "(" or len(starts) == wanted or close >= len(scene.words):
            continue
        if len(starts) > wanted:
            gone = scene.text(starts[wanted], close - 1)
            return fault(
                "values_row", scene.word(close), cure("delete", scene.deleted(starts[wanted], close - 1), what=gone)
            )
        undefined = " ".join(["UNDEF"] * (wanted - len(starts)))
        mend = cure("undef", scene.behind(close - 1, f" {undefined}" if starts else undefined))
        return fault("values_row", scene.word(close), mend)
    return None


def _value_starts(scene: Scene, opening: int, close: int) -> list[int]:
    """Where the values between two brackets begin: a language or a datatype begins none."""
    return [
        index
        for index in range(opening + 1, close)
        if scene.word(index).kind != "language" and "^^" not in (scene.word(index).text, scene.word(index - 1).text)
    ]


def _values_head(scene: Scene, keyword: int, variables: list[int]) -> Fault | None:
    if scene.bad.text == "(" and len(variables) == 1:
        close = scene.closing(scene.at)
        braces = cure("braces", scene.replaced(scene.at, "{"), scene.replaced(close, "}"), what="VALUES")
        return fault("values_braces", scene.bad, braces)
    if scene.bad.kind == "variable" and scene.word(keyword + 1).kind == "variable":
        last = next(
            (index for index in range(scene.at, len(scene.words)) if scene.word(index + 1).kind != "variable"), scene.at
        )
        wrap = [scene.before_word(keyword + 1, "("), scene.behind(last, ")")]
        return fault("values_brackets", scene.bad, cure("brackets", *wrap, what="VALUES"))
    return None


def _values_rows(scene: Scene, keyword: int, opening: int, close: int) -> Fault | None:
    bracketed = scene.word(keyword + 1).text == "("
    rounds = [index for index in range(opening + 1, close) if scene.word(index).text in ("(", ")")]
    if not bracketed and scene.bad.text == "(":
        return fault(
            "values_brackets", scene.bad, cure("no_brackets", *(scene.replaced(index, "") for index in rounds))
        )
    if not bracketed or rounds:
        return None
    count = opening - keyword - 3
    starts = _value_starts(scene, opening, close)
    if count < 1 or len(starts) % count:
        return None
    ends = [*(start - 1 for start in starts[1:]), close - 1]
    edits = [scene.before_word(start, "(") for start in starts[::count]] + [
        scene.behind(end, ")") for end in ends[count - 1 :: count]
    ]
    return fault("values_brackets", scene.bad, cure("brackets", *edits, what="VALUES"))
