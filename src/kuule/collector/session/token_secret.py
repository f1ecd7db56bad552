"""The secret behind the tokens: 32 bytes outside the database, shared by the workers of a collector (and by its hosts).

It is looked for in this order: a credential of the service manager (`$CREDENTIALS_DIRECTORY/kuule-token-secret`), a
file that is named, a file in memory that is made when it is first needed. The last one is gone when the machine
restarts, and with it all that was not sent.
"""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from kuule.collector.session.token import SECRET_LENGTH
from kuule.core.files import create_atomically
from kuule.core.problems import KeyMaterialError, Problem

CREDENTIAL_NAME = "kuule-token-secret"
MEMORY_FOLDER = Path("/dev/shm")  # noqa: S108 -- a memory file system, so that the secret is on no disk

_OTHERS = stat.S_IRWXO
_GROUP = stat.S_IRWXG


def find_token_secret(
    given: Path | None, *, environment: Mapping[str, str], memory: Path = MEMORY_FOLDER
) -> Path | None:
    """Where the secret is, or would be read from if it were there; None if there is no place for one. Nothing is made
    and nothing is read."""
    credentials = environment.get("CREDENTIALS_DIRECTORY")
    if credentials and (Path(credentials) / CREDENTIAL_NAME).exists():
        return Path(credentials) / CREDENTIAL_NAME
    if given is not None:
        return given
    with suppress(KeyMaterialError):
        return _memory_file(environment, memory)
    return None


def load_token_secret(given: Path | None, *, environment: Mapping[str, str], memory: Path = MEMORY_FOLDER) -> bytes:
    """The 32 bytes. Where there is neither a credential nor `given`, a file is made in memory (mode 0600).

    Raises KeyMaterialError: KEY_020 (missing or not readable), KEY_021 (others can read it), KEY_022 (not 32 bytes),
    KEY_023 (no memory file system to make one in).
    """
    credentials = environment.get("CREDENTIALS_DIRECTORY")
    if credentials and (Path(credentials) / CREDENTIAL_NAME).exists():
        return _read(Path(credentials) / CREDENTIAL_NAME, _OTHERS)
    if given is not None:
        return _read(given, _OTHERS)
    path = _memory_file(environment, memory)
    if not path.exists():
        _make(path)
    return _read(path, _OTHERS | _GROUP, os.O_NOFOLLOW)


def _memory_file(environment: Mapping[str, str], memory: Path) -> Path:
    """The file of this user: in the folder of the login session, or in the shared one under a name with the user's
    number."""
    session = environment.get("XDG_RUNTIME_DIR")
    if session and can_create_files(Path(session)):
        return Path(session) / CREDENTIAL_NAME
    if can_create_files(memory):
        return memory / f"{CREDENTIAL_NAME}-{os.getuid()}"
    remedy = "make a file of 32 random bytes (mode 0600) and give it as the token secret"
    raise KeyMaterialError(Problem("KEY_023", "token secret", "there is no folder in memory to keep it in", remedy))


def can_create_files(folder: Path) -> bool:
    """Whether this process can create files in a folder."""
    return os.access(folder, os.W_OK | os.X_OK)


def _make(path: Path) -> None:
    """Make the file whole or not at all, and never over another: where several workers do so at once, the first one's
    stays."""
    try:
        create_atomically(path, secrets.token_bytes(SECRET_LENGTH))
    except OSError as error:
        raise _unread(path, error) from error


def _read(path: Path, forbidden: int, flags: int = 0) -> bytes:
    """The secret in `path`, where none of the `forbidden` rights are granted and the file is ours or root's."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | flags)
    except OSError as error:
        raise _unread(path, error) from error
    with os.fdopen(handle, "rb") as file:
        state = os.fstat(handle)
        if not stat.S_ISREG(state.st_mode) or state.st_uid not in (os.getuid(), 0) or state.st_mode & forbidden:
            cause = "the token secret can be read by others, or is another user's"
            raise KeyMaterialError(Problem("KEY_021", str(path), cause, "make a new one and set its mode to 0600"))
        secret = file.read(SECRET_LENGTH + 1)
    if len(secret) != SECRET_LENGTH:
        cause = f"a token secret has {SECRET_LENGTH} bytes, and this file does not"
        raise KeyMaterialError(Problem("KEY_022", str(path), cause, "make one with: head -c 32 /dev/urandom"))
    return secret


def _unread(path: Path, error: OSError) -> KeyMaterialError:
    cause = f"the token secret cannot be read ({os.strerror(error.errno or 0).lower()})"
    return KeyMaterialError(
        Problem("KEY_020", str(path), cause, "give the path of a file of 32 random bytes, mode 0600")
    )
