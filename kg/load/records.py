"""Values of a data file made into records, or into problems with line and cure."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any, TypeVar, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from kg.errors import DataError, Problem
from kg.load.complaints import complaint
from kg.load.marks import Mark
from kg.model.record import Record

__all__ = ["read_record"]

R = TypeVar("R", bound=Record)
Step = str | int


def read_record(model: type[R], value: dict[str, Any], mark: Mark, file: str) -> R:
    """``value`` as a ``model``; raises :class:`DataError` with every field that does not fit.

    Under a statement's list a problem names the record "statement 3" (counted from 1), elsewhere the record's id.
    """
    try:
        return model.model_validate(value)
    except ValidationError as error:
        problems = [_problem(model, detail, value, mark, file) for detail in error.errors(include_url=False)]
        raise DataError(sorted(set(problems))) from error


def _problem(model: type[Record], detail: ErrorDetails, value: dict[str, Any], mark: Mark, file: str) -> Problem:
    path, holder = _follow(model, detail["loc"])
    line = mark.at(*path).line
    key = str(path[-1]) if path else ""
    if detail["type"] == "extra_forbidden":
        message, cure = f"“{key}” is not a key of this record", _known_keys(key, holder, value, path)
    elif detail["type"] == "missing":
        message, cure = f"the key “{key}” is missing", f"Add a line “{key}:” with its value"
    elif detail["type"] == "no_kind":
        message, cure = _no_kind(value, path)
    else:
        name = next((str(step) for step in reversed(path) if isinstance(step, str)), key)
        message, cure = complaint(name, detail)
    return Problem(file, line, _record_name(value, path), message, cure)


def _follow(model: type[Record], location: Sequence[Step]) -> tuple[tuple[Step, ...], type[Record] | None]:
    """The path of ``location`` in the file, and the record type that its last step is a key of.

    Where a list holds several kinds of record, pydantic puts the kind into the location; the file has no such level.
    """
    path: list[Step] = []
    holder: type[Record] | None = None
    candidates: list[type[Record]] = [model]
    for step in location:
        if isinstance(step, str) and len(candidates) > 1:
            candidates = [candidate for candidate in candidates if candidate.__name__.lower() == step]
            continue
        path.append(step)
        if isinstance(step, str):
            holder = candidates[0] if candidates else None
            field = holder.model_fields.get(step) if holder is not None else None
            candidates = _records_in(field.annotation) if field is not None else []
    return tuple(path), holder


def _records_in(annotation: Any) -> list[type[Record]]:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return [annotation]
    return [record for part in get_args(annotation) for record in _records_in(part)]


def _known_keys(key: str, holder: type[Record] | None, value: dict[str, Any], path: Sequence[Step]) -> str:
    if holder is None:
        return "Remove it"
    fields = list(holder.model_fields)
    whole = _at(value, path[:-1])
    kinds = [kind for kind in ("relation", "figure", "status") if isinstance(whole, dict) and kind in whole]
    if key in kinds:
        return f"A statement is a {kinds[0]} or a {key}; make it two statements"
    near = get_close_matches(key, fields, n=1, cutoff=0.6)
    if near:
        return f"Write “{near[0]}”, if that is what it should be"
    return f"Remove it; the keys are {', '.join(fields)}"


def _no_kind(value: dict[str, Any], path: Sequence[Step]) -> tuple[str, str]:
    whole = _at(value, path)
    for key in whole if isinstance(whole, dict) else ():
        near = get_close_matches(str(key), ("relation", "figure", "status"), n=1, cutoff=0.6)
        if near:
            return f"“{key}” is not a key of a statement", f"Write “{near[0]}”, if that is what it should be"
    return "this statement has none of the keys relation, figure, status", "Begin it with the one that it is"


def _at(value: Any, path: Sequence[Step]) -> Any:
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _record_name(value: dict[str, Any], path: Sequence[Step]) -> str:
    """What the curator calls the record that ``path`` leads into."""
    if len(path) > 1 and isinstance(path[1], int):
        if path[0] == "statements":
            return f"statement {path[1] + 1}"
        found = _at(value, (*path[:2], "id"))
        return found if isinstance(found, str) else f"record {path[1] + 1}"
    found = value.get("id", "")
    return found if isinstance(found, str) else ""
