"""Making the key of a study: in a ceremony or, for a rehearsal, also as plain files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kuule.core.problems import KeyMaterialError, Problem
from kuule.opening.key_sheet import SheetStudy
from kuule.sealing.keys import PublicKey
from kuule.sealing.share_threshold import ShareThreshold
from kuule.study.settings.study_toml import read_settings
from kuule.usecases.input_files import read_public_key
from kuule.usecases.key_custody.ceremony_files import KeyPaths
from kuule.usecases.key_custody.key_ceremony import CeremonyPlan, hold_ceremony
from kuule.usecases.key_custody.key_pair import make_key_pair
from kuule.usecases.progress import SILENT, ProgressListener
from kuule.usecases.prompt import Prompt


@dataclass(frozen=True, slots=True)
class StudyKeyRequest:
    """The key that is wanted. `shares` is how it is split, like "2of3"; without it, a ceremony makes one file that a
    passphrase protects. A key for a rehearsal has a ceremony only if `shares` or `passphrase` asks for one."""

    study: Path
    to: Path
    shares: str | None = None
    passphrase: bool = False
    rehearsal: bool = False


@dataclass(frozen=True, slots=True)
class NewStudyKey:
    """The public key, and the files that were written. `in_plain_files` if its secret half is one of them, neither
    split nor protected."""

    public: PublicKey
    files: tuple[Path, ...]
    in_plain_files: bool


def make_study_key(request: StudyKeyRequest, prompt: Prompt, *, progress: ProgressListener = SILENT) -> NewStudyKey:
    """Make the key of a study, and write its files into the folder `request.to`.

    Raises KeyMaterialError KEY_030 (split and with a passphrase, or no such way to split), StudyError (the folder), and
    whatever `make_key_pair` and `hold_ceremony` raise.
    """
    settings = read_settings(request.study / "study.toml")
    if request.shares is not None and request.passphrase:
        cause = "a key is either split onto sheets or protected by a passphrase"
        raise KeyMaterialError(Problem("KEY_030", "--shares", cause, "leave --passphrase out, or --shares"))
    threshold = None if request.shares is None else ShareThreshold.from_text(request.shares)
    if request.rehearsal and threshold is None and not request.passphrase:
        public, secret = make_key_pair(request.to, settings.id, rehearsal=True)
        return NewStudyKey(read_public_key(public), (public, secret), in_plain_files=True)
    about = SheetStudy(settings.id, settings.title, settings.organisation)
    paths = KeyPaths(request.to, f"{settings.id}.rehearsal" if request.rehearsal else settings.id)
    public = hold_ceremony(CeremonyPlan(about, paths, threshold, request.rehearsal), prompt, progress=progress)
    return NewStudyKey(read_public_key(public), (public,), in_plain_files=False)
