"""A source's statements proved against its text: the hash, and each phrase word for word at its position."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.errors import DataError, Problem
from kg.load.marks import Origin
from kg.model.reading import find_phrase, longest_part, reading_text, text_hash
from kg.model.source import Source, SourceText
from kg.model.statement import Statement

__all__ = ["Proof", "Verification", "record", "verify"]


@dataclass(frozen=True, slots=True)
class Proof:
    """A phrase that was found: of which statement, counted from 0, and where it begins in the reading text."""

    index: int
    phrase: str
    position: int


@dataclass(frozen=True, slots=True)
class Verification:
    """What was proved and what does not hold.

    ``sha256`` and ``characters`` are those of the text that was given; ``recorded`` says whether the source has a hash
    to hold it to.
    """

    source: str
    sha256: str
    characters: int
    recorded: bool
    proofs: tuple[Proof, ...]
    problems: tuple[Problem, ...]

    @property
    def holds(self) -> bool:
        """Whether everything that the source claims of its text is so."""
        return not self.problems


def verify(source: Source, text: str, origin: Origin | None = None) -> Verification:
    """Prove every phrase of ``source`` in ``text``, the text as it stands in a file.

    A phrase with a position has to stand there; one without has to stand in the text once. With ``origin``, problems
    name the line of the phrase.
    """
    reading = reading_text(text, source.language)
    problems: list[Problem] = []
    proofs: list[Proof] = []
    for index, statement in enumerate(source.statements):
        outcome = _prove(source, index, statement, reading, origin)
        if isinstance(outcome, Problem):
            problems.append(outcome)
        else:
            proofs.append(outcome)
    recordable = len(proofs) == len(source.statements)
    return Verification(
        source=source.id,
        sha256=text_hash(reading),
        characters=len(reading),
        recorded=source.text is not None,
        proofs=tuple(proofs),
        problems=(*_text_problems(source, reading, origin, recordable), *problems),
    )


def record(source: Source, text: str, origin: Origin | None = None) -> Source:
    """The source with the hash and the length of its text and the position of every phrase.

    A position that still holds is kept, as is the choice that it makes between two places. Raises :class:`DataError`
    with every phrase that is not in the text, or is there more than once and has no position.
    """
    reading = reading_text(text, source.language)
    if not reading:
        raise DataError(
            [Problem(f"sources/{source.id}.yaml", 0, "", "the text is empty", "Name the file that holds the text")]
        )
    problems: list[Problem] = []
    placed: list[Statement] = []
    for index, statement in enumerate(source.statements):
        found = find_phrase(reading, statement.phrase, source.language)
        kept = statement.position if statement.position in found else None
        outcome = _prove(source, index, statement.model_copy(update={"position": kept}), reading, origin)
        if isinstance(outcome, Problem):
            problems.append(outcome)
        else:
            placed.append(statement.model_copy(update={"position": outcome.position}))
    if problems:
        raise DataError(problems)
    known = SourceText(sha256=text_hash(reading), characters=len(reading))
    return source.model_copy(update={"text": known, "statements": tuple(placed)})


def _text_problems(source: Source, reading: str, origin: Origin | None, recordable: bool) -> Iterator[Problem]:
    if source.text is None or source.text.sha256 == text_hash(reading):
        return
    message = f"the text is not the one that was recorded: its SHA-256 is {text_hash(reading)}"
    if source.text.characters != len(reading):
        message += f", and it has {len(reading)} characters, not {source.text.characters}"
    changed = "run again with --record" if recordable else "mend the phrases below and run again with --record"
    cure = f"Name the recorded text, or, if the source itself has changed, {changed}"
    line = origin.source(source.id, "text").line if origin else 0
    yield Problem(f"sources/{source.id}.yaml", line, "text", message, cure)


def _prove(source: Source, index: int, statement: Statement, reading: str, origin: Origin | None) -> Proof | Problem:
    found = find_phrase(reading, statement.phrase, source.language)
    if statement.position in found:
        return Proof(index, statement.phrase, statement.position or 0)
    if statement.position is None and len(found) == 1:
        return Proof(index, statement.phrase, found[0])
    line = origin.statement(source.id, index, "phrase").line if origin else 0
    message, cure = _disproof(source, statement, reading, found)
    return Problem(f"sources/{source.id}.yaml", line, f"statement {index + 1}", message, cure)


def _disproof(source: Source, statement: Statement, reading: str, found: list[int]) -> tuple[str, str]:
    """Why the phrase is not proved, and the cure."""
    phrase, places = statement.phrase, ", ".join(str(place) for place in found)
    if not found:
        part = longest_part(reading, phrase, source.language)
        cure = "Copy it from the text" + (f"; the longest part found there is “{part}”" if part else "")
        return f"the phrase “{phrase}” is not in the text", cure
    if statement.position is not None:
        message = f"the phrase “{phrase}” is not at position {statement.position} but at {places}"
        return message, "Run again with --record, which corrects the position"
    message = f"the phrase “{phrase}” stands in the text {len(found)} times, at the positions {places}"
    return message, "Lengthen it until it stands there once, or write the right one as position"
