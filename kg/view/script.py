"""The scripts that draw a picture in a browser: vis-network as pyvis ships it, and our stage around it."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

__all__ = ["STAGE_HTML", "stage_css", "stage_js", "vis_js"]

_VIS = files("pyvis") / "lib" / "vis-9.1.2"
_STAGE = files("kg.view") / "stage"

#: What the stage stands on: the place of the drawing, then the buttons.
STAGE_HTML = """
<div class="stage">
  <div class="canvas" role="application"></div>
  <div class="zoom" role="group">
    <button type="button" class="in"><svg viewBox="0 0 16 16" aria-hidden="true">
      <path d="M8 2.5v11M2.5 8h11"/></svg></button>
    <button type="button" class="out"><svg viewBox="0 0 16 16" aria-hidden="true">
      <path d="M2.5 8h11"/></svg></button>
    <button type="button" class="fit"><svg viewBox="0 0 16 16" aria-hidden="true">
      <path d="M2 5V2h3M11 2h3v3M14 11v3h-3M5 14H2v-3M5.5 5.5h5v5h-5z"/></svg></button>
  </div>
</div>
"""


@cache
def stage_js() -> str:
    """The stage as one script: what its files export is simply at hand in what follows it."""
    parts = (_STAGE.joinpath(name).read_text(encoding="utf-8") for name in ("paint.js", "names.js", "stage.js"))
    return "".join(parts).replace("export function", "function")


@cache
def stage_css() -> str:
    """The style of the stage."""
    return _STAGE.joinpath("stage.css").read_text(encoding="utf-8")


@cache
def vis_js() -> str:
    """The vis-network that ships inside pyvis, as a script."""
    return (_VIS / "vis-network.min.js").read_text(encoding="utf-8")
