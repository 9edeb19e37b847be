"""Where the data files are."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["data_folder"]


def data_folder() -> Path:
    """The folder of the data files: ``KG_DATA`` where it is set, else ``data`` beside the package.

    Whether it exists is found out by reading it, where the error can say more.
    """
    chosen = os.environ.get("KG_DATA")
    return Path(chosen) if chosen else Path(__file__).resolve().parents[2] / "data"
