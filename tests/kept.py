"""What a session of tests makes once for all its processes, and where it keeps that.

What is kept is named by everything that it is made of, and lies in the session's own folder: nothing of it outlives the
session, and a study that a test changed is frozen anew.
"""

from __future__ import annotations

import fcntl
import hashlib
import shutil
from pathlib import Path

from kuule.sealing.keys import PublicKey
from kuule.study.edition.study_edition import Edition, read_edition
from kuule.study.freeze import freeze


class Kept:
    """`tests/conftest.py` says it before the first test. None: nowhere."""

    folder: Path | None = None


def frozen(study: Path, key: PublicKey, out: Path) -> Edition:
    """As `freeze(study, key, out, drafts=True)`, by a copy where this session froze the same before. For tests to
    which the freezing is not the point."""
    if Kept.folder is None:
        return freeze(study, key, out, drafts=True)
    shutil.copytree(_frozen_once(study, key, Kept.folder), out, dirs_exist_ok=True)
    return read_edition(out)


def _frozen_once(study: Path, key: PublicKey, kept: Path) -> Path:
    name = hashlib.sha256(key.to_text().encode())
    for file in sorted(path for path in study.rglob("*") if path.is_file()):
        name.update(f"\0{file.relative_to(study)}\0".encode() + file.read_bytes())
    edition = kept / name.hexdigest()
    with edition.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not edition.exists():
            freeze(study, key, edition, drafts=True)
    return edition
