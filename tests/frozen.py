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

from kuule.opening.private_key import PrivateKey
from kuule.sealing.keys import PublicKey
from kuule.study.edition.study_edition import Edition, read_edition
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
    """A copy of the study that ships, in the folder, in English and these languages: much sooner checked and frozen.
    It follows no register, which is no part of its folder."""
    copy_study(folder)
    for path in (folder / "languages").glob("*.po"):
        if path.stem not in tags:
            path.unlink()
    for name in ("study.toml", "rehearsal.toml"):
        parts = re.split(r"(?m)^(?=\[)", (folder / name).read_text("utf-8"))
        (folder / name).write_text("".join(_in_these(part, {"en", *tags}) for part in parts), "utf-8")
    return folder


def copy_study(folder: Path) -> Path:
    """A copy of the study that ships, without the register that it follows: that lies elsewhere."""
    shutil.copytree(OUR_VOICE, folder)
    settings = folder / "study.toml"
    settings.write_text(re.sub(r"(?m)^register = .*\n", "", settings.read_text("utf-8")), "utf-8")
    return folder


def _in_these(part: str, tags: set[str]) -> str:
    """A table of TOML with what is about these languages alone, where it is about languages."""
    title, _, rows = part.partition("\n")
    if title == "[languages]":
        return "\n".join([title, *(row for row in rows.split("\n") if row.partition(" ")[0] in {"", *tags})])
    tag = re.fullmatch(r"\[texts\.(.+)\]", title)
    return part if tag is None or tag[1] in tags else ""


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
