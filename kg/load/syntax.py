"""What the YAML parser found, in words that a curator can act on."""

from __future__ import annotations

import yaml

from kg.errors import Problem

__all__ = ["syntax_problem"]

_QUOTE = "Put the whole text between double quotes"
_INDENT = "Indent this line as its neighbours are: two spaces a level, and a space after each dash"

# A part of the parser's message → ours, and the cure. The first that fits is taken.
_READINGS: tuple[tuple[str, str, str], ...] = (
    ("mapping values are not allowed", "there is a colon where no key can stand", _QUOTE),
    ("could not find expected ':'", "a key without its colon, or text that is not part of a value", _INDENT),
    ("unexpected end of stream", "a quotation mark is opened and not closed", "Close it"),
    ("unexpected document indicator", "a quotation mark is opened and not closed", "Close it"),
    ("did not find expected ','", "a bracket is opened and not closed", "Close it, or write one item a line"),
    ("cannot start any token", "a text begins with a character that has a meaning in YAML", _QUOTE),
    ("unknown escape character", "a backslash in double quotes has no meaning here", "Write \\\\ for a backslash"),
    ("hexdecimal", "a backslash code is not complete", "Write \\u and four hexadecimal digits"),
    ("invalid Unicode", "a backslash code is not a character", "Write the character itself"),
    ("alphabetic or numeric", "a text begins with * or &", _QUOTE),
    ("expected alphabetic", "a text begins with * or &", _QUOTE),
    ("block sequence entries are not allowed", "a dash stands where no list can begin", _INDENT),
    ("did not find expected key", "the indentation does not fit, or text follows a closing quotation mark", _INDENT),
    ("did not find expected '-'", "the indentation does not fit", _INDENT),
    ("block collection", "the indentation does not fit", _INDENT),
    ("document start", "text stands before or after the document", "Remove it"),
    ("block scalar", "a text begins with > or |", _QUOTE),
    ("incompatible", "a line begins with %", "Remove that line"),
    ("directive", "a line begins with %", "Remove that line"),
)


def syntax_problem(error: yaml.YAMLError, text: str, file: str) -> Problem:
    """The parser's error as a problem, with the line in ``text`` where it was met."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    start = getattr(error, "context_mark", None)
    said = " ".join(str(part) for part in (getattr(error, "problem", None), getattr(error, "context", None)) if part)
    for part, message, cure in _READINGS:
        if part in said:
            # What is not closed is mended where it was opened.
            spot = start if "not closed" in message and start is not None else mark
            return Problem(file, min(_line(spot), text.count("\n") + 1), "", message, cure)
    message = f"this is not YAML: {said or 'it cannot be read'}"
    return Problem(file, _line(mark), "", message, "Compare with the file's neighbours, or quote the text")


def _line(mark: yaml.Mark | None) -> int:
    return mark.line + 1 if mark is not None else 0
