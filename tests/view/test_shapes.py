"""Every type of the vocabulary has an outline, the same one wherever it is drawn."""

from __future__ import annotations

from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

from kg.model.knowledge import Knowledge
from kg.model.vocabulary import Stage
from kg.view.shapes import FALLBACK, SHAPES, mask_of, path_of


def test_every_type_has_an_outline_of_its_own(knowledge: Knowledge) -> None:
    shapes = [type_.shape for type_ in knowledge.vocabulary.types]
    assert set(shapes) <= set(SHAPES)
    assert len({path_of(shape) for shape in shapes}) == len(shapes)


def test_a_shape_that_nobody_knows_is_drawn_all_the_same() -> None:
    assert path_of("dodecahedron") == SHAPES[FALLBACK]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("stage", ["achieved", "under-way", "planned"])
def test_a_glyph_is_well_formed_and_holds_the_outline(shape: str, stage: Stage) -> None:
    kind, _, picture = unquote(mask_of(shape, stage)).partition(",")
    assert kind == "data:image/svg+xml"
    root = ElementTree.fromstring(picture)  # noqa: S314 (our own text)
    assert SHAPES[shape] in {path.get("d") for path in root}


def test_what_is_planned_is_hollow_and_dashed() -> None:
    planned = unquote(mask_of("square", "planned"))
    assert "fill-opacity='0'" in planned
    assert "stroke-dasharray" in planned
    assert "stroke-dasharray" not in unquote(mask_of("square", "achieved"))
