"""The commands as true processes, and the tables that they print."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.cli.answers import readable
from kg.cli.output import cut, table, width

SAMPLE = Path(__file__).resolve().parent / "sample"


def kg(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """A true process, with nothing of this one's terminal or locale."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))}
    command = [sys.executable, "-m", "kg", *arguments]
    return subprocess.run(
        command, capture_output=True, check=False, env={**kept, "KG_DATA": str(SAMPLE), **environment}
    )


@pytest.mark.parametrize(
    "environment", [{"LC_ALL": "C"}, {"PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}]
)
def test_output_is_utf8_in_any_locale(environment: dict[str, str]) -> None:
    process = kg("find", "cal", "--lang", "zh", **environment)
    assert process.returncode == 0
    assert "长安链" in process.stdout.decode("utf-8")
    assert process.stderr == b""


def test_the_language_is_that_of_the_locale() -> None:
    assert "名称" in kg("find", "cal", LC_ALL="zh_CN.UTF-8").stdout.decode("utf-8")
    assert "name" in kg("find", "cal", LC_ALL="C").stdout.decode("utf-8")


def test_an_error_in_a_true_process_is_one_line_and_no_traceback() -> None:
    process = kg("show", "xyzzy")
    assert process.returncode == 1
    assert process.stderr.decode("utf-8") == "Error: No entity “xyzzy”.\n"


def test_a_reader_that_stops_early_is_no_error_to_talk_about() -> None:
    command = f'"{sys.executable}" -m kg export nquads -o - | head -c 10'
    process = subprocess.run(
        ["/bin/sh", "-c", command], capture_output=True, check=False, env={**os.environ, "KG_DATA": str(SAMPLE)}
    )
    assert (len(process.stdout), process.stderr) == (10, b"")


def test_help_and_completion_import_nothing_heavy() -> None:
    heavy = {
        "pydantic",
        "yaml",
        "rdflib",
        "pyoxigraph",
        "networkx",
        "rapidfuzz",
        "streamlit",
        "pyvis",
        "opencc",
        "pypinyin",
    }
    code = f"import sys; from kg.cli.main import cli; print({heavy!r} & set(sys.modules))"
    process = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert process.stdout.strip() == "set()"


def test_tables_align_chinese_and_fit_the_terminal() -> None:
    rows = [("长安链", "Chang'an Chain"), ("x", "y" * 100)]
    lines = table(["zh", "en"], rows, room=40)
    assert {width(line) for line in lines} <= set(range(41))
    assert lines[2].index("Chang") == 5  # three characters of two columns, then the gap: 6 + 2 columns
    assert lines[3].endswith("…")


def test_a_cell_cannot_steer_the_terminal() -> None:
    (_, _, line) = table(["a"], [["\x1b[31mred\u202e\nnext"]])
    assert line == "\N{REPLACEMENT CHARACTER}[31mred\N{REPLACEMENT CHARACTER} next"


def test_a_cut_text_never_splits_a_wide_character() -> None:
    assert [cut("长安链", size) for size in (6, 5, 4)] == ["长安链", "长安…", "长…"]


def test_a_table_has_one_label_for_each_thing() -> None:
    columns = ("body", "body_zh", "body_en", "value", "role_zh", "role_en", "note_zh")
    assert readable(columns, "en") == [2, 3, 5, 6]
    assert readable(columns, "zh") == [1, 3, 4, 6]


def in_shell(line: str) -> subprocess.CompletedProcess[bytes]:
    """A command as a shell runs it: ``kg`` in ``line`` is the command."""
    return subprocess.run(
        ["/bin/sh", "-c", f'kg() {{ "{sys.executable}" -m kg "$@"; }}; {line}'],
        capture_output=True,
        check=False,
        env={**os.environ, "KG_DATA": str(SAMPLE), "LC_ALL": "C"},
    )


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("kg stats >&-", 0),
        ("kg export csv -o - >&-", 0),
        ("kg stats <&- >&- 2>&-", 0),
        ("kg show xyzzy 2>&-", 1),
        ("kg query - <&- 2>&1 | grep 'there is no query here'", 0),
    ],
)
def test_closed_streams_are_empty_ones(line: str, code: int) -> None:
    process = in_shell(line)
    assert process.returncode == code
    assert b"Traceback" not in process.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("arguments", ["--help", "stats", "export csv -o -"])
def test_a_full_disk_is_told_in_one_line(arguments: str) -> None:
    process = in_shell(f"kg {arguments} >/dev/full")
    assert (process.returncode, process.stderr) == (1, b"Error: No space left on device\n")


def test_a_pipe_whose_reader_stops_early_ends_well() -> None:
    process = in_shell("{ kg export nquads -o -; echo $? >&2; } | true")
    assert process.stderr == b"0\n"
