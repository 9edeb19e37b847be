"""Measures the page of queries against what it stands on: a blank Streamlit rerun, and raw pyoxigraph.

    PYTHONPATH=.:tests/ui python tests/bench/ask.py [rows|page]

``rows``: a query of 10,000 rows until its table is ready, against pyoxigraph writing the same answer as CSV.
``page``: from Ctrl+Enter in the editor to a table of 100 rows, against a blank rerun plus the engine's own time.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

import pyoxigraph
from browser import ROOT, serve
from explore import _BLANK, REST_MS, chromium, reruns

from kg import load_knowledge, start_engine
from kg.engine.base import Engine, Limits
from kg.export.rdf_lines import write_nquads
from kg.query.labels import read_labels
from kg.query.sorting import first_rows
from kg.view.answer_shape import fitting
from kg.view.tables import iris_of, table

_MANY = "SELECT ?s ?p ?o WHERE { ?s ?p ?o } LIMIT 10000"
_HUNDRED = "SELECT ?s ?p ?o WHERE {{ ?s ?p ?o }} OFFSET {offset} LIMIT 100"


def median_of(times: int, act: object) -> float:
    found = []
    for _ in range(times):
        start = time.perf_counter()
        act()  # type: ignore[operator]
        found.append(time.perf_counter() - start)
    return statistics.median(found)


def shown(engine: Engine) -> None:
    """What the page does with an answer of many rows until its table is markup's raw material."""
    answer = engine.ask(_MANY, limits=Limits(rows=10_000))
    first = first_rows(answer, 100)
    labels = read_labels(engine, iris_of(first, 100))
    fitting(first, labels)
    table(first, labels, "zh", 100)


def rows() -> None:
    knowledge = load_knowledge()
    store = pyoxigraph.Store()
    store.load(write_nquads(knowledge), format=pyoxigraph.RdfFormat.N_QUADS)
    with start_engine(knowledge) as engine:
        shown(engine)

        def raw() -> None:
            found = store.query(_MANY, use_default_graph_as_union=True)
            found.serialize(format=pyoxigraph.QueryResultsFormat.CSV)  # type: ignore[union-attr]

        plain, ours = median_of(15, raw), median_of(15, lambda: shown(engine))
    print(f"10,000 rows to the table: {ours / plain:4.2f} × raw CSV ({1000 * ours:.1f} ms, {1000 * plain:.1f} ms)")


def page() -> None:
    with tempfile.TemporaryDirectory() as folder, chromium() as browser, start_engine(load_knowledge()) as engine:
        blank_file = Path(folder) / "blank.py"
        blank_file.write_text(_BLANK)
        asked = median_of(9, lambda: engine.ask(_HUNDRED.format(offset=0)))
        with serve(ROOT / "data", script=str(blank_file)) as blank, serve(ROOT / "data") as app:
            rerun = reruns(browser, blank)
            tab = browser.new_page(viewport={"width": 1440, "height": 900})
            tab.goto(f"{app}/?page=ask&lang=en")
            field = tab.locator(".editor textarea")
            field.wait_for()
            tab.locator("html[data-keys]").wait_for(state="attached")
            found = []
            for turn in range(12):
                # Another answer each time, so that nothing is remembered; its first cell tells it from the last one.
                query = _HUNDRED.format(offset=100 * turn)
                field.fill(query)
                before = tab.locator(".answer tbody").inner_text() if turn else ""
                tab.wait_for_timeout(REST_MS)
                start = time.perf_counter()
                field.press("Control+Enter")
                tab.wait_for_function(
                    "before => { const found = document.querySelector('.answer tbody');"
                    " return found && found.innerText !== before && found.rows.length === 100; }",
                    arg=before,
                )
                found.append(time.perf_counter() - start)
            took = statistics.median(found[2:])
            limit = 2 * rerun + asked
            print(
                f"Ctrl+Enter to 100 rows: {took / limit:4.2f} × the limit of two blank reruns and the engine's time"
                f" ({took:.3f} s; rerun {rerun:.3f} s, engine {asked:.4f} s)"
            )


if __name__ == "__main__":
    wanted = sys.argv[1:] or ["rows", "page"]
    if "rows" in wanted:
        rows()
    if "page" in wanted:
        page()
