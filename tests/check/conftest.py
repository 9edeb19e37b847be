"""Broken copies of the sample, and what the rules find in them that they do not find in the sample itself."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.check.rules import check
from kg.errors import Problem
from kg.load.files import Loaded, load

Edit = tuple[str, str, str]


@pytest.fixture
def broken(sample_dir: Path, tmp_path: Path) -> Callable[..., Loaded]:
    """Load a copy of the sample with edits: (file, old words, new words); "" for the old words appends."""

    def make(*edits: Edit) -> Loaded:
        folder = tmp_path / "data"
        shutil.copytree(sample_dir, folder, dirs_exist_ok=True)
        for file, old, new in edits:
            path = folder / file
            text = path.read_text(encoding="utf-8")
            assert old in text, f"the sample's {file} has no “{old}”"
            path.write_text(text.replace(old, new, 1) if old else text + new, encoding="utf-8")
        return load(folder)

    return make


@pytest.fixture
def found(broken: Callable[..., Loaded], sample_loaded: Loaded) -> Callable[..., list[Problem]]:
    """The problems of an edited sample that the sample itself, adversarial as it is, does not have."""

    def find(*edits: Edit) -> list[Problem]:
        before = {(problem.file, problem.record, problem.message) for problem in check(sample_loaded)}
        after = check(broken(*edits))
        return [problem for problem in after if (problem.file, problem.record, problem.message) not in before]

    return find
