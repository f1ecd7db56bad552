"""Reading a file that people put into a folder: a study's, a register's, a translator's.

A name in such a folder can lead anywhere. A link to `/dev/zero`, which a git repository can carry, would be read until
memory ends, and a named pipe would wait for ever. So the file is looked at before it is opened, and no more than so
many bytes of it are read.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from io import FileIO
from pathlib import Path

from kuule.core.problems import Problem, StudyError

MAX_TEXT_BYTES = 64 * 1024 * 1024
"""The most bytes of a file that people write. The largest that ships has under a hundredth of it."""
_PIECE = 1 << 20
_KINDS: Mapping[Callable[[int], bool], str] = {
    stat.S_ISCHR: "a device",
    stat.S_ISBLK: "a device",
    stat.S_ISFIFO: "a named pipe",
    stat.S_ISSOCK: "a socket",
}
_REMEDY = "put an ordinary file in its place, or take it away"


def read_regular_file(path: Path, *, most: int = MAX_TEXT_BYTES) -> bytes:
    """The content of a file of at most `most` bytes. A link to one is followed.

    Raises StudyError STUDY_013 for a device, a named pipe, a socket, a link that leads nowhere or in a circle, and a
    file that is larger. Raises OSError for what cannot be read otherwise: FileNotFoundError where there is nothing,
    IsADirectoryError for a folder.
    """
    try:
        _check_status(path, path.stat(), most)
        with open(path, "rb", buffering=0, opener=_open_at_once) as file:
            _check_status(path, os.fstat(file.fileno()), most)  # what is open now: a name can be given to another file
            return _content(path, file, most)
    except FileNotFoundError:
        if path.is_symlink():
            raise StudyError(_problem(path, "it is a link, and nothing is where it leads", _REMEDY)) from None
        raise
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise StudyError(_problem(path, "it is a link that leads in a circle", _REMEDY)) from None
        raise


def unread_cause(error: OSError | StudyError) -> str:
    """Why a file was not read, from what `read_regular_file` raised, for a sentence of another problem."""
    return error.problems[0].cause if isinstance(error, StudyError) else (error.strerror or "unknown").lower()


def check_is_regular_file(path: Path) -> None:
    """Raise what `read_regular_file` raises for what it would not read, whatever its size: for files that are read in
    parts."""
    with suppress(FileNotFoundError):
        _check_status(path, path.stat(), sys.maxsize)


def read_regular_text(path: Path, encoding: str = "utf-8") -> str:
    """The text of such a file, with the line breaks of Windows as others have them. Raises what `read_regular_file`
    raises, and UnicodeDecodeError."""
    return read_regular_file(path).decode(encoding).replace("\r\n", "\n")


def is_named_in_folder(path: Path) -> bool:
    """Whether a folder has this name, also for a link that leads nowhere: `Path.exists` says no to that, and the file
    would be passed over as one that nobody wrote."""
    return os.path.lexists(path)


def is_named_as_file(path: Path) -> bool:
    """The same for a file of any kind: a folder of this name is none."""
    return is_named_in_folder(path) and not path.is_dir()


def _open_at_once(path: str, flags: int) -> int:
    """Open without waiting for anybody who writes."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))


def _content(path: Path, file: FileIO, most: int) -> bytes:
    """All of an open file. A file of `/proc` is longer than it says."""
    pieces, length = [], 0
    while piece := file.read(_PIECE):
        pieces.append(piece)
        length += len(piece)
        if length > most:
            raise StudyError(_too_large(path, f"more than {most:,} bytes", most))
    return b"".join(pieces)


def _check_status(path: Path, status: os.stat_result, most: int) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(status.st_mode):
        kind = next((said for is_one, said in _KINDS.items() if is_one(status.st_mode)), "something else")
        said = f"it is a link to {path.resolve()}, {kind}" if path.is_symlink() else f"it is {kind}"
        raise StudyError(_problem(path, f"{said}, and no ordinary file", _REMEDY))
    if status.st_size > most:
        raise StudyError(_too_large(path, f"{status.st_size:,} bytes", most))


def _too_large(path: Path, size: str, most: int) -> Problem:
    return _problem(path, f"it has {size}, and {most:,} are the most", "see whether it is the file that you mean")


def _problem(path: Path, cause: str, remedy: str) -> Problem:
    return Problem("STUDY_013", path.name, cause, remedy, file=path.name)
