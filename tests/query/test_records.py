"""A graph that breaks its own rules is told of, not shown by half."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.errors import QueryError
from kg.query.describe import value
from kg.query.records import entity_record, source_record


@pytest.mark.parametrize(
    ("read", "zh"),
    [
        (lambda: entity_record("a-body", {}, ()), "“a-body”缺少名称或说明"),
        (lambda: source_record("a-source", {}, {}, ()), "来源“a-source”的记录不完整"),
        (lambda: value({}, "bde:asOf", "statement 1"), "“statement 1”缺少必需的 bde:asOf"),
    ],
)
def test_what_is_missing_is_said_in_both_languages(read: Callable[[], object], zh: str) -> None:
    with pytest.raises(QueryError, match="check it against its shapes") as caught:
        read()
    assert zh in caught.value.say("zh")
