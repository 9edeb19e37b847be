"""Slips between SELECT and its braces: commas, computed columns without brackets or a name, tables of SQL."""

from __future__ import annotations

from typing import NamedTuple

from kg.engine.keywords import AGGREGATES, KEYWORDS, QUERY_FORMS
from kg.engine.slips.scene import Fault, Scene, cure, fault
from kg.engine.slips.words import near
from kg.errors import Edit

__all__ = ["NAMES", "head", "no_head", "tables"]

_WORDS = frozenset(word.upper() for word in KEYWORDS)
#: What an aggregate is called where its result has no name.
NAMES = {"COUNT": "count", "SUM": "sum", "MIN": "min", "MAX": "max", "AVG": "average", "GROUP_CONCAT": "list"}


class _Slip(NamedTuple):
    """One slip in the head: its key, the first and the last of its words, the edits that mend it."""

    key: str
    first: int
    last: int
    edits: tuple[Edit, ...]


def head(scene: Scene) -> Fault | None:
    """What is wrong with what SELECT names."""
    if scene.select < 0:
        return None
    if scene.upper(scene.at) in ("{", "WHERE") and scene.upper(scene.at - 1) in ("SELECT", "DISTINCT", "REDUCED"):
        return fault("select_nothing", scene.bad, cure("select_all", scene.before_word(scene.at, "* ")))
    if scene.upper(scene.at) == "TOP" and scene.word(scene.at + 1).kind == "number":
        return _top(scene)
    slips = list(_Head(scene).slips())
    here = [slip for slip in slips if slip.first <= scene.at <= slip.last]
    if not here:
        return None
    key = here[0].key
    if key == "mark" and scene.bad.kind == "word" and scene.bad.text not in scene.variables and near(scene.bad.text):
        return None  # a misspelt keyword, more likely
    same = [edit for slip in slips if slip.key == key for edit in slip.edits]
    cures = [cure(f"head_{key}", *same)]
    if len({slip.key for slip in slips}) > 1:
        cures.append(cure("head_all", *(edit for slip in slips for edit in slip.edits)))
    function = scene.word(here[0].first).text if key == "brackets" else ""
    return fault(f"head_{key}", scene.bad, *cures, function=function)


class _Head:
    """Goes through the head of a SELECT, item by item."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.end = scene.head_end(scene.select)
        self._given: set[str] = set()

    def slips(self) -> list[_Slip]:
        """All slips, in their order."""
        found: list[_Slip] = []
        index = self.scene.select + 1
        while index < self.end:
            index, slip = self._item(index)
            if slip:
                found.append(slip)
        return found

    def _item(self, index: int) -> tuple[int, _Slip | None]:
        """The slip of the item at ``index``, and where the next one begins."""
        scene, word = self.scene, self.scene.word(index)
        if word.text in (",", ";"):
            return index + 1, _Slip("comma", index, index, (scene.deleted(index),))
        if word.text == "(":
            close = min(scene.closing(index), self.end - 1)
            if scene.upper(close + 1) == "AS" and scene.word(close + 2).kind == "variable":
                edits = (scene.deleted(close), scene.behind(close + 2, ")"))
                return close + 3, _Slip("close", index, close + 2, edits)
            return close + 1, self._bracketed(index, close)
        if word.kind == "variable":
            return self._renamed(index)
        if word.kind != "word" or word.text.upper() in ("DISTINCT", "REDUCED"):
            return index + 1, None
        if word.text.upper() in _WORDS and word.text.upper() != "A":
            return self._computed(index)
        return index + 1, _Slip("mark", index, index, (scene.before_word(index, "?"),))

    def _renamed(self, index: int) -> tuple[int, _Slip | None]:
        """``?x AS ?y`` without brackets."""
        scene = self.scene
        last = self._sum_end(index)
        if scene.upper(last + 1) != "AS":
            return last + 1, None
        name, mark = self._named(last + 2)
        return last + 3, _Slip("rename", index, last + 2, (scene.before_word(index, "("), *mark, name))

    def _named(self, index: int) -> tuple[Edit, tuple[Edit, ...]]:
        """The bracket that closes behind the name at ``index``, and the mark that the name may lack."""
        word = self.scene.word(index)
        mark = (self.scene.before_word(index, "?"),) if word.kind == "word" else ()
        return self.scene.behind(index, ")"), mark

    def _computed(self, index: int) -> tuple[int, _Slip]:
        """A function without brackets around it, with or without a name, with or without brackets of its own."""
        scene = self.scene
        edits, last = self._arguments(index)
        edits.insert(0, scene.before_word(index, "("))
        last = self._sum_end(last)
        if scene.upper(last + 1) == "AS":
            close, mark = self._named(last + 2)
            return last + 3, _Slip("brackets", index, last + 2, (*edits, *mark, close))
        if self._is_alias(last + 1):
            close, mark = self._named(last + 1)
            named = (scene.behind(last, " AS"), *mark, close)
            return last + 2, _Slip("brackets", index, last + 1, (*edits, *named))
        name = self._name(index)
        end = scene.word(last).end
        edits = [edit for edit in edits if edit.start != end] + [
            Edit(end, end, "".join(edit.text for edit in edits if edit.start == end) + f" AS ?{name})")
        ]
        return last + 1, _Slip("brackets", index, last, tuple(edits))

    def _is_alias(self, index: int) -> bool:
        """Whether the word can only be the name of what stands before it: the pattern does not have it."""
        word = self.scene.word(index)
        if index >= self.end or word.kind not in ("variable", "word") or self.scene.is_keyword(index):
            return False
        name = word.text.lstrip("?$")
        pattern = self.scene.words[self.end : self.scene.closing(self.end + (self.scene.upper(self.end) == "WHERE"))]
        return all(each.text != f"?{name}" for each in pattern)

    def _sum_end(self, last: int) -> int:
        """The last word of the sum, product or quotient whose first part ends at ``last``."""
        scene = self.scene
        while scene.upper(last + 1) in ("+", "-", "*", "/") and last + 2 < self.end:
            last += 2
            if scene.word(last + 1).text == "(" and scene.word(last).kind == "word":
                last += 1
            if scene.word(last).text == "(":
                last = min(scene.closing(last), self.end - 1)
        return last

    def _arguments(self, index: int) -> tuple[list[Edit], int]:
        """What mends the arguments of the function at ``index``, and the last of their words."""
        scene = self.scene
        if scene.word(index + 1).text == "(":
            return [], min(scene.closing(index + 1), self.end - 1)
        distinct = scene.upper(index + 1) == "DISTINCT"
        last = index + 1 + distinct
        if scene.word(last).text == "(":  # COUNT DISTINCT(?x)
            close = min(scene.closing(last), self.end - 1)
            moved = Edit(scene.word(index + 1).offset, scene.word(last).end, "(DISTINCT ")
            return [moved] if scene.word(last + 2).text == ")" else [], close
        start = scene.word(index).end
        return [Edit(start, scene.word(index + 1).offset, "("), scene.behind(last, ")")], last

    def _bracketed(self, index: int, close: int) -> _Slip | None:
        """``(…)``: one variable alone, a function without brackets of its own, no name, a name without AS or mark."""
        scene = self.scene
        last = close - 1
        if last == index + 1 and scene.word(last).kind == "variable":
            return _Slip(
                "unwrap",
                index,
                close,
                (
                    scene.replaced(index, " " if scene.query[scene.word(index).offset - 1].isalpha() else ""),
                    scene.replaced(close, ""),
                ),
            )
        if scene.word(index + 1).kind == "variable" and scene.upper(index + 2) == "AS" and last > index + 3:
            turned = f"{scene.text(index + 3, last)} AS {scene.word(index + 1).text}"
            return _Slip("turned", index, close, (scene.between(index + 1, last, turned),))
        edits: list[Edit] = []
        if scene.upper(index + 1) in AGGREGATES and scene.word(index + 2).text != "(":
            edits, _ = self._arguments(index + 1)
        named = scene.upper(last - 1) == "AS"
        if named and scene.word(last).kind == "variable":
            return _Slip("arguments", index, close, tuple(edits)) if edits else None
        if named and scene.word(last).kind == "word":
            return _Slip("mark", index, close, (*edits, scene.before_word(last, "?")))
        if (scene.word(last).kind == "variable" and scene.word(last - 1).text in (")", "=", ",")) or (
            scene.word(last).kind == "variable" and scene.word(last - 1).kind == "variable"
        ):
            instead = (
                scene.replaced(last - 1, "AS")
                if scene.word(last - 1).text in ("=", ",")
                else scene.before_word(last, "AS ")
            )
            return _Slip("as", index, close, (*edits, instead))
        if scene.upper(last) == "AS":
            return _Slip("name", index, close, (*edits, scene.behind(last, f" ?{self._name(index + 1)}")))
        return _Slip("name", index, close, (*edits, scene.behind(last, f" AS ?{self._name(index + 1)}")))

    def _name(self, index: int) -> str:
        name = base = self.scene.fresh(NAMES.get(self.scene.upper(index), "value"))
        number = 1
        while name in self._given:
            number += 1
            name = self.scene.fresh(f"{base}{number}")
        self._given.add(name)
        return name


def _top(scene: Scene) -> Fault:
    limit = f"\nLIMIT {scene.word(scene.at + 1).text}"
    mend = cure(
        "limit_behind",
        scene.deleted(scene.at, scene.at + 1),
        scene.behind(len(scene.words) - 1, limit),
        limit=limit.strip(),
    )
    return fault("top", scene.bad, mend, limit=limit.strip())


def tables(scene: Scene) -> Fault | None:
    """``FROM`` with the name of a table."""
    if scene.select < 0:
        return None
    end = next((index for index in range(scene.select, len(scene.words)) if scene.upper(index) in ("{", "WHERE")), -1)
    found = next((index for index in range(scene.select, end) if scene.upper(index - 1) == "FROM"), -1)
    table = scene.word(found)
    if table.kind not in ("word", "string", "variable") or scene.upper(found) == "NAMED":
        return None
    mended = [edit for slip in _Head(scene).slips() for edit in slip.edits]
    gone = cure("delete", *mended, scene.deleted(found - 1, found), what=scene.text(found - 1, found))
    return fault("table", table, gone, name=table.text)


def no_head(scene: Scene) -> Fault | None:
    """A query that begins with its pattern, or with its modifiers before the pattern."""
    if scene.upper(scene.at) not in ("{", "WHERE") or any(
        scene.upper(index) in QUERY_FORMS for index in range(scene.at)
    ):
        return None
    return fault(
        "no_form",
        scene.bad,
        cure("add_before", scene.before_word(scene.at, "SELECT * "), sign="SELECT *", what=scene.bad.text),
    )
