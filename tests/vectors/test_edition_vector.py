"""An edition of format 1, without Kuule's own words, is read, opened and answered as it was when it was frozen."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from kuule.languages.gettext.shipped_words import shipped_sources
from kuule.languages.workflow.states import State
from kuule.study.edition.language_readiness import edition_readiness
from kuule.study.edition.study_edition import edition_from_files
from kuule.web.interface_texts import find_interface, frozen_interface

VECTOR = json.loads((Path(__file__).parent / "edition-1.json").read_text("utf-8"))
FILES = {name: text.encode() for name, text in VECTOR["files"].items()}
WORDS = len(shipped_sources())


def test_edition_of_format_1_is_read() -> None:
    edition = edition_from_files(FILES)
    assert (edition.id, edition.languages, edition.words) == (VECTOR["id"], ("en", "sv", "ar"), {})
    assert [(one.state, one.open, one.gaps) for one in edition.statuses.values()] == [
        (State.REVIEWED, True, None),
        (State.REVIEWED, True, None),
        (State.DRAFT_ONE, False, None),
    ]


def test_its_pages_have_the_words_of_the_package() -> None:
    edition = edition_from_files(FILES)
    assert frozen_interface(edition.words.get("sv"), "sv") == find_interface("sv")


def test_what_keeps_its_languages_shut_is_said() -> None:
    edition = edition_from_files(FILES)
    assert [str(one) for one in edition_readiness(edition, date(2026, 11, 27))] == [
        "en may open",
        f"sv may not open yet: of Kuule's own {WORDS} words {WORDS} not reviewed yet",
        f"ar may not open yet: the survey's texts are draft-one, not reviewed; of Kuule's own {WORDS} words {WORDS} not"
        " reviewed yet",
    ]
