"""Editions of the study that ships, which many tests begin from; a session freezes each once (`tests/kept.py`)."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from kuule.opening.private_key import PrivateKey
from kuule.study.edition.study_edition import Edition
from tests.kept import frozen
from tests.study.small_study import rehearsal_key

OUR_VOICE = Path(__file__).resolve().parents[1] / "studies" / "our-voice"


def our_voice(out: Path, key: PrivateKey | None = None) -> Edition:
    """The study that ships, in the folder `out`, by default with the practice key of the tests."""
    return frozen(OUR_VOICE, (key or rehearsal_key()).public, out)


def our_voice_in(out: Path, *tags: str) -> Edition:
    """The same in English and these languages: much sooner copied, read and served. For tests to which the number of
    languages is not the point."""
    with TemporaryDirectory() as folder:
        return frozen(in_few_languages(Path(folder) / "study", *tags), rehearsal_key().public, out)


def in_few_languages(folder: Path, *tags: str) -> Path:
    """A copy of the study that ships, in the folder, in English and these languages: much sooner checked and frozen.
    It follows no register, which is no part of its folder."""
    others = [path.name for path in (OUR_VOICE / "languages").glob("*.po") if path.stem not in tags]
    copy_study(folder, *others)
    for name in ("study.toml", "rehearsal.toml"):
        parts = re.split(r"(?m)^(?=\[)", (folder / name).read_text("utf-8"))
        (folder / name).write_text("".join(_in_these(part, {"en", *tags}) for part in parts), "utf-8")
    return folder


def copy_study(folder: Path, *without: str) -> Path:
    """A copy of the study that ships, without some files and the register that it follows, which lies elsewhere."""
    shutil.copytree(OUR_VOICE, folder, ignore=shutil.ignore_patterns(*without))
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
