"""A name that has its value already: in SELECT, in BIND, or a blank node of another group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.engine.slips.aggregates import select_around
from kg.engine.slips.scene import Fault, Scene, cure, fault
from kg.engine.slips.scope import bindings, shown, visible
from kg.errors import Cure, Edit

__all__ = ["names"]


def names(scene: Scene) -> Fault | None:
    """What is named twice. Oxigraph looks at the names of a group, and of a SELECT, when it has come to the end."""
    # A group that could go on is whole so far: then it is not its last word that is missing.
    if scene.bad.text == "}" and scene.open and "OPTIONAL" in scene.message:
        again = _bound_again(scene, scene.open[-1])
        if again is not None:
            return _bound_twice(scene, again)
    if scene.ended >= 0:
        return _selected_twice(scene, scene.ended)
    if scene.message.endswith("<unreported>") and scene.bad.kind == "label":
        return _blank_twice(scene)
    return None


def _bound_again(scene: Scene, opening: int) -> int | None:
    """The variable that a BIND of the group at ``opening`` gives a value, though something before it has."""
    seen: set[str] = set()
    for index, anew in bindings(scene, opening):
        name = scene.word(index).text[1:]
        if anew and name in seen:
            return index
        seen.add(name)
    return None


def _bound_twice(scene: Scene, index: int) -> Fault:
    """The value that BIND gives again becomes another name, or a condition."""
    name, opening = scene.word(index), scene.opening(index + 1)
    other = f"?{scene.fresh(name.text[1:] + '2')}"
    again = (each for each in _read_later(scene, index) if scene.word(each).text == name.text)
    edits = [scene.replaced(each, other) for each in (index, *again)]
    renamed = cure("replace", *edits, old=name.text, new=other)
    condition = f"FILTER({name.text} = {scene.text(opening + 1, index - 2)})"
    same = cure("write", Edit(scene.word(opening - 1).offset, scene.word(index + 1).end, condition), text=condition)
    return fault("bound_twice", name, renamed, same, name=name.text)


def _read_later(scene: Scene, bind: int) -> Iterator[int]:
    """The words outside the pattern in which the word at ``bind`` stands: they speak of what a name stands for last."""
    select = select_around(scene, bind)
    braces = [index for index in scene.around(bind) if scene.upper(index) == "{"]
    inner = [index for index in braces if index > select]  # that of the pattern last
    if scene.upper(select) != "SELECT" or not inner:
        return
    outer = braces[len(inner)] if len(inner) < len(braces) else -1
    yield from range(select + 1, inner[-1])
    yield from range(scene.closing(inner[-1]) + 1, scene.closing(outer))


def _selected_twice(scene: Scene, select: int) -> Fault | None:
    """A variable that the SELECT has named before, or that it computes though its pattern has it."""
    named = list(shown(scene, select))
    again = _repeated(scene, named)
    if again is not None:
        word = scene.word(again)
        if scene.upper(again - 1) == "AS":
            return fault("selected_twice", word, _renamed(scene, again))
        return fault("selected_twice", word, cure("delete", scene.deleted(again), what=word.text))
    known = {scene.word(index).text[1:] for index in visible(scene, select)}
    for index in named:
        if scene.upper(index - 1) == "AS" and scene.word(index).text[1:] in known:
            return fault("selected_anew", scene.word(index), _renamed(scene, index), name=scene.word(index).text)
    return None


def _repeated(scene: Scene, named: Iterable[int]) -> int | None:
    seen: set[str] = set()
    for index in named:
        name = scene.word(index).text[1:]
        if name in seen:
            return index
        seen.add(name)
    return None


def _blank_twice(scene: Scene) -> Fault:
    label = scene.bad.text
    variable = "?" + scene.fresh(label[2:].replace(".", "_").replace("-", "_"))
    edits = [Edit(word.offset, word.end, variable) for word in scene.words if word.text == label]
    return fault("blank_twice", scene.bad, cure("replace", *edits, old=label, new=variable), label=label)


def _renamed(scene: Scene, index: int) -> Cure:
    name = scene.word(index).text
    new = f"?{scene.fresh(name[1:] + '2')}"
    return cure("replace", scene.replaced(index, new), old=name, new=new)
