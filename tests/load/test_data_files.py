"""A folder of data files, good and broken."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg.errors import DataError, Problem
from kg.load.files import Loaded, load

SOURCE = "sources/2025-01-05-sample.yaml"
AGENCY = "entities/agency.yaml"


@pytest.fixture
def folder(sample_dir: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sample_dir, tmp_path / "data"))


@pytest.fixture
def refused(folder: Path) -> Callable[..., list[Problem]]:
    """The problems of the sample after replacing ``old`` by ``new`` in a file."""

    def edit(file: str, old: str, new: str) -> list[Problem]:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return problems(folder)

    return edit


def problems(folder: Path) -> list[Problem]:
    with pytest.raises(DataError) as raised:
        load(folder)
    return list(raised.value.problems)


def test_the_sample_is_read_whole(sample_loaded: Loaded) -> None:
    knowledge = sample_loaded.knowledge
    assert len(knowledge.entities) == 6
    assert knowledge.type_of["changan-chain"] == "technology"
    assert [len(source.statements) for source in knowledge.sources.values()] == [2, 6]
    assert list(knowledge.metrics) == ["records-shared", "time-saved"]


def test_every_record_has_its_place(sample_loaded: Loaded, sample_dir: Path) -> None:
    origin = sample_loaded.origin
    for place, words in (
        (origin.entity("changan-chain"), "id: changan-chain"),
        (origin.entity("changan-chain", "aliases", "en", 0), "- ChainMaker"),
        (origin.term("metrics", "time-saved", "unit"), "unit: percent"),
        (origin.source("2024-06-sample", "kind"), "kind: news"),
        (origin.statement("2025-01-05-sample", 2, "status"), "status: announced"),
    ):
        lines = (sample_dir / place.file).read_text(encoding="utf-8").splitlines()
        assert words in lines[place.line - 1]


def test_what_was_loaded_cannot_be_changed(sample_loaded: Loaded) -> None:
    with pytest.raises(TypeError):
        sample_loaded.knowledge.entities["new"] = None  # type: ignore[index]


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path / "nowhere")
    assert problem.message == "there is no such folder"


def test_an_empty_folder_lacks_everything(tmp_path: Path) -> None:
    missing = {problem.file for problem in problems(tmp_path)}
    assert {"vocabulary", "entities", "sources", "vocabulary/types.yaml", "vocabulary/source-kinds.yaml"} <= missing


def test_files_that_do_not_belong_are_told(folder: Path) -> None:
    (folder / "notes.txt").write_text("x")
    (folder / "sources" / "a.yml").write_text("x")
    (folder / "entities" / "more").mkdir()
    (folder / "vocabulary" / "colours.yaml").write_text("colours: []\n")
    found = [problem.file for problem in problems(folder)]
    assert found == ["entities/more", "notes.txt", "sources/a.yml", "vocabulary/colours.yaml"]


def test_words_for_people_and_hidden_files_may_lie_there(folder: Path) -> None:
    for name in ("README.md", "LICENSE", ".DS_Store", "sources/.2025.yaml.swp", "entities/.x.yaml"):
        (folder / name).write_text("x")
    load(folder)


def test_every_broken_file_is_told_not_only_the_first(folder: Path) -> None:
    (folder / AGENCY).write_bytes("type: 机构".encode("gb18030"))
    (folder / SOURCE).write_text("")
    (folder / "vocabulary" / "units.yaml").write_text("units: [1\n")
    assert [problem.file for problem in problems(folder)] == [AGENCY, SOURCE, "vocabulary/units.yaml"]


def test_bytes_that_are_not_utf8_are_told_with_their_line(folder: Path) -> None:
    (folder / AGENCY).write_bytes(b"type: agency\nentities:\n  - id: \xb1\xb1\xbe\xa9\n")
    (problem,) = problems(folder)
    assert (problem.line, "B1" in problem.message, "UTF-8" in problem.cure) == (3, True, True)


def test_an_id_over_two_files_is_told_with_both_places(refused: Callable[..., list[Problem]]) -> None:
    (problem,) = refused("entities/person.yaml", "id: liu-weihua", "id: changan-chain")
    assert (problem.file, problem.record) == ("entities/technology.yaml", "changan-chain")
    assert "entities/person.yaml on line" in problem.message


def test_an_id_twice_in_the_vocabulary_is_told(refused: Callable[..., list[Problem]]) -> None:
    (problem,) = refused("vocabulary/units.yaml", "id: percent", "id: record")
    assert "already taken, in vocabulary/units.yaml on line 2" in problem.message


def test_one_id_may_name_terms_of_different_lists(refused: Callable[..., list[Problem]], folder: Path) -> None:
    text = (folder / "vocabulary/themes.yaml").read_text(encoding="utf-8")
    (folder / "vocabulary/themes.yaml").write_text(text.replace("core-technology", "technology"), encoding="utf-8")
    load(folder)


def test_the_type_is_the_name_of_the_file(refused: Callable[..., list[Problem]]) -> None:
    (problem,) = refused(AGENCY, "type: agency", "type: body")
    assert (problem.file, problem.line) == (AGENCY, 1)


def test_the_id_of_a_source_is_the_name_of_its_file(refused: Callable[..., list[Problem]]) -> None:
    (problem,) = refused(SOURCE, "id: 2025-01-05-sample", "id: 2025-01-05-other")
    assert "2025-01-05-other.yaml" in problem.cure


def test_a_list_of_another_file_is_sent_there(refused: Callable[..., list[Problem]]) -> None:
    (problem,) = refused("vocabulary/units.yaml", "units:", "themes: []\nunits:")
    assert problem.cure == "Move it to its own file"


def test_a_thousand_problems_are_all_told(folder: Path) -> None:
    records = "".join(f"  - id: Bad_{index}\n" for index in range(1000))
    (folder / AGENCY).write_text(f"type: agency\nentities:\n{records}", encoding="utf-8")
    assert len(problems(folder)) == 3000  # a wrong id, no name, no description


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "record", "message", "cure"),
    [
        (AGENCY, "    short:", "    shrot:", 7, "science-commission", "“shrot” is not a key", "“short”"),
        (AGENCY, "    themes:", "    colour: red\n    themes:", 13, "science-commission", "“colour” is", "aliases"),
        (AGENCY, "id: science-commission", "id: Science_Commission", 3, "Science_Commission", "is not an id", "a-z"),
        (AGENCY, "zh: 市科委", "zh: 2025", 8, "science-commission", "is not text", "quotes"),
        (AGENCY, "zh: 市科委", 'zh: " 市科委"', 8, "science-commission", "begins or ends with a space", "one line"),
        (AGENCY, "    themes:", "    featured: 1\n    themes:", 13, "science-commission", "neither true", "true"),
        (SOURCE, "date: 2025-01-05", "date: 2025-02-30", 12, "2025-01-05-sample", "not in the calendar", "Correct"),
        (SOURCE, "date: 2025-01-05", "date: 5.1.2025", 12, "2025-01-05-sample", "is not a date", "Correct"),
        (SOURCE, "language: zh", "language: fr", 10, "2025-01-05-sample", "not one of the possible", "zh or en"),
        (SOURCE, "official: false", 'official: "false"', 9, "2025-01-05-sample", "neither true", "without quotes"),
        (SOURCE, "url: https://", "url: www.", 11, "2025-01-05-sample", "not a web address", "https://"),
        (SOURCE, "title:\n  zh: 样本发布会\n  en: Sample press conference", "title: 样本", 2, "2025-01-05-sample",
         "no keys", "zh"),
        (SOURCE, "kind: news\n", "", 1, "2025-01-05-sample", "the key “kind” is missing", "kind:"),
        (SOURCE, "    phrase: 市科委牵头长安链\n", "", 21, "statement 2", "the key “phrase” is missing", "phrase:"),
        (SOURCE, "市科委牵头长安链", "链" * 41, 25, "statement 2", "has 41 characters, more than 40", "shortest run"),
        (SOURCE, "relation: leads", "relatoin: leads", 21, "statement 2", "“relatoin” is not a key", "“relation”"),
        (SOURCE, "relation: leads", "was: leads", 21, "statement 2", "none of the keys", "Begin it"),
        (SOURCE, "    object: changan-chain\n    sp", "    figure: x\n    object: a\n    sp", 23, "statement 2",
         "“figure” is not a key", "two statements"),
        (SOURCE, "value: 50", 'value: "50"', 46, "statement 6", "a value is a number", "Correct"),
        (SOURCE, "value: 50", "value: 五十", 46, "statement 6", "a value is a number", "Correct"),
        (SOURCE, "value: 50", "value: true", 46, "statement 6", "a value is a number", "Correct"),
        (SOURCE, "aim: target", "aim: goal", 49, "statement 6", "not one of the possible", "target"),
        (SOURCE, "aim: target", "position: -1", 49, "statement 6", "too small", "from 0 on"),
        (SOURCE, "aim: target", "position: 1.5", 49, "statement 6", "not a whole number", "whole number"),
        (SOURCE, "    role:\n      zh: 副主任\n      en: Deputy Director\n", "    role: {}\n", 17, "statement 1",
         "neither zh nor en is given", "Correct"),
        ("vocabulary/types.yaml", '"#5A6EC2"', '"#5a6ec2"', 13, "agency", "is not a colour", "capital"),
        ("vocabulary/types.yaml", "schema:Person", "Person", 23, "person", "standard vocabulary", "schema:Person"),
        ("vocabulary/units.yaml", "units:", "unit:", 1, "", "“unit” is not a key", "“units”"),
        ("entities/agency.yaml", "entities:", "entities: none\nx:", 2, "", "is not a list", "“- ”"),
    ],
)  # fmt: skip
def test_a_field_that_does_not_fit_is_told_in_plain_words(
    refused: Callable[..., list[Problem]],
    file: str, old: str, new: str, line: int, record: str, message: str, cure: str,
) -> None:  # fmt: skip
    found = [problem for problem in refused(file, old, new) if message in problem.message]
    assert [(problem.file, problem.line, problem.record) for problem in found] == [(file, line, record)]
    assert cure in found[0].cure
    assert not {"pydantic", "validation", "input should", "http://errors"} & set(str(found[0]).lower().split())


@pytest.mark.parametrize("locked", ["", "entities"])
def test_a_folder_that_cannot_be_read_is_not_taken_for_an_empty_one(
    folder: Path, locked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    listing = Path.iterdir

    def iterdir(path: Path) -> Iterator[Path]:
        if path == folder / locked:
            raise PermissionError(13, "Permission denied", str(path))
        return listing(path)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    (problem,) = problems(folder)
    assert (problem.file, problem.message) == (str(folder / locked), "it cannot be read: Permission denied")
    assert problem.cure.startswith("Allow reading it")


def test_a_file_in_place_of_the_data_folder_is_told(folder: Path) -> None:
    (problem,) = problems(folder / AGENCY)
    assert problem.message == "it is not a folder"


def test_a_folder_named_as_a_data_file_is_told_for_what_it_is(folder: Path) -> None:
    (folder / "entities" / "more.yaml").mkdir()
    (problem,) = problems(folder)
    assert str(problem) == "entities/more.yaml: it is a folder. Move it elsewhere: only files lie here."
