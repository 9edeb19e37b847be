"""Writes a file whole or not at all."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

__all__ = ["write_atomic"]


def write_atomic(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path``, replacing what is there in one step; raises OSError, and then leaves it as it was.

    The bytes go to a file beside it first: a reader never meets half a file, and a full disk destroys nothing. A link
    is followed, an existing file keeps its permissions, and a device or a pipe is written to, not replaced.
    """
    target = path.resolve()
    temporary = target.with_name(f".{secrets.token_hex(8)}.part")
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(content)
        else:
            _write(target, temporary, content)
    except OSError as error:  # named by the file that was asked for: nobody knows the one beside it
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        temporary.unlink(missing_ok=True)


def _write(target: Path, temporary: Path, content: bytes) -> None:
    with temporary.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if target.exists():
        temporary.chmod(target.stat().st_mode & 0o777)
    temporary.replace(target)
