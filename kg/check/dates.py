"""Rules for dates."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kg.check.tools import Said, problem, said, said_problem
from kg.errors import Problem
from kg.load.files import Loaded
from kg.model.dates import PartialDate
from kg.model.statement import Figure, Relation

__all__ = [
    "beginnings_are_not_after_their_status",
    "nothing_is_reached_after_it_was_said",
    "source_dates_follow_each_other",
    "source_ids_begin_with_the_date",
]


def nothing_is_reached_after_it_was_said(loaded: Loaded) -> Iterator[Problem]:
    """A source speaks of what is, not of what will be: only targets and planned relations have later dates."""
    for one in said(loaded):
        if _is_intended(loaded, one):
            continue
        for key in ("as_of", "since"):
            date: PartialDate | None = getattr(one.statement, key, None)
            if date is not None and date.first > one.source.date.last:
                message = f"{key} is {date}, after the source's own date {one.source.date}"
                cure = "Correct the date" + ("; a goal has aim: target" if isinstance(one.statement, Figure) else "")
                yield said_problem(loaded, one, key, message, cure)


def _is_intended(loaded: Loaded, one: Said) -> bool:
    statement = one.statement
    if isinstance(statement, Relation):
        known = statement.status in loaded.knowledge.statuses
        return known and loaded.knowledge.is_planned(statement)
    return isinstance(statement, Figure) and statement.aim == "target"


def beginnings_are_not_after_their_status(loaded: Loaded) -> Iterator[Problem]:
    """Nothing has a status since a day after the day as of which it has it."""
    for one in said(loaded):
        since: PartialDate | None = getattr(one.statement, "since", None)
        as_of: PartialDate | None = getattr(one.statement, "as_of", None)
        if since is not None and as_of is not None and since.first > as_of.last:
            message = f"since is {since}, after as_of, which is {as_of}"
            yield said_problem(loaded, one, "since", message, "Correct one of the two dates")


def source_ids_begin_with_the_date(loaded: Loaded) -> Iterator[Problem]:
    """A source's id begins with its date, so that files stand in the order of time."""
    for source in loaded.knowledge.sources.values():
        if not source.id.startswith(f"{source.date}-"):
            message = f"the id does not begin with the date {source.date}"
            cure = f"Rename it, and its file, to {source.date}-…, or correct the date"
            yield problem(loaded.origin.source(source.id, "id"), source.id, message, cure)


def source_dates_follow_each_other(loaded: Loaded) -> Iterator[Problem]:
    """A source is published on its date or later, and read when it was published or later."""
    for source in loaded.knowledge.sources.values():
        steps = [("date", source.date), ("published", source.published), ("accessed", source.accessed)]
        dated = [(key, date) for key, date in steps if date is not None]
        for (before_key, before), (key, date) in pairwise(dated):
            if date.last < before.first:
                message = f"{key} is {date}, before {before_key}, which is {before}"
                yield problem(loaded.origin.source(source.id, key), source.id, message, "Correct one of the two dates")
