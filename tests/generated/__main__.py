"""``python -m tests.generated TRIPLES FILE [--seed N]``: writes a graph of our shape."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from tests.generated import write


def main() -> None:
    """Read the command line, write, and say how far it is."""
    parser = argparse.ArgumentParser(prog="python -m tests.generated", description="Writes a graph of our shape.")
    parser.add_argument("triples", type=int)
    parser.add_argument("file", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    started = time.perf_counter()

    def tell(lines: int) -> None:
        speed = lines / (time.perf_counter() - started)
        sys.stderr.write(f"\r{lines:,} of {given.triples:,} triples, {speed:,.0f} a second ")

    write(given.file, given.triples, given.seed, tell)
    sys.stderr.write(f"· {given.file.stat().st_size / 1e6:,.0f} MB\n")


if __name__ == "__main__":
    main()
