"""What is kept of sources: the record of each, so that no card reads it again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from weakref import WeakKeyDictionary

from kg.engine.base import Engine
from kg.model.dates import PartialDate
from kg.model.text import Text
from kg.query.kept.shelf import kept_one
from kg.query.rows import SourceRecord

__all__ = ["MOST_FIGURES", "MOST_SOURCES", "RECORDS", "figures_name", "source_records", "written"]

#: What the records are kept under, and of how many sources they are kept, as they are looked up all at once.
RECORDS = "source-records"
MOST_SOURCES = 2_000

#: Of the newest source's figures, so many are kept.
MOST_FIGURES = 40

_known: WeakKeyDictionary[Engine, tuple[str, Mapping[str, SourceRecord]]] = WeakKeyDictionary()


def figures_name(source: str) -> str:
    """What some figures of a source are kept under: their digits, those of whom most is said first."""
    return f"figures/{source}"


def source_records(engine: Engine) -> Mapping[str, SourceRecord] | None:
    """The record of every source by id, in the order of ids; None where the store does not keep them."""
    kept = kept_one(engine, RECORDS)
    if kept is None:
        return None
    version, known = _known.get(engine, ("", {}))
    if version != engine.data_version:
        known = {one.id: one for one in map(_record, kept)}
        _known[engine] = engine.data_version, known
    return known


def written(records: Iterable[SourceRecord]) -> list[list[Any]]:
    """The records as JSON can have them."""
    return [
        [
            one.id,
            [one.title.zh, one.title.en],
            [one.publisher.zh, one.publisher.en],
            one.official,
            one.kind,
            one.language,
            str(one.date),
            one.url,
            str(one.published or ""),
            str(one.accessed or ""),
        ]
        for one in records
    ]


def _record(kept: Sequence[Any]) -> SourceRecord:
    source, title, publisher, official, kind, language, date, url, published, accessed = kept
    return SourceRecord(
        source,
        _text(title),
        _text(publisher),
        official,
        kind,
        language,
        PartialDate.read(date),
        url,
        PartialDate.read(published) if published else None,
        PartialDate.read(accessed) if accessed else None,
    )


def _text(words: Sequence[str | None]) -> Text:
    zh, en = words
    return Text.model_construct(zh=zh, en=en)
