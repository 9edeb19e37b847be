"""The base of every record: frozen, and closed to fields that it does not know."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

__all__ = ["Id", "Record"]

#: A readable, stable identifier: lower-case words joined by single hyphens ("changan-chain").
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]


class Record(BaseModel):
    """A frozen record. An unknown field is an error, so that a misspelt one cannot pass in silence."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)
