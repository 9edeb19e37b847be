"""What an endpoint may be told when it is started."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.engine.base import Limits

__all__ = ["Settings"]


@dataclass(frozen=True, slots=True)
class Settings:
    """``limits`` of each query; ``places`` for requests at once, beyond which a client is told to come again.

    ``origins`` are those whose pages may ask from a browser (CORS), ``*`` for all. With ``log_queries`` the log has
    whole queries, else their strings and numbers are left out.
    """

    limits: Limits = field(default_factory=lambda: Limits(seconds=30.0, rows=1_000_000, megabytes=512))
    places: int = 128
    origins: tuple[str, ...] = ("*",)
    log_queries: bool = False
