"""Says functions, operators and aggregates, and knows the turns of phrase that are said shorter."""

from __future__ import annotations

from kg.graph.names import PLANNED, compact
from kg.model.text import LANGS
from kg.query.sparql import tree
from kg.view.in_words_terms import Names

__all__ = ["language_of", "only_picks", "say_call", "tested_in", "turn_of"]

#: What compares texts by their order, where a side is made a text.
_COMPARED = frozenset({"<", ">", "<=", ">="})


def say_call(names: Names, call: tree.Call, parts: list[str]) -> str:
    """A call in words; ``parts`` are its arguments in words, which go to their places: ``{0}``, ``{1}`` …"""
    if call.function in ("COALESCE", "CONCAT"):
        told = [part for part, one in zip(parts, call.arguments, strict=True) if not _is_blank(one)]
        parts = list(dict.fromkeys(told or parts))
        if len(parts) == 1:
            return parts[0]
    if call.function == "+" and len(parts) == 1:
        return parts[0]
    key, everything = _key_of(call), names.join(parts, "join_between")
    if not names.has(key):
        name = names.iri(key.removesuffix("()")) if ":" in key else key
        return names.say("call", name=name, all=everything)
    values: dict[str, object] = {"all": everything, "rest": names.join(parts[1:], "join_or")}
    return names.fill(key, (*parts, "", "", ""), values)


def _key_of(call: tree.Call) -> str:
    """The key of the words of a function, which may differ with its arguments."""
    function, count = call.function, len(call.arguments)
    if function == "COUNT":
        return "COUNT_DISTINCT" if call.distinct and count else "COUNT" if count else "COUNT_ALL"
    if function == "SUBSTR":
        return "SUBSTR_3" if count > 2 else function
    if function == "-" and count == 1:
        return "minus_sign"
    if function in _COMPARED and any(map(_is_str, call.arguments)):
        return f"text{function}"
    return f"{compact(function)}()" if ":" in function else function


def _is_blank(expression: tree.Expression) -> bool:
    """Whether an expression is a text of nothing but white space."""
    return isinstance(expression, tree.Constant) and not expression.term.value.strip()


def _is_str(expression: tree.Expression) -> bool:
    """Whether an expression makes a text of what it is given."""
    return isinstance(expression, tree.Call) and expression.function == "STR"


def turn_of(call: tree.Call) -> str:
    """Turns of phrase that are said shorter: a sum of ones, the test for the namespace of what is planned."""
    first, *rest = call.arguments or (None,)
    if call.function == "SUM" and isinstance(first, tree.Call) and first.function == "IF":
        values = [one.term.value if isinstance(one, tree.Constant) else "" for one in first.arguments[1:]]
        return {("1", "0"): "times", ("0", "1"): "times_not"}.get((values[0], values[1]), "")
    if call.function == "STRSTARTS" and isinstance(first, tree.Call) and first.function == "STR":
        other = rest[0].arguments[0] if isinstance(rest[0], tree.Call) and rest[0].arguments else None
        return "is_planned" if isinstance(other, tree.Constant) and other.term.value == PLANNED else ""
    return ""


def tested_in(call: tree.Call) -> tree.Expression:
    """What such a turn is about: the first argument of its first argument."""
    first = call.arguments[0]
    assert isinstance(first, tree.Call)  # noqa: S101 (`turn_of` looked)
    return first.arguments[0]


def language_of(call: tree.Call) -> tuple[str, tree.Expression | None]:
    """What ``LANG(?text) = "zh"`` asks for, and of what; nothing for any other call."""
    if call.function == "=" and isinstance(call.arguments[1], tree.Constant):
        tested, tongue = call.arguments[0], call.arguments[1].term.value
        if isinstance(tested, tree.Call) and tested.function == "LANG" and tongue in LANGS:
            return tongue, tested.arguments[0]
    return "", None


def only_picks(expression: tree.Expression) -> bool:
    """Whether an expression changes nothing in what it is given: ``COALESCE(?zh, ?en, STR(?x))``."""
    if isinstance(expression, tree.Call):
        return expression.function in ("COALESCE", "STR", "SAMPLE", "MIN", "MAX") and all(
            map(only_picks, expression.arguments)
        )
    return not isinstance(expression, tree.Exists)
