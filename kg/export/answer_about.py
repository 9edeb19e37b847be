"""What every file of an answer says of it: how many rows, of which data, asked how and when, by which sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.engine.answer import Answer
from kg.export.answer_words import answer_words
from kg.graph.ontology import LICENCE
from kg.model.text import Lang, Text

__all__ = ["About", "facts", "said_facts", "told"]


@dataclass(frozen=True, slots=True)
class About:
    """What an answer's file tells beside its rows, in ``lang``.

    ``asked`` is a date and time as it is to be printed: nothing here reads a clock. ``sources`` are citations;
    ``notes`` has for each row the numbers, from 1, of those that it rests on, or is None where rows were not traced,
    which ``remark`` can explain. ``address`` is a link that opens the answer again. ``headings`` are words for columns
    that the query brings along, by variable.
    """

    title: str
    query: str
    data_version: str
    asked: str = ""
    sources: tuple[str, ...] = ()
    notes: tuple[tuple[int, ...], ...] | None = None
    lang: Lang = "zh"
    address: str = ""
    remark: str = ""
    headings: Mapping[str, Text] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        """Raises ValueError for a note without its source, or an address that a reader could not follow."""
        wrong = sorted({one for row in self.notes or () for one in row if not 1 <= one <= len(self.sources)})
        if wrong:
            raise ValueError(f"no source has the number {wrong[0]}: there are {len(self.sources)}")
        if self.address and not self.address.startswith(("http://", "https://")):
            raise ValueError(f"“{self.address[:60]}” is no web address: begin it with https://")

    def hold(self, answer: Answer) -> None:
        """Raise ValueError where the notes are not those of ``answer``: a row would be cited wrongly."""
        if self.notes is not None and len(self.notes) != answer.rows:
            raise ValueError(f"there are notes for {len(self.notes)} rows, and the answer has {answer.rows}")


def facts(answer: Answer, about: About) -> dict[str, str]:
    """What is known of the answer, by the keys of ``answer_words.toml``; the query and the sources are apart."""
    counted = f"{answer.rows:,}"
    if answer.cut:
        counted = answer_words().facts["cut"].say(about.lang).format(rows=counted)
    found = {} if answer.form == "ask" else {"triples" if answer.form == "graph" else "rows": counted}
    found |= {"version": about.data_version, "asked": about.asked, "address": about.address, "licence": LICENCE}
    return {key: value for key, value in found.items() if value}


def said_facts(answer: Answer, about: About) -> dict[str, str]:
    """The same under their names in the reader's language."""
    names = answer_words().facts
    return {names[key].say(about.lang): value for key, value in facts(answer, about).items()}


def told(answer: Answer, about: About) -> list[str]:
    """The same as lines, "Rows: 12"; the number of rows and the data version stand first."""
    colon = "：" if about.lang == "zh" else ": "
    return [f"{name}{colon}{value}" for name, value in said_facts(answer, about).items()]
