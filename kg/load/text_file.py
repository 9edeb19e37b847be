"""Text files read as UTF-8 or refused, and replaced whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from kg.errors import DataError, Problem

__all__ = ["decode", "read_text", "replace_text"]

_CURE = "Save the file as UTF-8 (in Notepad: Save as, Encoding: UTF-8; in WPS: 另存为, 编码 UTF-8)"


def decode(content: bytes, name: str) -> str:
    """``content`` as text; raises :class:`DataError` naming the file ``name`` and the line where it is not UTF-8."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        byte = content[error.start]
        message = f"byte {error.start + 1} (hexadecimal {byte:02X}) is not UTF-8 text"
        raise DataError([Problem(name, line, "", message, _CURE)]) from error


def read_text(path: Path) -> str:
    """The text of the file, without a byte order mark.

    Raises :class:`DataError` where there is no such file, where it cannot be read, or where it is not UTF-8.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        message = f"the file cannot be read: {reason}"
        raise DataError([Problem(str(path), 0, "", message, "Name a text file")]) from error
    return decode(content, str(path)).removeprefix("\ufeff")


def replace_text(path: Path, text: str) -> None:
    """Write ``text`` as UTF-8 in place of the file; whoever reads meets the old file or the new one, never a half."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:  # about a name that no one has heard of
        raise OSError(error.errno, error.strerror, str(path)) from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(text.encode("utf-8"))
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
