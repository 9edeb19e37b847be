"""What the tests that look at the app in a real browser share: how it is started, and a tab that notes complaints.

Needs Chromium and playwright; without them the tests skip and say so, or fail where KG_REQUIRE_BROWSER=1.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import pytest

__all__ = ["FLAGS", "OVERLAPS", "ROOT", "SAMPLE", "SETTLED_MS", "Tab", "no_browser", "serve"]

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "tests" / "sample"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SETTLED_MS = 30_000

#: How many names on the picture lie on a shape or on another name.
OVERLAPS = """node => {
  const { names, shapes } = node.placed;
  const meets = (a, b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
  return names.filter((one, at) => [...shapes, ...names.slice(at + 1)].some((other) => meets(one, other))).length;
}"""


def no_browser(reason: str) -> None:
    if os.environ.get("KG_REQUIRE_BROWSER") == "1":
        pytest.fail(f"{reason}, and KG_REQUIRE_BROWSER=1 asks for a browser", pytrace=False)
    pytest.skip(reason)


@contextmanager
def serve(data: Path, script: str = "app.py", endpoint: str = "") -> Iterator[str]:
    """The app on a free port of this machine, as a reader starts it, on the files or on a store; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.headless=true"]
    command += [f"--server.port={port}", "--server.address=127.0.0.1"]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "KG_DATA": str(data), "KG_ENDPOINT": endpoint},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(address, process)
            yield address
        finally:
            process.terminate()


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2) as answer:  # noqa: S310
                if answer.status == 200:
                    return
        except OSError:
            select_nothing(0.1)
    pytest.fail("the app did not start", pytrace=False)


def select_nothing(seconds: float) -> None:
    """Give the other process the time to start; nothing else is waited for by the clock."""
    import threading

    threading.Event().wait(seconds)


class Tab:
    """A page with everything that it complained about and every request that left the machine."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.faults: list[str] = []
        page.on("console", self._said)
        page.on("pageerror", lambda error: self._note("script", str(error)))
        page.on("request", self._seen)
        page.on("dialog", self._dialog)

    def _note(self, kind: str, text: str) -> None:
        self.faults.append(f"{kind}: {text}")

    def _said(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self._note(message.type, f"{message.text} ({message.location.get('url', '')})")

    def _seen(self, request: Any) -> None:
        host = urlparse(request.url).hostname
        if request.url.startswith(("http", "ws")) and host not in ("127.0.0.1", "localhost"):
            self._note("left this machine", request.url)

    def _dialog(self, dialog: Any) -> None:
        self._note("dialog", dialog.message)
        dialog.dismiss()

    def open(self, address: str, ready: str = "h1.title") -> None:
        self.page.goto(address)
        self.page.locator(ready).first.wait_for(timeout=SETTLED_MS)
        self.wait_until_idle()
        self.page.locator("html[data-keys]").wait_for(state="attached", timeout=SETTLED_MS)

    def wait_until_idle(self) -> None:
        """Wait until Streamlit says that no script runs."""
        self.page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for(timeout=SETTLED_MS)

    def wait_for_graph(self) -> None:
        self.page.locator(".canvas[data-drawn]").wait_for(timeout=SETTLED_MS)
