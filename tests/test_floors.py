"""The house stands: imports go down the floors, heavy libraries keep to theirs, and rooms stay small."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "kg"
MODULES = sorted(PACKAGE.rglob("*.py"))

#: Floors from the lowest to the highest; peers share a height and must not import each other.
FLOORS = {
    "errors": 0,
    "collector": 0,
    "model": 1,
    "load": 2,
    "check": 3,
    "graph": 4,
    "engine": 5,
    "query": 6,
    "view": 7,
    "export": 7,
    "ui": 8,
    "serve": 8,
    "cli": 9,
}

#: The one floor (or few) where a heavy library may be imported.
HOMES = {
    "yaml": {"load"},
    "pyoxigraph": {"engine"},
    "streamlit": {"ui"},
    "pyvis": {"view"},
    "click": {"cli"},
    "starlette": {"serve"},
    "uvicorn": {"serve"},
    "mimeparse": {"serve"},
    "pypinyin": {"graph"},
    "opencc": {"graph"},
    "rdflib": {"graph", "export"},
    "xlsxwriter": {"export"},
    "pyarrow": {"export"},
    "rapidfuzz": {"query"},
    "resvg_py": {"view"},
    "pylopdf_fonts_zh_cn": {"view"},
}

MOST_LINES = 300
MOST_FUNCTION_LINES = 40


def name_of(module: Path) -> str:
    return module.relative_to(PACKAGE.parent).with_suffix("").as_posix().replace("/", ".")


def floor_of(dotted: str) -> str:
    return [*dotted.split("."), ""][1]


def imports_of(module: Path) -> Iterator[str]:
    """Every module that is imported anywhere in the file, inside functions too."""
    for statement in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(statement, ast.Import):
            yield from (alias.name for alias in statement.names)
        elif isinstance(statement, ast.ImportFrom):
            assert statement.level == 0, f"{name_of(module)}: relative import in line {statement.lineno}"
            yield statement.module or ""


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_imports_go_down_the_floors(module: Path) -> None:
    here = floor_of(name_of(module))
    if here in ("", "__init__", "__main__"):
        return  # the front doors may open on any floor
    upward = [
        imported
        for imported in imports_of(module)
        if imported.split(".")[0] == "kg"
        and floor_of(imported) != here
        and FLOORS.get(floor_of(imported), len(FLOORS)) >= FLOORS[here]
    ]
    assert not upward, f"{name_of(module)} is on floor {here} and imports {upward}"


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_heavy_libraries_keep_to_their_floor(module: Path) -> None:
    here = floor_of(name_of(module))
    strays = [i for i in imports_of(module) if here not in HOMES.get(i.split(".")[0], {here})]
    assert not strays, f"{name_of(module)} imports {strays}: allowed in {[HOMES[i.split('.')[0]] for i in strays]}"


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_rooms_are_small_and_say_their_job(module: Path) -> None:
    text = module.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert ast.get_docstring(tree), f"{name_of(module)} has no docstring that names its job"
    assert len(text.splitlines()) <= MOST_LINES, f"{name_of(module)} is longer than {MOST_LINES} lines: split it"
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) and function.end_lineno:
            first = function.body[1] if ast.get_docstring(function) and len(function.body) > 1 else function.body[0]
            lines = function.end_lineno - first.lineno + 1
            assert lines <= MOST_FUNCTION_LINES, f"{name_of(module)}.{function.name} has {lines} lines: split it"
