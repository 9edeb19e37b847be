"""The README shows what really happens."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli.main import cli

ROOT = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.zh.md")
BLOCK = re.compile(r"^```console\n\$ (.+)\n((?:.*\n)*?)```$", re.MULTILINE)
SHOWN = BLOCK.findall((ROOT / "README.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("command", "output"), SHOWN, ids=[command for command, _ in SHOWN])
def test_a_command_prints_what_the_readme_shows(command: str, output: str) -> None:
    result = CliRunner().invoke(cli, shlex.split(command)[1:])
    assert result.exit_code == 0
    assert [line.rstrip() for line in result.stdout.splitlines()] == output.splitlines()


def test_the_python_of_the_readme_runs() -> None:
    failures, tried = doctest.testfile(str(ROOT / "README.md"), module_relative=False, encoding="utf-8")
    assert tried
    assert not failures


@pytest.mark.parametrize("readme", READMES)
@pytest.mark.parametrize("command", sorted(cli.commands))
def test_each_command_is_in_the_readme(command: str, readme: str) -> None:
    assert f"`kg {command}" in (ROOT / readme).read_text(encoding="utf-8")


@pytest.mark.parametrize("readme", READMES)
def test_the_first_screen_has_both_commands_and_a_picture(readme: str) -> None:
    first_screen = "\n".join((ROOT / readme).read_text(encoding="utf-8").splitlines()[:25])
    assert "pip install -e . -c constraints.txt && streamlit run app.py" in first_screen
    assert 'pip install -e ".[test]" -c constraints.txt && pytest' in first_screen
    picture = re.search(r"!\[.+\]\((.+)\)", first_screen)
    assert picture is not None
    assert (ROOT / picture[1]).is_file()


@pytest.mark.parametrize("document", [*READMES, "CONTRIBUTING.md", "data/README.md"])
def test_each_link_within_the_repository_leads_somewhere(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)]+)\)", text) if "://" not in link]
    assert not [link for link in links if link and not ((ROOT / document).parent / link).exists()]
