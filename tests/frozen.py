"""Editions that many tests begin from, frozen once in a session for all its processes and copied for each.

For tests to which the freezing is not the point. What is kept is named by the study's files and the key, and lies in
the session's own folder: nothing of it outlives the session, and a study that a test changed is frozen anew.
"""

from __future__ import annotations

import fcntl
import hashlib
import re
import shutil
from pathlib import Path

from kuule.opening.keys import PrivateKey
from kuule.sealing.keys import PublicKey
from kuule.study.edition import Edition, read_edition
from kuule.study.freeze import freeze
from tests.kept import Kept
from tests.study.small_study import rehearsal_key

OUR_VOICE = Path(__file__).resolve().parents[1] / "studies" / "our-voice"


def frozen(study: Path, key: PublicKey, out: Path) -> Edition:
    """As `freeze(study, key, out, drafts=True)`, by a copy where this session froze the same before."""
    if Kept.folder is None:
        return freeze(study, key, out, drafts=True)
    shutil.copytree(_frozen_once(study, key, Kept.folder), out, dirs_exist_ok=True)
    return read_edition(out)


def our_voice(out: Path, key: PrivateKey | None = None) -> Edition:
    """The study that ships, in the folder `out`, by default with the practice key of the tests."""
    return frozen(OUR_VOICE, (key or rehearsal_key()).public, out)


def in_few_languages(folder: Path, *tags: str) -> Path:
    """A copy of the study that ships, in the folder, in English and these languages: much sooner checked and frozen."""
    shutil.copytree(OUR_VOICE, folder)
    for path in (folder / "languages").glob("*.po"):
        if path.stem not in tags:
            path.unlink()
    settings = folder / "study.toml"
    head, languages, rest = re.split(r"(?ms)^(\[languages\]\n.*?\n)$", settings.read_text("utf-8"), maxsplit=1)
    kept = [line for line in languages.splitlines() if line.partition(" ")[0] in ("[languages]", "en", *tags)]
    settings.write_text(head + "\n".join(kept) + "\n" + rest, "utf-8")
    return folder


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
