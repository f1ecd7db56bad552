"""Where an edition shows a public address: on the pages of an onion service it would tell whose machine to look for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from kuule.core.problems import Problem
from kuule.redaction.stripped_kinds import StrippedKind
from kuule.redaction.stripping import strip_contacts
from kuule.study.edition.study_edition import Edition

_ADDRESSES = (StrippedKind.LINKS, StrippedKind.MAIL, StrippedKind.SITES)
_ENDING = ".onion"


def public_addresses(editions: Sequence[Edition]) -> Iterator[Problem]:
    """SERVE_025 for each setting by which pages would show a public address of whoever runs the study."""
    for edition in editions:
        study, place = edition.study, f"edition {edition.short}"
        results = study.after.results_at
        if results and not (urlsplit(results).hostname or "").endswith(_ENDING):
            cause = f"the last page shows {results}, a public address of the organisation"
            remedy = "leave [after] results_at out, or give an onion address, and freeze again"
            yield Problem("SERVE_025", place, cause, remedy)
        shown = {
            "organisation": study.organisation,
            "title": study.title,
            "discreet_title": study.discreet_title,
            "[welcome] name": study.welcome.name,
            "[welcome] for_whom": study.welcome.for_whom,
        }
        for setting, text in shown.items():
            if _has_public_address(text):
                cause = f"{setting} has a public address in it: {text}"
                yield Problem("SERVE_025", place, cause, f"write {setting} without an address, and freeze again")


def texts_with_public_addresses(edition: Edition) -> tuple[str, ...]:
    """The keys of texts of the study's own, in its source language, in which a public address is. It may be that of
    somebody else."""
    texts = edition.texts(edition.study.source_language)
    return tuple(key for key, text in texts.items() if _has_public_address(str(text)))


def _has_public_address(text: str) -> bool:
    return _ENDING not in text and strip_contacts(text, _ADDRESSES).count > 0
