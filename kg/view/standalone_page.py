"""A picture as one HTML file that works without a server and without a network."""

from __future__ import annotations

import html
import json
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from kg.model.text import LANGS, Lang, Text
from kg.view.look import FONTS, LOOKS, LookName
from kg.view.script import STAGE_HTML, stage_css, stage_js, vis_js

__all__ = ["standalone_page"]

_HERE = files("kg.view") / "standalone"

# Nothing may be fetched, whatever a name or a phrase in the data tries.
_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)

# Where vis-network's unminified lines are: a file that does not come with the page.
_SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*\n?", re.MULTILINE)

# In this order, for the last one starts the page.
_SCRIPTS = ("filter.js", "panel.js", "page.js")

_PAGE = """<!doctype html>
<html lang="{tongue}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="beijing-digital-economy">
<title>{title}</title>
<style>
{style}
</style>
</head>
<body>
<header>
  <span class="brand"></span>
  <div class="find"><input id="search" type="search" autocomplete="off"><ul class="hits" hidden></ul></div>
  <div class="set views" role="group">
    <button type="button" value="graph"></button><button type="button" value="list"></button>
  </div>
  <button type="button" class="looks"></button>
  <div class="set langs" role="group">{langs}</div>
</header>
<nav class="legend"></nav>
<main>{stage}<div class="list" hidden></div><p class="shown" role="status"></p></main>
<aside></aside>
<script type="application/json" id="content">{content}</script>
<script>{vis}</script>
<script type="module">
{script}
</script>
</body>
</html>
"""


def standalone_page(
    content: Mapping[str, Any],
    title: Text,
    lang: Lang,
    look: LookName | None = None,
    link: str = "",
    focus: Mapping[str, Any] | None = None,
) -> str:
    """The whole page as text; write it as UTF-8.

    ``content`` is that of :func:`kg.view.standalone.standalone_content`. The page opens in ``lang``, in ``look`` or as
    the reader's system has it, with ``focus`` (an entity or a statement: ``kind`` and ``id``) in the light. ``link``
    leads to the same picture in the app.
    """
    if link and not link.startswith(("http://", "https://")):
        raise ValueError(f"“{link[:60]}” is no web address: begin it with https://")
    told = {
        **content,
        "lang": lang,
        "look": look,
        "link": link,
        "focus": focus,
        "title": {one: title.say(one) for one in LANGS},
        "words": {key: dict(zip(("zh", "en"), pair, strict=True)) for key, pair in _words().items()},
    }
    names = {"zh": ("中", "zh-Hans"), "en": ("EN", "en")}
    langs = "".join(
        f'<button type="button" value="{one}" lang="{tag}">{name}</button>' for one, (name, tag) in names.items()
    )
    return _PAGE.format(
        tongue=names[lang][1],
        policy=_POLICY,
        title=html.escape(title.say(lang)),
        style=_tokens() + stage_css() + _HERE.joinpath("page.css").read_text(encoding="utf-8"),
        langs=langs,
        stage=STAGE_HTML,
        content=_embedded(told),
        vis=_SOURCE_MAP.sub("", vis_js()).replace("</script", "<\\/script"),
        script=stage_js() + "".join(_HERE.joinpath(name).read_text(encoding="utf-8") for name in _SCRIPTS),
    )


@cache
def _words() -> dict[str, list[str]]:
    return tomllib.loads(_HERE.joinpath("words.toml").read_text(encoding="utf-8"))


def _tokens() -> str:
    """The colours of both looks, by the same names as in the app."""
    pairs = zip(LOOKS["light"]._fields, LOOKS["light"], LOOKS["dark"], strict=True)
    colours = "".join(f"--kg-{name}: light-dark({light}, {dark}); " for name, light, dark in pairs)
    return f":root {{ {colours}--kg-tint: light-dark(#E7EFF7, #182A3B); --kg-fonts: {FONTS}; }}\n"


def _embedded(told: Mapping[str, Any]) -> str:
    """JSON that no browser takes for the end of its script."""
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
