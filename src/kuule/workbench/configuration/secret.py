"""The secret of the workbench: 32 bytes that are not in its database. It signs sessions and encrypts second factors.

It is a credential of the service manager (`$CREDENTIALS_DIRECTORY/kuule-workbench-secret`) if there is one, otherwise
the file `secret` in the data folder, which is created at the first start (mode 0600).
"""

from __future__ import annotations

import secrets
import stat
from collections.abc import Mapping
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from kuule.core.files import create_atomically
from kuule.core.problems import Problem, WorkbenchError

SECRET_CREDENTIAL = "kuule-workbench-secret"  # noqa: S105 (a name)
SECRET_FILE = "secret"  # noqa: S105 (a name)
SECRET_LENGTH = 32
_NONCE = 12


class Secret:
    """The 32 bytes. Its repr shows nothing."""

    __slots__ = ("_bytes",)

    def __init__(self, raw: bytes) -> None:
        self._bytes = raw

    def signing_key(self) -> str:
        """The value of Django's SECRET_KEY."""
        return self._derived(b"kuule workbench signing 1").hex()

    def encrypt(self, text: str) -> str:
        """Encrypt a short text (ChaCha20-Poly1305 with a random nonce); the result is in hexadecimal digits."""
        nonce = secrets.token_bytes(_NONCE)
        return (nonce + self._cipher().encrypt(nonce, text.encode(), None)).hex()

    def decrypt(self, sealed: str) -> str:
        """Decrypt it. Raises WorkbenchError WORKBENCH_005 if it was altered, or encrypted with another secret."""
        try:
            raw = bytes.fromhex(sealed)
            return self._cipher().decrypt(raw[:_NONCE], raw[_NONCE:], None).decode()
        except (ValueError, InvalidTag):
            cause = "a second factor in the database was locked with another secret"
            remedy = "put the secret back that belongs to this database, or invite the members again"
            raise WorkbenchError(Problem("WORKBENCH_005", "the accounts", cause, remedy)) from None

    def _cipher(self) -> ChaCha20Poly1305:
        return ChaCha20Poly1305(self._derived(b"kuule workbench factors 1"))

    def _derived(self, label: bytes) -> bytes:
        return HKDFExpand(algorithm=SHA256(), length=SECRET_LENGTH, info=label).derive(self._bytes)

    def __repr__(self) -> str:
        return "<Secret>"


def load_secret(data: Path, *, environment: Mapping[str, str]) -> Secret:
    """Read the secret, or create it in `data` if there is none yet.

    Raises WorkbenchError: WORKBENCH_002 (cannot be read or created), WORKBENCH_003 (others can read it), WORKBENCH_004
    (not 32 bytes).
    """
    folder = environment.get("CREDENTIALS_DIRECTORY")
    given = Path(folder) / SECRET_CREDENTIAL if folder else None
    path = given if given is not None and given.exists() else data / SECRET_FILE
    try:
        if not path.exists():
            create_atomically(path, secrets.token_bytes(SECRET_LENGTH))
        if path.stat().st_mode & stat.S_IRWXO:
            remedy = f"chmod 600 {path}, and make a new one if somebody may have read it"
            raise WorkbenchError(Problem("WORKBENCH_003", str(path), "other users of this machine can read it", remedy))
        raw = path.read_bytes()
    except OSError as error:
        cause = f"the secret cannot be read or made ({(error.strerror or 'unknown').lower()})"
        raise WorkbenchError(
            Problem("WORKBENCH_002", str(path), cause, "see who owns the file and its folder")
        ) from None
    if len(raw) != SECRET_LENGTH:
        cause = f"it has {len(raw)} bytes and not {SECRET_LENGTH}"
        remedy = "put the right file back; a new one makes all second factors unreadable"
        raise WorkbenchError(Problem("WORKBENCH_004", str(path), cause, remedy))
    return Secret(raw)
