"""Files that exist whole or not at all, even after a power cut: written under another name, synced, renamed.

Nothing here depends on one operating system: offline work runs on Linux, macOS and Windows (decision 0034).
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import file_digest
from json.encoder import encode_basestring
from pathlib import Path
from typing import IO, BinaryIO

_PIECE = 1 << 20


def write_atomically(path: Path, content: bytes, *, mode: int | None = None) -> None:
    """Write the whole file, or leave the old one as it was. `mode` is that of the new file; without it, the umask
    decides."""
    write_together({path: content}, mode=mode)


def write_together(contents: Mapping[Path, bytes], *, mode: int | None = None) -> None:
    """Write several files that belong together: none is replaced before all of them are on the disk. They are then
    renamed one after the other, so a power cut in between can leave some old and some new.

    Raises OSError, which names the file that was to be written, and not the draft beside it that nobody knows."""
    drafts = [path.with_name(f".{path.name}.new") for path in contents]
    names = dict(zip(map(str, drafts), map(str, contents), strict=True))
    try:
        for draft, content in zip(drafts, contents.values(), strict=True):
            write_synced(draft, content, mode=mode)
        for draft, path in zip(drafts, contents, strict=True):
            draft.replace(path)
    except BaseException as error:
        for draft in drafts:
            draft.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.filename is not None:
            error.filename = names.get(str(error.filename), error.filename)
        raise


def write_synced(path: Path, content: bytes, *, mode: int | None = None) -> None:
    """Write a file directly under its name and wait for the disk. Only for a name that nobody reads yet.

    Raises OSError, which always names the file. Python's own error names none when the disk is full.
    """
    try:
        with path.open("wb") if mode is None else open(path, "wb", opener=_private) as file:
            if mode is not None:
                path.chmod(mode)
            file.write(content)
            sync_stream(file)
    except OSError as error:
        if error.errno is not None and error.filename is None:
            error.filename = str(path)
        raise


def write_new(path: Path, content: bytes, *, mode: int = 0o600) -> None:
    """Create a file and wait for the disk. Its permissions never go beyond `mode`, not even while it is written.
    Raises FileExistsError."""
    with create_private_file(path, mode=mode) as file:
        file.write(content)
        sync_stream(file)


@contextmanager
def atomic_file(path: Path) -> Iterator[BinaryIO]:
    """A private file to write into. It takes the name `path` if the block ends without an exception, and is removed
    otherwise. Two processes can write the same file at once: the one that finishes last wins."""
    draft = _random_name_beside(path)
    try:
        with create_private_file(draft) as file:
            yield file
            sync_stream(file)
        draft.replace(path)
        sync_folder(path.parent)
    finally:
        draft.unlink(missing_ok=True)


def create_atomically(path: Path, content: bytes) -> None:
    """Create a private file, whole or not at all, and never replace one. If several processes create it at the same
    time, the first one's file stays and the others do nothing."""
    draft = _random_name_beside(path)
    try:
        write_new(draft, content)
        with suppress(FileExistsError):
            os.link(draft, path, follow_symlinks=False)
    finally:
        draft.unlink(missing_ok=True)


def _random_name_beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.{secrets.token_hex(8)}")


def create_private_file(path: Path, *, mode: int = 0o600) -> BinaryIO:
    """Create a file and return it open for writing. Other users can never read it, unless `mode` lets them.

    Raises FileExistsError. Windows has no modes: there a file has the permissions of its folder.
    """
    return open(path, "xb", opener=lambda name, flags: os.open(name, flags, mode))


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def sync_stream(file: IO[bytes]) -> None:
    """Wait until everything written to an open file is on the disk."""
    file.flush()
    os.fsync(file.fileno())


def sync_file(path: Path) -> None:
    """Wait until the content of a closed file is on the disk."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk. On Windows, where a folder cannot be opened, this does nothing:
    the file system there keeps a log of names itself."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def overwrite_with_zeros(path: Path) -> None:
    """Overwrite the content of a file with zeros. The disk may still hold a copy in worn blocks or snapshots."""
    with path.open("r+b") as file:
        left = file.seek(0, os.SEEK_END)
        file.seek(0)
        while left > 0:
            left -= file.write(bytes(min(_PIECE, left)))
        sync_stream(file)


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file's content, in hexadecimal. The file is read piece by piece."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def json_bytes(content: object) -> bytes:
    """JSON as Kuule writes it for people to read: indented, in any script, with the keys in the order given."""
    try:
        written = _indented(content, "\n")
    except TypeError:  # a key that is no text, or what JSON has no word for
        written = json.dumps(content, ensure_ascii=False, indent=1)
    return f"{written}\n".encode()


def _indented(content: object, line: str) -> str:
    """As `json.dumps` with one space a level writes it, in a fifth of the time: with an indent Python leaves its
    encoder in C. `line`: a line end, and the spaces of the level."""
    if isinstance(content, str):
        return encode_basestring(content)
    if content and isinstance(content, dict):
        inner = f"{line} "
        fields = [f"{encode_basestring(key)}: {_indented(value, inner)}" for key, value in content.items()]
        return f"{{{inner}{f',{inner}'.join(fields)}{line}}}"
    if content and isinstance(content, list | tuple):
        inner = f"{line} "
        return f"[{inner}{f',{inner}'.join([_indented(value, inner) for value in content])}{line}]"
    return json.dumps(content)
