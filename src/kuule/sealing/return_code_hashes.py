"""What the database may know about a withdrawal code: two hashes that are so slow to make that codes cannot be searched
for.

scrypt (RFC 7914) with 2 MiB takes about 5 milliseconds of a core, once for each visit that is sent, paused, ended or
withdrawn. The salt is bound to the study. The 32 bytes give two values: a tag beside a row, which is compared at a
withdrawal, and a value that ties a draft to its visit. Neither is in an archive, and neither reveals anything about the
other.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from kuule.sealing.return_codes import ReturnCode

__all__ = ["TAG_LENGTH", "TIE_LENGTH", "CodeHashes", "hash_code"]

TAG_LENGTH = 16
TIE_LENGTH = 8
_COST, _BLOCK, _LANES = 2**11, 8, 1
_ROOT_LENGTH = 32


@dataclass(frozen=True, slots=True)
class CodeHashes:
    """`tag` (16 bytes) is stored beside the row that the code withdraws, `tie` (8 bytes) beside the drafts of its
    visit."""

    tag: bytes
    tie: bytes

    def __repr__(self) -> str:
        return "<hashes of a code>"


def hash_code(study_id: str, code: ReturnCode) -> CodeHashes:
    """The two hashes of a visit's withdrawal code."""
    study = study_id.encode()
    salt = hashlib.sha256(b"kuule code hashes 1" + len(study).to_bytes(2, "big") + study).digest()
    root = Scrypt(salt=salt, length=_ROOT_LENGTH, n=_COST, r=_BLOCK, p=_LANES).derive(code.digits.encode())
    return CodeHashes(
        tag=_derived(root, b"kuule row tag 1", TAG_LENGTH),
        tie=_derived(root, b"kuule draft of 1", TIE_LENGTH),
    )


def _derived(root: bytes, label: bytes, length: int) -> bytes:
    return HKDFExpand(algorithm=SHA256(), length=length, info=label).derive(root)
