"""A question under way, for those who can do something else while it takes long."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator

from kg.engine.answer import Answer
from kg.engine.wire import Patience

__all__ = ["Pending", "at_once", "later"]


class Pending:
    """A question whose ``steps`` are taken by whoever waits for it, one thread at a time; they end with the answer.

    Nothing is done before it is first waited for, and one that nobody waits for any more is given up. When the answer
    comes, ``then`` is called with it.
    """

    def __init__(self, steps: Generator[None, None, Answer], patience: Patience) -> None:
        self._steps = steps
        self._patience = patience
        self._answer: Answer | None = None
        self._error: BaseException | None = None
        self.then: Callable[[Answer], object] = lambda _: None

    def within(self, seconds: float) -> Answer | None:
        """The answer, if it comes in some ``seconds``; else None, and the question goes on. Raises QueryError."""
        self._patience.pause_after(seconds)
        if self._error is not None:
            raise self._error
        if self._answer is None:
            try:
                next(self._steps)
            except StopIteration as ended:
                self._answer = ended.value
                self.then(ended.value)
            except BaseException as error:
                self._error = error  # for who asks again: the steps are over
                raise
        return self._answer

    def answer(self) -> Answer:
        """The answer, however long it takes within the question's limits. Raises QueryError."""
        while (answer := self.within(math.inf)) is None:
            pass
        return answer


def later(ask: Callable[[], Answer]) -> Pending:
    """A question that takes long, always: ``ask`` is called by who waits for the answer itself."""

    def steps() -> Generator[None, None, Answer]:
        yield
        return ask()

    return Pending(steps(), Patience(math.inf))


def at_once(answer: Answer) -> Pending:
    """A question whose answer is there already."""

    def steps() -> Generator[None, None, Answer]:
        yield from ()
        return answer

    return Pending(steps(), Patience(math.inf))
