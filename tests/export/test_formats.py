"""Every format has a name for people, and gives the same bytes in any process."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import NotFound
from kg.export.formats import FORMATS, get_format
from kg.graph.wording import wording
from kg.model.knowledge import Knowledge

HASHES = """
import hashlib, json, sys
from pathlib import Path
from kg.export.formats import FORMATS
from kg.load.files import load
knowledge = load(Path(sys.argv[1])).knowledge
print(json.dumps({name: hashlib.sha256(each.write(knowledge)).hexdigest() for name, each in FORMATS.items()}))
"""


def test_the_formats_are_those_that_the_data_set_describes() -> None:
    assert list(FORMATS) == list(wording().formats)


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_says_what_it_is(name: str) -> None:
    chosen = get_format(name)
    assert chosen.name == name
    assert chosen.title.zh
    assert chosen.title.en
    assert "/" in chosen.media_type
    assert chosen.file_name.endswith(chosen.suffix)


def test_no_two_formats_share_a_file_name() -> None:
    assert len({each.file_name for each in FORMATS.values()}) == len(FORMATS)


def test_an_unknown_format_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(NotFound, match=r"No export format “docx”\. Did you mean turtle, .*xlsx"):
        get_format("docx")


def test_another_process_with_another_hash_seed_writes_the_same_bytes(sample: Knowledge, sample_dir: Path) -> None:
    here = {name: hashlib.sha256(each.write(sample)).hexdigest() for name, each in FORMATS.items()}
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Shanghai"}
        command = [sys.executable, "-c", HASHES, str(sample_dir)]
        done = subprocess.run(command, capture_output=True, env=environment, check=True)
        assert json.loads(done.stdout) == here


@pytest.mark.parametrize("name", FORMATS)
def test_the_real_data_is_written(knowledge: Knowledge, name: str) -> None:
    assert FORMATS[name].write(knowledge)
