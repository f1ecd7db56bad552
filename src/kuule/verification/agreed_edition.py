"""The edition that was agreed on, against which a site is held: its hash, its key and its languages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kuule.core.problems import Problem
from kuule.study.edition.edition_files import MANIFEST
from kuule.study.edition.study_edition import read_edition
from kuule.study.settings.coming_back_settings import ComingBackSettings
from kuule.verification.site_findings import VerificationError


@dataclass(frozen=True, slots=True)
class AgreedEdition:
    """`open_languages` are those that need no drafts to be shown; `languages` are all that it has. `coming_back`: until
    when people can take back what they sent."""

    id: str
    fingerprint: str
    languages: frozenset[str]
    open_languages: frozenset[str]
    coming_back: ComingBackSettings


def read_agreed_edition(path: Path) -> AgreedEdition:
    """The edition in a folder, which the path of its edition.json names as well; all its files are checked. Raises
    VerificationError VERIFY_004, and StudyError EDITION_001 to EDITION_006."""
    folder = path.parent if path.name == MANIFEST else path
    if not folder.is_dir():
        remedy = f"give the folder that `kuule freeze` wrote, or the {MANIFEST} in it"
        raise VerificationError(Problem("VERIFY_004", str(path), "this is no edition", remedy))
    edition = read_edition(folder)
    opened = frozenset(tag for tag, status in edition.statuses.items() if status.open)
    coming_back = edition.study.coming_back
    return AgreedEdition(edition.id, edition.key.fingerprint, frozenset(edition.statuses), opened, coming_back)
