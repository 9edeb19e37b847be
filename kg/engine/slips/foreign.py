"""What other languages have, and SPARQL says in another way: CASE and IF … THEN, Cypher, the prefixes of Wikidata."""

from __future__ import annotations

from collections.abc import Iterator

from kg.engine.keywords import QUERY_FORMS
from kg.engine.slips.scene import Fault, Scene, cure, fault

__all__ = ["cases", "cypher", "other_graphs", "other_keywords"]

_PARTS = ("WHEN", "THEN", "ELSE", "END")
#: Prefixes of other graphs, and whose they are.
_OTHER = dict.fromkeys(("wd", "wdt", "wds", "p", "ps", "pq", "pr", "wikibase", "bd"), "Wikidata") | dict.fromkeys(
    ("dbo", "dbr", "dbp", "dbpedia"), "DBpedia"
)
#: Words for keywords, the longest first where one begins with another.
_KEYWORDS: dict[tuple[str, ...], str] = {
    ("LEFT", "OUTER", "JOIN"): "OPTIONAL", ("LEFT", "JOIN"): "OPTIONAL", ("OUTER", "JOIN"): "OPTIONAL",
    ("SORT", "BY"): "ORDER BY", ("SORTED", "BY"): "ORDER BY", ("ORDERED", "BY"): "ORDER BY",
    ("GROUPED", "BY"): "GROUP BY", ("SKIP",): "OFFSET", ("FIND",): "SELECT", ("GET",): "SELECT",
    ("选择",): "SELECT", ("查询",): "SELECT", ("列出",): "SELECT", ("去重",): "DISTINCT", ("前缀",): "PREFIX",
    ("其中",): "WHERE", ("条件",): "WHERE", ("分组",): "GROUP BY", ("按",): "BY", ("排序",): "ORDER BY",
    ("降序",): "DESC", ("升序",): "ASC", ("限制",): "LIMIT", ("跳过",): "OFFSET", ("过滤",): "FILTER",
    ("筛选",): "FILTER", ("可选",): "OPTIONAL", ("并集",): "UNION", ("或者",): "||", ("或",): "||", ("且",): "&&",
    ("并且",): "&&", ("包含",): "CONTAINS", ("计数",): "COUNT", ("求和",): "SUM", ("平均",): "AVG", ("最大",): "MAX",
    ("最小",): "MIN", ("作为",): "AS",
}  # fmt: skip
#: What Wikidata calls “a”.
_TYPE = "wdt:P31"


def cases(scene: Scene) -> Fault | None:
    """``CASE WHEN ?v > 1 THEN "a" ELSE "b" END``, or with IF … THEN, for ``IF(?v > 1, "a", "b")``."""
    start = next((index for index in (scene.at, scene.at - 1) if scene.upper(index) in ("CASE", "IF")), -1)
    if start < 0 or (scene.upper(start) == "IF" and scene.word(start + 1).text == "("):
        return None
    depth, parts, last = 0, [(start, scene.upper(start))], len(scene.words) - 1
    for index in range(start + 1, len(scene.words)):
        mark = scene.upper(index)
        depth += (mark in ("(", "{", "[")) - (mark in (")", "}", "]"))
        if depth < 0 or (depth == 0 and mark in ("AS", "}", ".")):
            last = index - 1
            break
        if depth == 0 and mark in _PARTS:
            parts.append((index, mark))
        if depth == 0 and mark == "END":
            last = index
            break
    text = _as_if(scene, parts, last)
    if text is None:
        return None
    if scene.select >= 0 and scene.inside != "(" and scene.upper(last + 1) == "AS":
        last, text = last + 2, f"({text} {scene.text(last + 1, last + 2)})"
    mend = cure("write", scene.between(start, last, text), text=text)
    return fault("cases", scene.word(start), mend, word=scene.word(start).text, text=text)


def _as_if(scene: Scene, parts: list[tuple[int, str]], last: int) -> str | None:
    """The conditions and values as calls of IF, one within the other; None where one is missing."""
    stops = [index for index, _ in parts[1:]] + ([] if parts[-1][1] == "END" else [last + 1])
    texts = {
        (number, mark): scene.text(index + 1, stop - 1) if stop > index + 1 else ""
        for number, ((index, mark), stop) in enumerate(zip(parts, stops, strict=False))
    }
    calls, otherwise = [], '""'
    for (number, mark), text in texts.items():
        if mark in ("WHEN", "IF"):
            then = texts.get((number + 1, "THEN"), "")
            if not text or not then:
                return None
            calls.append((text, then))
        elif mark == "ELSE":
            otherwise = text
    for condition, then in reversed(calls):
        otherwise = f"IF({condition}, {then}, {otherwise})"
    return otherwise if calls else None


def cypher(scene: Scene) -> Fault | None:
    """A query in Cypher, which is no SPARQL with slips, but another language."""
    asked = any(scene.upper(index) in QUERY_FORMS for index in range(scene.at))
    if asked or scene.upper(scene.at) != "MATCH" or scene.word(scene.at + 1).text != "(":
        return None
    return fault("cypher", scene.bad)


def other_graphs(scene: Scene) -> Fault | None:
    """A prefix that is known from another graph, whose things and properties this one does not have."""
    name = scene.bad
    prefix = name.text.partition(":")[0]
    if name.kind != "name" or prefix not in _OTHER or prefix in scene.prefixes:
        return None
    if scene.declares(prefix):
        return None
    mend = None
    if name.text == _TYPE:
        subclasses = [scene.word(scene.at + step).text for step in (1, 2, 3)] == ["/", "wdt:P279", "*"]
        last = scene.at + 3 if subclasses else scene.at
        mend = cure("replace", scene.between(scene.at, last, "a"), old=scene.text(scene.at, last), new="a")
    return fault("other_graph", name, mend, prefix=prefix, graph=_OTHER[prefix])


def other_keywords(scene: Scene) -> Fault | None:
    """Keywords in Chinese, or of other query languages; the cure writes all of them as SPARQL does."""
    if scene.upper(scene.at) == "ALL" and scene.upper(scene.at - 1) == "UNION":
        gone = cure("delete", scene.deleted(scene.at), what=scene.bad.text)
        return fault("union_all", scene.bad, gone)
    places = dict(_translated(scene))
    here = next((index for index, (last, _) in places.items() if index <= scene.at <= last), None)
    if here is None:
        return None
    edits = [scene.between(index, last, new) for index, (last, new) in places.items()]
    word, new = scene.text(here, places[here][0]), places[here][1]
    mend = cure("replace", *edits, old=word, new=new) if len(edits) == 1 else cure("keywords", *edits)
    return Fault("foreign_word", {"word": word, "new": new}, *_span(scene, here, places[here][0]), (mend,))


def _span(scene: Scene, first: int, last: int) -> tuple[int, int]:
    return scene.word(first).offset, scene.word(last).end


def _translated(scene: Scene) -> Iterator[tuple[int, tuple[int, str]]]:
    """Where such words begin, with where they end and what SPARQL says."""
    index = 0
    while index < len(scene.words):
        found = next((words for words in _KEYWORDS if _stands(scene, index, words)), ())
        if found:
            yield index, (index + len(found) - 1, _KEYWORDS[found])
        index += len(found) or 1


def _stands(scene: Scene, index: int, words: tuple[str, ...]) -> bool:
    return all(scene.upper(index + step) == word for step, word in enumerate(words))
