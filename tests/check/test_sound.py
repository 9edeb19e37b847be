"""Data that a graph cannot be made of is refused before one is made."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg.check.sound import load_knowledge, load_sound
from kg.errors import DataError


def test_an_id_that_does_not_exist_is_refused_with_its_place(sample_dir: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(sample_dir, folder)
    source = folder / "sources" / "2025-01-05-sample.yaml"
    broken = source.read_text(encoding="utf-8").replace("object: changan-chain", "object: changan-chian")
    source.write_text(broken, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_sound(folder)
    problem = caught.value.problems[0]
    assert (problem.file, problem.line > 0) == ("sources/2025-01-05-sample.yaml", True)
    assert "changan-chian" in problem.message


def test_what_is_only_untidy_is_read(sample_dir: Path) -> None:
    assert "isolated-technology" in load_knowledge(sample_dir).entities


def test_a_folder_can_be_named_by_a_text(sample_dir: Path) -> None:
    assert load_knowledge(str(sample_dir)) == load_knowledge(sample_dir)


def test_the_folder_comes_from_the_environment(sample_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_DATA", str(sample_dir))
    assert "isolated-technology" in load_knowledge().entities
