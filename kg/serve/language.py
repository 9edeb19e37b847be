"""The language in which a client is spoken to."""

from __future__ import annotations

from starlette.requests import Request

from kg.model.text import Lang

__all__ = ["language"]


def language(request: Request, asked: str | None = None) -> Lang:
    """``?lang=``, else the one that Accept-Language likes better, else English, which programs are written in.

    ``asked`` is what ``?lang=`` says, where the request was read already.
    """
    asked = request.query_params.get("lang", "") if asked is None else asked
    if asked in ("zh", "en"):
        return "zh" if asked == "zh" else "en"
    if "accept-language" not in request.headers:
        return "en"
    likes = {"zh": 0.0, "en": 0.0}
    for each in request.headers.get("accept-language", "").lower().split(","):
        tag, _, rest = each.strip().partition(";")
        primary = tag.partition("-")[0]
        if primary in likes:
            likes[primary] = max(likes[primary], _quality(rest))
    return "zh" if likes["zh"] > likes["en"] else "en"


def _quality(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
