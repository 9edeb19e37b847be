"""What only the query of an answer says: the metrics that it names."""

from __future__ import annotations

import pytest

from kg.graph.names import PREFIXES
from kg.view.answer_metric import metrics_named

BDE, METRIC = PREFIXES["bde"], PREFIXES["metric"]


@pytest.mark.parametrize(
    ("query", "named"),
    [
        (f"{{ ?f bde:metric <{METRIC}patents> }}", {"patents"}),
        (f"{{ ?f <{BDE}metric> metric:patents }}", {"patents"}),
        ("{ ?f bde:metric ?m }", set()),
        ("{ ?f bde:unit metric:patents }", set()),
        ("{ # bde:metric metric:patents\n }", set()),
        ("{ ?f bde:metric metric:a . ?g bde:metric metric:b }", {"a", "b"}),
        ("bde:metric", set()),
    ],
)
def test_the_metric_of_a_figure_is_found(query: str, named: set[str]) -> None:
    assert metrics_named(query) == named
