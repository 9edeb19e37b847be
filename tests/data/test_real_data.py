"""The data itself: clean, in its one spelling, complete, and proved against the texts that are at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.check.rules import check
from kg.check.verify import verify
from kg.load.files import Loaded
from kg.load.records import read_record
from kg.load.save import format_folder
from kg.load.text_file import read_text
from kg.load.yaml_reader import read_yaml
from kg.model.knowledge import Knowledge
from kg.model.source import Source
from kg.model.statement import Figure, Relation

FOUNDING = "2025-03-20-benchmark-city-press-conference"


def test_the_data_are_clean(loaded: Loaded) -> None:
    problems = check(loaded)
    assert not problems, "\n" + "\n".join(str(problem) for problem in problems)


def test_every_file_is_in_its_one_spelling(data_dir: Path) -> None:
    differing = [path.relative_to(data_dir).as_posix() for path in format_folder(data_dir, write=False)]
    assert not differing, f"run: kg format ({', '.join(differing)})"


def test_the_founding_article_is_told_whole(knowledge: Knowledge) -> None:
    """The least that the first issue of the graph asked for; fewer would mean that something was lost."""
    statements = knowledge.sources[FOUNDING].statements
    assert len(knowledge.entities) >= 90
    assert sum(isinstance(statement, Figure) for statement in statements) >= 20
    assert sum(isinstance(statement, Relation) for statement in statements) >= 130


def test_every_phrase_is_proved_against_its_text(loaded: Loaded) -> None:
    texts = loaded.folder.resolve().parents[1] / "shared" / "sources"
    at_hand = [source for source in loaded.knowledge.sources if (texts / f"{source}.txt").is_file()]
    if not at_hand:
        pytest.skip("no text of a source lies in ../shared/sources beside the repository")
    for source_id in at_hand:
        source = loaded.knowledge.sources[source_id]
        result = verify(source, read_text(texts / f"{source_id}.txt"), loaded.origin)
        assert result.recorded, f"run: kg verify {source_id} TEXTFILE --record"
        assert result.holds, "\n" + "\n".join(str(problem) for problem in result.problems)
        assert len(result.proofs) == len(source.statements)


def test_the_record_in_the_guide_is_a_real_one(knowledge: Knowledge, data_dir: Path) -> None:
    guide = (data_dir / "README.md").read_text(encoding="utf-8")
    assert guide.startswith("These files are the graph. Everything else is made from them.")
    shown = guide.partition("```yaml\n")[2].partition("```")[0]
    source = knowledge.sources[FOUNDING]
    head = {name: getattr(source, name) for name in Source.model_fields if name != "statements"}
    value, mark = read_yaml(shown, "README.md")
    known = [statement.model_copy(update={"position": None}) for statement in source.statements]
    for statement in read_record(Source, {**head, **value}, mark, "README.md").statements:
        assert statement in known, f"data/README.md shows a statement that is not in the data: {statement}"
