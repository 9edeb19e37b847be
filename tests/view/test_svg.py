"""A picture as an SVG file: real text, nothing from outside, nothing that only a browser understands."""

from __future__ import annotations

import copy
import re
import xml.etree.ElementTree as ET
from typing import Any

import pytest

from kg.engine.base import Engine
from kg.model.knowledge import Knowledge
from kg.model.text import LANGS, Lang, Text
from kg.model.vocabulary import Stage
from kg.query.overview import overview
from kg.query.rows import EntityRef
from kg.view.look import FONTS, LOOKS
from kg.view.network import Dot, Line, Network, make_network, network_of
from kg.view.picture import arrange, draw
from kg.view.svg import Key, legend_of, svg
from kg.view.svg_text import fill, text_width
from kg.view.terms import Terms

NS = "{http://www.w3.org/2000/svg}"
ALLOWED = {NS + tag for tag in ("svg", "title", "desc", "metadata", "rect", "g", "path", "circle", "text")}
STAGES: dict[Stage, str] = {"achieved": "In place", "under-way": "Under way", "planned": "Planned"}
CAPTION = (
    "Source: a press conference of 20 March 2025. Data version 0123456789ab. Data: CC BY 4.0; 引文版权归原作者所有。"
)

HOSTILE = [
    "</script><script>alert(1)</script>",
    "\"double\" 'single' & <b>bold</b>",
    "🚀👩‍👩‍👧 emoji",
    "مرحبا بالعالم",
    "]]><!-- --> <![CDATA[ &amp; &#0; <?php ?>",
    "长" * 200,
    "A" * 200,
    "\x00nul\x0b\x1f\ufffe\uffff\ud800control",
]


@pytest.fixture(scope="module")
def network(knowledge: Knowledge, engine: Engine) -> Network[str]:
    return network_of(overview(engine), Terms(knowledge.vocabulary))


@pytest.fixture(scope="module", params=LANGS)
def lang(request: pytest.FixtureRequest) -> Lang:
    found: Lang = request.param
    return found


@pytest.fixture(scope="module")
def data(knowledge: Knowledge, network: Network[str], lang: Lang) -> dict[str, Any]:
    return data_of(knowledge, network, lang)


@pytest.fixture(scope="module")
def small(knowledge: Knowledge) -> dict[str, Any]:
    """Two entities with a stated relation, a planned one back, and one of the first to itself."""
    dots = [
        Dot(EntityRef("one", "platform", Text(zh="甲平台")), stage="under-way"),
        Dot(EntityRef("two", "person", Text(zh="乙先生")), stage="planned"),
    ]
    lines = [
        Line("s1", "one", "two", Text(zh="服务于")),
        Line("s2", "two", "one", Text(zh="将建设"), planned=True),
        Line("s3", "one", "one", Text(zh="包含")),
    ]
    return data_of(knowledge, make_network(dots, lines), "zh")


def data_of(knowledge: Knowledge, network: Network[str], lang: Lang) -> dict[str, Any]:
    vocabulary = knowledge.vocabulary
    return draw(network, arrange(network, vocabulary), vocabulary, lang).data(vocabulary)


def draw_svg(data: dict[str, Any], **more: Any) -> str:
    return svg(data, **{"width": 1600, "look": "light", "title": "Title", "lang": "zh", "caption": CAPTION} | more)


def parse(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314 (our own text)


def layer(root: ET.Element, name: str) -> ET.Element:
    found = root.find(f"{NS}g[@id='{name}']")
    assert found is not None
    return found


def written(root: ET.Element) -> list[str]:
    return [one.text or "" for one in root.iter(f"{NS}text")]


def test_every_name_stands_in_the_picture_as_text(data: dict[str, Any], lang: Lang) -> None:
    root = parse(draw_svg(data, lang=lang))
    lines = "\n".join(written(layer(root, "names")))
    for node in data["nodes"]:
        assert any("\n".join(form) in lines for form in node["forms"]), node["name"]
    assert [one.findtext(f"{NS}title") for one in layer(root, "entities")] == [node["name"] for node in data["nodes"]]


def test_who_cannot_see_it_is_told_all_names_by_theme(data: dict[str, Any], lang: Lang) -> None:
    said = (parse(draw_svg(data, lang=lang)).findtext(f"{NS}desc") or "").split("\n")
    assert len(said) == len(data["groups"])
    for group, line in zip(data["groups"], said, strict=True):
        assert line.startswith(group["name"])
        assert all(node["name"] in line for node in data["nodes"] if node["id"] in group["members"])


def test_nothing_comes_from_outside_or_is_only_for_browsers(data: dict[str, Any], lang: Lang) -> None:
    text = draw_svg(data, lang=lang, focus={"kind": "entity", "id": "changan-chain"})
    assert "http" not in text.replace('xmlns="http://www.w3.org/2000/svg"', "")
    used = {one.tag for one in parse(text).iter()}
    assert used <= ALLOWED
    attributes = {name for one in parse(text).iter() for name in one.attrib}
    assert not attributes & {"style", "class", "href", "paint-order", "dominant-baseline", "filter", "clip-path"}


def test_the_same_picture_is_the_same_text(knowledge: Knowledge, network: Network[str]) -> None:
    other: Network[str] = type(network)()
    other.add_nodes_from(reversed(list(network.nodes(data=True))))
    other.add_edges_from(reversed(list(network.edges(keys=True, data=True))))
    again = data_of(knowledge, other, "zh")
    assert draw_svg(again) == draw_svg(data_of(knowledge, network, "zh"))


@pytest.mark.parametrize("look", ["light", "dark"])
def test_it_is_drawn_in_the_colours_of_its_look(small: dict[str, Any], look: Any) -> None:
    root = parse(draw_svg(small, look=look))
    ground = root.find(f"{NS}rect")
    assert ground is not None and ground.get("fill") == LOOKS[look].paper
    colours = {one.get("stroke") for one in layer(root, "entities").iter(f"{NS}path")} - {None}
    assert colours == {small["colours"][kind][look] for kind in ("platform", "person")}


def test_it_says_its_language_and_its_fonts(small: dict[str, Any]) -> None:
    root = parse(draw_svg(small, lang="zh"))
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "zh-Hans"
    assert root.get("font-family") == FONTS


def test_hostile_names_are_only_text(knowledge: Knowledge) -> None:
    dots = [Dot(EntityRef(f"n{n}", "person", Text(en="name"))) for n, _ in enumerate(HOSTILE)]
    data = copy.deepcopy(data_of(knowledge, make_network(dots, [Line("s", "n0", "n1", Text(en="x"))]), "en"))
    for node, name in zip(sorted(data["nodes"], key=lambda node: node["id"]), HOSTILE, strict=True):
        node["name"], node["forms"] = name, [(name,)]
    data["edges"][0]["name"] = HOSTILE[0]
    text = draw_svg(data, title=HOSTILE[0], caption=HOSTILE[1], metadata=HOSTILE[4], legend=[Key(HOSTILE[7])])
    text.encode("utf-8")
    root = parse(text)
    assert {one.tag for one in root.iter()} <= ALLOWED
    named = {one.findtext(f"{NS}title") for one in layer(root, "entities")}
    assert named == {*HOSTILE[:-1], "nulcontrol"}
    assert root.findtext(f"{NS}metadata") == HOSTILE[4]
    assert HOSTILE[1] in written(root)


@pytest.mark.parametrize("width", [1, 700, 1600, 3000])
def test_no_word_is_cut_off_by_the_edge(data: dict[str, Any], knowledge: Knowledge, lang: Lang, width: int) -> None:
    legend = legend_of(data, knowledge.vocabulary, lang, STAGES)
    root = parse(draw_svg(data, lang=lang, width=width, title=CAPTION * 2, legend=legend))
    _, _, wide, high = map(float, root.get("viewBox", "").split())
    for layer_ in root:
        for one in layer_.iter(f"{NS}text"):
            room = text_width(one.text or "", float(one.get("font-size", 0)), bold=one.get("font-weight") == "600")
            middle = layer_.get("text-anchor") == "middle"
            left = float(one.get("x", 0)) - (room / 2 if middle else 0)
            assert left >= 0 and left + room <= wide, one.text
            assert 10 < float(one.get("y", 0)) < high - 4


def test_it_is_as_wide_as_asked_and_keeps_its_proportions(data: dict[str, Any], small: dict[str, Any]) -> None:
    for picture, width in ((data, 1600), (data, 200), (small, 1600)):
        root = parse(draw_svg(picture, width=width))
        _, _, wide, high = map(float, root.get("viewBox", "").split())
        assert root.get("width") == str(width)
        assert float(root.get("height", 0)) / width == pytest.approx(high / wide, abs=0.01)


def test_a_width_of_nothing_is_refused(small: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="cannot be 0 pixels wide"):
        draw_svg(small, width=0)


def test_planned_relations_and_entities_are_dashed_and_no_others(small: dict[str, Any]) -> None:
    root = parse(draw_svg(small))
    dashed = {
        one.findtext(f"{NS}title"): any(path.get("stroke-dasharray") for path in one.iter(f"{NS}path"))
        for name in ("relations", "entities")
        for one in layer(root, name)
    }
    assert dashed == {
        "甲平台 — 服务于 — 乙先生": False,
        "乙先生 — 将建设 — 甲平台": True,
        "甲平台 — 包含 — 甲平台": False,
        "甲平台": False,
        "乙先生": True,
    }


def test_lines_are_curved_unless_the_picture_says_straight(small: dict[str, Any]) -> None:
    def courses(data: dict[str, Any]) -> list[str]:
        relations = layer(parse(draw_svg(data)), "relations")
        return sorted(re.sub(r"[^A-Z]", "", one.find(f"{NS}path").get("d")) for one in relations)  # type: ignore[union-attr]

    straight = copy.deepcopy(small)
    straight["options"]["edges"]["smooth"] = False
    assert courses(small) == ["MC", "MQ", "MQ"]
    assert courses(straight) == ["MC", "ML", "ML"]


def test_an_arrow_points_at_the_object_and_stops_at_its_shape(small: dict[str, Any]) -> None:
    root = parse(draw_svg(small))
    stated = next(one for one in layer(root, "relations") if "服务于" in (one.findtext(f"{NS}title") or ""))
    line, head = (re.findall(r"-?[\d.]+", path.get("d", "")) for path in stated.iter(f"{NS}path"))
    end, tip = (float(line[-2]), float(line[-1])), (float(head[0]), float(head[1]))
    away = ((end[0] - tip[0]) ** 2 + (end[1] - tip[1]) ** 2) ** 0.5
    assert 8 < away < 30


def test_a_focus_leaves_itself_and_its_neighbours_at_full_strength(data: dict[str, Any], lang: Lang) -> None:
    root = parse(draw_svg(data, lang=lang, focus={"kind": "entity", "id": "changan-chain"}))
    edges = [edge for edge in data["edges"] if "changan-chain" in (edge["from"], edge["to"])]
    near = {end for edge in edges for end in (edge["from"], edge["to"])}
    called = {node["id"]: node["name"] for node in data["nodes"]}
    full = {
        one.findtext(f"{NS}title")
        for one in layer(root, "entities")
        if not any(path.get("stroke-opacity") for path in one.iter(f"{NS}path"))
    }
    assert full == {called[one] for one in near}
    assert sorted(written(layer(root, "relation-names"))) == sorted(edge["name"] for edge in edges)
    lit = [
        one for one in layer(root, "relations") if f'stroke="{LOOKS["light"].accent}"' in ET.tostring(one, "unicode")
    ]
    assert len(lit) == len(edges)
    assert lit == list(layer(root, "relations"))[-len(edges) :]


def test_without_a_focus_nothing_is_on_plates(data: dict[str, Any]) -> None:
    assert 'id="relation-names"' not in draw_svg(data)


def test_the_legend_has_what_occurs_and_nothing_else(small: dict[str, Any], knowledge: Knowledge) -> None:
    legend = legend_of(small, knowledge.vocabulary, "en", STAGES)
    assert [(key.words, key.type, key.stage) for key in legend] == [
        ("Person", "person", "achieved"),
        ("Platform", "platform", "achieved"),
        ("Under way", "", "under-way"),
        ("Planned", "", "planned"),
    ]
    assert {key.words for key in legend} <= set(written(parse(draw_svg(small, legend=legend))))


def test_title_and_caption_are_there_in_full(small: dict[str, Any]) -> None:
    root = parse(draw_svg(small, width=300, title="标题" * 30))
    words = "".join(one.text or "" for one in root.findall(f"{NS}text")).replace(" ", "")
    assert words == "标题" * 30 + CAPTION.replace(" ", "")
    assert root.findtext(f"{NS}title") == "标题" * 30


def test_metadata_is_in_the_file_and_not_on_the_page(small: dict[str, Any]) -> None:
    root = parse(draw_svg(small, metadata="SELECT ?s\nversion 7"))
    assert root.findtext(f"{NS}metadata") == "SELECT ?s\nversion 7"
    assert not any("SELECT" in one for one in written(root))


def test_entities_that_were_moved_stay_on_the_page(small: dict[str, Any]) -> None:
    moved = copy.deepcopy(small)
    moved["nodes"][0]["x"] += 900
    root = parse(draw_svg(moved))
    wide = float(root.get("viewBox", "").split()[2])
    assert all(0 < float(one.get("x", 0)) < wide for one in root.iter(f"{NS}text"))


def test_an_empty_picture_is_a_picture(knowledge: Knowledge) -> None:
    text = draw_svg(data_of(knowledge, make_network([], []), "zh"), title="", caption="")
    assert written(parse(text)) == []


@pytest.mark.parametrize("words", ["one two three four five six", "数据要素，市场化。配置", "x" * 50, "a 数 b 据"])
def test_lines_hold_all_words_within_their_width(words: str) -> None:
    lines = fill(words, 10, 50, 99)
    assert all(text_width(line, 10) <= 50 for line in lines)
    assert "".join(lines).replace(" ", "") == words.replace(" ", "")


def test_what_needs_more_lines_ends_in_an_ellipsis() -> None:
    lines = fill("one two three four five six", 10, 50, 2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert text_width(lines[-1], 10) <= 50
