"""Two languages side by side: every text once, and what is not translated."""

from __future__ import annotations

from kuule.booklet.translations_booklet import translations_booklet
from tests.booklet.printed_study import printed_source, rows


def test_texts_stand_beside_each_other() -> None:
    found = rows(translations_booklet(printed_source(), printed_source(tag="sv")))
    about = next(some for caption, some in found.items() if caption.startswith("About you"))
    assert about[:3] == [
        ("section", "About you", "sv: About you"),
        ("age_band", "How old are you?", "sv: How old are you?"),
        ("age_band, hint", "Choose one.", "sv: Choose one."),
    ]
    assert [row for row in about if row[1] in ("Finland", "Sweden")] == []


def test_shared_text_stands_once_and_there_is_room() -> None:
    found = rows(translations_booklet(printed_source(), printed_source(tag="sv"), room=True))
    texts = [row for some in found.values() for row in some if row[1] == "Yes"]
    assert texts == [("consent, yes", "Yes", "(not translated)", "")]
