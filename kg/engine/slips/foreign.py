"""What other languages have, and SPARQL says in another way: CASE and IF … THEN, Cypher, the prefixes of Wikidata."""

from __future__ import annotations

from kg.engine.slips.scene import Fault, Scene, cure, fault

__all__ = ["cases", "cypher", "other_graphs"]

_PARTS = ("WHEN", "THEN", "ELSE", "END")
#: Prefixes of other graphs, and whose they are.
_OTHER = dict.fromkeys(("wd", "wdt", "wds", "p", "ps", "pq", "pr", "wikibase", "bd"), "Wikidata") | dict.fromkeys(
    ("dbo", "dbr", "dbp", "dbpedia"), "DBpedia"
)
#: What Wikidata calls “a”.
_TYPE = ("wdt:P31",)


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
    if scene.at or scene.upper(0) != "MATCH" or scene.word(1).text != "(":
        return None
    return fault("cypher", scene.bad)


def other_graphs(scene: Scene) -> Fault | None:
    """A prefix that is known from another graph, whose things and properties this one does not have."""
    name = scene.bad
    prefix = name.text.partition(":")[0]
    if name.kind != "name" or prefix not in _OTHER or prefix in scene.prefixes:
        return None
    if any(word.text == f"{prefix}:" and scene.upper(index - 1) == "PREFIX" for index, word in enumerate(scene.words)):
        return None
    mend = None
    if name.text in _TYPE:
        subclasses = [scene.word(scene.at + step).text for step in (1, 2, 3)] == ["/", "wdt:P279", "*"]
        last = scene.at + 3 if subclasses else scene.at
        mend = cure("replace", scene.between(scene.at, last, "a"), old=scene.text(scene.at, last), new="a")
    return fault("other_graph", name, mend, prefix=prefix, graph=_OTHER[prefix])
