"""Says how one thing is joined to another: by a property that is a verb or a noun, or along a path of several."""

from __future__ import annotations

from kg.query.sparql import tree
from kg.view.in_words_terms import Names

__all__ = ["clause", "fetches", "link", "pairs"]


def link(names: Names, subject: str, path: tree.Path, thing: str) -> str:
    """Both ends and what joins them, as a whole sentence: “x is part of y”, “the phrase of x is y”."""
    if isinstance(path, tree.Variable):
        return names.say("unknown", subject=subject, relation=names.path(path), object=thing)
    if isinstance(path, tree.Inverse):
        return link(names, thing, path.path, subject)
    if isinstance(path, tree.Sequence) and names.has_verb(path):
        nouns, verb, more = _cut(names, path)
        if nouns:
            subject = names.say("owned", thing=subject, property=names.path(_whole(nouns)))
        if not more:
            return names.say("verb", subject=subject, doing=names.doing(verb, thing))
        first = names.say("verb", subject=subject, doing=names.doing(verb, names.say("something")))
        return names.join([first, clause(names, _whole(more), thing)], "join_first")
    if names.is_verb(path):
        return names.say("verb", subject=subject, doing=names.doing(path, thing))
    key = "noun" if isinstance(path, (tree.Constant, tree.Alternative, tree.Sequence)) else "noun_several"
    return names.say(key, subject=subject, property=names.path(path), object=thing)


def clause(names: Names, path: tree.Path, thing: str) -> str:
    """What is said of a thing that was named just before: “that is part of y”, “whose phrase is y”."""
    if isinstance(path, tree.Variable):
        return names.say("that_unknown", relation=names.path(path), object=thing)
    if isinstance(path, tree.Inverse):
        return _inverse_clause(names, path.path, thing)
    if isinstance(path, tree.Sequence) and names.has_verb(path):
        nouns, verb, more = _cut(names, path)
        doing = names.doing(verb, names.say("something") if more else thing)
        said = names.say("whose_verb", property=names.path(_whole(nouns)), doing=doing) if nouns else ""
        said = said or names.say("that_verb", doing=doing)
        return names.join([said, clause(names, _whole(more), thing)], "join_first") if more else said
    if isinstance(path, tree.Sequence):
        return names.say("whose_path", property=names.path(path), object=thing, **_ends(names, path))
    if names.is_verb(path):
        return names.say("that_verb", doing=names.doing(path, thing))
    return names.say("whose_noun", property=names.path(path), object=thing)


def _inverse_clause(names: Names, path: tree.Path, thing: str) -> str:
    if names.is_verb(path):
        doing = names.doing(path, names.say("it"))
        return names.say("that_inverse", object=thing, doing=doing, relation=names.verb(path))
    return names.say("that_is_noun", property=names.path(path), object=thing)


def fetches(names: Names, path: tree.Path) -> bool:
    """Whether a path leads to a property of a thing, which can be named beside others: “with its phrase and date”."""
    return not isinstance(path, (tree.Variable, tree.Inverse)) and not names.has_verb(path)


def pairs(names: Names, fetched: list[tuple[tree.Path, str]]) -> str:
    """Such properties and what they are called, the plain ones first: “its phrase (“p”) and the date of its source”."""
    plain = [(path, thing) for path, thing in fetched if not isinstance(path, tree.Sequence)]
    said = [
        names.say("pair" if place else "pair_first", property=names.path(path), object=thing)
        for place, (path, thing) in enumerate(plain)
    ]
    for path, thing in fetched:
        if isinstance(path, tree.Sequence):
            said.append(names.say("pair_path", property=names.path(path), object=thing, **_ends(names, path)))
    return names.join(said)


def _ends(names: Names, path: tree.Sequence) -> dict[str, str]:
    """The first step, and all that follows: English puts its “whose” between them."""
    return {"first": names.path(path.parts[0]), "then": names.path(_whole(path.parts[1:]))}


def _cut(names: Names, path: tree.Sequence) -> tuple[tuple[tree.Path, ...], tree.Path, tuple[tree.Path, ...]]:
    """The nouns before the first verb of a path, the verb, and what follows it."""
    place = next(place for place, part in enumerate(path.parts) if names.is_verb(part) or names.has_verb(part))
    return path.parts[:place], path.parts[place], path.parts[place + 1 :]


def _whole(parts: tuple[tree.Path, ...]) -> tree.Path:
    return parts[0] if len(parts) == 1 else tree.Sequence(parts)
