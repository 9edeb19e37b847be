"""A picture as PNG: of the asked size, with its Chinese names drawn and not boxed, the same on any machine."""

from __future__ import annotations

import io
import sys
import xml.etree.ElementTree as ET
from importlib.metadata import distribution
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageFont
from pylopdf_fonts_zh_cn import sans_path

from kg.engine.base import Engine
from kg.model.knowledge import Knowledge
from kg.model.text import LANGS, Text
from kg.query.overview import overview
from kg.query.rows import EntityRef
from kg.view.network import Dot, make_network, network_of
from kg.view.picture import arrange, draw
from kg.view.png import png
from kg.view.svg import svg
from kg.view.svg_text import clean, text_width
from kg.view.terms import Terms

TEXT = "{http://www.w3.org/2000/svg}text"


def picture(knowledge: Knowledge, name: str, width: int = 800, look: Any = "light") -> str:
    dots = [Dot(EntityRef("one", "place", Text(zh=name)), featured=True)]
    network = make_network(dots, [])
    data = draw(network, arrange(network, knowledge.vocabulary), knowledge.vocabulary, "zh").data(knowledge.vocabulary)
    return svg(data, width=width, look=look, title="", lang="zh")


def bare(words: str) -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="40">'
        f'<rect width="400" height="40" fill="white"/><text x="9" y="28" font-size="20">{clean(words)}</text></svg>'
    )


def image(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("L")


def ink(one: Image.Image) -> int:
    """How many pixels are dark."""
    return sum(one.histogram()[:128])


def name_of(text: str, drawn: Image.Image) -> Image.Image:
    """The part of a drawn picture in which its only name stands."""
    root = ET.fromstring(text)  # noqa: S314 (our own text)
    name = next(one for one in root.iter(TEXT) if not one.get("stroke"))
    times = drawn.width / float(root.get("viewBox", "").split()[2])
    x, y, half = float(name.get("x", 0)), float(name.get("y", 0)), text_width(name.text or "", 12.5, bold=True) / 2
    return drawn.crop(tuple(round(times * side) for side in (x - half - 1, y - 12, x + half + 1, y + 3)))  # type: ignore[arg-type]


def test_a_chinese_name_is_drawn_where_it_stands(knowledge: Knowledge) -> None:
    texts = [picture(knowledge, name) for name in ("一区", "疆区")]
    few, many = (name_of(text, image(png(text))) for text in texts)
    assert few.size == many.size
    assert 0 < ink(few) < ink(many)  # a box is as dark as the next one


def test_no_common_character_is_an_empty_box(knowledge: Knowledge) -> None:
    entities = knowledge.entities.values()
    used = {char for entity in entities for _, name in entity.name.items() for char in name if not char.isspace()}
    box = image(png(bare("\U000f0000")))
    assert ink(box) > 0
    boxed = [char for char in sorted(used) if ImageChops.difference(image(png(bare(char))), box).getbbox() is None]
    assert len(used) > 300
    assert boxed == []


@pytest.mark.parametrize(
    ("asked", "size"), [({"width": 333}, 333), ({"scale": 0.5}, 400), ({"scale": 2}, 1600), ({}, 800)]
)
def test_it_is_as_large_as_asked(knowledge: Knowledge, asked: dict[str, Any], size: int) -> None:
    text = picture(knowledge, "北京")
    drawn = image(png(text, **asked))
    own = float(ET.fromstring(text).get("height", 0))  # noqa: S314 (our own text)
    assert drawn.width == size
    assert drawn.height == pytest.approx(own * size / 800, abs=1)


@pytest.mark.parametrize("asked", [{"width": 0}, {"width": -5}, {"scale": 0}, {"width": 10**6}])
def test_a_picture_that_cannot_be_is_refused(knowledge: Knowledge, asked: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="cannot be drawn"):
        png(picture(knowledge, "北京"), **asked)


def test_the_same_picture_is_the_same_bytes(knowledge: Knowledge) -> None:
    text = picture(knowledge, "北京", look="dark")
    assert png(text) == png(text)


def test_a_semibold_name_is_darker_than_a_plain_one(knowledge: Knowledge) -> None:
    text = picture(knowledge, "北京")
    assert 'font-weight="600"' in text
    plain = image(png(text.replace('font-weight="600"', "")))
    assert ink(name_of(text, image(png(text)))) > 1.1 * ink(name_of(text, plain))


def test_an_apostrophe_takes_no_more_room_than_in_print() -> None:
    assert png(bare("Chang’an")) == png(bare("Chang'an"))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=30))
def test_any_text_can_be_drawn(words: str) -> None:
    assert image(png(bare(words))).size == (400, 40)


@pytest.mark.parametrize("name", ["🚀👩‍👩‍👧", "مرحبا", "\u202eabc", "<b>&\"'", "x" * 200])
def test_any_name_can_be_drawn(knowledge: Knowledge, name: str) -> None:
    assert ink(image(png(picture(knowledge, name)))) > 0


@pytest.mark.parametrize("lang", LANGS)
def test_the_room_that_is_kept_for_names_is_enough_in_this_font(
    knowledge: Knowledge, engine: Engine, lang: Any
) -> None:
    network = network_of(overview(engine), Terms(knowledge.vocabulary))
    data = draw(network, arrange(network, knowledge.vocabulary), knowledge.vocabulary, lang).data(knowledge.vocabulary)
    font = ImageFont.truetype(str(sans_path()), 1000)
    lines = {line for node in data["nodes"] for form in node["forms"] for line in form}
    for line in lines:
        needed = font.getlength(line) * 12.5 / 1000
        assert needed - 1 < text_width(line, 12.5) < 1.1 * needed + 3, line


@pytest.mark.parametrize("missing", ["resvg_py", "pylopdf_fonts_zh_cn"])
def test_what_is_missing_is_said_with_its_cure(
    monkeypatch: pytest.MonkeyPatch, knowledge: Knowledge, missing: str
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(ModuleNotFoundError, match=rf"{missing}\. Run: pip install"):
        png(picture(knowledge, "北京"))


def test_the_font_may_be_passed_on() -> None:
    package = distribution("pylopdf-fonts-zh-cn")
    licence = next(file for file in package.files or () if file.name == "LICENSE")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence.read_text()
