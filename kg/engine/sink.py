"""Where a worker writes an answer: counts its rows as they come, and stops at the row limit or the size limit."""

from __future__ import annotations

__all__ = ["Enough", "RowSink", "TooLong", "TripleSink"]


class Enough(Exception):
    """There are more rows than wanted; those wanted are in the sink."""


class TooLong(Exception):
    """The answer has more bytes than allowed."""


class _Sink:
    """Collects blocks of bytes, at most ``size`` of them in all."""

    def __init__(self, rows: int, size: int) -> None:
        self.blocks: list[bytes] = []
        self.rows = 0
        self.cut = False
        self._limit = rows
        self._left = size

    def flush(self) -> None:
        """Nothing to do: the serialiser asks for it."""

    def _keep(self, block: bytes) -> None:
        self._left -= len(block)
        if self._left < 0:
            raise TooLong
        self.blocks.append(block)


class RowSink(_Sink):
    """Takes TSV: one header line, then exactly one line a row, because a line break in a cell is escaped."""

    def __init__(self, rows: int, size: int) -> None:
        super().__init__(rows, size)
        self.rows = -1  # the header is the first line

    def write(self, block: bytes) -> int:
        """Keep ``block``; raises Enough as soon as a row beyond the limit has begun and ended, TooLong by size."""
        lines = block.count(b"\n")
        if self.rows + lines > self._limit:
            self._keep(block[: _end_of_line(block, self._limit - self.rows)])
            self.rows, self.cut = self._limit, True
            raise Enough
        self._keep(block)
        self.rows += lines
        return len(block)


class TripleSink(_Sink):
    """Takes N-Triples, one line a triple, and keeps each triple once: a CONSTRUCT is a set, its pattern may repeat."""

    def __init__(self, rows: int, size: int) -> None:
        super().__init__(rows, size)
        self._seen: set[bytes] = set()
        self._tail = b""

    def write(self, block: bytes) -> int:
        """Keep the triples that ``block`` completes; raises Enough at the first beyond the limit, TooLong by size."""
        lines = (self._tail + block).split(b"\n")
        self._tail = lines.pop()
        for line in lines:
            if line not in self._seen:
                if self.rows == self._limit:
                    self.cut = True
                    raise Enough
                self._seen.add(line)
                self._keep(line + b"\n")
                self.rows += 1
        return len(block)


def _end_of_line(block: bytes, lines: int) -> int:
    """Where line number ``lines`` of ``block`` ends; 0 for none."""
    end = 0
    for _ in range(lines):
        end = block.index(b"\n", end) + 1
    return end
