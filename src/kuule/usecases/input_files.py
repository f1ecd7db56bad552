"""Reading the files that commands are given, and not overwriting the ones that are there."""

from __future__ import annotations

from pathlib import Path

from kuule.core.problems import KeyMaterialError, KuuleError, Problem
from kuule.sealing.keys import PublicKey

_MAX_KEY_BYTES = 1 << 20


class FileError(KuuleError):
    """A file or folder that a command was given does not exist, or is in the way."""


def check_path_is_free(path: Path, what: str) -> None:
    """Raise FileError CLI_001 if something is at `path` already: results are never overwritten."""
    if path.exists():
        cause = f"{what} would be written here, and something is here already"
        raise FileError(Problem("CLI_001", str(path), cause, "give another path, or move it away first"))


def read_public_key(path: Path) -> PublicKey:
    """Read a public key file. Raises KeyMaterialError CLI_002 if there is none, and KEY_ codes if it is not one."""
    return PublicKey.from_text(read_key_file(path), str(path))


def read_key_file(path: Path) -> str:
    """The text of a key file. Raises KeyMaterialError CLI_002 if there is none."""
    try:
        return read_bounded_text(path)
    except (FileNotFoundError, UnicodeDecodeError, IsADirectoryError) as error:
        remedy = "give the path of a file that `kuule keys new` made"
        raise KeyMaterialError(Problem("CLI_002", str(path), "there is no key file here", remedy)) from error


def read_bounded_text(path: Path) -> str:
    """The text of a small file, which may come through a pipe, as of a program that decrypts it. Raises OSError, and
    UnicodeDecodeError for what is no text or goes on and on, like `/dev/zero`."""
    with path.open("rb") as file:
        content = file.read(_MAX_KEY_BYTES + 1)
    if len(content) > _MAX_KEY_BYTES:
        raise UnicodeDecodeError("utf-8", content, _MAX_KEY_BYTES, len(content), "it does not end")
    return content.decode("utf-8").replace("\r\n", "\n")
