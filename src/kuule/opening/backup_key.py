"""Opens the content key of a sealed backup, on the machine on which it is restored. The key is one for backups: it
opens no answer."""

from __future__ import annotations

from cryptography.exceptions import InvalidTag

from kuule.backup.sealed_stream import INFO, ContentKey, SealedHeader
from kuule.core.problems import BackupError, Problem
from kuule.opening.private_key import PrivateKey
from kuule.sealing.envelope import HPKE_SUITE


def open_content_key(header: SealedHeader, key: PrivateKey, place: str) -> ContentKey:
    """The content key of a backup. Raises BackupError BACKUP_012 if it is sealed to another key, or altered there."""
    try:
        raw = HPKE_SUITE.decrypt(header.encrypted_key, key.hpke_key, INFO + header.key_id)
    except InvalidTag:
        cause = f"it is sealed to the key {header.key_id.hex()}, and another one was given, or it was altered there"
        remedy = "give the secret key of that id (`kuule keys show FILE`), or another copy of the backup"
        raise BackupError(Problem("BACKUP_012", place, cause, remedy)) from None
    return ContentKey(raw)
