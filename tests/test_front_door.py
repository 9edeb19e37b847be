"""The front door opens on exactly what it promises."""

from __future__ import annotations

import subprocess
import sys

import pytest

import kg


@pytest.mark.parametrize("name", kg.__all__)
def test_each_name_at_the_front_door_is_there(name: str) -> None:
    assert getattr(kg, name) is not None


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        kg.no_such_name  # noqa: B018  # reading the attribute is the test


def test_the_package_alone_imports_no_heavy_library() -> None:
    heavy = ("rdflib", "pydantic", "pyoxigraph", "streamlit", "yaml")
    code = f"import sys, kg; print([name for name in {heavy} if name in sys.modules])"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
