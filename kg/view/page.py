"""A picture as one HTML file of pyvis's making that works from a disk: nothing in it is fetched from anywhere."""

from __future__ import annotations

import html
import re

from kg.model.text import Lang
from kg.view.look import FONTS, LOOKS, LookName
from kg.view.picture import Picture

__all__ = ["page"]

# pyvis 0.3.2 leaves two Bootstrap addresses in every page, prints the heading twice, and comments on more addresses.
_STRIP = (
    re.compile(r"<center>.*?</center>", re.DOTALL),
    re.compile(r"<!--.*?-->", re.DOTALL),
    re.compile(r"<link\s[^>]*?>", re.DOTALL),
    re.compile(r"<script\s+src=[^>]*?></script>", re.DOTALL),
)

# pyvis turns on its own tooltip, which takes text for HTML, for any title with "href" in it: titles come in afterwards.
_AFTERWARDS = """
<script>
  nodes.update(nodes.get().map(({ id, name }) => ({ id, title: name })));
  edges.update(edges.get().map(({ id, name }) => ({ id, title: name })));
  network.fit({ animation: false });
  addEventListener("resize", () => { network.setSize("100%", "100vh"); network.fit({ animation: false }); });
</script>
"""

_STYLE = """<style>
  body {{ margin: 0; background: {paper}; font-family: {fonts}; }}
  .card {{ width: 100%; }}
  #mynetwork {{ border: 0 !important; background: {paper} !important; float: none !important; }}
  div.vis-tooltip {{ font: 14px/1.5 {fonts}; color: {text}; background: {ground}; border: 1px solid {border};
    border-radius: 6px; padding: 5px 9px; box-shadow: none; white-space: pre-line; max-width: 320px; }}
</style>
"""


def page(picture: Picture, title: str, lang: Lang, look: LookName = "light") -> str:
    """The whole page as text; write it as UTF-8. ``picture`` must have been drawn with images in the same ``look``."""
    return _clean(picture.vis.generate_html(), title, lang, look)


def _clean(text: str, title: str, lang: Lang, look: LookName) -> str:
    head, body = text.split("<body>", 1)
    library, *rest = head.rsplit("<center>", 2)  # the two headings stand behind vis-network's own script and style
    markup = "<center>" + "<center>".join(rest)
    for pattern in _STRIP:
        markup = pattern.sub("", markup)
    language = "zh-Hans" if lang == "zh" else "en"
    library = library.replace("<html>", f'<!doctype html>\n<html lang="{language}">', 1)
    own = _STYLE.format(fonts=FONTS, **LOOKS[look]._asdict())
    meta = (
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{html.escape(title)}</title>\n'
    )
    markup = markup.replace("</head>", f"{meta}{own}</head>", 1)
    return library + markup + "<body>" + body.replace("</body>", f"{_AFTERWARDS}</body>", 1)
