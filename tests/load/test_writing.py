"""The one spelling of a data file: it is read back exactly, and it is a fixed point."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kg.load.files import Loaded
from kg.load.records import read_record
from kg.load.write import in_order, spell, spell_listing
from kg.load.yaml_reader import read_yaml
from kg.model.dates import PartialDate
from kg.model.entity import Entities, Entity
from kg.model.record import Record
from kg.model.source import Source, SourceText
from kg.model.statement import Figure, Relation, Statement, Status
from kg.model.text import Names, Text
from kg.model.vocabulary import Vocabulary

# Text of the model: something in it, no white space at its ends, on one line.
words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n"), min_size=1, max_size=30).filter(
    lambda text: text == text.strip() and not text[0].isspace()
) | st.sampled_from(
    [
        "no",
        "1:30",
        "~",
        "2025",
        "2025-03-20",
        "a: b",
        "a #b",
        "- a",
        "=1",
        "“1+N”",
        "a:",
        "null",
        ".5",
        "0x1",
        "y",
        "<<",
    ]
)
ids = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)
texts = st.builds(Text, zh=words, en=st.none() | words) | st.builds(Text, en=words)
names = st.builds(Names, zh=st.lists(words, max_size=2).map(tuple), en=st.lists(words, max_size=2).map(tuple))
notes = st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
dates = (
    st.dates()
    .map(lambda day: day.isoformat())
    .flatmap(lambda day: st.sampled_from([PartialDate(day), PartialDate(day[:7]), PartialDate(day[:4])]))
)
shared = {
    "subject": ids,
    "speaker": st.none() | ids,
    "phrase": words,
    "position": st.none() | st.integers(0, 10**6),
    "note": notes,
}
statements: st.SearchStrategy[Statement] = st.one_of(
    st.builds(
        Relation,
        relation=ids,
        object=ids,
        role=st.none() | texts,
        status=st.none() | ids,
        since=st.none() | dates,
        **shared,
    ),
    st.builds(
        Figure,
        figure=ids,
        value=st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**15), max_value=10**15)
        | st.integers().map(Decimal),
        as_of=dates,
        qualifier=ids | st.just("exact"),
        aim=st.sampled_from(["achieved", "target"]),
        **shared,
    ),
    st.builds(Status, status=ids, as_of=dates, since=st.none() | dates, **shared),
)
sources = st.builds(
    Source,
    id=ids,
    title=texts,
    kind=ids,
    publisher=texts,
    official=st.booleans(),
    language=st.sampled_from(["zh", "en"]),
    url=st.just("https://example.org/?a=b#c"),
    date=dates,
    text=st.none() | st.builds(SourceText, sha256=st.from_regex("[0-9a-f]{64}", fullmatch=True), characters=st.just(1)),
    note=notes,
    statements=st.lists(statements, max_size=3).map(tuple),
)
entities = st.builds(
    Entities,
    type=ids,
    entities=st.lists(
        st.builds(
            Entity,
            id=ids,
            name=texts,
            short=st.none() | texts,
            aliases=names,
            description=texts,
            themes=st.lists(ids, max_size=2).map(tuple),
            featured=st.booleans(),
            note=notes,
        ),
        max_size=3,
    ).map(tuple),
)


def read_back(record: Record) -> Record:
    value, mark = read_yaml(spell(record), "f.yaml")
    return read_record(type(record), value, mark, "f.yaml")


@given(sources | entities)
def test_what_is_written_is_read_back_exactly(record: Record) -> None:
    assert read_back(record) == in_order(record)


@given(sources | entities)
def test_writing_what_was_read_changes_nothing(record: Record) -> None:
    assert spell(read_back(record)) == spell(record)


@given(words)
def test_a_plain_yaml_reader_takes_our_text_for_the_same_text(word: str) -> None:
    read = yaml.safe_load(spell(Text(zh=word)))["zh"]
    assert read == word or word[:4].isdigit()  # dates stand without quotes, and such a reader makes dates of them


def test_the_spelling_of_a_source() -> None:
    source = Source(
        id="2025-a",
        title=Text(zh="甲", en="A: b"),
        kind="news",
        publisher=Text(zh="乙"),
        official=True,
        language="zh",
        url="https://example.org",
        date=PartialDate("2025"),
        statements=(
            Figure(
                subject="it",
                figure="share",
                value=Decimal("50.00"),
                as_of=PartialDate("2025-03"),
                phrase="50",
                position=9,
            ),
            Relation(
                subject="it", relation="leads", object="x", role=Text(en="Head"), speaker="li", phrase="甲", note="a"
            ),
        ),
    )
    assert spell(source) == (
        "id: 2025-a\n"
        "title:\n"
        "  zh: 甲\n"
        '  en: "A: b"\n'
        "kind: news\n"
        "publisher:\n"
        "  zh: 乙\n"
        "official: true\n"
        "language: zh\n"
        "url: https://example.org\n"
        "date: 2025\n"
        "statements:\n"
        "  - figure: share\n"
        "    subject: it\n"
        "    value: 50\n"
        "    as_of: 2025-03\n"
        '    phrase: "50"\n'
        "    position: 9\n"
        "  - relation: leads\n"
        "    subject: it\n"
        "    object: x\n"
        "    role:\n"
        "      en: Head\n"
        "    speaker: li\n"
        "    phrase: 甲\n"
        "    note: a\n"
    )


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("2.4E+12", "2400000000000"),
        ("2.50", "2.5"),
        ("-0", "0"),
        ("-0.5", "-0.5"),
        ("1E-7", "0.0000001"),
        ("100", "100"),
    ],
)
def test_a_number_is_written_in_full(value: str, written: str) -> None:
    figure = Figure(subject="a", figure="b", value=Decimal(value), as_of=PartialDate("2025"), phrase="x")
    assert f"value: {written}\n" in spell(figure)


def placed(*positions: int | None) -> list[str]:
    """The phrases in the order in which statements with these positions are written."""
    made = [Status(subject="a", status="b", as_of=PartialDate("2025"), phrase=str(number), position=position)
            for number, position in enumerate(positions)]  # fmt: skip
    head = {"id": "a", "title": {"zh": "a"}, "kind": "a", "publisher": {"zh": "a"}, "official": True, "language": "zh"}
    source = Source.model_validate({**head, "url": "https://a.org", "date": 2025, "statements": tuple(made)})
    ordered = in_order(source)
    assert isinstance(ordered, Source)
    return [statement.phrase for statement in ordered.statements]


def test_statements_stand_by_position() -> None:
    assert placed(30, 10, 20) == ["1", "2", "0"]


def test_statements_of_one_position_keep_their_order() -> None:
    assert placed(10, 10, 5) == ["2", "0", "1"]


def test_a_statement_without_position_stays_behind_the_one_before_it() -> None:
    assert placed(None, 30, None, 10) == ["0", "3", "1", "2"]


def test_entities_stand_by_id() -> None:
    made = [Entity(id=key, name=Text(zh=key), description=Text(zh="x")) for key in ("b", "a", "a-b")]
    assert spell(Entities(type="t", entities=tuple(made))).count("id: ") == 3
    ordered = in_order(Entities(type="t", entities=tuple(made)))
    assert isinstance(ordered, Entities)
    assert [entity.id for entity in ordered.entities] == ["a", "a-b", "b"]


@pytest.mark.parametrize("listing", list(Vocabulary.model_fields))
def test_the_vocabulary_of_the_sample_is_spelt_as_it_stands(
    listing: str, sample_loaded: Loaded, sample_dir: Path
) -> None:
    file = sample_dir / "vocabulary" / f"{listing.replace('_', '-')}.yaml"
    assert spell_listing(sample_loaded.knowledge.vocabulary, listing) == file.read_text(encoding="utf-8")


def test_the_sources_of_the_sample_are_spelt_as_they_stand(sample_loaded: Loaded, sample_dir: Path) -> None:
    for source in sample_loaded.knowledge.sources.values():
        assert spell(source) == (sample_dir / "sources" / f"{source.id}.yaml").read_text(encoding="utf-8")
