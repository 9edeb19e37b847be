"""What is spelt well and yet against a rule of the language: groups, names given twice, rows of VALUES."""

from __future__ import annotations

from collections.abc import Iterator

from kg.engine.keywords import AGGREGATES
from kg.engine.scoping import ungrouped
from kg.engine.slips.scene import Fault, Scene, cure, fault
from kg.engine.tokens import Token
from kg.errors import Cure, Edit

__all__ = ["groups", "names", "values"]


def groups(scene: Scene) -> Fault | None:
    """A variable shown beside groups, an aggregate in a FILTER, and SELECT * with groups."""
    if "not authorized with GROUP BY" in scene.message:
        return _star(scene)
    if "SELECT contains a variable that is unbound" in scene.message:
        return _filtered_aggregate(scene) or _ungrouped(scene)
    return _ungrouped(scene) if scene.bad.text == "}" else None


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


def _star(scene: Scene) -> Fault:
    """``SELECT *`` with a GROUP BY: its variables and a count are what can be shown."""
    group = next(index for index in reversed(range(len(scene.words))) if scene.upper(index) == "GROUP")
    end = scene.clause_end(group)
    cures: list[Cure] = []
    star = next(
        (
            index
            for index in range(group, 0, -1)
            if scene.upper(index) == "*" and scene.upper(index - 1) in ("SELECT", "DISTINCT", "REDUCED")
        ),
        None,
    )
    grouped = [scene.word(index).text for index in range(group + 2, end) if scene.word(index).kind == "variable"]
    if star is not None and grouped and "(" not in scene.text(group, end - 1):
        shown = " ".join([*dict.fromkeys(grouped), f"(COUNT(*) AS ?{scene.fresh('count')})"])
        cures.append(cure("replace", scene.replaced(star, shown), old="*", new=shown))
    gone = scene.text(group, end - 1)
    cures.append(cure("delete", scene.deleted(group, end - 1), what=gone))
    return fault("star_grouped", scene.word(group), *cures)


def _filtered_aggregate(scene: Scene) -> Fault | None:
    """COUNT and the like in a FILTER: conditions on groups stand behind them, in HAVING."""
    for index in scene.indices("FILTER"):
        close = scene.closing(index + 1) if scene.upper(index + 1) == "(" else index
        inside = [each for each in range(index, close) if scene.upper(each) in AGGREGATES]
        if not inside:
            continue
        group = next(
            (
                scene.closing(each)
                for each in reversed(range(index))
                if scene.upper(each) == "{" and scene.closing(each) > index
            ),
            close,
        )
        having = f" HAVING{scene.query[scene.word(index).end : scene.word(close).end]}"
        gone = scene.deleted(index, close)
        behind, shown = group, ""
        if scene.upper(group + 1) == "GROUP":
            behind = scene.clause_end(group + 1) - 1
        else:
            select = next((each for each in range(group) if scene.upper(each) == "SELECT"), 0)
            shown = " GROUP BY " + " ".join(
                scene.word(each).text
                for each in range(select, scene.head_end(select))
                if scene.word(each).kind == "variable"
                and scene.upper(each - 1) != "AS"
                and scene.word(each - 1).text != "("
            )
        if scene.upper(group + 1) in ("HAVING", "GROUP") and "HAVING" in scene.text(group, behind):
            return None
        mend = cure("having", gone, scene.behind(behind, shown + having), condition=having.strip())
        return fault("aggregate_filter", scene.word(inside[0]), mend, function=scene.word(inside[0]).text)
    return None


def names(scene: Scene) -> Fault | None:
    """A name that has its value already: in SELECT, in BIND, or a blank node of another group."""
    words, at = scene.words, scene.at
    if "overrides an existing variable" in scene.message or "Duplicated variable" in scene.message:
        return _twice(scene)
    if at > 2 and scene.before.text == ")" and scene.upper(at - 3) == "AS":
        name = scene.word(at - 2)
        if any(word.text[1:] == name.text[1:] and word.kind == "variable" for word in words[: at - 3]):
            return _bound_twice(scene, name)
    if scene.message.endswith("<unreported>") and scene.bad.kind == "label":
        variable = "?" + scene.fresh(scene.bad.text[2:].replace(".", "_").replace("-", "_"))
        edits = [Edit(word.offset, word.end, variable) for word in words if word.text == scene.bad.text]
        return fault(
            "blank_twice", scene.bad, cure("replace", *edits, old=scene.bad.text, new=variable), label=scene.bad.text
        )
    return None


def _bound_twice(scene: Scene, name: Token) -> Fault:
    """The value that BIND gives again becomes another name, or a condition."""
    opening = scene.opening(scene.at - 1)
    other = f"?{scene.fresh(name.text[1:] + '2')}"
    renamed = cure("replace", scene.replaced(scene.at - 2, other), old=name.text, new=other)
    condition = f"FILTER({name.text} = {scene.text(opening + 1, scene.at - 4)})"
    same = cure("write", Edit(scene.word(opening - 1).offset, scene.before.end, condition), text=condition)
    return fault("bound_twice", name, renamed, *([same] if scene.upper(opening - 1) == "BIND" else []), name=name.text)


def _twice(scene: Scene) -> Fault:
    index = next(_repeated(scene), 0)
    word = scene.word(index)
    if word.kind != "variable":
        return fault("selected_twice", word)
    if scene.upper(index - 1) == "AS":
        new = f"?{scene.fresh(word.text[1:] + '2')}"
        return fault("selected_twice", word, cure("replace", scene.replaced(index, new), old=word.text, new=new))
    return fault("selected_twice", word, cure("delete", scene.deleted(index), what=word.text))


def _repeated(scene: Scene) -> Iterator[int]:
    """Where a SELECT names a variable that it has named, or that its pattern has for one that it computes."""
    for select in scene.indices("SELECT"):
        seen: set[str] = set()
        depth = 0
        for index in range(select + 1, len(scene.words)):
            word = scene.word(index)
            if word.text == "{":
                break
            depth += (word.text == "(") - (word.text == ")")
            if word.kind == "variable" and (depth == 0 or scene.upper(index - 1) == "AS"):
                if word.text[1:] in seen:
                    yield index
                seen.add(word.text[1:])
    for index in scene.indices("AS"):
        name = scene.word(index + 1).text[1:]
        if sum(word.kind == "variable" and word.text[1:] == name for word in scene.words) > 1:
            yield index + 1


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
