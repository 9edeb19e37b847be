"""What the engine adds to raw pyoxigraph on every stored question, on the real data, in the same run.

    python tests/bench/questions.py [--repeat N]

The aim: at most 3 × raw, or under 1 ms more. It prints a table and judges nothing: times belong to a machine.
"""

from __future__ import annotations

import argparse
import statistics
from functools import partial

import pyoxigraph as ox
from engine import raw, timed

from kg import load_knowledge, start_engine
from kg.graph.build import build
from kg.query.questions import load_questions


def main() -> None:
    """Ask each question by both, in turns."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeat", type=int, default=50)
    repeat = parser.parse_args().repeat
    knowledge = load_knowledge()
    store = ox.Store()
    store.bulk_load(build(knowledge).nquads, ox.RdfFormat.N_QUADS)
    print(f"{len(store):,} quads\n{'question':24}{'raw ms':>10}{'engine ms':>11}{'more ms':>9}{'ratio':>7}")
    missed = []
    with start_engine(knowledge) as engine:
        for question in load_questions():
            query = question.text()
            alone, through = [], []
            for _ in range(repeat):
                alone.append(timed(partial(raw, store, query)))
                through.append(timed(partial(engine.ask, query)))
            one, other = statistics.median(alone), statistics.median(through)
            print(f"{question.name:24}{one:10.3f}{other:11.3f}{other - one:9.3f}{other / one:7.2f}")
            if other > 3 * one and other - one >= 1:
                missed.append(question.name)
    print(f"\nmore than 3 × raw and 1 ms more: {', '.join(missed) or 'none'}")


if __name__ == "__main__":
    main()
