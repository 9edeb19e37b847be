"""What a program that runs for long tells Python's garbage collector."""

from __future__ import annotations

import gc

__all__ = ["keep_for_long"]


def keep_for_long() -> None:
    """Have the collector pass over all that exists now, as it stays for as long as the program runs.

    Streamlit has it look at every object after each run of a page, which with the graph's records in memory takes a
    tenth of a second in which nothing is sent. What was set aside before and is no longer used is collected first.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
