"""Files rewritten on disk: only where needed, whole or not at all, without losing a word."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg.errors import DataError
from kg.load.files import load
from kg.load.save import format_folder, save_source
from kg.load.text_file import read_text, replace_text

UNITS = "vocabulary/units.yaml"


@pytest.fixture
def folder(sample_dir: Path, tmp_path: Path) -> Path:
    """A canonical copy of the sample."""
    made = Path(shutil.copytree(sample_dir, tmp_path / "data"))
    format_folder(made, write=True)
    return made


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_formatting_twice_changes_nothing(folder: Path) -> None:
    before = contents(folder)
    assert format_folder(folder, write=True) == []
    assert contents(folder) == before


def test_formatting_keeps_what_the_files_say(folder: Path, sample_dir: Path) -> None:
    assert dict(load(folder).knowledge.entities) == dict(load(sample_dir).knowledge.entities)


def test_only_the_files_that_differ_are_named_and_written(folder: Path) -> None:
    before = contents(folder)
    edit(folder / UNITS, "zh: 条", "zh: '条'")
    assert format_folder(folder, write=False) == [folder / UNITS]
    assert contents(folder) != before
    assert format_folder(folder, write=True) == [folder / UNITS]
    assert contents(folder) == before


def test_windows_line_ends_are_not_canonical(folder: Path) -> None:
    path = folder / UNITS
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert format_folder(folder, write=True) == [path]
    assert b"\r" not in path.read_bytes()


def test_nothing_is_written_while_a_file_cannot_be_read(folder: Path) -> None:
    edit(folder / UNITS, "zh: 条", "zh: '条'")
    (folder / "entities" / "agency.yaml").write_text("type: agency\nentities:\n  - id: no\n")
    before = contents(folder)
    with pytest.raises(DataError):
        format_folder(folder, write=True)
    assert contents(folder) == before


@pytest.mark.parametrize(
    "comment", ["# a remark\nunits:", "units: # a remark", "units:\n  # a remark", "units:\n# a # b"]
)
def test_a_comment_is_not_lost_in_silence(folder: Path, comment: str) -> None:
    edit(folder / UNITS, "units:", comment)
    before = contents(folder)
    assert format_folder(folder, write=False) == [folder / UNITS]
    with pytest.raises(DataError, match="comment would be lost") as raised:
        format_folder(folder, write=True)
    lines = (folder / UNITS).read_text(encoding="utf-8").splitlines()
    assert [lines[problem.line - 1].count("#") > 0 for problem in raised.value.problems] == [True]
    assert contents(folder) == before


def test_a_hash_within_a_text_is_no_comment(folder: Path) -> None:
    edit(folder / UNITS, "zh: 条", "zh: 'a # b'")
    assert format_folder(folder, write=True) == [folder / UNITS]
    assert load(folder).knowledge.units["record"].name.zh == "a # b"


def test_a_source_is_saved_in_its_canonical_spelling(folder: Path) -> None:
    source = load(folder).knowledge.sources["2024-06-sample"]
    path = save_source(folder, source.model_copy(update={"note": "新"}))
    assert path.read_text(encoding="utf-8").count("note: 新\n") == 1
    assert format_folder(folder, write=False) == []


def test_a_new_source_is_saved_as_a_new_file(folder: Path) -> None:
    source = load(folder).knowledge.sources["2024-06-sample"].model_copy(update={"id": "2024-06-copy"})
    assert save_source(folder, source).name == "2024-06-copy.yaml"
    assert "2024-06-copy" in load(folder).knowledge.sources


def test_saving_a_source_does_not_lose_a_comment(folder: Path) -> None:
    path = folder / "sources" / "2024-06-sample.yaml"
    edit(path, "kind: news", "kind: news  # really?")
    with pytest.raises(DataError, match="comment would be lost"):
        save_source(folder, load(folder).knowledge.sources["2024-06-sample"])


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(UnicodeEncodeError):
        replace_text(path, "new \ud800")
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_replaced_file_keeps_its_rights(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o600)
    replace_text(path, "新\n")
    assert path.read_bytes() == "新\n".encode()
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_text_is_read_without_its_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("\ufeff新闻".encode())
    assert read_text(tmp_path / "a.txt") == "新闻"


def test_a_text_that_is_not_utf8_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"a\nb\n" + "新闻".encode("gb18030"))
    with pytest.raises(DataError, match="not UTF-8") as raised:
        read_text(tmp_path / "a.txt")
    assert raised.value.problems[0].line == 3


@pytest.mark.parametrize("name", ["nowhere.txt", "."])
def test_what_is_no_file_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        read_text(tmp_path / name)


def test_a_file_that_cannot_be_replaced_is_named_as_it_is_known(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file") as caught:
        replace_text(tmp_path / "nowhere" / "a.yaml", "a: 1\n")
    assert caught.value.filename == str(tmp_path / "nowhere" / "a.yaml")
