"""The colours of the picture's ground, lines and words, for light and dark pages; those of the types are vocabulary."""

from __future__ import annotations

from typing import Literal, NamedTuple

__all__ = ["FONTS", "LOOKS", "Look", "LookName"]

LookName = Literal["light", "dark"]


class Look(NamedTuple):
    """Colours as ``#RRGGBB``: of the page (ground, second, border, text, quiet, accent) and of the canvas."""

    ground: str
    second: str
    text: str
    quiet: str
    border: str
    accent: str
    paper: str
    island: str
    line: str


LOOKS: dict[LookName, Look] = {
    "light": Look(
        ground="#FFFFFF",
        second="#F5F5F2",
        text="#1B1F24",
        quiet="#5B626B",
        border="#E2E2DC",
        accent="#155E96",
        paper="#F3F3EF",
        island="#FFFFFF",
        line="#B9BBB8",
    ),
    "dark": Look(
        ground="#16191D",
        second="#1F2328",
        text="#E9E7E2",
        quiet="#A3A9B1",
        border="#30353C",
        accent="#8CBEF0",
        paper="#101215",
        island="#181C21",
        line="#4C535C",
    ),
}

#: Latin from Streamlit's own font, Chinese from whatever good font the reader has; nothing is fetched.
FONTS = (
    "'Source Sans', 'PingFang SC', 'HarmonyOS Sans SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', "
    "'Source Han Sans SC', sans-serif"
)
