"""A browser, the app on the real data and on the sample, and tabs, for every test that looks at the app."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from browser import FLAGS, ROOT, SAMPLE, Tab, no_browser, serve

from kg.check.sound import load_knowledge
from kg.graph.build import build
from tests.stores import virtuoso

#: The first is the second without its windows, of which nothing is seen here, and takes a quarter less time.
_BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A browser of our own: other plug-ins are not asked."""
    found = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if found is None:
        no_browser("no Chromium on this machine")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        no_browser("playwright is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def real_app(chromium: Any) -> Iterator[str]:
    with _app(ROOT / "data") as address:
        yield address


@pytest.fixture(scope="session")
def sample_app(chromium: Any) -> Iterator[str]:
    with _app(SAMPLE) as address:
        yield address


@contextmanager
def _app(data: Path) -> Iterator[str]:
    """The app on these files, or, where KG_TEST_STORE=virtuoso, on a Virtuoso that was loaded with them."""
    if os.environ.get("KG_TEST_STORE") != "virtuoso":
        with serve(data) as address:
            yield address
        return
    with (
        virtuoso(BytesIO(build(load_knowledge(data)).nquads)) as store,
        serve(data, endpoint=store.endpoint) as address,
    ):
        yield address


@pytest.fixture
def open_tab(chromium: Any) -> Iterator[Callable[..., Tab]]:
    """Opens tabs; what any of them complained about fails the test in the end."""
    tabs: list[Tab] = []
    with ExitStack() as closing:

        def make(width: int = 1440, height: int = 900, **options: Any) -> Tab:
            context = chromium.new_context(viewport={"width": width, "height": height}, **options)
            closing.callback(context.close)
            tabs.append(Tab(context.new_page()))
            return tabs[-1]

        yield make
        assert [fault for tab in tabs for fault in tab.faults] == []
