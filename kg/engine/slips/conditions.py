"""Slips in conditions that make them no condition: a sign without Shift, half a comparison, a call without brackets."""

from __future__ import annotations

from kg.engine.slips.operators import operand_start
from kg.engine.slips.scene import Fault, Scene, cure, fault
from kg.engine.tokens import Token

__all__ = ["bare_calls", "halved", "shifted"]

_COMPARING = frozenset({"=", "!=", "<", ">", "<=", ">="})
#: The functions of one argument.
_OF_ONE = frozenset(
    {"STR", "LANG", "DATATYPE", "BOUND", "ISIRI", "ISURI", "ISBLANK", "ISLITERAL", "ISNUMERIC", "UCASE", "LCASE"}
    | {"STRLEN", "YEAR", "MONTH", "DAY", "ABS", "CEIL", "FLOOR", "ROUND"}
)


def shifted(scene: Scene) -> Fault | None:
    """What another key gives without Shift, or with a blank too many: ``/name`` for ``?name``, ``1=`` for ``!=``."""
    return _parted(scene) or _slashed(scene)


def _parted(scene: Scene) -> Fault | None:
    """``?a 1= ?b``, ``?a ! = ?b`` and ``?a > = ?b``, which the reading may take for a condition that goes on."""
    for first in range(max(scene.at - 1, 1), scene.at + 1):
        sign, equals, before = scene.word(first), scene.word(first + 1), scene.word(first - 1)
        ends = before.kind in ("variable", "string", "number", "name", "iri") or before.text == ")"
        glued = sign.text == "1" and sign.end == equals.offset
        if equals.text == "=" and ends and (glued or sign.text in ("!", ">", "<")):
            old, new = scene.text(first, first + 1), ("!" if glued else sign.text) + "="
            mend = cure("replace", scene.between(first, first + 1, new), old=old, new=new)
            return Fault("operator", {"old": old, "new": new}, sign.offset, equals.end, (mend,))
    return None


def _slashed(scene: Scene) -> Fault | None:
    """``/name`` where ``?name`` stands elsewhere: the key beside Shift was not held."""
    here = next((index for index in (scene.at, scene.at - 1) if _is_slashed(scene, index)), None)
    if here is None:
        return None
    places = [index for index in range(len(scene.words)) if _is_slashed(scene, index)]
    name = f"?{scene.word(here + 1).text}"
    mend = cure("question_marks", *(scene.replaced(index, "?") for index in places))
    return fault("slash_variable", scene.word(here), mend, name=name)


def _is_slashed(scene: Scene, index: int) -> bool:
    slash, name = scene.word(index), scene.word(index + 1)
    before = scene.word(index - 1)
    begins = before.end != slash.offset or before.text in ("(", "{", ",", "!")
    return slash.text == "/" and slash.end == name.offset and begins and _is_unmarked(scene, name)


def _is_unmarked(scene: Scene, name: Token) -> bool:
    return name.kind == "word" and name.text in scene.variables


def halved(scene: Scene) -> Fault | None:
    """``?v > 5 && < 9``, which lacks what is compared, and ``?v << 9``: the reading may go on far behind them."""
    for index in range(1, min(scene.at + 1, len(scene.words))):
        if scene.upper(index) in ("&&", "||") and scene.upper(index + 1) in _COMPARING:
            return _without_operand(scene, index)
        if scene.upper(index) == "<<" and "(" in map(scene.upper, list(scene.around(index))[:1]):
            mend = cure("replace", scene.replaced(index, "<"), old="<<", new="<")
            return fault("operator", scene.word(index), mend, old="<<", new="<")
    return None


def _without_operand(scene: Scene, index: int) -> Fault | None:
    """What is compared before the sign at ``index`` is compared behind it, too."""
    depth = 0
    for each in range(index - 1, 0, -1):
        mark = scene.upper(each)
        depth += (mark == ")") - (mark == "(")
        if depth < 0 or mark in ("&&", "||", "{", "}"):
            return None
        if depth == 0 and mark in _COMPARING:
            operand = scene.text(operand_start(scene, each), each - 1)
            mend = cure(
                "add_before", scene.before_word(index + 1, f"{operand} "), sign=operand, what=scene.upper(index + 1)
            )
            return fault("half_comparison", scene.word(index + 1), mend, operand=operand)
    return None


def bare_calls(scene: Scene) -> Fault | None:
    """``isBlank ?e`` for ``isBlank(?e)``."""
    if scene.upper(scene.at - 1) not in _OF_ONE or scene.bad.kind not in ("variable", "name", "iri", "string"):
        return None
    edits = [scene.before_word(scene.at, "("), scene.behind(scene.at, ")")]
    return fault(
        "call_brackets", scene.before, cure("brackets", *edits, what=scene.bad.text), function=scene.before.text
    )
