"""One data file, strictly: YAML's layout with JSON's values, each with its line.

Refused, because readers disagree on them or they hide what a file says: duplicate keys, anchors, aliases, tags, merge
keys, several documents, tabs, invisible characters, a byte order mark, words that are not clearly text.
"""

from __future__ import annotations

from typing import Any

import yaml

from kg.errors import DataError, Problem
from kg.load.marks import Mark
from kg.load.scalars import DIGITS_LIMIT, INVISIBLE, read_plain
from kg.load.syntax import syntax_problem

__all__ = ["read_yaml"]

#: More levels than any record has; beyond it the file is not one of ours.
DEPTH_LIMIT = 20

_BLOCK_STYLES = ("|", ">")


def read_yaml(text: str, file: str) -> tuple[dict[str, Any], Mark]:
    """The mapping that ``text`` holds, with the line of each part; lists become tuples.

    Raises :class:`DataError` with everything that is wrong; a syntax error ends the reading. ``file`` is only named.
    """
    problems = _unseen_characters(text, file)
    if problems:
        raise DataError(problems)
    reader = _Reader(text, file)
    try:
        value, mark = reader.read()
    except yaml.YAMLError as error:
        raise DataError([*reader.problems, syntax_problem(error, text, file)]) from error
    if reader.problems:
        raise DataError(reader.problems)
    if not isinstance(value, dict):
        cure = "Begin with a key, as the other files of this folder do"
        raise DataError([Problem(file, mark.line, "", "the file does not hold keys with values", cure)])
    return value, mark


def _unseen_characters(text: str, file: str) -> list[Problem]:
    problems = []
    for found in INVISIBLE.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        char = found.group()
        if char == "\t":
            message, cure = "there is a tab", "Write spaces in its place"
        elif char == "\ufeff" and found.start() == 0:
            message, cure = "the file begins with a byte order mark", "Save it as UTF-8 without BOM"
        else:
            message, cure = f"there is an invisible character (U+{ord(char):04X})", "Remove it"
        problems.append(Problem(file, line, "", message, cure))
    return problems


class _Stop(yaml.YAMLError):
    """Ends the reading of a file that is already known to be wrong."""


class _Reader:
    """Builds values out of the parser's events: libyaml does the scanning, so 10,000 records take about two seconds."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self._parser = yaml.CSafeLoader(text)

    def read(self) -> tuple[Any, Mark]:
        """The one document of the file."""
        try:
            return self._read_document()
        except _Stop:
            return None, Mark(1)
        finally:
            self._parser.dispose()

    def _read_document(self) -> tuple[Any, Mark]:
        self._next()  # the start of the stream
        if isinstance(self._next(), yaml.StreamEndEvent):
            self._refuse(1, "the file is empty", "Write its records, or remove the file")
            return None, Mark(1)
        value, mark = self._value(self._next(), 0)
        self._next()  # the end of the document
        after = self._next()
        if not isinstance(after, yaml.StreamEndEvent):
            line = after.start_mark.line + 1
            self._refuse(line, "a second document begins", "Remove the line ---; one file is one document")
        return value, mark

    def _next(self) -> Any:
        return self._parser.get_event()

    def _refuse(self, line: int, message: str, cure: str) -> None:
        self.problems.append(Problem(self.file, line, "", message, cure))

    def _value(self, event: Any, depth: int) -> tuple[Any, Mark]:
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent):
            self._refuse(line, f"*{event.anchor} points to another part of the file", "Write the value itself")
            return None, Mark(line)
        if event.anchor is not None:
            self._refuse(line, f"&{event.anchor} is an anchor", "Remove it, and write each value where it belongs")
        if event.tag is not None:
            self._refuse(line, f"{event.tag} is a tag", "Remove it: the key says what kind of value it has")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, line), Mark(line)
        if depth == DEPTH_LIMIT:
            self._refuse(line, "lists or keys are nested too deeply", "Remove brackets or indentation")
            raise _Stop
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(line, depth)
        return self._mapping(line, depth)

    def _list(self, line: int, depth: int) -> tuple[tuple[Any, ...], Mark]:
        values: list[Any] = []
        parts: dict[str | int, Mark] = {}
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            value, mark = self._value(event, depth + 1)
            parts[len(values)] = mark
            values.append(value)
        return tuple(values), Mark(line, parts)

    def _mapping(self, line: int, depth: int) -> tuple[dict[str, Any], Mark]:
        values: dict[str, Any] = {}
        parts: dict[str | int, Mark] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key_line = event.start_mark.line + 1
            key = self._key(event, depth)
            value, mark = self._value(self._next(), depth + 1)
            if key in parts:
                message = f"the key “{key}” stands here again; it is already on line {parts[key].line}"
                self._refuse(key_line, message, "Keep one of the two")
            parts[key] = Mark(key_line, mark.parts)
            values[key] = value
        return values, Mark(line, parts)

    def _key(self, event: Any, depth: int) -> str:
        line = event.start_mark.line + 1
        if not isinstance(event, yaml.ScalarEvent):
            self._value(event, depth + 1)
            self._refuse(line, "a key is a single word", "Write a word and a colon")
            return f"(line {line})"
        if event.anchor is not None or event.tag is not None:
            self._refuse(line, f"the key “{event.value}” has an anchor or a tag", "Remove what stands before the word")
        if event.value == "<<" and not event.style:
            self._refuse(line, "<< merges other keys in", "Write those keys out here")
        return str(event.value)

    def _scalar(self, event: Any, line: int) -> Any:
        text: str = event.value
        if event.style in _BLOCK_STYLES:
            return text.rstrip("\n")
        if event.start_mark.line != event.end_mark.line:
            self._refuse(line, "the text runs over several lines", "Write it on one line")
            return text
        if event.style:
            return text
        if not text:
            self._refuse(line, "a value is missing here", "Give one, or remove its key")
            return text
        try:
            return read_plain(text)
        except ValueError as error:
            shown = text if len(text) <= 2 * DIGITS_LIMIT else f"{text[:DIGITS_LIMIT]}…"
            self._refuse(line, f"“{shown}” can be read in several ways", str(error))
            return text
