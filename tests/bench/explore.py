"""How fast the explore page is, as ratios against a reference in the same run.

``PYTHONPATH=.:tests/ui python tests/bench/explore.py [layout|canvas|page]`` — all three unless told.

* layout: ours against networkx's spring layout, 300 and 1,000 nodes; to aim for: at least 8 times as fast.
* canvas: frames a second while a picture of 1,000 nodes is moved and zoomed in headless Chromium; at least 30.
* page: the first settled picture against a blank Streamlit page (at most 1.5 times as long; 300 nodes at most 2), and a
  click until the panel has changed against a blank app's rerun (at most 300 ms more).
"""

from __future__ import annotations

import json
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import networkx as nx
from browser import FLAGS, ROOT, serve

from kg import load_knowledge
from kg.model.text import Text
from kg.model.vocabulary import Vocabulary
from kg.query.rows import EntityRef
from kg.view.layout import lay_out
from kg.view.network import Dot, Line, make_network, plane
from kg.view.picture import arrange, draw, rooms
from kg.view.script import STAGE_HTML, stage_css, stage_js, vis_js

#: Milliseconds that a reader rests before the next key; what the last run left to do is done by then.
REST_MS = 500

_BLANK = """
import streamlit as st
st.set_page_config(layout="wide")
st.button("again", key="again")
st.session_state["runs"] = st.session_state.get("runs", 0) + 1
st.html(f'<h1 class="title">run {st.session_state["runs"]}</h1>')
"""

_HARNESS = """<!doctype html><meta charset="utf-8"><style>
:root {{ --st-background-color: #FFFFFF; --kg-paper: #F3F3EF; --kg-ground: #FFF; --kg-border: #DDD; --kg-text: #111; }}
html, body, #all {{ height: 100%; margin: 0; }}
{css}</style><div id="all">{html}</div><script>{vis}</script><script type="module">
{stage}
const nothing = () => {{}};
const root = document.querySelector(".canvas");
const stage = makeStage(root, {{ pick: nothing, open: nothing, move: nothing, view: nothing }});
stage.show({{ ...{data}, version: "1", base: "", at: null }});
const move = (at) => {{
  const press = (key) => root.dispatchEvent(new KeyboardEvent("keydown", {{ key }}));
  press(["ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"][Math.floor(at / 8) % 4]);
  if (at % 16 === 0) press(at % 32 ? "-" : "+");
}};
globalThis.frames_of = (seconds) => new Promise((done) => {{
  let frames = 0;
  const start = performance.now();
  const step = (now) => {{
    move(frames++);
    if (now - start < 1000 * seconds) requestAnimationFrame(step);
    else done((1000 * frames) / (now - start));
  }};
  requestAnimationFrame(step);
}});
</script>"""


def network(count: int, vocabulary: Vocabulary) -> nx.MultiDiGraph[str]:
    """A graph of our shape: themes, a few hubs, one and a half times as many lines as nodes."""
    dice = random.Random(count)  # noqa: S311 - a benchmark wants the same graph each time
    types, themes = [one.id for one in vocabulary.types], [one.id for one in vocabulary.themes]
    dots = [
        Dot(
            EntityRef(
                f"n{place}", dice.choice(types), Text(zh=f"数字经济项目{place}", en=f"Digital programme {place}")
            ),
            (dice.choice(themes),),
            dice.choice(("achieved", "under-way", "planned")),
        )
        for place in range(count)
    ]
    name = Text(zh="参与", en="takes part in")
    ends = [(dice.randrange(count), min(dice.randrange(count), dice.randrange(count))) for _ in range(count * 3 // 2)]
    lines = [Line(f"{place:016x}", f"n{a}", f"n{b}", name) for place, (a, b) in enumerate(ends) if a != b]
    return make_network(dots, lines)


def best(act: Callable[[], object], times: int = 3) -> float:
    """The shortest of some runs, in seconds."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        found.append(time.perf_counter() - start)
    return min(found)


def layout(vocabulary: Vocabulary) -> None:
    titles, small = rooms(vocabulary)
    for count in (300, 1000):
        flat = plane(network(count, vocabulary))
        ours = best(lambda flat=flat: lay_out(flat, titles, small), 7)
        spring = best(lambda flat=flat: nx.spring_layout(flat, seed=1), 3)
        print(f"layout {count:>5} nodes: {spring / ours:5.1f} × as fast as spring ({ours:.2f} s, {spring:.2f} s)")


@contextmanager
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()


def canvas(vocabulary: Vocabulary) -> None:
    with chromium() as browser, tempfile.TemporaryDirectory() as folder:
        for count in (300, 1000):
            graph = network(count, vocabulary)
            data = draw(graph, arrange(graph, vocabulary), vocabulary, "zh").data(vocabulary)
            text = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
            file = Path(folder) / "stage.html"
            parts = {"css": stage_css(), "html": STAGE_HTML, "vis": vis_js(), "stage": stage_js(), "data": text}
            file.write_text(_HARNESS.format(**parts), encoding="utf-8")
            tab = browser.new_page(viewport={"width": 1440, "height": 900})
            tab.goto(file.as_uri())
            tab.locator(".canvas[data-drawn]").wait_for()
            frames = [tab.evaluate("frames_of(2)") for _ in range(3)]
            print(f"canvas {count:>5} nodes: {statistics.median(frames):5.1f} frames a second while moved and zoomed")
            tab.close()


def page() -> None:
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        blank_file = Path(folder) / "blank.py"
        blank_file.write_text(_BLANK)
        with serve(ROOT / "data", script=str(blank_file)) as blank, serve(ROOT / "data") as app:
            opened(browser, f"{app}/?start=all", ".canvas[data-drawn]")  # the first reader waits for the data too
            plain = statistics.median(opened(browser, blank, "h1.title") for _ in range(7))
            for name, address in (("opening picture", app), ("everything", f"{app}/?start=all")):
                found = statistics.median(opened(browser, address, ".canvas[data-drawn]") for _ in range(7))
                print(f"page {name}: {found / plain:4.2f} × a blank page ({found:.2f} s, {plain:.2f} s)")
            rerun, click = reruns(browser, blank), clicks(browser, app)
            print(f"click to panel: {1000 * (click - rerun):+.0f} ms over a blank rerun ({click:.3f} s, {rerun:.3f} s)")


def opened(browser: Any, address: str, ready: str) -> float:
    """Seconds from asking for the page until it shows what it should, in a browser that knows nothing of it yet."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    tab = context.new_page()
    start = time.perf_counter()
    tab.goto(address)
    tab.locator(ready).first.wait_for()
    took = time.perf_counter() - start
    context.close()
    return took


def reruns(browser: Any, blank: str) -> float:
    tab = browser.new_page()
    tab.goto(blank)
    tab.locator("h1.title").wait_for()
    found = []
    for run in range(2, 12):
        tab.wait_for_timeout(REST_MS)
        start = time.perf_counter()
        tab.locator("button", has_text="again").click()
        tab.locator("h1.title", has_text=f"run {run}").wait_for()
        found.append(time.perf_counter() - start)
    tab.close()
    return statistics.median(found)


def clicks(browser: Any, app: str) -> float:
    tab = browser.new_page(viewport={"width": 1440, "height": 900})
    tab.goto(f"{app}/?lang=en")
    tab.locator(".canvas[data-drawn]").wait_for()
    tab.locator("html[data-keys]").wait_for(state="attached")
    titles = {"changan-chain": "Chang'an Chain", "beijing": "Beijing"}
    found = []
    for turn in range(10):
        entity = list(titles)[turn % 2]
        box = tab.locator(".canvas").bounding_box()
        x, y = tab.locator(".canvas").evaluate("(node, id) => node.where(id)", entity)
        start = time.perf_counter()
        tab.mouse.click(box["x"] + x, box["y"] + y)
        tab.locator(".st-key-panel h1.title").get_by_text(titles[entity], exact=True).wait_for()
        found.append(time.perf_counter() - start)
    tab.close()
    return statistics.median(found)


if __name__ == "__main__":
    wanted = sys.argv[1:] or ["layout", "canvas", "page"]
    words = load_knowledge().vocabulary
    if "layout" in wanted:
        layout(words)
    if "canvas" in wanted:
        canvas(words)
    if "page" in wanted:
        page()
