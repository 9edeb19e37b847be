"""What a worker does that was not forked: connect to its parent, load the data that it is sent, and serve.

Started by :mod:`kg.engine.spawning` as ``python -m kg.engine.spawned PORT``, with the secret on standard input.
"""

from __future__ import annotations

import io
import json
import socket
import sys

from kg.engine import wire
from kg.engine.confine import no_core_dumps
from kg.engine.control import LENGTH, SECRET_BYTES
from kg.engine.loading import load
from kg.engine.worker import serve

__all__ = ["main"]


def main(port: int) -> None:
    """Serve the parent that listens on ``port`` of this machine until it closes the connection."""
    secret = sys.stdin.buffer.read(SECRET_BYTES)
    no_core_dumps()
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.sendall(secret)
        (length,) = LENGTH.unpack(wire.receive(connection, LENGTH.size))
        loaded, told = load(io.BytesIO(wire.receive(connection, length)))
        body = json.dumps(told).encode()
        connection.sendall(LENGTH.pack(len(body)) + body)
        if loaded is not None:
            serve(connection, loaded)


if __name__ == "__main__":
    main(int(sys.argv[1]))
